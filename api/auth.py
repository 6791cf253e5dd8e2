"""Who calls and what they may: API keys, scopes, and how both are documented."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app, g, request

from api import limits
from api.blueprint import described, services, takes_of
from api.problems import KeyRefused, ScopeMissing
from api.requests import refuse_surplus
from core.errors import Unavailable
from storage.keys import Principal, authenticate, note_use

P = ParamSpec("P")
R = TypeVar("R")

SCHEME = "apiKey"
_LOG = logging.getLogger("minutier.api")


class PrincipalCache:
    """Keys seen to be good, for a few seconds: so long may a revoked key still be let in."""

    def __init__(self, *, seconds: float = 4.0, most: int = 1024) -> None:
        self._seconds = seconds
        self._most = most
        self._lock = threading.Lock()
        self._known: dict[bytes, tuple[Principal, float]] = {}

    def get(self, secret: str) -> Principal | None:
        """The principal of a secret that was good a moment ago."""
        found = self._known.get(_digest(secret))
        return found[0] if found and found[1] > time.monotonic() else None

    def put(self, secret: str, principal: Principal) -> None:
        """Remember a good secret (its hash only)."""
        with self._lock:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[_digest(secret)] = principal, time.monotonic() + self._seconds


def requires(*scopes: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let in only keys that carry one of some scopes; without any, every valid key.

    The outermost decorator of a view: it also refuses what the view would leave unread.
    """

    def decorator(view: Callable[P, R]) -> Callable[P, R]:
        takes_query, takes_body = takes_of(view)

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            caller = _authenticated()
            limits.take(caller)
            if scopes and not any(caller.may(scope) for scope in scopes):
                raise ScopeMissing(scopes)
            refuse_surplus(takes_query=takes_query, takes_body=takes_body)
            return view(*args, **kwargs)

        return described(guarded, security=_needs(scopes))

    return decorator


def principal() -> Principal:
    """Who makes this request; only in views that `requires` guards."""
    caller: Principal = g.principal
    return caller


def _authenticated() -> Principal:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret:
        raise KeyRefused("Send the API key as `Authorization: Bearer <key>`.")
    known = _cache().get(secret) or _looked_up(secret)
    if known is None:
        raise KeyRefused("The API key is unknown or was revoked.")
    g.principal = known
    return known


def _looked_up(secret: str) -> Principal | None:
    database, now = services().database, services().now()
    with database.reading() as tx:
        found = authenticate(tx, secret)
    if found is None:
        return None
    _cache().put(secret, found)
    if found.use_is_worth_noting(now):
        try:
            with database.transaction() as tx:
                note_use(tx, found.key_id, now)
        except Unavailable:  # a busy database must not refuse a reader for a note
            _LOG.warning("the use of a key was not noted", extra={"key_id": found.key_id})
    return found


def _needs(scopes: tuple[str, ...]) -> list[dict[str, list[str]]]:
    return [{SCHEME: [scope]} for scope in scopes] or [{SCHEME: []}]


def _cache() -> PrincipalCache:
    cache: PrincipalCache = current_app.extensions.setdefault("minutier.keys", PrincipalCache())
    return cache


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()
