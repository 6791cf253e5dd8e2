"""Acts over HTTP: made, found, read, voided, tried again."""

from __future__ import annotations

import threading
import time
from decimal import Decimal
from typing import Any

import pytest

from api import waiting
from storage import acts
from tests.support.http import (
    EXAMPLE,
    LAWYER,
    Caller,
    House,
    a_request,
    assert_problem,
    created,
    set_in,
)


def test_an_act_is_accepted_and_its_draft_is_read(house: House, caller: Caller) -> None:
    answer = caller.post("/v1/acts", a_request(), Minutier_Actor=LAWYER)
    assert answer.status_code == 202
    act = answer.get_json()
    assert answer.headers["Location"] == f"/v1/acts/{act['id']}" == act["links"]["self"]
    assert act["id"].startswith("act_")
    assert act["status"] == "queued"
    assert act["case_reference"] == EXAMPLE["case"]["reference"]
    assert act["created_by"] == {"key_id": caller.key.id, "actor": LAWYER}
    assert act["links"]["pdf"] is None
    house.produce(act["id"])
    draft = caller.get(answer.headers["Location"]).get_json()
    assert draft["status"] == "draft"
    assert draft["totals"] == act["totals"]
    assert caller.get(draft["links"]["pdf"]).data.startswith(b"%PDF-")
    assert caller.get(draft["links"]["docx"]).data.startswith(b"PK")


def test_the_sum_of_an_act_is_that_of_its_statement(house: House, caller: Caller) -> None:
    """The penalty clause falls due by the formal notice itself, not before (1231-5 C. civ.)."""
    body = {"case": EXAMPLE["case"], "as_of": EXAMPLE["as_of"]}
    before = caller.post("/v1/statements", body).get_json()["totals"]
    act_id = house.drafted(caller)
    act = caller.get(f"/v1/acts/{act_id}").get_json()
    stated = caller.get(f"/v1/acts/{act_id}/versions/1").get_json()["statement"]["totals"]
    assert act["totals"] == {"due": stated["due"], "currency": "EUR"}
    assert {**stated, "penalty_clause": "0.00", "due": before["due"]} == before
    assert Decimal(stated["due"]) == Decimal(before["due"]) + Decimal(stated["penalty_clause"])


def test_wait_answers_201_with_the_draft(house: House, caller: Caller) -> None:
    house.office()
    worker = threading.Thread(target=_work_when_asked, args=(house,))
    worker.start()
    answer = caller.post("/v1/acts", a_request(), Prefer="wait=20", Idempotency_Key="k")
    worker.join()
    assert answer.status_code == 201
    assert answer.headers["Preference-Applied"] == "wait=20"
    assert answer.headers["Location"] == f"/v1/acts/{answer.get_json()['id']}"
    assert answer.get_json()["status"] == "draft"
    again = caller.post("/v1/acts", a_request(), Prefer="wait=20", Idempotency_Key="k")
    assert (again.status_code, again.data) == (201, answer.data)


def test_wait_answers_202_when_the_time_is_over(caller: Caller) -> None:
    began = time.monotonic()
    answer = caller.post("/v1/acts", a_request(), Prefer="respond-async, wait=1")
    assert time.monotonic() - began >= 1
    assert answer.status_code == 202
    assert answer.headers["Preference-Applied"] == "wait=1"


@pytest.mark.parametrize("prefer", ["wait=0", "wait=-1", "wait=x", "wait", "respond-async", ""])
def test_other_preferences_do_not_wait(
    caller: Caller, prefer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "time", clock := _FastTime())
    assert caller.post("/v1/acts", a_request(), Prefer=prefer).status_code == 202
    assert clock.slept == 0


def test_nobody_waits_longer_than_thirty_seconds(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "time", _FastTime())
    answer = caller.post("/v1/acts", a_request(), Prefer="wait=86400")
    assert answer.status_code == 202
    assert answer.headers["Preference-Applied"] == "wait=30"


def test_an_act_is_not_found(caller: Caller) -> None:
    assert_problem(caller.get("/v1/acts/act_0"), 404, "act-missing")


def _filtered(caller: Caller, **query: str) -> list[str]:
    answer = caller.get("/v1/acts?" + "&".join(f"{key}={value}" for key, value in query.items()))
    assert answer.status_code == 200, answer.text
    return [act["id"] for act in answer.get_json()["data"]]


def test_each_filter_narrows_the_list(house: House, caller: Caller) -> None:
    other_case = set_in(a_request(), "/case/reference", "2026-0200")["case"]
    other_case["debtor"] |= {"name": "Cœur d'Étang SARL", "siren": "732829320"}
    del other_case["debtor"]["siret"], other_case["debtor"]["vat_number"]
    first = created(caller)["id"]
    house.clock.move(days=2)
    second = created(caller, case=other_case)["id"]
    caller.post(f"/v1/acts/{first}/void", {"reason": "Payé"})
    assert _filtered(caller) == [second, first]
    assert _filtered(caller, kind="mise_en_demeure") == [second, first]
    assert _filtered(caller, kind="relance") == []
    assert _filtered(caller, status="queued") == [second]
    assert _filtered(caller, status="voided") == [first]
    assert _filtered(caller, case_reference="2026-0200") == [second]
    assert _filtered(caller, debtor="COEUR d'etang") == [second]
    assert _filtered(caller, debtor="veranda") == [first]
    assert _filtered(caller, siren="732829320") == [second]
    assert _filtered(caller, q="etang 0200") == [second]
    assert _filtered(caller, q="732829320") == [second]
    assert _filtered(caller, q="%25") == []
    assert _filtered(caller, created_from="2026-11-26") == [second]
    assert _filtered(caller, created_to="2026-11-25") == [first]
    assert _filtered(caller, created_from="2026-11-24", created_to="2026-11-24") == [first]
    assert _filtered(caller, created_from="2026-11-25T00:00:00Z") == [second]
    assert _filtered(caller, created_from="2026-11-26T01:00:00%2B02:00", status="voided") == []


def test_a_day_of_a_filter_is_a_day_in_paris(house: House, caller: Caller) -> None:
    house.clock.move(hours=13, minutes=45)  # 23:15 in UTC: it is the 25th in Paris
    act_id = created(caller)["id"]
    assert _filtered(caller, created_from="2026-11-25", created_to="2026-11-25") == [act_id]
    assert _filtered(caller, created_to="2026-11-24") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("status=done", "/status"),
        ("created_from=yesterday", "/created_from"),
        ("created_to=2026-02-30", "/created_to"),
        ("created_to=9999-12-31", "/created_to"),
        ("created_from=0001-01-01", "/created_from"),
        ("created_from=2026-11-24T10:00:00", "/created_from"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(caller: Caller, query: str, pointer: str) -> None:
    assert_problem(caller.get(f"/v1/acts?{query}"), 422, "invalid-facts", pointer)


def test_pages_stay_whole_while_acts_are_made(house: House, caller: Caller) -> None:
    made = [created(caller)["id"] for _ in range(5)]
    seen: list[str] = []
    path = "/v1/acts?limit=2"
    while path:
        page = caller.get(path).get_json()
        assert len(page["data"]) <= 2
        seen += [act["id"] for act in page["data"]]
        created(caller)
        cursor = page["next_cursor"]
        path = f"/v1/acts?limit=2&cursor={cursor}" if cursor else ""
    assert seen == made[::-1]
    assert house.rows()["acts"] == 8


def test_acts_of_one_instant_are_paged_without_loss(house: House, caller: Caller) -> None:
    house.clock.move(hours=1)
    act = created(caller)["id"]
    with house.services.database.transaction() as tx:
        model = acts.get_act(tx, caller.key.tenant_id, act)
        for number in range(4):
            acts.insert_act(tx, type(model)(**{**_fields(model), "id": f"act_X{number}"}))
    first = caller.get("/v1/acts?limit=3").get_json()
    rest = caller.get(f"/v1/acts?limit=3&cursor={first['next_cursor']}").get_json()
    found = [item["id"] for item in first["data"] + rest["data"]]
    assert sorted(found) == sorted({act, "act_X0", "act_X1", "act_X2", "act_X3"})
    assert rest["next_cursor"] is None


def test_a_voided_act_stays_readable_and_is_voided_once(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    voided = caller.post(
        f"/v1/acts/{act_id}/void", {"reason": "Payé entre-temps"}, Minutier_Actor=LAWYER
    )
    assert voided.status_code == 200
    assert voided.get_json()["status"] == "voided"
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "voided"
    assert caller.get(f"/v1/acts/{act_id}/versions/1/document.pdf").status_code == 200
    events = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"]
    assert events[-1]["action"] == "voided"
    assert events[-1]["details"] == {"reason": "Payé entre-temps"}
    again = caller.post(f"/v1/acts/{act_id}/void", {"reason": "encore"})
    assert_problem(again, 409, "status-conflict")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/reason"),
        ({"reason": ""}, "/reason"),
        ({"reason": "   "}, "/reason"),
        ({"reason": 1}, "/reason"),
        ({"reason": None}, "/reason"),
        ({"reason": "x" * 2001}, "/reason"),
        ({"reason": "a\u0000b"}, "/reason"),
    ],
)
def test_voiding_needs_a_reason(caller: Caller, body: dict[str, Any], pointer: str) -> None:
    act_id = created(caller)["id"]
    answer = caller.post(f"/v1/acts/{act_id}/void", body)
    assert_problem(answer, 422, "invalid-facts", pointer)
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "queued"


def test_an_archived_act_is_never_voided(house: House, caller: Caller) -> None:
    act_id = house.archived(caller)
    answer = caller.post(f"/v1/acts/{act_id}/void", {"reason": "trop tard"})
    assert_problem(answer, 409, "status-conflict")
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "archived"


def test_a_failed_act_says_why_and_is_tried_again(house: House, caller: Caller) -> None:
    act_id = created(caller)["id"]
    _fail(house, act_id)
    failed = caller.get(f"/v1/acts/{act_id}").get_json()
    assert failed["status"] == "failed"
    assert failed["problem"]["type"] == "/problems/internal-error"
    again = caller.post(f"/v1/acts/{act_id}/retry")
    assert again.status_code == 202
    assert again.get_json()["status"] == "queued"
    assert again.get_json()["problem"] is None
    house.produce(act_id)
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"
    assert_problem(caller.post(f"/v1/acts/{act_id}/retry"), 409, "status-conflict")


def _fail(house: House, act_id: str) -> None:
    class Broken:
        version = "none"

        def convert(self, _docx: bytes) -> bytes:
            raise RuntimeError("broken")

    from jobs.produce import MAX_ATTEMPTS, produce  # noqa: PLC0415

    for _ in range(MAX_ATTEMPTS):
        produce(house.services, Broken(), "worker", act_id, 1)  # type: ignore[arg-type]
        house.clock.move(minutes=5)


def _work_when_asked(house: House) -> None:
    for _ in range(200):
        with house.services.database.reading() as tx:
            found = tx.exec_driver_sql("SELECT id FROM acts").first()
        if found is not None:
            house.produce(found[0])
            return
        time.sleep(0.02)


def _fields(act: acts.Act) -> dict[str, Any]:
    return {name: getattr(act, name) for name in act.__slots__}


class _FastTime:
    """Time that passes as fast as it is slept."""

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return self.slept

    def sleep(self, seconds: float) -> None:
        self.slept += max(seconds, 0.01)
