"""What may not be charged, how a letter leaves, and what it must tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Cost, LateInterest, PenaltyClause, Representative, Step
from law.checks import costs, delivery
from law.checks.delivery import Delivery
from law.findings import Outcome
from tests.support.law_facts import (
    COMPANY,
    INDIVIDUAL,
    SOLE_TRADER,
    agreed,
    case_of,
    day,
    invoice,
)

FEE = Cost(label="Ouverture du dossier", amount_cents=8_00, type="other", borne_by="debtor")
BANK_FEE = Cost(label="Frais de rejet", amount_cents=30_00, type="bank_fee", borne_by="debtor")


def test_costs_without_a_title_stay_with_the_creditor() -> None:
    found = costs.collection_costs(case_of(invoice(), costs=[FEE]))
    assert (found.outcome, found.pointer) == ("refuse", "/case/costs/0/borne_by")
    assert found.article == "art. L. 111-8 CPCE"


def test_asking_a_consumer_for_them_is_an_offence_of_its_own() -> None:
    found = costs.collection_costs(case_of(invoice(), debtor=INDIVIDUAL, costs=[FEE]))
    assert found.outcome == "refuse"
    assert found.article == "art. L. 111-8 CPCE ; art. L. 121-21 C. conso."


def test_costs_of_the_creditor_or_after_a_title_pass() -> None:
    own = replace(FEE, borne_by="creditor")
    assert costs.collection_costs(case_of(invoice(), costs=[own])).outcome == "pass"
    judged = case_of(invoice(), costs=[FEE], steps=[Step(on=day("2026-03-02"), type="court_order")])
    assert costs.collection_costs(judged).outcome == "pass"


def test_the_bank_fees_of_a_cheque_are_the_drawers_but_no_other_cost_is() -> None:
    cheque = invoice(type="cheque")
    assert costs.collection_costs(case_of(cheque, costs=[BANK_FEE])).outcome == "pass"
    assert costs.collection_costs(case_of(cheque, costs=[FEE])).outcome == "refuse"
    assert costs.collection_costs(case_of(invoice(), costs=[BANK_FEE])).outcome == "refuse"


def test_rates_of_professionals_and_penalties_against_a_consumer_are_warned_about() -> None:
    claim = invoice(
        late_interest=LateInterest(basis="ecb_plus"), penalty_clause=PenaltyClause(amount_cents=1)
    )
    found = costs.consumer_terms(case_of(claim, debtor=INDIVIDUAL))
    assert [(one.outcome, one.pointer) for one in found] == [
        ("warn", "/case/claims/0/late_interest"),
        ("warn", "/case/claims/0/penalty_clause"),
    ]
    assert [one.outcome for one in costs.consumer_terms(case_of(claim))] == ["pass"]


def test_penalties_on_the_rent_of_a_home_are_set_aside() -> None:
    rent = invoice(type="rent", late_interest=agreed("10"))
    (found,) = costs.consumer_terms(case_of(rent, debtor=INDIVIDUAL))
    assert (found.outcome, found.article) == ("warn", "art. 4 loi n° 89-462 du 6 juillet 1989")
    legal = invoice(type="rent", late_interest=LateInterest(basis="legal"))
    (passed,) = costs.consumer_terms(case_of(legal, debtor=INDIVIDUAL))
    assert passed.outcome == "pass"


@pytest.mark.parametrize(
    ("how", "consent", "debtor", "outcome"),
    [
        ("electronic_registered", None, INDIVIDUAL, "refuse"),
        ("electronic_registered", "2026-01-05", INDIVIDUAL, "pass"),
        ("electronic_registered", None, SOLE_TRADER, "pass"),
        ("registered", None, INDIVIDUAL, "pass"),
    ],
)
def test_an_electronic_registered_letter_needs_the_consent_of_a_non_professional(
    how: Delivery, consent: str | None, debtor: object, outcome: Outcome
) -> None:
    asked = replace(debtor, electronic_registered_consent_on=day(consent) if consent else None)  # type: ignore[type-var] # a party
    assert delivery.electronic_consent(case_of(invoice(), debtor=asked), how).outcome == outcome


@pytest.mark.parametrize(
    ("how", "outcome"),
    [("simple", "warn"), ("email", "warn"), ("registered", "pass"), (None, "pass")],
)
def test_a_letter_without_proof_of_receipt_is_warned_about(
    how: Delivery | None, outcome: Outcome
) -> None:
    assert delivery.delivery_proof(how).outcome == outcome


@pytest.mark.parametrize(
    ("days", "outcome"), [(7, "warn"), (8, "pass"), (9, "pass"), (None, "pass")]
)
def test_usage_does_not_go_below_eight_days(days: int | None, outcome: Outcome) -> None:
    assert delivery.payment_deadline(days, day("2026-11-22")).outcome == outcome


def test_a_letter_says_how_to_pay_the_creditor_or_its_agency() -> None:
    plain = case_of(invoice())
    assert delivery.means_of_payment(plain).outcome == "warn"
    with_iban = replace(COMPANY, iban="FR7630006000014000000000437")
    assert delivery.means_of_payment(replace(plain, creditor=with_iban)).outcome == "pass"
    agency = Representative(role="collection_agency", party=COMPANY)
    through = delivery.means_of_payment(replace(plain, representative=agency))
    assert (through.outcome, through.article) == ("warn", "art. R. 124-4 4° CPCE")
    assert through.pointer == "/case/representative/party/iban"
