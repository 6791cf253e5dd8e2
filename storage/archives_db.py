"""What the database knows of archived generations: states, object versions, retention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import acts, archive_objects, archives
from storage.paging import Page, decode, encode


class NotArchived(NotFound):
    """The act has no such generation in the archive."""

    slug = "not-archived"
    title = "The act is not in the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One archived generation of an act."""

    act_id: str
    generation: int
    tenant_id: str
    status: Literal["sealing", "sealed"]
    version: int
    archived_at: datetime
    sealed_at: datetime | None
    manifest_sha256: str | None
    retention_class: str
    retain_until: datetime
    legal_hold: bool
    software_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedObject:
    """One object of a generation, and the version of it that is ours."""

    path: str
    key: str
    version_id: str
    sha256: str
    size: int
    media_type: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFilters:
    """What a list of the archive is narrowed to; None narrows nothing.

    Attributes:
        retention_ended_by: Only generations that nothing but a hold keeps at that instant.
    """

    kind: str | None = None
    case_reference: str | None = None
    siren: str | None = None
    archived_from: datetime | None = None
    archived_to: datetime | None = None
    retention_ended_by: datetime | None = None
    legal_hold: bool | None = None


def begin(tx: Transaction, archive: Archive) -> Archive:
    """Insert the ``sealing`` row of a generation, or give back the one that is there.

    What the first archiver fixed (instant, retention, version) holds for all that follow.
    """
    found = _one(tx, archive.tenant_id, archive.act_id, archive.generation)
    if found is not None:
        return found
    values = {field.name: getattr(archive, field.name) for field in fields(Archive)}
    try:
        with tx.begin_nested():
            tx.execute(insert(archives), values)
    except IntegrityError:  # another archiver was first; on PostgreSQL we waited for its commit
        first = _one(tx, archive.tenant_id, archive.act_id, archive.generation)
        if first is None:
            raise
        return first
    return archive


def record_objects(tx: Transaction, archive: Archive, objects: Sequence[ArchivedObject]) -> None:
    """Keep the object versions of a generation."""
    rows = [
        {
            "act_id": archive.act_id,
            "generation": archive.generation,
            **{field.name: getattr(item, field.name) for field in fields(ArchivedObject)},
        }
        for item in objects
    ]
    tx.execute(insert(archive_objects), rows)


def mark_sealed(
    tx: Transaction, act_id: str, generation: int, *, manifest_sha256: str, sealed_at: datetime
) -> bool:
    """Make a generation sealed; False if another archiver already did."""
    done = tx.execute(
        update(archives)
        .where(
            archives.c.act_id == act_id,
            archives.c.generation == generation,
            archives.c.status == "sealing",
        )
        .values(status="sealed", manifest_sha256=manifest_sha256, sealed_at=sealed_at)
    )
    return done.rowcount == 1


def get_archive(
    tx: Transaction,
    tenant_id: str,
    act_id: str,
    generation: int | None = None,
    *,
    status: Literal["sealing", "sealed"] | None = None,
) -> Archive:
    """A generation of an act, the latest unless said, in a state if one is said.

    Raises:
        NotArchived: there is none for this tenant.
    """
    found = _one(tx, tenant_id, act_id, generation, status)
    if found is None:
        raise NotArchived(f"act {act_id} is not in the archive")
    return found


def find_archive(
    tx: Transaction,
    tenant_id: str,
    act_id: str,
    *,
    status: Literal["sealing", "sealed"] | None = None,
) -> Archive | None:
    """The latest generation of an act, or the latest in a state; None if there is none."""
    return _one(tx, tenant_id, act_id, None, status)


def set_legal_hold(
    tx: Transaction, tenant_id: str, act_id: str, generation: int, *, held: bool
) -> None:
    """Remember that a generation is, or is no longer, under legal hold.

    Raises:
        NotArchived: there is no such generation for this tenant.
    """
    done = tx.execute(
        update(archives)
        .where(
            archives.c.tenant_id == tenant_id,
            archives.c.act_id == act_id,
            archives.c.generation == generation,
        )
        .values(legal_hold=held)
    )
    if done.rowcount != 1:
        raise NotArchived(f"act {act_id} has no generation {generation} in the archive")


def objects_of(tx: Transaction, act_id: str, generation: int) -> list[ArchivedObject]:
    """The objects of a generation, by path."""
    columns = [archive_objects.c[field.name] for field in fields(ArchivedObject)]
    rows = tx.execute(
        select(*columns)
        .where(archive_objects.c.act_id == act_id, archive_objects.c.generation == generation)
        .order_by(archive_objects.c.path)
    )
    return [ArchivedObject(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def list_archives(
    tx: Transaction,
    tenant_id: str,
    filters: ArchiveFilters | None = None,
    *,
    limit: int,
    cursor: str | None = None,
) -> Page[Archive]:
    """Sealed generations of a tenant, newest first.

    Raises:
        CursorInvalid: the cursor is not one of this list.
    """
    query = (
        select(*_COLUMNS)
        .join(acts, acts.c.id == archives.c.act_id)
        .where(
            archives.c.tenant_id == tenant_id,
            archives.c.status == "sealed",
            *_conditions(filters or ArchiveFilters()),
        )
    )
    if cursor is not None:
        at, act_id = decode(cursor)
        query = query.where(
            or_(
                archives.c.archived_at < at,
                and_(archives.c.archived_at == at, archives.c.act_id < act_id),
            )
        )
    rows = tx.execute(
        query.order_by(archives.c.archived_at.desc(), archives.c.act_id.desc()).limit(limit + 1)
    ).all()
    found = [Archive(**row._mapping) for row in rows[:limit]]  # noqa: SLF001 - as above
    more = len(rows) > limit
    return Page(found, encode(found[-1].archived_at, found[-1].act_id) if more else None)


def unsealed(tx: Transaction, *, older_than: datetime, limit: int) -> list[str]:
    """Acts whose sealing began before an instant and has not ended."""
    rows = tx.execute(
        select(archives.c.act_id)
        .where(archives.c.status == "sealing", archives.c.archived_at < older_than)
        .order_by(archives.c.archived_at)
        .limit(limit)
    )
    return [row.act_id for row in rows]


def _conditions(filters: ArchiveFilters) -> list[ColumnElement[bool]]:
    wanted = {
        acts.c.kind: filters.kind,
        acts.c.case_reference: filters.case_reference,
        acts.c.debtor_siren: filters.siren,
        archives.c.legal_hold: filters.legal_hold,
    }
    conditions = [column == value for column, value in wanted.items() if value is not None]
    if filters.archived_from is not None:
        conditions.append(archives.c.archived_at >= filters.archived_from)
    if filters.archived_to is not None:
        conditions.append(archives.c.archived_at < filters.archived_to)
    if filters.retention_ended_by is not None:
        conditions.append(archives.c.retain_until <= filters.retention_ended_by)
    return conditions


def _one(
    tx: Transaction,
    tenant_id: str,
    act_id: str,
    generation: int | None,
    status: str | None = None,
) -> Archive | None:
    query = select(*_COLUMNS).where(archives.c.act_id == act_id, archives.c.tenant_id == tenant_id)
    if generation is not None:
        query = query.where(archives.c.generation == generation)
    if status is not None:
        query = query.where(archives.c.status == status)
    row = tx.execute(query.order_by(archives.c.generation.desc()).limit(1)).first()
    return Archive(**row._mapping) if row else None  # noqa: SLF001 - as above


_COLUMNS = [archives.c[field.name] for field in fields(Archive)]
