"""Which certificate is to be served, and by whom: told by the options, else found in the case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from generators.kind import Facts
from generators.kinds.signification_certificat_non_paiement.options import (
    CertificateOfBank,
    ServiceOptions,
)
from law.case import Case, Party

_CERTIFICATE: Final = re.compile(r"certificat de non[- ]paiement", re.IGNORECASE)
_REQUEST: Final = re.compile(r"demand|sollicit", re.IGNORECASE)


def certificate_of(facts: Facts) -> CertificateOfBank | None:
    """The certificate, or None when neither options, exhibits nor steps tell its day."""
    options: ServiceOptions = facts.options
    if options.certificate is not None:
        return options.certificate
    for exhibit in facts.case.exhibits:
        if exhibit.on and _names_it(exhibit.label):
            return CertificateOfBank(issued_on=exhibit.on)
    for step in facts.case.steps:
        if step.reference and _names_it(step.reference):
            return CertificateOfBank(issued_on=step.on)
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
