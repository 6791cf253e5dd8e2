"""Claims of an act: due, in time, of the right nature, undisputed, and something left to pay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Claim, Step, StepType
from law.checks import claims
from law.checks import limitation as time
from law.findings import Outcome
from tests.support.law_facts import (
    INDIVIDUAL,
    RATES,
    agreed,
    case_of,
    day,
    invoice,
    paid,
)


@pytest.mark.parametrize(
    ("as_of", "late", "not_late"),
    [
        pytest.param("2026-01-30", "refuse", "pass", id="day before the due date"),
        pytest.param("2026-01-31", "warn", "pass", id="due date"),
        pytest.param("2026-02-01", "pass", "refuse", id="day after"),
    ],
)
def test_a_demand_needs_a_due_claim_and_a_reminder_before_term_one_not_late(
    as_of: str, late: Outcome, not_late: Outcome
) -> None:
    case = case_of(invoice(due="2026-01-31"))
    assert claims.claims_due(case, day(as_of)).outcome == late
    assert claims.claims_not_late(case, day(as_of)).outcome == not_late


def test_one_claim_not_due_among_others_is_pointed_at() -> None:
    case = case_of(invoice("c1"), invoice("c2", due="2026-12-31"))
    found = claims.claims_due(case, day("2026-11-22"))
    assert (found.outcome, found.pointer) == ("refuse", "/case/claims/1/due_on")
    assert "31 décembre 2026" in found.detail


@pytest.mark.parametrize(
    ("more", "code", "outcome"),
    [
        pytest.param({}, "not-contractual", "pass", id="contract"),
        pytest.param({"legal_basis": "statute"}, "not-contractual", "pass", id="statute"),
        pytest.param({"legal_basis": "bill_of_exchange"}, "not-contractual", "pass", id="bill"),
        pytest.param({"legal_basis": "damages"}, "amount-undetermined", "refuse", id="damages"),
        pytest.param({"legal_basis": "other"}, "not-contractual", "refuse", id="no cause"),
        pytest.param({"type": "cheque"}, "cheque-own-procedure", "refuse", id="cheque"),
    ],
)
def test_an_order_for_payment_takes_the_claims_of_article_1405(
    more: dict[str, str], code: str, outcome: Outcome
) -> None:
    (found,) = claims.claims_contractual(case_of(invoice(**more)))
    assert (found.code, found.outcome) == (code, outcome)


def test_a_court_is_asked_for_euros() -> None:
    assert claims.claims_in_euros(case_of(invoice())).outcome == "pass"
    found = claims.claims_in_euros(case_of(invoice("c1"), invoice("c2", currency="USD")))
    assert (found.outcome, found.pointer) == ("refuse", "/case/claims/1/currency")


def test_a_dispute_warns_or_refuses_as_the_act_asks() -> None:
    disputed = case_of(invoice(disputed=True), steps=[Step(on=day("2026-03-02"), type="dispute")])
    as_of = day("2026-11-22")
    found = claims.claims_undisputed(disputed, as_of)
    assert [(one.code, one.outcome) for one in found] == [
        ("claim-disputed", "warn"),
        ("open-matter", "warn"),
    ]
    refused = claims.claims_undisputed(disputed, as_of, outcome="refuse")
    assert [one.outcome for one in refused] == ["refuse", "warn"]
    assert [one.outcome for one in claims.claims_undisputed(case_of(invoice()), as_of)] == ["pass"]


@pytest.mark.parametrize("type_", ["payment_plan", "promise_to_pay"])
def test_a_plan_on_file_must_be_looked_at(type_: StepType) -> None:
    case = case_of(invoice(), steps=[Step(on=day("2026-03-02"), type=type_)])
    assert claims.no_running_plan(case, day("2026-03-01")).outcome == "pass"
    assert claims.no_running_plan(case, day("2026-03-02")).outcome == "warn"


def test_nothing_left_to_pay_is_refused() -> None:
    case = case_of(invoice(due="2026-01-31"), payments=[paid("2026-01-31", 100_000)])
    found = {
        one.code: one.outcome for one in claims.statement_checks(case, day("2026-11-22"), RATES)
    }
    assert found == {
        "payment-exceeds-debt": "pass",
        "nothing-due": "refuse",
        "rate-below-floor": "pass",
    }


def test_a_payment_above_the_debt_is_refused_by_its_pointer() -> None:
    case = case_of(invoice(due="2026-01-31"), payments=[paid("2026-01-31", 100_001)])
    (found,) = claims.statement_checks(case, day("2026-11-22"), RATES)
    assert (found.code, found.outcome) == ("payment-exceeds-debt", "refuse")
    assert found.pointer == "/case/payments/0/amount"


def test_a_rate_below_the_floor_is_warned_about() -> None:
    low = case_of(invoice(late_interest=agreed("5")))
    found = {one.code: one for one in claims.statement_checks(low, day("2026-11-22"), RATES)}
    assert found["rate-below-floor"].outcome == "warn"
    assert found["rate-below-floor"].article == "art. L. 441-10 II C. com."


def old(**more: object) -> Claim:
    """An invoice due six years ago."""
    return invoice(due="2020-11-02", **more)


def test_limitation_over_warns_in_a_letter() -> None:
    for case in (case_of(old()), case_of(old(), debtor=INDIVIDUAL)):
        (found,) = time.limitation_checks(case, day("2026-11-22"))
        assert found.outcome == "warn"


def test_limitation_over_against_a_consumer_is_refused_before_a_court_only() -> None:
    consumer = case_of(old(), debtor=INDIVIDUAL)
    (found,) = time.limitation_checks(consumer, day("2026-11-22"), before_court=True)
    assert found.outcome == "refuse"
    (traders,) = time.limitation_checks(case_of(old()), day("2026-11-22"), before_court=True)
    assert traders.outcome == "warn"
    both_private = replace(consumer, creditor=INDIVIDUAL)
    (private,) = time.limitation_checks(both_private, day("2026-11-22"), before_court=True)
    assert private.outcome == "warn"


def test_limitation_far_away_passes_with_its_article() -> None:
    (found,) = time.limitation_checks(case_of(invoice()), day("2026-11-22"))
    assert (found.code, found.outcome, found.article) == (
        "limitation",
        "pass",
        "art. L. 110-4 C. com.",
    )
