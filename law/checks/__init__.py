"""Rules of law run before an act is made: each says what it found, in French, with its article.

A check is a small pure function from the facts to findings, one module a subject. Each returns at
least one `Check`, so that a passed rule shows too. `law.checks.registry` lists them all by name;
a kind of act names those it needs::

    from law.checks import PAYMENT_ORDER, Subject, run

    found = run(PAYMENT_ORDER, Subject(case=case, as_of=as_of, rates=rates))

What one kind alone must check stays in that kind, made with `law.wording.check`.
"""

from __future__ import annotations

from datetime import date

from law.case import Case
from law.checks.delivery import Delivery
from law.checks.registry import RULES, Rule, Subject, run
from law.checks.selections import (
    AGENCY_LETTER,
    CHEQUE_CERTIFICATE_REQUEST,
    CLAIM_DECLARATION,
    DEMAND,
    FORMAL_NOTICE,
    IRRECOVERABILITY_CERTIFICATE,
    PAYMENT_ORDER,
    PRE_DUE_REMINDER,
    REMINDER,
    SUMMONS,
)
from law.findings import Check
from law.rates import RateTables

__all__ = [
    "AGENCY_LETTER",
    "CHEQUE_CERTIFICATE_REQUEST",
    "CLAIM_DECLARATION",
    "DEMAND",
    "FORMAL_NOTICE",
    "IRRECOVERABILITY_CERTIFICATE",
    "PAYMENT_ORDER",
    "PRE_DUE_REMINDER",
    "REMINDER",
    "RULES",
    "SUMMONS",
    "Delivery",
    "Rule",
    "Subject",
    "formal_notice_checks",
    "run",
]


def formal_notice_checks(
    case: Case,
    as_of: date,
    rates: RateTables,
    *,
    delivery: Delivery | None = None,
    payment_deadline_days: int | None = None,
) -> list[Check]:
    """All checks of a *mise en demeure* of a day.

    Raises:
        RateUnknown: the statement needs a rate that is not published.
    """
    subject = Subject(
        case=case,
        as_of=as_of,
        rates=rates,
        notice_on=as_of,
        delivery=delivery,
        payment_deadline_days=payment_deadline_days,
    )
    return run(FORMAL_NOTICE, subject)
