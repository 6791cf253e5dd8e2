"""The evidence package: all that an act needs to be checked without us, in one zip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from storage.package_verifier import FILES, canonical, container, parse_json, sha256_hex

_HERE = Path(__file__).parent
VERIFIER = _HERE / "package_verifier.py"
README = _HERE / "evidence_readme.txt"


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
