"""What the law says beside amounts: warnings on a statement, checks before an act is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["pass", "warn", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalWarning:
    """Something a lawyer must know about a computed amount.

    Attributes:
        code: Stable kebab-case name.
        detail: In French, for the lawyer.
        article: Legal basis, or None where the source is practice only.
    """

    code: str
    detail: str
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The outcome of one rule of law on a case, before an act is made.

    Attributes:
        code: Stable kebab-case name of the rule.
        outcome: ``refuse`` forbids the act, ``warn`` lets it through and says so.
        article: Legal basis.
        detail: In French, for the lawyer.
        pointer: JSON pointer into the request body (``/case/debtor/insolvency``).
    """

    code: str
    outcome: Outcome
    article: str | None
    detail: str
    pointer: str
