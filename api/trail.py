"""The audit trail of an act."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services
from api.paging import PageQuery, page_of, seq_of
from api.schemas import EventSchema
from storage import acts, trail

blp = Blueprint("trail", __name__, description="Every event of an act, in one hash chain.")


@blp.route("/acts/<act_id>/audit_trail")
class AuditTrail(MethodView):
    """The events of an act."""

    @requires("acts:read", "archive:read")
    @may_answer(404)
    @blp.arguments(PageQuery, location="query")
    @blp.response(200, page_of(EventSchema, "EventPage"))
    def get(self, query: dict[str, Any], act_id: str) -> dict[str, Any]:
        """List the events of an act, oldest first.

        Each event's `hash` is the SHA-256 of `previous_hash` (32 bytes) followed by the event
        without `hash` in canonical JSON (RFC 8785); the first `previous_hash` is 64 zeros.
        """
        limit = query["limit"]
        with services().database.reading() as tx:
            acts.get_act(tx, principal().tenant_id, act_id)
            found = trail.events(
                tx,
                principal().tenant_id,
                act_id,
                after_seq=seq_of(query["cursor"]),
                limit=limit + 1,
            )
        page = found[:limit]
        return {"data": page, "next_cursor": f"seq_{page[-1].seq}" if len(found) > limit else None}
