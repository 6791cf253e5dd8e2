"""What acts on one unpaid cheque share: the bank, the sum left, what speaks against the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from law.case import Case, Claim
from law.cheques import cheque_account, cheque_calendar
from law.findings import Check
from law.french import date_longue, money, typographic
from law.wording import check

_FILE: Final = re.compile(r"\bFNCI\b|v[ée]rifiance|fichier national des ch[èe]ques", re.IGNORECASE)
_OPPOSITION: Final = re.compile(r"opposition", re.IGNORECASE)
_NO_OPPOSITION: Final = re.compile(
    r"(?:sans|aucune|pas d['\u2019]|non[- ])\s*opposition", re.IGNORECASE
)


def the_cheque(case: Case) -> Claim:
    """The only cheque of a case that passed `one_cheque`.

    Raises:
        ValueError: there is none, or more than one (a bug in the kind).
    """
    (claim,) = case.claims
    if claim.cheque is None:
        raise ValueError("the claim is no cheque")
    return claim


def one_cheque(case: Case) -> Check:
    """A certificate is of one cheque, told in full and in euros."""
    code, article = "one-cheque", "art. R. 131-48 CMF"
    if len(case.claims) > 1:
        text = "Un certificat porte sur un seul chèque : faire un acte pour chacun."
        return check(code, "refuse", article, "/case/claims/1", text)
    claim = case.claims[0]
    if claim.currency != "EUR":
        text = "Seul un chèque en euros est proposé."
        return check(code, "refuse", article, "/case/claims/0/currency", text)
    if claim.cheque and claim.number != claim.cheque.number:
        text = "Le numéro de la créance n'est pas celui du chèque."
        return check(code, "refuse", article, "/case/claims/0/cheque/number", text)
    return check(code, "pass", article, "/case/claims", "L'acte porte sur un seul chèque.")


def cheque_act_checks(case: Case, as_of: date) -> list[Check]:
    """The checks that the acts on a cheque share, beside those of the registry."""
    claim = the_cheque(case)
    return [
        _opposition_told(claim),
        _unpaid(case, claim, as_of),
        _drawer_limit(claim, as_of),
        *_saturday(claim),
        *_account(claim),
        _irregular_file(case),
    ]


def _opposition_told(claim: Claim) -> Check:
    """An opposition told in the bank's own words bars the way as one told by its code."""
    code, article = "cheque-opposition", "art. L. 131-35 CMF"
    pointer = "/case/claims/0/cheque/rejection_label"
    label = (claim.cheque.rejection_label if claim.cheque else None) or ""
    if _OPPOSITION.search(label) and not _NO_OPPOSITION.search(label):
        text = (
            "Le motif de la banque parle d'une opposition : aucun certificat n'est délivré tant "
            "qu'elle n'est pas levée (mainlevée en référé)."
        )
        return check(code, "refuse", article, pointer, text)
    return check(code, "pass", article, pointer, "Aucune opposition n'est signalée.")


def _unpaid(case: Case, claim: Claim, as_of: date) -> Check:
    """Once paid, a cheque has no certificate; a part payment lowers what is unpaid."""
    code, article, pointer = "cheque-paid", "art. L. 131-73 et R. 131-20 CMF", "/case/payments"
    account = cheque_account(case, claim, as_of)
    if account.unpaid_cents <= 0:
        text = "Le chèque est payé : l'incident est à régulariser, le chèque à restituer."
        return check(code, "refuse", article, pointer, text)
    if account.paid_cents:
        text = "Un paiement partiel ramène l'impayé à {amount} : vérifier que la banque le sait."
        amount = money(account.unpaid_cents)
        return check(code, "warn", article, pointer, text, amount=amount)
    return check(code, "pass", article, pointer, "Le chèque n'est pas payé.")


def _drawer_limit(claim: Claim, as_of: date) -> Check:
    """After six months the action on the cheque is over; that for want of funds remains."""
    code, article = "cheque-drawer-limit", "art. L. 131-59 CMF"
    pointer = "/case/claims/0/issued_on"
    until = cheque_calendar(claim).drawer_until
    if as_of > until:
        text = (
            "L'action du porteur contre le tireur est prescrite depuis le {day} ; subsistent "
            "l'action contre le tireur qui n'a pas fait provision et celle née de la créance "
            "d'origine."
        )
        return check(code, "warn", article, pointer, text, day=date_longue(until))
    text = "L'action contre le tireur est ouverte jusqu'au {day}."
    return check(code, "pass", article, pointer, text, day=date_longue(until))


def _saturday(claim: Claim) -> Iterator[Check]:
    days = cheque_calendar(claim)
    if days.ends_on_saturday:
        text = (
            "Le délai de présentation finit un samedi, le {day} ; son report n'est pas établi : "
            "les dates qui en dépendent peuvent être plus tardives."
        )
        pointer, article = "/case/claims/0/issued_on", "art. R. 131-4 CMF"
        day = date_longue(days.presentation_ends_on)
        yield check("cheque-saturday", "warn", article, pointer, text, day=day)


def _account(claim: Claim) -> Iterator[Check]:
    """What the bank needs to find the cheque."""
    cheque, pointer = claim.cheque, "/case/claims/0/cheque"
    if cheque is None:
        return
    wanted = {
        "drawer_account": (cheque.drawer_account, "le compte du tireur"),
        "amount_in_words": (cheque.amount_in_words, "la somme en lettres, qui l'emporte"),
        "issued_at": (cheque.issued_at, "le lieu d'émission"),
        "rejected_on": (cheque.rejected_on, "le jour du rejet"),
    }
    for key, (value, what) in wanted.items():
        if not value:
            text = "Il manque {what}."
            yield check(
                "cheque-incomplete", "warn", "art. R. 131-48 CMF", f"{pointer}/{key}", text,
                what=typographic(what),
            )  # fmt: skip


def _irregular_file(case: Case) -> Check:
    """Nobody may keep or spread what the file of irregular cheques answered.

    Sources:
        Art. R. 131-9 and L. 163-12 CMF; art. 226-21 C. pén.
    """
    code, article = "irregular-cheques-file", "art. R. 131-9 et L. 163-12 CMF"
    texts = [
        (f"/case/steps/{at}/{key}", value)
        for at, step in enumerate(case.steps)
        for key, value in (("reference", step.reference), ("outcome", step.outcome))
    ]
    texts += [(f"/case/exhibits/{at}/label", item.label) for at, item in enumerate(case.exhibits)]
    for at, claim in enumerate(case.claims):
        texts.append((f"/case/claims/{at}/description", claim.description))
        label = claim.cheque.rejection_label if claim.cheque else None
        texts.append((f"/case/claims/{at}/cheque/rejection_label", label))
    for pointer, value in texts:
        if value and _FILE.search(value):
            text = (
                "La réponse du fichier national des chèques irréguliers ne peut être ni conservée "
                "ni diffusée : la retirer du dossier."
            )
            return check(code, "refuse", article, pointer, text)
    text = "Aucune donnée du fichier des chèques irréguliers ne figure au dossier."
    return check(code, "pass", article, "/case", text)


def drawer_proceedings(case: Case, as_of: date) -> list[Check]:
    """Proceedings of the drawer do not bar the bank's certificate, but what follows from it."""
    debtor = case.debtor
    if debtor is None:
        return []
    found = []
    if debtor.insolvency and debtor.insolvency.opened_on <= as_of:
        text = (
            "Une procédure collective du tireur est ouverte depuis le {day} : la créance se "
            "déclare, les poursuites individuelles sont arrêtées."
        )
        pointer, article = "/case/debtor/insolvency", "art. L. 622-21 et L. 622-24 C. com."
        day = date_longue(debtor.insolvency.opened_on)
        found.append(check("drawer-in-insolvency", "warn", article, pointer, text, day=day))
    admitted_on = debtor.over_indebtedness_admitted_on
    if admitted_on and admitted_on <= as_of:
        text = (
            "Le surendettement du tireur est recevable depuis le {day} : un effacement vaudrait "
            "régularisation de l'incident."
        )
        pointer, article = "/case/debtor/over_indebtedness", "art. R. 131-21-1 CMF"
        day = date_longue(admitted_on)
        found.append(check("drawer-over-indebted", "warn", article, pointer, text, day=day))
    return found
