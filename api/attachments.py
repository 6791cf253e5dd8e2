"""Supporting files: uploaded before an act or for one, archived with it."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, may_be, services, takes_headers
from api.bodies import file_request
from api.files import BINARY, DOCX, HASH, PDF, file_answer, is_known, not_modified, safe_name
from api.forms import FileForm
from api.idempotency import Answer, idempotent, keep
from api.instants import Instant
from api.paging import page_of
from api.requests import actor
from api.schemas import SHA256, AuthorSchema, constant
from generators.attachments import MOST_BYTES
from generators.fields import FactsSchema, Text
from jobs.attachments import UNCLAIMED_FOR, Upload, discard, receive
from storage import acts, attachments
from storage.attachments import Attachment, file_bytes, get_attachment

blp = Blueprint("attachments", __name__, description="Supporting files and proofs.")

_MOST_NAME = 120
_NAMELESS = "pièce"


class UploadTextsSchema(FactsSchema):
    """What comes with a file."""

    label = Text("What it is, in your words.", most=300)


class AttachmentSchema(Schema):
    """A supporting file."""

    id = fields.String(required=True, metadata={"example": "att_01KATQ4S9WQ6YB5R7N6EVJ1D3K"})
    object = constant("attachment")
    act_id = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The act that it belongs to, for good; null: none yet."},
    )
    label = fields.String(required=True, allow_none=True)
    file_name = fields.String(required=True, metadata={"example": "F-2026-001.pdf"})
    media_type = fields.String(required=True, metadata={"description": "By its content."})
    size = fields.Integer(required=True, metadata={"description": "Bytes."})
    sha256 = fields.String(required=True, metadata=SHA256)
    pages = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Null for a Word file."}
    )
    url = fields.String(required=True, metadata={"description": "Where the file is."})
    created_by = fields.Nested(AuthorSchema, required=True)
    created_at = Instant(required=True)
    claimed_at = Instant(required=True, allow_none=True)
    expires_at = Instant(
        required=True,
        allow_none=True,
        metadata={"description": "When it is deleted unless an act claims it; null: never."},
    )

    @pre_dump
    def _shape(self, one: Attachment, **_: Any) -> dict[str, Any]:
        same = ("id", "act_id", "label", "file_name", "media_type", "size", "sha256", "pages")
        return {
            **{name: getattr(one, name) for name in same},
            "url": f"/v1/attachments/{one.id}/content",
            "created_by": {"key_id": one.key_id, "actor": one.actor_name},
            "created_at": one.created_at,
            "claimed_at": one.claimed_at,
            "expires_at": None if one.act_id else one.created_at + UNCLAIMED_FOR,
        }


@blp.route("/attachments")
class Attachments(MethodView):
    """Files that belong to no act yet."""

    @requires("acts:write")
    @idempotent
    @file_request("AttachmentUpload", MOST_BYTES)
    @takes_headers("MinutierActor")
    @blp.response(201, AttachmentSchema)
    def post(self, form: FileForm) -> Response:
        """Upload a supporting file before its act.

        A request for an act claims it by its id: an exhibit's `attachment_id`, or that of an
        audit's terms. What no act claims within 24 hours is deleted. The content decides what a
        file is: PDF, PNG or JPEG; Word for an audit alone. Refused are encrypted files and those
        that hold programs, other files or links to the outside.
        """
        return _received(form, None)


@blp.route("/attachments/<attachment_id>")
class OneAttachment(MethodView):
    """One file."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, AttachmentSchema)
    def get(self, attachment_id: str) -> Attachment:
        """Read what is known of a supporting file."""
        return _read(attachment_id)

    @requires("acts:write")
    @may_answer(404, 409)
    @blp.response(204)
    def delete(self, attachment_id: str) -> Response:
        """Delete a file that no act has claimed."""
        discard(services(), principal(), attachment_id)
        return Response(status=204)


@blp.route("/attachments/<attachment_id>/content")
class Content(MethodView):
    """The file itself."""

    @requires("acts:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404)
    @may_be("image/png", "image/jpeg", DOCX)
    @blp.response(200, BINARY, content_type=PDF, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, attachment_id: str) -> Response:
        """Download a supporting file as it came."""
        found = _read(attachment_id)
        if is_known(found.sha256):
            return not_modified(found.sha256)
        data = file_bytes(services().drafts, found)
        return file_answer(data, found.media_type, found.file_name, sha256=found.sha256)


@blp.route("/acts/<act_id>/attachments")
class AttachmentsOfAct(MethodView):
    """The files of an act."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, page_of(AttachmentSchema, "AttachmentPage"))
    def get(self, act_id: str) -> dict[str, Any]:
        """List the files of an act in the order in which they joined it, in one page."""
        tenant_id = principal().tenant_id
        with services().database.reading() as tx:
            acts.get_act(tx, tenant_id, act_id)
            found = attachments.attachments_of(tx, tenant_id, act_id)
        return {"data": found, "next_cursor": None}

    @requires("acts:write")
    @idempotent
    @file_request("AttachmentUpload", MOST_BYTES, problems=(404, 409))
    @takes_headers("MinutierActor")
    @blp.response(201, AttachmentSchema)
    def post(self, form: FileForm, act_id: str) -> Response:
        """Add a file to an act, such as a postal receipt.

        Until the act is archived, with which it is kept; it changes no version.
        """
        return _received(form, act_id)


def _received(form: FileForm, act_id: str | None) -> Response:
    said = UploadTextsSchema().load(form.texts)
    made = receive(
        services(),
        principal(),
        Upload(data=form.file, file_name=_name(form.file_name), label=said.get("label")),
        act_id=act_id,
        actor=actor(),
        within=lambda tx, made: keep(tx, _answer(made)),
    )
    return _answer(made).response()


def _answer(made: Attachment) -> Answer:
    headers = {"Location": f"/v1/attachments/{made.id}"}
    return answer_of(AttachmentSchema(), made, 201, headers)


def _name(given: str) -> str:
    """The file's own name without folders and what a file system forbids."""
    return safe_name(given.replace("\\", "/").rsplit("/", 1)[-1])[:_MOST_NAME] or _NAMELESS


def _read(attachment_id: str) -> Attachment:
    with services().database.reading() as tx:
        return get_attachment(tx, principal().tenant_id, attachment_id)
