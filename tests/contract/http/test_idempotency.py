"""`Idempotency-Key`: a request sent twice is carried out once and answered twice."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from api import answers
from api.app import create_app
from storage import idempotency
from storage.database import Database
from storage.idempotency import Fresh
from tests.support.http import LAWYER, Caller, House, a_request, assert_problem, set_in

KEY = "b7f8c3e0"


def test_the_same_request_is_carried_out_once(house: House, caller: Caller) -> None:
    first = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    again = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    assert first.status_code == again.status_code == 202
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Request-Id"] != first.headers["Request-Id"]
    assert house.rows()["acts"] == 1


def test_without_a_key_the_same_request_makes_two_acts(house: House, caller: Caller) -> None:
    caller.post("/v1/acts", a_request())
    caller.post("/v1/acts", a_request())
    assert house.rows()["acts"] == 2


def test_the_order_of_keys_does_not_make_another_request(house: House, caller: Caller) -> None:
    caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    turned = dict(reversed(a_request().items()))
    assert "Idempotency-Replayed" in caller.post("/v1/acts", turned, Idempotency_Key=KEY).headers
    assert house.rows()["acts"] == 1


def test_another_body_or_address_with_the_key_is_refused(house: House, caller: Caller) -> None:
    act_id = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY).get_json()["id"]
    other = set_in(a_request(), "/case/reference", "AUTRE")
    answer = caller.post("/v1/acts", other, Idempotency_Key=KEY)
    assert_problem(answer, 422, "idempotency-key-reused")
    answer = caller.post(f"/v1/acts/{act_id}/void", {"reason": "x"}, Idempotency_Key=KEY)
    assert_problem(answer, 422, "idempotency-key-reused")
    assert house.rows()["acts"] == 1


def test_a_request_that_still_runs_is_not_carried_out_again(house: House, caller: Caller) -> None:
    begun = idempotency.begin(
        house.services.database, caller.key.tenant_id, KEY, _fingerprint(house), house.clock()
    )
    assert isinstance(begun, Fresh)
    answer = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    assert_problem(answer, 409, "idempotency-key-in-use")
    assert answer.headers["Retry-After"] == "1"
    house.clock.move(minutes=3)
    assert caller.post("/v1/acts", a_request(), Idempotency_Key=KEY).status_code == 202
    assert house.rows()["acts"] == 1


def test_a_refused_request_gives_its_key_back(house: House, caller: Caller) -> None:
    wrong = set_in(a_request(), "/case/debtor/siren", "123456789")
    assert_problem(
        caller.post("/v1/acts", wrong, Idempotency_Key=KEY),
        422,
        "invalid-facts",
        "/case/debtor/siren",
    )
    assert house.is_empty()
    mended = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    assert mended.status_code == 202
    assert "Idempotency-Replayed" not in mended.headers


def test_a_failed_request_gives_its_key_back(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(answers, "answer_of", _broken)
        answer = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
        assert_problem(answer, 500, "internal-error")
    assert house.is_empty()
    assert caller.post("/v1/acts", a_request(), Idempotency_Key=KEY).status_code == 202


def test_a_key_belongs_to_its_cabinet(house: House, caller: Caller) -> None:
    other = house.caller(tenant="Autre cabinet")
    first = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY).get_json()
    second = other.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    assert "Idempotency-Replayed" not in second.headers
    assert second.get_json()["id"] != first["id"]


def test_two_keys_of_one_cabinet_share_idempotency_keys(house: House, caller: Caller) -> None:
    first = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY).get_json()
    assert house.caller().post("/v1/acts", a_request(), Idempotency_Key=KEY).get_json() == first


def test_an_answer_is_given_again_by_another_process(house: House, caller: Caller) -> None:
    first = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    path = Path(str(house.services.database.url.database))
    database = Database(f"sqlite:///{path}")
    parts = {
        name: getattr(house.services, name)
        for name in ("settings", "drafts", "archive", "queue", "retention", "now")
    }
    other = create_app(type(house.services)(**parts, database=database))
    again = other.test_client().post(
        "/v1/acts",
        json=a_request(),
        headers={"Authorization": f"Bearer {caller.key.secret}", "Idempotency-Key": KEY},
    )
    database.close()
    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"


def test_an_answer_is_forgotten_after_a_day(house: House, caller: Caller) -> None:
    caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    house.clock.move(hours=25)
    again = caller.post("/v1/acts", a_request(), Idempotency_Key=KEY)
    assert "Idempotency-Replayed" not in again.headers
    assert house.rows()["acts"] == 2


def test_two_at_once_make_one_act(house: House, caller: Caller) -> None:
    answers_got: list[tuple[int, bytes]] = []

    def ask() -> None:
        client = house.app.test_client()
        headers = {"Authorization": f"Bearer {caller.key.secret}", "Idempotency-Key": KEY}
        answer = client.post("/v1/acts", json=a_request(), headers=headers)
        answers_got.append((answer.status_code, answer.data))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in answers_got} <= {202, 409}
    assert len({data for status, data in answers_got if status == 202}) == 1
    assert house.rows()["acts"] == 1


@pytest.mark.parametrize("path", ["void", "reviews", "versions"])
def test_what_changes_an_act_is_answered_again_as_the_first_time(
    house: House, caller: Caller, path: str
) -> None:
    body = {
        "void": {"reason": "Payé"},
        "reviews": {"version": 1, "decision": "approve"},
        "versions": {"note": "Autre jour", "as_of": "2026-11-23"},
    }[path]
    act_id = house.drafted(caller)
    first, again = (
        caller.post(f"/v1/acts/{act_id}/{path}", body, Idempotency_Key=KEY, Minutier_Actor=LAWYER)
        for _ in range(2)
    )
    assert first.status_code in {200, 201, 202}
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_sealing_what_is_sealed_is_answered_again_as_the_first_time(
    house: House, caller: Caller
) -> None:
    act_id = house.archived(caller)
    first, again = (
        caller.post(f"/v1/acts/{act_id}/archive", Idempotency_Key=KEY) for _ in range(2)
    )
    assert first.status_code == 200
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"


def _broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("broken")


def _fingerprint(house: House) -> str:
    from api.idempotency import _fingerprint as fingerprint  # noqa: PLC0415

    with house.app.test_request_context("/v1/acts", method="POST", json=a_request()):
        return fingerprint()
