"""The option of a letter that an agency may send: which first letter it recalls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from generators.fields import CivilDate, FactsSchema, One, Text
from generators.options import LetterOptions, LetterOptionsSchema
from law.checks.representative import FirstLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLetterOptions(LetterOptions):
    """What applies to a letter that a collection agency may send.

    Attributes:
        first_letter: The agency's first letter; None when this one is the first.
    """

    first_letter: FirstLetter | None = None


class FirstLetterSchema(FactsSchema):
    """The first letter of a collection agency, which every later one recalls (R. 124-4 CPCE)."""

    makes: ClassVar[Any] = FirstLetter

    reference = Text("Reference of that letter.", most=100, required=True, example="RM-2026-55214")
    sent_on = CivilDate("Day on which it was sent.", required=True, example="2026-11-22")


class AgencyLetterOptionsSchema(LetterOptionsSchema):
    """Options of a letter that a collection agency may send."""

    makes: ClassVar[Any] = AgencyLetterOptions

    first_letter = One(
        FirstLetterSchema,
        "A collection agency's first letter to the debtor; null or absent: this is the first.",
    )
