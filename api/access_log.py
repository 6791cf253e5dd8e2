"""The log: one JSON line an answer, and one for each error of ours. Ids only, no personal data."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

from core.clock import rfc3339

ACCESS = logging.getLogger("minutier.access")
ERRORS = logging.getLogger("minutier.errors")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_ROUTE_IDS = ("act_id", "number", "kind")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: its message and what was given as ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`.

        The text of an exception is left out, as it may quote what a client sent.
        """
        line: dict[str, Any] = {
            "at": rfc3339(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = list(chain(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def configure() -> None:
    """Write all logs of the process to standard output, as JSON lines."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def register(app: Flask) -> None:
    """Log every answer of an application."""

    @app.after_request
    def _log(answer: Response) -> Response:
        ACCESS.info("answered", extra=_described(answer))
        return answer


class QuietFlask(Flask):
    """Flask that logs an error by its type and place, not by its text."""

    def log_exception(self, exc_info: Any) -> None:
        """Log what happened where, under the id of the request."""
        error = exc_info[1]
        ERRORS.error(
            "unhandled error",
            extra={
                "request_id": g.get("request_id"),
                "route": request.url_rule.rule if request.url_rule else None,
                "causes": list(chain(error)),
            },
        )


def chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """An error and its causes: type and places, no message."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        yield {"type": type(error).__qualname__, "places": places}
        error = error.__cause__ or error.__context__


def _described(answer: Response) -> dict[str, Any]:
    caller = g.get("principal")
    arguments = request.view_args or {}
    found = {
        "request_id": g.get("request_id"),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": answer.status_code,
        "duration_ms": round((time.perf_counter() - g.begun) * 1000, 1) if "begun" in g else None,
        "key_id": caller.key_id if caller else None,
        "tenant_id": caller.tenant_id if caller else None,
        **{name: arguments[name] for name in _ROUTE_IDS if name in arguments},
    }
    return {name: value for name, value in found.items() if value is not None}
