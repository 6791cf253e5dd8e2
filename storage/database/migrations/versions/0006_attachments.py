"""Supporting files, and the bound file of a version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
_MESSAGE = "attachments: a file that belongs to an act stays as it is"


def upgrade() -> None:
    op.add_column("versions", sa.Column("dossier", sa.Text(), nullable=True))
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("claimed_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_attachments_tenant_id"),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_attachments_act_id"),
    )
    op.create_index("ix_attachments_act", "attachments", ["act_id", "claimed_at"])
    op.create_index("ix_attachments_unclaimed", "attachments", ["created_at"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER attachments_no_{verb.lower()} BEFORE {verb} ON attachments "
                f"WHEN OLD.act_id IS NOT NULL BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION minutier_attachments_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF OLD.act_id IS NOT NULL THEN RAISE EXCEPTION '{_MESSAGE}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER attachments_fixed BEFORE UPDATE OR DELETE ON attachments "
            "FOR EACH ROW EXECUTE FUNCTION minutier_attachments_fixed()"
        )
