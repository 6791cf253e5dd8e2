"""The description of the API: OpenAPI 3.1, complete, made from the views and from the kinds."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app
from flask.views import MethodView
from flask_smorest import Api as SmorestApi

from api.auth import SCHEME
from api.blueprint import Blueprint
from api.bodies import WORD_FILE
from api.examples import example_of
from api.files import BINARY, DOCX, file_answer
from api.forms import FORM
from api.idempotency import MAX_LENGTH
from api.problem_schema import ProblemSchema
from api.problems import HTTP_PROBLEMS, MEDIA_TYPE
from api.requests import MAX_WAIT_SECONDS
from generators.json_schema import json_schema
from generators.kind import ActKind
from generators.registry import act_kinds
from generators.schedule_schema import ScheduleRequestSchema
from generators.stationery_schema import StationerySchema
from jobs.services import SOFTWARE_VERSION

blp = Blueprint("description", __name__, description="The description of this API.")

DESCRIPTION = """\
Turns case data into French legal acts of debt recovery, archived with proof.

An act is made in the background: `POST /v1/acts` checks the facts and answers `queued`; a worker
computes the statement and makes Word and PDF/A (`draft`); a lawyer approves the version
(`approved`); the act is sealed into the archive (`archived`).

* **Keys.** `Authorization: Bearer <API key>`. A key belongs to one cabinet and carries scopes; it
  is made on the server: `minutier keys create --tenant Cabinet --scope '*'`.
* **Money** is a text with two decimals (`"1234.56"`), rates are texts in percent, days are
  `YYYY-MM-DD`, instants RFC 3339 in UTC. Unknown keys are refused.
* **Errors** are RFC 9457 problems. `type` is stable and leads to its explanation; `errors` points
  into the body.
* **Sending twice.** With `Idempotency-Key` a request is carried out once, and answered alike for
  24 hours.
* **Lists** are `{data, next_cursor}`; give `next_cursor` back as `cursor`.
* **Limits.** `RateLimit-Remaining` tells how many requests the key may still make in this minute;
  one too many is answered 429 with `Retry-After`. A JSON body may hold 1 MiB, a
  Word file 10 MiB.
* **Every answer** carries `Request-Id`; quote it when you ask.

From a case to a sealed act, with `request.json` from the example of `POST /v1/acts`:

```sh
AUTH="Authorization: Bearer $KEY"; JSON="Content-Type: application/json"
curl -H "$AUTH" -H "$JSON" -H "Prefer: wait=10" -d @request.json $HOST/v1/acts
curl -H "$AUTH" -o act.pdf $HOST/v1/acts/$ACT/versions/1/document.pdf
curl -H "$AUTH" -H "$JSON" -H "Minutier-Actor: jane@cabinet.example" \\
     -d '{"version": 1, "decision": "approve"}' $HOST/v1/acts/$ACT/reviews
curl -H "$AUTH" -X POST $HOST/v1/acts/$ACT/archive
curl -H "$AUTH" -o evidence.zip $HOST/v1/archive/$ACT/evidence.zip
minutier verify evidence.zip
```
"""

PARAMETERS: Mapping[str, dict[str, Any]] = {
    "IdempotencyKey": {
        "in": "header",
        "name": "Idempotency-Key",
        "description": (
            "Same key and same body: the first answer again, with `Idempotency-Replayed: true`. "
            "Same key, other body: 422. While the first is running: 409. Refused requests (4xx) "
            "and failed ones (5xx) leave the key free. Any text of your own, such as a UUID."
        ),
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH},
    },
    "Prefer": {
        "in": "header",
        "name": "Prefer",
        "description": (
            f"`wait=N`: wait up to N seconds (at most {MAX_WAIT_SECONDS}) for the result; "
            "`Preference-Applied` tells what was done."
        ),
        "schema": {"type": "string"},
        "example": "wait=10",
    },
    "MinutierActor": {
        "in": "header",
        "name": "Minutier-Actor",
        "description": (
            "The human on whose behalf the client calls; kept in the audit trail as asserted by "
            "the key."
        ),
        "schema": {"type": "string", "maxLength": 200},
        "example": "jane@cabinet.example",
    },
    "IfNoneMatch": {
        "in": "header",
        "name": "If-None-Match",
        "description": "The `ETag` of what you have: 304 if it is still right.",
        "schema": {"type": "string"},
    },
}
PARAMETERS = {
    **PARAMETERS,
    "RequiredMinutierActor": {**PARAMETERS["MinutierActor"], "required": True},
}


def _number(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "integer"}}


REQUEST_ID = {
    "description": "Id of the request: yours if you sent a sane `Request-Id`, else a new one.",
    "schema": {"type": "string"},
}
RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
HEADERS: Mapping[str, dict[str, Any]] = {
    "RequestId": REQUEST_ID,
    "RetryAfter": RETRY_AFTER,
    "RateLimitLimit": _number("Requests that the key may make in a minute."),
    "RateLimitRemaining": _number("Requests that are left in this minute."),
    "RateLimitReset": _number("Seconds until the count begins anew."),
    "IdempotencyReplayed": {
        "description": "`true` when this is the answer to an earlier request with the same key.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "PreferenceApplied": {
        "description": "How long the answer was waited for at most, if `Prefer` asked for it.",
        "schema": {"type": "string"},
        "example": "wait=10",
    },
    "Location": {
        "description": "Where to find what was made.",
        "schema": {"type": "string"},
    },
}
_LIMIT_HEADERS = {
    "RateLimit-Limit": "RateLimitLimit",
    "RateLimit-Remaining": "RateLimitRemaining",
    "RateLimit-Reset": "RateLimitReset",
}
EXAMPLES: Mapping[int, dict[str, Any]] = {
    409: {
        "type": "/problems/status-conflict",
        "title": "The act's status does not allow this",
        "status": 409,
        "detail": "the act is archived; this needs approved or draft",
        "instance": "/v1/acts/act_01KATQ4S9WQ6YB5R7N6EVJ1D3K/void",
    },
    422: {
        "type": "/problems/invalid-facts",
        "title": "The data are not valid",
        "status": 422,
        "detail": "The data are not valid; see errors.",
        "instance": "/v1/acts",
        "errors": [
            {
                "pointer": "/case/claims/0/due_on",
                "code": "invalid-date",
                "detail": "This is no day of the calendar, as YYYY-MM-DD.",
            }
        ],
    },
    503: {
        "type": "/problems/object-store-unavailable",
        "title": "The object store does not answer",
        "status": 503,
        "detail": "the object store does not answer",
        "instance": "/v1/acts/act_01KATQ4S9WQ6YB5R7N6EVJ1D3K/versions/1/document.pdf",
    },
}
_WARNINGS = {
    "description": "Of a file: codes of the warnings that JSON tells in words, by commas.",
    "schema": {"type": "string"},
}
_WITH_BODY = (400, 413, 415, 422)
_WITH_KEY = (401, 403, 422, 429)
_ALWAYS = (500, 503)


class Api(SmorestApi):  # type: ignore[misc] # flask-smorest has no types
    """flask-smorest's description, with our problems instead of its errors."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to `api.problems`."""

    def _register_doc_blueprint(self) -> None:
        """Leave the document to this module, which completes it."""

    def _register_responses(self) -> None:
        """Describe a problem for each status, as problem+json."""
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                self.spec.components.response(status.name, _problem_response(status), lazy=True)


@blp.route("/v1/openapi.json")
class Document(MethodView):
    """The document itself."""

    @blp.response(200, {"type": "object"})
    def get(self) -> Response:
        """Read this description: OpenAPI 3.1."""
        return file_answer(_document(), "application/json", "minutier-openapi.json", inline=True)


def create_api(app: Flask) -> Api:
    """The describing extension of an application."""
    app.config.update(API_TITLE="Minutier", API_VERSION=SOFTWARE_VERSION, OPENAPI_VERSION="3.1.0")
    info = {"description": DESCRIPTION, "summary": "French legal acts of debt recovery"}
    api = Api(app, spec_kwargs={"info": info, "servers": [{"url": "/"}]})
    components = api.spec.components
    components.security_scheme(
        SCHEME, {"type": "http", "scheme": "bearer", "description": "An API key of a cabinet."}
    )
    for name, parameter in PARAMETERS.items():
        components.parameter(name, "header", parameter)
    for name, header in HEADERS.items():
        components.header(name, header)
    return api


def _document() -> bytes:
    found: bytes | None = current_app.extensions.get("minutier.openapi")
    if found is None:
        api: Api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
        found = current_app.json.dumps(complete(api.spec.to_dict())).encode()
        current_app.extensions["minutier.openapi"] = found
    return found


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add to the views' own description what they all share: bodies, problems, headers."""
    bodies = Bodies()
    for path, method, operation in operations(document):
        named = operation.pop("x-body", None)
        if named:
            operation["requestBody"] = bodies.request_body(named)
        form = operation.pop("x-file-form", None)
        if form:
            body = operation.setdefault("requestBody", {"required": True, "content": {}})
            body["content"][FORM] = bodies.form(form)
        for media_type in operation.pop("x-media-types", []):
            binary = {"schema": {"type": "string", "format": "binary"}}
            operation["responses"]["200"]["content"][media_type] = binary
        for form in operation.pop("x-forms", []):
            binary = {"schema": {"type": "string", "format": "binary"}}
            answer = operation["responses"]["200"]
            answer["content"][form] = binary
            answer["headers"] = {"Minutier-Warnings": _WARNINGS}
        operation["operationId"] = _operation_id(method, path)
        _add_problems(operation, path)
        for status, answer in operation["responses"].items():
            if "$ref" not in answer:
                _complete_answer(document, operation, status, answer)
    schemas = document["components"].setdefault("schemas", {})
    schemas.update(bodies.schemas)
    schemas.pop("PaginationMetadata", None)  # flask-smorest's; our pages are another kind
    responses = document["components"].setdefault("responses", {})
    for status in sorted({*_WITH_BODY, *_WITH_KEY, *_ALWAYS, 404, 405, 406, 409}):
        response = _problem_response(HTTPStatus(status))
        response["content"][MEDIA_TYPE]["schema"] = _ref("schemas", "Problem")
        responses[HTTPStatus(status).name] = response
    return document


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a document: path, method, operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield path, method, operation


class Bodies:
    """The bodies that the generators load: one schema a kind of act, told apart by `kind`."""

    def __init__(self) -> None:
        self.schemas: dict[str, Any] = {}
        kinds = [act_kinds()[slug] for slug in sorted(act_kinds())]
        self._examples = {kind.slug: {"value": dict(kind.example)} for kind in kinds}
        named = {kind.slug: self._add_kind(kind) for kind in kinds}
        self.schemas["ActRequest"] = {
            "oneOf": [_ref("schemas", name) for name in named.values()],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {slug: f"#/components/schemas/{name}" for slug, name in named.items()},
            },
        }
        some = kinds[0]
        self.schemas["StatementRequest"] = _object(
            {"case": _ref("schemas", _case_name(some)), "as_of": _AS_OF}, required=["case"]
        )
        self._add("StationeryRequest", json_schema(StationerySchema))
        self._add("ScheduleRequest", json_schema(ScheduleRequestSchema))
        self.schemas["ScheduleRequest"]["properties"]["case"] = _ref("schemas", _case_name(some))
        self.schemas["VersionRequest"] = _object(
            {
                "case": _any_of(kinds, _case_name),
                "options": _any_of(kinds, _options_name),
                "as_of": _AS_OF,
                "note": {"type": "string", "minLength": 1, "maxLength": 2000},
            },
            required=[],
        )
        self.schemas["VersionUpload"] = _object(
            {
                "file": {
                    "type": "string",
                    "format": "binary",
                    "description": "The edited Word file (.docx), at most 10 MiB.",
                },
                "note": {"type": "string", "minLength": 1, "maxLength": 2000},
            },
            required=["file"],
        )
        self.schemas["AttachmentUpload"] = _object(
            {
                "file": {
                    "type": "string",
                    "format": "binary",
                    "description": "PDF, PNG, JPEG, or Word for an audit; at most 25 MiB.",
                },
                "label": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 300,
                    "description": "What it is, in your words.",
                },
            },
            required=["file"],
        )
        example = {"case": some.example["case"], "as_of": some.example["as_of"]}
        self._other_examples = {
            "StatementRequest": {some.slug: {"value": example}},
            "ScheduleRequest": {
                "named": {"value": {**example, "plan": "new_client_small"}},
                "custom": {"value": {**example, **_CUSTOM_SCHEDULE}},
            },
            "StationeryRequest": {
                "all": {
                    "value": {
                        "accent_color": "#0B5D3B",
                        "footer_lines": ["Cabinet Exemple, 12 rue du Modèle, 69000 Lyon"],
                        "logo": {"content": _PIXEL, "alt": "Cabinet Exemple"},
                    }
                },
                "keep_logo": {
                    "value": {"logo": {"sha256": _LOGO_SHA256, "alt": "Cabinet Exemple"}}
                },
            },
            "VersionRequest": {
                "note": {"value": {"as_of": "2026-12-01", "note": "Arrêté à un autre jour"}}
            },
        }

    def request_body(self, name: str) -> dict[str, Any]:
        """The description of a body, with an example of each kind."""
        if name == WORD_FILE:
            return {"required": True, "content": {DOCX: {"schema": dict(BINARY)}}}
        examples = self._other_examples.get(name, self._examples)
        content = {"schema": _ref("schemas", name), "examples": examples}
        return {"required": True, "content": {"application/json": content}}

    def form(self, name: str) -> dict[str, Any]:
        """The description of a form."""
        return {"schema": _ref("schemas", name), "example": _FORM_EXAMPLES[name]}

    def _add_kind(self, kind: ActKind) -> str:
        self._add(_case_name(kind), json_schema(kind.case_schema))
        self._add(_options_name(kind), json_schema(kind.options_schema))
        name = f"{_camel(kind.slug)}Request"
        self.schemas[name] = _object(
            {
                "kind": {"const": kind.slug},
                "case": _ref("schemas", _case_name(kind)),
                "options": _ref("schemas", _options_name(kind)),
                "as_of": _AS_OF,
                "language": {"type": "string", "enum": ["fr", "en"], "default": "fr"},
            },
            required=["kind", "case"],
            title=kind.title,
        )
        return name

    def _add(self, name: str, schema: dict[str, Any]) -> None:
        """Take a schema in, and its own definitions beside it under its name."""
        schema = dict(schema)
        schema.pop("$schema", None)
        definitions = schema.pop("$defs", {})
        moved = {inner: f"{name}.{inner}" for inner in definitions}
        self.schemas[name] = _moved(schema, moved, name)
        for inner, definition in definitions.items():
            self.schemas[moved[inner]] = _moved(definition, moved, name)


_FORM_EXAMPLES = {
    "VersionUpload": {"file": "…", "note": "Relu en audience"},
    "AttachmentUpload": {"file": "…", "label": "Facture F-2026-001"},
}
_PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)
_LOGO_SHA256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
_CUSTOM_SCHEDULE = {
    "plan": "custom",
    "steps": [
        {"offset_days": 5, "from": "due_on", "kind": "relance", "channel": "email", "level": 1},
        {"offset_days": 7, "channel": "phone"},
        {"offset_days": 8, "kind": "mise_en_demeure", "channel": "registered_letter"},
    ],
    "thanks": True,
}
_AS_OF = {
    "type": "string",
    "format": "date",
    "description": "Day of the act, to which sums are computed; absent: today in Paris.",
}


def _moved(schema: Any, names: Mapping[str, str], root: str) -> Any:
    if isinstance(schema, Mapping):
        found = {key: _moved(value, names, root) for key, value in schema.items()}
        reference = found.get("$ref")
        if reference == "#":
            found["$ref"] = f"#/components/schemas/{root}"
        elif isinstance(reference, str) and reference.startswith("#/$defs/"):
            inner = names[reference.removeprefix("#/$defs/")]
            found["$ref"] = f"#/components/schemas/{inner}"
        return found
    if isinstance(schema, list | tuple):
        return [_moved(item, names, root) for item in schema]
    return schema


def _complete_answer(
    document: Mapping[str, Any], operation: Mapping[str, Any], status: str, answer: dict[str, Any]
) -> None:
    """Add to an answer the headers that it shares with others, and an example."""
    headers = answer.setdefault("headers", {})
    headers["Request-Id"] = _ref("headers", "RequestId")
    if operation.get("security"):
        headers |= {name: _ref("headers", known) for name, known in _LIMIT_HEADERS.items()}
    taken = {one.get("$ref", "").rpartition("/")[2] for one in operation.get("parameters", [])}
    if "IdempotencyKey" in taken:
        headers["Idempotency-Replayed"] = _ref("headers", "IdempotencyReplayed")
    if "Prefer" in taken:
        headers["Preference-Applied"] = _ref("headers", "PreferenceApplied")
        if status in {"201", "202"}:
            headers["Location"] = _ref("headers", "Location")
    schemas = document["components"]["schemas"]
    for content in answer.get("content", {}).values():
        if "$ref" in content["schema"] and not {"example", "examples"} & set(content):
            content["example"] = example_of(
                content["schema"], lambda reference: schemas[reference.rpartition("/")[2]]
            )


def _add_problems(operation: dict[str, Any], path: str) -> None:
    responses = operation["responses"]
    statuses = {*operation.pop("x-problems", []), *_ALWAYS}
    if operation.get("security"):
        statuses |= {*_WITH_KEY}
    if "requestBody" in operation:
        statuses |= {*_WITH_BODY}
    if not path.startswith("/v1/") and path != "/readyz":
        statuses.discard(503)
    for name in [name for name in responses if name in {"422", "default"}]:
        del responses[name]  # as flask-smorest says it, for bodies that are not ours
    for status in sorted(statuses):
        responses.setdefault(str(status), _ref("responses", HTTPStatus(status).name))


def _problem_response(status: HTTPStatus) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": ProblemSchema}
    content["example"] = EXAMPLES.get(status) or _example_problem(status)
    headers = {"Request-Id": _ref("headers", "RequestId")}
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        headers["Retry-After"] = _ref("headers", "RetryAfter")
    if status not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.METHOD_NOT_ALLOWED}:
        headers |= {name: _ref("headers", known) for name, known in _LIMIT_HEADERS.items()}
    return {"description": status.phrase, "headers": headers, "content": {MEDIA_TYPE: content}}


def _example_problem(status: HTTPStatus) -> dict[str, Any]:
    slug, title, explanation = HTTP_PROBLEMS.get(status, HTTP_PROBLEMS[400])
    return {
        "type": f"/problems/{slug}",
        "title": title,
        "status": int(status),
        "detail": explanation,
        "instance": "/v1/acts",
    }


def _operation_id(method: str, path: str) -> str:
    """In one word: Swagger UI takes an underscore in a link for a space, and complains."""
    words = re.findall(r"[a-z0-9]+", path.removeprefix("/v1"))
    return method + "".join(word.capitalize() for word in words)


def _any_of(kinds: list[ActKind], name: Any) -> dict[str, Any]:
    return {"anyOf": [_ref("schemas", name(kind)) for kind in kinds]}


def _object(
    properties: dict[str, Any], *, required: list[str], title: str | None = None
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    return {"title": title, **schema} if title else schema


def _ref(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


def _case_name(kind: ActKind) -> str:
    return f"{_camel(kind.slug)}Case"


def _options_name(kind: ActKind) -> str:
    return f"{_camel(kind.slug)}Options"


@functools.cache
def _camel(slug: str) -> str:
    return "".join(part.capitalize() for part in slug.split("_"))
