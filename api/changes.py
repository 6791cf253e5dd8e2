"""What changed between two versions: as a Word file with tracked changes, and as JSON."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump, validate

from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.files import BINARY, DOCX, HASH, file_answer, file_name, is_known, not_modified
from api.schemas import constant
from api.versions import VersionNotReady
from core.errors import Fault, InvalidFacts
from generators.changes import Change, changes
from generators.edited_word import read_edited
from generators.figures import differences, figures, names_in
from generators.redline import RedlineEngine
from generators.registry import act_kind
from storage import acts, versions
from storage.acts import Act
from storage.drafts import get_content
from storage.versions import Version

blp = Blueprint("changes", __name__, description="What changed between two versions.")


class AgainstQuery(Schema):
    """Which version is compared with."""

    against = fields.Integer(
        required=True,
        validate=validate.Range(min=1, max=1_000_000),
        metadata={"description": "Number of the version that came before."},
    )


class FigureSchema(Schema):
    """An amount, a date, a name, an IBAN, an article or a rate that is not alike in both."""

    type = fields.String(
        required=True, metadata={"enum": ["amount", "date", "name", "iban", "article", "rate"]}
    )
    value = fields.String(required=True, metadata={"example": "1234.56"})
    before = fields.Integer(required=True, metadata={"description": "How often it stood there."})
    after = fields.Integer(required=True, metadata={"description": "How often it stands there."})


class PieceSchema(Schema):
    """A stretch of a changed paragraph."""

    op = fields.String(required=True, metadata={"enum": ["equal", "insert", "delete"]})
    text = fields.String(required=True)


class ParagraphChangeSchema(Schema):
    """A paragraph, or a row of a table, that is not the same in both versions."""

    change = fields.String(
        required=True,
        attribute="kind",
        metadata={"enum": ["inserted", "deleted", "changed", "moved"]},
    )
    part = fields.String(
        required=True,
        metadata={"enum": ["document", "header", "footer", "footnotes", "endnotes"]},
    )
    before_at = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Its number among the paragraphs that say something, from 1."},
    )
    after_at = fields.Integer(required=True, allow_none=True)
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)
    pieces = fields.List(fields.Nested(PieceSchema), required=True)


class ChangeCountsSchema(Schema):
    """How many paragraphs were changed, by what was done to them."""

    inserted = fields.Integer(required=True)
    deleted = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    moved = fields.Integer(required=True)


class VersionChangesSchema(Schema):
    """What leads from one version to another."""

    act_id = fields.String(required=True)
    object = constant("changes")
    version = fields.Integer(required=True)
    against = fields.Integer(required=True)
    figures = fields.List(
        fields.Nested(FigureSchema),
        required=True,
        metadata={"description": "Those that stand in one version only come first."},
    )
    counts = fields.Nested(ChangeCountsSchema, required=True)
    paragraphs = fields.List(fields.Nested(ParagraphChangeSchema), required=True)

    @pre_dump
    def _shape(self, found: Compared, **_: Any) -> dict[str, Any]:
        done: Counter[str] = Counter(change.kind for change in found.changes)
        return {
            "act_id": found.after.act_id,
            "version": found.after.number,
            "against": found.before.number,
            "figures": found.figures,
            "counts": {name: done[name] for name in ChangeCountsSchema().fields},
            "paragraphs": found.changes,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions and what differs."""

    before: Version
    after: Version
    changes: list[Change]
    figures: list[dict[str, Any]]


@blp.route("/acts/<act_id>/versions/<int:number>/changes")
class Changes(MethodView):
    """What changed, as JSON."""

    @requires("acts:read")
    @may_answer(404, 409, 422)
    @blp.arguments(AgainstQuery, location="query")
    @blp.response(200, VersionChangesSchema)
    def get(self, query: dict[str, Any], act_id: str, number: int) -> Compared:
        """Read what a version changed in an earlier one, figures first.

        A slip in an amount, a date, a name, an IBAN or an article is what costs money: `figures`
        lists each that does not stand in both texts alike. Tracked changes count as accepted.
        """
        _, before, after = _pair(act_id, number, query["against"])
        return compare(before, after)


def compare(before: Version, after: Version) -> Compared:
    """What leads from one version to another; both have files."""
    old, new = (read_edited(_word(version)) for version in (before, after))
    names = names_in(json.loads(before.snapshot)) | names_in(json.loads(after.snapshot))
    found = differences(figures(old.text, names), figures(new.text, names))
    return Compared(
        before=before,
        after=after,
        changes=changes(old.lines, new.lines),
        figures=[
            {"type": figure.type, "value": figure.value, "before": was, "after": now}
            for figure, was, now in found
        ],
    )


@blp.route("/acts/<act_id>/versions/<int:number>/redline.docx")
class Redline(MethodView):
    """What changed, as a Word file."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409, 422)
    @blp.arguments(AgainstQuery, location="query")
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, query: dict[str, Any], act_id: str, number: int) -> Response:
        """Download a version with tracked changes against an earlier one.

        The changes are in the name of who made the version, at its instant. Accepting all of
        them gives its text, rejecting all that of the earlier one: this is checked before the
        file is sent.
        """
        act, before, after = _pair(act_id, number, query["against"])
        return redline_answer(act, before, after)


def redline_answer(act: Act, before: Version, after: Version) -> Response:
    """A version with tracked changes against an earlier one, as a file."""
    author = after.actor_name or "Minutier"
    engine = _engine()
    made_of = (engine.version, before.docx_sha256, after.docx_sha256, author, after.created_at)
    tag = hashlib.sha256(repr(made_of).encode()).hexdigest()
    if is_known(tag):
        return not_modified(tag)
    made = engine.redline(_word(before), _word(after), author=author, at=after.created_at)
    suffix = f"modifications depuis v{before.number}"
    name = file_name(act, act_kind(act.kind).title, after.number, "docx", suffix=suffix)
    return file_answer(made, DOCX, name, sha256=tag)


def _pair(act_id: str, number: int, against: int) -> tuple[Act, Version, Version]:
    """An act, the version compared with, and the one that is asked for; both have files."""
    if number == against:
        detail = "a version is compared with another one"
        fault = Fault(pointer="/against", code="same-version", detail=detail)
        raise InvalidFacts("The data are not valid; see errors.", faults=[fault])
    tenant_id = principal().tenant_id
    with services().database.reading() as tx:
        act = acts.get_act(tx, tenant_id, act_id)
        after = versions.get_version(tx, tenant_id, act_id, number)
        before = versions.get_version(tx, tenant_id, act_id, against)
    for version in (before, after):
        if version.docx_sha256 is None:
            raise VersionNotReady(f"version {version.number} is {version.status}")
    return act, before, after


def _word(version: Version) -> bytes:
    return get_content(services().drafts, version.tenant_id, str(version.docx_sha256))


def _engine() -> RedlineEngine:
    folder = services().settings.data / "engines"
    known: RedlineEngine = current_app.extensions.setdefault(
        "minutier.redlines", RedlineEngine(folder)
    )
    return known
