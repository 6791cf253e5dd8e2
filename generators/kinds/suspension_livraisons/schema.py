"""Options of a notice of suspension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from generators.fields import CivilDate, FactsSchema, Flag, One, Text
from generators.options import LetterOptions, LetterOptionsSchema

_MOST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionClause:
    """The clause of the general terms that provides for suspension, quoted."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anticipation:
    """Why a default to come is manifest, and why its consequences are serious (1220 C. civ.)."""

    grounds: str
    consequences: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionOptions(LetterOptions):
    """What is suspended, from when, and until what.

    Attributes:
        effective_on: First day of the suspension; None for the day after the time left to pay
            where there is one, else the day of the letter.
        scope: What is suspended, as it completes "nous suspendons".
        resumption: What makes the suspension end, as it completes "dès".
        anticipatory: Set when claims are suspended for that are not due yet.
        essential_supply: Whether a home is supplied with energy or water.
    """

    effective_on: date | None = None
    scope: str | None = None
    resumption: str | None = None
    clause: SuspensionClause | None = None
    anticipatory: Anticipation | None = None
    essential_supply: bool | None = None


class SuspensionClauseSchema(FactsSchema):
    """The clause of the general terms that provides for suspension."""

    makes: ClassVar[Any] = SuspensionClause

    article = Text("Its article in the terms.", most=100, required=True, example="9")
    quote = Text("Its words.", most=5_000, multiline=True, required=True)


class AnticipationSchema(FactsSchema):
    """Why the suspension does not wait for the due date."""

    makes: ClassVar[Any] = Anticipation

    grounds = Text(
        "Why it is manifest that payment will not come.", most=_MOST, multiline=True, required=True
    )
    consequences = Text(
        "Why the consequences for you are serious enough.",
        most=_MOST,
        multiline=True,
        required=True,
    )


class SuspensionOptionsSchema(LetterOptionsSchema):
    """Options of a notice of suspension."""

    makes: ClassVar[Any] = SuspensionOptions

    effective_on = CivilDate(
        "First day of the suspension; absent: the day after `payment_deadline_days`, or the day of"
        " the letter when there is no such time.",
        example="2026-12-01",
    )
    scope = Text(
        "What is suspended, completing « nous suspendons ».",
        most=500,
        example="toutes les livraisons de volailles et de crèmerie",
    )
    resumption = Text(
        "What ends the suspension, completing « dès »; absent: full payment.", most=500
    )
    clause = One(SuspensionClauseSchema, "Clause of the general terms.")
    anticipatory = One(
        AnticipationSchema, "Set to suspend for claims that are not due yet (art. 1220 C. civ.)."
    )
    essential_supply = Flag(
        "Whether a home is supplied with electricity, heat, gas or water: needed for a consumer."
    )
