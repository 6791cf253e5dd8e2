"""What must hold before a bank certifies that a cheque was not paid."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from generators.kind import Facts
from generators.kinds.certificat_non_paiement.options import CertificateOptions
from generators.letter_checks import language_check, letter_date_check
from law.case import Case, Claim, Party
from law.checks import Subject, run
from law.checks.cheque import cheques_only
from law.checks.cheque_acts import cheque_act_checks, drawer_proceedings, one_cheque, the_cheque
from law.cheques import certificate_due_on
from law.findings import Check
from law.french import date_longue
from law.rates import RateTables
from law.wording import check

_LAW: Final = (
    "cheque-amount", "cheque-number", "cheque-rejection", "cheque-guaranteed",
    "cheque-thirty-days", "cheque-drawee-limit",
)  # fmt: skip
_WANT_OF_FUNDS: Final = frozenset({"insufficient_funds", "closed_account", "bank_ban"})
_REQUEST: Final = re.compile(r"demande.*non[- ]paiement", re.IGNORECASE)
_FORMS: Final = frozenset({"sa", "sas", "sca", "scop", "snc"})


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of the certificate; those of scope alone when they refuse."""
    case, options = facts.case, facts.options
    scope = [language_check(facts), cheques_only(case), one_cheque(case)]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    claim = the_cheque(case)
    given_on = options.letter_date or facts.as_of
    subject = Subject(case=case, as_of=given_on, rates=rates)
    return [
        *scope,
        issuer_check(claim, options.issuer),
        _signatory(options),
        letter_date_check(facts, options),
        *run(_LAW, subject),
        _want_of_funds(claim),
        *_model_fields(claim),
        *cheque_act_checks(case, given_on),
        *drawer_proceedings(case, given_on),
        *_fifteen_days(case, facts),
    ]


def issuer_check(claim: Claim, issuer: Party | None) -> Check:
    """Whether the issuer is the bank on which the cheque is drawn.

    Sources:
        Art. L. 131-73 §3 and R. 131-48 CMF: the drawee issues it, never the holder nor its agent.
    """
    code, article, pointer = (
        "issuer-not-drawee",
        "art. L. 131-73 et R. 131-48 CMF",
        "/options/issuer",
    )
    if issuer is None:
        text = (
            "Seule la banque tirée délivre le certificat de non-paiement : il faut la désigner. Le "
            "porteur le lui demande."
        )
        return check(code, "refuse", article, pointer, text)
    bank = claim.cheque.drawee_bank if claim.cheque else None
    if bank is None or issuer.type == "individual" or not _same(issuer, bank.name):
        text = (
            "{issuer} n'est pas la banque tirée, {bank} : ni le porteur, ni son mandataire, ni sa "
            "propre banque ne délivrent le certificat."
        )
        values = {"issuer": issuer.display_name, "bank": bank.name if bank else "\u2013"}
        return check(code, "refuse", article, pointer, text, **values)
    return check(code, "pass", article, pointer, "L'émetteur est la banque tirée.")


def _same(issuer: Party, bank: str) -> bool:
    """Whether two names are one, but for case, accents, punctuation and the legal form."""
    form = frozenset(_words(issuer.legal_form or "")) | _FORMS
    return [word for word in _words(issuer.display_name) if word not in form] == [
        word for word in _words(bank) if word not in form
    ]


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.findall(r"[a-z0-9]+", bare)


def _signatory(options: CertificateOptions) -> Check:
    """A person signs for the bank: the model has its signature."""
    code, article, pointer = "signatory-missing", "arrêté du 20 avril 2011", "/options/signatory"
    issuer = options.issuer
    if options.signatory is None and (issuer is None or issuer.legal_representative is None):
        text = "Le certificat est signé par la banque tirée : le signataire manque."
        return check(code, "refuse", article, pointer, text)
    return check(code, "pass", article, pointer, "Le signataire de la banque est désigné.")


def _want_of_funds(claim: Claim) -> Check:
    """The model certifies a rejection for want of sufficient funds, and nothing else."""
    code, article = "want-of-funds", "art. R. 131-48 CMF ; arrêté du 20 avril 2011"
    pointer = "/case/claims/0/cheque/rejection_reason"
    reason = claim.cheque.rejection_reason if claim.cheque else None
    if reason not in _WANT_OF_FUNDS:
        text = (
            "Le modèle certifie un rejet pour défaut de provision suffisante : le motif du rejet "
            "ne l'est pas."
        )
        return check(code, "refuse", article, pointer, text)
    if reason == "closed_account":
        text = "Compte clôturé : assimilé à un défaut de provision, la banque le vérifie."
        return check(code, "warn", "art. R. 131-12 8° et R. 131-18 CMF", pointer, text)
    return check(code, "pass", article, pointer, "Le rejet est un défaut de provision.")


def _model_fields(claim: Claim) -> list[Check]:
    """The blanks of the model."""
    cheque = claim.cheque
    if cheque is not None and not cheque.drawer_account:
        text = "Le modèle indique le numéro du compte : il manque."
        pointer = "/case/claims/0/cheque/drawer_account"
        return [check("model-incomplete", "refuse", "arrêté du 20 avril 2011", pointer, text)]
    return []


def _fifteen_days(case: Case, facts: Facts) -> list[Check]:
    """The time that the bank has from the request, when the file tells it."""
    given_on = facts.options.letter_date or facts.as_of
    code, article = "certificate-late", "art. R. 131-48 CMF"
    for at, step in enumerate(case.steps):
        if step.on > given_on or not _REQUEST.search(
            f"{step.reference or ''} {step.outcome or ''}"
        ):
            continue
        due_on, pointer = certificate_due_on(step.on), f"/case/steps/{at}"
        if given_on > due_on:
            text = (
                "Demandé le {asked}, le certificat était dû le {due} au plus tard, sauf réception "
                "plus tardive."
            )
            values = {"asked": date_longue(step.on), "due": date_longue(due_on)}
            return [check(code, "warn", article, pointer, text, **values)]
        text = "Le certificat est délivré dans les quinze jours de la demande."
        return [check(code, "pass", article, pointer, text)]
    return []
