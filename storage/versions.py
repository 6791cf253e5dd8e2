"""Versions of an act: the request each was made from, what was made, and who is making it now.

A worker holds a version by a lease. A worker that dies lets its lease end, and another takes
the version; a worker that comes back late finds its lease gone and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, insert, or_, select, update

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import acts, versions

Origin = Literal["generated", "regenerated", "uploaded"]
VersionStatus = Literal["queued", "rendering", "ready", "failed"]


class VersionMissing(NotFound):
    """The act has no such version."""

    slug = "version-missing"
    title = "There is no such version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version as the database knows it.

    Attributes:
        snapshot: The request as accepted, in canonical JSON.
        data_sha256: Hash of the snapshot.
        checks: Outcomes of the checks of law at acceptance.
        statement: The statement printed, as `POST /v1/statements` would answer it.
        lease_by: The worker that is making it, while ``rendering``.
        template_version: Number of the tenant's own template; None for the house's.
        stationery_version: Number of the tenant's stationery on the house's template, if any.
        findings_sha256: Of what its making found, as JSON; None for a kind that examines nothing.
        based_on: Of an uploaded version, the one whose text was edited, and whose data it keeps.
        concerns: What a reviewer must settle, acknowledge or know (`generators.concerns`).
        deadline_on: Last day to sue for the claim of its case that is barred first; None for an
            act of no debt.
        dossier: The act bound with its exhibits: ``sha256``, ``pages``, ``pdfa`` (whether it is
            PDF/A-3b), ``reasons`` (``exhibit`` and ``why`` it is not); None without such files.
    """

    act_id: str
    number: int
    tenant_id: str
    origin: Origin
    status: VersionStatus
    snapshot: str
    data_sha256: str
    checks: Sequence[Mapping[str, Any]]
    law_data_sha256: str
    template_sha256: str
    software_version: str
    note: str | None
    created_by_key: str
    actor_name: str | None
    created_at: datetime
    statement: Mapping[str, Any] | None = None
    docx_sha256: str | None = None
    pdf_sha256: str | None = None
    office_version: str | None = None
    pages: int | None = None
    rendered_at: datetime | None = None
    problem: Mapping[str, Any] | None = None
    attempts: int = 0
    lease_by: str | None = None
    lease_until: datetime | None = None
    retry_at: datetime | None = None
    template_version: int | None = None
    stationery_version: int | None = None
    findings_sha256: str | None = None
    based_on: int | None = None
    concerns: Sequence[Mapping[str, Any]] = field(default_factory=list)
    deadline_on: date | None = None
    dossier: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What rendering a version yields.

    Attributes:
        template_sha256: Of the template that made it; with the next two, what there was at the
            rendering, whatever there was at the acceptance.
        due_cents: What the statement says is due; it is the act's, not the version's.
        concerns: Those of the version with what rendering found; None if it found none.
    """

    template_sha256: str
    law_data_sha256: str
    software_version: str
    due_cents: int | None
    statement: Mapping[str, Any] | None
    docx_sha256: str
    pdf_sha256: str
    office_version: str
    pages: int
    rendered_at: datetime
    findings_sha256: str | None = None
    concerns: Sequence[Mapping[str, Any]] | None = None
    dossier: Mapping[str, Any] | None = None


def insert_version(tx: Transaction, version: Version) -> None:
    """Store a new version."""
    values = {one.name: getattr(version, one.name) for one in fields(Version)}
    tx.execute(insert(versions), values)


def get_version(tx: Transaction, tenant_id: str, act_id: str, number: int) -> Version:
    """One version of an act.

    Raises:
        VersionMissing: no such version for this tenant.
    """
    row = tx.execute(
        select(*_COLUMNS).where(
            versions.c.act_id == act_id,
            versions.c.number == number,
            versions.c.tenant_id == tenant_id,
        )
    ).first()
    if row is None:
        raise VersionMissing(f"no version {number} of act {act_id}")
    return Version(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def list_versions(tx: Transaction, tenant_id: str, act_id: str) -> list[Version]:
    """All versions of an act, first to last."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(versions.c.act_id == act_id, versions.c.tenant_id == tenant_id)
        .order_by(versions.c.number)
    )
    return [Version(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def claim(
    tx: Transaction, act_id: str, number: int, worker_id: str, *, now: datetime, lease: timedelta
) -> bool:
    """Take a version to render it; False if another holds it or there is nothing to do."""
    done = tx.execute(
        update(versions)
        .where(_is(act_id, number), _takeable(now))
        .values(
            status="rendering",
            attempts=versions.c.attempts + 1,
            lease_by=worker_id,
            lease_until=now + lease,
            retry_at=None,
        )
    )
    return done.rowcount == 1


def renew(
    tx: Transaction, act_id: str, number: int, worker_id: str, *, now: datetime, lease: timedelta
) -> bool:
    """Keep a lease that is still held; False if it was lost."""
    done = tx.execute(
        update(versions).where(_held(act_id, number, worker_id)).values(lease_until=now + lease)
    )
    return done.rowcount == 1


def release(
    tx: Transaction,
    act_id: str,
    number: int,
    worker_id: str,
    *,
    retry_at: datetime,
    counts: bool,
) -> bool:
    """Give a version back, to be taken again at an instant; False if the lease was lost.

    The attempt ``counts`` against the version, but not when a part of the service was away.
    """
    values: dict[str, Any] = {
        "status": "queued",
        "lease_by": None,
        "lease_until": None,
        "retry_at": retry_at,
    }
    if not counts:
        values["attempts"] = versions.c.attempts - 1
    done = tx.execute(update(versions).where(_held(act_id, number, worker_id)).values(values))
    return done.rowcount == 1


def complete(tx: Transaction, act_id: str, number: int, worker_id: str, rendered: Rendered) -> bool:
    """Make a version ready; False if the lease was lost, and then nothing changes."""
    values = {one.name: getattr(rendered, one.name) for one in fields(Rendered)}
    del values["due_cents"]
    if rendered.concerns is None:
        del values["concerns"]
    done = tx.execute(
        update(versions)
        .where(_held(act_id, number, worker_id))
        .values(**values, status="ready", lease_by=None, lease_until=None, problem=None)
    )
    return done.rowcount == 1


def fail(
    tx: Transaction, act_id: str, number: int, worker_id: str, problem: Mapping[str, Any]
) -> bool:
    """Give a version up with its problem; False if the lease was lost."""
    done = tx.execute(
        update(versions)
        .where(_held(act_id, number, worker_id))
        .values(status="failed", lease_by=None, lease_until=None, problem=problem)
    )
    return done.rowcount == 1


def requeue_failed(tx: Transaction, act_id: str, number: int) -> bool:
    """Put a failed version back in the queue with its attempts forgotten."""
    done = tx.execute(
        update(versions)
        .where(_is(act_id, number), versions.c.status == "failed")
        .values(status="queued", attempts=0, problem=None, retry_at=None)
    )
    return done.rowcount == 1


def waiting(
    tx: Transaction, *, now: datetime, older_than: timedelta, limit: int
) -> list[tuple[str, int]]:
    """Versions that someone should be rendering and nobody is, oldest first.

    Those whose lease has ended, those whose time to try again has come, and those queued for
    longer than ``older_than``, whose job may have been lost. Nobody need render a voided act.
    """
    rows = tx.execute(
        select(versions.c.act_id, versions.c.number)
        .join(acts, acts.c.id == versions.c.act_id)
        .where(
            acts.c.status != "voided",
            _takeable(now),
            or_(
                versions.c.status == "rendering",
                versions.c.retry_at.is_not(None),
                versions.c.created_at < now - older_than,
            ),
        )
        .order_by(versions.c.created_at)
        .limit(limit)
    )
    return [(row.act_id, row.number) for row in rows]


_COLUMNS = [versions.c[one.name] for one in fields(Version)]


def _is(act_id: str, number: int) -> Any:
    return and_(versions.c.act_id == act_id, versions.c.number == number)


def _held(act_id: str, number: int, worker_id: str) -> Any:
    return and_(
        _is(act_id, number), versions.c.status == "rendering", versions.c.lease_by == worker_id
    )


def _takeable(now: datetime) -> Any:
    return or_(
        and_(
            versions.c.status == "queued",
            or_(versions.c.retry_at.is_(None), versions.c.retry_at <= now),
        ),
        and_(versions.c.status == "rendering", versions.c.lease_until < now),
    )
