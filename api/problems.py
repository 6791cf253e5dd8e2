"""Errors to RFC 9457: the only module that knows both what went wrong and how HTTP says it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from flask import Flask, Response, g, request
from marshmallow import ValidationError
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    RequestEntityTooLarge,
    TooManyRequests,
    Unauthorized,
    UnsupportedMediaType,
)
from werkzeug.wrappers import Response as AnyResponse

from core.errors import (
    Conflict,
    Fault,
    InvalidFacts,
    MinutierError,
    NotFound,
    RuleNotMet,
    Unavailable,
)
from generators.faults import faults_of

MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[MinutierError], HTTPStatus] = {
    InvalidFacts: HTTPStatus.UNPROCESSABLE_ENTITY,
    RuleNotMet: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    MinutierError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
RETRY_AFTER_SECONDS = 5
_KEPT_HEADERS = ("Allow", "WWW-Authenticate", "Retry-After")


class MalformedJson(BadRequest):
    """The body is not JSON in UTF-8, or names a key twice."""

    slug: ClassVar[str] = "malformed-json"
    title: ClassVar[str] = "The body is not valid JSON"


class HeaderInvalid(BadRequest):
    """A header of the request is not what its definition allows."""

    slug: ClassVar[str] = "header-invalid"
    title: ClassVar[str] = "A header is not valid"


class KeyRefused(Unauthorized):
    """The request bears no API key, or one that is unknown or revoked."""

    slug: ClassVar[str] = "unauthorized"
    title: ClassVar[str] = "A valid API key is needed"

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Say, as HTTP asks for, how to authenticate."""
        return [*super().get_headers(*args, **kwargs), ("WWW-Authenticate", 'Bearer realm="v1"')]


class ScopeMissing(Forbidden):
    """The API key does not carry the scope that the request needs."""

    slug: ClassVar[str] = "missing-scope"
    title: ClassVar[str] = "The API key lacks a scope"

    def __init__(self, scopes: Iterable[str]) -> None:
        super().__init__(f"This needs a key with the scope {' or '.join(scopes)}.")


class RateLimited(TooManyRequests):
    """The key has made as many requests as it may in this minute."""

    slug: ClassVar[str] = "rate-limited"
    title: ClassVar[str] = "Too many requests"

    def __init__(self, limit: int, wait_seconds: int) -> None:
        super().__init__(
            f"A key may make {limit} requests a minute; wait {wait_seconds} seconds.",
            retry_after=wait_seconds,
        )


class BodyNotWord(UnsupportedMediaType):
    """The body is declared as something other than a Word file (.docx), or is compressed."""

    slug: ClassVar[str] = "word-file-expected"
    title: ClassVar[str] = "The body must be a Word file"


class BodyNotForm(UnsupportedMediaType):
    """The body is not a form with a file, or not declared as one."""

    slug = "body-not-form"
    title = "The body must be multipart/form-data"


class BodyNotJson(UnsupportedMediaType):
    """The body is declared as something other than JSON in UTF-8, or is compressed."""

    slug: ClassVar[str] = "unsupported-media-type"
    title: ClassVar[str] = "The body must be application/json"


HTTP_PROBLEMS: Mapping[int, tuple[str, str, str]] = {
    400: ("bad-request", "The request is malformed", "The request is not well-formed HTTP."),
    401: (KeyRefused.slug, KeyRefused.title, str(KeyRefused.__doc__)),
    403: (ScopeMissing.slug, ScopeMissing.title, str(ScopeMissing.__doc__)),
    404: (NotFound.slug, NotFound.title, "There is no resource at this address."),
    405: (
        "method-not-allowed",
        "The method is not allowed here",
        "The resource exists and does not know this method; `Allow` names those that it knows.",
    ),
    406: (
        "not-acceptable",
        "The answer is not made in that form",
        "`Accept` names no media type that this resource can answer with.",
    ),
    413: (
        "payload-too-large",
        "The body is too large",
        "A JSON body may hold 1 MiB, a Word file 10 MiB, a supporting file 25 MiB.",
    ),
    415: (BodyNotJson.slug, BodyNotJson.title, str(BodyNotJson.__doc__)),
    429: (RateLimited.slug, RateLimited.title, str(RateLimited.__doc__)),
    500: (
        "internal-error",
        "Something went wrong on our side",
        "The cause is in our logs under the Request-Id of the answer; nothing was half done.",
    ),
}
"""What HTTP itself refuses, by status: slug, title, explanation."""

HTTP_CLASSES = (MalformedJson, HeaderInvalid, BodyNotWord)
"""Problems of HTTP that share their status with another one."""


def register(app: Flask) -> None:
    """Install the three handlers."""
    app.register_error_handler(MinutierError, _on_fact)
    app.register_error_handler(ValidationError, _on_invalid)
    app.register_error_handler(HTTPException, _on_http)


def status_of(error: MinutierError | type[MinutierError]) -> HTTPStatus:
    """The status of an error: that of its family."""
    family = error if isinstance(error, type) else type(error)
    return next(STATUS[base] for base in family.__mro__ if base in STATUS)


def fault_json(fault: Fault) -> dict[str, str | int | None]:
    """A fault as a member of ``errors``."""
    found: dict[str, str | int | None] = {
        "pointer": fault.pointer,
        "code": fault.code,
        "detail": fault.detail,
    }
    if fault.article:
        found["article"] = fault.article
    return found | dict(fault.where or {})


def problem(
    status: int,
    slug: str,
    title: str,
    detail: str,
    *,
    faults: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
    **extensions: Any,
) -> Response:
    """An answer that says what is wrong."""
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": int(status),
        "detail": detail,
        "instance": request.path,
    }
    errors = [fault_json(fault) for fault in faults]
    if errors:
        body["errors"] = errors
    text = json.dumps({**extensions, **body}, ensure_ascii=False)
    answer = Response(text.encode(errors="replace"), status, headers, content_type=MEDIA_TYPE)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))
    return answer


def _on_fact(error: MinutierError) -> Response:
    return problem(
        status_of(error),
        error.slug,
        error.title,
        error.detail,
        faults=error.faults,
        headers=_retry_after(error),
        **error.extensions,
    )


def _retry_after(error: MinutierError) -> dict[str, str]:
    seconds = getattr(error, "retry_after_seconds", None)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _on_invalid(error: ValidationError) -> Response:
    return _on_fact(invalid(error))


def invalid(error: ValidationError) -> InvalidFacts:
    """What marshmallow refused, as the fact that it is."""
    faults = faults_of(error.messages)
    return InvalidFacts("The data are not valid; see errors.", faults=faults)


def _on_http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # a redirect is no error
    slug, title, _ = HTTP_PROBLEMS.get(error.code, HTTP_PROBLEMS[400])
    slug, title = getattr(error, "slug", slug), getattr(error, "title", title)
    kept = {name: value for name, value in error.get_headers() if name in _KEPT_HEADERS}
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return problem(
            error.code,
            slug,
            title,
            "The request could not be carried out. Quote its request id when you ask about it.",
            headers=kept,
            request_id=g.get("request_id", ""),
        )
    detail = error.description or title
    if isinstance(error, RequestEntityTooLarge):
        detail = "The body is larger than the limit of this resource."
    return problem(error.code, slug, title, detail, headers=kept)
