"""Whether the process lives, and whether acts can be made."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify
from flask.views import MethodView
from marshmallow import Schema, fields

from api.blueprint import Blueprint, services
from api.problem_schema import ProblemSchema
from api.problems import problem
from api.schemas import constant
from core.errors import MinutierError, Unavailable
from jobs.services import SOFTWARE_VERSION, Services

blp = Blueprint("health", __name__, description="For those who run the service. No API key.")


class NoWorker(Unavailable):
    """No worker with a LibreOffice gives a sign of life, so accepted acts wait."""

    slug = "no-worker"
    title = "No worker is alive"


class HealthSchema(Schema):
    """The process answers."""

    status = constant("ok")
    version = fields.String(required=True)


class DependencySchema(Schema):
    """One part that acts need."""

    status = fields.String(required=True, metadata={"enum": ["ok", "failed"]})
    duration_ms = fields.Integer(required=True)
    detail = fields.String()


class ReadinessSchema(Schema):
    """Acts can be made."""

    status = constant("ready")
    dependencies = fields.Dict(
        keys=fields.String(), values=fields.Nested(DependencySchema), required=True
    )


class NotReadySchema(ProblemSchema):
    """Acts cannot be made; which part does not answer."""

    dependencies = fields.Dict(
        keys=fields.String(), values=fields.Nested(DependencySchema), required=True
    )


@blp.route("/healthz")
class Health(MethodView):
    """The process."""

    @blp.response(200, HealthSchema)
    def get(self) -> dict[str, Any]:
        """Say that the process answers; nothing else is asked."""
        return {"version": SOFTWARE_VERSION}


@blp.route("/readyz")
class Readiness(MethodView):
    """The parts that acts need."""

    @blp.response(200, ReadinessSchema, description="Acts can be made.")
    @blp.alt_response(
        503,
        schema=NotReadySchema,
        content_type="application/problem+json",
        description="A part does not answer; the others are told as well.",
    )
    def get(self) -> Response:
        """Ask every part: database, queue, object store, office engine.

        The office engine lives in the workers: it is there when one of them gives signs of life.
        """
        found = _asked(_questions(services()))
        failed = [name for name, part in found.items() if part["status"] != "ok"]
        if not failed:
            return jsonify({"status": "ready", "dependencies": found})
        return problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "not-ready",
            "Acts cannot be made now",
            f"Not available: {', '.join(failed)}.",
            dependencies=found,
        )


def _questions(parts: Services) -> Mapping[str, Callable[[], None]]:
    def office() -> None:
        if not parts.queue.workers():
            raise NoWorker("no worker gives a sign of life")

    def stores() -> None:
        parts.drafts.ping()
        parts.archive.ping()

    return {
        "database": parts.database.ping,
        "queue": parts.queue.ping,
        "object_store": stores,
        "office": office,
    }


def _asked(questions: Mapping[str, Callable[[], None]]) -> dict[str, dict[str, Any]]:
    """All asked at once, so that two dead parts take no longer than one."""
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = {name: pool.submit(_timed, ask) for name, ask in questions.items()}
        return {name: answer.result() for name, answer in answers.items()}


def _timed(ask: Callable[[], None]) -> dict[str, Any]:
    begun = time.perf_counter()
    failure = None
    try:
        ask()
    except MinutierError as error:
        failure = error.detail
    duration_ms = round((time.perf_counter() - begun) * 1000)
    if failure is None:
        return {"status": "ok", "duration_ms": duration_ms}
    return {"status": "failed", "duration_ms": duration_ms, "detail": failure}
