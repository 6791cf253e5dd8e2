"""An archived generation: its keys in the bucket, its files, and its manifest. No side effects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from core.clock import rfc3339
from storage.package_verifier import MANIFEST_SCHEMA, canonical, sha256_hex
from storage.retention import RetentionClass, last_day

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
MANIFEST = "manifest.json"
DATA = "data.json"
FINDINGS = "findings.json"
LAW = "law.json"


def generation_prefix(tenant_id: str, act_id: str, generation: int) -> str:
    """Return the prefix under which a generation lies; it is never written again once sealed."""
    return f"v1/{tenant_id}/acts/{act_id}/g{generation:03d}/"


def template_key(sha256: str) -> str:
    """Return the key of a template, kept once for all the acts that it made."""
    return f"v1/templates/sha256/{sha256}.docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationFile:
    """One file of a generation.

    Attributes:
        path: Within the generation.
        role: act, source, data, statement, findings, law, exhibit or evidence.
    """

    path: str
    role: str
    media_type: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the content."""
        return sha256_hex(self.data)

    def entry(self) -> dict[str, Any]:
        """Return the file's entry in the manifest."""
        entry: dict[str, Any] = {
            "path": self.path,
            "role": self.role,
            "media_type": self.media_type,
            "size": len(self.data),
            "sha256": self.sha256,
        }
        level = declared_pdfa(self.data) if self.media_type == PDF else None
        return {**entry, "pdfa": level} if level else entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What made an archived act, so that it can be explained years later; None if it had none."""

    template_sha256: str | None
    law_data_sha256: str | None
    minutier: str | None
    office: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What is put under one prefix, fixed before the first PUT.

    Attributes:
        number: 1, or more when a sealed act is sealed again.
        replaces: SHA-256 of the manifest of the generation before.
        archived_at: When the archiving began; the same for every attempt to finish it.
        retain_until: When the lock of every object ends.
        files: All the files but the manifest.
        making: What made them.
        retention: Class of retention.
    """

    tenant_id: str
    act_id: str
    kind: str
    number: int
    replaces: str | None
    archived_at: datetime
    retain_until: datetime
    files: Sequence[GenerationFile]
    making: Making
    retention: RetentionClass

    def key(self, path: str) -> str:
        """Return the key of a file."""
        return generation_prefix(self.tenant_id, self.act_id, self.number) + path

    def manifest(self, trail: Mapping[str, Any]) -> bytes:
        """Return ``manifest.json``, canonical JSON, whose hash goes into the trail.

        Args:
            trail: ``first_seq``, ``last_seq`` and ``head``: the act's chain as it stands.
        """
        data = next(file for file in self.files if file.path == DATA)
        return canonical(
            {
                "schema": MANIFEST_SCHEMA,
                "act_id": self.act_id,
                "generation": self.number,
                "kind": self.kind,
                "archived_at": rfc3339(self.archived_at),
                "replaces": self.replaces,
                "files": [file.entry() for file in sorted(self.files, key=lambda f: f.path)],
                "made_by": asdict(self.making),
                "data_sha256": data.sha256,
                "signatures": [],
                "trail": dict(trail),
                "retention": {
                    "class": self.retention.slug,
                    "until": last_day(self.retain_until).isoformat(),
                    "basis": self.retention.basis,
                },
            }
        )


_PDFA = re.compile(rb"pdfaid:(part|conformance)\s*(?:=\s*[\"']|>)\s*([0-9A-Za-z]+)", re.ASCII)


def declared_pdfa(pdf: bytes) -> str | None:
    """Return the level of PDF/A that a file declares in its metadata, such as ``3b``.

    >>> declared_pdfa(b'<rdf pdfaid:part="3" pdfaid:conformance="B"/>')
    '3b'
    >>> declared_pdfa(b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>")
    '2u'
    >>> declared_pdfa(b"%PDF-1.7")
    """
    found = {name: value.decode() for name, value in _PDFA.findall(pdf)}
    if b"part" not in found:
        return None
    return f"{found[b'part']}{found.get(b'conformance', '').lower()}"
