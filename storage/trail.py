"""The audit trail: append-only, one hash chain per act, canonical JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from core.clock import rfc3339
from storage.canonical import canonical, sha256_hex
from storage.database import Transaction
from storage.database.tables import acts, trail_events

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to an act. ``at`` has whole milliseconds."""

    act_id: str
    seq: int
    at: datetime
    actor: Mapping[str, Any]
    action: str
    details: Mapping[str, Any]
    previous_hash: str
    hash: str

    def to_json(self) -> dict[str, Any]:
        """Exactly the members that are hashed, and ``hash``."""
        return {**_hashed_members(self), "hash": self.hash}


def append(
    tx: Transaction,
    *,
    tenant_id: str,
    act_id: str,
    at: datetime,
    actor: Mapping[str, Any],
    action: str,
    details: Mapping[str, Any],
) -> Event:
    """Add the next event of an act, in the transaction of the change it tells of.

    The act's row is locked first, so that two writers cannot take the same place in the chain.
    The lock leaves foreign keys alone: two writers that each added a row of the act, and so hold
    its key, would else wait for each other.
    """
    tx.execute(select(acts.c.id).where(acts.c.id == act_id).with_for_update(key_share=True))
    last = tx.execute(
        select(trail_events.c.seq, trail_events.c.hash)
        .where(trail_events.c.act_id == act_id)
        .order_by(trail_events.c.seq.desc())
        .limit(1)
    ).first()
    draft = Event(
        act_id=act_id,
        seq=last.seq + 1 if last else 1,
        at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        actor=actor,
        action=action,
        details=details,
        previous_hash=last.hash if last else GENESIS,
        hash="",
    )
    values = {
        "tenant_id": tenant_id,
        **{name: getattr(draft, name) for name in _STORED},
        "hash": event_hash(draft),
    }
    tx.execute(insert(trail_events), values)
    return Event(**{name: values[name] for name in (*_STORED, "hash")})


def events(
    tx: Transaction, tenant_id: str, act_id: str, *, after_seq: int = 0, limit: int | None = None
) -> list[Event]:
    """The events of an act, oldest first."""
    rows = tx.execute(
        select(*(trail_events.c[name] for name in (*_STORED, "hash")))
        .where(
            trail_events.c.act_id == act_id,
            trail_events.c.tenant_id == tenant_id,
            trail_events.c.seq > after_seq,
        )
        .order_by(trail_events.c.seq)
        .limit(limit)
    )
    return [Event(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def places(tx: Transaction, act_id: str) -> list[tuple[int, str, int]]:
    """Number, tenant and place in the order of commits of each event of an act, oldest first."""
    rows = tx.execute(
        select(trail_events.c.seq, trail_events.c.tenant_id, trail_events.c.position)
        .where(trail_events.c.act_id == act_id)
        .order_by(trail_events.c.seq)
    )
    return [(row.seq, row.tenant_id, row.position) for row in rows]


def head(tx: Transaction, act_id: str) -> tuple[int, str]:
    """Sequence number and hash of the last event; (0, `GENESIS`) for none."""
    row = tx.execute(
        select(trail_events.c.seq, trail_events.c.hash)
        .where(trail_events.c.act_id == act_id)
        .order_by(trail_events.c.seq.desc())
        .limit(1)
    ).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def count(tx: Transaction, act_id: str) -> int:
    """How many events an act has."""
    return (
        tx.scalar(
            select(func.count()).select_from(trail_events).where(trail_events.c.act_id == act_id)
        )
        or 0
    )


def event_hash(event: Event) -> str:
    """SHA-256 over the previous hash (32 bytes) and the event without ``hash``, canonical."""
    return sha256_hex(bytes.fromhex(event.previous_hash) + canonical(_hashed_members(event)))


def instant(at: datetime) -> str:
    """An instant with milliseconds, as events are made; what a damaged row has beyond is told."""
    return rfc3339(at) if at.microsecond % 1000 == 0 else at.isoformat()


def check_chain(chain: Sequence[Event]) -> list[str]:
    """What is wrong with the whole chain of one act, in words; empty when nothing is."""
    faults: list[str] = []
    previous_hash, expected_seq = GENESIS, 1
    act_id = chain[0].act_id if chain else ""
    for event in chain:
        place = f"event {event.seq}"
        if event.act_id != act_id:
            faults.append(f"{place} belongs to another act")
        if event.seq != expected_seq:
            faults.append(f"event {expected_seq} is missing or out of order before {place}")
        if event.previous_hash != previous_hash:
            faults.append(f"{place} does not follow the event before it")
        if not _recomputes(event):
            faults.append(f"{place} was altered: its hash is not that of its content")
        previous_hash, expected_seq = event.hash, event.seq + 1
    return faults


_STORED = ("act_id", "seq", "at", "actor", "action", "details", "previous_hash")


def _recomputes(event: Event) -> bool:
    try:
        return event_hash(event) == event.hash
    except ValueError:  # a previous_hash that is not even hexadecimal
        return False


def _hashed_members(event: Event) -> dict[str, Any]:
    return {
        "act_id": event.act_id,
        "seq": event.seq,
        "at": instant(event.at),
        "actor": _plain(event.actor),
        "action": event.action,
        "details": _plain(event.details),
        "previous_hash": event.previous_hash,
    }


def _plain(value: Any) -> Any:
    """A mapping of any class as a dict; what a damaged row holds instead, as it is."""
    return dict(value) if isinstance(value, Mapping) else value
