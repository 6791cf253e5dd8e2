"""How many requests a key may make: counted a minute, told in every answer, refused with 429."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g

from api.blueprint import services
from api.problems import RateLimited
from storage.keys import Principal

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a key in the present window."""

    limit: int
    left: int
    resets_in_seconds: int

    def headers(self) -> dict[str, str]:
        """As the answer tells it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.left)),
            "RateLimit-Reset": str(self.resets_in_seconds),
        }


def take(caller: Principal) -> None:
    """Count a request of a key; while nobody can count, every request is let in.

    Raises:
        RateLimited: it is one too many for this minute.
    """
    now = int(services().now().timestamp())
    window, passed = divmod(now, WINDOW_SECONDS)
    counted = services().counter.count(caller.key_id, window, WINDOW_SECONDS)
    if counted is None:
        return
    limit = services().settings.requests_per_minute
    allowance = Allowance(limit, limit - counted, WINDOW_SECONDS - passed)
    g.allowance = allowance
    if allowance.left < 0:
        raise RateLimited(limit, allowance.resets_in_seconds)


def register(app: Flask) -> None:
    """Tell every caller with a key what is left to it."""

    @app.after_request
    def _tell(answer: Response) -> Response:
        allowance: Any = g.get("allowance")
        if allowance is not None:
            answer.headers.update(allowance.headers())
        return answer
