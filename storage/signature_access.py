"""How recipients are let in: links, sessions and codes. Of each secret only a digest is kept."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Transaction
from storage.database.tables import signature_challenges as challenges
from storage.database.tables import signature_links as links
from storage.database.tables import signature_sessions as sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link sent to a recipient; ``token_sha256`` is of the secret in it."""

    token_sha256: str
    recipient_id: str
    created_at: datetime
    expires_at: datetime
    first_used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which a recipient went on from the link."""

    token_sha256: str
    recipient_id: str
    created_at: datetime
    expires_at: datetime
    ip: str
    user_agent: str
    authenticated_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A code that was sent. ``outcome``: verified, exhausted, superseded, unsent; None: open."""

    id: str
    recipient_id: str
    session_sha256: str
    kind: str
    salt: str
    code_hmac: str
    tries: int
    created_at: datetime
    expires_at: datetime
    message_id: str | None = None
    outcome: str | None = None
    ended_at: datetime | None = None


def insert_link(tx: Transaction, link: Link) -> None:
    """Store a link."""
    tx.execute(insert(links), _row(link))


def find_link(tx: Transaction, token_sha256: str) -> Link | None:
    """The link of a secret."""
    row = tx.execute(select(*_LINK).where(links.c.token_sha256 == token_sha256)).first()
    return None if row is None else Link(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def links_of(tx: Transaction, recipient_id: str) -> list[Link]:
    """The links sent to a recipient, oldest first."""
    query = select(*_LINK).where(links.c.recipient_id == recipient_id).order_by(links.c.created_at)
    return [Link(**row._mapping) for row in tx.execute(query)]  # noqa: SLF001 - as above


def note_link_use(tx: Transaction, token_sha256: str, at: datetime) -> None:
    """Remember when a link was first used."""
    tx.execute(
        update(links)
        .where(links.c.token_sha256 == token_sha256, links.c.first_used_at.is_(None))
        .values(first_used_at=at)
    )


def revoke(tx: Transaction, recipient_id: str, at: datetime, *, but: str | None = None) -> None:
    """End a recipient's links and sessions; ``but`` is the digest of a session that may go on."""
    tx.execute(
        update(links)
        .where(links.c.recipient_id == recipient_id, links.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    query = update(sessions).where(
        sessions.c.recipient_id == recipient_id, sessions.c.ended_at.is_(None)
    )
    if but is not None:
        query = query.where(sessions.c.token_sha256 != but)
    tx.execute(query.values(ended_at=at))


def insert_session(tx: Transaction, session: Session) -> None:
    """Store a session."""
    tx.execute(insert(sessions), _row(session))


def find_session(tx: Transaction, token_sha256: str) -> Session | None:
    """The session of a secret."""
    row = tx.execute(select(*_SESSION).where(sessions.c.token_sha256 == token_sha256)).first()
    return None if row is None else Session(**row._mapping)  # noqa: SLF001 - as above


def sessions_of(tx: Transaction, recipient_id: str) -> list[Session]:
    """The sessions of a recipient, oldest first."""
    query = select(*_SESSION).where(sessions.c.recipient_id == recipient_id)
    rows = tx.execute(query.order_by(sessions.c.created_at))
    return [Session(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def authenticate(tx: Transaction, token_sha256: str, at: datetime) -> None:
    """Remember that a code was right in this session."""
    tx.execute(
        update(sessions).where(sessions.c.token_sha256 == token_sha256).values(authenticated_at=at)
    )


def insert_challenge(tx: Transaction, challenge: Challenge) -> None:
    """Store a code's digest; codes sent before it are good no more."""
    tx.execute(
        update(challenges)
        .where(challenges.c.recipient_id == challenge.recipient_id, challenges.c.outcome.is_(None))
        .values(outcome="superseded", ended_at=challenge.created_at)
    )
    tx.execute(insert(challenges), _row(challenge))


def open_challenge(tx: Transaction, recipient_id: str, session_sha256: str) -> Challenge | None:
    """The code that a session waits for."""
    row = tx.execute(
        select(*_CHALLENGE)
        .where(
            challenges.c.recipient_id == recipient_id,
            challenges.c.session_sha256 == session_sha256,
            challenges.c.outcome.is_(None),
        )
        .order_by(challenges.c.created_at.desc())
        .limit(1)
    ).first()
    return None if row is None else Challenge(**row._mapping)  # noqa: SLF001 - as above


def challenges_of(tx: Transaction, recipient_id: str) -> list[Challenge]:
    """The codes sent to a recipient, oldest first."""
    rows = tx.execute(
        select(*_CHALLENGE)
        .where(challenges.c.recipient_id == recipient_id)
        .order_by(challenges.c.created_at)
    )
    return [Challenge(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def take_try(tx: Transaction, challenge_id: str, most: int) -> bool:
    """Use up one try of a code before it is compared; False if none is left or it is burnt."""
    done = tx.execute(
        update(challenges)
        .where(
            challenges.c.id == challenge_id,
            challenges.c.outcome.is_(None),
            challenges.c.tries < most,
        )
        .values(tries=challenges.c.tries + 1)
    )
    return done.rowcount == 1


def end_challenge(tx: Transaction, challenge_id: str, outcome: str, at: datetime) -> bool:
    """Burn a code; False if it is burnt already."""
    done = tx.execute(
        update(challenges)
        .where(challenges.c.id == challenge_id, challenges.c.outcome.is_(None))
        .values(outcome=outcome, ended_at=at)
    )
    return done.rowcount == 1


def note_message(tx: Transaction, challenge_id: str, message_id: str) -> None:
    """Keep the id under which a gateway or mail server knows the message with the code."""
    tx.execute(
        update(challenges).where(challenges.c.id == challenge_id).values(message_id=message_id)
    )


_LINK = [links.c[one.name] for one in fields(Link)]
_SESSION = [sessions.c[one.name] for one in fields(Session)]
_CHALLENGE = [challenges.c[one.name] for one in fields(Challenge)]


def _row(thing: Link | Session | Challenge) -> dict[str, Any]:
    return {one.name: getattr(thing, one.name) for one in fields(thing)}
