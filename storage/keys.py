"""Tenants and their API keys: shown once, stored as a hash, scoped, bound to one tenant."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from core.clock import IdFactory
from core.errors import InvalidFacts, NotFound
from storage.database import Transaction
from storage.database.tables import api_keys, tenants

SCOPES = frozenset(
    {
        "acts:read",
        "acts:write",
        "acts:review",
        "signatures:write",
        "archive:read",
        "templates:write",
        "admin",
    }
)
ALL_SCOPES = "*"
_USE_NOTED_EVERY = timedelta(minutes=1)


class ScopeUnknown(InvalidFacts):
    """A key was asked for with a scope that does not exist."""

    slug = "scope-unknown"
    title = "There is no such scope"


class KeyMissing(NotFound):
    """There is no such API key."""

    slug = "key-missing"
    title = "There is no such key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who calls: one key of one tenant."""

    tenant_id: str
    key_id: str
    scopes: frozenset[str]
    last_used_at: datetime | None = None

    def may(self, scope: str) -> bool:
        """Whether the key carries a scope."""
        return ALL_SCOPES in self.scopes or scope in self.scopes

    def use_is_worth_noting(self, now: datetime) -> bool:
        """Whether `note_use` would write anything: it need not take a write lock for nothing."""
        return self.last_used_at is None or self.last_used_at < now - _USE_NOTED_EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made; ``secret`` exists nowhere else."""

    id: str
    tenant_id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """What is known of a key afterwards."""

    id: str
    tenant: str
    prefix: str
    scopes: frozenset[str]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def create_key(
    tx: Transaction, tenant_name: str, scopes: frozenset[str], now: datetime, new_id: IdFactory
) -> NewKey:
    """Make a key for a tenant, and the tenant if it is the first of that name.

    Raises:
        ScopeUnknown: a scope is neither ``*`` nor one of `SCOPES`.
    """
    unknown = sorted(scopes - SCOPES - {ALL_SCOPES})
    if unknown or not scopes:
        raise ScopeUnknown(
            f"unknown scope: {', '.join(unknown) or '(none given)'}; "
            f"known: {', '.join(sorted(SCOPES))}, *"
        )
    tenant_id = tx.scalar(select(tenants.c.id).where(tenants.c.name == tenant_name))
    if tenant_id is None:
        tenant_id = new_id("ten")
        tx.execute(insert(tenants), {"id": tenant_id, "name": tenant_name, "created_at": now})
    key_id, secret = new_id("key"), f"mk_live_{secrets.token_urlsafe(32)}"
    tx.execute(
        insert(api_keys).values(
            id=key_id,
            tenant_id=tenant_id,
            secret_sha256=_digest(secret),
            prefix=secret[:12],
            scopes=sorted(scopes),
            created_at=now,
        )
    )
    return NewKey(id=key_id, tenant_id=tenant_id, secret=secret)


def authenticate(tx: Transaction, secret: str) -> Principal | None:
    """The principal a secret belongs to, or None if it is unknown or revoked.

    The look-up goes by the hash of a secret of 256 random bits: nothing about the stored
    hashes can be learnt from how long it takes.
    """
    row = tx.execute(
        select(
            api_keys.c.id, api_keys.c.tenant_id, api_keys.c.scopes, api_keys.c.last_used_at
        ).where(api_keys.c.secret_sha256 == _digest(secret), api_keys.c.revoked_at.is_(None))
    ).first()
    if row is None:
        return None
    return Principal(
        tenant_id=row.tenant_id,
        key_id=row.id,
        scopes=frozenset(row.scopes),
        last_used_at=row.last_used_at,
    )


def note_use(tx: Transaction, key_id: str, now: datetime) -> None:
    """Remember that a key was used, at most once a minute."""
    tx.execute(
        update(api_keys)
        .where(
            api_keys.c.id == key_id,
            api_keys.c.last_used_at.is_(None) | (api_keys.c.last_used_at < now - _USE_NOTED_EVERY),
        )
        .values(last_used_at=now)
    )


def list_keys(tx: Transaction) -> list[KeyRecord]:
    """Every key of every tenant, oldest first."""
    rows = tx.execute(
        select(api_keys, tenants.c.name.label("tenant"))
        .join(tenants, tenants.c.id == api_keys.c.tenant_id)
        .order_by(api_keys.c.id)
    )
    return [
        KeyRecord(
            id=row.id,
            tenant=row.tenant,
            prefix=row.prefix,
            scopes=frozenset(row.scopes),
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


def revoke_key(tx: Transaction, key_id: str, now: datetime) -> None:
    """End a key for good.

    Raises:
        KeyMissing: there is no such key, or it is revoked already.
    """
    done = tx.execute(
        update(api_keys)
        .where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if done.rowcount != 1:
        raise KeyMissing(f"no live key {key_id}")


def _digest(secret: str) -> str:
    # What is no UTF-8 is no key of ours either, and hashes to something unknown.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
