"""The outbox: what a transaction obliges us to do, written in that transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

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


def take(tx: Transaction, *, now: datetime, limit: int) -> list[OutboxRow]:
    """The oldest rows whose time has come; other dispatchers skip them until the end of ``tx``."""
    rows = tx.execute(
        select(outbox.c.id, outbox.c.topic, outbox.c.payload)
        .where(outbox.c.available_at <= now)
        .order_by(outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [OutboxRow(id=row.id, topic=row.topic, payload=row.payload) for row in rows]


def done(tx: Transaction, ids: Sequence[int]) -> None:
    """Forget rows that were handed over."""
    if ids:
        tx.execute(delete(outbox).where(outbox.c.id.in_(ids)))


def size(tx: Transaction) -> int:
    """How many rows wait."""
    return tx.scalar(select(func.count()).select_from(outbox)) or 0
