"""What must hold before a debt is put down to be acknowledged, and what a lawyer should know."""

from __future__ import annotations

from typing import Final

from generators.kind import Facts
from generators.letter_checks import language_check, letter_date_check, open_matter_checks
from generators.undertaking_checks import (
    claims_mixed_check,
    claims_not_due_checks,
    consumer_claims_checks,
    euros_check,
    free_of_charge_checks,
    identity_checks,
    instalment_checks,
    limitation_waiver_checks,
    notice_checks,
    parties_checks,
)
from generators.undertakings import notice_days
from law.case import Case
from law.checks import DEMAND, Subject, run
from law.findings import Check
from law.rates import RateTables
from law.regime import regime_name
from law.statement import statement
from law.wording import check, claim_name

_RULES: Final = (*DEMAND, "collection-costs", "statement")
_RATE: Final = "/options/interest_percent"


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of an acknowledgment; none but the refusals of scope when it is out of scope."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        *parties_checks(case),
        euros_check(case),
        claims_mixed_check(case),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    cost_at = _RATE if options.interest_rate is not None else None
    return [
        *scope,
        *run(_RULES, Subject(case=case, as_of=facts.as_of, rates=rates)),
        *limitation_waiver_checks(case, facts.as_of),
        *claims_not_due_checks(case, facts.as_of),
        *consumer_claims_checks(case),
        *_plan_checks(facts, rates),
        *free_of_charge_checks(case, facts.as_of, cost_at=cost_at),
        *_interest_checks(facts),
        *identity_checks(case),
        *_drafting_checks(case),
        *open_matter_checks(case),
        _signature_check(),
    ]


def _plan_checks(facts: Facts, rates: RateTables) -> list[Check]:
    """The instalments against the debt, when there are some and a debt to compare them with."""
    case, options = facts.case, facts.options
    if options.instalments is None:
        return []
    on_statement = run(("statement",), Subject(case=case, as_of=facts.as_of, rates=rates))
    if any(found.outcome == "refuse" for found in on_statement):
        return []
    due = statement(case, facts.as_of, rates).totals.due_cents
    written_on = options.letter_date or facts.as_of
    return [
        *instalment_checks(case, options.instalments, due, written_on),
        *notice_checks(case, notice_days(case, options.payment_deadline_days)),
    ]


def _interest_checks(facts: Facts) -> list[Check]:
    """An agreed rate is in writing; a residential tenant owes none; usury is not computed here.

    Sources:
        Art. 1343-1 C. civ.; art. 4 loi n° 89-462 du 6 juillet 1989.
    """
    case, rate = facts.case, facts.options.interest_rate
    if rate is None or case.debtor is None:
        return []
    code = "agreed-interest"
    for claim in case.claims:
        if regime_name(case.creditor, case.debtor, claim) == "residential_rent":
            text = "Un locataire d'habitation ne doit pas d'intérêts convenus : {claim}."
            article = "art. 4 loi n° 89-462 du 6 juillet 1989"
            return [check(code, "refuse", article, _RATE, text, claim=claim_name(claim))]
    text = "Le taux convenu est écrit et annuel ; vérifier qu'il n'est pas usuraire."
    return [check(code, "warn", "art. 1343-1 C. civ.", _RATE, text)]


def _drafting_checks(case: Case) -> list[Check]:
    """Deeds are drafted for others, habitually and for pay, by regulated professions alone."""
    code, article = "drafting-for-others", "art. 54 loi n° 71-1130"
    agent = case.representative
    if agent is None or agent.role != "collection_agency":
        text = "L'acte est établi par le créancier, ou par un professionnel du droit."
        return [check(code, "pass", article, "/case/representative", text)]
    text = (
        "La rédaction d'actes pour autrui, à titre habituel et rémunéré, est réservée à des "
        "professions réglementées : faire établir l'acte par le créancier, et le vérifier."
    )
    return [check(code, "warn", article, "/case/representative/role", text)]


def _signature_check() -> Check:
    """What a signature by electronic means must be for the mention to be the debtor's own."""
    text = (
        "Signature manuscrite, ou électronique avancée au moins (qualifiée de préférence), le "
        "débiteur saisissant lui-même la mention."
    )
    article = "art. 1174, 1367 et 1376 C. civ."
    return check("signature-level", "pass", article, "/options/signatory", text)
