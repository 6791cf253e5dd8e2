"""How findings of law are worded: claims by name, French typography, clients' texts untouched."""

from __future__ import annotations

from collections.abc import Iterable

from law.case import Claim
from law.findings import Check, LegalWarning, Outcome
from law.french import NBSP, enumerate_and, typographic

_MOST_NAMED = 5
_NOUNS = {
    "invoice": "facture",
    "cheque": "chèque",
    "rent": "loyer",
    "loan": "prêt",
    "other": "créance",
}


def claim_name(claim: Claim) -> str:
    """How a sentence names a claim: ``facture n° F-2026-001``."""
    return f"{_NOUNS[claim.type]} n°{NBSP}{claim.number or claim.id}"


def claim_names(claims: Iterable[Claim]) -> str:
    """Several claims in a sentence, the first ones by name."""
    return some_of([claim_name(claim) for claim in claims])


def some_of(names: list[str]) -> str:
    """A list in a sentence, cut after a few items and then counted."""
    left = len(names) - _MOST_NAMED
    if left > 1:
        names = [*names[:_MOST_NAMED], f"{left} autres"]
    return enumerate_and(names)


def warning(code: str, article: str | None, text: str, **values: str) -> LegalWarning:
    """A warning; ``text`` is ours and gets French spaces, the values come out as they are."""
    return LegalWarning(code=code, detail=typographic(text).format(**values), article=article)


def check(
    code: str, outcome: Outcome, article: str | None, pointer: str, text: str, **values: str
) -> Check:
    """A check; ``text`` is ours and gets French spaces, the values come out as they are."""
    detail = typographic(text).format(**values)
    return Check(code=code, outcome=outcome, article=article, detail=detail, pointer=pointer)
