"""Instalments as a client writes them: each with its day and sum, or so many a month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from marshmallow import Schema

from generators.faults import Message
from generators.fields import Cents, CivilDate, Fact, FactsSchema, Several, WholeNumber
from law.instalments import Instalment, MonthlyPlan, Plan

MOST_INSTALMENTS: Final = 120


class InstalmentSchema(FactsSchema):
    """A sum to pay on a day."""

    makes: ClassVar[Any] = Instalment

    due_on = CivilDate("Day; one that is no working day moves to the next.", required=True)
    amount = Cents("Sum.", attribute="amount_cents", required=True)


class MonthlyPlanSchema(FactsSchema):
    """Equal monthly instalments, the last of which takes the cents left over."""

    makes: ClassVar[Any] = MonthlyPlan

    count = WholeNumber("How many.", least=1, most=MOST_INSTALMENTS, required=True)
    first_on = CivilDate("Day of the first.", required=True)


class _InstalmentList(Schema):
    items = Several(InstalmentSchema, least=1, most=MOST_INSTALMENTS, required=True)


_DAY: Final = {"type": "string", "format": "date"}
_OF_INSTALMENT: Final = {
    "type": "object",
    "required": ["due_on", "amount"],
    "additionalProperties": False,
    "properties": {
        "due_on": _DAY,
        "amount": {"type": "string", "pattern": r"^(0|[1-9]\d{0,12})\.\d{2}$"},
    },
}
_OF_MONTHLY_PLAN: Final = {
    "type": "object",
    "required": ["count", "first_on"],
    "additionalProperties": False,
    "properties": {
        "count": {"type": "integer", "minimum": 1, "maximum": MOST_INSTALMENTS},
        "first_on": _DAY,
    },
}


class Instalments(Fact[Plan]):
    """``[{due_on, amount}]``, or ``{count, first_on}``."""

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message(
            "wrong-type", "A list of {due_on, amount} is needed, or {count, first_on}."
        ),
    }

    def __init__(self, description: str, *, required: bool = False) -> None:
        """A key whose shape tells which of the two is meant."""
        shapes: list[dict[str, Any]] = [
            {
                "type": "array", "minItems": 1, "maxItems": MOST_INSTALMENTS,
                "items": _OF_INSTALMENT,
            },
            _OF_MONTHLY_PLAN,
        ]  # fmt: skip
        if not required:
            shapes.append({"type": "null"})
        super().__init__(
            description,
            required=required,
            example={"count": 6, "first_on": "2026-12-15"},
            type=["array", "object"],
            oneOf=shapes,
        )

    def read(self, value: Any) -> Plan:
        """The plan; a fault tells of the key within that is wrong."""
        if isinstance(value, list):
            read: tuple[Instalment, ...] = _LIST.fields["items"].deserialize(value)
            return read
        if isinstance(value, Mapping):
            plan: MonthlyPlan = _MONTHLY.load(value)
            return plan
        raise self.make_error("type")

    def write(self, value: Plan) -> Any:
        """The JSON value that reads as the plan."""
        if isinstance(value, MonthlyPlan):
            return _MONTHLY.dump(value)
        return _LIST.dump({"items": value})["items"]


_LIST: Final = _InstalmentList()
_MONTHLY: Final = MonthlyPlanSchema()
