"""The reference of the API for people: Swagger UI, from this application and nowhere else."""

from __future__ import annotations

from importlib.metadata import version as version_of
from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

blp = Blueprint("docs", __name__, template_folder="pages")

_DIST = Path(flask_swagger_ui.__file__).parent / "dist"
_PAGES = Path(__file__).parent / "pages"
_ASSETS = frozenset(
    {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-16x16.png", "favicon-32x32.png"}
)
_OWN = frozenset({"docs.js", "docs.css"})
# Swagger UI sets styles of elements from its script, which no policy for files covers.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@blp.get("/docs")
def page() -> Response:
    """The page; it reads `/v1/openapi.json`."""
    text = render_template("docs.html", version=version_of("flask-swagger-ui"))
    return _guarded(Response(text, content_type="text/html; charset=utf-8"))


@blp.get("/docs/<name>")
def asset(name: str) -> Response:
    """A file of the page."""
    if name in _ASSETS:
        found = send_from_directory(_DIST, name, max_age=86400)
    elif name in _OWN:
        found = send_from_directory(_PAGES, name, max_age=3600)
    else:
        raise NotFound("The reference has no such file.")
    return _guarded(found)


def _guarded(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
