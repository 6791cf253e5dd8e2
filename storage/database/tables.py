"""The tables. Migrations create them; this module is what queries are written against."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from storage.database.types import ExactJson, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only for a column declared INTEGER.
_Serial = BigInteger().with_variant(Integer, "sqlite")

tenants = Table(
    "tenants",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("tenant_id", Text, ForeignKey("tenants.id"), nullable=False),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("prefix", Text, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("tenant_id", Text, ForeignKey("tenants.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("case_reference", Text, nullable=False),
    Column("creditor_name", Text, nullable=False),
    Column("debtor_name", Text),
    Column("debtor_siren", Text),
    Column("debtor_search", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("language", Text, nullable=False),
    Column("current_version", Integer, nullable=False),
    Column("due_cents", BigInteger),
    Column("problem", Json),
    Column("created_by_key", Text, nullable=False),
    Column("actor_name", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_acts_tenant_newest", "tenant_id", "created_at", "id"),
    Index("ix_acts_tenant_status", "tenant_id", "status", "created_at", "id"),
    Index("ix_acts_tenant_kind", "tenant_id", "kind", "created_at", "id"),
    Index("ix_acts_tenant_reference", "tenant_id", "case_reference"),
    Index("ix_acts_tenant_siren", "tenant_id", "debtor_siren"),
)

versions = Table(
    "versions",
    metadata,
    Column("act_id", Text, ForeignKey("acts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("data_sha256", Text, nullable=False),
    Column("checks", ExactJson, nullable=False),
    Column("law_data_sha256", Text, nullable=False),
    Column("template_sha256", Text, nullable=False),
    Column("software_version", Text, nullable=False),
    Column("note", Text),
    Column("created_by_key", Text, nullable=False),
    Column("actor_name", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("statement", ExactJson),
    Column("docx_sha256", Text),
    Column("pdf_sha256", Text),
    Column("office_version", Text),
    Column("pages", Integer),
    Column("rendered_at", UtcDateTime),
    Column("problem", Json),
    Column("attempts", Integer, nullable=False),
    Column("lease_by", Text),
    Column("lease_until", UtcDateTime),
    Column("retry_at", UtcDateTime),
    Column("template_version", Integer),
    Column("stationery_version", Integer),
    Column("findings_sha256", Text),
    Column("based_on", Integer),
    Column("concerns", ExactJson, nullable=False, server_default="[]"),
    Column("deadline_on", Date),
    Column("dossier", ExactJson),
    Index("ix_versions_work", "status", "lease_until"),
)

trail_events = Table(
    "trail_events",
    metadata,
    Column("position", _Serial, primary_key=True, autoincrement=True),
    Column("act_id", Text, ForeignKey("acts.id"), nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", ExactJson, nullable=False),
    Column("action", Text, nullable=False),
    Column("details", ExactJson, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("act_id", "seq"),
    sqlite_autoincrement=True,  # a position is never given twice
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("act_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("decision", Text, nullable=False),
    Column("comment", Text),
    Column("reviewer", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("acknowledged", ExactJson, nullable=False, server_default="[]"),
    Column("on_behalf_of", Text),
    Column("act_status", Text),
    ForeignKeyConstraint(["act_id", "version"], ["versions.act_id", "versions.number"]),
    Index("ix_reviews_act", "act_id", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Serial, primary_key=True, autoincrement=True),
    Column("topic", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("available_at", UtcDateTime, nullable=False, index=True),
    sqlite_autoincrement=True,  # nor is the id of a row that was done and deleted
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False, index=True),
    Column("status", Integer),
    Column("headers", Json),
    Column("body", Text),
)

archives = Table(
    "archives",
    metadata,
    Column("act_id", Text, ForeignKey("acts.id"), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("archived_at", UtcDateTime, nullable=False),
    Column("sealed_at", UtcDateTime),
    Column("manifest_sha256", Text),
    Column("retention_class", Text, nullable=False),
    Column("retain_until", UtcDateTime, nullable=False),
    Column("legal_hold", Boolean, nullable=False, default=False),
    Column("software_version", Text, nullable=False),
    Index("ix_archives_tenant", "tenant_id", "archived_at", "act_id"),
)

archive_objects = Table(
    "archive_objects",
    metadata,
    Column("act_id", Text, primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("version_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("role", Text, nullable=False),
    ForeignKeyConstraint(["act_id", "generation"], ["archives.act_id", "archives.generation"]),
)

published_rates = Table(
    "published_rates",
    metadata,
    Column("id", _Serial, primary_key=True, autoincrement=True),
    Column("series", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("percent", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_url", Text),
    Column("published_on", Date, nullable=False),
    Column("effective_on", Date),
    Column("doubt", Text),
    Column("added_at", UtcDateTime, nullable=False),
    Column("tenant_id", Text),
    Column("key_id", Text),
    Column("actor_name", Text),
    UniqueConstraint("series", "period"),
    sqlite_autoincrement=True,
)

law_data = Table(
    "law_data",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("rates", Text, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)

template_versions = Table(
    "template_versions",
    metadata,
    Column("tenant_id", Text, ForeignKey("tenants.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text),
    Column("size", Integer),
    Column("note", Text),
    Column("live_from", Date, nullable=False),
    Column("needs_approval", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text),
)

template_approvals = Table(
    "template_approvals",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("approved_at", UtcDateTime, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    ForeignKeyConstraint(
        ["tenant_id", "kind", "number"],
        ["template_versions.tenant_id", "template_versions.kind", "template_versions.number"],
    ),
)

stationery_versions = Table(
    "stationery_versions",
    metadata,
    Column("tenant_id", Text, ForeignKey("tenants.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text),
    Column("content", ExactJson),
    Column("created_at", UtcDateTime, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("act_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("page", Integer),
    Column("quote", Text),
    Column("in_reply_to", Text, ForeignKey("comments.id")),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text),
    Column("at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Column("resolved_by", Text),
    ForeignKeyConstraint(["act_id", "version"], ["versions.act_id", "versions.number"]),
    Index("ix_comments_act", "act_id", "at"),
)

tenant_settings = Table(
    "tenant_settings",
    metadata,
    Column("tenant_id", Text, ForeignKey("tenants.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", ExactJson, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("tenant_id", Text, ForeignKey("tenants.id"), nullable=False),
    Column("act_id", Text, ForeignKey("acts.id")),
    Column("label", Text),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("pdf_sha256", Text),
    Column("pages", Integer),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Index("ix_attachments_act", "act_id", "claimed_at"),
    Index("ix_attachments_unclaimed", "created_at"),
)

review_links = Table(
    "review_links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("act_id", Text, ForeignKey("acts.id"), nullable=False),
    Column("reviewer_name", Text, nullable=False),
    Column("reviewer_email", Text),
    Column("key_id", Text, nullable=False),
    Column("actor_name", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("used_at", UtcDateTime),
    Column("mailed_at", UtcDateTime),
    Column("mail_problem", Text),
    Column("remind_every_days", Integer),
    Column("remind_at", UtcDateTime),
    Column("reminders", Integer, nullable=False),
    Index("ix_review_links_act", "act_id", "created_at"),
    Index("ix_review_links_remind", "remind_at"),
)
