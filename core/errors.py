"""The errors that reach a client, as facts; `api.problems` maps their families to HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in what a client sent.

    Attributes:
        pointer: JSON pointer (RFC 6901) into the request body, "" for the whole of it.
        code: Stable kebab-case name of the rule that is broken.
        detail: What is wrong, in English; in French for a check of law, which lawyers read.
        article: Legal basis, for a check of law.
        where: For a fault of a Word file, its place: ``part``, ``paragraph``, ``text``, ``hint``.
    """

    pointer: str
    code: str
    detail: str
    article: str | None = None
    where: Mapping[str, str | int | None] | None = None


class MinutierError(Exception):
    """Base of every error that reaches a client. ``slug`` is public: never renamed."""

    slug: ClassVar[str] = "minutier-error"
    title: ClassVar[str] = "The request could not be fulfilled"

    def __init__(
        self,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        **extensions: str | int | Sequence[Mapping[str, str]],
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = tuple(faults)
        self.extensions = extensions


class InvalidFacts(MinutierError):
    """What the client sent is malformed or contradicts itself."""

    slug = "invalid-facts"
    title = "The data are not valid"


class RuleNotMet(MinutierError):
    """The law, or a rule of the archive, does not allow what is asked."""

    slug = "rule-not-met"
    title = "A rule is not met"


class LegalCheckFailed(RuleNotMet):
    """One or more checks of law refuse the act; each is a fault with its article."""

    slug = "legal-check-failed"
    title = "The law does not allow this act for these facts"


class NotFound(MinutierError):
    """There is no such thing, or not for this tenant."""

    slug = "not-found"
    title = "Not found"


class Conflict(MinutierError):
    """The thing is not in the state that the request needs."""

    slug = "conflict"
    title = "The current state does not allow this"


class Unavailable(MinutierError):
    """A part that the request needs does not answer; the same request may succeed later."""

    slug = "unavailable"
    title = "A part of the service does not answer"
