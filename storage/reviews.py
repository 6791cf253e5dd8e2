"""Decisions of lawyers on one exact version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select

from storage.database import Transaction
from storage.database.tables import reviews

Decision = Literal["approve", "request_changes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision.

    Attributes:
        reviewer: The human named by the caller.
        acknowledged: Ids of the version's concerns that the reviewer has seen and accepts.
        on_behalf_of: For whom the reviewer decided, if not in their own name.
        act_status: Where the act stood once it was taken; None for decisions older than this.
    """

    id: str
    act_id: str
    version: int
    decision: Decision
    comment: str | None
    reviewer: str
    key_id: str
    at: datetime
    acknowledged: Sequence[str] = field(default_factory=list)
    on_behalf_of: str | None = None
    act_status: str | None = None


def insert_review(tx: Transaction, review: Review) -> None:
    """Store a decision; decisions are never changed."""
    tx.execute(insert(reviews), {one.name: getattr(review, one.name) for one in fields(Review)})


def list_reviews(tx: Transaction, act_id: str) -> list[Review]:
    """All decisions on an act, oldest first."""
    columns = [reviews.c[one.name] for one in fields(Review)]
    rows = tx.execute(
        select(*columns).where(reviews.c.act_id == act_id).order_by(reviews.c.at, reviews.c.id)
    )
    return [Review(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping
