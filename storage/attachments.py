"""Supporting files: uploaded before or after an act, joined to one act, then fixed.

Their bytes lie in the drafts bucket under the attachment's own id, so that one that nobody claims
can be deleted without a look at what else has the same content.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import and_, delete, insert, or_, select, update

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import attachments
from storage.drafts import ContentDamaged
from storage.objects import ObjectStore

PDF = "application/pdf"
EXTENSIONS = {
    PDF: "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""Media types that are kept, with the extension of an archived file."""


class AttachmentMissing(NotFound):
    """There is no such attachment, or it is another tenant's."""

    slug = "attachment-missing"
    title = "There is no such attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A supporting file.

    Attributes:
        act_id: The act that it belongs to; None as long as none claimed it.
        sha256: Of the file as it came.
        pdf_sha256: Of its PDF: the file itself, or the page that a picture was drawn on; None
            for a Word file.
        pages: Of that PDF.
        claimed_at: When it joined its act; of one that belongs to none, when it was given up: its
            bytes are deleted, then its row.
    """

    id: str
    tenant_id: str
    act_id: str | None
    label: str | None
    file_name: str
    media_type: str
    size: int
    sha256: str
    pdf_sha256: str | None
    pages: int | None
    key_id: str
    actor_name: str | None
    created_at: datetime
    claimed_at: datetime | None


def insert_attachment(tx: Transaction, attachment: Attachment) -> None:
    """Store the row of an attachment, whose bytes are in the store already."""
    values = {one.name: getattr(attachment, one.name) for one in fields(Attachment)}
    tx.execute(insert(attachments), values)


def get_attachment(tx: Transaction, tenant_id: str, attachment_id: str) -> Attachment:
    """One attachment.

    Raises:
        AttachmentMissing: none of this tenant has the id, or it was given up.
    """
    row = tx.execute(
        select(*_COLUMNS).where(
            attachments.c.id == attachment_id,
            attachments.c.tenant_id == tenant_id,
            or_(attachments.c.act_id.is_not(None), attachments.c.claimed_at.is_(None)),
        )
    ).first()
    if row is None:
        raise AttachmentMissing(f"no attachment {attachment_id}")
    return Attachment(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def attachments_of(tx: Transaction, tenant_id: str, act_id: str) -> list[Attachment]:
    """The attachments of an act, in the order in which they joined it."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(attachments.c.act_id == act_id, attachments.c.tenant_id == tenant_id)
        .order_by(attachments.c.claimed_at, attachments.c.id)
    )
    return [Attachment(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def claim(
    tx: Transaction, tenant_id: str, attachment_id: str, act_id: str, *, at: datetime
) -> bool:
    """Join an attachment that nobody has claimed to an act; whether that could be done."""
    done = tx.execute(
        update(attachments)
        .where(
            attachments.c.id == attachment_id,
            attachments.c.tenant_id == tenant_id,
            _IS_FREE,
        )
        .values(act_id=act_id, claimed_at=at)
    )
    return done.rowcount == 1


def give_up(tx: Transaction, attachment_id: str, *, at: datetime) -> bool:
    """Give up an attachment that nobody has claimed, for good; whether that could be done.

    Before its bytes are deleted: an act that claims it at the same time either has it, or not.
    """
    done = tx.execute(
        update(attachments).where(attachments.c.id == attachment_id, _IS_FREE).values(claimed_at=at)
    )
    return done.rowcount == 1


def give_up_old(tx: Transaction, *, before: datetime, at: datetime) -> int:
    """Give up all that were uploaded before an instant and that nobody claimed; how many."""
    done = tx.execute(
        update(attachments).where(attachments.c.created_at < before, _IS_FREE).values(claimed_at=at)
    )
    return done.rowcount


def given_up(tx: Transaction, *, limit: int) -> list[Attachment]:
    """Attachments that were given up and whose rows are left, the oldest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(attachments.c.act_id.is_(None), attachments.c.claimed_at.is_not(None))
        .order_by(attachments.c.created_at)
        .limit(limit)
    )
    return [Attachment(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def forget(tx: Transaction, attachment_id: str) -> None:
    """Delete the row of an attachment that was given up."""
    tx.execute(
        delete(attachments).where(
            attachments.c.id == attachment_id,
            attachments.c.act_id.is_(None),
            attachments.c.claimed_at.is_not(None),
        )
    )


def put_bytes(store: ObjectStore, attachment: Attachment, data: bytes, page: bytes | None) -> None:
    """Store the file, and the page that a picture was drawn on."""
    store.put(
        _key(attachment, "file"), data, media_type=attachment.media_type, sha256=attachment.sha256
    )
    if page is not None:
        sha256 = hashlib.sha256(page).hexdigest()
        store.put(_key(attachment, "pdf"), page, media_type=PDF, sha256=sha256)


def file_bytes(store: ObjectStore, attachment: Attachment) -> bytes:
    """The file as it came, its hash recomputed.

    Raises:
        ContentDamaged: the store gives back other bytes.
    """
    return _checked(store, attachment, "file", attachment.sha256)


def pdf_bytes(store: ObjectStore, attachment: Attachment) -> bytes:
    """The PDF of an attachment that has one, its hash recomputed.

    Raises:
        ContentDamaged: the store gives back other bytes.
        ValueError: it is a Word file.
    """
    if attachment.pdf_sha256 is None:
        raise ValueError(f"{attachment.id} has no PDF")
    part = "file" if attachment.pdf_sha256 == attachment.sha256 else "pdf"
    return _checked(store, attachment, part, attachment.pdf_sha256)


def delete_bytes(store: ObjectStore, attachment: Attachment) -> None:
    """Delete what is stored of an attachment."""
    for part in ("file", "pdf"):
        store.delete(_key(attachment, part))


def _checked(store: ObjectStore, attachment: Attachment, part: str, sha256: str) -> bytes:
    data = store.get(_key(attachment, part))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ContentDamaged(f"the attachment {attachment.id} came back damaged from the store")
    return data


def _key(attachment: Attachment, part: str) -> str:
    return f"v1/{attachment.tenant_id}/attachments/{attachment.id}.{part}"


_COLUMNS = [attachments.c[one.name] for one in fields(Attachment)]
_IS_FREE = and_(attachments.c.act_id.is_(None), attachments.c.claimed_at.is_(None))
