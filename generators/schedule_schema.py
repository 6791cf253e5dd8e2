"""Dunning calendars as the API reads and writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args

from marshmallow import Schema, ValidationError, fields, pre_dump

from core.errors import Fault, InvalidFacts
from generators.case_schema import DebtCaseSchema
from generators.faults import Contradiction, Message, faults_of
from generators.fields import Choice, CivilDate, FactsSchema, Flag, Several, Text, WholeNumber
from generators.fields import choices as choices_of
from generators.request import Part
from generators.schema_base import Reading, part
from generators.statement_schema import Count, Name
from law.calendar import Region
from law.case import Case, Channel, StepType
from law.schedule_plans import (
    SPOKEN,
    CountedFrom,
    DunningKind,
    Plan,
    PlanName,
    PlanStep,
    custom_plan,
    plans,
)
from law.schedules import Schedule, ScheduledStep, ScheduleStatus, StepStatus

CUSTOM: Final = "custom"
MOST_STEPS: Final = 30
MOST_DAYS: Final = 1_826
_CUSTOM_KINDS: Final = tuple(kind for kind in get_args(DunningKind) if kind != "remerciement")
_DELIVERIES: Final[Mapping[Channel, str]] = {
    "letter": "simple",
    "registered_letter": "registered",
    "electronic_registered_letter": "electronic_registered",
    "email": "email",
}


class PlanStepSchema(FactsSchema):
    """A step of a calendar of the client's own."""

    offset_days = WholeNumber(
        "Days after the event it is counted from; negative before the due date.",
        least=-365,
        most=MOST_DAYS,
        required=True,
        example=10,
    )
    counted_from = Choice(
        ("due_on", "previous"),
        "What it is counted from; absent: the step before, for the first the due date.",
        data_key="from",
    )
    kind = Choice(
        _CUSTOM_KINDS,
        "Act to make; absent for a call, a visit or a text message.",
        example="relance",
    )
    channel = Choice(choices_of(Channel), "By what means.", required=True, example="letter")
    level = WholeNumber("Tone of a `relance`; absent: one more each time.", least=1, most=3)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """An act has a channel that carries it; only a reminder has a level."""
        kind, channel = reading.get("kind", "channel")
        if "channel" in reading.data and "kind" not in _unread(reading, "kind"):
            yield from _kind_and_channel(kind, channel)
        if kind != "relance" and "kind" not in _unread(reading, "kind"):
            yield from reading.not_applicable("level", why="for an act other than `relance`")


def _unread(reading: Reading, *keys: str) -> set[str]:
    """The keys that were sent and could not be read: their fault is told already."""
    return {key for key in keys if reading.given.get(key) is not None and key not in reading.data}


def _kind_and_channel(kind: str | None, channel: Channel) -> Iterator[Contradiction]:
    if kind is None and channel not in SPOKEN:
        text = "This key is required, unless the channel is phone, in_person or sms."
        yield ("kind",), Message("missing", text)
    elif kind is not None and channel in SPOKEN:
        text = "No act is made for a call, a visit or a text message."
        yield ("kind",), Message("not-applicable", text)
    elif kind is not None and (channel == "court") != (kind == "requete_injonction_de_payer"):
        text = "A requete_injonction_de_payer goes to a court, and nothing else does."
        yield ("channel",), Message("channel-contradicts-kind", text)


class ScheduleRequestSchema(FactsSchema):
    """A request for the dunning calendar of a case, of which nothing is stored."""

    case = Part("The facts of the case.", required=True)
    plan = Choice(
        (*choices_of(PlanName), CUSTOM),
        "Calendar to follow, as `GET /v1/schedules/plans` lists them, or `custom`.",
        required=True,
        example="new_client_small",
    )
    steps = Several(
        PlanStepSchema, "The steps of a `custom` calendar, in order.", least=1, most=MOST_STEPS
    )
    as_of = CivilDate("Day it is; absent: today in Paris.", example="2026-11-22")
    claim_id = Text(
        "Claim to count from; absent: the unpaid one that fell due first.", most=64, example="c1"
    )
    pre_due_reminder = Flag(
        "Whether to remind a week before the due date; absent: as the calendar has it."
    )
    thanks = Flag("Whether to thank after payment; absent: as the calendar has it.")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Steps are given for a custom calendar only, and follow each other."""
        plan = reading.get("plan")
        if plan == CUSTOM:
            yield from reading.needed("steps", why="for a custom calendar")
            why = "for a custom calendar: it is one of its steps"
            yield from reading.not_applicable("pre_due_reminder", why=why)
            yield from _in_order(reading.get("steps") or ())
        elif plan is not None:
            yield from reading.not_applicable("steps", why="unless the plan is custom")


def _in_order(steps: Sequence[Any]) -> Iterator[Contradiction]:
    """Days never run backwards; what says "late" waits for the day after the due date."""
    before: int | None = None
    for at, step in enumerate(steps):
        counted_from, offset = part(step, "counted_from"), part(step, "offset_days")
        if counted_from == "previous" and at == 0:
            yield ("steps", at, "from"), Message("not-applicable", "There is no step before.")
        if offset is None:
            return  # its fault is told; the days after it are not known
        day = offset if counted_from == "due_on" or before is None else before + offset
        if before is not None and day < before:
            text = "This step would come before the one before it."
            yield ("steps", at, "offset_days"), Message("out-of-order", text)
        yield from _due_or_not(part(step, "kind"), day, at)
        before = day


def _due_or_not(kind: str | None, day: int, at: int) -> Iterator[Contradiction]:
    place = ("steps", at, "offset_days")
    if kind == "rappel_avant_echeance" and day > 0:
        yield place, Message("after-due-date", "This act comes before the due date.")
    elif day <= 0 and kind not in {None, "rappel_avant_echeance", "lettre_libre", "echeancier"}:
        text = "Nothing is late before the day after the due date."
        yield place, Message("before-due-date", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRequest:
    """A request that was read: what `law.schedules.schedule` takes."""

    case: Case
    plan: Plan
    as_of: date
    claim_id: str | None


def load_schedule_request(body: Any, today: date) -> ScheduleRequest:
    """Read a request for a dunning calendar.

    Raises:
        InvalidFacts: with every fault found.
    """
    faults: list[Fault] = []
    given = _loaded(_REQUEST, body, "", faults)
    case = _loaded(_CASE, given["case"], "/case", faults) if "case" in given else None
    claim_id = given.get("claim_id")
    ids = {claim.id for claim in case.claims} if isinstance(case, Case) else {claim_id}
    if claim_id is not None and claim_id not in ids:
        detail = "No claim has this id."
        faults.append(Fault(pointer="/claim_id", code="unknown-claim", detail=detail))
    if faults or not isinstance(case, Case):
        count = len(faults)
        detail = "There is 1 fault." if count == 1 else f"There are {count} faults."
        raise InvalidFacts(detail, faults=faults)
    return ScheduleRequest(
        case=case, plan=_plan(given), as_of=given.get("as_of") or today, claim_id=claim_id
    )


def _loaded(schema: Schema, value: Any, pointer: str, faults: list[Fault]) -> Any:
    try:
        return schema.load(value)
    except ValidationError as error:
        faults.extend(faults_of(error.messages, pointer))
        return error.valid_data or {}


_REQUEST: Final = ScheduleRequestSchema()
_CASE: Final = DebtCaseSchema()


def _plan(given: Mapping[str, Any]) -> Plan:
    if given["plan"] == CUSTOM:
        plan = custom_plan([_plan_step(at, step) for at, step in enumerate(given["steps"])])
    else:
        plan = plans()[given["plan"]]
    if given.get("pre_due_reminder") is not None:
        plan = plan.with_pre_due_reminder(wanted=given["pre_due_reminder"])
    if given.get("thanks") is not None:
        plan = plan.with_thanks(wanted=given["thanks"])
    return plan


def _plan_step(at: int, step: Mapping[str, Any]) -> PlanStep:
    counted_from = step.get("counted_from") or ("previous" if at else "due_on")
    return PlanStep(**{"kind": None, **step, "counted_from": counted_from})


class RemarkSchema(Schema):
    """A word on a step."""

    detail = Name("In French.", required=True)
    article = fields.String(required=True, allow_none=True, metadata={"description": "Basis."})


class ScheduledStepSchema(Schema):
    """A dated step."""

    number = Count("Place in the calendar, from 1.", required=True)
    label = Name("What it is, in French.", required=True, example="Relance n° 1")
    kind = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Kind of act to make; null for a call, a visit, a text message.",
            "enum": [*get_args(DunningKind), None],
        },
    )
    options = fields.Dict(
        required=True, metadata={"description": "Options of that act for `POST /v1/acts`."}
    )
    channel = Choice(choices_of(Channel), "By what means.", required=True)
    step_type = Choice(
        choices_of(StepType),
        "`type` under which `case.steps` tells that it was done.",
        required=True,
    )
    planned_on = CivilDate("Its day, had every step before been on time.", required=True)
    date = CivilDate(
        "Day it was done, or is to be done; the planned day of a skipped step.", required=True
    )
    moved_from = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "The day that is no working day, from which it was moved."},
    )
    days_from_due = Count("Days from the due date to `date`.", required=True)
    status = Choice(
        choices_of(StepStatus), "`overdue` is the next step, when its day is past.", required=True
    )
    remarks = fields.List(fields.Nested(RemarkSchema), required=True)


class ScheduleWarningSchema(Schema):
    """What of the case speaks against the next step, or for haste."""

    code = Name("Stable name.", required=True, example="limitation")
    outcome = Choice(("warn", "refuse"), "`refuse` forbids to ask for money.", required=True)
    article = fields.String(required=True, allow_none=True, metadata={"description": "Basis."})
    detail = Name("In French.", required=True)
    pointer = Name("JSON pointer into the request.", required=True)


class ScheduleSchema(Schema):
    """The dunning calendar of a case on a day; nothing is stored."""

    object = fields.Constant(
        "schedule", required=True, metadata={"type": "string", "enum": ["schedule"]}
    )
    case_reference = Name("Your file number.", required=True, example="2026-0142")
    as_of = CivilDate("Day it is.", required=True)
    plan = Name("Calendar followed.", required=True, example="new_client_small")
    title = Name("Its title, in French.", required=True)
    claim_id = Name("Claim it counts from.", required=True, example="c1")
    due_on = CivilDate("Due date of that claim.", required=True)
    region = Choice(
        choices_of(Region), "Whose holidays are no working days: the debtor's.", required=True
    )
    status = Choice(
        choices_of(ScheduleStatus),
        "`settled`: the principal is paid; `stopped`: the law forbids to ask.",
        required=True,
    )
    next_step = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "`number` of the step to take next."},
    )
    steps = fields.List(fields.Nested(ScheduledStepSchema), required=True)
    warnings = fields.List(fields.Nested(ScheduleWarningSchema), required=True)

    @pre_dump
    def _shape(self, found: Schedule, **_: Any) -> dict[str, Any]:
        return {
            "case_reference": found.case_reference,
            "as_of": found.as_of,
            "plan": found.plan.name,
            "title": found.plan.title,
            "claim_id": found.claim.id,
            "due_on": found.claim.due_on,
            "region": found.region,
            "status": found.status,
            "next_step": found.next_number,
            "steps": [_step_json(step, found.claim.due_on) for step in found.steps],
            "warnings": found.warnings,
        }


def _step_json(step: ScheduledStep, due_on: date) -> dict[str, Any]:
    plan_step = step.plan_step
    return {
        "number": step.number,
        "label": plan_step.label,
        "kind": plan_step.kind,
        "options": act_options(plan_step),
        "channel": plan_step.channel,
        "step_type": plan_step.step_type,
        "planned_on": step.planned_on,
        "date": step.on,
        "moved_from": step.moved_from,
        "days_from_due": (step.on - due_on).days,
        "status": step.status,
        "remarks": step.remarks,
    }


def act_options(step: PlanStep) -> dict[str, Any]:
    """The options with which the act of a step is made."""
    if step.kind is None:
        return {}
    options: dict[str, Any] = {}
    if step.channel in _DELIVERIES:
        options["delivery"] = _DELIVERIES[step.channel]
    if step.level is not None:
        options["level"] = step.level
    return options


class NamedPlanStepSchema(Schema):
    """A step of a named calendar."""

    number = Count("Place in the calendar, from 1.", required=True)
    label = Name("What it is, in French.", required=True, example="Relance n° 1")
    kind = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Kind of act to make; null for a call."},
    )
    options = fields.Dict(required=True, metadata={"description": "Options of that act."})
    channel = Choice(choices_of(Channel), "By what means.", required=True)
    step_type = Choice(
        choices_of(StepType),
        "`type` under which `case.steps` tells that it was done.",
        required=True,
    )
    offset_days = Count("Days after the event it is counted from.", required=True)
    counted_from = Choice(
        choices_of(CountedFrom), "What it is counted from.", data_key="from", required=True
    )
    filled_in = fields.List(
        fields.String(metadata={"enum": ["offset_days", "channel", "kind"]}),
        required=True,
        metadata={"description": "What the calendar leaves open, so that we chose it."},
    )


class PlanSchema(Schema):
    """A named calendar."""

    name = Choice(choices_of(PlanName), "Its name.", required=True)
    object = fields.Constant(
        "schedule_plan", required=True, metadata={"type": "string", "enum": ["schedule_plan"]}
    )
    title = Name("Its title, in French.", required=True)
    steps = fields.List(fields.Nested(NamedPlanStepSchema), required=True)

    @pre_dump
    def _shape(self, plan: Plan, **_: Any) -> dict[str, Any]:
        steps = [
            {
                "number": number,
                "label": step.label,
                "kind": step.kind,
                "options": act_options(step),
                "channel": step.channel,
                "step_type": step.step_type,
                "offset_days": step.offset_days,
                "counted_from": step.counted_from,
                "filled_in": list(step.filled_in),
            }
            for number, step in enumerate(plan.steps, start=1)
        ]
        return {"name": plan.name, "title": plan.title, "steps": steps}


class PlansSchema(Schema):
    """All named calendars; they are few, and so come in one page."""

    data = fields.List(fields.Nested(PlanSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
