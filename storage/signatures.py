"""Requests for signatures and their recipients, as the database knows them.

A worker holds a request by a lease, which is the lock on its document: two signatures on the
same bytes cannot be merged, so one worker at a time adds to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, insert, or_, select, update

from core.errors import NotFound
from law.signature_policy import Level
from storage.database import Transaction
from storage.database.tables import signature_recipients as people
from storage.database.tables import signature_requests as requests
from storage.signature_states import (
    AuthMode,
    RecipientState,
    RequestState,
    Role,
    SignatureStateConflict,
    check_recipient_move,
    check_request_move,
)


class SignatureRequestMissing(NotFound):
    """There is no such signature request for this tenant."""

    slug = "signature-request-missing"
    title = "There is no such signature request"


class RecipientMissing(NotFound):
    """The request has no such recipient."""

    slug = "recipient-missing"
    title = "There is no such recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRequest:
    """A request for signatures on one exact version.

    Attributes:
        public_id: By which whoever holds the act finds its public page; tells nothing else.
        revision: Counts the changes; it is the entity tag.
        legal_level: What is stated of the signatures, never more than is true.
        reminder_days: Days between reminders; None: there are none.
        remind_at: When the next one is due.
        source_sha256: Of the approved PDF.
        frozen_sha256: Of the certified PDF that signers are shown; None before.
        latest_sha256: Of the PDF with the signatures there are.
        final_sha256: Of the closed PDF; None before.
        pades_level: As read back from the closed PDF.
        evidence_sha256: Of the request's evidence file.
        problem: Set while the state is ``preparation_failed`` or ``seal_failed``, and while a
            step waits for a part that is away.
    """

    id: str
    tenant_id: str
    act_id: str
    version: int
    public_id: str
    state: RequestState
    revision: int
    legal_level: Level
    message: str | None
    archive_when_signed: bool
    expires_at: datetime
    extensions: int
    reminder_days: int | None
    remind_at: datetime | None
    source_sha256: str
    created_by_key: str
    actor_name: str | None
    created_at: datetime
    updated_at: datetime
    frozen_sha256: str | None = None
    latest_sha256: str | None = None
    final_sha256: str | None = None
    pades_level: str | None = None
    evidence_sha256: str | None = None
    problem: Mapping[str, Any] | None = None
    ended_reason: str | None = None
    lease_by: str | None = None
    lease_until: datetime | None = None
    activated_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Someone a request is sent to; the only place where their name and addresses stand.

    Attributes:
        group_number: All of a group act before the next one is told.
        salt: Hexadecimal, of the digests by which the trail knows this person.
        field: Where their signature is seen; None: it is not seen on the page.
        mention: Whether they type the sum of the act in figures and words (art. 1376 C. civ.).
        consent: What they consented to: text, times, digests, address of the session.
        signature_sha256: Of the image of a drawn signature.
        base_sha256: Of the PDF to which their signature was added.
    """

    id: str
    request_id: str
    tenant_id: str
    position: int
    role: Role
    group_number: int
    given_name: str
    family_name: str
    email: str
    phone: str | None
    salt: str
    auth_mode: AuthMode
    auth_statement: Mapping[str, Any] | None
    field: Mapping[str, Any] | None
    mention: bool
    state: RecipientState
    replaced_by: str | None = None
    notified_at: datetime | None = None
    opened_at: datetime | None = None
    authenticated_at: datetime | None = None
    consented_at: datetime | None = None
    signed_at: datetime | None = None
    consent: Mapping[str, Any] | None = None
    signature_kind: str | None = None
    signature_sha256: str | None = None
    mention_typed: str | None = None
    decline_reason: str | None = None
    base_sha256: str | None = None
    evidence_sha256: str | None = None

    @property
    def name(self) -> str:
        """As it is printed."""
        return f"{self.given_name} {self.family_name}"

    @property
    def field_name(self) -> str:
        """Name of their field in the PDF: no dots, nothing personal."""
        return f"signataire_{self.position}"


def insert_request(
    tx: Transaction, request: SignatureRequest, recipients: Sequence[Recipient]
) -> None:
    """Store a request with its recipients."""
    tx.execute(insert(requests), _row(request))
    for recipient in recipients:
        insert_recipient(tx, recipient)


def insert_recipient(tx: Transaction, recipient: Recipient) -> None:
    """Store one more recipient."""
    tx.execute(insert(people), _row(recipient))


def get_request(
    tx: Transaction, tenant_id: str | None, request_id: str, *, lock: bool = False
) -> SignatureRequest:
    """A request, its row locked for the rest of the transaction if asked.

    Args:
        tx: The transaction.
        tenant_id: Whose it must be; None for jobs, which are given its id only.
        request_id: Its id.
        lock: Whether others wait with their changes until the transaction ends.

    Raises:
        SignatureRequestMissing: no such request, or another tenant's.
    """
    query = select(*_REQUEST).where(requests.c.id == request_id)
    if tenant_id is not None:
        query = query.where(requests.c.tenant_id == tenant_id)
    row = tx.execute(query.with_for_update(key_share=True) if lock else query).first()
    if row is None:
        raise SignatureRequestMissing(f"no signature request {request_id}")
    return SignatureRequest(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def find_public(tx: Transaction, public_id: str) -> SignatureRequest | None:
    """The request of a public identifier."""
    row = tx.execute(select(*_REQUEST).where(requests.c.public_id == public_id)).first()
    return None if row is None else SignatureRequest(**row._mapping)  # noqa: SLF001 - as above


def known_document(
    tx: Transaction, sha256: str, tenant_id: str | None = None
) -> SignatureRequest | None:
    """The completed request whose final file has this hash; of any tenant unless one is named."""
    query = select(*_REQUEST).where(requests.c.final_sha256 == sha256)
    if tenant_id is not None:
        query = query.where(requests.c.tenant_id == tenant_id)
    row = tx.execute(query.limit(1)).first()
    return None if row is None else SignatureRequest(**row._mapping)  # noqa: SLF001 - as above


def requests_of(tx: Transaction, tenant_id: str, act_id: str) -> list[SignatureRequest]:
    """The requests of an act, oldest first."""
    rows = tx.execute(
        select(*_REQUEST)
        .where(requests.c.act_id == act_id, requests.c.tenant_id == tenant_id)
        .order_by(requests.c.created_at, requests.c.id)
    )
    return [SignatureRequest(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def completed_of(tx: Transaction, act_id: str, version: int) -> SignatureRequest | None:
    """The completed request on a version, whose file is the act."""
    row = tx.execute(
        select(*_REQUEST).where(
            requests.c.act_id == act_id,
            requests.c.version == version,
            requests.c.state == "completed",
        )
    ).first()
    return None if row is None else SignatureRequest(**row._mapping)  # noqa: SLF001 - as above


def recipients_of(tx: Transaction, request_id: str) -> list[Recipient]:
    """The recipients of a request, replaced ones too, in order."""
    rows = tx.execute(
        select(*_RECIPIENT).where(people.c.request_id == request_id).order_by(people.c.position)
    )
    return [Recipient(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def get_recipient(tx: Transaction, recipient_id: str, request_id: str | None = None) -> Recipient:
    """One recipient.

    Raises:
        RecipientMissing: no such one, or not of that request.
    """
    query = select(*_RECIPIENT).where(people.c.id == recipient_id)
    if request_id is not None:
        query = query.where(people.c.request_id == request_id)
    row = tx.execute(query).first()
    if row is None:
        raise RecipientMissing(f"no recipient {recipient_id}")
    return Recipient(**row._mapping)  # noqa: SLF001 - as above


def move_request(
    tx: Transaction, request: SignatureRequest, to: RequestState, *, at: datetime, **changes: Any
) -> None:
    """Move a request to another state, at once or not at all.

    Raises:
        SignatureStateConflict: its life has no such step, or it stands elsewhere by now.
    """
    check_request_move(request.state, to)
    done = tx.execute(
        update(requests)
        .where(requests.c.id == request.id, requests.c.state == request.state)
        .values(state=to, updated_at=at, revision=requests.c.revision + 1, **changes)
    )
    if done.rowcount != 1:
        raise SignatureStateConflict(f"the request is not {request.state} any more")


def change_request(tx: Transaction, request_id: str, *, at: datetime, **changes: Any) -> None:
    """Change what is not the state of a request."""
    tx.execute(
        update(requests)
        .where(requests.c.id == request_id)
        .values(updated_at=at, revision=requests.c.revision + 1, **changes)
    )


def move_recipient(
    tx: Transaction, recipient: Recipient, to: RecipientState, *, at: datetime, **changes: Any
) -> None:
    """Move a recipient to another state, at once or not at all; it counts as the request's change.

    Raises:
        SignatureStateConflict: their life has no such step, or they stand elsewhere by now.
    """
    check_recipient_move(recipient.state, to)
    done = tx.execute(
        update(people)
        .where(people.c.id == recipient.id, people.c.state == recipient.state)
        .values(state=to, **changes)
    )
    if done.rowcount != 1:
        raise SignatureStateConflict(f"the recipient is not {recipient.state} any more")
    change_request(tx, recipient.request_id, at=at)


def change_recipient(tx: Transaction, recipient_id: str, **changes: Any) -> None:
    """Change what is not the state of a recipient."""
    tx.execute(update(people).where(people.c.id == recipient_id).values(**changes))


def claim(
    tx: Transaction, request_id: str, worker_id: str, *, now: datetime, lease: timedelta
) -> bool:
    """Take the lock on a request's document; False if another holds it."""
    free = or_(requests.c.lease_until.is_(None), requests.c.lease_until < now)
    done = tx.execute(
        update(requests)
        .where(requests.c.id == request_id, free)
        .values(lease_by=worker_id, lease_until=now + lease)
    )
    return done.rowcount == 1


def renew(
    tx: Transaction, request_id: str, worker_id: str, *, now: datetime, lease: timedelta
) -> bool:
    """Keep the lock; False if it was lost."""
    done = tx.execute(
        update(requests)
        .where(requests.c.id == request_id, requests.c.lease_by == worker_id)
        .values(lease_until=now + lease)
    )
    return done.rowcount == 1


def release(tx: Transaction, request_id: str, worker_id: str) -> None:
    """Give the lock back, if it is still held."""
    tx.execute(
        update(requests)
        .where(requests.c.id == request_id, requests.c.lease_by == worker_id)
        .values(lease_by=None, lease_until=None)
    )


def stuck(tx: Transaction, *, now: datetime, older_than: timedelta, limit: int) -> list[str]:
    """Requests that someone should be working on and nobody is, oldest first."""
    consented = exists().where(people.c.request_id == requests.c.id, people.c.state == "consented")
    wanted = or_(
        requests.c.state.in_(["preparing", "sealing"]),
        and_(requests.c.state == "active", consented),
    )
    free = or_(requests.c.lease_until.is_(None), requests.c.lease_until < now)
    rows = tx.execute(
        select(requests.c.id)
        .where(wanted, free, requests.c.updated_at < now - older_than)
        .order_by(requests.c.updated_at)
        .limit(limit)
    )
    return [row.id for row in rows]


def overdue(tx: Transaction, *, now: datetime, limit: int) -> list[str]:
    """Active requests whose time has run out."""
    rows = tx.execute(
        select(requests.c.id)
        .where(requests.c.state == "active", requests.c.expires_at <= now)
        .limit(limit)
    )
    return [row.id for row in rows]


def with_reminders(tx: Transaction, *, now: datetime, limit: int) -> list[SignatureRequest]:
    """Active requests of whose signers the next reminder is due, the longest due first."""
    rows = tx.execute(
        select(*_REQUEST)
        .where(requests.c.state == "active", requests.c.remind_at <= now)
        .order_by(requests.c.remind_at)
        .limit(limit)
    )
    return [SignatureRequest(**row._mapping) for row in rows]  # noqa: SLF001 - as above


_REQUEST = [requests.c[one.name] for one in fields(SignatureRequest)]
_RECIPIENT = [people.c[one.name] for one in fields(Recipient)]


def _row(thing: SignatureRequest | Recipient) -> dict[str, Any]:
    return {one.name: getattr(thing, one.name) for one in fields(thing)}
