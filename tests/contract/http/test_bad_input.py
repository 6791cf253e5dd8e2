"""What cannot become an act is refused at its place, and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.http import Caller, House, a_request, assert_problem, set_in

DEBT_EXCEEDED = {
    "received_on": "2026-01-05",
    "amount": "999999.00",
    "claim_id": None,
    "method": "transfer",
}


@pytest.mark.parametrize(
    ("pointer", "value", "faulty"),
    [
        pytest.param("/kind", "relance_amicale", "/kind", id="unknown kind"),
        pytest.param("/kind", ..., "/kind", id="no kind"),
        pytest.param("/kind", None, "/kind", id="a null kind"),
        pytest.param("/kind", ["mise_en_demeure"], "/kind", id="a list of kinds"),
        pytest.param("/case", ..., "/case", id="no case"),
        pytest.param("/case", [], "/case", id="a case that is a list"),
        pytest.param("/case/mood", "bad", "/case/mood", id="unknown key"),
        pytest.param("/case/debtor/siren", "811223347", "/case/debtor/siren", id="SIREN, Luhn"),
        pytest.param("/case/debtor/siren", "81122334", "/case/debtor/siren", id="SIREN, short"),
        pytest.param(
            "/case/creditor/iban",
            "FR7630006000014000000000438",
            "/case/creditor/iban",
            id="IBAN, check digits",
        ),
        pytest.param(
            "/case/claims/0/due_on", "2025-02-30", "/case/claims/0/due_on", id="impossible date"
        ),
        pytest.param(
            "/case/claims/0/due_on", "31/05/2025", "/case/claims/0/due_on", id="a French date"
        ),
        pytest.param(
            "/case/claims/0/due_on", "2025-04-29", "/case/claims/0/due_on", id="due before issue"
        ),
        pytest.param(
            "/case/claims/0/amount_incl_tax",
            "-7200.00",
            "/case/claims/0/amount_incl_tax",
            id="a negative amount",
        ),
        pytest.param(
            "/case/claims/0/amount_incl_tax",
            "7200.001",
            "/case/claims/0/amount_incl_tax",
            id="three decimals",
        ),
        pytest.param(
            "/case/claims/0/amount_incl_tax",
            7200.0,
            "/case/claims/0/amount_incl_tax",
            id="an amount as a number",
        ),
        pytest.param(
            "/case/claims/0/amount_incl_tax",
            "7200,00",
            "/case/claims/0/amount_incl_tax",
            id="a comma",
        ),
        pytest.param("/case/claims", [], "/case/claims", id="no claim"),
        pytest.param("/case/claims", ..., "/case/claims", id="claims left out"),
        pytest.param("/case/debtor", ..., "/case/debtor", id="no debtor"),
        pytest.param(
            "/case/debtor/name", "Vérandas\u0007", "/case/debtor/name", id="a control character"
        ),
        pytest.param("/case/reference", "a\u0000b", "/case/reference", id="a NUL"),
        pytest.param(
            "/options/body_note",
            "Un paragraphe de cent pages. " * 15_000,
            "/options/body_note",
            id="a paragraph of a hundred pages",
        ),
        pytest.param("/as_of", "2027-06-01", "/as_of", id="a day far ahead"),
        pytest.param("/as_of", 20261122, "/as_of", id="a day as a number"),
        pytest.param("/language", "de", "/language", id="unknown language"),
    ],
)
def test_bad_input_is_refused_at_its_place_and_leaves_nothing(
    house: House, caller: Caller, pointer: str, value: Any, faulty: str
) -> None:
    body = set_in(a_request(), pointer, value)
    for path in ("/v1/acts", "/v1/checks"):
        assert_problem(caller.post(path, body), 422, "invalid-facts", faulty)
        assert house.is_empty()


def test_a_payment_above_the_debt_is_refused_at_its_place(house: House, caller: Caller) -> None:
    body = set_in(a_request(), "/case/payments", [DEBT_EXCEEDED])
    answer = caller.post("/v1/acts", body)
    errors = assert_problem(answer, 422, "legal-check-failed")
    assert all(error["pointer"].startswith("/case/payments") for error in errors), errors
    assert house.is_empty()


def test_half_a_surrogate_is_refused_at_its_place(house: House, caller: Caller) -> None:
    """JSON can spell it; no UTF-8 text can hold it."""
    body = json.dumps(set_in(a_request(), "/case/debtor/name", "a\ud800b"))
    headers = {"Authorization": f"Bearer {caller.key.secret}", "Idempotency-Key": "k"}
    answer = caller.client.post(
        "/v1/acts", data=body, content_type="application/json", headers=headers
    )
    assert_problem(answer, 422, "invalid-facts", "/case/debtor/name")
    assert house.is_empty()


def test_every_fault_is_told_at_once(house: House, caller: Caller) -> None:
    body = set_in(a_request(kind="nothing"), "/case/debtor/siren", "1")
    set_in(body, "/case/claims/0/due_on", "2025-02-30")
    assert_problem(
        caller.post("/v1/acts", body),
        422,
        "invalid-facts",
        "/kind",
        "/case/debtor/siren",
        "/case/claims/0/due_on",
    )
    assert house.is_empty()


def test_an_insolvent_debtor_is_refused_with_the_article(house: House, caller: Caller) -> None:
    insolvency = {
        "type": "liquidation",
        "opened_on": "2026-10-01",
        "court": "Tribunal de commerce du Mans",
        "officer": "Me Fictif",
    }
    body = set_in(a_request(), "/case/debtor/insolvency", insolvency)
    answer = caller.post("/v1/acts", body)
    errors = assert_problem(answer, 422, "legal-check-failed")
    assert all(error["article"] for error in errors)
    assert any("L. 622" in error["article"] for error in errors), errors
    assert any(error["pointer"].startswith("/case/debtor") for error in errors)
    assert house.is_empty()
    checks = caller.post("/v1/checks", body)
    assert checks.status_code == 200
    assert checks.get_json()["outcome"] == "refuse"
    refused = {
        check["code"] for check in checks.get_json()["checks"] if check["outcome"] == "refuse"
    }
    assert refused == {error["code"] for error in errors}


def test_a_day_beyond_the_rate_tables_names_series_and_period(house: House, caller: Caller) -> None:
    body = a_request()
    body["case"]["claims"] = body["case"]["claims"][:1]
    body["case"].pop("payments", None)
    body["case"].pop("credit_notes", None)
    claim = body["case"]["claims"][0]
    claim |= {"issued_on": "1970-01-01", "due_on": "1970-02-01"}
    claim.pop("late_interest", None)
    answer = caller.post("/v1/statements", {"case": body["case"], "as_of": "2026-11-22"})
    assert answer.status_code == 422, answer.text
    assert answer.get_json()["type"] == "/problems/rate-unknown"
    assert "1970" in answer.text
    assert house.is_empty()


def test_computing_and_checking_store_nothing(house: House, caller: Caller) -> None:
    body = a_request()
    assert caller.post("/v1/checks", body).status_code == 200
    statement = caller.post("/v1/statements", {"case": body["case"], "as_of": body["as_of"]})
    assert statement.status_code == 200
    assert house.is_empty()


def test_a_statement_without_a_day_is_of_today_in_paris(house: House, caller: Caller) -> None:
    house.clock.move(hours=13, minutes=45)  # 23:15 in UTC: it is the 25th in Paris
    answer = caller.post("/v1/statements", {"case": a_request()["case"]})
    assert answer.get_json()["as_of"] == "2026-11-25"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/case"),
        ({"case": None}, "/case"),
        ({"case": {}}, "/case/reference"),
        ({"case": {}, "kind": "mise_en_demeure"}, "/kind"),
        ({"case": {}, "as_of": "demain"}, "/as_of"),
    ],
)
def test_a_statement_of_nothing_is_refused(
    caller: Caller, body: dict[str, Any], pointer: str
) -> None:
    assert_problem(caller.post("/v1/statements", body), 422, "invalid-facts", pointer)


def test_the_checks_tell_their_outcome_article_and_place(caller: Caller) -> None:
    found = caller.post("/v1/checks", a_request()).get_json()
    assert found["outcome"] in {"pass", "warn"}
    assert {check["outcome"] for check in found["checks"]} <= {"pass", "warn"}
    assert any(check["article"] for check in found["checks"])
