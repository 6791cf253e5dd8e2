"""The archive: sealing acts, finding them again, proving them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump

from api.answers import MovedOn, answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.files import BINARY, HASH, ZIP, file_answer, file_name
from api.idempotency import idempotent, keep_better
from api.instants import Bound, Instant
from api.paging import PageQuery, page_of
from api.requests import actor
from api.schemas import SHA256, ActSchema, DebtorSummarySchema, constant
from generators.registry import act_kind
from jobs import commands
from storage import acts, archives_db
from storage.acts import Act
from storage.archives_db import Archive, ArchivedObject, ArchiveFilters
from storage.evidence import build_package
from storage.retention import last_day
from storage.verification import verify_online

blp = Blueprint("archive", __name__, description="Sealed acts, their evidence, their proof.")

DEFAULT_WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A sealed act with its record; a list leaves the objects out."""

    act: Act
    archive: Archive
    objects: Sequence[ArchivedObject] = ()


class RetentionSchema(Schema):
    """How long the objects are locked."""

    class_ = fields.String(required=True, data_key="class", attribute="class")
    until = fields.Date(required=True, metadata={"description": "Last civil day, in Paris."})
    locked_until = Instant(required=True)


class ArchiveLinksSchema(Schema):
    """Where the parts of an archived act are."""

    self = fields.String(required=True)
    act = fields.String(required=True)
    evidence = fields.String(required=True)
    verify = fields.String(required=True)
    audit_trail = fields.String(required=True)


class ArchiveItemSchema(Schema):
    """An archived act, as a list of the archive shows it."""

    act_id = fields.String(required=True)
    object = constant("archive_record")
    generation = fields.Integer(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    case_reference = fields.String(required=True)
    debtor = fields.Nested(DebtorSummarySchema, required=True, allow_none=True)
    archived_at = Instant(required=True)
    manifest_sha256 = fields.String(required=True, metadata=SHA256)
    retention = fields.Nested(RetentionSchema, required=True)
    legal_hold = fields.Boolean(required=True)
    software_version = fields.String(required=True)
    links = fields.Nested(ArchiveLinksSchema, required=True)

    @pre_dump
    def _shape(self, found: Found, **_: Any) -> dict[str, Any]:
        act, archive = found.act, found.archive
        debtor = {"name": act.debtor_name, "siren": act.debtor_siren}
        same = ("generation", "version", "archived_at", "manifest_sha256", "legal_hold")
        return {
            **{name: getattr(archive, name) for name in (*same, "act_id", "software_version")},
            "kind": act.kind,
            "case_reference": act.case_reference,
            "debtor": debtor if act.debtor_name is not None else None,
            "retention": {
                "class": archive.retention_class,
                "until": last_day(archive.retain_until),
                "locked_until": archive.retain_until,
            },
            "links": _links(act.id),
            "objects": found.objects,
        }


class ArchivedObjectSchema(Schema):
    """An object of a sealed generation, and the version of it that is ours."""

    path = fields.String(required=True)
    role = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True, metadata=SHA256)
    key = fields.String(required=True)
    version_id = fields.String(required=True)


class ArchiveRecordSchema(ArchiveItemSchema):
    """All that the archive knows of a sealed act."""

    objects = fields.List(fields.Nested(ArchivedObjectSchema), required=True)


class ArchiveQuery(PageQuery):
    """What a list of the archive is narrowed to."""

    kind = fields.String(metadata={"description": "Slug of the kind."})
    case_reference = fields.String(metadata={"description": "The client's own file number."})
    siren = fields.String(metadata={"description": "The debtor's SIREN."})
    archived_from = Bound(metadata={"description": "Since this instant, or this day in Paris."})
    archived_to = Bound(
        upper=True,
        metadata={"description": "Before this instant, or by the end of this day in Paris."},
    )
    legal_hold = fields.Boolean(metadata={"description": "Under legal hold, or not."})


class VerificationCheckSchema(Schema):
    """One comparison, and what came of it."""

    name = fields.String(required=True)
    family = fields.String(required=True)
    compared = fields.List(fields.String(), required=True)
    outcome = fields.String(required=True, metadata={"enum": ["ok", "failed", "not_checked"]})
    detail = fields.String(required=True)
    where = fields.String(required=True, allow_none=True)


class VerificationSchema(Schema):
    """What reading an archived act again has shown; `failed` if any check failed."""

    act_id = fields.String(required=True)
    generation = fields.Integer(required=True)
    outcome = fields.String(required=True, metadata={"enum": ["ok", "failed"]})
    checks = fields.List(fields.Nested(VerificationCheckSchema), required=True)


@blp.route("/acts/<act_id>/archive")
class Seal(MethodView):
    """The sealing of an act."""

    @requires("acts:write")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("Prefer", "MinutierActor")
    @blp.response(201, ArchiveRecordSchema, description="Sealed; the archive's record.")
    @blp.alt_response(200, schema=ArchiveRecordSchema, description="It was sealed before.")
    @blp.alt_response(202, schema=ActSchema, description="Being sealed; read the act again.")
    def post(self, act_id: str) -> Response:
        """Seal an approved act into the archive; no body.

        The answer waits for the seal, 10 seconds unless `Prefer: wait=N` says otherwise.
        """
        moved = MovedOn(
            ActSchema(),
            has_ended=_is_archived,
            location="/v1/archive/{id}",
            default_wait=DEFAULT_WAIT_SECONDS,
            shown=(ArchiveRecordSchema(), _record_of),
        )
        act = commands.request_archive(
            services(), principal(), act_id, actor=actor(), within=moved.keep_accepted
        )
        if not _is_archived(act):
            return moved.answer(act)
        sealed_before = answer_of(ArchiveRecordSchema(), _record_of(act), 200)
        keep_better(sealed_before)
        return sealed_before.response()


@blp.route("/archive")
class ArchiveList(MethodView):
    """All archived acts of a tenant."""

    @requires("archive:read")
    @blp.arguments(ArchiveQuery, location="query")
    @blp.response(200, page_of(ArchiveItemSchema, "ArchivePage"))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List archived acts, newest first."""
        tenant_id, limit, cursor = principal().tenant_id, query.pop("limit"), query.pop("cursor")
        with services().database.reading() as tx:
            page = archives_db.list_archives(
                tx, tenant_id, ArchiveFilters(**query), limit=limit, cursor=cursor
            )
            found = [Found(acts.get_act(tx, tenant_id, item.act_id), item) for item in page.items]
        return {"data": found, "next_cursor": page.next_cursor}


@blp.route("/archive/<act_id>")
class ArchiveRecord(MethodView):
    """The record of an archived act."""

    @requires("archive:read")
    @may_answer(404)
    @blp.response(200, ArchiveRecordSchema)
    def get(self, act_id: str) -> Found:
        """Read an archived act's record: retention, hashes, object versions."""
        return _record(principal().tenant_id, act_id)


@blp.route("/archive/<act_id>/evidence.zip")
class Evidence(MethodView):
    """The evidence package."""

    @requires("archive:read")
    @takes_headers("IfNoneMatch")
    @may_answer(404)
    @blp.response(200, BINARY, content_type=ZIP, headers=HASH)
    @blp.alt_response(304, description="You have it already.")
    def get(self, act_id: str) -> Response:
        """Download the evidence package.

        Self-contained; `minutier verify evidence.zip`, or the `verify.py` in it, checks it
        without any access to this service.
        """
        tenant_id = principal().tenant_id
        found = _record(tenant_id, act_id)
        data = build_package(services().database, services().archive, tenant_id, act_id)
        title, number = act_kind(found.act.kind).title, found.archive.version
        name = file_name(found.act, title, number, "zip", suffix="preuve")
        return file_answer(data, ZIP, name)


@blp.route("/archive/<act_id>/verify")
class Verify(MethodView):
    """The verification of an archived act."""

    @requires("archive:read")
    @may_answer(404)
    @blp.response(200, VerificationSchema)
    def post(self, act_id: str) -> Any:
        """Read every object and the trail again, and report each check; no body.

        200 whatever the outcome: `outcome` says whether the act holds.
        """
        report = verify_online(
            services().database, services().archive, principal().tenant_id, act_id
        )
        return report.as_dict()


def _is_archived(act: Act) -> bool:
    return act.status == "archived"


def _record_of(act: Act) -> Found:
    return _record(act.tenant_id, act.id)


def _record(tenant_id: str, act_id: str) -> Found:
    with services().database.reading() as tx:
        act = acts.get_act(tx, tenant_id, act_id)
        archive = archives_db.find_archive(tx, tenant_id, act_id, status="sealed")
        if archive is None:
            raise archives_db.NotArchived(f"act {act_id} is not in the archive")
        objects = archives_db.objects_of(tx, act_id, archive.generation)
        return Found(act, archive, objects)


def _links(act_id: str) -> dict[str, str]:
    base = f"/v1/archive/{act_id}"
    return {
        "self": base,
        "act": f"/v1/acts/{act_id}",
        "evidence": f"{base}/evidence.zip",
        "verify": f"{base}/verify",
        "audit_trail": f"/v1/acts/{act_id}/audit_trail",
    }
