"""The header Idempotency-Key: a request sent twice is carried out once and answered twice.

Kept are the answers of requests that were carried out, whatever they answered then. A request
that was refused (4xx) or that failed (5xx) changed nothing: it gives its key back, so that the
client may mend its data and use the same key (ADR 0071).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, g, request

from api.auth import principal
from api.blueprint import described, form_limit, services
from api.forms import file_form, is_form
from api.problems import HeaderInvalid
from api.requests import has_body, json_body
from core.errors import Conflict, InvalidFacts, Unavailable
from storage import idempotency
from storage.database import Transaction
from storage.idempotency import Fresh, Replay, Reused, Running

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
MAX_LENGTH = 255
_LOG = logging.getLogger("minutier.api")

View = Callable[..., Response]


class KeyReused(InvalidFacts):
    """The idempotency key was used for another request: another address or another body."""

    slug = "idempotency-key-reused"
    title = "The idempotency key belongs to another request"


class KeyInUse(Conflict):
    """A request with this idempotency key is still being carried out; ask again."""

    slug = "idempotency-key-in-use"
    title = "A request with this idempotency key is still running"
    retry_after_seconds = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept and sent."""

    status: int
    body: str
    headers: dict[str, str]

    def response(self) -> Response:
        """The answer for Flask."""
        return Response(self.body, self.status, self.headers, content_type="application/json")


def keep(tx: Transaction, answer: Answer) -> None:
    """Keep an answer in the transaction of what it tells, if the client sent a key."""
    fresh: Fresh | None = g.get("idempotency")
    if fresh is not None:
        idempotency.finish(
            tx, fresh, status=answer.status, headers=answer.headers, body=answer.body
        )
        g.idempotency_kept = True


def keep_better(answer: Answer) -> None:
    """Replace the kept answer by one that says more, as it is sent to the first caller.

    If that cannot be, the answer that was kept stands: it tells of the same act.
    """
    if g.get("idempotency") is None:
        return
    try:
        with services().database.transaction() as tx:
            keep(tx, answer)
    except (Unavailable, Conflict):
        _LOG.warning("an idempotent answer was not replaced by its later form")


def idempotent(view: View) -> View:
    """Carry out a request once for each Idempotency-Key that comes with it."""
    most = form_limit(view)

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return view(*args, **kwargs)
        database = services().database
        outcome = idempotency.begin(
            database,
            principal().tenant_id,
            _checked(key),
            _fingerprint(most),
            services().now(),
        )
        if not isinstance(outcome, Fresh):
            return _answered(outcome)
        g.idempotency = outcome
        try:
            return view(*args, **kwargs)
        finally:
            if not g.get("idempotency_kept"):
                _give_back(outcome)

    return described(once, headers=["IdempotencyKey"], problems=[400, 409, 422])


def _answered(outcome: Running | Reused | Replay) -> Response:
    if isinstance(outcome, Reused):
        raise KeyReused("This Idempotency-Key was used with another request.")
    if isinstance(outcome, Running):
        raise KeyInUse("The first request with this Idempotency-Key has not ended.")
    headers = {**outcome.headers, REPLAYED: "true"}
    return Answer(outcome.status, outcome.body, headers).response()


def _give_back(fresh: Fresh) -> None:
    try:
        idempotency.abandon(services().database, fresh)
    except Unavailable:  # it frees itself after two minutes
        _LOG.warning("an idempotency key could not be given back")


def _checked(key: str) -> str:
    if not 1 <= len(key) <= MAX_LENGTH or not key.isascii() or not key.isprintable():
        raise HeaderInvalid(f"Idempotency-Key must be 1 to {MAX_LENGTH} printable ASCII characters")
    return key


def _fingerprint(most: int | None = None) -> str:
    """Of the request: two bodies that differ only in spaces or order of keys are the same."""
    if most is not None and is_form():
        body = file_form(most).fingerprint
    elif has_body():
        body = json.dumps(json_body(), sort_keys=True, separators=(",", ":"))
    else:
        body = ""
    text = f"{request.method}\n{request.path}\n{body}"
    return hashlib.sha256(text.encode()).hexdigest()
