"""Links by which a lawyer reviews an act without a key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "review_links",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("reviewer_name", sa.Text(), nullable=False),
        sa.Column("reviewer_email", sa.Text(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("revoked_at", _AT, nullable=True),
        sa.Column("used_at", _AT, nullable=True),
        sa.Column("mailed_at", _AT, nullable=True),
        sa.Column("mail_problem", sa.Text(), nullable=True),
        sa.Column("remind_every_days", sa.Integer(), nullable=True),
        sa.Column("remind_at", _AT, nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_links"),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name="fk_review_links_act_id"),
    )
    op.create_index("ix_review_links_act", "review_links", ["act_id", "created_at"])
    op.create_index("ix_review_links_remind", "review_links", ["remind_at"])
