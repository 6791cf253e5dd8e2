"""What answers look like: acts, versions, reviews, events, archive records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, pre_dump

from api.files import DOCX, JSON, PDF
from api.instants import Instant
from api.problem_schema import ProblemSchema
from generators.fields import money_text
from generators.statement_schema import StatementSchema
from storage.acts import Act
from storage.reviews import Review
from storage.trail import Event
from storage.versions import Version

SHA256 = {"pattern": "^[0-9a-f]{64}$"}


def constant(value: str) -> fields.Field[str]:
    """A member that is always the same."""
    return fields.Constant(value, required=True, metadata={"type": "string", "enum": [value]})


class AsKept(fields.Nested):
    """A part that is kept as JSON: documented by its schema, sent as it is."""

    def serialize(self, attr: str, obj: Any, accessor: Any = None, **_: Any) -> Any:
        """The part as it was kept."""
        return self.get_value(obj, attr, accessor=accessor)


class CreditorSummarySchema(Schema):
    """Who the creditor of an act is."""

    name = fields.String(required=True)


class DebtorSummarySchema(Schema):
    """Who the debtor of an act is."""

    name = fields.String(required=True)
    siren = fields.String(required=True, allow_none=True)


class AuthorSchema(Schema):
    """Who did something: an API key, and the human it named in `Minutier-Actor`."""

    key_id = fields.String(required=True)
    actor = fields.String(required=True, allow_none=True)


class ActTotalsSchema(Schema):
    """The sum the act asks for; its composition is in the version's statement."""

    due = fields.String(required=True, metadata={"example": "1089.93"})
    currency = fields.String(required=True, metadata={"example": "EUR"})


class ActLinksSchema(Schema):
    """Where the parts of an act are. Files are null until there is a version to read."""

    self = fields.String(required=True)
    versions = fields.String(required=True)
    audit_trail = fields.String(required=True)
    docx = fields.String(required=True, allow_none=True)
    pdf = fields.String(required=True, allow_none=True)
    data = fields.String(required=True)
    archive = fields.String(required=True, allow_none=True)


class ActSchema(Schema):
    """An act: a document in the making or made, of one case, of one kind."""

    id = fields.String(required=True, metadata={"example": "act_01KATQ4S9WQ6YB5R7N6EVJ1D3K"})
    object = constant("act")
    kind = fields.String(required=True, metadata={"example": "mise_en_demeure"})
    status = fields.String(
        required=True,
        metadata={
            "enum": [
                "queued",
                "rendering",
                "draft",
                "changes_requested",
                "approved",
                "signing",
                "signed",
                "archived",
                "failed",
                "voided",
            ]
        },
    )
    case_reference = fields.String(required=True, metadata={"example": "2026-0142"})
    creditor = fields.Nested(CreditorSummarySchema, required=True)
    debtor = fields.Nested(DebtorSummarySchema, required=True, allow_none=True)
    as_of = fields.Date(required=True)
    language = fields.String(required=True)
    current_version = fields.Integer(required=True)
    totals = fields.Nested(ActTotalsSchema, required=True, allow_none=True)
    problem = AsKept(
        ProblemSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Why the act is `failed`."},
    )
    created_by = fields.Nested(AuthorSchema, required=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    links = fields.Nested(ActLinksSchema, required=True)

    @pre_dump
    def _shape(self, act: Act, **_: Any) -> dict[str, Any]:
        debtor = {"name": act.debtor_name, "siren": act.debtor_siren}
        return {
            **{name: getattr(act, name) for name in _SAME_IN_ACT},
            "creditor": {"name": act.creditor_name},
            "debtor": debtor if act.debtor_name is not None else None,
            "totals": None
            if act.due_cents is None
            else {"due": money_text(act.due_cents), "currency": "EUR"},
            "created_by": {"key_id": act.created_by_key, "actor": act.actor_name},
            "links": act_links(act),
        }


_SAME_IN_ACT = (
    "id",
    "kind",
    "status",
    "case_reference",
    "as_of",
    "language",
    "current_version",
    "problem",
    "created_at",
    "updated_at",
)
_WITHOUT_FILES = frozenset({"queued", "rendering", "failed"})


def act_links(act: Act) -> dict[str, str | None]:
    """Where the parts of an act are."""
    base = f"/v1/acts/{act.id}"
    version = f"{base}/versions/{act.current_version}"
    has_files = act.status not in _WITHOUT_FILES
    return {
        "self": base,
        "versions": f"{base}/versions",
        "audit_trail": f"{base}/audit_trail",
        "docx": f"{version}/document.docx" if has_files else None,
        "pdf": f"{version}/document.pdf" if has_files else None,
        "data": f"{version}/data.json",
        "archive": f"/v1/archive/{act.id}" if act.status == "archived" else None,
    }


class CheckSchema(Schema):
    """The outcome of one rule of law."""

    code = fields.String(required=True)
    outcome = fields.String(required=True, metadata={"enum": ["pass", "warn", "refuse"]})
    article = fields.String(required=True, allow_none=True)
    detail = fields.String(required=True, metadata={"description": "In French."})
    pointer = fields.String(required=True)


class FileSchema(Schema):
    """A file of a version."""

    url = fields.String(required=True)
    media_type = fields.String(required=True)
    sha256 = fields.String(required=True, metadata=SHA256)


class FilesSchema(Schema):
    """The files of a version; Word and PDF are null until it is `ready`."""

    docx = fields.Nested(FileSchema, required=True, allow_none=True)
    pdf = fields.Nested(FileSchema, required=True, allow_none=True)
    data = fields.Nested(FileSchema, required=True)
    findings = fields.Nested(
        FileSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Of an `audit_cgv`; null for other kinds."},
    )
    dossier = fields.Nested(
        FileSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The act bound with its exhibits, if any has a file."},
    )


class WhyNotArchivalSchema(Schema):
    """Why an exhibit keeps the bound file from being PDF/A-3b."""

    exhibit = fields.Integer(required=True, metadata={"description": "Its number, from 1."})
    why = fields.String(required=True)


class DossierSchema(Schema):
    """The bound file of a version."""

    pages = fields.Integer(required=True)
    pdfa = fields.Boolean(required=True, metadata={"description": "Whether it is PDF/A-3b."})
    reasons = fields.List(fields.Nested(WhyNotArchivalSchema), required=True)


class ConcernSchema(Schema):
    """What a reviewer must know of an edited text."""

    id = fields.String(required=True, metadata={"example": "c1"})
    code = fields.String(required=True, metadata={"example": "amount-not-computed"})
    effect = fields.String(
        required=True,
        metadata={
            "enum": ["blocks", "acknowledge", "notice"],
            "description": "`blocks` approval until a new version settles it; who approves must "
            "`acknowledge` it by its id; a `notice` is only told.",
        },
    )
    part = fields.String(required=True, metadata={"example": "document"})
    paragraph = fields.Integer(required=True, allow_none=True)
    text = fields.String(required=True, metadata={"example": "1200.00"})
    detail = fields.String(required=True, metadata={"description": "In French."})


class VersionSchema(Schema):
    """A version of an act, with all that it was made from."""

    act_id = fields.String(required=True)
    object = constant("version")
    number = fields.Integer(required=True)
    origin = fields.String(
        required=True, metadata={"enum": ["generated", "regenerated", "uploaded"]}
    )
    status = fields.String(
        required=True, metadata={"enum": ["queued", "rendering", "ready", "failed"]}
    )
    based_on = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of an uploaded version, the one whose text was edited."},
    )
    note = fields.String(required=True, allow_none=True)
    files = fields.Nested(FilesSchema, required=True)
    pages = fields.Integer(required=True, allow_none=True)
    dossier = fields.Nested(
        DossierSchema,
        required=True,
        allow_none=True,
        metadata={"description": "What the bound file is, if any exhibit has a file."},
    )
    previews = fields.List(
        fields.String(), required=True, metadata={"description": "One PNG a page."}
    )
    checks = fields.List(fields.Nested(CheckSchema), required=True)
    concerns = fields.List(fields.Nested(ConcernSchema), required=True)
    statement = AsKept(StatementSchema, required=True, allow_none=True)
    template_sha256 = fields.String(required=True, metadata=SHA256)
    template_version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of the cabinet's own template; null: that of the house."},
    )
    stationery_version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of the cabinet's stationery on the template of the house."},
    )
    law_data_sha256 = fields.String(required=True, metadata=SHA256)
    software_version = fields.String(required=True)
    office_version = fields.String(required=True, allow_none=True)
    problem = AsKept(ProblemSchema, required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    created_by = fields.Nested(AuthorSchema, required=True)
    created_at = Instant(required=True)
    rendered_at = Instant(required=True, allow_none=True)

    @pre_dump
    def _shape(self, version: Version, **_: Any) -> dict[str, Any]:
        base = f"/v1/acts/{version.act_id}/versions/{version.number}"
        pages = range(1, (version.pages or 0) + 1)
        return {
            **{name: getattr(version, name) for name in _SAME_IN_VERSION},
            "files": {
                "docx": _file(f"{base}/document.docx", DOCX, version.docx_sha256),
                "pdf": _file(f"{base}/document.pdf", PDF, version.pdf_sha256),
                "data": _file(f"{base}/data.json", JSON, version.data_sha256),
                "findings": _file(f"{base}/findings.json", JSON, version.findings_sha256),
                "dossier": _file(f"{base}/dossier.pdf", PDF, _dossier_sha256(version)),
            },
            "previews": [f"{base}/preview/{page}.png" for page in pages],
            "created_by": {"key_id": version.created_by_key, "actor": version.actor_name},
        }


_SAME_IN_VERSION = (
    "act_id",
    "number",
    "origin",
    "based_on",
    "status",
    "note",
    "pages",
    "dossier",
    "checks",
    "concerns",
    "statement",
    "template_sha256",
    "template_version",
    "stationery_version",
    "law_data_sha256",
    "software_version",
    "office_version",
    "problem",
    "attempts",
    "created_at",
    "rendered_at",
)


def _dossier_sha256(version: Version) -> str | None:
    return version.dossier["sha256"] if version.dossier else None


def _file(url: str, media_type: str, sha256: str | None) -> dict[str, str] | None:
    return None if sha256 is None else {"url": url, "media_type": media_type, "sha256": sha256}


class ReviewSchema(Schema):
    """A lawyer's decision on one exact version."""

    id = fields.String(required=True)
    object = constant("review")
    act_id = fields.String(required=True)
    version = fields.Integer(required=True)
    decision = fields.String(required=True, metadata={"enum": ["approve", "request_changes"]})
    comment = fields.String(required=True, allow_none=True)
    reviewer = fields.String(required=True)
    on_behalf_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "For whom the reviewer decided, while they are away."},
    )
    acknowledged = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Ids of the version's concerns that the reviewer accepts."},
    )
    act_status = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Where the act stood after it.", "example": "approved"},
    )
    created_by = fields.Nested(AuthorSchema, required=True)
    at = Instant(required=True)

    @pre_dump
    def _shape(self, review: Review, **_: Any) -> dict[str, Any]:
        same = (
            "id",
            "act_id",
            "version",
            "decision",
            "comment",
            "reviewer",
            "on_behalf_of",
            "acknowledged",
            "act_status",
            "at",
        )
        author = {"key_id": review.key_id, "actor": review.reviewer}
        return {**{name: getattr(review, name) for name in same}, "created_by": author}


class EventSchema(Schema):
    """An event of an act's audit trail; `hash` covers all other members and `previous_hash`."""

    act_id = fields.String(required=True)
    seq = fields.Integer(required=True)
    at = fields.String(required=True, metadata={"format": "date-time"})
    actor = fields.Dict(required=True)
    action = fields.String(required=True)
    details = fields.Dict(required=True)
    previous_hash = fields.String(required=True, metadata=SHA256)
    hash = fields.String(required=True, metadata=SHA256)

    @pre_dump
    def _shape(self, event: Event, **_: Any) -> Mapping[str, Any]:
        return event.to_json()
