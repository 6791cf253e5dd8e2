"""Sealing an act into the archive: resumable, without harm when done twice, manifest last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.clock import rfc3339
from core.errors import Conflict
from law.rates import RateTables
from storage import acts, archives_db, trail, versions
from storage.acts import Status
from storage.archives_db import Archive, ArchivedObject
from storage.attachments import EXTENSIONS, Attachment, attachments_of, file_bytes
from storage.canonical import canonical
from storage.database import Database, Transaction
from storage.drafts import get_content
from storage.generation import (
    DATA,
    DOCX,
    FINDINGS,
    JSON,
    LAW,
    MANIFEST,
    PDF,
    Generation,
    GenerationFile,
    Making,
    template_key,
)
from storage.objects import BucketUnsuitable, ObjectConflict, ObjectMissing, ObjectStore
from storage.package_verifier import RECORD_SCHEMA, parse_json, sha256_hex
from storage.rates import kept_tables
from storage.retention import RetentionRules, last_day, lock_end
from storage.versions import Version

ARCHIVABLE: frozenset[Status] = frozenset({"approved", "signed"})
TEMPLATE = "template.docx"
"""Path under which the record names the template, which lies outside the generation."""


class NotArchivable(Conflict):
    """The act is not approved or signed, so it cannot be archived."""

    slug = "not-archivable"
    title = "Only an approved or a signed act can be archived"


class ArchiveInconsistent(Conflict):
    """What is in the bucket or in the database contradicts what is to be sealed: an incident."""

    slug = "archive-inconsistent"
    title = "The archive contradicts itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveParts:
    """What sealing works with.

    Attributes:
        drafts: Store of contents by hash, from which the files come.
        archive: Store with Object Lock, to which they go.
        software_version: Of the Minutier that seals, for the record.
    """

    database: Database
    drafts: ObjectStore
    archive: ObjectStore
    rules: RetentionRules
    software_version: str


def seal(
    parts: ArchiveParts,
    tenant_id: str,
    act_id: str,
    *,
    now: datetime,
    declared_class: str | None = None,
) -> Archive:
    """Seal the act's current version; finish what an attempt before left undone.

    Nothing is written to the bucket that a second attempt would not recognise, and the
    database says ``sealed`` only once the bucket holds everything. Two at once end in one
    generation.

    Args:
        parts: Database, stores and rules.
        tenant_id: Whose act it is.
        act_id: The act, approved or signed; archived already is no error.
        now: The present instant.
        declared_class: Class of retention that the kind of act declares.

    Raises:
        NotArchivable: the act is in another state.
        ArchiveInconsistent: the bucket holds something else under one of the keys.
        Unavailable: a store or the database does not answer, or gives back damaged bytes;
            call again later.
    """
    begun = _begin(parts, tenant_id, act_id, now, declared_class)
    if begun.status == "sealed":
        return begun
    generation = _generation(parts, begun)
    objects = _put_files(parts, generation)
    _check_locks(parts.archive, objects, generation)
    objects.append(_put_manifest(parts, generation))
    return _finish(parts, generation, objects, now)


def record(database: Database, tenant_id: str, act_id: str) -> dict[str, Any]:
    """Return what the archive knows of a sealed act, as plain JSON values.

    Raises:
        NotArchived: the act is not archived, or not of this tenant.
    """
    with database.reading() as tx:
        act = acts.get_act(tx, tenant_id, act_id)
        archive = archives_db.get_archive(tx, tenant_id, act_id, status="sealed")
        objects = archives_db.objects_of(tx, act_id, archive.generation)
    return {
        "schema": RECORD_SCHEMA,
        "act_id": act_id,
        "generation": archive.generation,
        "version": archive.version,
        "kind": act.kind,
        "archived_at": rfc3339(archive.archived_at),
        "manifest_sha256": archive.manifest_sha256,
        "retention": {
            "class": archive.retention_class,
            "until": last_day(archive.retain_until).isoformat(),
            "locked_until": rfc3339(archive.retain_until),
        },
        "legal_hold": archive.legal_hold,
        "minutier": archive.software_version,
        "objects": [
            {
                "path": item.path,
                "role": item.role,
                "media_type": item.media_type,
                "size": item.size,
                "sha256": item.sha256,
                "key": item.key,
                "version_id": item.version_id,
            }
            for item in objects
        ],
    }


def _begin(
    parts: ArchiveParts, tenant_id: str, act_id: str, now: datetime, declared_class: str | None
) -> Archive:
    """Fix, once for every attempt, what is sealed, since when and until when."""
    with parts.database.transaction() as tx:
        act = acts.get_act(tx, tenant_id, act_id, lock=True)
        latest = archives_db.find_archive(tx, tenant_id, act_id)
        if act.status == "archived" and latest is not None:
            return latest
        if act.status not in ARCHIVABLE:
            raise NotArchivable(f"the act is {act.status}; approve or sign it first")
        if latest and latest.status == "sealing" and latest.version == act.current_version:
            return latest
        retention = parts.rules.of(act.kind, tenant_id, declared_class)
        # A generation begun for another version is left: what it wrote is locked.
        begun = Archive(
            act_id=act_id,
            generation=latest.generation + 1 if latest else 1,
            tenant_id=tenant_id,
            status="sealing",
            version=act.current_version,
            archived_at=_whole_milliseconds(now),
            sealed_at=None,
            manifest_sha256=None,
            retention_class=retention.slug,
            retain_until=lock_end(retention.until(now)),
            legal_hold=False,
            software_version=parts.software_version,
        )
        return archives_db.begin(tx, begun)


def _generation(parts: ArchiveParts, begun: Archive) -> Generation:
    with parts.database.reading() as tx:
        act = acts.get_act(tx, begun.tenant_id, begun.act_id)
        version = versions.get_version(tx, begun.tenant_id, begun.act_id, begun.version)
        replaced = archives_db.find_archive(tx, begun.tenant_id, begun.act_id, status="sealed")
        rates = kept_tables(tx, version.law_data_sha256)
        attached = attachments_of(tx, begun.tenant_id, begun.act_id)
    files = _files(parts.drafts, begun.tenant_id, version, rates)
    files += _attached(parts.drafts, attached)
    return Generation(
        tenant_id=begun.tenant_id,
        act_id=begun.act_id,
        kind=act.kind,
        number=begun.generation,
        replaces=replaced.manifest_sha256 if replaced else None,
        archived_at=begun.archived_at,
        retain_until=begun.retain_until,
        files=files,
        making=Making(
            template_sha256=version.template_sha256,
            law_data_sha256=version.law_data_sha256,
            minutier=version.software_version,
            office=version.office_version,
        ),
        retention=parts.rules.named(begun.retention_class),
    )


def _files(
    drafts: ObjectStore, tenant_id: str, version: Version, rates: RateTables | None
) -> list[GenerationFile]:
    """Return the files of a version, each checked against the hash that its row has."""
    if version.status != "ready" or not version.pdf_sha256 or not version.docx_sha256:
        raise NotArchivable(f"version {version.number} is not ready")
    data = version.snapshot.encode()
    if sha256_hex(data) != version.data_sha256:
        raise ArchiveInconsistent(f"the case data of version {version.number} were altered")
    pdf = get_content(drafts, tenant_id, version.pdf_sha256)
    docx = get_content(drafts, tenant_id, version.docx_sha256)
    files = [
        GenerationFile(path="act.pdf", role="act", media_type=PDF, data=pdf),
        GenerationFile(path="act.docx", role="source", media_type=DOCX, data=docx),
        GenerationFile(path=DATA, role="data", media_type=JSON, data=data),
    ]
    if version.statement is not None:
        statement = canonical(version.statement)
        files.append(
            GenerationFile(path="statement.json", role="statement", media_type=JSON, data=statement)
        )
    if version.findings_sha256 is not None:
        findings = get_content(drafts, tenant_id, version.findings_sha256)
        files.append(GenerationFile(path=FINDINGS, role="findings", media_type=JSON, data=findings))
    if version.dossier is not None:
        bound = get_content(drafts, tenant_id, version.dossier["sha256"])
        files.append(GenerationFile(path="dossier.pdf", role="dossier", media_type=PDF, data=bound))
    if rates is not None:  # its hash is `law_data_sha256`: the sums can be computed again
        files.append(
            GenerationFile(path=LAW, role="law", media_type=JSON, data=rates.text.encode())
        )
    return files


def _attached(drafts: ObjectStore, attached: Sequence[Attachment]) -> list[GenerationFile]:
    """Return the supporting files, as they came, in the order in which they joined the act."""
    return [
        GenerationFile(
            path=f"exhibits/{number:02d}-{one.id}.{EXTENSIONS[one.media_type]}",
            role="exhibit",
            media_type=one.media_type,
            data=file_bytes(drafts, one),
        )
        for number, one in enumerate(attached, start=1)
    ]


def _put_files(parts: ArchiveParts, generation: Generation) -> list[ArchivedObject]:
    objects = []
    template = generation.making.template_sha256
    if template is not None:
        source = GenerationFile(
            path=TEMPLATE,
            role="template",
            media_type=DOCX,
            data=get_content(parts.drafts, generation.tenant_id, template),
        )
        objects.append(_put(parts.archive, generation, source, template_key(template)))
    objects.extend(
        _put(parts.archive, generation, file, generation.key(file.path))
        for file in generation.files
    )
    return objects


def _put(
    store: ObjectStore, generation: Generation, file: GenerationFile, key: str
) -> ArchivedObject:
    try:
        stored = store.put(
            key,
            file.data,
            media_type=file.media_type,
            sha256=file.sha256,
            retain_until=generation.retain_until,
        )
    except ObjectConflict as error:
        raise ArchiveInconsistent(f"{key} holds another content than the act's") from error
    if stored.version_id is None:
        raise BucketUnsuitable("the archive bucket gives no version ids")
    return ArchivedObject(
        path=file.path,
        key=key,
        version_id=stored.version_id,
        sha256=file.sha256,
        size=len(file.data),
        media_type=file.media_type,
        role=file.role,
    )


def _check_locks(
    store: ObjectStore, objects: Sequence[ArchivedObject], generation: Generation
) -> None:
    """Read the locks back before the commit: a server may ignore the headers that ask for one."""
    for item in objects:
        ends = store.head(item.key, item.version_id).retain_until
        if ends is None or ends < generation.retain_until:
            raise BucketUnsuitable(f"the archive did not lock {item.key} as it was asked to")


def _put_manifest(parts: ArchiveParts, generation: Generation) -> ArchivedObject:
    """Commit: write the manifest, or adopt the one that an attempt before wrote."""
    key = generation.key(MANIFEST)
    data = _existing(parts.archive, key)
    if data is None:
        data = generation.manifest(_trail_state(parts.database, generation))
    else:
        _check_adoptable(parts.database, generation, data)
    file = GenerationFile(path=MANIFEST, role="manifest", media_type=JSON, data=data)
    try:
        committed = _put(parts.archive, generation, file, key)
    except ArchiveInconsistent:  # another archiver wrote its own meanwhile: it decides
        if _existing(parts.archive, key) in (None, data):
            raise
        return _put_manifest(parts, generation)
    _check_locks(parts.archive, [committed], generation)
    return committed


def _existing(store: ObjectStore, key: str) -> bytes | None:
    try:
        return store.get(key)
    except ObjectMissing:
        return None


def _trail_state(database: Database, generation: Generation) -> dict[str, Any]:
    with database.reading() as tx:
        last_seq, head = trail.head(tx, generation.act_id)
    return {"first_seq": 1, "last_seq": last_seq, "head": head}


def _check_adoptable(database: Database, generation: Generation, data: bytes) -> None:
    """Refuse a manifest that is not that of this generation, or of another chain."""
    try:
        there = parse_json(data)
        ours = parse_json(generation.manifest(there["trail"]))
        state: Mapping[str, Any] = there["trail"]
        # What made the act is told, not compared: a newer Minutier may tell more of it.
        same = all(there[name] == ours[name] for name in ours if name != "made_by")
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveInconsistent("the manifest in the bucket cannot be read") from error
    with database.reading() as tx:
        chain = trail.events(tx, generation.tenant_id, generation.act_id)
    known = any(e.seq == state.get("last_seq") and e.hash == state.get("head") for e in chain)
    if not same or not known:
        raise ArchiveInconsistent("the manifest in the bucket is not that of this act's files")


def _finish(
    parts: ArchiveParts, generation: Generation, objects: Sequence[ArchivedObject], now: datetime
) -> Archive:
    """Say in one transaction that the act is archived: record, event, status."""
    manifest_sha256 = objects[-1].sha256
    now = _whole_milliseconds(now)
    with parts.database.transaction() as tx:
        # Two archivers may come here at once; the act's row lets one in after the other.
        acts.get_act(tx, generation.tenant_id, generation.act_id, lock=True)
        archive = archives_db.get_archive(
            tx, generation.tenant_id, generation.act_id, generation.number
        )
        if archive.status == "sealing":
            archives_db.record_objects(tx, archive, objects)
        first = archives_db.mark_sealed(
            tx,
            act_id=generation.act_id,
            generation=generation.number,
            manifest_sha256=manifest_sha256,
            sealed_at=now,
        )
        if first:
            _append_archived(tx, generation, archive, objects, now)
            acts.set_status(tx, generation.act_id, from_=ARCHIVABLE, to="archived", at=now)
        return archives_db.get_archive(tx, generation.tenant_id, generation.act_id)


def _whole_milliseconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _append_archived(
    tx: Transaction,
    generation: Generation,
    archive: Archive,
    objects: Sequence[ArchivedObject],
    now: datetime,
) -> None:
    """Say all that the record will say, so that the record can be held against the chain."""
    trail.append(
        tx,
        tenant_id=generation.tenant_id,
        act_id=generation.act_id,
        at=now,
        actor={"type": "system"},
        action="archived",
        details={
            "generation": generation.number,
            "version": archive.version,
            "minutier": archive.software_version,
            "manifest_sha256": objects[-1].sha256,
            "retention": {
                "class": generation.retention.slug,
                "until": last_day(generation.retain_until).isoformat(),
                "locked_until": rfc3339(generation.retain_until),
            },
            "objects": {item.path: item.version_id for item in objects},
        },
    )
