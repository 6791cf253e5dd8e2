"""An archived act made by hand, to be packaged, tampered with and verified."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import rfc8785

from storage.evidence import package

ZEROS = "0" * 64
ENDS = "2036-11-22T23:00:00.000Z"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def chained(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each event its number and hashes anew, as one who forges a chain would."""
    previous = ZEROS
    for seq, event in enumerate(events, 1):
        body = {k: v for k, v in event.items() if k != "hash"}
        body |= {"seq": seq, "previous_hash": previous}
        previous = sha256(bytes.fromhex(previous) + rfc8785.dumps(body))
        event.update(body, hash=previous)
    return events


def event(action: str, **details: Any) -> dict[str, Any]:
    return {
        "at": "2026-11-22T09:00:00.000Z",
        "actor": {"type": "key", "key_id": "key_1", "name": "avocate@cabinet.example"},
        "action": action,
        "details": details,
    }


class Dossier:
    """The parts of a package, each of which a test may change before `zip`."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {
            "act.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 3,
            "act.docx": b"PK\x03\x04 the Word source",
            "data.json": rfc8785.dumps({"case": {"reference": "2026-0142", "é": "créance"}}),
            "statement.json": rfc8785.dumps({"totals": {"due": "1089.93"}}),
        }
        self.events = chained([event("created"), event("rendered", version=1), event("approved")])
        self.manifest: dict[str, Any] = {
            "schema": "minutier/manifest/1",
            "act_id": "act_1",
            "generation": 1,
            "kind": "mise_en_demeure",
            "archived_at": "2026-11-22T09:00:00.000Z",
            "replaces": None,
            "files": [
                {
                    "path": path,
                    "role": "act" if path == "act.pdf" else "source",
                    "media_type": "application/octet-stream",
                    "size": len(data),
                    "sha256": sha256(data),
                }
                for path, data in self.files.items()
            ],
            "made_by": {"minutier": "0.1.0"},
            "data_sha256": sha256(self.files["data.json"]),
            "signatures": [],
            "trail": {"first_seq": 1, "last_seq": 3, "head": self.events[-1]["hash"]},
            "retention": {"class": "accounting_paper", "until": "2036-11-22", "basis": "x"},
        }
        self.manifest_bytes = b""
        self.seal()

    def seal(self) -> None:
        """Write the manifest and the event that carries its hash."""
        self.manifest_bytes = rfc8785.dumps(self.manifest)
        kept = [e for e in self.events if e["action"] != "archived"]
        archived = event(
            "archived",
            generation=1,
            version=1,
            minutier="0.1.0",
            manifest_sha256=sha256(self.manifest_bytes),
            retention={"class": "accounting_paper", "until": "2036-11-22", "locked_until": ENDS},
            objects={path: f"version-of-{path}" for path in (*self.files, "manifest.json")},
        )
        self.events = chained([*kept, archived, event("evidence_downloaded", reason="audit")])

    def record(self) -> dict[str, Any]:
        itself = {
            "path": "manifest.json",
            "role": "manifest",
            "media_type": "application/json",
            "size": len(self.manifest_bytes),
            "sha256": sha256(self.manifest_bytes),
        }
        return {
            "schema": "minutier/archive-record/1",
            "act_id": "act_1",
            "generation": 1,
            "version": 1,
            "kind": "mise_en_demeure",
            "archived_at": "2026-11-22T09:00:00.000Z",
            "manifest_sha256": sha256(self.manifest_bytes),
            "minutier": "0.1.0",
            "legal_hold": False,
            "retention": {
                "class": "accounting_paper",
                "until": "2036-11-22",
                "locked_until": ENDS,
            },
            "objects": [self._object(entry) for entry in [*self.manifest["files"], itself]],
        }

    def _object(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        path = entry["path"]
        return {
            **{name: entry[name] for name in ("path", "role", "media_type", "size", "sha256")},
            "key": f"v1/ten_1/acts/act_1/g001/{path}",
            "version_id": f"version-of-{path}",
        }

    def zip(self) -> bytes:
        return package(
            manifest=self.manifest_bytes,
            files=self.files,
            events=self.events,
            record=self.record(),
        )


def edited_json(data: bytes, edit: Callable[[dict[str, Any]], object]) -> bytes:
    """Return canonical JSON after an edit."""
    value = json.loads(data)
    edit(value)
    return rfc8785.dumps(value)


def contents_of(zipped: bytes) -> Mapping[str, bytes]:
    """Return what an ordinary unzip finds."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
