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
from law.checks.cheque import (
    certificate_from,
    cheque_amounts,
    cheque_numbers,
    cheques_only,
    drawee_limit,
    guaranteed_cheques,
    rejection_reasons,
    thirty_days_over,
)
from law.checks.claims import (
    claims_contractual,
    claims_due,
    claims_in_euros,
    claims_not_late,
    claims_undisputed,
    no_running_plan,
    statement_checks,
)
from law.checks.costs import collection_costs, consumer_terms
from law.checks.court import (
    Court,
    CourtAct,
    amicable_attempt,
    exhibits_present,
    formal_notice_given,
    lawyer_required,
    penalty_clause_before_court,
)
from law.checks.debtor import (
    debtor_in_insolvency,
    debtor_insolvent,
    debtor_over_indebted,
    title_against_over_indebted,
)
from law.checks.delivery import (
    Delivery,
    delivery_proof,
    electronic_consent,
    means_of_payment,
    payment_deadline,
)
from law.checks.irrecoverability import certificate_steps, litigious_claims
from law.checks.limitation import limitation_checks
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
from law.checks.sender import (
    agency_first_letter_recalled,
    agency_mandate,
    creditor_identity,
    first_agency_letter,
    identity_before_court,
    lawyer_bar,
    sender_allowed,
    signatory_power,
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
    "Court",
    "CourtAct",
    "Delivery",
    "Rule",
    "Subject",
    "agency_first_letter_recalled",
    "agency_mandate",
    "amicable_attempt",
    "certificate_from",
    "certificate_steps",
    "cheque_amounts",
    "cheque_numbers",
    "cheques_only",
    "claims_contractual",
    "claims_due",
    "claims_in_euros",
    "claims_not_late",
    "claims_undisputed",
    "collection_costs",
    "consumer_terms",
    "creditor_identity",
    "debtor_in_insolvency",
    "debtor_insolvent",
    "debtor_over_indebted",
    "delivery_proof",
    "drawee_limit",
    "electronic_consent",
    "exhibits_present",
    "first_agency_letter",
    "formal_notice_checks",
    "formal_notice_given",
    "guaranteed_cheques",
    "identity_before_court",
    "lawyer_bar",
    "lawyer_required",
    "limitation_checks",
    "litigious_claims",
    "means_of_payment",
    "no_running_plan",
    "payment_deadline",
    "penalty_clause_before_court",
    "rejection_reasons",
    "run",
    "sender_allowed",
    "signatory_power",
    "statement_checks",
    "thirty_days_over",
    "title_against_over_indebted",
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
