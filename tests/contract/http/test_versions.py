"""Versions of an act and their files."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image

from tests.support.http import EXAMPLE, LAWYER, Caller, House, assert_problem, created, set_in

FILES = {
    "document.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "document.pdf": "application/pdf",
    "data.json": "application/json",
}


def test_a_version_tells_all_it_was_made_from(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    version = caller.get(f"/v1/acts/{act_id}/versions/1").get_json()
    assert caller.get(f"/v1/acts/{act_id}/versions").get_json()["data"] == [version]
    assert version["status"] == "ready"
    assert version["origin"] == "generated"
    assert version["pages"] == len(version["previews"]) >= 2
    assert version["office_version"].startswith("LibreOffice")
    assert version["statement"]["as_of"] == EXAMPLE["as_of"]
    assert {check["outcome"] for check in version["checks"]} <= {"pass", "warn"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_comes_with_its_hash_and_its_name(house: House, caller: Caller, name: str) -> None:
    act_id = house.drafted(caller)
    answer = caller.get(f"/v1/acts/{act_id}/versions/1/{name}")
    sha256 = hashlib.sha256(answer.data).hexdigest()
    assert answer.status_code == 200
    assert answer.mimetype == FILES[name]
    assert answer.headers["ETag"] == f'"{sha256}"'
    version = caller.get(f"/v1/acts/{act_id}/versions/1").get_json()
    described = version["files"][name.rsplit(".", 1)[1].replace("json", "data")]
    assert described == {
        "url": f"/v1/acts/{act_id}/versions/1/{name}",
        "media_type": FILES[name],
        "sha256": sha256,
    }
    disposition = answer.headers["Content-Disposition"]
    plain, full = disposition.split("; ")[1:]
    assert disposition.startswith("attachment; ")
    assert plain.isascii()
    title = unquote(full.removeprefix("filename*=UTF-8''"))
    assert title.endswith(f"(v1).{name.rsplit('.', 1)[1]}")
    assert EXAMPLE["case"]["debtor"]["name"] in title
    assert EXAMPLE["case"]["reference"] in title


@pytest.mark.parametrize("name", [*FILES, "preview/1.png"])
def test_a_file_that_the_client_has_is_not_sent_again(
    house: House, caller: Caller, name: str
) -> None:
    path = f"/v1/acts/{house.drafted(caller)}/versions/1/{name}"
    tag = caller.get(path).headers["ETag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = caller.get(path, If_None_Match=known)
        assert answer.status_code == 304, known
        assert answer.data == b""
        assert answer.headers["ETag"] == tag
        assert answer.headers["Request-Id"]
    assert caller.get(path, If_None_Match='"other"').status_code == 200


def test_the_data_are_the_request_as_it_was_understood(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    data = json.loads(caller.get(f"/v1/acts/{act_id}/versions/1/data.json").data)
    assert data["case"]["debtor"]["name"] == EXAMPLE["case"]["debtor"]["name"]
    assert data["as_of"] == EXAMPLE["as_of"]
    assert caller.post("/v1/checks", data).status_code == 200


def test_every_page_is_drawn(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    previews = caller.get(f"/v1/acts/{act_id}/versions/1").get_json()["previews"]
    for path in previews:
        answer = caller.get(path)
        assert answer.mimetype == "image/png"
        assert answer.headers["Content-Disposition"].startswith("inline; ")
        image = Image.open(io.BytesIO(answer.data))
        assert (abs(image.width - 794) <= 1, abs(image.height - 1123) <= 1) == (True, True)
        assert len(set(image.convert("L").resize((200, 280)).get_flattened_data())) > 10
    small = Image.open(io.BytesIO(caller.get(f"{previews[0]}?dpi=36").data))
    assert abs(small.width - 298) <= 1


@pytest.mark.parametrize("page", ["0", "99", "-1", "x", "9" * 30])
def test_a_page_that_does_not_exist_is_not_found(house: House, caller: Caller, page: str) -> None:
    act_id = house.drafted(caller)
    assert caller.get(f"/v1/acts/{act_id}/versions/1/preview/{page}.png").status_code == 404


@pytest.mark.parametrize("dpi", ["35", "301", "x", "", "9" * 20])
def test_a_resolution_out_of_bounds_is_refused(house: House, caller: Caller, dpi: str) -> None:
    path = f"/v1/acts/{house.drafted(caller)}/versions/1/preview/1.png?dpi={dpi}"
    assert_problem(caller.get(path), 422, "invalid-facts", "/dpi")


@pytest.mark.parametrize("name", ["document.docx", "document.pdf", "preview/1.png"])
def test_the_files_of_a_version_in_the_making_are_to_be_asked_for_again(
    caller: Caller, name: str
) -> None:
    answer = caller.get(f"/v1/acts/{created(caller)['id']}/versions/1/{name}")
    assert_problem(answer, 409, "version-not-ready")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_new_version_keeps_what_is_left_out(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    answer = caller.post(
        f"/v1/acts/{act_id}/versions",
        {"as_of": "2026-11-24", "note": "Arrêté à un autre jour"},
        Minutier_Actor=LAWYER,
    )
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/acts/{act_id}/versions"
    assert answer.get_json()["current_version"] == 2
    assert answer.get_json()["status"] == "queued"
    house.produce(act_id, 2)
    first, second = caller.get(f"/v1/acts/{act_id}/versions").get_json()["data"]
    assert first["status"] == second["status"] == "ready"
    assert (second["origin"], second["note"]) == ("regenerated", "Arrêté à un autre jour")
    assert second["created_by"]["actor"] == LAWYER
    assert second["statement"]["as_of"] == "2026-11-24"
    before, after = (
        json.loads(caller.get(version["files"]["data"]["url"]).data) for version in (first, second)
    )
    assert after["case"] == before["case"]
    assert after["options"]["letter_date"] == "2026-11-24"
    act = caller.get(f"/v1/acts/{act_id}").get_json()
    assert act["totals"]["due"] == second["statement"]["totals"]["due"]
    assert first["files"]["pdf"]["sha256"] != second["files"]["pdf"]["sha256"]


def test_a_new_version_from_another_case_is_found_by_it(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    case = set_in(json.loads(json.dumps(EXAMPLE["case"])), "/reference", "NEUF-1")
    answer = caller.post(f"/v1/acts/{act_id}/versions", {"case": case})
    assert answer.get_json()["case_reference"] == "NEUF-1"
    found = caller.get("/v1/acts?q=neuf-1").get_json()["data"]
    assert [act["id"] for act in found] == [act_id]


def test_a_new_version_withdraws_an_approval(house: House, caller: Caller) -> None:
    act_id = house.approved(caller)
    caller.post(f"/v1/acts/{act_id}/versions", {"note": "Relu"})
    house.produce(act_id, 2)
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"
    answer = caller.post(f"/v1/acts/{act_id}/archive")
    assert_problem(answer, 409, "not-archivable")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"case": {"reference": "x"}}, "/case/creditor"),
        ({"case": None}, "/case"),
        ({"options": {"font": "x"}}, "/options/font"),
        ({"as_of": "demain"}, "/as_of"),
        ({"note": ""}, "/note"),
        ({"note": 1}, "/note"),
        ({"kind": "mise_en_demeure"}, "/kind"),
        ({"language": "fr"}, "/language"),
    ],
)
def test_a_new_version_that_is_not_valid_changes_nothing(
    house: House, caller: Caller, body: dict[str, Any], pointer: str
) -> None:
    act_id = house.drafted(caller)
    before = house.rows()
    answer = caller.post(f"/v1/acts/{act_id}/versions", body)
    assert_problem(answer, 422, "invalid-facts", pointer)
    assert house.rows() == before
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"


def test_an_act_in_the_making_takes_no_new_version(caller: Caller) -> None:
    answer = caller.post(f"/v1/acts/{created(caller)['id']}/versions", {"note": "Trop tôt"})
    assert_problem(answer, 409, "status-conflict")
