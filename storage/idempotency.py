"""Idempotency keys: the same request sent twice is carried out once and answered twice.

The answer is kept in the transaction that carries the request out (`finish` takes it), so that
a process that dies leaves either both or neither: a client that asks again never makes a
second act (ADR 0053).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from core.errors import Conflict
from storage.database import Database, Transaction
from storage.database.tables import idempotency

KEPT_FOR = timedelta(hours=24)
ABANDONED_AFTER = timedelta(minutes=2)
"""A first request that never ended: its process died. The key is free again after this."""


class KeyTaken(Conflict):
    """The request was so slow that its idempotency key was given to another."""

    slug = "idempotency-key-taken"
    title = "Another request with this idempotency key took over"


@dataclass(frozen=True, slots=True)
class Fresh:
    """The first request with this key: carry it out, then `finish` or `abandon`."""

    tenant_id: str
    key: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """The first request is still being carried out."""


@dataclass(frozen=True, slots=True)
class Reused:
    """The key was used before with another request."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The answer that the first request got."""

    status: int
    headers: Mapping[str, str]
    body: str


Outcome = Fresh | Running | Reused | Replay


def begin(database: Database, tenant_id: str, key: str, fingerprint: str, now: datetime) -> Outcome:
    """Take a key for a request, or say what became of the request that took it.

    Args:
        database: Where; the key is taken in a transaction of its own, which others see at once.
        tenant_id: Whose key it is: two tenants may use the same one.
        key: As the client sent it.
        fingerprint: Of the method, path and body, so that another request is told apart.
        now: The present instant.
    """
    is_it = (idempotency.c.tenant_id == tenant_id) & (idempotency.c.key == key)
    try:
        with database.transaction() as tx:
            found = tx.execute(select(idempotency).where(is_it)).first()
            if found is not None and _is_over(found.started_at, found.status, now):
                taken = Fresh(tenant_id, key, found.started_at)
                # Not if it ended since we looked: then the insert below finds it there.
                same_state = idempotency.c.status.is_not_distinct_from(found.status)
                tx.execute(delete(idempotency).where(_is_ours(taken), same_state))
                found = None
            if found is None:
                row = {
                    "tenant_id": tenant_id,
                    "key": key,
                    "fingerprint": fingerprint,
                    "started_at": now,
                }
                tx.execute(insert(idempotency), row)
                return Fresh(tenant_id, key, now)
    except IntegrityError:  # another request took it between our look and our insert
        return Running()
    if found.fingerprint != fingerprint:
        return Reused()
    if found.status is None:
        return Running()
    return Replay(status=found.status, headers=found.headers, body=found.body)


def finish(
    tx: Transaction, fresh: Fresh, *, status: int, headers: Mapping[str, str], body: str
) -> None:
    """Keep the answer for those who ask again, in the transaction of what it tells.

    Raises:
        KeyTaken: too late, the key was given to another request. What this one did in ``tx``
            must not last; the error rolls it back.
    """
    kept = tx.execute(
        update(idempotency)
        .where(_is_ours(fresh))
        .values(status=status, headers=dict(headers), body=body)
    )
    if kept.rowcount != 1:
        raise KeyTaken("the request took too long, and another with its key was let in")


def abandon(database: Database, fresh: Fresh) -> None:
    """Free a key whose request had no final answer, so that the client may try again."""
    with database.transaction() as tx:
        tx.execute(delete(idempotency).where(_is_ours(fresh), idempotency.c.status.is_(None)))


def forget_old(database: Database, now: datetime) -> int:
    """Drop answers that nobody may ask for again."""
    with database.transaction() as tx:
        return tx.execute(
            delete(idempotency).where(idempotency.c.started_at < now - KEPT_FOR)
        ).rowcount


def _is_over(started_at: datetime, status: int | None, now: datetime) -> bool:
    return started_at < now - (ABANDONED_AFTER if status is None else KEPT_FOR)


def _is_ours(fresh: Fresh) -> ColumnElement[bool]:
    """The row as this request took it: a later request that took the key has its own instant."""
    return (
        (idempotency.c.tenant_id == fresh.tenant_id)
        & (idempotency.c.key == fresh.key)
        & (idempotency.c.started_at == fresh.taken_at)
    )
