"""Texts of law that an act reproduces word for word, by the day from which a version holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from law.parameters import ValueNotCovered, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A version of a text, paragraph by paragraph, as its source prints it.

    Attributes:
        since: First day of the version.
        source: The article and the text that wrote this version.
        checked_on: The day it was last compared with its source.
    """

    since: date
    paragraphs: Sequence[str]
    source: str
    checked_on: date


@cache
def versions(name: str) -> tuple[Quotation, ...]:
    """Every known version of a text such as ``cpce_l111_8``, in order of date."""
    return tuple(
        Quotation(
            since=row["since"],
            paragraphs=tuple(row["paragraphs"]),
            source=row["source"],
            checked_on=row["checked_on"],
        )
        for row in read_toml("quotations.toml")[name]["values"]
    )


def quotation(name: str, on: date) -> Quotation:
    """The version of a text in force on a day.

    Raises:
        ValueNotCovered: the day lies before the first version that was read.
    """
    known = [version for version in versions(name) if version.since <= on]
    if not known:
        first = versions(name)[0]
        raise ValueNotCovered(
            f"{name}: the text is verified from {first.since}, not on {on}.",
            parameter=f"quotations.{name}",
            source=first.source,
        )
    return known[-1]
