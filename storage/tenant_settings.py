"""Settings of a tenant, by name. Each change is a row of its own: who set what, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from storage.database import Transaction
from storage.database.tables import tenant_settings, tenants


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSetting:
    """A setting as it was set once. ``content`` is plain JSON values."""

    tenant_id: str
    name: str
    number: int
    content: Mapping[str, Any]
    created_at: datetime
    key_id: str
    actor_name: str | None


def current(tx: Transaction, tenant_id: str, name: str) -> TenantSetting | None:
    """The setting in force; None if it was never set."""
    columns = [tenant_settings.c[one.name] for one in fields(TenantSetting)]
    row = tx.execute(
        select(*columns)
        .where(tenant_settings.c.tenant_id == tenant_id, tenant_settings.c.name == name)
        .order_by(tenant_settings.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else TenantSetting(**row._mapping)  # noqa: SLF001 - public name


def put(
    tx: Transaction,
    tenant_id: str,
    name: str,
    content: Mapping[str, Any],
    *,
    at: datetime,
    key_id: str,
    actor_name: str | None,
) -> TenantSetting:
    """Set it anew; what it was before is kept. Two at once come one after the other."""
    tx.execute(
        select(tenants.c.id).where(tenants.c.id == tenant_id).with_for_update(key_share=True)
    )
    known = (tenant_settings.c.tenant_id == tenant_id) & (tenant_settings.c.name == name)
    last = tx.scalar(select(func.max(tenant_settings.c.number)).where(known)) or 0
    made = TenantSetting(
        tenant_id=tenant_id,
        name=name,
        number=last + 1,
        content=content,
        created_at=at,
        key_id=key_id,
        actor_name=actor_name,
    )
    tx.execute(
        insert(tenant_settings),
        {one.name: getattr(made, one.name) for one in fields(TenantSetting)},
    )
    return made
