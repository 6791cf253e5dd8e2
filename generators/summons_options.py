"""Options of a summons: the hearing, the attempt to settle, the answer to a dispute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Literal

from generators.court_options import CourtOptions, CourtOptionsSchema
from generators.faults import Contradiction, Message
from generators.fields import Choice, CivilDate, Fact, FactsSchema, One, Text, choices
from generators.options import MOST_NOTE
from generators.schema_base import Reading

AmicableStep = Literal[
    "conciliation",
    "mediation",
    "participatory_procedure",
    "exempt_urgency",
    "exempt_impossibility",
    "exempt_conciliator_unavailable",
    "exempt_small_claims_failed",
]
_HOUR: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Day, hour (``09:30``) and room of the hearing, as the registry gave them."""

    on: date
    at: str
    room: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amicable:
    """The attempt to settle of art. 750-1 CPC, or why there was none."""

    type: AmicableStep
    on: date | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsOptions(CourtOptions):
    """What applies to every summons.

    Attributes:
        hearing: None while the registry has given no day: the draft leaves its place.
        amicable: None when nothing is told.
        reply_to_dispute: Why what the debtor says does not stand, as printed.
    """

    hearing: Hearing | None = None
    amicable: Amicable | None = None
    reply_to_dispute: str | None = None


class TimeOfDay(Fact[str]):
    """An hour of the day in Paris, ``HH:MM``."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": f"^{_HOUR.pattern}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "shape": Message("invalid-time", 'An hour is written HH:MM: "09:30".'),
    }

    def read(self, value: Any) -> str:
        """The hour."""
        if not isinstance(value, str) or not _HOUR.fullmatch(value):
            raise self.make_error("shape")
        return value


class HearingSchema(FactsSchema):
    """The hearing."""

    makes: ClassVar[Any] = Hearing

    on = CivilDate("Day.", required=True, example="2027-01-14")
    at = TimeOfDay("Hour.", required=True, example="09:30")
    room = Text("Room, or chamber when one is designated.", most=100, example="salle B")


class AmicableSchema(FactsSchema):
    """The attempt to settle, or the exemption."""

    makes: ClassVar[Any] = Amicable

    type = Choice(choices(AmicableStep), "What was tried, or why nothing was.", required=True)
    on = CivilDate("Its day.")
    detail = Text("What came of it, or what justifies the exemption.", most=1_000)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """An attempt has a day, an exemption a reason."""
        kind = reading.get("type")
        if kind is None:
            return
        if kind.startswith("exempt_"):
            yield from reading.needed("detail", why="for an exemption")
        else:
            yield from reading.needed("on", why="for an attempt to settle")


class SummonsOptionsSchema(CourtOptionsSchema):
    """Options of every summons."""

    makes: ClassVar[Any] = SummonsOptions

    hearing = One(HearingSchema, "The hearing; absent or null: its place is left in the draft.")
    amicable = One(
        AmicableSchema,
        "Attempt to settle before the *tribunal judiciaire* (art. 750-1 CPC), or the exemption.",
    )
    reply_to_dispute = Text(
        "Why what the debtor disputes does not stand; in *référé* a disputed claim needs it.",
        most=MOST_NOTE,
        multiline=True,
    )
