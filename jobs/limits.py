"""Counting requests in windows of time, shared by all web processes through Redis."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_TIMEOUT_SECONDS = 0.25
_REST_SECONDS = 5.0
_PREFIX = "minutier:rate"


class RequestCounter(Protocol):
    """What counts requests."""

    def count(self, who: str, window: int, seconds: int) -> int | None:
        """Count one request.

        Args:
            who: Whose request it is: the id of a key.
            window: Number of the window of time; a count begins anew in each.
            seconds: Length of a window.

        Returns:
            The requests of the window with this one, or None if nobody can count now.
        """


class RedisRequestCounter:
    """Counts in Redis. When it does not answer it is left alone for some seconds.

    So a Redis that hangs delays one request now and then, not each of them (ADR 0065).
    """

    def __init__(self, url: str) -> None:
        self._connection: Redis = Redis.from_url(
            url,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            socket_timeout=_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._rests_until = 0.0

    def count(self, who: str, window: int, seconds: int) -> int | None:
        """See `RequestCounter.count`."""
        if time.monotonic() < self._rests_until:
            return None
        key = f"{_PREFIX}:{who}:{window}"
        try:
            with self._connection.pipeline(transaction=False) as pipeline:
                pipeline.incr(key)
                pipeline.expire(key, 2 * seconds)
                counted, _ = pipeline.execute()
        except RedisError:
            self._rests_until = time.monotonic() + _REST_SECONDS
            return None
        return int(counted)


class MemoryRequestCounter:
    """Counts in memory: for one process, and for tests of what is above it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._counts: Counter[str] = Counter()

    def count(self, who: str, window: int, seconds: int) -> int | None:  # noqa: ARG002 - the port's signature
        """See `RequestCounter.count`."""
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[who] += 1
            return self._counts[who]
