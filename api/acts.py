"""Acts: made, found, read, voided, tried again."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import fields, validate

from api.answers import MovedOn, answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.bodies import json_request
from api.idempotency import idempotent, keep
from api.instants import Bound
from api.paging import PageQuery, page_json, page_of
from api.requests import actor
from api.schemas import ActSchema
from api.waiting import UNFINISHED, is_not
from core.clock import civil_day
from generators.fields import FactsSchema, Text
from generators.request import load_request
from jobs import commands
from jobs.attachments import with_terms
from storage import acts
from storage.acts import Act, ActFilters

blp = Blueprint("acts", __name__, description="Acts, from the request to the draft.")

ActPageSchema = page_of(ActSchema, "ActPage")


class ActQuery(PageQuery):
    """What a list of acts is narrowed to."""

    kind = fields.String(metadata={"description": "Slug of the kind."})
    status = fields.String(
        validate=validate.OneOf(ActSchema().fields["status"].metadata["enum"]),
        metadata={"description": "Where the act stands."},
    )
    case_reference = fields.String(metadata={"description": "The client's own file number."})
    debtor = fields.String(
        metadata={"description": "Part of the debtor's name; case and accents do not count."}
    )
    siren = fields.String(metadata={"description": "The debtor's SIREN."})
    created_from = Bound(metadata={"description": "Made since this instant, or this day in Paris."})
    created_to = Bound(
        upper=True,
        metadata={"description": "Made before this instant, or by the end of this day in Paris."},
    )
    q = fields.String(
        metadata={"description": "Words of the file number, of either name, or the SIREN."}
    )


class VoidSchema(FactsSchema):
    """Why an act is voided."""

    reason = Text("Why; it is kept in the audit trail.", most=2000, multiline=True, required=True)


@blp.route("/acts")
class Acts(MethodView):
    """All acts of a tenant."""

    @requires("acts:write")
    @idempotent
    @json_request("ActRequest")
    @takes_headers("Prefer", "MinutierActor")
    @blp.response(201, ActSchema, description="The draft is ready, or could not be made.")
    @blp.alt_response(202, schema=ActSchema, description="Accepted; the draft is being made.")
    def post(self, body: dict[str, Any]) -> Response:
        """Make an act.

        The facts are checked first, by form and by law; what is refused leaves no trace. An
        accepted act is answered at once as `queued` (202). With `Prefer: wait=N` the answer
        waits up to N seconds for the draft: 201 once it is made, or once it has `failed`,
        with the problem on the act; else 202 as without it.
        """
        body = with_terms(services(), principal().tenant_id, body)
        request = load_request(body, today=civil_day(services().now()))
        moved = MovedOn(ActSchema(), has_ended=is_not(UNFINISHED), location="/v1/acts/{id}")
        act = commands.create_act(
            services(), principal(), request, actor=actor(), within=moved.keep_accepted
        )
        return moved.answer(act)

    @requires("acts:read")
    @blp.arguments(ActQuery, location="query")
    @blp.response(200, ActPageSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List acts, newest first."""
        limit, cursor = query.pop("limit"), query.pop("cursor")
        with services().database.reading() as tx:
            page = acts.find_acts(
                tx, principal().tenant_id, ActFilters(**query), limit=limit, cursor=cursor
            )
        return page_json(page)


@blp.route("/acts/<act_id>")
class OneAct(MethodView):
    """One act."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, ActSchema)
    def get(self, act_id: str) -> Act:
        """Read an act."""
        with services().database.reading() as tx:
            return acts.get_act(tx, principal().tenant_id, act_id)


@blp.route("/acts/<act_id>/void")
class Void(MethodView):
    """The end of an act that shall not be used."""

    @requires("acts:write")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("MinutierActor")
    @blp.arguments(VoidSchema, example={"reason": "La créance a été payée entre-temps."})
    @blp.response(200, ActSchema)
    def post(self, body: dict[str, Any], act_id: str) -> Response:
        """Void an act.

        For good; its versions and its audit trail stay. An archived act cannot be voided.
        """
        act = commands.void_act(
            services(),
            principal(),
            act_id,
            reason=body["reason"],
            actor=actor(),
            within=lambda tx, voided: keep(tx, answer_of(ActSchema(), voided, 200)),
        )
        return answer_of(ActSchema(), act, 200).response()


@blp.route("/acts/<act_id>/retry")
class Retry(MethodView):
    """Another try for an act that failed."""

    @requires("acts:write")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("Prefer", "MinutierActor")
    @blp.response(200, ActSchema, description="The draft is ready, or failed again.")
    @blp.alt_response(202, schema=ActSchema, description="The draft is being made.")
    def post(self, act_id: str) -> Response:
        """Try again to make an act that failed; no body."""
        moved = MovedOn(ActSchema(), has_ended=is_not(UNFINISHED), done=200)
        act = commands.retry_act(
            services(), principal(), act_id, actor=actor(), within=moved.keep_accepted
        )
        return moved.answer(act)
