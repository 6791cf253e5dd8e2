"""Comments of reviewers on a version: anchored, threaded, resolved; what was said stays said."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import func, insert, select, update

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import comments


class CommentMissing(NotFound):
    """The act has no such comment."""

    slug = "comment-missing"
    title = "There is no such comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment.

    Attributes:
        page: Of the version's PDF, from 1, with ``quote`` its anchor; None: the whole version.
        in_reply_to: The comment that began the thread; None if this one did.
        resolved_at: When the thread was resolved; None while it is open, and on replies.
    """

    id: str
    act_id: str
    version: int
    body: str
    page: int | None
    quote: str | None
    in_reply_to: str | None
    key_id: str
    actor_name: str | None
    at: datetime
    resolved_at: datetime | None = None
    resolved_by: str | None = None


def insert_comment(tx: Transaction, comment: Comment) -> None:
    """Store a comment."""
    tx.execute(insert(comments), {one.name: getattr(comment, one.name) for one in fields(Comment)})


def get_comment(tx: Transaction, act_id: str, comment_id: str) -> Comment:
    """One comment of an act.

    Raises:
        CommentMissing: the act has none of this id.
    """
    row = tx.execute(
        select(*_COLUMNS).where(comments.c.id == comment_id, comments.c.act_id == act_id)
    ).first()
    if row is None:
        raise CommentMissing(f"no comment {comment_id}")
    return Comment(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def list_comments(tx: Transaction, act_id: str) -> list[Comment]:
    """All comments on an act, oldest first."""
    rows = tx.execute(
        select(*_COLUMNS).where(comments.c.act_id == act_id).order_by(comments.c.at, comments.c.id)
    )
    return [Comment(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def set_resolved(tx: Transaction, comment_id: str, *, at: datetime | None, by: str | None) -> None:
    """Resolve a thread, or open it again (None)."""
    tx.execute(
        update(comments).where(comments.c.id == comment_id).values(resolved_at=at, resolved_by=by)
    )


def count_open(tx: Transaction, act_ids: list[str]) -> dict[str, int]:
    """How many threads of each act are not resolved; acts without any are left out."""
    rows = tx.execute(
        select(comments.c.act_id, func.count())
        .where(
            comments.c.act_id.in_(act_ids),
            comments.c.in_reply_to.is_(None),
            comments.c.resolved_at.is_(None),
        )
        .group_by(comments.c.act_id)
    )
    return {act_id: count for act_id, count in rows}  # noqa: C416 - rows are no pairs to mypy


_COLUMNS = [comments.c[one.name] for one in fields(Comment)]
