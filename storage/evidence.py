"""The evidence package: all that an act needs to be checked without us, in one zip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from core.errors import Unavailable
from storage import trail
from storage.archive import TEMPLATE, record
from storage.database import Database
from storage.generation import MANIFEST
from storage.objects import ObjectMissing, ObjectStore
from storage.package_verifier import FILES, canonical, container, parse_json, sha256_hex

_HERE = Path(__file__).parent
VERIFIER = _HERE / "package_verifier.py"
README = _HERE / "evidence_readme.txt"


class ArchiveDamaged(Unavailable):
    """An archived object is missing or is not what was put; no package is made of it."""

    slug = "archive-damaged"
    title = "The archive is damaged"


def build_package(database: Database, store: ObjectStore, tenant_id: str, act_id: str) -> bytes:
    """Return ``evidence.zip`` of an archived act, with its trail to date.

    Raises:
        NotArchived: the act is not archived, or not of this tenant.
        ArchiveDamaged: an object is not what was put; `storage.verification` says which.
        StoreUnavailable: the store does not answer.
    """
    known = record(database, tenant_id, act_id)
    with database.reading() as tx:
        events = [event.to_json() for event in trail.events(tx, tenant_id, act_id)]
    files = {
        item["path"]: _read(store, item) for item in known["objects"] if item["path"] != TEMPLATE
    }
    return package(manifest=files.pop(MANIFEST), files=files, events=events, record=known)


def _read(store: ObjectStore, item: Mapping[str, Any]) -> bytes:
    try:
        data = store.get(item["key"], item["version_id"])
    except ObjectMissing as error:
        raise ArchiveDamaged(f"{item['path']} is missing from the archive") from error
    if sha256_hex(data) != item["sha256"]:
        raise ArchiveDamaged(f"{item['path']} is not what was archived")
    return data


def package(
    *,
    manifest: bytes,
    files: Mapping[str, bytes],
    events: Sequence[Mapping[str, Any]],
    record: Mapping[str, Any],
) -> bytes:
    """Return the package of these contents; the same contents give the same bytes.

    Args:
        manifest: ``manifest.json`` as it was archived.
        files: The other files of the generation, by their path in the manifest.
        events: The act's trail to date, oldest first, each with its hash.
        record: What `archive.record` says.
    """
    contents = {f"{FILES}{path}": data for path, data in files.items()}
    contents["manifest.json"] = manifest
    contents["trail.jsonl"] = b"".join(canonical(event) + b"\n" for event in events)
    contents["record.json"] = canonical(record)
    contents["verify.py"] = VERIFIER.read_bytes()
    contents["LISEZ-MOI.txt"] = _readme(parse_json(manifest), sha256_hex(manifest)).encode()
    contents["SHA256SUMS"] = "".join(
        f"{sha256_hex(data)}  {name}\n" for name, data in sorted(contents.items())
    ).encode("ascii")
    return container(contents)


def _readme(manifest: Mapping[str, Any], manifest_sha256: str) -> str:
    return Template(README.read_text("utf-8")).substitute(
        act_id=manifest["act_id"],
        kind=manifest["kind"],
        archived_at=manifest["archived_at"],
        generation=manifest["generation"],
        until=manifest["retention"]["until"],
        basis=manifest["retention"]["basis"],
        manifest_sha256=manifest_sha256,
    )
