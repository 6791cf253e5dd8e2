"""Templates of a tenant's own, kind by kind: versions that never change, and which one is live.

A row without a hash means: back to the template of the house. What came before it no longer
counts, what was meant for a later day included.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Select, and_, func, insert, or_, select

from core.errors import NotFound
from storage.database import Transaction
from storage.database.tables import template_approvals, template_versions, tenants


class TemplateMissing(NotFound):
    """The cabinet has no such version of a template for this kind of act."""

    slug = "template-missing"
    title = "There is no such version of the template"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """A version of a tenant's template for a kind of act.

    Attributes:
        sha256: Of the .docx, which is a content of the drafts bucket; None: the house's template.
        size: Bytes of the .docx.
        live_from: Day in Paris from which acts are made with it, once it is approved.
        needs_approval: Whether another person must approve it before it is live.
        actor_name: Who sent it, as the key said.
    """

    tenant_id: str
    kind: str
    number: int
    sha256: str | None
    size: int | None
    note: str | None
    live_from: date
    needs_approval: bool
    created_at: datetime
    key_id: str
    actor_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That another person approved a version."""

    approved_at: datetime
    key_id: str
    actor_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTemplate:
    """A version with its approval, if it has one."""

    version: TemplateVersion
    approval: Approval | None

    @property
    def waits(self) -> bool:
        """Whether it still waits for an approval."""
        return self.version.needs_approval and self.approval is None


def lock_templates(tx: Transaction, tenant_id: str) -> None:
    """Let nobody else add a template or a stationery of the tenant until the transaction ends."""
    tx.execute(select(tenants.c.id).where(tenants.c.id == tenant_id).with_for_update())


def next_number(tx: Transaction, tenant_id: str, kind: str) -> int:
    """The number of the next version; call `lock_templates` first."""
    table = template_versions.c
    highest = tx.scalar(
        select(func.max(table.number)).where(table.tenant_id == tenant_id, table.kind == kind)
    )
    return (highest or 0) + 1


def insert_template(tx: Transaction, version: TemplateVersion) -> None:
    """Store a new version."""
    names = [field.name for field in fields(TemplateVersion)]
    tx.execute(insert(template_versions), {name: getattr(version, name) for name in names})


def insert_approval(tx: Transaction, version: TemplateVersion, approval: Approval) -> None:
    """Store the approval of a version."""
    tx.execute(
        insert(template_approvals),
        {
            "tenant_id": version.tenant_id,
            "kind": version.kind,
            "number": version.number,
            "approved_at": approval.approved_at,
            "key_id": approval.key_id,
            "actor_name": approval.actor_name,
        },
    )


def get_template(tx: Transaction, tenant_id: str, kind: str, number: int) -> KnownTemplate:
    """One version.

    Raises:
        TemplateMissing: no such version, or it is only the way back to the house's template.
    """
    found = _all(tx, _known(tenant_id, kind).where(template_versions.c.number == number))
    if not found or found[0].version.sha256 is None:
        raise TemplateMissing(f"no version {number} of a template for {kind}")
    return found[0]


def list_templates(tx: Transaction, tenant_id: str, kind: str) -> list[KnownTemplate]:
    """All versions, newest first, the ways back to the house's template among them."""
    return _all(tx, _known(tenant_id, kind).order_by(template_versions.c.number.desc()))


def live_template(tx: Transaction, tenant_id: str, kind: str, on: date) -> KnownTemplate | None:
    """The version that acts of a day are made with; None: the house's template."""
    known = _known(tenant_id, kind).where(
        template_versions.c.live_from <= on,
        or_(
            template_versions.c.needs_approval.is_(False),
            template_approvals.c.approved_at.is_not(None),
        ),
        template_versions.c.number > _last_way_back(tenant_id, kind),
    )
    order = template_versions.c.live_from.desc(), template_versions.c.number.desc()
    found = _all(tx, known.order_by(*order).limit(1))
    return found[0] if found else None


def newest_template(tx: Transaction, tenant_id: str, kind: str) -> KnownTemplate | None:
    """The version added last, live or not."""
    found = _all(tx, _known(tenant_id, kind).order_by(template_versions.c.number.desc()).limit(1))
    return found[0] if found else None


def _last_way_back(tenant_id: str, kind: str) -> object:
    earlier = template_versions.alias("earlier")
    return (
        select(func.coalesce(func.max(earlier.c.number), 0))
        .where(earlier.c.tenant_id == tenant_id, earlier.c.kind == kind, earlier.c.sha256.is_(None))
        .scalar_subquery()
    )


def _known(tenant_id: str, kind: str) -> Select[tuple[object, ...]]:
    approved = template_approvals.c
    joined = template_versions.outerjoin(
        template_approvals,
        and_(
            approved.tenant_id == template_versions.c.tenant_id,
            approved.kind == template_versions.c.kind,
            approved.number == template_versions.c.number,
        ),
    )
    return (
        select(
            *(template_versions.c[field.name] for field in fields(TemplateVersion)),
            approved.approved_at.label("approved_at"),
            approved.key_id.label("approved_by_key"),
            approved.actor_name.label("approved_by"),
        )
        .select_from(joined)
        .where(template_versions.c.tenant_id == tenant_id, template_versions.c.kind == kind)
    )


def _all(tx: Transaction, query: Select[tuple[object, ...]]) -> list[KnownTemplate]:
    names = [field.name for field in fields(TemplateVersion)]
    found = []
    for row in tx.execute(query).mappings():
        approval = None
        if row["approved_at"] is not None:
            approval = Approval(
                approved_at=row["approved_at"],
                key_id=row["approved_by_key"],
                actor_name=row["approved_by"],
            )
        version = TemplateVersion(**{name: row[name] for name in names})
        found.append(KnownTemplate(version=version, approval=approval))
    return found
