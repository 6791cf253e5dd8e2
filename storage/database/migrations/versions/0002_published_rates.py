"""Rates published since the software was made, and the law's data that acts were made with.

Both tables are only ever added to: the database refuses the rest.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "published_rates",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("percent", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("added_at", _AT, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_published_rates"),
        sa.UniqueConstraint("series", "period", name="uq_published_rates_series_period"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "law_data",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rates", sa.Text(), nullable=False),
        sa.Column("kept_at", _AT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_law_data"),
    )
    dialect = op.get_bind().dialect.name
    for statement in _sqlite_guards() if dialect == "sqlite" else _postgresql_guards():
        op.execute(statement)


# INSERT OR REPLACE would delete a row that is there without a DELETE trigger.
_SAME = {
    "published_rates": "id = NEW.id OR (series = NEW.series AND period = NEW.period)",
    "law_data": "sha256 = NEW.sha256",
}


def _sqlite_guards() -> list[str]:
    statements = []
    for table, same in _SAME.items():
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        for name, verb, when, message in (
            ("no_delete", "DELETE", "", "rows are never deleted"),
            ("no_update", "UPDATE", "", "rows never change"),
            ("no_replace", "INSERT", f" WHEN {exists}", "the row exists"),
        ):
            statements.append(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table}{when} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
            )
    return statements


def _postgresql_guards() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION minutier_refuse()"
        for table in _SAME
        for verb, each in (("DELETE", "ROW"), ("UPDATE", "ROW"), ("TRUNCATE", "STATEMENT"))
    ]
