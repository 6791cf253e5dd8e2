"""Limitation over HTTP: by claim, and as a check before an act."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from generators.registry import act_kind
from tests.support.http import Caller, a_request, assert_problem


def _case(**changes: Any) -> dict[str, Any]:
    """The example's parties with an invoice due on 10 January 2022 and nothing done."""
    case: dict[str, Any] = deepcopy(dict(act_kind("mise_en_demeure").example["case"]))
    claim = {
        "id": "c1",
        "type": "invoice",
        "number": "F-1",
        "issued_on": "2021-12-10",
        "due_on": "2022-01-10",
        "amount_incl_tax": "1000.00",
    }
    kept = {key: case[key] for key in ("reference", "creditor", "debtor")}
    return {**kept, "claims": [claim], **changes}


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2026-09-09", "open"),
        ("2026-09-10", "near"),
        ("2027-01-11", "near"),
        ("2027-01-12", "expired"),
    ],
)
def test_each_claim_has_its_limitation(caller: Caller, as_of: str, outcome: str) -> None:
    answer = caller.post("/v1/limitations", {"case": _case(), "as_of": as_of})
    assert answer.status_code == 200, answer.get_json()
    (claim,) = answer.get_json()["claims"]
    assert claim["outcome"] == outcome
    assert (claim["last_day"], claim["ends_on"]) == ("2027-01-10", "2027-01-11")  # a Sunday
    assert (claim["claim_id"], claim["months"], claim["starts_on"]) == ("c1", 60, "2022-01-10")
    assert claim["if_confirmed_on"] is None


def test_a_promise_is_told_and_not_counted_as_the_description_shows(caller: Caller) -> None:
    steps = [{"date": "2025-03-03", "type": "promise_to_pay"}]
    answer = caller.post("/v1/limitations", {"case": _case(steps=steps), "as_of": "2026-11-24"})
    (claim,) = answer.get_json()["claims"]
    assert (claim["last_day"], claim["if_confirmed_on"]) == ("2027-01-10", "2030-03-03")
    assert claim["interrupted_on"] is None
    assert any("2240" in note for note in claim["notes"])
    document = caller.get("/v1/openapi.json").get_json()
    promised = document["paths"]["/v1/limitations"]["post"]["responses"]["200"]
    assert promised["content"]["application/json"]["example"] == answer.get_json()


def test_a_cheque_has_several_actions(caller: Caller) -> None:
    case = _case()
    case["claims"][0] = {
        "id": "q1",
        "type": "cheque",
        "number": "7000001",
        "issued_on": "2026-03-02",
        "due_on": "2026-03-02",
        "amount_incl_tax": "1000.00",
        "cheque": {"number": "7000001", "drawee_bank": {"name": "Banque Modèle"}},
    }
    answer = caller.post("/v1/limitations", {"case": case, "as_of": "2026-11-24"})
    assert answer.status_code == 200, answer.get_json()
    (claim,) = answer.get_json()["claims"]
    assert (claim["outcome"], claim["last_day"]) == ("expired", "2026-09-10")
    assert [one["last_day"] for one in claim["others"]] == ["2027-03-10", None, None]


def test_a_case_that_cannot_be_read_is_refused(caller: Caller) -> None:
    answer = caller.post("/v1/limitations", {"case": _case(claims=[]), "at": 1})
    assert_problem(answer, 422, "invalid-facts", "/case/claims", "/at")


def test_the_checks_before_an_act_tell_a_limitation_that_is_near(caller: Caller) -> None:
    request = a_request(case=_case(), options={}, as_of="2026-11-24")
    answer = caller.post("/v1/checks", request)
    assert answer.status_code == 200, answer.get_json()
    (found,) = [one for one in answer.get_json()["checks"] if one["code"] == "limitation"]
    assert found["outcome"] == "warn"
    assert found["article"] == "art. L. 110-4 C. com."
    assert found["pointer"] == "/case/claims/0/due_on"
    assert "10 janvier 2027" in found["detail"].replace("\u00a0", " ")
