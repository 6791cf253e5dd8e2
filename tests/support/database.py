"""Databases and rows for tests: both kinds of database, fresh and migrated."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from core.clock import IdFactory
from storage.acts import Act, insert_act
from storage.canonical import canonical, sha256_hex
from storage.database import Database, Transaction
from storage.keys import create_key
from storage.versions import Version, insert_version

NOW = datetime(2026, 11, 24, 9, 30, 15, 123456, tzinfo=UTC)
SYSTEM = {"type": "system"}


@dataclass(frozen=True)
class Place:
    """A database, and a way around its guards that only an administrator has."""

    database: Database
    execute: Callable[[str], None]
    """Run one statement of raw SQL in a connection of its own."""

    def forge(self, statement: str, *values: Any) -> None:
        """Run a statement that no trigger and no foreign key stands in the way of."""
        if not self.database.is_sqlite:
            self.execute(f"SET session_replication_role = replica; {statement}")
            return
        connection = sqlite3.connect(str(self.database.url.database), isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(statement, values)
        finally:
            connection.close()

    def drop_guards(self, table: str) -> None:
        """What a forger with all rights would do first."""
        if not self.database.is_sqlite:
            self.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        connection = sqlite3.connect(str(self.database.url.database))
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.commit()
        connection.close()


@dataclass(frozen=True)
class Cabinet:
    """A tenant and its key."""

    tenant_id: str
    key_id: str
    secret: str


def add_cabinet(tx: Transaction, name: str = "Cabinet Essai", *, new_id: IdFactory) -> Cabinet:
    """A tenant with a key that may do everything."""
    key = create_key(tx, name, frozenset({"*"}), NOW, new_id)
    return Cabinet(tenant_id=key.tenant_id, key_id=key.id, secret=key.secret)


def an_act(cabinet: Cabinet, act_id: str = "act_1", **changes: Any) -> Act:
    """An act as it is accepted, not yet stored."""
    act = Act(
        id=act_id,
        tenant_id=cabinet.tenant_id,
        kind="mise_en_demeure",
        status="queued",
        case_reference="2026-0142",
        creditor_name="Ateliers du Vexin",
        debtor_name="Étang & Fils",
        debtor_siren="732829320",
        as_of=date(2026, 11, 24),
        language="fr-FR",
        current_version=1,
        due_cents=None,
        problem=None,
        created_by_key=cabinet.key_id,
        actor_name="jane@cabinet.example",
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(act, **changes)


def a_version(act: Act, number: int = 1, **changes: Any) -> Version:
    """A version as it is accepted, not yet stored."""
    snapshot = canonical({"kind": act.kind, "case": {"reference": act.case_reference}})
    version = Version(
        act_id=act.id,
        number=number,
        tenant_id=act.tenant_id,
        origin="generated",
        status="queued",
        snapshot=snapshot.decode(),
        data_sha256=sha256_hex(snapshot),
        checks=[{"code": "claim-due", "outcome": "pass"}],
        law_data_sha256="a" * 64,
        template_sha256="b" * 64,
        software_version="0.1.0",
        note=None,
        created_by_key=act.created_by_key,
        actor_name=act.actor_name,
        created_at=act.created_at,
    )
    return replace(version, **changes)


def add_act(tx: Transaction, cabinet: Cabinet, act_id: str = "act_1", **changes: Any) -> Act:
    """An act with its first version, stored."""
    act = an_act(cabinet, act_id, **changes)
    insert_act(tx, act)
    insert_version(tx, a_version(act))
    return act


def execute_sqlite(path: Path, statement: str) -> None:
    """Run one statement in a connection of its own, foreign keys enforced."""
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()
