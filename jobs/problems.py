"""Problems of background work, in the form in which an act keeps them for its client."""

from __future__ import annotations

from typing import Any

from core.errors import MinutierError


def problem_of(error: MinutierError) -> dict[str, Any]:
    """The members of RFC 9457 that an error knows of itself, with its faults."""
    return {
        "type": f"/problems/{error.slug}",
        "title": error.title,
        "detail": error.detail,
        "errors": [
            {"pointer": fault.pointer, "code": fault.code, "detail": fault.detail}
            for fault in error.faults
        ],
    }
