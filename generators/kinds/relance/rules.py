"""What must hold before a reminder is made, and what a lawyer should know of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from generators.kind import Facts
from generators.kinds.relance.content import asks_for_principal, last_day, was_noticed
from generators.kinds.relance.schema import LAST_LEVEL, RelanceOptions
from generators.letter_checks import language_check, letter_date_check
from generators.letters import address_checks
from generators.reach_checks import (
    claims_in_euros_checks,
    consumer_contact_checks,
    debtor_in_france_check,
    free_text_checks,
    own_name_check,
    public_buyer_checks,
)
from law.case import Case, ClaimType
from law.checks import REMINDER, Subject, run
from law.checks.representative import representative_checks
from law.findings import Check
from law.french import date_longue
from law.rates import RateTables
from law.statement import statement
from law.wording import check

_ALLOWED: frozenset[ClaimType] = frozenset({"invoice", "rent", "loan", "other"})
_MORE = ("lawyer-bar", "payment-deadline", "claim-disputed", "payment-plan")
_WHY: dict[ClaimType, str] = {
    "cheque": (
        "un chèque impayé ne se relance pas, ses délais sont brefs (art. L. 131-59 CMF) ; "
        "demander le certificat de non-paiement."
    )
}


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a reminder; none but the refusals of scope when it is out of scope."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        *_sender_checks(facts),
        debtor_in_france_check(case),
        *claims_in_euros_checks(case, _ALLOWED, why=_WHY),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(
        case=case,
        as_of=facts.as_of,
        rates=rates,
        delivery=options.delivery,
        payment_deadline_days=options.payment_deadline_days,
    )
    by_law = run((*REMINDER, *_MORE), subject)
    can_be_computed = all(found.outcome != "refuse" for found in by_law)
    return [
        *scope,
        *by_law,
        *(_principal_checks(facts, rates) if can_be_computed else ()),
        *_level_checks(facts),
        *consumer_contact_checks(case),
        *public_buyer_checks(case),
        *free_text_checks(options, case.debtor),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


def _sender_checks(facts: Facts) -> list[Check]:
    """Whether the creditor may remind by this letter, and what binds whoever writes it."""
    case, options = facts.case, facts.options
    creditor = own_name_check(replace(case, representative=None))
    found = [creditor] if case.representative is None or creditor.outcome == "refuse" else []
    return found + representative_checks(
        case,
        written_on=options.letter_date or facts.as_of,
        delivery=options.delivery,
        first_letter=options.first_letter,
    )


def _principal_checks(facts: Facts, rates: RateTables) -> list[Check]:
    """A first reminder asks for principal: there must be some left."""
    if not asks_for_principal(facts.case, facts.options):
        return []
    owed = statement(facts.case, facts.as_of, rates)
    if any(row.outstanding_principal_cents for row in owed.claims):
        return []
    text = (
        "Le principal est réglé : une première relance ne réclame que lui. Les accessoires se "
        "demandent au niveau 2 ou 3."
    )
    return [check("principal-settled", "refuse", "art. 1342 C. civ.", "/options/level", text)]


def _level_checks(facts: Facts) -> list[Check]:
    """A later reminder rests on earlier ones; what the letter announces must then be done.

    Sources:
        Practice of the seeds: reminders in order; the announced step is kept.
    """
    case, options = facts.case, facts.options
    found = []
    if options.level > 1 and not _has_reminder(case, facts):
        text = (
            "Aucune relance antérieure ne figure au dossier : la lettre ne peut rappeler de date. "
            "Ajouter les démarches, ou choisir le niveau 1."
        )
        found.append(check("reminder-level", "warn", None, "/options/level", text))
    if options.level == LAST_LEVEL or (options.level > 1 and options.tone == "bad_payer"):
        found.append(_announced(facts, options))
    return found


def _has_reminder(case: Case, facts: Facts) -> bool:
    return any(
        step.type in {"reminder", "formal_notice"} and step.on <= facts.as_of for step in case.steps
    )


def _announced(facts: Facts, options: RelanceOptions) -> Check:
    text = "La lettre annonce, à compter du {day}, {what} : s'y tenir."
    noticed = was_noticed(facts.case, facts.as_of)
    what = "la saisine de la juridiction compétente" if noticed else "une mise en demeure"
    day = date_longue(last_day(facts.case, options) + timedelta(days=1))
    pointer = "/options/payment_deadline_days"
    return check("announced-step", "pass", None, pointer, text, day=day, what=what)
