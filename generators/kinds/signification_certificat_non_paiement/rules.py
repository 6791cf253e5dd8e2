"""What must hold before a commissaire de justice is told to serve a certificate of non-payment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generators.kind import Facts
from generators.kinds.signification_certificat_non_paiement.certificate import (
    certificate_of,
    officer_of,
)
from generators.letter_checks import is_french, language_check, letter_date_check
from generators.letters import address_checks
from law.case import Case
from law.checks import Subject, identity_before_court, run
from law.checks.cheque import cheques_only
from law.checks.cheque_acts import cheque_act_checks, one_cheque
from law.findings import Check
from law.rates import RateTables
from law.wording import check

_AT_CERTIFICATE: Final = ("cheque-thirty-days", "cheque-drawee-limit")
_NOW: Final = (
    "cheque-amount", "cheque-number", "cheque-rejection", "debtor-in-insolvency",
    "debtor-over-indebted", "collection-costs", "agency-mandate", "lawyer-bar",
)  # fmt: skip
_CAUSE: Final = re.compile(
    r"facture|contrat|commande|devis|bail|livraison|reconnaissance", re.IGNORECASE
)
_CERTIFICATE: Final = re.compile(r"certificat de non[- ]paiement", re.IGNORECASE)


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of the instruction; those of scope alone when they refuse."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        cheques_only(case),
        one_cheque(case),
        certificate_check(facts),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    certificate = certificate_of(facts)
    written_on = options.letter_date or facts.as_of
    subject = Subject(case=case, as_of=written_on, rates=rates)
    issued_on = certificate.issued_on if certificate else written_on
    return [
        *scope,
        *run(_AT_CERTIFICATE, replace(subject, as_of=issued_on)),
        *run(_NOW, subject),
        *cheque_act_checks(case, written_on),
        *_applicant(case),
        *_addressee(case),
        *_officer(facts),
        *_papers(case),
    ]


def certificate_check(facts: Facts) -> Check:
    """There is a certificate, and it is older than the instruction.

    Sources:
        Art. L. 131-73 §4 CMF: what is served is the drawee's certificate.
    """
    code, article, pointer = "certificate-missing", "art. L. 131-73 CMF", "/options/certificate"
    found = certificate_of(facts)
    if found is None:
        text = (
            "Aucun certificat de non-paiement daté ne figure au dossier : il n'y a rien à "
            "signifier. Le demander d'abord à la banque tirée."
        )
        return check(code, "refuse", article, pointer, text)
    if found.issued_on > (facts.options.letter_date or facts.as_of):
        text = "Le certificat de non-paiement est postérieur à la demande de signification."
        return check(code, "refuse", article, f"{pointer}/issued_on", text)
    return check(code, "pass", article, pointer, "Le certificat de non-paiement est délivré.")


def _applicant(case: Case) -> list[Check]:
    """What the officer's own deed must say of the applicant, on pain of nullity."""
    return [
        replace(found, outcome="warn", article="art. 648 2° CPC")
        if found.outcome == "refuse"
        else replace(found, article="art. 648 2° CPC")
        for found in identity_before_court(case)
    ]


def _addressee(case: Case) -> Iterator[Check]:
    debtor = case.debtor
    if debtor is not None and not is_french(debtor):
        text = "Le tireur demeure hors de France : la signification obéit à d'autres règles."
        pointer = "/case/debtor/address/country"
        yield check("service-abroad", "warn", "art. 648 4° CPC", pointer, text)


def _officer(facts: Facts) -> Iterator[Check]:
    """Who serves it; whether that officer may do so where the drawer lives is theirs to say."""
    officer = officer_of(facts)
    if officer is None:
        text = (
            "Le commissaire de justice n'est pas désigné : la lettre est à compléter avant envoi."
        )
        yield check("officer-missing", "warn", None, "/options/recipient", text)
        return
    text = "La compétence territoriale du commissaire de justice est à vérifier auprès de lui."
    pointer = "/options/recipient" if facts.options.recipient else "/case/representative/party"
    yield check("officer-competence", "warn", None, pointer, text)
    yield from address_checks(officer, f"{pointer}/address")


def _papers(case: Case) -> Iterator[Check]:
    """The original to serve, and the proof of what the cheque was to pay.

    Sources:
        Cass. 2e civ., 22 May 2025, n° 22-15.566: before the judge of enforcement, the drawer may
        say that the cheque had no cause.
    """
    pointer = "/case/exhibits"
    if not any(_CERTIFICATE.search(exhibit.label) for exhibit in case.exhibits):
        text = "L'original du certificat de non-paiement ne figure pas parmi les pièces à remettre."
        yield check("certificate-enclosed", "warn", "art. L. 131-73 CMF", pointer, text)
    if not any(_CAUSE.search(exhibit.label) for exhibit in case.exhibits):
        text = (
            "Le tireur peut contester le titre en disant le chèque sans cause : joindre la preuve "
            "de la créance qu'il devait payer."
        )
        article = "Cass. 2e civ., 22 mai 2025, n° 22-15.566"
        yield check("cheque-cause", "warn", article, pointer, text)
