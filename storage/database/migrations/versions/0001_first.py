"""The first tables, and what the database itself refuses.

Frozen, as every revision: it says in full what it made, whatever the tables have become since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text()
_INT = sa.Integer()
_BIG = sa.BigInteger()


def upgrade() -> None:
    _create_tables()
    dialect = op.get_bind().dialect.name
    for statement in _sqlite_guards() if dialect == "sqlite" else _postgresql_guards():
        op.execute(statement)


def _col(name: str, type_: TypeEngine[Any], *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=null)


def _create_tables() -> None:
    op.create_table(
        "tenants",
        _col("id", _TEXT),
        _col("name", _TEXT),
        _col("created_at", _AT),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
        sa.UniqueConstraint("name", name="uq_tenants_name"),
    )
    op.create_table(
        "api_keys",
        _col("id", _TEXT),
        _col("tenant_id", _TEXT),
        _col("secret_sha256", _TEXT),
        _col("prefix", _TEXT),
        _col("scopes", _TEXT),
        _col("created_at", _AT),
        _col("last_used_at", _AT, null=True),
        _col("revoked_at", _AT, null=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_api_keys_tenant_id"),
        sa.UniqueConstraint("secret_sha256", name="uq_api_keys_secret_sha256"),
    )
    op.create_table(
        "acts",
        _col("id", _TEXT),
        _col("tenant_id", _TEXT),
        _col("kind", _TEXT),
        _col("status", _TEXT),
        _col("case_reference", _TEXT),
        _col("creditor_name", _TEXT),
        _col("debtor_name", _TEXT, null=True),
        _col("debtor_siren", _TEXT, null=True),
        _col("debtor_search", _TEXT),
        _col("search_text", _TEXT),
        _col("as_of", sa.Date()),
        _col("language", _TEXT),
        _col("current_version", _INT),
        _col("due_cents", _BIG, null=True),
        _col("problem", _TEXT, null=True),
        _col("created_by_key", _TEXT),
        _col("actor_name", _TEXT, null=True),
        _col("created_at", _AT),
        _col("updated_at", _AT),
        sa.PrimaryKeyConstraint("id", name="pk_acts"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_acts_tenant_id"),
    )
    for name, columns in {
        "ix_acts_tenant_newest": ["tenant_id", "created_at", "id"],
        "ix_acts_tenant_status": ["tenant_id", "status", "created_at", "id"],
        "ix_acts_tenant_kind": ["tenant_id", "kind", "created_at", "id"],
        "ix_acts_tenant_reference": ["tenant_id", "case_reference"],
        "ix_acts_tenant_siren": ["tenant_id", "debtor_siren"],
    }.items():
        op.create_index(name, "acts", columns)
    op.create_table(
        "versions",
        _col("act_id", _TEXT),
        _col("number", _INT),
        _col("tenant_id", _TEXT),
        _col("origin", _TEXT),
        _col("status", _TEXT),
        _col("snapshot", _TEXT),
        _col("data_sha256", _TEXT),
        _col("checks", _TEXT),
        _col("law_data_sha256", _TEXT),
        _col("template_sha256", _TEXT),
        _col("software_version", _TEXT),
        _col("note", _TEXT, null=True),
        _col("created_by_key", _TEXT),
        _col("actor_name", _TEXT, null=True),
        _col("created_at", _AT),
        _col("statement", _TEXT, null=True),
        _col("docx_sha256", _TEXT, null=True),
        _col("pdf_sha256", _TEXT, null=True),
        _col("office_version", _TEXT, null=True),
        _col("pages", _INT, null=True),
        _col("rendered_at", _AT, null=True),
        _col("problem", _TEXT, null=True),
        _col("attempts", _INT),
        _col("lease_by", _TEXT, null=True),
        _col("lease_until", _AT, null=True),
        _col("retry_at", _AT, null=True),
        sa.PrimaryKeyConstraint("act_id", "number", name="pk_versions"),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_versions_act_id"),
    )
    op.create_index("ix_versions_work", "versions", ["status", "lease_until"])
    op.create_table(
        "trail_events",
        sa.Column("position", _SERIAL, nullable=False, autoincrement=True),
        _col("act_id", _TEXT),
        _col("tenant_id", _TEXT),
        _col("seq", _INT),
        _col("at", _AT),
        _col("actor", _TEXT),
        _col("action", _TEXT),
        _col("details", _TEXT),
        _col("previous_hash", _TEXT),
        _col("hash", _TEXT),
        sa.PrimaryKeyConstraint("position", name="pk_trail_events"),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_trail_events_act_id"),
        sa.UniqueConstraint("act_id", "seq", name="uq_trail_events_act_id_seq"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reviews",
        _col("id", _TEXT),
        _col("act_id", _TEXT),
        _col("version", _INT),
        _col("decision", _TEXT),
        _col("comment", _TEXT, null=True),
        _col("reviewer", _TEXT),
        _col("key_id", _TEXT),
        _col("at", _AT),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.ForeignKeyConstraint(
            ["act_id", "version"],
            ["versions.act_id", "versions.number"],
            name="fk_reviews_act_id_version",
        ),
    )
    op.create_index("ix_reviews_act", "reviews", ["act_id", "at"])
    op.create_table(
        "outbox",
        sa.Column("id", _SERIAL, nullable=False, autoincrement=True),
        _col("topic", _TEXT),
        _col("payload", _TEXT),
        _col("created_at", _AT),
        _col("available_at", _AT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_available_at", "outbox", ["available_at"])
    op.create_table(
        "idempotency",
        _col("tenant_id", _TEXT),
        _col("key", _TEXT),
        _col("fingerprint", _TEXT),
        _col("started_at", _AT),
        _col("status", _INT, null=True),
        _col("headers", _TEXT, null=True),
        _col("body", _TEXT, null=True),
        sa.PrimaryKeyConstraint("tenant_id", "key", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_started_at", "idempotency", ["started_at"])
    op.create_table(
        "archives",
        _col("act_id", _TEXT),
        _col("generation", _INT),
        _col("tenant_id", _TEXT),
        _col("status", _TEXT),
        _col("version", _INT),
        _col("archived_at", _AT),
        _col("sealed_at", _AT, null=True),
        _col("manifest_sha256", _TEXT, null=True),
        _col("retention_class", _TEXT),
        _col("retain_until", _AT),
        _col("legal_hold", sa.Boolean()),
        _col("software_version", _TEXT),
        sa.PrimaryKeyConstraint("act_id", "generation", name="pk_archives"),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_archives_act_id"),
    )
    op.create_index("ix_archives_tenant", "archives", ["tenant_id", "archived_at", "act_id"])
    op.create_table(
        "archive_objects",
        _col("act_id", _TEXT),
        _col("generation", _INT),
        _col("path", _TEXT),
        _col("key", _TEXT),
        _col("version_id", _TEXT),
        _col("sha256", _TEXT),
        _col("size", _BIG),
        _col("media_type", _TEXT),
        _col("role", _TEXT),
        sa.PrimaryKeyConstraint("act_id", "generation", "path", name="pk_archive_objects"),
        sa.ForeignKeyConstraint(
            ["act_id", "generation"],
            ["archives.act_id", "archives.generation"],
            name="fk_archive_objects_act_id_generation",
        ),
    )


# What the database refuses, whoever asks.

_KEYS = {
    "trail_events": ("position",),
    "reviews": ("id",),
    "archive_objects": ("act_id", "generation", "path"),
    "acts": ("id",),
    "versions": ("act_id", "number"),
    "archives": ("act_id", "generation"),
}
_NEVER_CHANGED = ("trail_events", "reviews", "archive_objects")
# Columns that keep the value they were inserted with.
_FIXED = {
    "acts": ("id", "tenant_id", "kind", "created_at", "created_by_key"),
    "versions": (
        "act_id",
        "number",
        "tenant_id",
        "origin",
        "snapshot",
        "data_sha256",
        "created_at",
        "created_by_key",
    ),
    "archives": ("act_id", "generation", "tenant_id", "version", "archived_at"),
}
# Of a sealed generation, only the hold may change, and the retention, to a later end.
_SEALED = ("status", "sealed_at", "manifest_sha256", "retention_class", "software_version")
_ZEROS = "0" * 64


def _conditions(differs: str) -> dict[str, list[tuple[str, str]]]:
    """Per table: conditions on OLD and NEW under which an update is refused, and the message."""

    def changed(columns: Iterable[str]) -> str:
        return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)

    refused = {
        table: [(changed(columns), f"{table}: a column that never changes")]
        for table, columns in _FIXED.items()
    }
    refused["versions"].append(("OLD.status = 'ready'", "versions: a rendered version never changes"))
    refused["archives"].append(
        (
            f"OLD.status = 'sealed' AND ({changed(_SEALED)} OR NEW.retain_until < OLD.retain_until)",
            "archives: a sealed generation never changes",
        )
    )
    return refused


def _sqlite_guards() -> list[str]:
    statements: list[str] = []

    def refuse(name: str, verb: str, table: str, message: str, when: str = "") -> None:
        condition = f" WHEN {when}" if when else ""
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table}{condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    for table, key in _KEYS.items():
        refuse(f"{table}_no_delete", "DELETE", table, f"{table}: rows are never deleted")
        # INSERT OR REPLACE would delete the row that is there without a DELETE trigger.
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        refuse(f"{table}_no_replace", "INSERT", table, f"{table}: the row exists", exists)
    for table in _NEVER_CHANGED:
        refuse(f"{table}_no_update", "UPDATE", table, f"{table}: rows never change")
    for table, conditions in _conditions("IS NOT").items():
        for number, (condition, message) in enumerate(conditions, 1):
            refuse(f"{table}_fixed_{number}", "UPDATE", table, message, condition)
    last = "FROM trail_events WHERE act_id = NEW.act_id ORDER BY seq DESC LIMIT 1"
    refuse(
        "trail_events_next",
        "INSERT",
        "trail_events",
        "trail_events: not the next event of the chain",
        f"NEW.seq IS NOT coalesce((SELECT seq {last}), 0) + 1 "
        f"OR NEW.previous_hash IS NOT coalesce((SELECT hash {last}), '{_ZEROS}')",
    )
    return statements


def _postgresql_guards() -> list[str]:
    statements = [
        "CREATE FUNCTION minutier_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%: % is refused', TG_TABLE_NAME, TG_OP "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]

    def refuse(table: str, verb: str, each: str = "ROW") -> None:
        statements.append(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION minutier_refuse()"
        )

    def check(name: str, verb: str, table: str, conditions: list[tuple[str, str]]) -> None:
        checks = " ".join(
            f"IF {condition} THEN RAISE EXCEPTION '{message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            for condition, message in conditions
        )
        statements.append(
            f"CREATE FUNCTION minutier_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {checks} RETURN NEW; END $$"
        )
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION minutier_{name}()"
        )

    for table in _KEYS:
        refuse(table, "DELETE")
        refuse(table, "TRUNCATE", "STATEMENT")
    for table in _NEVER_CHANGED:
        refuse(table, "UPDATE")
    for table, conditions in _conditions("IS DISTINCT FROM").items():
        check(f"{table}_fixed", "UPDATE", table, conditions)
    last = "FROM trail_events WHERE act_id = NEW.act_id ORDER BY seq DESC LIMIT 1"
    is_next = (
        f"NEW.seq IS DISTINCT FROM coalesce((SELECT seq {last}), 0) + 1 "
        f"OR NEW.previous_hash IS DISTINCT FROM coalesce((SELECT hash {last}), '{_ZEROS}')"
    )
    message = "trail_events: not the next event of the chain"
    check("trail_events_next", "INSERT", "trail_events", [(is_next, message)])
    return statements
