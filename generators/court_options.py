"""Options of the acts that go before a court: which one, what is asked beside the debt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from generators.faults import Contradiction, Message
from generators.fields import Cents, Choice, Flag, InseeCode, Text, choices
from generators.options import MOST_NOTE, ActOptions, ActOptionsSchema
from generators.schema_base import Reading
from law.court_answers import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtOptions(ActOptions):
    """What applies to every act that goes before a court.

    Attributes:
        court_id: The court seised; the default one of the case when it is absent.
        matter: Nature of the claims, where the case does not tell it.
        building_insee_code: Commune of the building, for charges of co-ownership.
        interest_capitalisation: Whether interest on interest is asked for (art. 1343-2 C. civ.).
        frais_irrepetibles_cents: Sum asked under art. 700 CPC, never part of the debt.
        body_note: A free paragraph at the end of the facts.
    """

    court_id: str | None = None
    matter: Matter | None = None
    building_insee_code: str | None = None
    interest_capitalisation: bool | None = None
    frais_irrepetibles_cents: int | None = None
    body_note: str | None = None


class CourtOptionsSchema(ActOptionsSchema):
    """Options of every act that goes before a court; kinds derive theirs from it."""

    makes: ClassVar[Any] = CourtOptions

    court_id = Text(
        "Court seised, an id of `GET /v1/courts`, checked against those that may judge the case; "
        "absent: the default one.",
        most=100,
        example="tc-clermont-ferrand",
    )
    matter = Choice(choices(Matter), "Nature of the claims; absent: what the case tells.")
    building_insee_code = InseeCode(
        "Commune of the building, for charges of co-ownership.", example="63113"
    )
    interest_capitalisation = Flag("Whether interest on the interest of whole years is asked for.")
    frais_irrepetibles = Cents(
        "Sum asked for costs not included in the *dépens* (art. 700 CPC).",
        attribute="frais_irrepetibles_cents",
        example="500.00",
    )
    body_note = Text("A free paragraph at the end of the facts.", most=MOST_NOTE, multiline=True)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """A building decides the court of charges of co-ownership, and of nothing else."""
        is_co_ownership = reading.get("matter") == "co_ownership"
        if is_co_ownership and reading.given.get("building_insee_code") is None:
            text = "The commune of the building is required for charges of co-ownership."
            yield ("building_insee_code",), Message("missing", text)
        elif not is_co_ownership:
            yield from reading.not_applicable(
                "building_insee_code", why="for anything but charges of co-ownership"
            )
