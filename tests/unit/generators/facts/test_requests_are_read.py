"""Requests become facts and a snapshot; reading the snapshot again gives the same, for ever."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.errors import InvalidFacts
from generators.agency_options import AgencyLetterOptions
from generators.case_schema import CaseSchema
from generators.options import Signatory
from generators.request import (
    MOST_DAYS_AHEAD,
    load_request,
    load_revision,
    load_snapshot,
    load_statement_request,
)
from law.case import Case, LateInterest, PenaltyClause
from tests.support.cases import CASES, case_body
from tests.support.requests import TODAY, Refusals


@pytest.mark.parametrize("number", CASES)
def test_the_case_of_every_kind_is_read_and_written_as_it_came(number: str) -> None:
    given = case_body(number)["case"]
    case = CaseSchema().load(given)
    written = CaseSchema().dump(case)
    assert CaseSchema().load(written) == case
    assert CaseSchema().dump(CaseSchema().load(written)) == written
    assert _without_nothings(written) == _with_defaults(_without_nothings(given))


def _without_nothings(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_nothings(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, [])}
    return [_without_nothings(item) for item in value] if isinstance(value, list) else value


def _with_defaults(case: dict[str, Any]) -> dict[str, Any]:
    for claim in case.get("claims", []):
        for key, value in (("legal_basis", "contract"), ("disputed", False)):
            claim.setdefault(key, value)
    return case


def test_there_are_fifteen_cases() -> None:
    assert len(CASES) == 15


def test_facts_are_typed(body: dict[str, Any]) -> None:
    facts = load_request(body, TODAY).facts
    claim = facts.case.claims[0]
    assert isinstance(facts.case, Case)
    assert (claim.amount_incl_tax_cents, claim.due_on) == (720_000, date(2025, 5, 31))
    assert claim.late_interest == LateInterest(basis="contractual", rate=Decimal("0.15"))
    assert claim.penalty_clause == PenaltyClause(rate=Decimal("0.1"))
    assert facts.case.creditor.share_capital is not None
    assert facts.case.creditor.share_capital.amount_cents == 25_000_000
    assert facts.options == AgencyLetterOptions(
        place="Saint-Étienne",
        letter_date=date(2026, 11, 22),
        delivery="registered",
        payment_deadline_days=8,
        signatory=Signatory(name="M. Gaëtan Prête-Nom", capacity="directeur général"),
    )


def test_null_is_the_same_as_leaving_a_key_out(body: dict[str, Any]) -> None:
    plain = load_request(body, TODAY).facts
    body["case"] |= {"representative": None, "credit_notes": None, "costs": None}
    body["case"]["debtor"]["address"]["country"] = None
    body["case"]["creditor"]["share_capital"]["currency"] = None
    body["case"]["contract"]["jurisdiction_clause"] = None
    body["options"]["subject"] = None
    for claim in body["case"]["claims"]:
        claim |= {"currency": None, "legal_basis": None, "disputed": None, "cheque": None}
    assert load_request(body | {"language": None, "as_of": None}, TODAY).facts == plain


def test_facts_cannot_be_changed(body: dict[str, Any]) -> None:
    case = load_request(body, TODAY).facts.case
    lists = (case.claims, case.claims[0].vat, case.payments, case.creditor.address.lines)
    assert all(isinstance(items, tuple) for items in lists)


def test_over_indebtedness_is_the_day_of_admission() -> None:
    case = case_body("07")["case"]
    case["debtor"]["over_indebtedness"] = {"admitted_on": "2026-10-01"}
    read = CaseSchema().load(case)
    assert read.debtor.over_indebtedness_admitted_on == date(2026, 10, 1)
    assert CaseSchema().dump(read)["debtor"]["over_indebtedness"] == {"admitted_on": "2026-10-01"}


def test_what_was_left_out_is_written_into_the_snapshot(body: dict[str, Any]) -> None:
    del body["as_of"], body["options"]["letter_date"]
    del body["case"]["claims"][0]["currency"], body["case"]["debtor"]["address"]["country"]
    snapshot = load_request(body, TODAY).snapshot
    assert (snapshot["as_of"], snapshot["language"]) == ("2026-11-22", "fr")
    assert snapshot["options"]["letter_date"] == "2026-11-22"
    claim = snapshot["case"]["claims"][0]
    assert (claim["currency"], claim["legal_basis"], claim["disputed"]) == (
        "EUR",
        "contract",
        False,
    )
    assert snapshot["case"]["debtor"]["address"]["country"] == "FR"


def test_a_snapshot_holds_what_was_sent_and_no_nothing_beside(body: dict[str, Any]) -> None:
    body["case"]["creditor"]["insolvency"] = None
    body["case"]["credit_notes"] = []
    snapshot = load_request(body, TODAY).snapshot
    assert snapshot["case"]["creditor"]["insolvency"] is None
    assert snapshot["case"]["credit_notes"] == []
    assert "insolvency" not in snapshot["case"]["debtor"]
    assert "costs" not in snapshot["case"]
    del snapshot["language"]
    for claim in snapshot["case"]["claims"]:
        del claim["legal_basis"], claim["disputed"]
    assert snapshot == body


def test_a_snapshot_is_clean(body: dict[str, Any]) -> None:
    case = body["case"]
    case["creditor"] |= {
        "name": "  Aluminium Fictif du Fore\u0302z\u00a0",
        "iban": "fr76 3000 6000 0140 0000 0000 437",
        "siren": "801 234 568",
    }
    case["claims"][0] |= {"id": " c1 ", "late_interest": {"basis": "ecb_plus", "points": "10"}}
    snapshot = load_request(body, TODAY).snapshot["case"]
    assert snapshot["creditor"]["name"] == "Aluminium Fictif du For\u00eaz"
    assert snapshot["creditor"]["iban"] == "FR7630006000014000000000437"
    assert snapshot["creditor"]["siren"] == "801234568"
    assert snapshot["claims"][0]["id"] == "c1"
    assert snapshot["claims"][0]["late_interest"] == {"basis": "ecb_plus", "points": "10.00"}


def test_a_snapshot_reads_the_same_years_later(body: dict[str, Any]) -> None:
    del body["as_of"], body["options"]
    first = load_request(body, TODAY)
    again = load_snapshot(json.loads(json.dumps(first.snapshot)))
    assert (again.facts, again.snapshot, again.kind) == (first.facts, first.snapshot, first.kind)


def test_reading_does_not_change_what_was_sent(body: dict[str, Any]) -> None:
    load_request(body, TODAY)
    assert body == case_body("05")


@pytest.mark.parametrize("request_", [None, [], "", 5, True, [{"kind": "mise_en_demeure"}]])
def test_a_request_is_an_object(refusals: Refusals, request_: Any) -> None:
    assert refusals(request_) == {"": "wrong-type"}


def test_an_empty_request_lacks_kind_and_case(refusals: Refusals) -> None:
    assert refusals({}) == {"/kind": "missing", "/case": "missing"}


@pytest.mark.parametrize(
    "kind", ["mise-en-demeure", "", "__init__", "../mise_en_demeure", "Relance"]
)
def test_an_unknown_kind_is_refused_beside_what_else_is_wrong(
    body: dict[str, Any], refusals: Refusals, kind: str
) -> None:
    body |= {"kind": kind, "options": {"anything": "goes unread"}}
    body["case"]["reference"] = ""
    assert refusals(body) == {"/kind": "unknown-kind", "/case/reference": "empty"}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("kind", ["mise_en_demeure"], "wrong-type"),
        ("case", [], "wrong-type"),
        ("case", "x", "wrong-type"),
        ("case", None, "missing"),
        ("options", [], "wrong-type"),
        ("options", "", "wrong-type"),
        ("language", "FR", "invalid-choice"),
        ("as_of", "22/11/2026", "invalid-date"),
        ("as_of", 20261122, "wrong-type"),
        ("note", "x", "unknown-key"),
    ],
)
def test_a_part_of_a_request_is_wrong(
    body: dict[str, Any], refusals: Refusals, key: str, value: Any, code: str
) -> None:
    assert refusals(body | {key: value}) == {f"/{key}": code}


@pytest.mark.parametrize("options", [None, {}])
def test_options_may_be_left_out(body: dict[str, Any], options: Any) -> None:
    body["options"] = options
    assert load_request(body, TODAY).facts.options == AgencyLetterOptions(
        letter_date=date(2026, 11, 22)
    )


def test_an_act_is_dated_a_month_ahead_at_most(body: dict[str, Any], refusals: Refusals) -> None:
    last = TODAY + timedelta(days=MOST_DAYS_AHEAD)
    assert refusals(body | {"as_of": last.isoformat()}) == {}
    after = (last + timedelta(days=1)).isoformat()
    assert refusals(body | {"as_of": after}) == {"/as_of": "as-of-too-late"}


def test_the_number_of_faults_is_told() -> None:
    with pytest.raises(InvalidFacts, match=r"^There are 2 faults\.$"):
        load_request({}, TODAY)
    with pytest.raises(InvalidFacts, match=r"^There is 1 fault\.$"):
        load_request(None, TODAY)


@pytest.mark.parametrize(
    ("options", "pointer", "code"),
    [
        ({"payment_deadline_days": 91}, "payment_deadline_days", "out-of-range"),
        ({"payment_deadline_days": "8"}, "payment_deadline_days", "wrong-type"),
        ({"delivery": "fax"}, "delivery", "invalid-choice"),
        ({"signatory": {"capacity": "gérante"}}, "signatory/name", "missing"),
        ({"body_note": "Lorem ipsum dolor sit amet. " * 10_000}, "body_note", "too-long"),
        ({"body_note": "a\x00b"}, "body_note", "control-character"),
        ({"subject": "a\nb"}, "subject", "control-character"),
        ({"last_letter": None}, "last_letter", "unknown-key"),
    ],
)
def test_options_of_a_letter_have_bounds(
    body: dict[str, Any], refusals: Refusals, options: dict[str, Any], pointer: str, code: str
) -> None:
    body["options"] = options
    assert refusals(body) == {f"/options/{pointer}": code}


def test_a_free_paragraph_keeps_its_lines(body: dict[str, Any]) -> None:
    body["options"]["body_note"] = "Premier point ;\r\n\r\nsecond point."
    assert load_request(body, TODAY).facts.options.body_note == "Premier point ;\n\nsecond point."


def test_a_revision_keeps_the_parts_left_out(body: dict[str, Any]) -> None:
    snapshot = load_request(body, TODAY).snapshot
    options = {"place": "Lyon", "letter_date": "2026-11-25"}
    revised = load_revision(snapshot, {"options": options}, TODAY)
    assert revised.facts.case == load_snapshot(snapshot).facts.case
    assert revised.facts.as_of == date(2026, 11, 22)
    assert revised.facts.options == AgencyLetterOptions(
        place="Lyon", letter_date=date(2026, 11, 25)
    )


def test_a_letter_dated_its_day_moves_with_the_day(body: dict[str, Any]) -> None:
    snapshot = load_request(body, TODAY).snapshot
    moved = load_revision(snapshot, {"as_of": "2026-11-24"}, date(2026, 11, 24))
    assert moved.facts.options.letter_date == date(2026, 11, 24)
    assert moved.facts.options.place == "Saint-Étienne"


def test_a_letter_dated_another_day_keeps_it(body: dict[str, Any]) -> None:
    body["options"]["letter_date"] = "2026-11-30"
    snapshot = load_request(body, TODAY).snapshot
    moved = load_revision(snapshot, {"as_of": "2026-11-24"}, date(2026, 11, 24))
    assert moved.facts.options.letter_date == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"case": None}, "/case"), ({"as_of": "x"}, "/as_of"), ({"options": {"x": 1}}, "/options/x")],
)
def test_a_revision_is_read_like_a_request(
    body: dict[str, Any], changes: dict[str, Any], pointer: str
) -> None:
    snapshot = load_request(body, TODAY).snapshot
    with pytest.raises(InvalidFacts) as caught:
        load_revision(snapshot, changes, TODAY)
    assert [fault.pointer for fault in caught.value.faults] == [pointer]


def test_a_statement_is_asked_of_a_case_and_a_day(body: dict[str, Any]) -> None:
    asked = load_statement_request({"case": body["case"], "as_of": "2026-06-30"}, TODAY)
    assert asked.as_of == date(2026, 6, 30)
    assert asked.case == load_request(body, TODAY).facts.case
    assert load_statement_request({"case": body["case"]}, TODAY).as_of == TODAY


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({}, {"/case": "missing"}),
        ([], {"": "wrong-type"}),
        ({"case": {"claims": []}, "kind": "x", "as_of": "y"}, {
            "/as_of": "invalid-date", "/kind": "unknown-key", "/case/claims": "empty-list",
            "/case/creditor": "missing", "/case/debtor": "missing", "/case/reference": "missing",
        }),
    ],
)  # fmt: skip
def test_a_request_for_a_statement_is_refused(request_: Any, expected: dict[str, str]) -> None:
    with pytest.raises(InvalidFacts) as caught:
        load_statement_request(request_, TODAY)
    assert {fault.pointer: fault.code for fault in caught.value.faults} == expected
