"""Column types that mean the same on SQLite and PostgreSQL.

A stored value that can no longer be read comes back as something that no hash matches, so that
a verification names the row that was damaged instead of stopping at it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

UNREADABLE_AT = datetime.min.replace(tzinfo=UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC; on SQLite a text of fixed width, so that it sorts as time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else self.impl)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant is aware; this one is naive")
        instant = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return instant
        return _text(instant)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            stored: datetime = value
            return stored.astimezone(UTC)
        try:
            instant = datetime.fromisoformat(value).astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            return UNREADABLE_AT
        # The same instant written otherwise was not written by us.
        return instant if _text(instant) == value else UNREADABLE_AT


class Json(TypeDecorator[Any]):
    """JSON kept as text: keys sorted, nothing rewritten by the database (ADR 0051)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return _dumped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        try:
            return json.loads(value)
        except (TypeError, ValueError):
            return {"unreadable": str(value)}


class ExactJson(Json):
    """JSON of a row that proves: a text that we would write otherwise counts as unreadable.

    Else a changed byte that leaves the value as it was (a space, the case of an escape) would
    go unnoticed.
    """

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        found = super().process_result_value(value, dialect)
        try:
            same = value is None or _dumped(found) == value
        except ValueError:  # NaN, which JSON does not know
            same = False
        return found if same else {"unreadable": str(value)}


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _dumped(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
