"""What must hold before a formal notice is made: the law, then what this letter can say rightly.

The letter is written by a professional creditor to a professional debtor of France for unpaid
invoices. For any other case it would say wrong law, so it is refused, not adapted by guess.
"""

from __future__ import annotations

from generators.kind import Facts
from generators.letter_checks import (
    creditor_writes_check,
    delivery_proof_check,
    invoices_in_euros_checks,
    language_check,
    letter_date_check,
    open_matter_checks,
    professional_debtor_check,
)
from generators.letters import address_checks
from law.checks import formal_notice_checks
from law.findings import Check
from law.rates import RateTables


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a formal notice; none but the refusals of scope when it is out of scope."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        creditor_writes_check(case),
        professional_debtor_check(case),
        *invoices_in_euros_checks(case),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    return [
        *scope,
        *formal_notice_checks(
            case,
            facts.as_of,
            rates,
            delivery=options.delivery,
            payment_deadline_days=options.payment_deadline_days,
        ),
        delivery_proof_check(options),
        *open_matter_checks(case),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]
