"""Decisions of lawyers on one exact version."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select

from storage.database import Transaction
from storage.database.tables import reviews

Decision = Literal["approve", "request_changes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision. ``reviewer`` is the human named by the caller."""

    id: str
    act_id: str
    version: int
    decision: Decision
    comment: str | None
    reviewer: str
    key_id: str
    at: datetime


def insert_review(tx: Transaction, review: Review) -> None:
    """Store a decision; decisions are never changed."""
    tx.execute(
        insert(reviews), {field.name: getattr(review, field.name) for field in fields(Review)}
    )


def list_reviews(tx: Transaction, act_id: str) -> list[Review]:
    """All decisions on an act, oldest first."""
    columns = [reviews.c[field.name] for field in fields(Review)]
    rows = tx.execute(
        select(*columns).where(reviews.c.act_id == act_id).order_by(reviews.c.at, reviews.c.id)
    )
    return [Review(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping
