"""Whether a debtor may be asked, or sued, at all: insolvency, over-indebtedness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from law.case import Case, Claim
from law.findings import Check
from law.french import date_longue, enumerate_and
from law.wording import check, claim_name


def debtor_in_insolvency(case: Case, as_of: date) -> Check:
    """No demand for a claim born before the opening of insolvency proceedings."""
    code, article = "debtor-in-insolvency", "art. L. 622-7 et L. 622-21 C. com."
    pointer = "/case/debtor/insolvency"
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None or insolvency.opened_on > as_of:
        return check(code, "pass", article, pointer, "Aucune procédure collective ouverte.")
    earlier = [c for c in case.claims if (c.issued_on or c.due_on) < insolvency.opened_on]
    opened_on = date_longue(insolvency.opened_on)
    if not earlier:
        text = "Créances nées après le jugement d'ouverture du {day} : traitement à vérifier."
        return check(code, "warn", "art. L. 622-17 C. com.", pointer, text, day=opened_on)
    text = (
        "Une procédure collective est ouverte contre le débiteur depuis le {day} : le paiement "
        "d'une créance antérieure ne peut lui être demandé ({claims}). Elle se déclare au passif."
    )
    names = _names(earlier)
    return check(code, "refuse", article, pointer, text, day=opened_on, claims=names)


def debtor_insolvent(case: Case, as_of: date) -> Check:
    """A *déclaration de créance* needs an opening judgment, and claims born before it."""
    code, article = "no-insolvency", "art. L. 622-24 C. com."
    pointer = "/case/debtor/insolvency"
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None or insolvency.opened_on > as_of:
        text = "Aucune procédure collective n'est ouverte : il n'y a pas de créance à déclarer."
        return check(code, "refuse", article, pointer, text)
    later = [c for c in case.claims if (c.issued_on or c.due_on) >= insolvency.opened_on]
    if later:
        text = "Créances nées après le jugement d'ouverture, à vérifier : {claims}."
        return check(code, "warn", "art. L. 622-17 C. com.", pointer, text, claims=_names(later))
    text = "Une procédure collective est ouverte depuis le {day}."
    return check(code, "pass", article, pointer, text, day=date_longue(insolvency.opened_on))


def debtor_over_indebted(case: Case, as_of: date) -> Check:
    """No demand for an earlier debt to a person admitted to over-indebtedness proceedings."""
    code, article = "debtor-over-indebted", "art. L. 722-2 et L. 722-5 C. conso."
    pointer = "/case/debtor/over_indebtedness"
    admitted_on = case.debtor.over_indebtedness_admitted_on if case.debtor else None
    if admitted_on is None or admitted_on > as_of:
        return check(code, "pass", article, pointer, "Aucun dossier de surendettement recevable.")
    earlier = [c for c in case.claims if (c.issued_on or c.due_on) < admitted_on]
    if not earlier:
        text = "Créances nées après la recevabilité du {day} : traitement à vérifier."
        return check(code, "warn", article, pointer, text, day=date_longue(admitted_on))
    text = (
        "Le dossier de surendettement du débiteur est recevable depuis le {day} : il ne peut payer "
        "une dette antérieure, qui ne peut lui être réclamée ({claims})."
    )
    names = _names(earlier)
    return check(code, "refuse", article, pointer, text, day=date_longue(admitted_on), claims=names)


def title_against_over_indebted(case: Case, as_of: date) -> Check:
    """Over-indebtedness suspends enforcement; it does not forbid obtaining a title."""
    code, article = "debtor-over-indebted", "art. L. 722-2 et L. 722-3 C. conso."
    pointer = "/case/debtor/over_indebtedness"
    admitted_on = case.debtor.over_indebtedness_admitted_on if case.debtor else None
    if admitted_on is None or admitted_on > as_of:
        return check(code, "pass", article, pointer, "Aucun dossier de surendettement recevable.")
    text = (
        "Le dossier de surendettement du débiteur est recevable depuis le {day} : l'exécution est "
        "suspendue, sans que l'obtention d'un titre soit interdite ; un rétablissement personnel "
        "effacerait la dette (art. L. 741-2 C. conso.)."
    )
    return check(code, "warn", article, pointer, text, day=date_longue(admitted_on))


def _names(claims: Sequence[Claim]) -> str:
    return enumerate_and(claim_name(claim) for claim in claims)
