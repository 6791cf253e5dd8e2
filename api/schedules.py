"""Dunning calendars: dated steps for a case, and the calendars there are to choose from."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from api.auth import requires
from api.blueprint import Blueprint, may_answer, services
from api.bodies import json_request
from core.clock import civil_day
from generators.schedule_schema import PlansSchema, ScheduleSchema, load_schedule_request
from law.schedule_plans import plans
from law.schedules import Schedule, schedule

blp = Blueprint("schedules", __name__, description="Which step of dunning is next, and when.")


@blp.route("/schedules")
class Schedules(MethodView):
    """The dunning calendar of a case."""

    @requires("acts:read", "acts:write")
    @json_request("ScheduleRequest")
    @may_answer(422)
    @blp.response(200, ScheduleSchema)
    def post(self, body: dict[str, Any]) -> Schedule:
        """Date the steps of a dunning calendar for a case.

        Nothing is stored: what `case.steps` tells is taken as done. Days that are no working day
        where the debtor is are moved, after the due date to the next working day, before it to
        the one before. Without `as_of` the day is today in Paris.
        """
        wanted = load_schedule_request(body, today=civil_day(services().now()))
        return schedule(wanted.case, wanted.plan, wanted.as_of, claim_id=wanted.claim_id)


@blp.route("/schedules/plans")
class SchedulePlans(MethodView):
    """The named calendars."""

    @requires()
    @blp.response(200, PlansSchema)
    def get(self) -> dict[str, Any]:
        """List the named calendars, with their steps."""
        return {"data": list(plans().values()), "next_cursor": None}
