"""Verification of an archived act against its store and its database: every object read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.clock import rfc3339
from storage import acts, archives_db, trail, versions
from storage.acts import Act
from storage.archive import TEMPLATE, ArchiveInconsistent
from storage.archives_db import Archive, ArchivedObject, NotArchived
from storage.canonical import canonical
from storage.database import Database
from storage.generation import DATA, DOCX, FINDINGS, JSON, MANIFEST, generation_prefix, template_key
from storage.objects import ObjectInfo, ObjectMissing, ObjectStore, StoreUnavailable
from storage.package_verifier import (
    Check,
    Outcome,
    archived_events,
    file_checks,
    read_manifest,
    sha256_hex,
    trail_checks,
    unchecked,
)
from storage.retention import lock_end
from storage.versions import Version, VersionMissing

STORE = "archive S3"
DATABASE = "base de données"
ANNEX = "annex/"
"""Later proofs, added beside a sealed generation; they have their own manifests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The checks of an archived act; the act holds if none of them failed."""

    act_id: str
    generation: int
    checks: Sequence[Check]

    @property
    def outcome(self) -> Outcome:
        """``failed`` if any check failed, else ``ok``."""
        return "failed" if any(c.outcome == "failed" for c in self.checks) else "ok"

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return {
            "act_id": self.act_id,
            "generation": self.generation,
            "outcome": self.outcome,
            "checks": [check.as_dict() for check in self.checks],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """What the database says."""

    act: Act
    version: Version | None
    archive: Archive
    objects: Sequence[ArchivedObject]
    events: Sequence[Mapping[str, Any]]
    places: Sequence[tuple[int, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the store gives back for one recorded object; None where it gives nothing.

    Attributes:
        unreadable: Why the store, which answers, does not give the object.
        on_top: What an ordinary read would meet instead of it.
    """

    row: ArchivedObject
    data: bytes | None
    info: ObjectInfo | None
    unreadable: str | None
    on_top: str | None


def verify_online(database: Database, store: ObjectStore, tenant_id: str, act_id: str) -> Report:
    """Read every object of an archived act again and compare all that tells of it.

    Raises:
        NotArchived: the act is not archived, or not of this tenant.
        ArchiveInconsistent: the act is said to be archived, and the database has no record of it.
        StoreUnavailable: the store does not answer; nothing is said of the act then.
    """
    rows = _rows(database, tenant_id, act_id)
    seen = [_read(store, row) for row in rows.objects]
    contents = {item.row.path: item.data for item in seen if item.data is not None}
    manifest_bytes = contents.pop(MANIFEST, b"")
    contents.pop(TEMPLATE, None)
    manifest, checks = read_manifest(manifest_bytes, MANIFEST)
    checks += _object_checks(store, rows, seen)
    checks += file_checks(manifest, contents, f"{STORE}, lu par version")
    checks += trail_checks(rows.events, manifest, manifest_bytes, f"{DATABASE}, journal")
    checks.append(_trail_rows_check(rows))
    checks += _row_checks(rows, manifest, sha256_hex(manifest_bytes))
    return Report(
        act_id=act_id,
        generation=rows.archive.generation,
        checks=[*checks, *unchecked(manifest)],
    )


def _rows(database: Database, tenant_id: str, act_id: str) -> _Rows:
    with database.reading() as tx:
        act = acts.get_act(tx, tenant_id, act_id)
        archive = archives_db.find_archive(tx, tenant_id, act_id)
        if archive is None and act.status == "archived":
            raise ArchiveInconsistent("acts.status is archived, and archives has no row of the act")
        if archive is None or (archive.status != "sealed" and act.status != "archived"):
            raise NotArchived(f"act {act_id} is not in the archive")
        try:
            version = versions.get_version(tx, tenant_id, act_id, archive.version)
        except VersionMissing:  # told by the check `version_row`
            version = None
        return _Rows(
            act=act,
            version=version,
            archive=archive,
            objects=archives_db.objects_of(tx, act_id, archive.generation),
            events=[event.to_json() for event in trail.events(tx, tenant_id, act_id)],
            places=trail.places(tx, act_id),
        )


def _read(store: ObjectStore, row: ArchivedObject) -> _Seen:
    data = info = unreadable = None
    try:
        data = store.get(row.key, row.version_id)
        info = store.head(row.key, row.version_id)
    except ObjectMissing:  # told by the check `objects_present`
        pass
    except StoreUnavailable as error:
        # A store may keep silent about one object whose bytes it finds damaged, and answer for
        # the rest. Where it answers for nothing, this raises, and nothing is said of the act.
        store.ping()
        data, unreadable = None, error.detail
    return _Seen(row=row, data=data, info=info, unreadable=unreadable, on_top=_on_top(store, row))


def _on_top(store: ObjectStore, row: ArchivedObject) -> str | None:
    """Say what an ordinary read would meet instead of the recorded version."""
    latest = next((v for v in store.versions(row.key) if v.is_latest), None)
    if latest is None or latest.version_id == row.version_id:
        return None
    if latest.is_delete_marker:
        return f"{row.path} : marqueur de suppression {latest.version_id} par-dessus"
    return f"{row.path} : version plus récente {latest.version_id} par-dessus"


def _object_checks(store: ObjectStore, rows: _Rows, seen: Sequence[_Seen]) -> list[Check]:
    there = [item for item in seen if item.data is not None and item.info is not None]
    missing = [
        f"{i.row.path} : {i.row.key} (version {i.row.version_id})"
        for i in seen
        if i not in there and i.unreadable is None
    ]
    unreadable = [f"{i.row.path} : {i.unreadable}" for i in seen if i.unreadable is not None]
    changed = [
        i.row.path
        for i in there
        if i.data is not None and (sha256_hex(i.data), len(i.data)) != (i.row.sha256, i.row.size)
    ]
    recorded = f"{DATABASE}, archive_objects"
    prefix = generation_prefix(rows.act.tenant_id, rows.act.id, rows.archive.generation)
    known = {row.key for row in rows.objects}
    extra = [
        key for key in store.list(prefix) if key not in known and not key.startswith(prefix + ANNEX)
    ]
    return [
        _compared("objects_present", "objects", (STORE, recorded), missing, f"{len(seen)} objets"),
        _compared(
            "objects_readable",
            "objects",
            (f"{STORE}, lecture", recorded),
            unreadable,
            "l'archive les rend tous",
        ),
        _compared(
            "objects_sha256",
            "objects",
            (f"{STORE}, lu et haché à nouveau", recorded),
            changed,
            "tous relus",
        ),
        _compared(
            "objects_latest",
            "objects",
            (f"{STORE}, dernière version", f"{recorded}.version_id"),
            [item.on_top for item in seen if item.on_top],
            "rien par-dessus",
        ),
        _compared(
            "objects_retention",
            "objects",
            (f"{STORE}, fin du verrou", f"{DATABASE}, archives.retain_until"),
            list(_retention_faults(rows.archive, there)),
            f"verrou jusqu'au {rfc3339(rows.archive.retain_until)}",
        ),
        _compared(
            "objects_legal_hold",
            "objects",
            (f"{STORE}, gel", f"{DATABASE}, archives.legal_hold"),
            list(_hold_faults(rows.archive, there)),
            "gel demandé" if rows.archive.legal_hold else "aucun gel",
        ),
        _compared(
            "objects_none_extra",
            "objects",
            (f"{STORE}, liste", recorded),
            extra,
            "aucun objet en trop",
        ),
    ]


def _retention_faults(archive: Archive, there: Sequence[_Seen]) -> Iterator[str]:
    for item in there:
        ends = item.info.retain_until if item.info else None
        if ends is None:
            yield f"{item.row.path} : aucun verrou"
        # A template is locked as long as the last of the acts that it made.
        elif ends < archive.retain_until or (
            ends > archive.retain_until and item.row.path != TEMPLATE
        ):
            here, recorded = rfc3339(ends), rfc3339(archive.retain_until)
            yield f"{item.row.path} : {here} dans l'archive, {recorded} dans la base"


def _hold_faults(archive: Archive, there: Sequence[_Seen]) -> Iterator[str]:
    for item in there:
        held = item.info is not None and item.info.legal_hold
        if held != archive.legal_hold and item.row.path != TEMPLATE:
            yield f"{item.row.path} : {'gelé' if held else 'non gelé'} dans l'archive"


def _row_checks(rows: _Rows, manifest: Mapping[str, Any], manifest_sha256: str) -> list[Check]:
    """Check the database's rows against the manifest as the store gave it."""
    names = ("record_row", "object_rows", "act_row", "version_row")
    if not manifest:
        return [
            Check(
                name=name,
                family="database",
                compared=(DATABASE, MANIFEST),
                outcome="not_checked",
                detail="manifeste inutilisable",
            )
            for name in names
        ]
    found = (
        _record_faults(rows, manifest, manifest_sha256),
        _object_row_faults(rows, manifest),
        _act_faults(rows.act, manifest),
        _version_faults(rows.version, manifest),
    )
    tables = ("archives", "archive_objects", "acts", "versions")
    return [
        _compared(
            name,
            "database",
            (f"{DATABASE}, {table}", f"{STORE}, {MANIFEST}"),
            list(faults),
            "la ligne dit comme le manifeste",
        )
        for name, table, faults in zip(names, tables, found, strict=True)
    ]


def _trail_rows_check(rows: _Rows) -> Check:
    """Check what a row of the trail says beside its event: whose it is, and its place."""
    faults = [
        f"événement {seq} : cabinet {tenant_id!a}"
        for seq, tenant_id, _ in rows.places
        if tenant_id != rows.act.tenant_id
    ]
    pairs = zip(rows.places, rows.places[1:], strict=False)
    faults += [
        f"événement {seq} : position {position}, après la position {before}"
        for (_, _, before), (seq, _, position) in pairs
        if position <= before
    ]
    return _compared(
        "trail_rows",
        "database",
        (f"{DATABASE}, trail_events", f"{DATABASE}, acts"),
        faults,
        "les lignes sont de ce cabinet, dans l'ordre de leurs numéros",
    )


def _record_faults(rows: _Rows, manifest: Mapping[str, Any], manifest_sha256: str) -> Iterator[str]:
    archive = rows.archive
    if archive.status != "sealed":
        yield f"archives.status : {archive.status}"
    yield from _sealing_faults(rows)
    if archive.manifest_sha256 != manifest_sha256:
        yield "archives.manifest_sha256"
    if archive.generation != manifest["generation"]:
        yield "archives.generation"
    if trail.instant(archive.archived_at) != manifest["archived_at"]:
        yield "archives.archived_at"
    if archive.retention_class != manifest["retention"].get("class"):
        yield "archives.retention_class"
    if archive.retain_until < lock_end(date.fromisoformat(manifest["retention"]["until"])):
        until = trail.instant(archive.retain_until)
        yield f"archives.retain_until : {until}, avant la fin que dit le manifeste"


def _sealing_faults(rows: _Rows) -> Iterator[str]:
    archive = rows.archive
    for event in archived_events(rows.events, archive.generation):
        details = event["details"]
        if archive.version != details.get("version"):
            yield "archives.version"
        if archive.software_version != details.get("minutier"):
            yield "archives.software_version"
        if archive.sealed_at is None or trail.instant(archive.sealed_at) != event["at"]:
            yield "archives.sealed_at"


_TOLD_TWICE = ("sha256", "size", "media_type", "role")
_BESIDE = {MANIFEST: (JSON, "manifest"), TEMPLATE: (DOCX, "template")}


def _object_row_faults(rows: _Rows, manifest: Mapping[str, Any]) -> Iterator[str]:
    by_path = {row.path: row for row in rows.objects}
    listed = {
        entry["path"]: tuple(entry.get(name) for name in _TOLD_TWICE) for entry in manifest["files"]
    }
    told = listed | {
        path: (by_path[path].sha256, by_path[path].size, *rest)
        for path, rest in _BESIDE.items()
        if path in by_path  # what else they are is checked on the objects themselves
    }
    for path, expected in told.items():
        row = by_path.get(path)
        if row is None:
            yield f"archive_objects : {path} manque"
            continue
        for name, value in zip(_TOLD_TWICE, expected, strict=True):
            if getattr(row, name) != value:
                yield f"archive_objects : {path}, {name}"
    yield from (
        f"archive_objects : {path} en trop"
        for path in sorted(set(by_path) - set(listed) - {MANIFEST, TEMPLATE})
    )
    template = by_path.get(TEMPLATE)
    if (template.sha256 if template else None) != manifest["made_by"].get("template_sha256"):
        yield f"archive_objects : {TEMPLATE}"
    yield from _place_faults(rows)


def _place_faults(rows: _Rows) -> Iterator[str]:
    """Yield the objects whose key or version is not the one that was written down at sealing."""
    prefix = generation_prefix(rows.act.tenant_id, rows.act.id, rows.archive.generation)
    sealed = [
        event["details"].get("objects", {})
        for event in archived_events(rows.events, rows.archive.generation)
    ]
    for row in rows.objects:
        key = template_key(row.sha256) if row.path == TEMPLATE else prefix + row.path
        if row.key != key:
            yield f"archive_objects : clé de {row.path}"
        if any(ids.get(row.path) != row.version_id for ids in sealed):
            yield f"archive_objects : version de {row.path}, autre que dans le journal"


def _act_faults(act: Act, manifest: Mapping[str, Any]) -> Iterator[str]:
    if act.id != manifest["act_id"]:
        yield "acts.id"
    if act.kind != manifest["kind"]:
        yield "acts.kind"
    if act.status != "archived":
        yield f"acts.status : {act.status}"


def _version_faults(version: Version | None, manifest: Mapping[str, Any]) -> Iterator[str]:
    if version is None:
        yield "versions : la ligne de la version archivée manque"
        return
    if version.status != "ready":
        yield f"versions.status : {version.status}"
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    made_by = manifest["made_by"]
    for column, expected in {
        "pdf_sha256": listed.get("act.pdf"),
        "docx_sha256": listed.get("act.docx"),
        "data_sha256": listed.get(DATA),
        "findings_sha256": listed.get(FINDINGS),
        "template_sha256": made_by.get("template_sha256"),
        "law_data_sha256": made_by.get("law_data_sha256"),
        "software_version": made_by.get("minutier"),
        "office_version": made_by.get("office"),
    }.items():
        if getattr(version, column) != expected:
            yield f"versions.{column}"
    if sha256_hex(version.snapshot.encode()) != listed.get(DATA):
        yield "versions.snapshot"
    if _statement_sha256(version) != listed.get("statement.json"):
        yield "versions.statement"


def _statement_sha256(version: Version) -> str | None:
    """Hash of the statement as it would be sealed; a damaged one has a hash of its own."""
    if version.statement is None:
        return None
    try:
        return sha256_hex(canonical(version.statement))
    except ValueError:
        return "none"


def _compared(
    name: str, family: str, compared: tuple[str, str], faults: Sequence[str], detail: str
) -> Check:
    return Check(
        name=name,
        family=family,
        compared=compared,
        outcome="failed" if faults else "ok",
        detail="les deux sources diffèrent" if faults else detail,
        where=" ; ".join(faults) or None,
    )
