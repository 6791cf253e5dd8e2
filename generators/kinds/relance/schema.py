"""Options of a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from generators.agency_options import AgencyLetterOptions, AgencyLetterOptionsSchema
from generators.fields import Choice, WholeNumber, choices

Tone = Literal["negligent", "bad_payer", "administrative"]
LAST_LEVEL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RelanceOptions(AgencyLetterOptions):
    """How far the reminders have come, and to what kind of payer this one goes.

    Attributes:
        level: 1 assumes an oversight, 2 gives the figures and asks why, 3 announces what follows.
        tone: Profile of the payer, when the tone of the level does not suit.
    """

    level: int = 1
    tone: Tone | None = None


class RelanceOptionsSchema(AgencyLetterOptionsSchema):
    """Options of a reminder."""

    makes: ClassVar[Any] = RelanceOptions

    level = WholeNumber(
        "1 assumes an oversight, 2 gives the figures, 3 announces what follows; absent: 1.",
        least=1,
        most=LAST_LEVEL,
        example=1,
    )
    tone = Choice(
        choices(Tone),
        "Profile of the payer, when the tone of the level does not suit: one who forgets, one who"
        " can pay and will not, an administration.",
    )
