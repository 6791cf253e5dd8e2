"""What must hold before thanks: something came, and nothing of the principal is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generators.kind import Facts
from generators.letter_checks import language_check, letter_date_check
from generators.letters import address_checks
from generators.reach_checks import (
    claims_in_euros_checks,
    debtor_in_france_check,
    free_text_checks,
    free_texts,
    own_name_check,
)
from law.case import Case, ClaimType
from law.checks import Subject, run
from law.findings import Check
from law.french import date_longue, money
from law.ledger import PaymentExceedsDebt
from law.rates import RateTables
from law.statement import statement
from law.wording import check

_ALLOWED: Final[frozenset[ClaimType]] = frozenset({"invoice", "rent", "loan", "cheque", "other"})
_DEMANDS: Final = re.compile(
    r"\b(?:reste(?:nt)?\s+(?:dus?|dues?|à\s+payer|à\s+régler)|retards?|impayée?s?|pénalités?|"
    r"mise\s+en\s+demeure|relances?)\b",
    re.IGNORECASE,
)


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a letter of thanks."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        own_name_check(case),
        debtor_in_france_check(case),
        *claims_in_euros_checks(case, _ALLOWED, why={}),
        letter_date_check(facts, options),
        _payment_check(facts),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(case=case, as_of=facts.as_of, rates=rates, delivery=options.delivery)
    return [
        *scope,
        *run(("creditor-identity", "electronic-registered-consent"), subject),
        *_balance_checks(facts, rates),
        *_after_opening(case),
        *_demands(facts),
        *free_text_checks(options, case.debtor),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


def _payment_check(facts: Facts) -> Check:
    code, pointer = "payment-missing", "/case/payments"
    if any(payment.received_on <= facts.as_of for payment in facts.case.payments):
        return check(code, "pass", None, pointer, "Un règlement a été reçu.")
    text = "Aucun règlement n'a été reçu : il n'y a pas de quoi remercier."
    return check(code, "refuse", "art. 1342 C. civ.", pointer, text)


def _balance_checks(facts: Facts, rates: RateTables) -> Iterator[Check]:
    """Nothing of what was invoiced is left; of accessories that are, a person is told.

    Sources:
        Art. 1342 C. civ.: payment extinguishes the debt. ADR 0111.
    """
    case, code, article = facts.case, "balance-not-nil", "art. 1342 C. civ."
    try:
        owed = statement(case, facts.as_of, rates)
    except PaymentExceedsDebt as error:
        text = "Les versements ou avoirs dépassent la dette du jour où ils ont été reçus."
        pointer = error.faults[0].pointer
        yield check("payment-exceeds-debt", "refuse", "art. 1302 C. civ.", pointer, text)
        return
    left = _left(facts)
    if left > 0:
        text = (
            "Il reste {amount} à payer sur le principal : la lettre dirait à tort la dette réglée. "
            "Adresser plutôt un relevé de compte."
        )
        yield check(code, "refuse", article, "/case/payments", text, amount=money(left))
    elif owed.totals.due_cents:
        text = (
            "Le principal a été payé, mais {amount} d'accessoires restent dus au décompte. La "
            "lettre ne les réclame pas, n'y renonce pas et ne dit pas le compte soldé."
        )
        amount = money(owed.totals.due_cents)
        yield check(code, "warn", article, "/case/claims", text, amount=amount)
    else:
        yield check(code, "pass", article, "/case/payments", "Rien n'est plus dû.")


def _left(facts: Facts) -> int:
    """What was invoiced, less what was credited and paid, to whatever the law allots it."""
    case = facts.case
    credited = sum(
        note.amount_incl_tax_cents for note in case.credit_notes if note.issued_on <= facts.as_of
    )
    paid = sum(p.amount_cents for p in case.payments if p.received_on <= facts.as_of)
    return sum(claim.amount_incl_tax_cents for claim in case.claims) - credited - paid


def _after_opening(case: Case) -> list[Check]:
    """A debtor in insolvency proceedings may not pay what is older than their opening."""
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None:
        return []
    for at, payment in enumerate(case.payments):
        if payment.received_on >= insolvency.opened_on:
            text = (
                "Règlement reçu après l'ouverture de la procédure collective du {day} : une "
                "créance antérieure ne pouvait être payée."
            )
            pointer, day = f"/case/payments/{at}/received_on", date_longue(insolvency.opened_on)
            article = "art. L. 622-7 C. com."
            return [check("payment-after-opening", "warn", article, pointer, text, day=day)]
    return []


def _demands(facts: Facts) -> list[Check]:
    """Thanks ask for nothing."""
    found = []
    for pointer, text in free_texts(facts.options):
        match = _DEMANDS.search(text)
        if match is not None:
            detail = "« {words} » : un remerciement ne réclame rien."
            found.append(check("thanks-words", "warn", None, pointer, detail, words=match.group()))
    return found
