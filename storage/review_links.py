"""Links by which a lawyer reads and decides on one act without a key of the API."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import review_links


class ReviewLinkMissing(NotFound):
    """The act has no such link."""

    slug = "review-link-missing"
    title = "There is no such review link"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLink:
    """One link; its token is made of its id and a secret, and kept nowhere.

    Attributes:
        reviewer_email: Where it is sent, if it is.
        key_id: Who made it, with ``actor_name``.
        used_at: When something was first done through it; looking changes nothing.
        mail_problem: Why the mail server refused the message for good.
        remind_at: When its reviewer is reminded next; None: never.
        reminders: How many were asked for so far.
    """

    id: str
    tenant_id: str
    act_id: str
    reviewer_name: str
    reviewer_email: str | None
    key_id: str
    actor_name: str | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    mailed_at: datetime | None = None
    mail_problem: str | None = None
    remind_every_days: int | None = None
    remind_at: datetime | None = None
    reminders: int = 0

    @property
    def reviewer(self) -> str:
        """The reviewer as decisions and comments name them."""
        return self.reviewer_email or self.reviewer_name


def insert_link(tx: Transaction, link: ReviewLink) -> None:
    """Store a link."""
    values = {one.name: getattr(link, one.name) for one in fields(ReviewLink)}
    tx.execute(insert(review_links), values)


def find_link(tx: Transaction, link_id: str) -> ReviewLink | None:
    """A link by its id, of whatever tenant: who has its token has proved to know it."""
    row = tx.execute(select(*_COLUMNS).where(review_links.c.id == link_id)).first()
    return None if row is None else ReviewLink(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def links_of(tx: Transaction, tenant_id: str, act_id: str) -> list[ReviewLink]:
    """The links of an act, oldest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(review_links.c.tenant_id == tenant_id, review_links.c.act_id == act_id)
        .order_by(review_links.c.created_at, review_links.c.id)
    )
    return [ReviewLink(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def to_remind(tx: Transaction, *, now: datetime, limit: int) -> list[ReviewLink]:
    """Links whose reminder is due."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(review_links.c.remind_at <= now)
        .order_by(review_links.c.remind_at)
        .limit(limit)
    )
    return [ReviewLink(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def change_link(tx: Transaction, link_id: str, **values: Any) -> None:
    """Change what may change of a link: when it was used, mailed, revoked, is reminded of."""
    tx.execute(update(review_links).where(review_links.c.id == link_id).values(**values))


_COLUMNS = [review_links.c[one.name] for one in fields(ReviewLink)]
