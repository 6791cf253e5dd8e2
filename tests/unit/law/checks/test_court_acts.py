"""Requests and summons: documents, steps before them, thresholds."""

from __future__ import annotations

import pytest

from law.case import Contract, Exhibit, PenaltyClause
from law.checks import court
from law.checks.court import Court, CourtAct
from law.findings import Outcome
from tests.support.law_facts import case_of, day, invoice, notice

AS_OF = day("2026-11-22")


@pytest.mark.parametrize(
    ("labels", "outcome"),
    [
        pytest.param([], "refuse", id="none"),
        pytest.param(["Facture F-1", "Mise en demeure du 3 mars"], "warn", id="the creditor's own"),
        pytest.param(["Facture F-1", "Devis n° 12 signé"], "pass", id="a signed quote"),
        pytest.param(["Facture F-1", "Bon de livraison"], "pass", id="a delivery note"),
        pytest.param(["Chèque n° 1234567"], "pass", id="a cheque"),
        pytest.param(["Facture d'abonnement"], "warn", id="a word that only holds « bon »"),
    ],
)
@pytest.mark.parametrize(
    "contract", [None, Contract(reference="Devis")], ids=["no contract", "one"]
)
def test_a_judge_who_decides_on_documents_needs_one_of_the_debtor(
    labels: list[str], outcome: Outcome, contract: Contract | None
) -> None:
    """What is joined counts; a contract that the case only mentions proves nothing."""
    exhibits = [Exhibit(label=label) for label in labels]
    found = court.exhibits_present(case_of(invoice(), exhibits=exhibits, contract=contract))
    assert (found.outcome, found.pointer) == (outcome, "/case/exhibits")


def test_a_missing_formal_notice_is_warned_about_until_its_day() -> None:
    case = case_of(invoice(), steps=[notice("2026-03-02")])
    assert court.formal_notice_given(case, day("2026-03-01")).outcome == "warn"
    assert court.formal_notice_given(case, day("2026-03-02")).outcome == "pass"


@pytest.mark.parametrize(
    ("cents", "act", "before", "outcome"),
    [
        pytest.param(5_000_00, "summons", "tribunal_judiciaire", "warn", id="5 000.00"),
        pytest.param(5_000_01, "summons", "tribunal_judiciaire", "pass", id="5 000.01"),
        pytest.param(5_000_00, "payment_order", "tribunal_judiciaire", "pass", id="order"),
        pytest.param(5_000_00, "summons", "tribunal_de_commerce", "pass", id="commercial court"),
        pytest.param(100_00, "summary_proceedings", "tribunal_judiciaire", "warn", id="référé"),
    ],
)
def test_up_to_5000_euros_an_attempt_to_settle_precedes_the_suit(
    cents: int, act: CourtAct, before: Court, outcome: Outcome
) -> None:
    assert court.amicable_attempt(cents, AS_OF, act, before).outcome == outcome


@pytest.mark.parametrize(
    ("cents", "act", "outcome"),
    [
        (10_000_00, "summons", "pass"),
        (10_000_01, "summons", "warn"),
        (10_000_01, "summary_proceedings", "warn"),
        (10_000_01, "payment_order", "pass"),
    ],
)
def test_above_10000_euros_a_lawyer_acts_but_for_an_order_for_payment(
    cents: int, act: CourtAct, outcome: Outcome
) -> None:
    assert court.lawyer_required(cents, AS_OF, act).outcome == outcome


def test_the_judge_may_change_a_penalty() -> None:
    case = case_of(invoice(penalty_clause=PenaltyClause(amount_cents=100_00)))
    assert court.penalty_clause_before_court(case, AS_OF).outcome == "warn"
    assert court.penalty_clause_before_court(case_of(invoice()), AS_OF).outcome == "pass"
