"""Templates and stationery of tenants, and which of them a version of an act was accepted with.

The new tables are only ever added to; the new columns of a version keep their first value.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "template_versions",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("live_from", sa.Date(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "number", name="pk_template_versions"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name="fk_template_versions_tenant_id"
        ),
    )
    op.create_table(
        "template_approvals",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approved_at", _AT, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "number", name="pk_template_approvals"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "kind", "number"],
            ["template_versions.tenant_id", "template_versions.kind", "template_versions.number"],
            name="fk_template_approvals_tenant_id_kind_number",
        ),
    )
    op.create_table(
        "stationery_versions",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "number", name="pk_stationery_versions"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name="fk_stationery_versions_tenant_id"
        ),
    )
    for name in _NEW_COLUMNS:
        op.add_column("versions", sa.Column(name, sa.Integer(), nullable=True))
    dialect = op.get_bind().dialect.name
    for statement in _sqlite_guards() if dialect == "sqlite" else _postgresql_guards():
        op.execute(statement)


_NEW_COLUMNS = ("template_version", "stationery_version")
_KEYS = {
    "template_versions": ("tenant_id", "kind", "number"),
    "template_approvals": ("tenant_id", "kind", "number"),
    "stationery_versions": ("tenant_id", "number"),
}


def _changed(differs: str) -> str:
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in _NEW_COLUMNS)


def _sqlite_guards() -> list[str]:
    statements = [
        "CREATE TRIGGER versions_fixed_templates BEFORE UPDATE ON versions "
        f"WHEN {_changed('IS NOT')} "
        "BEGIN SELECT RAISE(ABORT, 'versions: a column that never changes'); END"
    ]
    for table, key in _KEYS.items():
        # INSERT OR REPLACE would delete a row that is there without a DELETE trigger.
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        exists = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        for name, verb, when, message in (
            ("no_delete", "DELETE", "", "rows are never deleted"),
            ("no_update", "UPDATE", "", "rows never change"),
            ("no_replace", "INSERT", exists, "the row exists"),
        ):
            statements.append(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table}{when} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
            )
    return statements


def _postgresql_guards() -> list[str]:
    return [
        "CREATE FUNCTION minutier_versions_fixed_templates() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF {_changed('IS DISTINCT FROM')} THEN RAISE EXCEPTION "
        "'versions: a column that never changes' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        "CREATE TRIGGER versions_fixed_templates BEFORE UPDATE ON versions "
        "FOR EACH ROW EXECUTE FUNCTION minutier_versions_fixed_templates()",
        *(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION minutier_refuse()"
            for table in _KEYS
            for verb, each in (("DELETE", "ROW"), ("UPDATE", "ROW"), ("TRUNCATE", "STATEMENT"))
        ),
    ]
