"""Comments of reviewers: anchored to a page and a quotation, threaded, resolved."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.idempotency import idempotent, keep
from api.instants import Instant
from api.paging import page_of
from api.requests import actor
from api.schemas import AuthorSchema, constant
from generators.fields import FactsSchema, Flag, Text, WholeNumber
from generators.schema_base import One
from jobs.reviewing import CommentRequest, add_comment, resolve_comment
from storage import acts, comments
from storage.comments import Comment

blp = Blueprint("comments", __name__, description="What reviewers say of a version.")

_EXAMPLE = {
    "version": 1,
    "body": "Le taux convenu est de 15 %, pas de 12 %.",
    "anchor": {"page": 1, "quote": "au taux de 12 %"},
    "in_reply_to": None,
}


class AnchorSchema(FactsSchema):
    """What of the version is meant."""

    page = WholeNumber("Page of the PDF, from 1.", least=1, most=10_000, required=True)
    quote = Text("The words that are meant.", most=2000, multiline=True)


class NewCommentSchema(FactsSchema):
    """A comment, or an answer to one."""

    version = WholeNumber("The version that is meant.", least=1, most=1_000_000, required=True)
    body = Text("What is said.", most=10_000, multiline=True, required=True)
    anchor = One(AnchorSchema, "What of the version is meant; null: all of it.")
    in_reply_to = Text("Id of the comment that began the thread.", most=100)

    def make(self, data: Any) -> CommentRequest:
        """The request."""
        anchor = data.get("anchor") or {}
        return CommentRequest(
            version=data["version"],
            body=data["body"],
            page=anchor.get("page"),
            quote=anchor.get("quote"),
            in_reply_to=data.get("in_reply_to"),
        )


class ResolutionSchema(FactsSchema):
    """Whether a thread is settled."""

    resolved = Flag("Whether it is settled.", required=True)


class CommentAnchorSchema(Schema):
    """What of the version is meant."""

    page = fields.Integer(required=True)
    quote = fields.String(required=True, allow_none=True, metadata={"example": "au taux de 12 %"})


class CommentSchema(Schema):
    """What a reviewer said of a version."""

    id = fields.String(required=True)
    object = constant("comment")
    act_id = fields.String(required=True)
    version = fields.Integer(required=True)
    body = fields.String(required=True)
    anchor = fields.Nested(CommentAnchorSchema, required=True, allow_none=True)
    in_reply_to = fields.String(required=True, allow_none=True)
    resolved = fields.Boolean(required=True)
    resolved_at = Instant(required=True, allow_none=True)
    resolved_by = fields.String(required=True, allow_none=True)
    created_by = fields.Nested(AuthorSchema, required=True)
    created_at = Instant(required=True)

    @pre_dump
    def _shape(self, comment: Comment, **_: Any) -> dict[str, Any]:
        same = ("id", "act_id", "version", "body", "in_reply_to", "resolved_at", "resolved_by")
        anchor = {"page": comment.page, "quote": comment.quote}
        return {
            **{name: getattr(comment, name) for name in same},
            "anchor": None if comment.page is None else anchor,
            "resolved": comment.resolved_at is not None,
            "created_by": {"key_id": comment.key_id, "actor": comment.actor_name},
            "created_at": comment.at,
        }


@blp.route("/acts/<act_id>/comments")
class Comments(MethodView):
    """The comments on an act."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, page_of(CommentSchema, "CommentPage"))
    def get(self, act_id: str) -> dict[str, Any]:
        """List the comments on an act, on every version, oldest first, in one page."""
        with services().database.reading() as tx:
            acts.get_act(tx, principal().tenant_id, act_id)
            found = comments.list_comments(tx, act_id)
        return {"data": found, "next_cursor": None}

    @requires("acts:review", "acts:write")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("MinutierActor")
    @blp.arguments(NewCommentSchema, example=_EXAMPLE)
    @blp.response(201, CommentSchema)
    def post(self, wanted: CommentRequest, act_id: str) -> Response:
        """Comment a version, or answer a comment; what was said stays said."""
        made = add_comment(
            services(),
            principal(),
            act_id,
            wanted,
            actor=actor(),
            within=lambda tx, made: keep(tx, answer_of(CommentSchema(), made, 201)),
        )
        return answer_of(CommentSchema(), made, 201).response()


@blp.route("/acts/<act_id>/comments/<comment_id>")
class OneComment(MethodView):
    """One comment."""

    @requires("acts:review", "acts:write")
    @may_answer(404, 409, 422)
    @takes_headers("MinutierActor")
    @blp.arguments(ResolutionSchema, example={"resolved": True})
    @blp.response(200, CommentSchema)
    def patch(self, body: dict[str, Any], act_id: str, comment_id: str) -> Comment:
        """Resolve a thread, or open it again."""
        return resolve_comment(
            services(),
            principal(),
            act_id,
            comment_id,
            resolved=body["resolved"],
            actor=actor(),
        )
