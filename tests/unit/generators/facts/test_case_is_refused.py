"""A case that is malformed or contradicts itself is refused: each fault with place and code."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import ValidationError

from generators.case_schema import CaseSchema
from generators.faults import faults_of
from tests.support.cases import case_body, changed, without
from tests.support.requests import Refusals

INDIVIDUAL = {
    "type": "individual",
    "civility": "Mme",
    "first_name": "Ada",
    "last_name": "Témoin",
    "address": {"lines": ["1 rue de l'Essai"], "postal_code": "63000", "city": "Riom"},
}
CHEQUE = case_body("13a")["case"]["claims"][0]

Change = tuple[str, Any]


def of_case(*changes: Change) -> dict[str, Any]:
    """Case 05 with other values at some places."""
    body: dict[str, Any] = case_body("05")
    for pointer, value in changes:
        path = [int(step) if step.isdecimal() else step for step in pointer.split("/")]
        body = changed(body, ["case", *path], value)
    return body


@pytest.mark.parametrize(
    "path",
    [
        "reference",
        "creditor",
        "debtor",
        "claims",
        "creditor/type",
        "creditor/name",
        "creditor/address",
        "debtor/address/lines",
        "debtor/address/postal_code",
        "debtor/address/city",
        "creditor/share_capital/amount",
        "creditor/legal_representative/name",
        "claims/0/id",
        "claims/0/type",
        "claims/0/due_on",
        "claims/0/amount_incl_tax",
        "claims/0/number",
        "claims/0/issued_on",
        "claims/0/vat/0/rate",
        "claims/0/vat/0/base",
        "claims/0/vat/0/amount",
        "claims/0/late_interest/basis",
        "claims/0/late_interest/percent",
        "payments/0/received_on",
        "payments/0/amount",
        "steps/0/date",
        "steps/0/type",
        "exhibits/0/label",
    ],
)
def test_a_required_key_is_missing_when_left_out_and_when_null(
    body: dict[str, Any], refusals: Refusals, path: str
) -> None:
    steps = ["case", *(int(step) if step.isdecimal() else step for step in path.split("/"))]
    expected = {f"/case/{path}": "missing"}
    assert refusals(without(body, steps)) == expected
    assert refusals(changed(body, steps, None)) == expected


@pytest.mark.parametrize(
    "path",
    ["", "creditor", "creditor/address", "creditor/share_capital", "claims/1", "claims/0/vat/0",
     "claims/2/late_interest", "claims/2/penalty_clause", "payments/0", "steps/3", "contract",
     "exhibits/0", "creditor/legal_representative"],
)  # fmt: skip
def test_an_unknown_key_is_pointed_to(refusals: Refusals, path: str) -> None:
    key = f"{path}/colour".lstrip("/")
    assert refusals(of_case((key, "red"))) == {f"/case/{key}": "unknown-key"}
    assert refusals(of_case((key, None))) == {f"/case/{key}": "unknown-key"}


def test_a_key_with_a_slash_is_escaped_and_a_long_one_cut(
    body: dict[str, Any], refusals: Refusals
) -> None:
    body["case"] |= {"a/b~c": 1, "k" * 5_000: 1, "_schema": 1}
    assert refusals(body) == {
        "/case/_schema": "unknown-key",
        "/case/a~1b~0c": "unknown-key",
        f"/case/{'k' * 100}…": "unknown-key",
    }


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        pytest.param([("debtor/siren", "811223347")], "debtor/siren", "invalid-siren", id="Luhn"),
        pytest.param(
            [("debtor/siret", "80123456800013")], "debtor/siret", "siret-not-of-siren", id="SIRET"
        ),
        pytest.param(
            [("debtor/vat_number", "FR66801234568")],
            "debtor/vat_number",
            "vat-number-not-of-siren",
            id="VAT number of another",
        ),
        pytest.param([("creditor/iban", "FR7630006000014000000000438")], "creditor/iban",
                     "invalid-iban", id="IBAN"),
        pytest.param([("debtor/address/postal_code", "7210")], "debtor/address/postal_code",
                     "invalid-postal-code", id="four digits"),
        pytest.param([("debtor/address/country", "BE")], "debtor/address/insee_code",
                     "not-applicable", id="INSEE code abroad"),
        pytest.param([("debtor/address/lines", [])], "debtor/address/lines", "empty-list",
                     id="no line"),
        pytest.param([("debtor/address/lines", list("abcde"))], "debtor/address/lines", "too-many",
                     id="five lines"),
        pytest.param([("debtor/address/lines", ["a", ""])], "debtor/address/lines/1", "empty",
                     id="empty line"),
        pytest.param([("debtor/first_name", "Ada")], "debtor/first_name", "not-applicable",
                     id="company with a first name"),
        pytest.param([("debtor/acts_as_professional", False)], "debtor/acts_as_professional",
                     "not-applicable", id="company that is no professional"),
        pytest.param([("debtor/over_indebtedness", {"admitted_on": "2026-01-05"})],
                     "debtor/over_indebtedness", "not-applicable", id="company over-indebted"),
        pytest.param([("debtor", {**INDIVIDUAL, "name": "Témoin SARL"})], "debtor/name",
                     "not-applicable", id="individual with a company's name"),
        pytest.param([("debtor", {**INDIVIDUAL, "last_name": None})], "debtor/last_name",
                     "missing", id="individual without last name"),
        pytest.param([("debtor", {**INDIVIDUAL, "first_name": None})], "debtor/first_name",
                     "missing", id="individual without first name"),
        pytest.param([("debtor/insolvency", {"type": "bankruptcy", "opened_on": "2026-01-05"})],
                     "debtor/insolvency/type", "invalid-choice", id="unknown proceedings"),
        pytest.param([("debtor/siren", "801234568"), ("debtor/siret", None),
                      ("debtor/vat_number", None)], "debtor/siren", "same-party",
                     id="own debtor"),
        pytest.param([("debtor/name", "Modèle\u202eSAS")], "debtor/name", "control-character",
                     id="bidi in a name"),
        pytest.param([("reference", "\x00")], "reference", "control-character", id="NUL"),
        pytest.param([("claims", [])], "claims", "empty-list", id="empty claim list"),
        pytest.param([("claims", {"0": {}})], "claims", "wrong-type", id="claims as an object"),
        pytest.param([("claims", [{}] * 1_001)], "claims", "too-many", id="too many claims"),
        pytest.param([("claims/1/id", "c1"), ("payments/0/claim_id", None)], "claims/1/id",
                     "duplicate-id", id="id used twice"),
        pytest.param([("claims/1/id", " c1 ")], "claims/1/id", "duplicate-id",
                     id="ids alike once cleaned"),
        pytest.param([("claims/1/currency", "CHF")], "claims/1/currency", "mixed-currencies",
                     id="two currencies"),
        pytest.param([("claims/0/currency", "XXX")], "claims/0/currency", "invalid-currency",
                     id="no currency"),
        pytest.param([("claims/0/due_on", "2025-04-29")], "claims/0/due_on", "due-before-issue",
                     id="due the day before issue"),
        pytest.param([("claims/0/due_on", "2025-02-30")], "claims/0/due_on", "invalid-date",
                     id="impossible date"),
        pytest.param([("claims/0/amount_incl_tax", "-7200.00")], "claims/0/amount_incl_tax",
                     "negative-amount", id="negative"),
        pytest.param([("claims/0/amount_incl_tax", "7200.000")], "claims/0/amount_incl_tax",
                     "too-many-decimals", id="three decimals"),
        pytest.param([("claims/0/amount_incl_tax", 7200)], "claims/0/amount_incl_tax",
                     "wrong-type", id="a number"),
        pytest.param([("claims/0/amount_incl_tax", "7200.01")], "claims/0/vat",
                     "amounts-contradict", id="VAT does not add up"),
        pytest.param([("claims/0/amount_excl_tax", "6000.01")], "claims/0/vat",
                     "amounts-contradict", id="bases are not the amount without VAT"),
        pytest.param([("claims/0/amount_excl_tax", "7200.01")], "claims/0/amount_excl_tax",
                     "amounts-contradict", id="without VAT above with VAT"),
        pytest.param([("claims/0/vat/0/rate", "10.00")], "claims/0/vat/0/amount",
                     "vat-contradicts-rate", id="VAT of another rate"),
        pytest.param([("claims/0/vat/0/amount", "1206.01"),
                      ("claims/0/amount_incl_tax", "7206.01")],
                     "claims/0/vat/0/amount", "vat-contradicts-rate",
                     id="VAT more than a thousandth of the base off"),
        pytest.param([("claims/0/vat", [{"rate": "20", "base": "1.00", "amount": "0.26"}]),
                      ("claims/0/amount_excl_tax", None), ("claims/0/amount_incl_tax", "1.26")],
                     "claims/0/vat/0/amount", "vat-contradicts-rate", id="VAT six cents off"),
        pytest.param([("claims/0/vat/0/rate", "100.01")], "claims/0/vat/0/rate", "out-of-range",
                     id="rate above 100"),
        pytest.param([("claims/0/late_interest", {"basis": "ecb_plus"})],
                     "claims/0/late_interest/points", "missing", id="ECB without points"),
        pytest.param([("claims/0/late_interest", {"basis": "legal_multiple"})],
                     "claims/0/late_interest/multiple", "missing", id="multiple of what"),
        pytest.param([("claims/0/late_interest", {"basis": "legal_multiple", "multiple": "0"})],
                     "claims/0/late_interest/multiple", "out-of-range", id="nought times"),
        pytest.param([("claims/0/late_interest", {"basis": "none", "percent": "4.00"})],
                     "claims/0/late_interest/percent", "not-applicable", id="none but 4 %"),
        pytest.param([("claims/0/late_interest", {"basis": "legal", "points": "10"})],
                     "claims/0/late_interest/points", "not-applicable", id="legal plus points"),
        pytest.param([("claims/0/penalty_clause", {})], "claims/0/penalty_clause", "missing",
                     id="penalty of nothing"),
        pytest.param([("claims/0/penalty_clause", {"percent": "10", "amount": "5.00"})],
                     "claims/0/penalty_clause", "one-or-the-other", id="penalty twice"),
        pytest.param([("claims/0/cheque", CHEQUE["cheque"])], "claims/0/cheque",
                     "not-applicable", id="an invoice is no cheque"),
        pytest.param([("claims/0", {**CHEQUE, "id": "c1", "due_on": "2026-09-29"})],
                     "claims/0/due_on", "cheque-due-at-issue", id="cheque due later"),
        pytest.param([("claims/0", {**CHEQUE, "id": "c1", "amount_incl_tax": "1864.21"}),
                      ("claims/0/cheque/amount_in_words", None)],
                     "claims/0/cheque/amount", "amounts-contradict", id="cheque of another sum"),
        pytest.param([("claims/0", {**CHEQUE, "id": "c1"}),
                      ("claims/0/cheque/presented_on", "2026-09-27")],
                     "claims/0/cheque/presented_on", "dates-out-of-order",
                     id="presented before issue"),
        pytest.param([("claims/0", {**CHEQUE, "id": "c1"}),
                      ("claims/0/cheque/rejected_on", "2026-09-29")],
                     "claims/0/cheque/rejected_on", "dates-out-of-order",
                     id="rejected before presentation"),
        pytest.param([("payments/0/claim_id", "c9")], "payments/0/claim_id", "unknown-claim",
                     id="payment of no claim"),
        pytest.param([("credit_notes", [{"number": "A1", "issued_on": "2026-01-05",
                                         "amount_incl_tax": "5.00", "claim_id": "c9"}])],
                     "credit_notes/0/claim_id", "unknown-claim", id="credit note of no claim"),
        pytest.param([("payments/0/amount", "0.00")], "payments/0/amount", "zero-amount",
                     id="payment of nothing"),
        pytest.param([("steps/0/channel", "pigeon")], "steps/0/channel", "invalid-choice",
                     id="unknown channel"),
        pytest.param([("contract/retention_of_title", "true")], "contract/retention_of_title",
                     "wrong-type", id="true as a text"),
        pytest.param([("representative", {"role": "collection_agency", "party": INDIVIDUAL,
                                          "bar": "Lyon"})],
                     "representative/bar", "not-applicable", id="agency of a bar"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused_where_it_lies(
    refusals: Refusals, changes: list[Change], pointer: str, code: str
) -> None:
    assert refusals(of_case(*changes)) == {f"/case/{pointer}": code}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([("claims/0/due_on", "2025-04-30")], id="due on the day of issue"),
        pytest.param(
            [("claims/0/vat/0/amount", "1206.00"), ("claims/0/amount_incl_tax", "7206.00")],
            id="VAT a thousandth of the base off",
        ),
        pytest.param(
            [("claims/0/vat", [{"rate": "20", "base": "1.00", "amount": "0.25"}]),
             ("claims/0/amount_excl_tax", None), ("claims/0/amount_incl_tax", "1.25")],
            id="VAT five cents off",
        ),
        pytest.param([("debtor/vat_number", "DE136695976")], id="VAT number of a branch abroad"),
        pytest.param([("claims/0/vat", None)], id="VAT not told"),
        pytest.param([("claims/0/vat", [])], id="no line of VAT"),
        pytest.param([("claims/0/late_interest", None)], id="what the law gives"),
        pytest.param([("payments/0/claim_id", None)], id="payment of no claim in particular"),
        pytest.param([("payments", None), ("steps", None), ("exhibits", None)], id="null lists"),
        pytest.param([("creditor/siren", None), ("creditor/siret", None)], id="no number"),
        pytest.param(
            [("debtor/address", {"lines": ["1 rue X"], "postal_code": "B-1000", "city": "Bruxelles",
                                 "country": "BE"})],
            id="postcode abroad",
        ),
        pytest.param([("claims/0", {**CHEQUE, "id": "c1", "amount_incl_tax": "1864.21"})],
                     id="cheque whose words prevail (a check of law)"),
        pytest.param([("claims/0", {**CHEQUE, "id": "c1", "cheque": None})], id="cheque untold"),
        pytest.param([("representative", {"role": "lawyer", "party": INDIVIDUAL, "bar": "Lyon"})],
                     id="lawyer of a bar"),
    ],
)  # fmt: skip
def test_what_looks_like_a_contradiction_but_is_none_is_accepted(
    refusals: Refusals, changes: list[Change]
) -> None:
    assert refusals(of_case(*changes)) == {}


def test_a_wrong_country_is_one_fault_whatever_the_postcode(refusals: Refusals) -> None:
    changes = [("debtor/address/country", "ZZ"), ("debtor/address/postal_code", "B-1000")]
    assert refusals(of_case(*changes)) == {"/case/debtor/address/country": "invalid-country"}


def test_a_wrong_key_is_not_told_missing_as_well(refusals: Refusals) -> None:
    body = of_case(("debtor", {**INDIVIDUAL, "last_name": 5}), ("claims/0/number", ""))
    assert refusals(body) == {
        "/case/debtor/last_name": "wrong-type",
        "/case/claims/0/number": "empty",
    }


def test_a_currency_that_could_not_be_read_is_not_told_different(refusals: Refusals) -> None:
    changes = [(f"claims/{at}/currency", "CHF") for at in (0, 1)] + [("claims/2/currency", "?")]
    assert refusals(of_case(*changes)) == {"/case/claims/2/currency": "invalid-currency"}


def test_a_payment_of_a_case_without_claims_names_none_of_them() -> None:
    case = {**case_body("14")["case"], "payments": case_body("05")["case"]["payments"]}
    with pytest.raises(ValidationError) as caught:
        CaseSchema().load(case)
    found = [(fault.pointer, fault.code) for fault in faults_of(caught.value.messages)]
    assert found == [("/payments/0/claim_id", "unknown-claim")]


def test_payments_are_not_told_unknown_while_ids_are_unread(refusals: Refusals) -> None:
    assert refusals(of_case(("claims/0/id", 1))) == {"/case/claims/0/id": "wrong-type"}


def test_all_faults_are_told_at_once(body: dict[str, Any], refusals: Refusals) -> None:
    case = body["case"]
    case["creditor"]["siren"] = "801234569"
    case["creditor"]["iban"] = "FR00"
    case["debtor"]["address"]["country"] = "FRANCE"
    case["claims"][0]["due_on"] = "2025-04-01"
    case["claims"][1]["amount_incl_tax"] = "4980.005"
    case["claims"][2] |= {"id": "c1", "color": "red"}
    case["payments"][0]["claim_id"] = "c7"
    body["options"]["payment_deadline_days"] = 0
    body |= {"language": "de", "as_of": "2026-11-31", "extra": {}}
    assert refusals(body) == {
        "/as_of": "invalid-date",
        "/extra": "unknown-key",
        "/language": "invalid-choice",
        "/case/claims/0/due_on": "due-before-issue",
        "/case/claims/1/amount_incl_tax": "too-many-decimals",
        "/case/claims/2/color": "unknown-key",
        "/case/claims/2/id": "duplicate-id",
        "/case/creditor/iban": "invalid-iban",
        "/case/creditor/siren": "invalid-siren",
        "/case/debtor/address/country": "invalid-country",
        "/case/payments/0/claim_id": "unknown-claim",
        "/options/payment_deadline_days": "out-of-range",
    }


def test_a_flood_of_faults_is_cut(body: dict[str, Any], refusals: Refusals) -> None:
    body["case"]["claims"] = [{}] * 1_000
    found = refusals(body)
    assert len(found) == 201
    assert found["/case"] == "more-faults"
