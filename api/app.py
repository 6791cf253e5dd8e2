"""The application: every resource, the three handlers of errors, what every answer carries."""

from __future__ import annotations

import time

from flask import Flask, Response, g

from api import (
    access_log,
    acts,
    archive,
    attachments,
    audits,
    changes,
    comments,
    courts,
    docs,
    health,
    kinds,
    limits,
    metrics,
    openapi,
    problem_pages,
    problems,
    rates,
    review_links,
    review_page,
    reviews,
    schedules,
    statements,
    stationery,
    templates,
    trail,
    versions,
)
from api.blueprint import attach
from api.requests import JSON_LIMIT_BYTES, take_request_id
from jobs.services import Services

_RESOURCES = (
    kinds.blp,
    statements.blp,
    rates.blp,
    courts.blp,
    schedules.blp,
    acts.blp,
    versions.blp,
    attachments.blp,
    audits.blp,
    changes.blp,
    reviews.blp,
    review_links.blp,
    comments.blp,
    trail.blp,
    archive.blp,
    templates.blp,
    stationery.blp,
)
_OPERATIONS = (health.blp, metrics.blp, problem_pages.blp, openapi.blp)


def create_app(services: Services) -> Flask:
    """The WSGI application that answers with these services."""
    app = access_log.QuietFlask("api", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = JSON_LIMIT_BYTES
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a 500 is a problem as well, in tests too
    app.json.sort_keys = False  # type: ignore[attr-defined] # of Flask's default provider
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # as above
    app.url_map.merge_slashes = False
    attach(app, services)
    problems.register(app)
    _frame(app, services)
    limits.register(app)
    metrics.register(app)
    access_log.register(app)
    api = openapi.create_api(app)
    for resource in _RESOURCES:
        api.register_blueprint(resource, url_prefix="/v1")
    for resource in _OPERATIONS:
        api.register_blueprint(resource)
    app.register_blueprint(docs.blp)
    app.register_blueprint(review_page.blp)
    return app


def _frame(app: Flask, services: Services) -> None:
    """What happens around every request."""
    is_https = services.settings.public_url.startswith("https://")

    @app.before_request
    def _begin() -> None:
        g.begun = time.perf_counter()
        g.request_id = take_request_id(services.new_id)

    @app.after_request
    def _end(answer: Response) -> Response:
        headers = answer.headers
        headers["Request-Id"] = g.get("request_id", "")
        headers.setdefault("Cache-Control", "no-store")
        headers.setdefault(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"
        )
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return answer
