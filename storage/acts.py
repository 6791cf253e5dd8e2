"""Acts: what they are, where they stand, how they are found."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from core.errors import Conflict, NotFound
from storage.database import Transaction
from storage.database.tables import acts
from storage.paging import Page, decode, encode

Status = Literal[
    "queued",
    "rendering",
    "draft",
    "changes_requested",
    "approved",
    "signing",
    "signed",
    "archived",
    "failed",
    "voided",
]


class ActMissing(NotFound):
    """There is no such act for this tenant."""

    slug = "act-missing"
    title = "There is no such act"


class StatusConflict(Conflict):
    """The act is not in a status from which this is possible."""

    slug = "status-conflict"
    title = "The act's status does not allow this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act as the database knows it. ``problem`` is set while the status is ``failed``."""

    id: str
    tenant_id: str
    kind: str
    status: Status
    case_reference: str
    creditor_name: str
    debtor_name: str | None
    debtor_siren: str | None
    as_of: date
    language: str
    current_version: int
    due_cents: int | None
    problem: Mapping[str, Any] | None
    created_by_key: str
    actor_name: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFilters:
    """What a list of acts is narrowed to; None narrows nothing."""

    kind: str | None = None
    status: str | None = None
    case_reference: str | None = None
    debtor: str | None = None
    siren: str | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    q: str | None = None


def insert_act(tx: Transaction, act: Act) -> None:
    """Store a new act."""
    tx.execute(insert(acts), {**_values(act), **_search_columns(act)})


def get_act(tx: Transaction, tenant_id: str, act_id: str, *, lock: bool = False) -> Act:
    """The act, its row locked for the rest of the transaction if asked.

    Raises:
        ActMissing: no such act, or another tenant's.
    """
    query = select(*_COLUMNS).where(acts.c.id == act_id, acts.c.tenant_id == tenant_id)
    row = tx.execute(query.with_for_update(key_share=True) if lock else query).first()
    if row is None:
        raise ActMissing(f"no act {act_id}")
    return Act(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def tenant_of(tx: Transaction, act_id: str) -> str:
    """The tenant of an act, for jobs, which are given an act's id only.

    Raises:
        ActMissing: no such act.
    """
    tenant_id = tx.scalar(select(acts.c.tenant_id).where(acts.c.id == act_id))
    if tenant_id is None:
        raise ActMissing(f"no act {act_id}")
    return str(tenant_id)


def find_acts(
    tx: Transaction, tenant_id: str, filters: ActFilters, *, limit: int, cursor: str | None = None
) -> Page[Act]:
    """Acts of a tenant, newest first.

    Raises:
        CursorInvalid: the cursor is not one of this list.
    """
    query = select(*_COLUMNS).where(acts.c.tenant_id == tenant_id, *_conditions(filters))
    if cursor is not None:
        at, identifier = decode(cursor)
        query = query.where(
            or_(acts.c.created_at < at, and_(acts.c.created_at == at, acts.c.id < identifier))
        )
    rows = tx.execute(
        query.order_by(acts.c.created_at.desc(), acts.c.id.desc()).limit(limit + 1)
    ).all()
    found = [Act(**row._mapping) for row in rows[:limit]]  # noqa: SLF001 - as above
    more = len(rows) > limit
    return Page(found, encode(found[-1].created_at, found[-1].id) if more else None)


def set_status(
    tx: Transaction,
    act_id: str,
    *,
    from_: Collection[Status],
    to: Status,
    at: datetime,
    problem: Mapping[str, Any] | None = None,
    due_cents: int | None = None,
) -> None:
    """Move an act from one of some statuses to another, at once or not at all.

    Raises:
        StatusConflict: the act stands elsewhere.
    """
    values: dict[str, Any] = {"status": to, "updated_at": at, "problem": problem}
    if due_cents is not None:
        values["due_cents"] = due_cents
    done = tx.execute(
        update(acts).where(acts.c.id == act_id, acts.c.status.in_(from_)).values(values)
    )
    if done.rowcount != 1:
        status = tx.scalar(select(acts.c.status).where(acts.c.id == act_id))
        raise StatusConflict(f"the act is {status}; this needs {' or '.join(sorted(from_))}")


def set_current_version(tx: Transaction, act: Act) -> None:
    """Point an act to a new version, with what that version's case says of the act."""
    tx.execute(
        update(acts).where(acts.c.id == act.id).values(**_values(act), **_search_columns(act))
    )


_WRITTEN_ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}
)
_COLUMNS = [acts.c[field.name] for field in fields(Act)]


def _values(act: Act) -> dict[str, Any]:
    return {field.name: getattr(act, field.name) for field in fields(Act)}


def _conditions(filters: ActFilters) -> list[ColumnElement[bool]]:
    exact = {
        acts.c.kind: filters.kind,
        acts.c.status: filters.status,
        acts.c.case_reference: filters.case_reference,
        acts.c.debtor_siren: filters.siren,
    }
    conditions = [column == value for column, value in exact.items() if value is not None]
    if filters.debtor is not None:
        conditions.append(acts.c.debtor_search.contains(_folded(filters.debtor), autoescape=True))
    if filters.q is not None:
        conditions += [
            acts.c.search_text.contains(word, autoescape=True)
            for word in _folded(filters.q).split()
        ]
    if filters.created_from is not None:
        conditions.append(acts.c.created_at >= filters.created_from)
    if filters.created_to is not None:
        conditions.append(acts.c.created_at < filters.created_to)
    return conditions


def _search_columns(act: Act) -> dict[str, str]:
    parts = (act.case_reference, act.debtor_name, act.creditor_name, act.debtor_siren)
    return {
        "debtor_search": _folded(act.debtor_name or ""),
        "search_text": _folded("\n".join(part for part in parts if part)),
    }


def _folded(text: str) -> str:
    """Lower case, no accents, single spaces: « Cœur d'Étang » is found as « coeur d'etang »."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_WRITTEN_ALIKE))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
