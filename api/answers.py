"""Answers of requests that change something: kept with the change, waited for if preferred."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app
from marshmallow import Schema

from api.idempotency import Answer, keep, keep_better
from api.requests import is_wait_preferred, wait_seconds
from api.waiting import wait_until
from storage.acts import Act
from storage.database import Transaction


def answer_of(
    schema: Schema, thing: Any, status: int, headers: dict[str, str] | None = None
) -> Answer:
    """A thing as the answer with a status."""
    return Answer(status, current_app.json.dumps(schema.dump(thing)), headers or {})


class MovedOn:
    """An act that a request set moving: answered as accepted, or as what became of it in time.

    Args:
        schema: Dumps what the answer shows.
        has_ended: Whether the act has moved on to where the client wants to see it.
        location: Address in the answer, with ``{id}`` for the act's.
        done: Status of the answer once it has ended.
        default_wait: Seconds to wait when the client prefers nothing.
        shown: What of the act is shown at the end, when it is not the act.
    """

    def __init__(
        self,
        schema: Schema,
        *,
        has_ended: Callable[[Act], bool],
        location: str | None = None,
        done: int = 201,
        default_wait: int | None = None,
        shown: tuple[Schema, Callable[[Act], Any]] | None = None,
    ) -> None:
        self._schema = schema
        self._has_ended = has_ended
        self._location = location
        self._done = done
        self._wait = wait_seconds(default_wait)
        self._shown = shown or (schema, lambda act: act)

    def keep_accepted(self, tx: Transaction, act: Act) -> None:
        """Keep the answer "accepted" with the change itself."""
        keep(tx, self._accepted(act))

    def answer(self, act: Act) -> Response:
        """Wait as the client prefers, and answer."""
        ended = wait_until(act.tenant_id, act.id, self._wait, self._has_ended)
        if ended is None:
            return self._accepted(act).response()
        schema, show = self._shown
        answer = answer_of(schema, show(ended), self._done, self._headers(act))
        keep_better(answer)
        return answer.response()

    def _accepted(self, act: Act) -> Answer:
        return answer_of(self._schema, act, 202, self._headers(act))

    def _headers(self, act: Act) -> dict[str, str]:
        headers = {}
        if self._location is not None:
            headers["Location"] = self._location.format(id=act.id)
        if is_wait_preferred():
            headers["Preference-Applied"] = f"wait={self._wait}"
        return headers
