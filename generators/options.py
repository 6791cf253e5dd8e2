"""Options that acts share: where, when and by whom one is signed; how a letter is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal, Self

from generators.fields import Choice, CivilDate, FactsSchema, One, Text, WholeNumber, choices

Delivery = Literal["simple", "registered", "electronic_registered", "email"]

MOST_NOTE = 5_000
MOST_DEADLINE_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs an act, and in what capacity."""

    name: str
    capacity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOptions:
    """What applies to every kind of act.

    Attributes:
        place: Where the act is signed; the kind says where when it is absent.
        letter_date: Day that the act bears; the day of the statement when it is absent.
    """

    place: str | None = None
    letter_date: date | None = None
    signatory: Signatory | None = None

    def dated(self, as_of: date) -> Self:
        """The same, with the day that the act bears."""
        return self if self.letter_date else replace(self, letter_date=as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOptions(ActOptions):
    """What applies to every letter.

    Attributes:
        body_note: A free paragraph.
    """

    delivery: Delivery | None = None
    payment_deadline_days: int | None = None
    subject: str | None = None
    body_note: str | None = None


class SignatorySchema(FactsSchema):
    """Who signs."""

    makes: ClassVar[Any] = Signatory

    name = Text("Name, with civility.", most=200, required=True, example="Mme Odile Exemple")
    capacity = Text("Capacity in which the person signs.", most=200, example="gérante")


class ActOptionsSchema(FactsSchema):
    """Options of every kind of act; kinds derive theirs from it, or from those of letters."""

    makes: ClassVar[Any] = ActOptions

    place = Text("Where the act is signed.", most=100, example="Clermont-Ferrand")
    letter_date = CivilDate("Day that the act bears; absent: `as_of`.", example="2026-11-22")
    signatory = One(SignatorySchema, "Who signs; absent: the creditor's legal representative.")


class LetterOptionsSchema(ActOptionsSchema):
    """Options of every letter."""

    makes: ClassVar[Any] = LetterOptions

    delivery = Choice(choices(Delivery), "How the letter is sent.")
    payment_deadline_days = WholeNumber(
        "Days that the letter leaves for payment.", least=1, most=MOST_DEADLINE_DAYS, example=8
    )
    subject = Text("Subject line, instead of the kind's own.", most=300)
    body_note = Text("A free paragraph.", most=MOST_NOTE, multiline=True)
