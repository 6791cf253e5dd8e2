"""What must hold before a payment plan is written, and what a lawyer should know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from generators.kind import Facts
from generators.letter_checks import language_check, letter_date_check, open_matter_checks
from generators.letters import address_checks
from generators.reach_checks import consumer_contact_checks, free_text_checks
from generators.representatives import writer
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
from law.checks import DEMAND, Subject, run
from law.checks.representative import representative_checks
from law.findings import Check
from law.rates import RateTables
from law.statement import statement
from law.wording import check

_RULES: Final = (
    *DEMAND,
    "collection-costs",
    "statement",
    "electronic-registered-consent",
    "means-of-payment",
    "agency-mandate",
    "lawyer-bar",
)


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a payment plan; none but the refusals of scope when it is out of scope."""
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
    days = notice_days(case, options.payment_deadline_days)
    subject = Subject(
        case=case, as_of=facts.as_of, rates=rates, delivery=options.delivery,
        payment_deadline_days=days,
    )  # fmt: skip
    cost_at = "/options/interest_continues" if options.interest_continues else None
    as_written = replace(case, creditor=writer(case), representative=None)
    return [
        *scope,
        *run(_RULES, subject),
        *limitation_waiver_checks(case, facts.as_of),
        *claims_not_due_checks(case, facts.as_of),
        *consumer_claims_checks(case),
        *_plan_checks(facts, rates),
        *free_of_charge_checks(case, facts.as_of, cost_at=cost_at),
        *(notice_checks(case, days) or run(("payment-deadline",), subject)),
        *_representative_checks(facts),
        *identity_checks(case),
        *consumer_contact_checks(as_written),
        *open_matter_checks(case),
        *free_text_checks(options, case.debtor),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


def _plan_checks(facts: Facts, rates: RateTables) -> list[Check]:
    """The instalments against the debt, when there is one to compare them with."""
    case, options = facts.case, facts.options
    on_statement = run(("statement",), Subject(case=case, as_of=facts.as_of, rates=rates))
    if any(found.outcome == "refuse" for found in on_statement):
        return []
    due = statement(case, facts.as_of, rates).totals.due_cents
    return instalment_checks(case, options.instalments, due, options.letter_date or facts.as_of)


def _representative_checks(facts: Facts) -> list[Check]:
    """What binds who writes; an agency tells the creditor what it agrees with the debtor."""
    case, options = facts.case, facts.options
    found = representative_checks(
        case,
        written_on=options.letter_date or facts.as_of,
        delivery=options.delivery,
        first_letter=options.first_letter,
    )
    if case.representative is not None and case.representative.role == "collection_agency":
        text = (
            "L'échéancier doit être porté à la connaissance du créancier ; vérifier que le mandat "
            "permet d'accorder des délais."
        )
        article, pointer = "art. R. 124-5 CPCE", "/case/representative"
        found.append(check("creditor-informed", "warn", article, pointer, text))
    return found
