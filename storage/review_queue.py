"""What waits for a reviewer, the most urgent first."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, true

from storage.acts import Status
from storage.database import Transaction
from storage.database.tables import acts, reviews, versions
from storage.paging import CursorInvalid, Page

Sort = Literal["deadline", "amount", "age"]
_NEVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An act under review.

    Attributes:
        author_name: Who made the version, as the caller named them.
        waiting_since: When the version was ready to be read.
        deadline_on: Last day to sue for the claim that is barred first.
        concerns: Of the version.
    """

    act_id: str
    version: int
    kind: str
    status: Status
    case_reference: str
    creditor_name: str
    debtor_name: str | None
    debtor_siren: str | None
    due_cents: int | None
    author_name: str | None
    waiting_since: datetime
    deadline_on: date | None
    concerns: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """What the queue is narrowed to.

    Attributes:
        status: Where the acts stand.
        kinds: Their kinds.
        not_made_by: For some of the kinds, whose own versions are left out.
        not_approved_by: Whose approval is given already.
    """

    status: Status
    kinds: Collection[str]
    not_made_by: tuple[Collection[str], str] | None = None
    not_approved_by: str | None = None


def find_waiting(
    tx: Transaction,
    tenant_id: str,
    filters: QueueFilters,
    *,
    sort: Sort,
    limit: int,
    cursor: str | None = None,
) -> Page[Waiting]:
    """Acts whose current version is ready, in the order asked for.

    Raises:
        CursorInvalid: the cursor is not one of this list in this order.
    """
    key = _KEYS[sort]
    query = (
        select(*_COLUMNS, key.label("sort_key"))
        .join(
            versions,
            and_(versions.c.act_id == acts.c.id, versions.c.number == acts.c.current_version),
        )
        .where(
            acts.c.tenant_id == tenant_id,
            acts.c.status == filters.status,
            acts.c.kind.in_(list(filters.kinds)),
            versions.c.status == "ready",
            _not_made_by(filters),
            _not_approved_by(filters),
        )
    )
    if cursor is not None:
        last, identifier = _decoded(sort, cursor)
        beyond = key < last if sort == "amount" else key > last
        query = query.where(or_(beyond, and_(key == last, acts.c.id > identifier)))
    ordered = key.desc() if sort == "amount" else key.asc()
    rows = tx.execute(query.order_by(ordered, acts.c.id).limit(limit + 1)).all()
    found = [
        Waiting(**{name: value for name, value in row._mapping.items() if name != "sort_key"})  # noqa: SLF001 - SQLAlchemy's public name
        for row in rows[:limit]
    ]
    if len(rows) <= limit:
        return Page(found, None)
    return Page(found, _encoded(sort, rows[limit - 1].sort_key, found[-1].act_id))


_COLUMNS = [
    acts.c.id.label("act_id"),
    versions.c.number.label("version"),
    acts.c.kind,
    acts.c.status,
    acts.c.case_reference,
    acts.c.creditor_name,
    acts.c.debtor_name,
    acts.c.debtor_siren,
    acts.c.due_cents,
    versions.c.actor_name.label("author_name"),
    versions.c.rendered_at.label("waiting_since"),
    versions.c.deadline_on,
    versions.c.concerns,
]
_READS: dict[Sort, Callable[[Any], Any]] = {
    "deadline": date.fromisoformat,
    "amount": int,
    "age": datetime.fromisoformat,
}
_KEYS: dict[Sort, Any] = {
    "deadline": func.coalesce(versions.c.deadline_on, literal(_NEVER)),
    "amount": func.coalesce(acts.c.due_cents, 0),
    "age": versions.c.rendered_at,
}


def _not_made_by(filters: QueueFilters) -> ColumnElement[bool]:
    if filters.not_made_by is None:
        return true()
    kinds, name = filters.not_made_by
    author = func.lower(func.coalesce(versions.c.actor_name, ""))
    return or_(acts.c.kind.not_in(list(kinds)), author != name.lower())


def _not_approved_by(filters: QueueFilters) -> ColumnElement[bool]:
    if filters.not_approved_by is None:
        return true()
    return ~exists().where(
        reviews.c.act_id == acts.c.id,
        reviews.c.version == acts.c.current_version,
        reviews.c.decision == "approve",
        func.lower(reviews.c.reviewer) == filters.not_approved_by.lower(),
    )


def _encoded(sort: Sort, key: Any, identifier: str) -> str:
    value = key if isinstance(key, int) else key.isoformat()
    text = json.dumps([sort, value, identifier])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(sort: Sort, cursor: str) -> tuple[Any, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        known, value, identifier = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if known != sort or not isinstance(identifier, str):
            raise CursorInvalid.of_list()
        found = _READS[sort](value)
        if isinstance(found, datetime) and found.tzinfo is None:
            raise CursorInvalid.of_list()
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise CursorInvalid.of_list() from error
    return found, identifier
