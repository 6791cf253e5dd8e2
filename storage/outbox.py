"""The outbox: what a transaction obliges us to do, written in that transaction.

A row stays until the work is done, not until it is handed to the queue: a queue that forgets
is told again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from storage.database import Transaction
from storage.database.tables import outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """Something to hand to the queue."""

    id: int
    topic: str
    payload: Mapping[str, Any]


def add(
    tx: Transaction,
    topic: str,
    payload: Mapping[str, Any],
    *,
    now: datetime,
    available_at: datetime | None = None,
) -> None:
    """Write what is to be done, at once or from an instant on."""
    row = {
        "topic": topic,
        "payload": payload,
        "created_at": now,
        "available_at": available_at or now,
    }
    tx.execute(insert(outbox), row)


def due(tx: Transaction, *, now: datetime, limit: int) -> list[OutboxRow]:
    """The oldest rows whose time has come."""
    rows = tx.execute(
        select(outbox.c.id, outbox.c.topic, outbox.c.payload)
        .where(outbox.c.available_at <= now)
        .order_by(outbox.c.available_at, outbox.c.id)
        .limit(limit)
    )
    return [OutboxRow(id=row.id, topic=row.topic, payload=row.payload) for row in rows]


def defer(tx: Transaction, ids: Sequence[int], until: datetime) -> None:
    """Look at rows again at an instant: they were handed over, or must wait."""
    if ids:
        tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(available_at=until))


def postpone(tx: Transaction, topic: str, payload: Mapping[str, Any], until: datetime) -> None:
    """Look at one task again at an instant."""
    tx.execute(update(outbox).where(_is(topic, payload)).values(available_at=until))


def finish(tx: Transaction, topic: str, payload: Mapping[str, Any]) -> None:
    """Forget a task: it is done, or will never be."""
    tx.execute(delete(outbox).where(_is(topic, payload)))


def size(tx: Transaction) -> int:
    """How many rows wait."""
    return tx.scalar(select(func.count()).select_from(outbox)) or 0


def is_due(tx: Transaction, topic: str, payload: Mapping[str, Any]) -> bool:
    """Whether a task waits or is under way."""
    query = select(func.count()).select_from(outbox).where(_is(topic, payload))
    return bool(tx.scalar(query))


def _is(topic: str, payload: Mapping[str, Any]) -> ColumnElement[bool]:
    return (outbox.c.topic == topic) & (outbox.c.payload == payload)
