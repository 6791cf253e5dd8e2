"""Links to the review page, for lawyers who have no case-management system open."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.idempotency import Answer, idempotent, keep
from api.instants import Instant
from api.paging import page_of
from api.requests import actor
from api.schemas import AuthorSchema, constant
from generators.fields import Email, FactsSchema, Text, WholeNumber
from generators.schema_base import One
from jobs.review_links import LinkRequest, link_url, make_link, revoke_link
from storage import acts, review_links
from storage.review_links import ReviewLink

blp = Blueprint("review_links", __name__, description="Links to the page for reviewers.")

_WEEK_HOURS = 168
_EXAMPLE = {
    "reviewer": {"name": "Me Jeanne Exemple", "email": "jane@cabinet.example"},
    "expires_in_hours": 72,
    "remind_every_days": 2,
}


class ReviewerSchema(FactsSchema):
    """Who is to review."""

    name = Text("As decisions and comments name them, if there is no address.", most=200,
                required=True)  # fmt: skip
    email = Email("Where the link is sent; it then names them in decisions and comments.")


class NewReviewLinkSchema(FactsSchema):
    """A link to be made."""

    reviewer = One(ReviewerSchema, "Who is to review.", required=True)
    expires_in_hours = WholeNumber(
        "For how long the link is good; a week unless said.", least=1, most=24 * 90
    )
    remind_every_days = WholeNumber(
        "How often the reviewer is reminded while the act waits; absent: never.", least=1, most=30
    )

    def make(self, data: Any) -> LinkRequest:
        """The request."""
        return LinkRequest(
            reviewer_name=data["reviewer"]["name"],
            reviewer_email=data["reviewer"].get("email"),
            expires_in_hours=data.get("expires_in_hours") or _WEEK_HOURS,
            remind_every_days=data.get("remind_every_days"),
        )


class LinkReviewerSchema(Schema):
    """Who is to review."""

    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)


class ReviewLinkSchema(Schema):
    """A link to the review page of one act."""

    id = fields.String(required=True)
    object = constant("review_link")
    act_id = fields.String(required=True)
    reviewer = fields.Nested(LinkReviewerSchema, required=True)
    url = fields.String(
        required=True, metadata={"description": "Whoever has it may review the act: a secret."}
    )
    expires_at = Instant(required=True)
    revoked_at = Instant(required=True, allow_none=True)
    used_at = Instant(
        required=True,
        allow_none=True,
        metadata={"description": "When something was first done through it."},
    )
    mailed_at = Instant(required=True, allow_none=True)
    mail_problem = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why the mail server refused the message for good."},
    )
    remind_every_days = fields.Integer(required=True, allow_none=True)
    remind_at = Instant(required=True, allow_none=True)
    reminders = fields.Integer(required=True)
    created_by = fields.Nested(AuthorSchema, required=True)
    created_at = Instant(required=True)

    @pre_dump
    def _shape(self, link: ReviewLink, **_: Any) -> dict[str, Any]:
        same = ("id", "act_id", "expires_at", "revoked_at", "used_at", "mailed_at", "mail_problem",
                "remind_every_days", "remind_at", "reminders", "created_at")  # fmt: skip
        return {
            **{name: getattr(link, name) for name in same},
            "reviewer": {"name": link.reviewer_name, "email": link.reviewer_email},
            "url": link_url(services(), link),
            "created_by": {"key_id": link.key_id, "actor": link.actor_name},
        }


@blp.route("/acts/<act_id>/review_links")
class ReviewLinks(MethodView):
    """The links of an act."""

    @requires("acts:review")
    @may_answer(404)
    @blp.response(200, page_of(ReviewLinkSchema, "ReviewLinkPage"))
    def get(self, act_id: str) -> dict[str, Any]:
        """List the links of an act, oldest first, in one page."""
        tenant_id = principal().tenant_id
        with services().database.reading() as tx:
            acts.get_act(tx, tenant_id, act_id)
            found = review_links.links_of(tx, tenant_id, act_id)
        return {"data": found, "next_cursor": None}

    @requires("acts:review")
    @idempotent
    @may_answer(404)
    @takes_headers("MinutierActor")
    @blp.arguments(NewReviewLinkSchema, example=_EXAMPLE)
    @blp.response(201, ReviewLinkSchema)
    def post(self, wanted: LinkRequest, act_id: str) -> Response:
        """Make a link to a page on which an act is read, commented, edited and decided on.

        It is sent to `reviewer.email` if there is one and mail is configured; else pass `url` on.
        What is done through it is done in the name of the reviewer, under the cabinet's rules.
        """
        made = make_link(
            services(),
            principal(),
            act_id,
            wanted,
            actor=actor(),
            within=lambda tx, made: keep(tx, _answer(made)),
        )
        return _answer(made).response()


@blp.route("/acts/<act_id>/review_links/<link_id>")
class OneReviewLink(MethodView):
    """One link."""

    @requires("acts:review")
    @may_answer(404)
    @takes_headers("MinutierActor")
    @blp.response(204)
    def delete(self, act_id: str, link_id: str) -> Response:
        """Revoke a link; it stays in the list."""
        revoke_link(services(), principal(), act_id, link_id, actor=actor())
        return Response(status=204)


def _answer(made: ReviewLink) -> Answer:
    return answer_of(ReviewLinkSchema(), made, 201)
