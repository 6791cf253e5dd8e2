"""Options of a status report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from generators.fields import Cents, CivilDate, FactsSchema, One, Several, Text
from generators.options import LetterOptions, LetterOptionsSchema
from generators.party_schema import PartySchema
from law.case import Party

_MOST_REMITTANCES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Remittance:
    """Collected funds handed over to the creditor."""

    remitted_on: date
    amount_cents: int
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleveOptions(LetterOptions):
    """To whom the report goes, and what was handed over.

    Attributes:
        recipient: None for the creditor.
        remittances: None when the report does not account for funds collected.
    """

    recipient: Party | None = None
    remittances: Sequence[Remittance] | None = None


class RemittanceSchema(FactsSchema):
    """Collected funds handed over to the creditor."""

    makes: ClassVar[Any] = Remittance

    remitted_on = CivilDate("Day of the transfer.", required=True, example="2026-11-10")
    amount = Cents("Sum.", attribute="amount_cents", required=True, example="500.00")
    reference = Text("Reference of the transfer.", most=300)


class ReleveOptionsSchema(LetterOptionsSchema):
    """Options of a status report."""

    makes: ClassVar[Any] = ReleveOptions

    recipient = One(PartySchema, "To whom the report goes; absent: the creditor.")
    remittances = Several(
        RemittanceSchema,
        "What was handed over of what was collected; absent: the report does not account for it,"
        " an empty list: nothing was.",
        most=_MOST_REMITTANCES,
    )
