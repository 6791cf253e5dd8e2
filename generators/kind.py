"""The seam: what a kind of act declares, so that the machinery asks it and never lists kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from marshmallow import Schema

from law.case import Case
from law.findings import Check
from law.rates import RateTables
from law.statement import Statement

Sender = Literal["creditor", "collection_agency", "lawyer", "commissaire_de_justice", "bank"]
Context = Mapping[str, Any]
"""Template values: plain str, int, bool, None, and lists and dicts of those. Nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A validated request to make an act: everything `build` may read.

    Attributes:
        options: The options of the kind, as its options schema loaded them.
        as_of: The day of the act; statements are computed as of this day.
        examined: What `ActKind.examine` found, for those kinds that examine something.
    """

    case: Case
    options: Any
    as_of: date
    language: Literal["fr", "en"] = "fr"
    examined: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActKind:
    """A kind of act: one folder, one template, its golden cases.

    Attributes:
        slug: Name of the kind, its folder and its template (``mise_en_demeure``).
        title: As printed, in French.
        legal_basis: Articles on which the act rests, as printed in ``GET /v1/kinds``.
        senders: Who may send it.
        case_schema: marshmallow schema of ``case``, loading to `Case`.
        options_schema: marshmallow schema of ``options``.
        checks: Rules of law run before anything is stored; any ``refuse`` forbids the act.
        statement: The statement the act prints, or None for an act of no debt.
        build: Pure: facts and statement to template values.
        required: Values of a context that must be found in the text of the document.
        retention_class: Class of the archive's retention (`storage.retention`).
        example: A complete request body that generates.
        examine: What is found before the act is built, for a kind that finds something; it then
            is `Facts.examined`.
        findings: The same as JSON (``findings.json``).
        questions: What the kind asks, as JSON.
        reads_file: The option in which a client may name an attachment (``attachment_id``) whose
            words are then its ``text``.
    """

    slug: str
    title: str
    legal_basis: Sequence[str]
    senders: Sequence[Sender]
    case_schema: type[Schema]
    options_schema: type[Schema]
    checks: Callable[[Facts, RateTables], Sequence[Check]]
    statement: Callable[[Facts, RateTables], Statement | None]
    build: Callable[[Facts, Statement | None], Context]
    required: Callable[[Context], Sequence[str]]
    retention_class: str
    example: Mapping[str, Any]
    examine: Callable[[Facts, RateTables], Any] | None = None
    findings: Callable[[Facts], Mapping[str, Any]] | None = None
    questions: Callable[[], Sequence[Mapping[str, Any]]] | None = None
    reads_file: str | None = None


def examined(kind: ActKind, facts: Facts, rates: RateTables) -> Facts:
    """The facts with what the kind finds in them, if it examines anything."""
    return facts if kind.examine is None else replace(facts, examined=kind.examine(facts, rates))
