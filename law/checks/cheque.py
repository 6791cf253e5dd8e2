"""Unpaid cheques: words and figures, why it was refused, when a certificate may be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from law.calendar import plus_months
from law.case import Case, Cheque, Claim
from law.findings import Check, Outcome
from law.french import date_longue, money
from law.limitation import presentation_end
from law.number_words import cents_from_words
from law.parameters import value_on_or_first
from law.wording import check, claim_name

_NUMBER = re.compile(r"\d{7}")
_WITHOUT_CERTIFICATE = {
    "opposition": ("art. L. 131-35 CMF", "une opposition"),
    "irregular": ("art. L. 131-2 et L. 131-3 CMF", "une irrégularité de forme"),
}


def cheque_amounts(case: Case) -> list[Check]:
    """The words of a cheque prevail over its figures; the claim must be the sum in words."""
    code, article = "cheque-amount", "art. L. 131-10 CMF"
    found = []
    for at, claim in enumerate(case.claims):
        cheque = claim.cheque
        if cheque is None or cheque.amount_in_words is None:
            continue
        pointer = f"/case/claims/{at}/cheque/amount_in_words"
        in_words = cents_from_words(cheque.amount_in_words)
        outcome: Outcome
        if in_words is None:
            outcome, text = "warn", "Somme en lettres à relire, {claim}."
        elif in_words != claim.amount_incl_tax_cents:
            outcome = "refuse"
            text = "La somme réclamée n'est pas la somme en lettres, {amount} : {claim}."
        elif cheque.amount_cents not in {None, in_words}:
            outcome = "warn"
            text = "Lettres et chiffres diffèrent ; la somme en lettres l'emporte : {claim}."
        else:
            outcome, text = "pass", "Lettres et chiffres concordent : {claim}."
        amount = money(in_words or 0, claim.currency)
        found.append(
            check(code, outcome, article, pointer, text, claim=claim_name(claim), amount=amount)
        )
    text = "Aucune somme en lettres n'est à comparer."
    return found or [check(code, "pass", article, "/case/claims", text)]


def cheques_only(case: Case) -> Check:
    """An act about a cheque is about cheques, told in full."""
    code, article = "cheque-missing", "art. L. 131-73 CMF"
    for at, claim in enumerate(case.claims):
        if claim.type != "cheque" or claim.cheque is None:
            text = (
                "L'acte porte sur un chèque impayé ; {claim} n'en est pas un, ou n'est pas décrit."
            )
            pointer = f"/case/claims/{at}/cheque"
            return check(code, "refuse", article, pointer, text, claim=claim_name(claim))
    return check(code, "pass", article, "/case/claims", "Les créances sont des chèques décrits.")


def cheque_numbers(case: Case) -> list[Check]:
    """A French cheque bears a number of seven figures."""
    code, article = "cheque-number", "art. R. 131-7 CMF"
    found = [
        check(
            code, "warn", article, f"/case/claims/{at}/cheque/number",
            "Le numéro d'un chèque a sept chiffres : {claim}.", claim=claim_name(claim),
        )
        for at, claim, cheque in _cheques(case)
        if not _NUMBER.fullmatch(re.sub(r"\s", "", cheque.number))
    ]  # fmt: skip
    text = "Les numéros de chèque ont sept chiffres."
    return found or [check(code, "pass", article, "/case/claims", text)]


def rejection_reasons(case: Case) -> list[Check]:
    """A certificate certifies a want of funds; other refusals follow other ways."""
    code, article = "cheque-rejection", "art. L. 131-73 et R. 131-46 CMF"
    found = []
    for at, claim, cheque in _cheques(case):
        pointer, name = f"/case/claims/{at}/cheque/rejection_reason", claim_name(claim)
        reason = cheque.rejection_reason
        if reason in _WITHOUT_CERTIFICATE:
            why_article, why = _WITHOUT_CERTIFICATE[reason]
            text = "Le chèque a été rejeté pour {why} : aucun certificat n'est délivré ({claim})."
            found.append(check(code, "refuse", why_article, pointer, text, why=why, claim=name))
        elif reason in {None, "other"}:
            text = (
                "Le motif du rejet n'est pas un défaut de provision : le certificat n'est pas de "
                "droit, voir l'avis de la banque ({claim})."
            )
            found.append(check(code, "warn", "art. R. 131-47 CMF", pointer, text, claim=name))
    text = "Le rejet est un défaut de provision, ou y est assimilé."
    return found or [check(code, "pass", article, "/case/claims", text)]


def guaranteed_cheques(case: Case) -> list[Check]:
    """The drawee itself must pay a small cheque presented within a month."""
    code, article = "cheque-guaranteed", "art. L. 131-82 CMF"
    found = []
    for at, claim, cheque in _cheques(case):
        issued_on, presented_on = claim.due_on, cheque.presented_on
        most = _value("cheque.guaranteed_cents", issued_on)
        months = _value("cheque.guaranteed_months", issued_on)
        in_time = presented_on is not None and presented_on <= plus_months(issued_on, months)
        if claim.amount_incl_tax_cents <= most and in_time:
            text = (
                "La banque tirée doit elle-même payer un chèque d'au plus {most} présenté dans le "
                "mois : lui adresser une réclamation ({claim})."
            )
            pointer = f"/case/claims/{at}/cheque/amount"
            values = {"most": money(most), "claim": claim_name(claim)}
            found.append(check(code, "refuse", article, pointer, text, **values))
    text = "Aucun chèque n'est de ceux que la banque doit payer elle-même."
    return found or [check(code, "pass", article, "/case/claims", text)]


def certificate_from(presented_on: date) -> date:
    """First day on which a certificate may be asked for: thirty full days have passed.

    >>> certificate_from(date(2026, 3, 5))
    datetime.date(2026, 4, 5)

    Sources:
        Art. L. 131-73 CMF; art. R. 131-3 CMF: the first day is not counted.
    """
    return presented_on + timedelta(days=_value("cheque.funding_days", presented_on) + 1)


def thirty_days_over(case: Case, as_of: date) -> list[Check]:
    """No certificate before thirty days have passed since the first presentation."""
    code, article = "cheque-thirty-days", "art. L. 131-73 et R. 131-3 CMF"
    found = []
    for at, claim, cheque in _cheques(case):
        pointer, name = f"/case/claims/{at}/cheque/presented_on", claim_name(claim)
        if cheque.presented_on is None:
            text = "Le jour de la première présentation manque : {claim}."
            found.append(check(code, "refuse", article, pointer, text, claim=name))
        elif as_of < certificate_from(cheque.presented_on):
            text = "Le certificat ne peut être demandé qu'à partir du {day} : {claim}."
            day = date_longue(certificate_from(cheque.presented_on))
            found.append(check(code, "refuse", article, pointer, text, day=day, claim=name))
    text = "Les trente jours de la première présentation sont passés."
    return found or [check(code, "pass", article, "/case/claims", text)]


def drawee_limit(case: Case, as_of: date) -> list[Check]:
    """The drawee answers for a year from the end of the time for presentation."""
    code, article = "cheque-drawee-limit", "art. L. 131-59 CMF"
    found = []
    for at, claim, _ in _cheques(case):
        months = _value("cheque.drawee_months", claim.due_on)
        last_day = plus_months(presentation_end(claim.due_on), months)
        if as_of > last_day:
            text = "L'action contre la banque tirée est prescrite depuis le {day} : {claim}."
            values = {"day": date_longue(last_day), "claim": claim_name(claim)}
            pointer = f"/case/claims/{at}/issued_on"
            found.append(check(code, "refuse", article, pointer, text, **values))
    text = "La banque tirée répond encore du chèque."
    return found or [check(code, "pass", article, "/case/claims", text)]


def _cheques(case: Case) -> Iterator[tuple[int, Claim, Cheque]]:
    for at, claim in enumerate(case.claims):
        if claim.cheque is not None:
            yield at, claim, claim.cheque


def _value(name: str, day: date) -> int:
    return int(value_on_or_first(name, day).value)
