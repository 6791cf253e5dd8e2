"""Who may approve an act of a cabinet, and how many must: its own rules, not the law's. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an approval needs.

    Attributes:
        four_eyes: Whether who approves must be another than who made the version.
        second_approval_from_cents: Sum due from which two must approve; None: never.
        reviewers: Who may decide; empty: anybody.
    """

    four_eyes: bool = False
    second_approval_from_cents: int | None = None
    reviewers: Sequence[str] = ()

    def approvals_needed(self, due_cents: int | None) -> int:
        """How many people must approve an act of a sum."""
        limit = self.second_approval_from_cents
        return 2 if limit is not None and (due_cents or 0) >= limit else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule(Rule):
    """The rule of one kind of act."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """``delegate`` decides for ``reviewer`` from ``first_on`` to ``last_on``, both counted in."""

    reviewer: str
    delegate: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRules:
    """The rules of a cabinet. By default anybody with a key for it may approve."""

    default: Rule = Rule()
    kinds: Sequence[KindRule] = ()
    delegations: Sequence[Delegation] = ()

    def rule(self, kind: str) -> Rule:
        """The rule for a kind of act."""
        return next((rule for rule in self.kinds if rule.kind == kind), self.default)

    def speaks_for(self, delegate: str, on: date) -> list[str]:
        """For whom somebody may decide on a day, beside themselves."""
        return [
            one.reviewer
            for one in self.delegations
            if is_same(one.delegate, delegate) and one.first_on <= on <= one.last_on
        ]

    def capacity(self, kind: str, reviewer: str, on: date) -> str | None:
        """In whose name somebody may decide on acts of a kind: their own, or another's.

        Returns:
            A name; None if they may not decide.
        """
        allowed = self.rule(kind).reviewers
        for name in (reviewer, *self.speaks_for(reviewer, on)):
            if not allowed or any(is_same(name, one) for one in allowed):
                return name
        return None


def is_same(one: str, other: str | None) -> bool:
    """Whether two names mean the same person: case and composition do not count.

    >>> is_same("Jane@cabinet.example ", "jane@cabinet.example")
    True
    """
    return other is not None and folded(one) == folded(other)


def folded(name: str) -> str:
    """A name for comparison."""
    return unicodedata.normalize("NFC", name).strip().casefold()
