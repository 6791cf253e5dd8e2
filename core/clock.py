"""Time and identifiers, which come in from outside so that a life can be replayed in a test."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def civil_day(instant: datetime) -> date:
    """The day it is in Paris at an instant: the civil date an act bears."""
    return instant.astimezone(PARIS).date()


def rfc3339(instant: datetime) -> str:
    """An instant as RFC 3339 in UTC with milliseconds.

    >>> rfc3339(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    '2026-11-22T09:00:00.000Z'
    """
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class IdFactory:
    """Makes opaque identifiers that sort by time of making: a prefix and a ULID.

    Two identifiers made in the same millisecond by one process still sort in the order
    they were made: the random part is then counted up.
    """

    def __init__(self, now: Now = utc_now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._last_ms = -1
        self._random = 0

    def __call__(self, prefix: str) -> str:
        """Return an identifier such as ``act_01K9…``."""
        with self._lock:
            ms = int(self._now().timestamp() * 1000)
            if ms > self._last_ms:
                self._last_ms, self._random = ms, secrets.randbits(79)
            else:
                self._random += 1
            value = (self._last_ms << 80) | self._random
        digits = [_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5)]
        return f"{prefix}_{''.join(digits)}"
