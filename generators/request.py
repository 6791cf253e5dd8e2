"""A request to make an act: read in full, refused with every fault at once, kept as a snapshot.

The snapshot is what a version keeps for ever: the request as it was understood, with what was
left out and has a default written out. Reading it again gives the same facts and the same
snapshot, whatever day it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, ClassVar, Final, Literal

from marshmallow import Schema, ValidationError

from core.errors import Fault, InvalidFacts
from generators.case_schema import CaseSchema, DebtCaseSchema
from generators.faults import Message, faults_of
from generators.fields import Choice, CivilDate, Fact, FactsSchema, choices
from generators.kind import ActKind, Facts
from generators.options import ActOptions
from generators.registry import act_kinds
from law.case import Case

Language = Literal["fr", "en"]

MOST_DAYS_AHEAD: Final = 31
"""How far after today an act may be dated: a letter is prepared, not prophesied."""
_CHANGEABLE: Final = ("case", "options", "as_of")


class Kind(Fact[ActKind]):
    """A kind of act by its slug."""

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A text is needed."),
        "unknown": Message("unknown-kind", "There is no such kind of act; see GET /v1/kinds."),
    }

    def read(self, value: Any) -> ActKind:
        """The kind."""
        if not isinstance(value, str):
            raise self.make_error("type")
        kind = act_kinds().get(value)
        if kind is None:
            raise self.make_error("unknown")
        return kind


class Part(Fact[Any]):
    """A part of a request that a schema of the kind's own reads."""

    json: ClassVar[Mapping[str, Any]] = {"type": "object"}

    def read(self, value: Any) -> Any:
        """The part as it was sent."""
        return value


class ActRequestSchema(FactsSchema):
    """What is common to the requests of all kinds; `load_request` reads the parts of one."""

    kind = Kind("The kind of act.", required=True, example="mise_en_demeure")
    case = Part("The facts of the case.", required=True)
    options = Part("The options of the kind.")
    as_of = CivilDate("Day of the act; absent: today in Paris.", example="2026-11-22")
    language = Choice(choices(Language), "Language of the act, fr unless said.", default="fr")


class StatementRequestSchema(FactsSchema):
    """A request for the statement of a case, for which nothing is stored."""

    case = Part("The facts of the case.", required=True)
    as_of = CivilDate("Last day counted; absent: today in Paris.", example="2026-11-22")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRequest:
    """A request that was read.

    Attributes:
        snapshot: The request as it was understood, in the words of the API: plain JSON values.
    """

    kind: ActKind
    facts: Facts
    snapshot: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRequest:
    """A case and the day for which its statement is asked."""

    case: Case
    as_of: date


def load_request(body: Any, today: date) -> ActRequest:
    """Read a request to make an act.

    Args:
        body: The JSON value that a client sent.
        today: Day in Paris, which a request without ``as_of`` means.

    Raises:
        InvalidFacts: with every fault found, each with its JSON pointer.
    """
    return _load(body, today, latest=today + timedelta(days=MOST_DAYS_AHEAD))


def load_snapshot(snapshot: Mapping[str, Any]) -> ActRequest:
    """Read a snapshot again; it holds its own day.

    Raises:
        InvalidFacts: the snapshot was written by software that read it otherwise.
    """
    return _load(snapshot, date.max, latest=date.max)


def load_revision(
    snapshot: Mapping[str, Any], changes: Mapping[str, Any], today: date
) -> ActRequest:
    """Read a request for a new version: the parts left out stay as they were.

    Args:
        snapshot: That of the version before.
        changes: Some of ``case``, ``options`` and ``as_of``.
        today: Day in Paris.

    Raises:
        InvalidFacts: with every fault found in the parts taken together.
    """
    body = dict(snapshot) | {key: changes[key] for key in _CHANGEABLE if key in changes}
    options = snapshot.get("options", {})
    moves = "options" not in changes and body["as_of"] != snapshot["as_of"]
    if moves and options.get("letter_date") == snapshot["as_of"]:
        body["options"] = {key: value for key, value in options.items() if key != "letter_date"}
    return load_request(body, today)


def load_statement_request(body: Any, today: date) -> StatementRequest:
    """Read a request for a statement.

    Raises:
        InvalidFacts: with every fault found.
    """
    faults: list[Fault] = []
    given = _part(StatementRequestSchema, body, "", faults)
    case = _part(DebtCaseSchema, given["case"], "/case", faults) if "case" in given else None
    if faults or case is None:
        raise _refusal(faults)
    return StatementRequest(case=case, as_of=given.get("as_of") or today)


def _load(body: Any, today: date, *, latest: date) -> ActRequest:
    faults: list[Fault] = []
    given = _part(ActRequestSchema, body, "", faults)
    kind: ActKind | None = given.get("kind")
    as_of: date = given.get("as_of") or today
    if given.get("as_of") and as_of > latest:
        detail = f"An act may be dated {MOST_DAYS_AHEAD} days ahead at most."
        faults.append(Fault(pointer="/as_of", code="as-of-too-late", detail=detail))
    case_schema = kind.case_schema if kind else CaseSchema
    case = _part(case_schema, given["case"], "/case", faults) if "case" in given else None
    options = None
    if kind is not None:
        sent = given.get("options")
        options = _part(kind.options_schema, {} if sent is None else sent, "/options", faults)
    if faults or kind is None or case is None:
        raise _refusal(faults)
    if isinstance(options, ActOptions):
        options = options.dated(as_of)
    facts = Facts(case=case, options=options, as_of=as_of, language=given.get("language", "fr"))
    return ActRequest(kind=kind, facts=facts, snapshot=_snapshot(kind, facts, body))


def _part(schema: type[Schema], value: Any, pointer: str, faults: list[Fault]) -> Any:
    """What a schema reads; what it could read, beside the faults, when there are some."""
    try:
        return _instance(schema).load(value)
    except ValidationError as error:
        faults.extend(faults_of(error.messages, pointer))
        return error.valid_data or {}


@cache
def _instance(schema: type[Schema]) -> Schema:
    """A schema's only instance: making one costs more than reading a case with it."""
    return schema()


def _refusal(faults: list[Fault]) -> InvalidFacts:
    count = len(faults)
    detail = "There is 1 fault." if count == 1 else f"There are {count} faults."
    return InvalidFacts(detail, faults=faults)


def _snapshot(kind: ActKind, facts: Facts, body: Mapping[str, Any]) -> dict[str, Any]:
    case = _instance(kind.case_schema).dump(facts.case)
    options = _instance(kind.options_schema).dump(facts.options)
    return {
        "kind": kind.slug,
        "as_of": facts.as_of.isoformat(),
        "language": facts.language,
        "case": _as_given(case, body["case"]),
        "options": _as_given(options, body.get("options")),
    }


def _as_given(written: Any, given: Any) -> Any:
    """What was written of facts, without the nothings that the client did not send."""
    if isinstance(written, Mapping):
        keys = given if isinstance(given, Mapping) else {}
        return {
            key: _as_given(value, keys.get(key))
            for key, value in written.items()
            if key in keys or (value is not None and value != [])
        }
    if isinstance(written, list) and isinstance(given, list):
        return [_as_given(*pair) for pair in zip(written, given, strict=True)]
    return written
