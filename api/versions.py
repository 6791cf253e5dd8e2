"""Versions of an act, and their files."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, current_app
from flask.views import MethodView
from marshmallow import Schema, fields, validate

from api.answers import MovedOn
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.bodies import json_or_word_request
from api.files import (
    BINARY,
    DOCX,
    HASH,
    JSON,
    PDF,
    PNG,
    file_answer,
    file_name,
    is_known,
    not_modified,
)
from api.findings_schema import FindingsMissing, FindingsSchema
from api.forms import FileForm
from api.idempotency import idempotent
from api.paging import page_of
from api.previews import PreviewCache
from api.requests import actor
from api.schemas import ActSchema, VersionSchema
from api.waiting import UNFINISHED, is_not
from core.errors import Conflict, NotFound
from generators.fields import Fact, FactsSchema, Text
from generators.pdf import PageMissing
from generators.registry import act_kind
from jobs import commands
from jobs.uploads import upload_version
from storage import acts, versions
from storage.acts import Act
from storage.drafts import get_content
from storage.versions import Version

blp = Blueprint("versions", __name__, description="Versions of acts and their files.")


class VersionNotReady(Conflict):
    """The version has no files yet: it is being made, or could not be made."""

    slug = "version-not-ready"
    title = "The version has no files yet"
    retry_after_seconds = 2


class DossierMissing(NotFound):
    """No exhibit of the version has a file: there is nothing to bind."""

    slug = "dossier-missing"
    title = "The version has no bound file"


class PreviewQuery(Schema):
    """How a page is drawn."""

    dpi = fields.Integer(
        load_default=96,
        validate=validate.Range(min=36, max=300),
        metadata={"description": "Dots per inch, from 36 to 300."},
    )


class Part(Fact[Any]):
    """A part of a request that is loaded with the rest of it."""

    def read(self, value: Any) -> Any:
        """The part as it came."""
        return value


class VersionBody(FactsSchema):
    """What a new version changes."""

    case = Part()
    options = Part()
    as_of = Part()
    note = Text("Why there is a new version.", most=2000, multiline=True)


class UploadBody(FactsSchema):
    """What comes with an edited Word file."""

    note = Text("Why there is a new version.", most=2000, multiline=True)


@blp.route("/acts/<act_id>/versions")
class Versions(MethodView):
    """All versions of an act."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, page_of(VersionSchema, "VersionPage"))
    def get(self, act_id: str) -> dict[str, Any]:
        """List the versions of an act, first to last, in one page."""
        tenant_id = principal().tenant_id
        with services().database.reading() as tx:
            acts.get_act(tx, tenant_id, act_id)
            found = versions.list_versions(tx, tenant_id, act_id)
        return {"data": found, "next_cursor": None}

    @requires("acts:write")
    @idempotent
    @json_or_word_request("VersionRequest", "VersionUpload", problems=(404, 409))
    @takes_headers("Prefer", "MinutierActor")
    @blp.response(201, ActSchema, description="The draft is ready, or could not be made.")
    @blp.alt_response(202, schema=ActSchema, description="Accepted; the draft is being made.")
    def post(self, body: dict[str, Any] | FileForm, act_id: str) -> Response:
        """Make a new version from other facts, or from an edited Word file.

        As JSON: `case`, `options` and `as_of` that are left out stay as they were. As
        `multipart/form-data`: `file` is taken as it is, made a PDF, and keeps the data of the
        version that it descends from; macros, links to the outside, embedded objects and
        encryption are refused; what is left to settle or to acknowledge is in the version's
        `concerns`. The new version is the current one; a review of an earlier one no longer
        counts.
        """
        moved = MovedOn(
            ActSchema(), has_ended=is_not(UNFINISHED), location="/v1/acts/{id}/versions"
        )
        if isinstance(body, FileForm):
            act = _uploaded(act_id, body, moved)
        else:
            act = _changed(act_id, body, moved)
        return moved.answer(act)


@blp.route("/acts/<act_id>/versions/<int:number>")
class OneVersion(MethodView):
    """One version."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, VersionSchema)
    def get(self, act_id: str, number: int) -> Version:
        """Read a version, with its checks, its statement and what it was made from."""
        return _read(act_id, number)[1]


@blp.route("/acts/<act_id>/versions/<int:number>/document.docx")
class Word(MethodView):
    """The Word file."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409)
    @blp.response(200, BINARY, content_type=DOCX, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the Word file of a version."""
        act, version = _read(act_id, number)
        return _content(act, version, version.docx_sha256, DOCX, "docx")


@blp.route("/acts/<act_id>/versions/<int:number>/document.pdf")
class Pdf(MethodView):
    """The PDF file."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409)
    @blp.response(200, BINARY, content_type=PDF, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the PDF/A of a version."""
        act, version = _read(act_id, number)
        return _content(act, version, version.pdf_sha256, PDF, "pdf")


@blp.route("/acts/<act_id>/versions/<int:number>/data.json")
class Data(MethodView):
    """The request a version was made from."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404)
    @blp.response(200, {"type": "object"}, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the data of a version: the request as accepted, in canonical JSON."""
        act, version = _read(act_id, number)
        name = _name(act, version, "json", suffix="données")
        return file_answer(version.snapshot.encode(), JSON, name, sha256=version.data_sha256)


@blp.route("/acts/<act_id>/versions/<int:number>/findings.json")
class Findings(MethodView):
    """What the making of a version found."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409)
    @blp.response(200, FindingsSchema, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the findings of an `audit_cgv`, with their scores and what is left to ask.

        They are kept as they were found: a change of the rules changes no version that was made.
        """
        act, version = _read(act_id, number)
        if version.status == "ready" and version.findings_sha256 is None:
            raise FindingsMissing(f"an act of kind {act.kind} has no findings")
        return _content(act, version, version.findings_sha256, JSON, "json", suffix="constats")


@blp.route("/acts/<act_id>/versions/<int:number>/dossier.pdf")
class BoundFile(MethodView):
    """The act and its exhibits."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409)
    @blp.response(200, BINARY, content_type=PDF, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str, number: int) -> Response:
        """Download the act bound with its exhibits: a list, then each, stamped with its number.

        Bound are the exhibits of the case that name an attachment. `dossier` of the version says
        whether the file is PDF/A-3b, and which exhibits keep it from being so.
        """
        act, version = _read(act_id, number)
        if version.status == "ready" and version.dossier is None:
            raise DossierMissing("no exhibit of this version has a file")
        sha256 = version.dossier["sha256"] if version.dossier else None
        return _content(act, version, sha256, PDF, "pdf", suffix="dossier")


@blp.route("/acts/<act_id>/versions/<int:number>/preview/<int:page>.png")
class Preview(MethodView):
    """A page as an image."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404, 409, 422)
    @blp.arguments(PreviewQuery, location="query")
    @blp.response(200, BINARY, content_type=PNG, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, query: dict[str, Any], act_id: str, number: int, page: int) -> Response:
        """Look at a page of a version; pages count from 1."""
        act, version = _read(act_id, number)
        if version.pdf_sha256 is None:
            raise _not_ready(version)
        if not 1 <= page <= (version.pages or 0):
            raise PageMissing(f"version {number} has {version.pages} pages")
        png = _previews().page(
            version.pdf_sha256,
            page,
            query["dpi"],
            lambda: get_content(services().drafts, act.tenant_id, str(version.pdf_sha256)),
        )
        name = _name(act, version, "png", suffix=f"page {page}")
        return file_answer(png, PNG, name, sha256=hashlib.sha256(png).hexdigest(), inline=True)


def _changed(act_id: str, body: dict[str, Any], moved: MovedOn) -> Act:
    changes = VersionBody().load(body)
    return commands.new_version(
        services(),
        principal(),
        act_id,
        {key: body[key] for key in ("case", "options", "as_of") if key in body},
        note=changes.get("note"),
        actor=actor(),
        within=moved.keep_accepted,
    )


def _uploaded(act_id: str, form: FileForm, moved: MovedOn) -> Act:
    said = UploadBody().load(form.texts)
    return upload_version(
        services(),
        principal(),
        act_id,
        form.file,
        note=said.get("note"),
        actor=actor(),
        within=moved.keep_accepted,
    )


def _read(act_id: str, number: int) -> tuple[Act, Version]:
    tenant_id = principal().tenant_id
    with services().database.reading() as tx:
        act = acts.get_act(tx, tenant_id, act_id)
        return act, versions.get_version(tx, tenant_id, act_id, number)


def _content(
    act: Act,
    version: Version,
    sha256: str | None,
    media_type: str,
    extension: str,
    *,
    suffix: str = "",
) -> Response:
    if sha256 is None:
        raise _not_ready(version)
    if is_known(sha256):
        return not_modified(sha256)
    data = get_content(services().drafts, act.tenant_id, sha256)
    name = _name(act, version, extension, suffix=suffix)
    return file_answer(data, media_type, name, sha256=sha256)


def _not_ready(version: Version) -> VersionNotReady:
    return VersionNotReady(f"version {version.number} is {version.status}")


def _name(act: Act, version: Version, extension: str, *, suffix: str = "") -> str:
    title = act_kind(act.kind).title
    return file_name(act, title, version.number, extension, suffix=suffix)


def _previews() -> PreviewCache:
    cache: PreviewCache = current_app.extensions.setdefault("minutier.previews", PreviewCache())
    return cache
