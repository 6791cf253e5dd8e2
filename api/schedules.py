"""Dunning calendars: dated steps for a case, and the calendars there are to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask.views import MethodView

from api.auth import requires
from api.blueprint import Blueprint, may_answer, services
from api.bodies import json_request
from core.clock import civil_day
from generators.schedule_schema import PlansSchema, ScheduleSchema, load_schedule_request
from law.french import typographic
from law.schedule_plans import plans
from law.schedules import Schedule, schedule

blp = Blueprint("schedules", __name__, description="Which step of dunning is next, and when.")

EXAMPLE: Final[Mapping[str, Any]] = {
    "object": "schedule",
    "case_reference": "2026-0142",
    "as_of": "2026-10-07",
    "plan": "custom",
    "title": "Calendrier propre",
    "claim_id": "c1",
    "due_on": "2026-09-30",
    "region": "france",
    "status": "running",
    "next_step": 2,
    "steps": [
        {
            "number": 1,
            "label": "Relance n°\u00a01",
            "kind": "relance",
            "options": {"delivery": "email", "level": 1},
            "channel": "email",
            "step_type": "reminder",
            "planned_on": "2026-10-05",
            "date": "2026-10-06",
            "moved_from": None,
            "days_from_due": 6,
            "status": "done",
            "remarks": [
                {
                    "detail": typographic(
                        "Les pénalités courent sans rappel et l'indemnité de 40 € est due par "
                        "facture en retard."
                    ),
                    "article": "art. L. 441-10 II et D. 441-5 C. com.",
                },
                {
                    "detail": typographic("Une relance n'interrompt pas la prescription."),
                    "article": "art. 2240, 2241 et 2244 C. civ.",
                },
            ],
        },
        {
            "number": 2,
            "label": "Mise en demeure",
            "kind": "mise_en_demeure",
            "options": {"delivery": "registered"},
            "channel": "registered_letter",
            "step_type": "formal_notice",
            "planned_on": "2026-10-16",
            "date": "2026-10-19",
            "moved_from": "2026-10-17",
            "days_from_due": 19,
            "status": "next",
            "remarks": [
                {
                    "detail": typographic(
                        "Une mise en demeure, même recommandée, n'interrompt pas la prescription "
                        "(Cass. com., 18 mai 2022, n° 20-23.204)."
                    ),
                    "article": "art. 2240, 2241 et 2244 C. civ.",
                }
            ],
        },
    ],
    "warnings": [
        {
            "code": "claim-disputed",
            "outcome": "warn",
            "article": "art. 1219 C. civ.",
            "detail": typographic(
                "Le débiteur conteste : facture n°\u00a0F-1. Répondre avant de relancer."
            ),
            "pointer": "/case/claims/0/disputed",
        }
    ],
}


@blp.route("/schedules")
class Schedules(MethodView):
    """The dunning calendar of a case."""

    @requires("acts:read", "acts:write")
    @json_request("ScheduleRequest")
    @may_answer(422)
    @blp.response(200, ScheduleSchema, example=EXAMPLE)
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
