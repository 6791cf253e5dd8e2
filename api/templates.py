"""A cabinet's own Word templates: tried before they are accepted, versioned, live from a day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, validate

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.bodies import word_request
from api.files import BINARY, DOCX, HASH, PDF, file_answer
from api.idempotency import idempotent, keep
from api.instants import Instant
from api.paging import page_of
from api.requests import actor, required_actor
from api.schemas import SHA256, AuthorSchema, constant
from core.clock import PARIS, civil_day
from generators import pdf
from generators.drafting import template_sha256, template_source
from generators.kind import ActKind
from generators.package import MAX_PACKAGE_BYTES
from generators.registry import act_kind
from generators.template_cases import template_cases
from generators.template_names import paths_of
from jobs import templates as own
from jobs.conversion import convert_and_wait
from storage.templates import KnownTemplate, get_template, list_templates, live_template

blp = Blueprint("templates", __name__, description="A cabinet's own Word templates.")

_STATES = ["live", "scheduled", "awaiting_approval", "superseded"]


class TemplateQuery(Schema):
    """How a template is accepted."""

    live_from = fields.Date(
        load_default=None,
        metadata={"description": "Day in Paris from which acts are made with it; absent: today."},
    )
    note = fields.String(
        load_default=None,
        validate=validate.Length(min=1, max=500),
        metadata={"description": "Why there is a new version."},
    )


class TemplateVersionSchema(Schema):
    """A version of a cabinet's own template; a way back to that of the house has no file."""

    object = constant("template_version")
    kind = fields.String(required=True)
    number = fields.Integer(required=True)
    source = fields.String(required=True, metadata={"enum": ["own", "house"]})
    state = fields.String(required=True, metadata={"enum": _STATES})
    sha256 = fields.String(required=True, allow_none=True, metadata=SHA256)
    size = fields.Integer(required=True, allow_none=True, metadata={"description": "In bytes."})
    note = fields.String(required=True, allow_none=True)
    live_from = fields.Date(required=True)
    created_by = fields.Nested(AuthorSchema, required=True)
    created_at = Instant(required=True)
    approved_by = fields.Nested(AuthorSchema, required=True, allow_none=True)
    approved_at = Instant(required=True, allow_none=True)
    docx = fields.String(required=True, allow_none=True)
    preview_docx = fields.String(required=True, allow_none=True)
    preview_pdf = fields.String(required=True, allow_none=True)


class TemplateSchema(Schema):
    """With what acts of a kind are made now, and what their templates may print."""

    object = constant("template")
    kind = fields.String(required=True)
    source = fields.String(required=True, metadata={"enum": ["own", "house"]})
    sha256 = fields.String(required=True, metadata=SHA256)
    docx = fields.String(required=True, metadata={"description": "Where the file is."})
    version = fields.Nested(
        TemplateVersionSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The live version; null: the template of the house."},
    )
    pending = fields.List(
        fields.Nested(TemplateVersionSchema),
        required=True,
        metadata={"description": "Versions to come: scheduled, or awaiting approval."},
    )
    approval_required = fields.Boolean(
        required=True,
        metadata={"description": "Whether another person must approve a new version."},
    )
    names = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "What a template may print or ask: `sender.name`; `claims[].number` in "
            "a loop over `claims`.",
        },
    )


@blp.route("/templates/<kind>")
class Template(MethodView):
    """The template of a kind of act."""

    @requires("acts:read", "templates:write")
    @may_answer(404)
    @blp.response(200, TemplateSchema)
    def get(self, kind: str) -> Mapping[str, Any]:
        """Read with what acts of a kind are made, and where the file is."""
        return _template_json(act_kind(kind))

    @requires("templates:write")
    @may_answer(404)
    @word_request(MAX_PACKAGE_BYTES)
    @takes_headers("MinutierActor")
    @blp.arguments(TemplateQuery, location="query")
    @blp.response(
        200, TemplateVersionSchema, description="This file is the newest version already."
    )
    @blp.alt_response(201, schema=TemplateVersionSchema, description="A new version.")
    def put(self, query: dict[str, Any], kind: str, *, source: bytes) -> Response:
        """Use a Word template of your own for a kind of act.

        The file is checked and filled with the kind's example and with acts that differ from it
        in all that may: longest names, sixty invoices, each option. `errors` of a refusal names
        every fault with its part, paragraph, text and what to do. A template must print all that
        the act has to say by law. Acts accepted before keep their template. The same file again
        changes nothing.
        """
        found = act_kind(kind)
        known, is_new = own.put_template(
            services(), principal(), found, source, actor=actor(), **query
        )
        answer = answer_of(TemplateVersionSchema(), _told(found, known), 201 if is_new else 200)
        return answer.response()

    @requires("templates:write")
    @may_answer(404)
    @takes_headers("MinutierActor")
    @blp.response(200, TemplateSchema)
    def delete(self, kind: str) -> Mapping[str, Any]:
        """Go back to the template of the house, also for days to come.

        Versions stay readable; acts made with them keep them.
        """
        found = act_kind(kind)
        own.drop_template(services(), principal(), found, actor=actor())
        return _template_json(found)


@blp.route("/templates/<kind>/template.docx")
class TemplateFile(MethodView):
    """The file in use."""

    @requires("acts:read", "templates:write")
    @may_answer(404)
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it.")
    def get(self, kind: str) -> Response:
        """Download the template that acts are made with: your own, or that of the house.

        Begin a template of your own from it.
        """
        found = act_kind(kind)
        live = _live(found)
        data = own.stored_template(services(), live) if live else template_source(found)
        return file_answer(data, DOCX, f"{found.title}.docx")


@blp.route("/templates/<kind>/versions")
class TemplateVersions(MethodView):
    """All versions."""

    @requires("acts:read", "templates:write")
    @may_answer(404)
    @blp.response(200, page_of(TemplateVersionSchema, "TemplateVersionPage"))
    def get(self, kind: str) -> dict[str, Any]:
        """List the versions of your own template, newest first, in one page."""
        return {"data": _all_told(act_kind(kind)), "next_cursor": None}


@blp.route("/templates/<kind>/versions/<int:number>/template.docx")
class TemplateVersionFile(MethodView):
    """The file of a version."""

    @requires("acts:read", "templates:write")
    @may_answer(404)
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it.")
    def get(self, kind: str, number: int) -> Response:
        """Download a version as it was sent."""
        found, known = _version(kind, number)
        data = own.stored_template(services(), known)
        name = f"{found.title} (modèle v{number}).docx"
        return file_answer(data, DOCX, name, sha256=known.version.sha256)


@blp.route("/templates/<kind>/versions/<int:number>/preview.docx")
class TemplatePreviewWord(MethodView):
    """The kind's example by a version, in Word."""

    @requires("acts:read", "templates:write")
    @may_answer(404)
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it.")
    def get(self, kind: str, number: int) -> Response:
        """Download the kind's example as this version makes it."""
        found, known = _version(kind, number)
        return file_answer(_preview(found, known), DOCX, f"{found.title} (exemple v{number}).docx")


@blp.route("/templates/<kind>/versions/<int:number>/preview.pdf")
class TemplatePreviewPdf(MethodView):
    """The kind's example by a version, in PDF."""

    @requires("acts:read", "templates:write")
    @may_answer(404, 422)
    @blp.response(200, BINARY, content_type=PDF, headers=HASH)
    @blp.alt_response(304, description="You have it.")
    def get(self, kind: str, number: int) -> Response:
        """Look at the kind's example as this version makes it; a worker makes the PDF."""
        found, known = _version(kind, number)
        return pdf_preview(found, _preview(found, known), f"{found.title} (exemple v{number}).pdf")


@blp.route("/templates/<kind>/versions/<int:number>/approve")
class TemplateApproval(MethodView):
    """The approval of a version by another person."""

    @requires("templates:write")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("RequiredMinutierActor")
    @blp.response(200, TemplateVersionSchema)
    def post(self, kind: str, number: int) -> Response:
        """Approve a version that another person sent; no body.

        Needed where the service is set to it; the version is then live from its day on.
        """
        found = act_kind(kind)
        approved = own.approve_template(
            services(),
            principal(),
            found,
            number,
            actor=required_actor(),
            within=lambda tx, known: keep(
                tx, answer_of(TemplateVersionSchema(), _told(found, known, live_in=tx), 200)
            ),
        )
        return answer_of(TemplateVersionSchema(), _told(found, approved), 200).response()


def pdf_preview(kind: ActKind, docx: bytes, name: str) -> Response:
    """An example in PDF, made by a worker, with the properties that an act would have."""
    example = template_cases(kind, services().rates()).trials[0].context["document"]
    exported = convert_and_wait(services(), principal().tenant_id, docx)
    day = datetime.combine(datetime.fromisoformat(example["date"]).date(), time(), tzinfo=PARIS)
    made = pdf.finish(
        exported,
        title=example["title"],
        author=example["author"],
        subject=example["subject"],
        language="fr-FR",
        created_at=day.astimezone(UTC),
    )
    tag = hashlib.sha256(docx).hexdigest()  # no two exports give the same bytes
    return file_answer(made, PDF, name, sha256=tag, inline=True)


def _version(kind: str, number: int) -> tuple[ActKind, KnownTemplate]:
    found = act_kind(kind)
    with services().database.reading() as tx:
        return found, get_template(tx, principal().tenant_id, found.slug, number)


def _preview(kind: ActKind, known: KnownTemplate) -> bytes:
    return own.example_docx(services(), kind, own.stored_template(services(), known))


def _live(kind: ActKind) -> KnownTemplate | None:
    today = civil_day(services().now())
    with services().database.reading() as tx:
        return live_template(tx, principal().tenant_id, kind.slug, today)


def _template_json(kind: ActKind) -> Mapping[str, Any]:
    told = _all_told(kind)
    live = next((one for one in told if one["state"] == "live" and one["source"] == "own"), None)
    cases = template_cases(kind, services().rates())
    return {
        "kind": kind.slug,
        "source": "own" if live else "house",
        "sha256": live["sha256"] if live else template_sha256(kind),
        "docx": f"/v1/templates/{kind.slug}/template.docx",
        "version": live,
        "pending": [one for one in told if one["state"] in {"scheduled", "awaiting_approval"}],
        "approval_required": services().settings.template_approval,
        "names": list(paths_of(cases.names)),
    }


def _all_told(kind: ActKind) -> list[dict[str, Any]]:
    today = civil_day(services().now())
    with services().database.reading() as tx:
        known = list_templates(tx, principal().tenant_id, kind.slug)
        live = live_template(tx, principal().tenant_id, kind.slug, today)
    return _json_of(kind, known, live)


def _told(kind: ActKind, known: KnownTemplate, *, live_in: Any = None) -> dict[str, Any]:
    """A version among the others, which say whether it is live."""
    if live_in is None:
        return next(one for one in _all_told(kind) if one["number"] == known.version.number)
    today, tenant_id = civil_day(services().now()), principal().tenant_id
    everything = list_templates(live_in, tenant_id, kind.slug)
    live = live_template(live_in, tenant_id, kind.slug, today)
    told = _json_of(kind, everything, live)
    return next(one for one in told if one["number"] == known.version.number)


def _json_of(
    kind: ActKind, known: list[KnownTemplate], live: KnownTemplate | None
) -> list[dict[str, Any]]:
    today = civil_day(services().now())
    ways_back = [one.version.number for one in known if one.version.sha256 is None]
    last = max(ways_back, default=0)

    def state(one: KnownTemplate) -> str:
        number = one.version.number
        if number == (live.version.number if live else last):
            return "live"
        if number < last:
            return "superseded"
        if one.waits:
            return "awaiting_approval"
        return "scheduled" if one.version.live_from > today else "superseded"

    return [_one_json(kind, one, state(one)) for one in known]


def _one_json(kind: ActKind, known: KnownTemplate, state: str) -> dict[str, Any]:
    version, approval = known.version, known.approval
    base = f"/v1/templates/{kind.slug}/versions/{version.number}"
    is_own = version.sha256 is not None
    return {
        "kind": kind.slug,
        "number": version.number,
        "source": "own" if is_own else "house",
        "state": state,
        "sha256": version.sha256,
        "size": version.size,
        "note": version.note,
        "live_from": version.live_from,
        "created_by": {"key_id": version.key_id, "actor": version.actor_name},
        "created_at": version.created_at,
        "approved_by": {"key_id": approval.key_id, "actor": approval.actor_name}
        if approval
        else None,
        "approved_at": approval.approved_at if approval else None,
        "docx": f"{base}/template.docx" if is_own else None,
        "preview_docx": f"{base}/preview.docx" if is_own else None,
        "preview_pdf": f"{base}/preview.pdf" if is_own else None,
    }
