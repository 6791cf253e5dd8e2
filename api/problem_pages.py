"""What each type of problem means: `GET /problems/<slug>`, for people and for programs."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Response, jsonify, render_template, request, send_from_directory
from flask.views import MethodView
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound as PageNotFound

from api.blueprint import Blueprint, may_answer
from api.paging import page_of
from api.problems import HTTP_CLASSES, HTTP_PROBLEMS, STATUS, status_of
from core.errors import (
    Conflict,
    InvalidFacts,
    MinutierError,
    NotFound,
    RuleNotMet,
    Unavailable,
)

blp = Blueprint(
    "problems", __name__, template_folder="pages", description="What each problem means."
)

NOT_READY = "not-ready"
_PAGES = Path(__file__).parent / "pages"
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_REMEDIES: Mapping[type[MinutierError], str] = {
    InvalidFacts: "Mend the data where `errors` points and send the request again. The same "
    "Idempotency-Key may be used: nothing was stored.",
    RuleNotMet: "The law, or a rule of the archive, forbids this for these facts; `errors` names "
    "each rule, with its article where there is one. Other facts are needed, not another try.",
    NotFound: "Look at the identifier. What belongs to another cabinet is not found either.",
    Conflict: "Read the thing again: it is in a state that does not allow this.",
    Unavailable: "Nothing is wrong with the request. Send it again after `Retry-After` seconds; "
    "with an Idempotency-Key that can do no harm.",
    MinutierError: "Quote the Request-Id of the answer when you ask about it.",
}
_HTTP_REMEDIES: Mapping[int, str] = {
    401: "Send `Authorization: Bearer <API key>` with a key that is in force.",
    403: "Use a key that carries the scope, or have one made.",
    404: "Look at the address.",
    405: "Use one of the methods that `Allow` names.",
    406: "Name one of the media types of the description in `Accept`, or leave it out.",
    413: "Send less at once.",
    415: "Send JSON in UTF-8, with `Content-Type: application/json`, not compressed.",
    429: "Wait `Retry-After` seconds. `RateLimit-Remaining` tells in every answer what is left.",
    500: "Quote the Request-Id of the answer when you ask about it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemType:
    """A type of problem, explained."""

    type: str
    code: str
    title: str
    status: int
    explanation: str
    remedy: str


class ProblemTypeSchema(Schema):
    """A type of problem, explained."""

    type = fields.String(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    explanation = fields.String(required=True)
    remedy = fields.String(required=True)


@blp.route("/problems")
class Problems(MethodView):
    """All types of problem."""

    @blp.response(200, page_of(ProblemTypeSchema, "ProblemTypes"))
    def get(self) -> Response:
        """List the types of problem; as a page for browsers."""
        known = [catalogue()[slug] for slug in sorted(catalogue())]
        if _wants_page():
            return _page("problems.html", problems=known)
        return jsonify({"data": [asdict(found) for found in known], "next_cursor": None})


@blp.route("/problems/<code>")
class Problem(MethodView):
    """One type of problem."""

    @may_answer(404)
    @blp.response(200, ProblemTypeSchema)
    def get(self, code: str) -> Response:
        """Read what a type of problem means; as a page for browsers."""
        if code == "style.css":
            return send_from_directory(_PAGES, "problems.css", max_age=3600)
        found = catalogue().get(code)
        if found is None:
            raise PageNotFound("There is no problem of this type.")
        if _wants_page():
            phrase = HTTPStatus(found.status).phrase
            return _page("problem.html", **asdict(found), phrase=phrase)
        return jsonify(asdict(found))


@functools.cache
def catalogue() -> Mapping[str, ProblemType]:
    """Every type of problem, by its code: the errors that are loaded, and HTTP's own."""
    found = [_of_http(status) for status in HTTP_PROBLEMS]
    found += [_of_http(error.code, error.slug, error.title, error) for error in HTTP_CLASSES]
    found += [_of_fact(error) for error in _all_errors(MinutierError)]
    found.append(
        ProblemType(
            type=f"/problems/{NOT_READY}",
            code=NOT_READY,
            title="Acts cannot be made now",
            status=503,
            explanation="A part that acts need does not answer; `dependencies` says which.",
            remedy=_REMEDIES[Unavailable],
        )
    )
    return {problem.code: problem for problem in found}


def _all_errors(base: type[MinutierError]) -> Iterator[type[MinutierError]]:
    yield base
    for error in base.__subclasses__():
        yield from _all_errors(error)


def _of_fact(error: type[MinutierError]) -> ProblemType:
    family = next(base for base in error.__mro__ if base in STATUS)
    return ProblemType(
        type=f"/problems/{error.slug}",
        code=error.slug,
        title=error.title,
        status=status_of(error),
        explanation=_explained(error),
        remedy=_REMEDIES[family],
    )


def _of_http(
    status: int, slug: str | None = None, title: str | None = None, error: Any = None
) -> ProblemType:
    own_slug, own_title, explanation = HTTP_PROBLEMS[status]
    return ProblemType(
        type=f"/problems/{slug or own_slug}",
        code=slug or own_slug,
        title=title or own_title,
        status=status,
        explanation=_explained(error) if error else explanation,
        remedy=_HTTP_REMEDIES.get(status, "Mend the request as `detail` says."),
    )


def _explained(error: type) -> str:
    text = (inspect.getdoc(error) or "").split("\n\n")[0]
    return " ".join(text.replace("``", "`").split())


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def _page(name: str, **values: Any) -> Response:
    answer = Response(render_template(name, **values), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Vary"] = "Accept"
    return answer
