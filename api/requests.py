"""What a request says beside its address: body, identity, actor, preference to wait."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from flask import Request, g, request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import NotAcceptable, RequestEntityTooLarge

from api.files import DOCX
from api.problems import BodyNotJson, BodyNotWord, HeaderInvalid, MalformedJson, invalid
from core.clock import IdFactory
from core.errors import Fault, InvalidFacts
from generators.faults import UNKNOWN_KEY, json_pointer

JSON_LIMIT_BYTES = 1024 * 1024
MAX_WAIT_SECONDS = 30
ACTOR_LENGTH = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._=-]{1,64}", re.ASCII)
_WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?=$|[,;])", re.IGNORECASE)


class ActorRequired(InvalidFacts):
    """A decision must name the human who takes it, in the header ``Minutier-Actor``."""

    slug = "actor-required"
    title = "The header Minutier-Actor is needed"


def take_request_id(new_id: IdFactory) -> str:
    """The request's own id if it brought a sane one, else a new one."""
    given = request.headers.get("Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_id("req")


def actor() -> str | None:
    """The human on whose behalf the client says it calls.

    Raises:
        HeaderInvalid: the name is too long, or is no text.
    """
    raw = request.headers.get("Minutier-Actor")
    if raw is None or not raw.strip():
        return None
    name = _as_utf8(raw).strip()
    if len(name) > ACTOR_LENGTH:
        raise HeaderInvalid(f"Minutier-Actor is longer than {ACTOR_LENGTH} characters.")
    if any(unicodedata.category(character)[0] == "C" for character in name):
        raise HeaderInvalid("Minutier-Actor holds control characters.")
    return unicodedata.normalize("NFC", name)


def required_actor() -> str:
    """As `actor`, for what only a named human may do.

    Raises:
        ActorRequired: nobody is named.
    """
    name = actor()
    if name is None:
        detail = "Minutier-Actor must name the human who decides"
        fault = Fault(pointer="", code="actor-required", detail=detail)
        raise ActorRequired(f"{detail}.", faults=[fault])
    return name


def wait_seconds(default: int | None = None) -> int | None:
    """How long the client prefers to wait (RFC 7240), at most `MAX_WAIT_SECONDS`."""
    found = _WAIT.search(",".join(request.headers.getlist("Prefer")))
    return min(int(found[1]), MAX_WAIT_SECONDS) if found else default


def is_wait_preferred() -> bool:
    """Whether the client itself said how long it would wait."""
    return wait_seconds() is not None


def negotiated(forms: Sequence[str]) -> str:
    """The media type the client prefers of those there are; the first if it names none.

    Raises:
        NotAcceptable: it accepts none of them.
    """
    if not request.accept_mimetypes:
        return forms[0]
    best = request.accept_mimetypes.best_match(forms)
    if best is None:
        raise NotAcceptable(f"This is answered as {', '.join(forms)}.")
    return str(best)


def json_body() -> dict[str, Any]:
    """The body as a JSON object, parsed once a request.

    Refused is also what other parsers let pass: ``NaN``, and a key given twice, one of which
    would be dropped in silence.

    Raises:
        BodyNotJson: it is declared as something else.
        MalformedJson: it is not JSON.
        InvalidFacts: it is JSON, and no object.
    """
    if "json_body" not in g:
        g.json_body = _parsed(request)
    return dict(g.json_body)


def word_body(most: int) -> bytes:
    """The body as the bytes of a Word file; what they are is for others to find out.

    Raises:
        BodyNotWord: it is declared as something else.
        RequestEntityTooLarge: it holds more bytes than ``most``.
    """
    if request.mimetype != DOCX:
        raise BodyNotWord(f"Send the file itself, as {DOCX}.")
    if request.content_encoding not in {None, "", "identity"}:
        raise BodyNotWord("Compressed bodies are not read.")
    return _whole(request, most)


def has_body() -> bool:
    """Whether the request brings a body, as far as its headers tell."""
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def refuse_surplus(*, takes_query: bool, takes_body: bool) -> None:
    """Refuse what a view would drop in silence.

    Args:
        takes_query: Whether the view reads query keys; those that it does not know are refused
            where they are read.
        takes_body: Whether the view reads a body.

    Raises:
        InvalidFacts: a query key is given twice; a query key, or a member of a body, is sent to
            a view that takes none.
    """
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    unknown = [] if takes_query else list(request.args)
    if not takes_body and request.method == "POST" and has_body():
        unknown += json_body()
    faults = [
        Fault(pointer=json_pointer([name]), code="given-twice", detail="This is given twice.")
        for name in twice
    ]
    faults += [
        Fault(
            pointer=json_pointer([name]), code=UNKNOWN_KEY, detail="Nothing of this name is read."
        )
        for name in unknown
    ]
    if faults:
        raise InvalidFacts("The data are not valid; see errors.", faults=faults)


class StrictParser(FlaskParser):
    """webargs, with JSON read as `json_body` does and query keys never ignored."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - as the base class has it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def load_json(self, _request: Request, _schema: Schema) -> Any:
        """The body of the request."""
        return json_body()

    def handle_error(
        self,
        error: ValidationError,
        req: Request,  # noqa: ARG002 - as the base class has it
        schema: Schema,  # noqa: ARG002 - as above
        *,
        error_status_code: int | None,  # noqa: ARG002 - as above
        error_headers: Mapping[str, str] | None,  # noqa: ARG002 - as above
    ) -> NoReturn:
        """Raise what marshmallow found, without the location that webargs put around it."""
        messages = error.messages
        if isinstance(messages, dict) and len(messages) == 1:
            (messages,) = messages.values()
        raise invalid(ValidationError(messages)) from error


def _parsed(req: Request) -> dict[str, Any]:
    charset = req.mimetype_params.get("charset", "utf-8").lower()
    if req.mimetype != "application/json" or charset not in {"utf-8", "utf8"}:
        raise BodyNotJson("Send the body as application/json, in UTF-8.")
    if req.content_encoding not in {None, "", "identity"}:
        raise BodyNotJson("Compressed bodies are not read.")
    value = _decoded(_whole(req, JSON_LIMIT_BYTES))
    if not isinstance(value, dict):
        detail = "the body must be a JSON object"
        fault = Fault(pointer="", code="object-expected", detail=detail)
        raise InvalidFacts("The data are not valid; see errors.", faults=[fault])
    return value


def _whole(req: Request, most: int) -> bytes:
    """The bytes of the body, refused if they are too many.

    Werkzeug cuts a body that comes in chunks at the limit, in silence: so it is let read one more.
    """
    req.max_content_length = most + 1
    data = req.get_data(cache=False)
    if len(data) > most:
        raise RequestEntityTooLarge
    return data


def _decoded(data: bytes) -> Any:
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_members,
            parse_constant=_refuse_constant,
        )
    except _KeyTwice as error:
        raise MalformedJson(f"The key {error} appears twice in one object.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise MalformedJson(f"The body is not JSON: {error.msg} at {place}.") from error
    except (ValueError, RecursionError) as error:
        raise MalformedJson("The body is not JSON in UTF-8, or is nested too deeply.") from error
    return value


class _KeyTwice(Exception):
    """A key is given twice in one object."""


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value] # the idiom
        raise _KeyTwice(json.dumps(twice[:80]))
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _as_utf8(raw: str) -> str:
    """A header as UTF-8 where its bytes are (WSGI gives them as Latin-1), else as it came."""
    try:
        return raw.encode("latin-1").decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return raw
