"""Stationery of a tenant: versions that never change; the one added last is in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import stationery_versions


class StationeryMissing(NotFound):
    """The cabinet has no stationery of its own, or none with a logo."""

    slug = "stationery-missing"
    title = "There is no such stationery"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationeryVersion:
    """A version of a tenant's stationery.

    Attributes:
        sha256: Of the content in canonical JSON; None: the stationery of the house.
        content: As `generators.stationery.Stationery` writes itself; the logo is in it by hash.
    """

    tenant_id: str
    number: int
    sha256: str | None
    content: Mapping[str, Any] | None
    created_at: datetime
    key_id: str
    actor_name: str | None


def insert_stationery(tx: Transaction, version: StationeryVersion) -> None:
    """Store a new version; lock the tenant first (`storage.templates.lock_templates`)."""
    names = [field.name for field in fields(StationeryVersion)]
    tx.execute(insert(stationery_versions), {name: getattr(version, name) for name in names})


def newest_stationery(tx: Transaction, tenant_id: str) -> StationeryVersion | None:
    """The version in use; None if the tenant never had one."""
    table = stationery_versions.c
    row = tx.execute(
        select(*_COLUMNS).where(table.tenant_id == tenant_id).order_by(table.number.desc()).limit(1)
    ).first()
    return None if row is None else StationeryVersion(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping


def get_stationery(tx: Transaction, tenant_id: str, number: int) -> StationeryVersion:
    """One version.

    Raises:
        StationeryMissing: there is none of that number.
    """
    table = stationery_versions.c
    row = tx.execute(
        select(*_COLUMNS).where(table.tenant_id == tenant_id, table.number == number)
    ).first()
    if row is None:
        raise StationeryMissing(f"no stationery {number}")
    return StationeryVersion(**row._mapping)  # noqa: SLF001 - as above


_COLUMNS = [stationery_versions.c[field.name] for field in fields(StationeryVersion)]
