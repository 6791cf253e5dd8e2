"""Vérifie un dossier de preuve, sans nous et sans réseau. Verifies an evidence package offline.

    python3 verify.py evidence.zip      le dossier tel qu'il a été remis
    python3 verify.py DOSSIER           le même, décompressé (défaut : le dossier de ce fichier)
    python3 verify.py --json …          le rapport en JSON

Code de sortie : 0 tout ce qui peut être vérifié hors ligne tient ; 1 quelque chose ne tient pas,
c'est dit et situé ; 2 le fichier ne peut pas être lu.

This file is shipped verbatim in every package, hence: Python 3.11 or later, standard library
only, one file, nothing imported from Minutier, and it trusts nothing that it reads.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["ok", "failed", "not_checked"]

MANIFEST_SCHEMA = "minutier/manifest/1"
RECORD_SCHEMA = "minutier/archive-record/1"
FILES = "act/"
"""Folder of the package under which the archived generation lies, without its manifest."""
NOT_ARCHIVED = frozenset(
    ("LISEZ-MOI.txt", "SHA256SUMS", "manifest.json", "record.json", "trail.jsonl", "verify.py")
)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TOLD_TWICE = ("sha256", "size", "media_type", "role")
FIRST_PREVIOUS_HASH = "0" * 64

MAX_ENTRIES = 10_000
MAX_FILE = 128 * 1024 * 1024
MAX_TOTAL = 1024 * 1024 * 1024
MAX_LINE = 1024 * 1024
MAX_INTEGER = 2**53

_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MANIFEST_MEMBERS: Mapping[str, type | tuple[type, ...]] = {
    "act_id": str,
    "generation": int,
    "kind": str,
    "archived_at": str,
    "replaces": (str, type(None)),
    "files": list,
    "made_by": dict,
    "data_sha256": str,
    "signatures": list,
    "trail": dict,
    "retention": dict,
}


class Unreadable(Exception):
    """The file is not a package at all, or is too large to be one; the message is in French."""


class NotCanonical(ValueError):
    """A value has no canonical JSON here: a float, a number past 2**53, a broken string."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One named comparison between two sources.

    Attributes:
        name: Stable name, snake_case.
        family: container, files, manifest, trail, record, objects, database, log, timestamp,
            signature or format.
        compared: The two sources.
        outcome: ``not_checked`` says that the comparison was not made, which is never ``ok``.
        detail: What was found, in French.
        where: What is at fault, when something is.
    """

    name: str
    family: str
    compared: tuple[str, str]
    outcome: Outcome
    detail: str
    where: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the check as plain JSON values."""
        return {**asdict(self), "compared": list(self.compared)}


@dataclass(kw_only=True)
class Package:
    """What a package holds, read without trust.

    Attributes:
        files: Contents by name; unsafe names are left out and told in ``damage``.
        raw: The bytes of the zip; None for a folder.
        damage: What could not be read or must not be there, in French.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    raw: bytes | None = None
    damage: list[str] = field(default_factory=list)


# --- The three formats: hash, canonical JSON, container -------------------------------------


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes, lowercase hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    """Return the canonical JSON (RFC 8785) of a value without floats.

    Raises:
        NotCanonical: the value is outside what packages contain.
    """
    _refuse_outside_domain(value)
    try:
        return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode()
    except (TypeError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _refuse_outside_domain(value: object) -> None:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            if not all(isinstance(key, str) for key in item):
                raise NotCanonical("key")
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, float) or (isinstance(item, int) and abs(item) >= MAX_INTEGER):
            raise NotCanonical("number")


def _sorted(value: object) -> object:
    """Return a value with its members in the order of RFC 8785: by UTF-16 units."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=_utf16)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def container(files: Mapping[str, bytes]) -> bytes:
    """Return the one zip that holds these files: stored, sorted, dated 1980-01-01, nothing else.

    Raises:
        ValueError: a name is not plain ASCII letters, digits, dots, dashes and slashes.
    """
    out, directory = io.BytesIO(), io.BytesIO()
    for name in sorted(files):
        if not _SAFE_NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be a name in a package")
        data, encoded = files[name], name.encode("ascii")
        # version 2.0, no flag, stored, midnight of 1980-01-01
        common = struct.pack(
            "<5H3L2H", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(encoded), 0
        )
        offset = out.tell()
        out.write(b"PK\x03\x04" + common + encoded + data)
        rest = struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, offset)
        directory.write(b"PK\x01\x02" + struct.pack("<H", 0x0314) + common + rest + encoded)
    start, size, number = out.tell(), directory.tell(), len(files)
    out.write(directory.getvalue())
    out.write(b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, number, number, size, start, 0))
    return out.getvalue()


def parse_json(data: bytes) -> Any:
    """Return the value of a JSON text; duplicate members and NaN are refused.

    Raises:
        ValueError: it is no such text.
    """
    try:
        return json.loads(
            data.decode(), object_pairs_hook=_members, parse_constant=_refuse_constant
        )
    except RecursionError as error:
        raise ValueError("imbrication excessive") from error


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("membre répété")
    return members


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} n'est pas du JSON")


# --- Reading a package ----------------------------------------------------------------------


def read_package(source: Path | bytes) -> Package:
    """Read a package: the bytes or path of the zip, or the folder into which it was unpacked.

    Raises:
        Unreadable: there is nothing to read, or it is no zip, or far too large.
    """
    if isinstance(source, bytes):
        return _read_zip(source)
    shown = _printable(str(source))
    try:
        return _read_folder(source) if source.is_dir() else _read_zip(_bytes_of(source))
    except FileNotFoundError as error:
        raise Unreadable(f"{shown} : ce fichier n'existe pas") from error
    except PermissionError as error:
        raise Unreadable(f"{shown} : la lecture de ce fichier est refusée") from error
    except OSError as error:
        raise Unreadable(f"{shown} : {error.strerror or error}") from error
    except Unreadable as error:
        raise Unreadable(f"{shown} : {error}") from error


def _bytes_of(path: Path) -> bytes:
    if path.stat().st_size > MAX_TOTAL:
        raise Unreadable("fichier trop volumineux")
    return path.read_bytes()


def _read_folder(folder: Path) -> Package:
    package = Package()
    paths = [folder / name for name in sorted(NOT_ARCHIVED)]
    paths += sorted((folder / FILES).rglob("*")) if (folder / FILES).is_dir() else []
    total = 0
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or (path.exists() and not (path.is_file() or path.is_dir())):
            package.damage.append(f"{name} : ni fichier ni dossier ordinaire")
        elif path.is_file():
            total += path.stat().st_size
            if total > MAX_TOTAL:
                raise Unreadable("contenu trop volumineux")
            package.files[name] = path.read_bytes()
    if "manifest.json" not in package.files and not (folder / FILES).is_dir():
        raise Unreadable("ce dossier n'est pas un dossier de preuve décompressé")
    return package


def _read_zip(data: bytes) -> Package:
    package = Package(raw=data)
    found: list[tuple[str, bytes | None]]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise Unreadable("trop d'entrées dans le fichier zip")
            found = [(entry.filename, _entry(archive, entry, data)) for entry in entries]
    except _ZIP_ERRORS as error:
        package.damage.append(f"table des matières du zip illisible ({error})")
        found = []
    if not any(_is_ours(name) for name, _ in found):
        found = list(_local_entries(data))
    if not any(_is_ours(name) for name, _ in found):
        raise Unreadable(_what_it_is(data, package))
    total = 0
    for name, content in found:
        total += len(content or b"")
        if total > MAX_TOTAL:
            raise Unreadable("contenu trop volumineux")
        if not _SAFE_NAME.fullmatch(name):
            package.damage.append(f"nom refusé : {_printable(name)}")
        elif name in package.files:
            package.damage.append(f"{name} : présent deux fois")
        elif content is None:
            package.damage.append(f"{name} : illisible dans le zip")
        else:
            package.files[name] = content
    return package


def _is_ours(name: str) -> bool:
    return name in NOT_ARCHIVED or name.startswith(FILES)


def _what_it_is(data: bytes, package: Package) -> str:
    """Say in plain words what a file is that holds no package."""
    if not package.damage:
        return "ce fichier zip n'est pas un dossier de preuve : il n'en a aucun fichier"
    if not data:
        return "le fichier est vide"
    if data.startswith(b"%PDF-"):
        return "c'est un PDF, non un dossier de preuve ; donnez le fichier zip qui l'accompagne"
    if data.startswith(b"PK\x03\x04"):
        return "le fichier zip est coupé avant la fin de son premier fichier"
    return "ce n'est pas un fichier zip"


_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    EOFError,
    OSError,
)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes) -> bytes | None:
    """Return the content of an entry, without regard to its CRC: hashes will judge it."""
    if entry.compress_type == zipfile.ZIP_STORED:
        header = entry.header_offset
        if header < 0 or data[header : header + 4] != b"PK\x03\x04":
            return None
        name_length, extra_length = struct.unpack_from("<2H", data, header + 26)
        start = header + 30 + name_length + extra_length
        content = data[start : start + entry.file_size]
        return content if len(content) == entry.file_size else None
    if entry.file_size > MAX_FILE:
        return None
    try:
        with archive.open(entry) as stream:
            content = stream.read(MAX_FILE + 1)
    except _ZIP_ERRORS:
        return None
    return content if len(content) <= MAX_FILE else None


def _local_entries(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Yield the stored entries found from the start, when the table of contents is damaged."""
    position = 0
    for _ in range(MAX_ENTRIES):
        header = data[position : position + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":  # noqa: PLR2004 - length of a header
            return
        method, size, name_length, extra_length = struct.unpack("<8xH8xL4x2H", header)
        start = position + 30 + name_length + extra_length
        if method != zipfile.ZIP_STORED or start + size > len(data):
            return
        name = data[position + 30 : position + 30 + name_length].decode("ascii", "replace")
        yield name, data[start : start + size]
        position = start + size


# --- The checks -----------------------------------------------------------------------------


def verify_package(source: Path | bytes) -> list[Check]:
    """Make every check that needs neither Minutier nor a network, and name those that do.

    Raises:
        Unreadable: there is no package to check.
    """
    package = read_package(source)
    manifest_bytes = package.files.get("manifest.json", b"")
    generation = {
        name.removeprefix(FILES): data
        for name, data in package.files.items()
        if name.startswith(FILES)
    }
    checks = [container_check(package), sums_check(package)]
    manifest, manifest_checks = read_manifest(manifest_bytes, "manifest.json")
    checks += manifest_checks
    checks += file_checks(manifest, generation, f"fichiers sous {FILES}")
    events, lines_check = read_trail(package.files.get("trail.jsonl"))
    checks += [lines_check, *trail_checks(events, manifest, manifest_bytes, "trail.jsonl")]
    checks += record_checks(package.files.get("record.json"), manifest, manifest_bytes, events)
    return checks + unchecked(manifest)


def container_check(package: Package) -> Check:
    """Check that the zip is, to the byte, the only one that its files can give."""
    compared = ("evidence.zip", "zip recalculé à partir de ses fichiers")
    if package.raw is None:
        if package.damage:
            return _check("container", "container", compared, package.damage, "")
        detail = "dossier décompressé : le fichier zip lui-même n'a pas été vu"
        return _not_checked("container", "container", compared, detail)
    places = list(package.damage)
    places += [f"{n} : aucun fichier n'a ce nom" for n in package.files if not _is_ours(n)]
    if package.raw != container(package.files):
        places.append(_first_difference(package.raw, package.files))
    return _check("container", "container", compared, places, "le conteneur est intact")


def _first_difference(raw: bytes, files: Mapping[str, bytes]) -> str:
    rebuilt = container(files)
    pairs = zip(raw, rebuilt, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(raw), len(rebuilt)))
    position = 0
    for name in sorted(files):
        length = 30 + len(name) + len(files[name])
        if at < position + length:
            return f"octet {at} du zip, entrée {name}"
        position += length
    return f"octet {at} du zip, table des matières"


def sums_check(package: Package) -> Check:
    """Check SHA256SUMS, which a person can check as well: ``sha256sum -c SHA256SUMS``."""
    compared = ("SHA256SUMS", "fichiers du dossier, hachés à nouveau")
    listed: dict[str, str] = {}
    places = []
    text = package.files.get("SHA256SUMS", b"").decode("ascii", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        digest, separator, name = line.partition("  ")
        if not (separator and _SHA256.fullmatch(digest)) or name in listed:
            places.append(f"SHA256SUMS, ligne {number}")
        listed[name] = digest
    present = {n: sha256_hex(d) for n, d in package.files.items() if n != "SHA256SUMS"}
    places += [n for n in sorted(present) if n in listed and listed[n] != present[n]]
    places += [f"{_printable(n)} : absent du dossier" for n in sorted(set(listed) - set(present))]
    places += [f"{n} : absent de SHA256SUMS" for n in sorted(set(present) - set(listed))]
    if not text.endswith("\n") or "\r" in text:
        places.append("SHA256SUMS : fins de ligne")
    return _check("sha256sums", "container", compared, places, f"{len(present)} fichiers")


def read_manifest(data: bytes, source: str) -> tuple[dict[str, Any], list[Check]]:
    """Return the manifest, empty if it cannot be used, with the checks of its form."""
    form = (source, "RFC 8785, recalculé")
    shape = (source, MANIFEST_SCHEMA)
    try:
        manifest = parse_json(data)
        is_canonical = canonical(manifest) == data
    except ValueError as error:
        places = [f"{source} : {error}"] if data else [f"{source} : absent"]
        skipped = _not_checked("manifest_schema", "manifest", shape, "manifeste illisible")
        return {}, [_check("manifest_canonical", "manifest", form, places, ""), skipped]
    faults = list(_manifest_faults(manifest))
    checks = [
        _check(
            "manifest_canonical",
            "manifest",
            form,
            [] if is_canonical else [f"{source} : autre écriture que la forme canonique"],
            f"SHA-256 {sha256_hex(data)}",
        ),
        _check("manifest_schema", "manifest", shape, faults, "tous les membres y sont"),
    ]
    return (manifest if not faults else {}), checks


def _manifest_faults(manifest: Any) -> Iterator[str]:
    if not isinstance(manifest, dict) or manifest.get("schema") != MANIFEST_SCHEMA:
        yield "manifest.json : schema"
        return
    for member, kind in _MANIFEST_MEMBERS.items():
        if not isinstance(manifest.get(member, ...), kind):
            yield f"manifest.json : {member}"
    paths = set()
    entries = manifest.get("files")
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        path = entry.get("path") if isinstance(entry, dict) else None
        if (
            not isinstance(path, str)
            or not _SAFE_NAME.fullmatch(path)
            or path in paths
            or not isinstance(entry.get("size"), int)
            or not _is_sha256(entry.get("sha256"))
        ):
            yield f"manifest.json : files[{number}]"
        paths.add(path)
    trail = manifest.get("trail")
    if isinstance(trail, dict) and not (
        _is_sha256(trail.get("head")) and isinstance(trail.get("last_seq"), int)
    ):
        yield "manifest.json : trail"


def file_checks(
    manifest: Mapping[str, Any], files: Mapping[str, bytes], source: str
) -> list[Check]:
    """Check the archived files against the manifest: each hash and size, none missing or extra."""
    if not manifest:
        compared = (source, "manifest.json")
        return [_not_checked("files", "files", compared, "manifeste inutilisable")]
    listed = {entry["path"]: entry for entry in manifest["files"]}
    checks = []
    for path, entry in sorted(listed.items()):
        if path not in files:
            continue
        data = files[path]
        same = sha256_hex(data) == entry["sha256"] and len(data) == entry["size"]
        checks.append(
            _check(
                "file_sha256",
                "files",
                (f"{path}, haché à nouveau", f"manifest.json : {path}"),
                [] if same else [path],
                f"{path} : SHA-256 {entry['sha256']}",
            )
        )
    missing, extra = sorted(set(listed) - set(files)), sorted(set(files) - set(listed))
    compared = ("manifest.json", source)
    checks.append(_check("files_none_missing", "files", compared, missing, "aucun ne manque"))
    checks.append(_check("files_none_extra", "files", compared, extra, "aucun en trop"))
    return checks + _content_checks(manifest, files)


def _content_checks(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> list[Check]:
    data = files.get("data.json")
    same = data is not None and sha256_hex(data) == manifest["data_sha256"]
    acts = [entry["path"] for entry in manifest["files"] if entry.get("role") == "act"]
    pdfs = [path for path in acts if files.get(path, b"").startswith(b"%PDF-")]
    return [
        _check(
            "data_sha256",
            "files",
            ("data.json, haché à nouveau", "manifest.json : data_sha256"),
            [] if same else ["data.json"],
            "les données de l'affaire sont celles du manifeste",
        ),
        _check(
            "act_is_pdf",
            "files",
            ("premiers octets de l'acte", "%PDF-"),
            [path for path in acts if path not in pdfs] if acts else ["aucun fichier de rôle act"],
            "l'acte est un PDF",
        ),
    ]


def read_trail(data: bytes | None) -> tuple[list[dict[str, Any]], Check]:
    """Return the events of a trail in JSON lines, with the check of their form."""
    compared = ("trail.jsonl", "RFC 8785, recalculé ligne par ligne")
    if not data:
        return [], _check("trail_canonical", "trail", compared, ["trail.jsonl : absent"], "")
    events, places = [], []
    *lines, rest = data.split(b"\n")
    if rest:
        places.append("trail.jsonl : dernière ligne inachevée")
    for number, line in enumerate(lines, 1):
        try:
            event = parse_json(line[: MAX_LINE + 1])
            if not isinstance(event, dict):
                raise NotCanonical("objet attendu")
            events.append(event)
            if canonical(event) != line:
                places.append(f"trail.jsonl, ligne {number}")
        except ValueError:
            places.append(f"trail.jsonl, ligne {number}")
    return events, _check("trail_canonical", "trail", compared, places, f"{len(lines)} événements")


def trail_checks(
    events: Sequence[Mapping[str, Any]],
    manifest: Mapping[str, Any],
    manifest_bytes: bytes,
    source: str,
) -> list[Check]:
    """Check the act's chain event by event, and what ties it to the manifest."""
    checks = [
        _check(
            "trail_chain",
            "trail",
            (source, "chaîne de hachage recalculée"),
            list(chain_faults(events)) if events else [f"{source} : aucun événement"],
            f"{len(events)} événements se suivent",
        )
    ]
    tied = ("manifest.json, haché à nouveau", f"{source} : événement archived")
    head = ("manifest.json : trail.head", f"{source} : hash de l'événement last_seq")
    if not manifest:
        reason = "manifeste inutilisable"
        return [
            *checks,
            _not_checked("trail_archived_event", "trail", tied, reason),
            _not_checked("trail_head", "trail", head, reason),
        ]
    return [
        *checks,
        _check(
            "trail_archived_event",
            "trail",
            tied,
            list(_archived_faults(events, manifest, sha256_hex(manifest_bytes))),
            "l'événement archived porte le hachage du manifeste",
        ),
        _check(
            "trail_head",
            "trail",
            head,
            list(_head_faults(events, manifest["trail"])),
            "le manifeste fixe la chaîne telle qu'elle était",
        ),
    ]


def chain_faults(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield, in French, every place where a chain does not hold."""
    previous_hash, expected_seq = FIRST_PREVIOUS_HASH, 1
    for event in events:
        seq = event.get("seq")
        name = f"événement {_printable(seq)} ({_printable(event.get('action'))})"
        if seq != expected_seq or isinstance(seq, bool):
            yield f"{name} : le numéro {expected_seq} était attendu"
        if event.get("previous_hash") != previous_hash:
            yield f"{name} : previous_hash n'est pas le hash de l'événement précédent"
        if event_hash(event) != event.get("hash"):
            yield f"{name} : son contenu ne donne pas son hash"
        previous_hash = str(event.get("hash"))
        expected_seq = (seq if isinstance(seq, int) else expected_seq) + 1


def event_hash(event: Mapping[str, Any]) -> str | None:
    """Return SHA-256(previous_hash || JCS(event without hash)), None if it has none."""
    previous_hash = event.get("previous_hash")
    if not _is_sha256(previous_hash):
        return None
    body = {member: value for member, value in event.items() if member != "hash"}
    try:
        return sha256_hex(bytes.fromhex(str(previous_hash)) + canonical(body))
    except NotCanonical:
        return None


def archived_events(
    events: Sequence[Mapping[str, Any]], generation: int
) -> list[Mapping[str, Any]]:
    """Return the events that tell of the archiving of a generation; one is expected."""
    return [
        event
        for event in events
        if event.get("action") == "archived"
        and isinstance(event.get("details"), dict)
        and event["details"].get("generation") == generation
    ]


def _archived_faults(
    events: Sequence[Mapping[str, Any]], manifest: Mapping[str, Any], manifest_sha256: str
) -> Iterator[str]:
    archived = archived_events(events, manifest["generation"])
    if len(archived) != 1:
        yield f"{len(archived)} événement(s) archived pour cette génération, un attendu"
    for event in archived:
        if event["details"].get("manifest_sha256") != manifest_sha256:
            yield f"manifest.json ou l'événement {_printable(event.get('seq'))} (archived)"
        seq = event.get("seq")
        if not isinstance(seq, int) or seq <= manifest["trail"]["last_seq"]:
            yield f"événement {_printable(seq)} (archived) : antérieur à la tête du manifeste"
    yield from (
        f"événement {_printable(event.get('seq'))} : il est d'un autre acte"
        for event in events
        if event.get("act_id", manifest["act_id"]) != manifest["act_id"]
    )


def _head_faults(events: Sequence[Mapping[str, Any]], trail: Mapping[str, Any]) -> Iterator[str]:
    last = [event for event in events if event.get("seq") == trail["last_seq"]]
    if len(last) != 1:
        yield f"événement {trail['last_seq']} : {'en double' if last else 'manque'}"
    elif last[0].get("hash") != trail["head"]:
        yield f"événement {trail['last_seq']} : son hash n'est pas celui du manifeste"


def record_checks(
    data: bytes | None,
    manifest: Mapping[str, Any],
    manifest_bytes: bytes,
    events: Sequence[Mapping[str, Any]],
) -> list[Check]:
    """Check what the archive's record says against the manifest and the event of archiving."""
    compared = ("record.json", "manifest.json et trail.jsonl")
    if data is None:
        return [_check("record", "record", compared, ["record.json : absent"], "")]
    try:
        record = parse_json(data)
        faults = ["record.json : autre écriture"] if canonical(record) != data else []
        if manifest:
            faults += list(_record_faults(record, manifest, manifest_bytes))
            faults += list(_record_event_faults(record, manifest, events))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        faults = [f"record.json : illisible ({type(error).__name__})"]
    return [_check("record", "record", compared, faults, "la fiche dit comme le manifeste")]


def _record_faults(
    record: Mapping[str, Any], manifest: Mapping[str, Any], manifest_bytes: bytes
) -> Iterator[str]:
    manifest_sha256 = sha256_hex(manifest_bytes)
    if record.get("schema") != RECORD_SCHEMA:
        yield "record.json : schema"
    if not isinstance(record.get("legal_hold"), bool):  # it may have come and gone since
        yield "record.json : legal_hold"
    for member in ("act_id", "generation", "kind", "archived_at"):
        if record.get(member) != manifest[member]:
            yield f"record.json : {member}"
    if record.get("manifest_sha256") != manifest_sha256:
        yield "record.json : manifest_sha256"
    retention = record["retention"]
    if retention.get("class") != manifest["retention"].get("class"):
        yield "record.json : retention.class"
    # Retention may have been extended since, never shortened. ISO dates compare as text.
    if str(retention.get("until", "")) < str(manifest["retention"].get("until")):
        yield "record.json : retention.until"
    yield from _record_object_faults(record, manifest)
    itself = {
        "path": "manifest.json",
        "role": "manifest",
        "media_type": "application/json",
        "size": len(manifest_bytes),
        "sha256": manifest_sha256,
    }
    told: Mapping[str, Any] = next(
        (o for o in record["objects"] if o.get("path") == "manifest.json"), {}
    )
    if any(told.get(name) != value for name, value in itself.items()):
        yield "record.json : objects, manifest.json"


def _record_object_faults(record: Mapping[str, Any], manifest: Mapping[str, Any]) -> Iterator[str]:
    objects = {item.get("path"): item for item in record["objects"]}
    if len(objects) != len(record["objects"]):
        yield "record.json : objects, un chemin en double"
    for entry in manifest["files"]:
        item = objects.get(entry["path"], {})
        if any(item.get(name) != entry.get(name) for name in _TOLD_TWICE):
            yield f"record.json : objects, {entry['path']}"
    template, made_with = objects.get("template.docx"), manifest["made_by"].get("template_sha256")
    if template is not None and (template.get("role"), template.get("media_type")) != (
        "template",
        _DOCX,
    ):
        yield "record.json : objects, template.docx"
    if (template or {}).get("sha256") != made_with:
        yield "record.json : objects, template.docx"
    yield from _key_faults(record["objects"], manifest)


def _key_faults(objects: Sequence[Mapping[str, Any]], manifest: Mapping[str, Any]) -> Iterator[str]:
    """Yield the objects whose key is not where the archive puts them; the tenant is any one."""
    middle = f"/acts/{manifest['act_id']}/g{manifest['generation']:03d}/"
    tenants = set()
    for item in objects:
        path, key = str(item.get("path")), str(item.get("key"))
        if path == "template.docx":
            good = key == f"v1/templates/sha256/{item.get('sha256')}.docx"
        else:
            tenant = key.removeprefix("v1/").removesuffix(middle + path)
            good = key == f"v1/{tenant}{middle}{path}" and "/" not in tenant
            tenants.add(tenant)
        if not good:
            yield f"record.json : objects, clé de {_printable(path)}"
    if len(tenants) > 1:
        yield "record.json : objects, clés de plusieurs cabinets"


def _record_event_faults(
    record: Mapping[str, Any], manifest: Mapping[str, Any], events: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield what the record says otherwise than the event of archiving, which is chained."""
    for event in archived_events(events, manifest["generation"]):
        details = event["details"]
        for member in ("version", "minutier"):
            if record.get(member) != details.get(member):
                yield f"record.json : {member}"
        versions = {item.get("path"): item.get("version_id") for item in record["objects"]}
        if versions != details.get("objects"):
            yield "record.json : objects, version_id"
        fixed, told = details.get("retention", {}), record["retention"]
        extended = str(told.get("until", "")) > str(fixed.get("until"))
        if not extended and told.get("locked_until") != fixed.get("locked_until"):
            yield "record.json : retention.locked_until"


def unchecked(manifest: Mapping[str, Any]) -> list[Check]:
    """Name what this program does not check, so that nobody believes it did."""
    signatures = manifest.get("signatures")
    signed = f"{len(signatures)} signature(s)" if signatures else "aucune signature déclarée"
    return [
        _not_checked(
            "signatures",
            "signature",
            ("act.pdf", "manifest.json : signatures"),
            f"{signed} ; à vérifier avec un validateur PAdES",
        ),
        _not_checked(
            "timestamp",
            "timestamp",
            ("manifest.json", "jeton RFC 3161"),
            "pas encore de jeton d'horodatage",
        ),
        _not_checked(
            "log_inclusion",
            "log",
            ("trail.jsonl", "journal du cabinet"),
            "pas encore de preuve d'inclusion : un dossier refait en entier, ou "
            "des événements ôtés après l'archivage, ne se voient qu'en comparant avec une copie "
            "ou avec le service",
        ),
        _not_checked(
            "pdfa",
            "format",
            ("act.pdf", "ISO 19005-3"),
            "conformité PDF/A : à vérifier avec veraPDF",
        ),
    ]


def _check(
    name: str, family: str, compared: tuple[str, str], faults: Sequence[str], detail: str
) -> Check:
    if not faults:
        return Check(name=name, family=family, compared=compared, outcome="ok", detail=detail)
    return Check(
        name=name,
        family=family,
        compared=compared,
        outcome="failed",
        detail="les deux sources diffèrent",
        where=" ; ".join(faults),
    )


def _not_checked(name: str, family: str, compared: tuple[str, str], detail: str) -> Check:
    return Check(name=name, family=family, compared=compared, outcome="not_checked", detail=detail)


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _printable(value: object) -> str:
    """Return a text that cannot play tricks on a terminal."""
    return ascii(value)[1:-1][:200] if isinstance(value, str) else repr(value)[:200]


# --- The command ----------------------------------------------------------------------------


def report(checks: Sequence[Check]) -> str:
    """Return the report that a person reads, in French."""
    signs = {"ok": "  tient     ", "failed": "  NE TIENT PAS", "not_checked": "  non vérifié"}
    lines = []
    for check in checks:
        lines.append(f"{signs[check.outcome]:<15}{check.name} : {check.detail}")
        if check.where:
            lines.append(f"{'':<15}où : {check.where}")
            lines.append(f"{'':<15}comparé : {check.compared[0]} / {check.compared[1]}")
    failed = sum(check.outcome == "failed" for check in checks)
    skipped = sum(check.outcome == "not_checked" for check in checks)
    held = len(checks) - failed - skipped
    verdict = "NE TIENT PAS" if failed else "TIENT pour ce qui peut être vérifié hors ligne"
    counts = f"{held} contrôles tiennent, {failed} ne tiennent pas, {skipped} non effectués"
    return "\n".join([*lines, "", f"Le dossier {verdict} : {counts}."])


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify the package named on the command line and print the report."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    paths = [argument for argument in given if argument != "--json"]
    if len(paths) > 1 or any(path.startswith("-") for path in paths):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        checks = verify_package(Path(paths[0]) if paths else Path(__file__).resolve().parent)
    except Unreadable as error:
        sys.stderr.write(f"Illisible : {error}\n")
        return 2
    ok = not any(check.outcome == "failed" for check in checks)
    if as_json:
        answer = {"outcome": "ok" if ok else "failed", "checks": [c.as_dict() for c in checks]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(report(checks) + "\n")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
