"""Instants in answers, and bounds of time in queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from marshmallow import ValidationError, fields

from core.clock import PARIS, rfc3339


class Instant(fields.DateTime):
    """An instant, RFC 3339 in UTC with milliseconds."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return None if value is None else rfc3339(value)


class Bound(fields.Field[datetime]):
    """A bound of time: an instant with its zone, or a day in Paris.

    A day as upper bound is counted in: what ends with a day ends with its last moment.
    """

    def __init__(self, *, upper: bool = False, **kwargs: Any) -> None:
        described = {"type": "string", **kwargs.pop("metadata", {})}
        super().__init__(metadata=described, **kwargs)
        self._upper = upper

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002 - as the base class has it
        data: Mapping[str, Any] | None,  # noqa: ARG002 - as above
        **_: Any,
    ) -> datetime:
        try:
            if len(value) == len("2026-11-22"):
                day = date.fromisoformat(value) + timedelta(days=int(self._upper))
                return datetime.combine(day, time(), PARIS).astimezone(UTC)
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is not None:
                return instant.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            pass
        raise ValidationError("Not a day or an instant with its zone.")
