"""What a lawyer works in after an audit: the terms annotated, corrected, and set side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, validate

from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.files import BINARY, DOCX, HASH, file_answer, file_name
from api.findings_schema import ChangesSchema, FindingsMissing
from api.versions import VersionNotReady
from generators.audit_changes import changes_between
from generators.audit_copies import annotated_copy, corrected_copy
from generators.registry import act_kind
from generators.request import load_snapshot
from storage import acts, versions
from storage.acts import Act
from storage.attachments import file_bytes, get_attachment
from storage.drafts import get_content
from storage.versions import Version

blp = Blueprint("audits", __name__, description="Copies of audited terms, and audits compared.")


class AgainstQuery(Schema):
    """The version to compare with."""

    against = fields.Integer(
        required=True,
        validate=validate.Range(min=1),
        metadata={"description": "Number of the earlier version."},
    )


@blp.route("/acts/<act_id>/versions/<int:number>/annotated.docx")
class Annotated(MethodView):
    """The terms with comments."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409)
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the audited terms as Word, with a comment at each finding of an `audit_cgv`.

        It is a paper to work in, made from the findings as they were kept, and not itself kept.
        """
        act, version, found = _audited(act_id, number)
        return _copy(act, version, found, annotated_copy, "annoté")


@blp.route("/acts/<act_id>/versions/<int:number>/corrected.docx")
class Corrected(MethodView):
    """The terms with tracked changes."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409)
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the audited terms as Word, with the clauses proposed as tracked changes.

        Each insertion and each deletion is to be accepted or rejected; […] is to be completed.
        """
        act, version, found = _audited(act_id, number)
        return _copy(act, version, found, corrected_copy, "corrigé")


@blp.route("/acts/<act_id>/versions/<int:number>/findings_changes")
class FindingsChanges(MethodView):
    """Two audits side by side."""

    @requires("acts:read")
    @may_answer(404, 409, 422)
    @blp.arguments(AgainstQuery, location="query")
    @blp.response(200, ChangesSchema)
    def get(self, query: dict[str, Any], act_id: str, number: int) -> Mapping[str, Any]:
        """Compare the findings of a version with those of an earlier one of the same act.

        What was mended, what remains, what is new, and what can no longer be judged.
        """
        _, _, after = _audited(act_id, number)
        _, _, before = _audited(act_id, query["against"])
        return changes_between(before, after)


def _audited(act_id: str, number: int) -> tuple[Act, Version, Mapping[str, Any]]:
    tenant_id = principal().tenant_id
    with services().database.reading() as tx:
        act = acts.get_act(tx, tenant_id, act_id)
        version = versions.get_version(tx, tenant_id, act_id, number)
    if version.status != "ready":
        raise VersionNotReady(f"version {number} is {version.status}")
    if version.findings_sha256 is None:
        raise FindingsMissing(f"an act of kind {act.kind} has no findings")
    data = get_content(services().drafts, tenant_id, version.findings_sha256)
    return act, version, json.loads(data)


def _copy(
    act: Act, version: Version, found: Mapping[str, Any], write: Any, suffix: str
) -> Response:
    facts = load_snapshot(json.loads(version.snapshot)).facts
    source = _own_word_file(act, facts.options.audit.attachment_id)
    name = file_name(act, act_kind(act.kind).title, version.number, "docx", suffix=suffix)
    data = write(
        facts.options.audit.text,
        found["findings"],
        title=f"{act_kind(act.kind).title} \u2013 {facts.case.reference} ({suffix})",
        on=facts.as_of,
        source=source,
    )
    return file_answer(data, DOCX, name)


def _own_word_file(act: Act, attachment_id: str | None) -> bytes | None:
    """The client's Word file that was audited, if it was one."""
    if attachment_id is None:
        return None
    with services().database.reading() as tx:
        attachment = get_attachment(tx, act.tenant_id, attachment_id)
    if attachment.media_type != DOCX:
        return None
    return file_bytes(services().drafts, attachment)
