"""Which certificate is to be served, and by whom: told by the options, else found in the case."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from generators.kind import Facts
from generators.kinds.signification_certificat_non_paiement.options import (
    CertificateOfBank,
    ServiceOptions,
)
from law.case import Case, Party
from law.french import MONTHS

_CERTIFICATE: Final = re.compile(r"certificat de non[- ]paiement", re.IGNORECASE)
_DATED: Final = re.compile(
    r"certificat de non[- ]paiement[^.;]{0,80}?\b(\d{1,2})(?:er)?\s+"
    rf"({'|'.join(MONTHS)})\s+(\d{{4}})\b",
    re.IGNORECASE,
)
_REQUEST: Final = re.compile(r"demand|sollicit", re.IGNORECASE)


def certificate_of(facts: Facts) -> CertificateOfBank | None:
    """The certificate, or None when neither options, exhibits nor steps tell its day."""
    options: ServiceOptions = facts.options
    if options.certificate is not None:
        return options.certificate
    for exhibit in facts.case.exhibits:
        day = exhibit.on if _names_it(exhibit.label) else None
        day = day or _day_told(exhibit.label)
        if day:
            return CertificateOfBank(issued_on=day)
    for step in facts.case.steps:
        if step.reference and _names_it(step.reference):
            return CertificateOfBank(issued_on=_day_told(step.reference) or step.on)
        day = _day_told(step.outcome or "")
        if day:
            return CertificateOfBank(issued_on=day)
    return None


def _day_told(text: str) -> date | None:
    """The day that a text gives to a certificate, or None: ``Certificat … du 18 novembre 2026``."""
    found = _DATED.search(text)
    if found is None or _REQUEST.search(text[: found.start()]):
        return None
    day, month, year = found.groups()
    try:
        return date(int(year), MONTHS.index(month.casefold()) + 1, int(day))
    except ValueError:
        return None


def _names_it(text: str) -> bool:
    return bool(_CERTIFICATE.search(text)) and not _REQUEST.search(text)


def officer_of(facts: Facts) -> Party | None:
    """The commissaire de justice: of the options, else the one who acts for the creditor."""
    options: ServiceOptions = facts.options
    if options.recipient is not None:
        return options.recipient
    representative = facts.case.representative
    if representative and representative.role == "commissaire_de_justice":
        return representative.party
    return None


def instructing(case: Case) -> Case:
    """The case as whoever instructs sees it: an officer does not instruct itself."""
    representative = case.representative
    if representative and representative.role == "commissaire_de_justice":
        return replace(case, representative=None)
    return case
