"""Published rates that were added, and the law's data as acts were made with them.

Rates are law: they belong to the whole deployment, not to a tenant. Rows are only added; the
database refuses the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, insert, select, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from law.rates import PublishedRate, RateTables
from storage.database import Transaction
from storage.database.tables import law_data, published_rates

_RATES_LOCK = 7463113  # any number, the same in every process


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRate:
    """A rate that was added, when, by which key and on whose behalf (None: on the console)."""

    rate: PublishedRate
    added_at: datetime
    tenant_id: str | None
    key_id: str | None
    actor_name: str | None


def lock(tx: Transaction) -> None:
    """Let nobody else add a rate until the transaction ends: what follows depends on the last.

    SQLite has one writer anyway.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _RATES_LOCK})


def count(tx: Transaction) -> int:
    """How many rates were added; as they are only ever added, it tells one state from another."""
    return tx.scalar(select(func.count()).select_from(published_rates)) or 0


def added(tx: Transaction) -> list[AddedRate]:
    """Every rate that was added, in order of adding."""
    rows = tx.execute(select(published_rates).order_by(published_rates.c.id))
    return [
        AddedRate(
            rate=PublishedRate(
                series=row.series,
                period=row.period,
                rate=Decimal(row.percent).scaleb(-2),
                source=row.source,
                source_url=row.source_url,
                published_on=row.published_on,
                effective_on=row.effective_on,
                doubt=row.doubt,
            ),
            added_at=row.added_at,
            tenant_id=row.tenant_id,
            key_id=row.key_id,
            actor_name=row.actor_name,
        )
        for row in rows
    ]


def add(tx: Transaction, new: AddedRate) -> None:
    """Add a rate; call `lock` first."""
    rate = new.rate
    tx.execute(
        insert(published_rates).values(
            series=rate.series,
            period=rate.period,
            percent=str(rate.rate.scaleb(2)),
            source=rate.source,
            source_url=rate.source_url,
            published_on=rate.published_on,
            effective_on=rate.effective_on,
            doubt=rate.doubt,
            added_at=new.added_at,
            tenant_id=new.tenant_id,
            key_id=new.key_id,
            actor_name=new.actor_name,
        )
    )


def keep_tables(tx: Transaction, tables: RateTables, now: datetime) -> None:
    """Keep the tables that a version is accepted under, once, by their hash."""
    sha256 = tables.data_sha256
    if tx.scalar(select(law_data.c.sha256).where(law_data.c.sha256 == sha256)):
        return
    values = {"sha256": sha256, "rates": tables.text, "kept_at": now}
    if tx.dialect.name == "postgresql":  # where another may be keeping the same
        tx.execute(postgresql_insert(law_data).values(values).on_conflict_do_nothing())
    else:
        tx.execute(insert(law_data).values(values))


def kept_tables(tx: Transaction, sha256: str) -> RateTables | None:
    """The tables of a hash, or None if no version was accepted under them."""
    found = tx.scalar(select(law_data.c.rates).where(law_data.c.sha256 == sha256))
    return None if found is None else RateTables.parse(found)
