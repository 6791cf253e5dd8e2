"""The clause to paste for a finding, with what the case tells of the company."""

from __future__ import annotations

import re
from typing import Final

from generators.letters import capital, printed_name, registration, unbroken
from law.case import Party
from law.cgv.audit import Finding
from law.french import NBSP, NNBSP, typographic

_ARTICLE: Final = re.compile(
    r"\b(articles?|[LRD]\.|C\.|com\.|civ\.|conso\.|art\.|al\.) (?=[\dA-Za-z])"
)

_THOUSANDS: Final = re.compile(r"(?<=\d) (?=\d{3}\b)")


def wording(finding: Finding, company: Party) -> str | None:
    """The clause proposed, or None; what the case does not tell stays to be completed."""
    if finding.wording is None:
        return None
    return unbroken_articles(typographic(finding.wording)).format(
        identity=_identity(company),
        address=_address(company),
        phone=unbroken(company.phone) if company.phone else "[téléphone]",
        email=company.email or "[courriel]",
    )


def unbroken_articles(text: str) -> str:
    """A text of ours in which no number of an article, nor the end of a sum, begins a line."""
    return _THOUSANDS.sub(NNBSP, _ARTICLE.sub(rf"\1{NBSP}", text))


def _identity(company: Party) -> str:
    form = company.legal_form or ""
    if company.share_capital:
        form = f"{form or 'société'} au capital de {capital(company.share_capital)}"
    told = (printed_name(company), form, registration(company), f"siège{NBSP}: {_address(company)}")
    return ", ".join(filter(None, told))


def _address(company: Party) -> str:
    address = company.address
    return ", ".join([*address.lines, f"{address.postal_code} {address.city}"])
