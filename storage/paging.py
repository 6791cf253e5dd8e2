"""Cursors of lists: opaque to the client, a place in an order to us."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, Self, TypeVar

from core.errors import Fault, InvalidFacts

T = TypeVar("T")


class CursorInvalid(InvalidFacts):
    """A cursor that this service did not give."""

    slug = "cursor-invalid"
    title = "The cursor is not one that was given"

    @classmethod
    def of_list(cls) -> Self:
        """The error of a cursor that does not belong to a list."""
        fault = Fault(pointer="/cursor", code="cursor-invalid", detail="not a cursor of this list")
        return cls("the cursor is not one of this list", faults=[fault])


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list; ``next_cursor`` is None at its end."""

    items: Sequence[T]
    next_cursor: str | None


def encode(at: datetime, identifier: str) -> str:
    """The cursor after an item made at an instant."""
    text = json.dumps([at.astimezone(UTC).isoformat(), identifier])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, str]:
    """The place a cursor names.

    Raises:
        CursorInvalid: it names none.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, identifier = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        return datetime.fromisoformat(at).astimezone(UTC), str(identifier)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise CursorInvalid.of_list() from error
