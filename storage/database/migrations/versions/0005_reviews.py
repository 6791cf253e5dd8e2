"""Versions from an edited Word file, comments, what decisions say, settings of tenants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("versions", sa.Column("based_on", sa.Integer(), nullable=True))
    op.add_column("versions", _list("concerns"))
    op.add_column("versions", sa.Column("deadline_on", sa.Date(), nullable=True))
    op.add_column("reviews", _list("acknowledged"))
    op.add_column("reviews", sa.Column("on_behalf_of", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("act_status", sa.Text(), nullable=True))
    op.create_table(
        "comments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("in_reply_to", sa.Text(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("at", _AT, nullable=False),
        sa.Column("resolved_at", _AT, nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.ForeignKeyConstraint(
            ["act_id", "version"],
            ["versions.act_id", "versions.number"],
            name="fk_comments_act_id_version",
        ),
        sa.ForeignKeyConstraint(["in_reply_to"], ["comments.id"], name="fk_comments_in_reply_to"),
    )
    op.create_index("ix_comments_act", "comments", ["act_id", "at"])
    op.create_table(
        "tenant_settings",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "name", "number", name="pk_tenant_settings"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tenant_settings_tenant_id"),
    )
    dialect = op.get_bind().dialect.name
    for statement in _sqlite_guards() if dialect == "sqlite" else _postgresql_guards():
        op.execute(statement)


def _list(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="[]")


# What is said in a review stays said: of a comment, only whether it is resolved changes.
_COMMENT = (
    "id", "act_id", "version", "body", "page", "quote", "in_reply_to", "key_id", "actor_name", "at",
)  # fmt: skip
_SAME = {
    "comments": "id = NEW.id",
    "tenant_settings": "tenant_id = NEW.tenant_id AND name = NEW.name AND number = NEW.number",
}


def _refused(differs: str) -> dict[str, tuple[str, str, str]]:
    """Per trigger: its table, the condition under which an update is refused, the message."""
    fixed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in _COMMENT)
    file = f"OLD.docx_sha256 IS NOT NULL AND NEW.docx_sha256 {differs} OLD.docx_sha256"
    base = f"NEW.based_on {differs} OLD.based_on"
    return {
        "comments_fixed": ("comments", fixed, "comments: a column that never changes"),
        "versions_upload_fixed": (
            "versions",
            f"({file}) OR {base}",
            "versions: a column that never changes",
        ),
    }


def _sqlite_guards() -> list[str]:
    statements = []
    for table, same in _SAME.items():
        exists = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        rules = [
            ("no_delete", "DELETE", "", "rows are never deleted"),
            ("no_replace", "INSERT", exists, "the row exists"),
        ]
        if table == "tenant_settings":
            rules.append(("no_update", "UPDATE", "", "rows never change"))
        for name, verb, when, message in rules:
            statements.append(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table}{when} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END"
            )
    for name, (table, condition, message) in _refused("IS NOT").items():
        statements.append(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    return statements


def _postgresql_guards() -> list[str]:
    statements = []
    for table in _SAME:
        verbs = [("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")]
        if table == "tenant_settings":
            verbs.append(("UPDATE", "ROW"))
        for verb, each in verbs:
            statements.append(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION minutier_refuse()"
            )
    for name, (table, condition, message) in _refused("IS DISTINCT FROM").items():
        statements += [
            f"CREATE FUNCTION minutier_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION minutier_{name}()",
        ]
    return statements
