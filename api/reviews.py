"""Decisions of lawyers on exact versions."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.idempotency import idempotent, keep
from api.paging import page_of
from api.requests import required_actor
from api.schemas import ReviewSchema
from generators.fields import Choice, FactsSchema, Text, WholeNumber
from jobs import commands
from storage import acts, reviews

blp = Blueprint("reviews", __name__, description="A lawyer's approval, or what is to be changed.")


class DecisionSchema(FactsSchema):
    """A decision on one exact version."""

    version = WholeNumber(
        "Number of the version that was read.", least=1, most=1_000_000, required=True
    )
    decision = Choice(("approve", "request_changes"), "The decision.", required=True)
    comment = Text("Why, or what is to be changed.", most=5000, multiline=True)


@blp.route("/acts/<act_id>/reviews")
class Reviews(MethodView):
    """The decisions on an act."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, page_of(ReviewSchema, "ReviewPage"))
    def get(self, act_id: str) -> dict[str, Any]:
        """List the decisions on an act, oldest first, in one page."""
        with services().database.reading() as tx:
            acts.get_act(tx, principal().tenant_id, act_id)
            found = reviews.list_reviews(tx, act_id)
        return {"data": found, "next_cursor": None}

    @requires("acts:review")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("RequiredMinutierActor")
    @blp.arguments(DecisionSchema, example={"version": 1, "decision": "approve"})
    @blp.response(201, ReviewSchema)
    def post(self, body: dict[str, Any], act_id: str) -> Response:
        """Approve a version, or request changes.

        `Minutier-Actor` names the human who decides. The version must be the current one and
        ready. An act may be archived once its current version is approved.
        """
        _, review = commands.review(
            services(),
            principal(),
            act_id,
            version=body["version"],
            decision=body["decision"],
            comment=body.get("comment"),
            actor=required_actor(),
            within=lambda tx, _act, made: keep(tx, answer_of(ReviewSchema(), made, 201)),
        )
        return answer_of(ReviewSchema(), review, 201).response()
