"""The archive over HTTP: sealed, found, read, proved."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

import pytest

from storage import package_verifier
from tests.support.evidence import contents_of
from tests.support.http import Caller, House, assert_problem, created


def test_an_approved_act_is_sealed_while_the_client_waits(house: House, caller: Caller) -> None:
    act_id = house.approved(caller)
    worker = threading.Thread(target=_seal_when_asked, args=(house, act_id))
    worker.start()
    answer = caller.post(f"/v1/acts/{act_id}/archive")
    worker.join()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/archive/{act_id}"
    record = answer.get_json()
    assert record == caller.get(f"/v1/archive/{act_id}").get_json()
    assert record["retention"]["until"] >= "2036-11-24"
    assert record["legal_hold"] is False
    act = caller.get(f"/v1/acts/{act_id}").get_json()
    assert act["status"] == "archived"
    assert act["links"]["archive"] == f"/v1/archive/{act_id}"


def test_a_seal_that_takes_longer_is_accepted_once(house: House, caller: Caller) -> None:
    act_id = house.approved(caller)
    for _ in range(2):
        answer = caller.post(f"/v1/acts/{act_id}/archive", Prefer="wait=0")
        assert answer.status_code == 202
        assert answer.get_json()["status"] == "approved"
    house.seal(act_id)
    again = caller.post(f"/v1/acts/{act_id}/archive")
    assert again.status_code == 200
    assert again.get_json() == caller.get(f"/v1/archive/{act_id}").get_json()
    events = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"]
    assert [event["action"] for event in events].count("archive_requested") == 1


def test_only_an_approved_act_is_sealed(house: House, caller: Caller) -> None:
    queued, draft = created(caller)["id"], house.drafted(caller)
    for act_id in (queued, draft):
        answer = caller.post(f"/v1/acts/{act_id}/archive")
        assert_problem(answer, 409, "not-archivable")
        assert_problem(caller.get(f"/v1/archive/{act_id}"), 404, "not-archived")


def test_the_record_names_each_object_with_its_hash(house: House, caller: Caller) -> None:
    act_id = house.archived(caller)
    record = caller.get(f"/v1/archive/{act_id}").get_json()
    objects = {item["path"]: item for item in record["objects"]}
    pdf = caller.get(f"/v1/acts/{act_id}/versions/1/document.pdf")
    hashes = {item["sha256"] for item in objects.values()}
    assert hashlib.sha256(pdf.data).hexdigest() in hashes
    for item in objects.values():
        kept = house.services.archive.get(item["key"], item["version_id"])
        assert hashlib.sha256(kept).hexdigest() == item["sha256"]
        assert len(kept) == item["size"]


def test_the_evidence_holds_offline(house: House, caller: Caller, tmp_path: Path) -> None:
    act_id = house.archived(caller)
    answer = caller.get(f"/v1/archive/{act_id}/evidence.zip")
    assert answer.mimetype == "application/zip"
    assert "preuve" in answer.headers["Content-Disposition"]
    path = tmp_path / "evidence.zip"
    path.write_bytes(answer.data)
    assert package_verifier.main([str(path)]) == 0
    assert {"manifest.json", "verify.py"} <= set(contents_of(answer.data))
    tag = answer.headers["ETag"]
    assert tag == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert caller.get(f"/v1/archive/{act_id}/evidence.zip", If_None_Match=tag).status_code == 304


def test_a_sealed_act_holds(house: House, caller: Caller) -> None:
    act_id = house.archived(caller)
    report = caller.post(f"/v1/archive/{act_id}/verify").get_json()
    assert report["outcome"] == "ok"
    assert {check["outcome"] for check in report["checks"]} <= {"ok", "not_checked"}


def test_one_flipped_byte_is_found_and_named(house: House, caller: Caller) -> None:
    act_id = house.archived(caller)
    record = caller.get(f"/v1/archive/{act_id}").get_json()
    for item in record["objects"]:
        versions = house.services.archive._versions[item["key"]]  # type: ignore[attr-defined] # noqa: SLF001
        kept = versions[0].data
        versions[0].data = bytes([kept[0] ^ 1]) + kept[1:]
        report = caller.post(f"/v1/archive/{act_id}/verify")
        assert report.status_code == 200
        failed = [check for check in report.get_json()["checks"] if check["outcome"] == "failed"]
        assert report.get_json()["outcome"] == "failed"
        assert any(item["path"] in str(check) or item["key"] in str(check) for check in failed)
        versions[0].data = kept
    assert caller.post(f"/v1/archive/{act_id}/verify").get_json()["outcome"] == "ok"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("kind=mise_en_demeure", True),
        ("kind=relance", False),
        ("case_reference=CTX-2026-17", True),
        ("case_reference=CTX", False),
        ("siren=811223346", True),
        ("siren=732829320", False),
        ("archived_from=2026-11-24&archived_to=2026-11-24", True),
        ("archived_from=2026-11-25", False),
        ("archived_to=2026-11-23", False),
        ("legal_hold=false", True),
        ("legal_hold=true", False),
    ],
)
def test_each_filter_of_the_archive(
    house: House,
    caller: Caller,
    query: str,
    found: bool,  # noqa: FBT001
) -> None:
    act_id = house.archived(caller)
    house.drafted(caller)
    listed = caller.get(f"/v1/archive?{query}").get_json()["data"]
    assert [item["act_id"] for item in listed] == ([act_id] if found else [])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("legal_hold=maybe", "/legal_hold"), ("archived_from=x", "/archived_from")],
)
def test_a_filter_of_the_archive_that_means_nothing_is_refused(
    caller: Caller, query: str, pointer: str
) -> None:
    assert_problem(caller.get(f"/v1/archive?{query}"), 422, "invalid-facts", pointer)


def test_the_archive_is_paged_newest_first(house: House, caller: Caller) -> None:
    sealed = [house.archived(caller) for _ in range(3)]
    first = caller.get("/v1/archive?limit=2").get_json()
    rest = caller.get(f"/v1/archive?limit=2&cursor={first['next_cursor']}").get_json()
    assert [item["act_id"] for item in first["data"] + rest["data"]] == sealed[::-1]
    assert rest["next_cursor"] is None


def _seal_when_asked(house: House, act_id: str) -> None:
    for _ in range(200):
        with house.services.database.reading() as tx:
            topics = [row[0] for row in tx.exec_driver_sql("SELECT topic FROM outbox").all()]
        if "seal" in topics:
            house.seal(act_id)
            return
        time.sleep(0.02)
