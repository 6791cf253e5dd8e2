"""Idempotency keys: the same request sent twice is carried out once and answered twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.database.tables import idempotency

KEPT_FOR = timedelta(hours=24)
ABANDONED_AFTER = timedelta(minutes=2)
"""A first request that never ended: its process died. The key is free again after this."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """The first request with this key: carry it out, then `finish` or `abandon`."""


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
    """Take a key for a request, or say what became of the request that took it."""
    try:
        with database.transaction() as tx:
            found = tx.execute(select(idempotency).where(_is(tenant_id, key))).first()
            stale = found is not None and found.started_at < now - (
                ABANDONED_AFTER if found.status is None else KEPT_FOR
            )
            if stale:
                tx.execute(delete(idempotency).where(_is(tenant_id, key)))
            if found is None or stale:
                tx.execute(
                    insert(idempotency).values(
                        tenant_id=tenant_id, key=key, fingerprint=fingerprint, started_at=now
                    )
                )
                return Fresh()
    except IntegrityError:  # another request took it between our look and our insert
        return Running()
    if found.fingerprint != fingerprint:
        return Reused()
    if found.status is None:
        return Running()
    return Replay(status=found.status, headers=found.headers, body=found.body)


def finish(
    database: Database,
    tenant_id: str,
    key: str,
    *,
    status: int,
    headers: Mapping[str, str],
    body: str,
) -> None:
    """Keep the answer for those who ask again."""
    with database.transaction() as tx:
        tx.execute(
            update(idempotency)
            .where(_is(tenant_id, key))
            .values(status=status, headers=dict(headers), body=body)
        )


def abandon(database: Database, tenant_id: str, key: str) -> None:
    """Free a key whose request had no final answer, so that the client may try again."""
    with database.transaction() as tx:
        tx.execute(delete(idempotency).where(_is(tenant_id, key), idempotency.c.status.is_(None)))


def forget_old(database: Database, now: datetime) -> int:
    """Drop answers that nobody may ask for again."""
    with database.transaction() as tx:
        return tx.execute(
            delete(idempotency).where(idempotency.c.started_at < now - KEPT_FOR)
        ).rowcount


def _is(tenant_id: str, key: str) -> ColumnElement[bool]:
    return (idempotency.c.tenant_id == tenant_id) & (idempotency.c.key == key)
