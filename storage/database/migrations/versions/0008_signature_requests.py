"""Signature requests: who is asked, how each was let in, what each consented to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_AT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "signature_requests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("legal_level", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("archive_when_signed", sa.Boolean(), nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("reminder_days", sa.Integer(), nullable=True),
        sa.Column("remind_at", _AT, nullable=True),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("frozen_sha256", sa.Text(), nullable=True),
        sa.Column("latest_sha256", sa.Text(), nullable=True),
        sa.Column("final_sha256", sa.Text(), nullable=True),
        sa.Column("pades_level", sa.Text(), nullable=True),
        sa.Column("evidence_sha256", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("lease_by", sa.Text(), nullable=True),
        sa.Column("lease_until", _AT, nullable=True),
        sa.Column("created_by_key", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("updated_at", _AT, nullable=False),
        sa.Column("activated_at", _AT, nullable=True),
        sa.Column("completed_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_signature_requests"),
        sa.ForeignKeyConstraint(["act_id", "version"], ["versions.act_id", "versions.number"], name="fk_signature_requests_act_id_version"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_signature_requests_tenant_id"),
        sa.UniqueConstraint("public_id", name="uq_signature_requests_public_id"),
    )
    op.create_index("ix_signature_requests_act", "signature_requests", ["act_id", "created_at"])
    op.create_index("ix_signature_requests_final_sha256", "signature_requests", ["final_sha256"])
    op.create_index("ix_signature_requests_remind_at", "signature_requests", ["remind_at"])
    op.create_index("ix_signature_requests_state", "signature_requests", ["state", "lease_until"])
    op.create_table(
        "signature_recipients",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("auth_mode", sa.Text(), nullable=False),
        sa.Column("auth_statement", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("mention", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.Column("notified_at", _AT, nullable=True),
        sa.Column("opened_at", _AT, nullable=True),
        sa.Column("authenticated_at", _AT, nullable=True),
        sa.Column("consented_at", _AT, nullable=True),
        sa.Column("signed_at", _AT, nullable=True),
        sa.Column("consent", sa.Text(), nullable=True),
        sa.Column("signature_kind", sa.Text(), nullable=True),
        sa.Column("signature_sha256", sa.Text(), nullable=True),
        sa.Column("mention_typed", sa.Text(), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("base_sha256", sa.Text(), nullable=True),
        sa.Column("evidence_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_signature_recipients"),
        sa.ForeignKeyConstraint(["request_id"], ["signature_requests.id"], name="fk_signature_recipients_request_id"),
        sa.UniqueConstraint("request_id", "position", name="uq_signature_recipients_request_id_position"),
    )
    op.create_index("ix_signature_recipients_consented_at", "signature_recipients", ["consented_at"])
    op.create_table(
        "signature_links",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("recipient_id", sa.Text(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("first_used_at", _AT, nullable=True),
        sa.Column("revoked_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_signature_links"),
        sa.ForeignKeyConstraint(["recipient_id"], ["signature_recipients.id"], name="fk_signature_links_recipient_id"),
    )
    op.create_index("ix_signature_links_recipient_id", "signature_links", ["recipient_id"])
    op.create_table(
        "signature_sessions",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("recipient_id", sa.Text(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("authenticated_at", _AT, nullable=True),
        sa.Column("ended_at", _AT, nullable=True),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_signature_sessions"),
        sa.ForeignKeyConstraint(["recipient_id"], ["signature_recipients.id"], name="fk_signature_sessions_recipient_id"),
    )
    op.create_index("ix_signature_sessions_recipient_id", "signature_sessions", ["recipient_id"])
    op.create_table(
        "signature_challenges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("recipient_id", sa.Text(), nullable=False),
        sa.Column("session_sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("code_hmac", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_signature_challenges"),
        sa.ForeignKeyConstraint(["recipient_id"], ["signature_recipients.id"], name="fk_signature_challenges_recipient_id"),
    )
    op.create_index("ix_signature_challenges_recipient", "signature_challenges", ["recipient_id", "created_at"])
