"""The limitation of claims as the API writes it."""

from __future__ import annotations

from typing import Any, NamedTuple

from marshmallow import Schema, fields, pre_dump

from generators.fields import Choice, CivilDate, Flag, choices
from generators.statement_schema import Count, Name
from law.case import Claim
from law.limitation import Limitation, LimitationOutcome


class ClaimLimitation(NamedTuple):
    """A claim with its limitation."""

    claim: Claim
    limit: Limitation


class OtherActionSchema(Schema):
    """Another action on the same facts, with a period of its own."""

    label = Name("What it is, in French.", required=True)
    last_day = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "Last day; null where no text read gives a period."},
    )
    article = Name("Legal basis.", required=True)


class ClaimLimitationSchema(Schema):
    """Until when one claim may be sued for, or its title enforced."""

    claim_id = Name("The claim's id.", required=True, example="c1")
    outcome = Choice(
        choices(LimitationOutcome),
        "`near` from four months before the last day, `expired` after `ends_on`.",
        required=True,
    )
    article = Name("Text that sets the period.", required=True, example="art. L. 110-4 C. com.")
    months = Count("Length of the period.", required=True)
    starts_on = CivilDate("Day it runs from, not counted itself.", required=True)
    last_day = CivilDate("Last day by its own text.", required=True)
    ends_on = CivilDate("The same, moved to a working day (641, 642 CPC).", required=True)
    interrupted_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "Day of the last act that interrupted."},
    )
    is_title = Flag("Whether it is the time to enforce a title.", required=True)
    if_confirmed_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "Last day, if all that may have interrupted did."},
    )
    others = fields.List(fields.Nested(OtherActionSchema), required=True)
    doubts = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "In French: why the period may be another."},
    )
    notes = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "In French: what a person must confirm."},
    )

    @pre_dump
    def _shape(self, found: ClaimLimitation, **_: Any) -> dict[str, Any]:
        names = [name for name in self.fields if name != "claim_id"]
        return {
            "claim_id": found.claim.id,
            **{name: getattr(found.limit, name) for name in names},
        }


class LimitationsSchema(Schema):
    """The limitation of every claim of a case on a day."""

    as_of = CivilDate("Day it is.", required=True)
    claims = fields.List(fields.Nested(ClaimLimitationSchema), required=True)
