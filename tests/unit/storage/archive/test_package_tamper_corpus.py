"""A package of a sealed act, tampered with in every way: found offline, and named."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.clock import IdFactory
from storage.database import Database
from storage.objects import MemoryObjectStore
from storage.package_verifier import canonical, container, verify_package
from tests.support.archive import Vault, offline, vault
from tests.support.database import Place, add_cabinet, execute_sqlite
from tests.support.evidence import chained, contents_of, sha256

ENTRIES = (
    "LISEZ-MOI.txt",
    "SHA256SUMS",
    "act/act.docx",
    "act/act.pdf",
    "act/data.json",
    "act/statement.json",
    "manifest.json",
    "record.json",
    "trail.jsonl",
    "verify.py",
)
SAMPLES = 12
"""Positions tried in each entry beside its first and last bytes; another set for each entry."""


@dataclass(frozen=True)
class Sealed:
    """Two acts of one cabinet, sealed."""

    vault: Vault
    package: bytes
    other: bytes


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    path = tmp_path_factory.mktemp("sealed") / "minutier.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    place = Place(database, lambda statement: execute_sqlite(path, statement))
    with database.transaction() as tx:
        cabinet = add_cabinet(tx, new_id=IdFactory())
    made = vault(place, cabinet, MemoryObjectStore(), MemoryObjectStore(locked=True))
    made.sealed("act_1")
    made.sealed("act_2")
    yield Sealed(made, made.evidence("act_1"), made.evidence("act_2"))
    database.close()


@pytest.fixture
def package(sealed: Sealed) -> bytes:
    return sealed.package


def test_a_package_of_a_sealed_act_holds(package: bytes) -> None:
    assert offline(package) == {}
    assert tuple(contents_of(package)) == ENTRIES


def flips(data: bytes, seed: str) -> Iterator[tuple[int, int]]:
    """Positions in an entry, and what to flip there: ends densely, the middle by sample."""
    ends = {*range(min(4, len(data))), *range(max(0, len(data) - 4), len(data))}
    chosen = random.Random(seed)  # noqa: S311 - the same sample each time
    middle = {chosen.randrange(len(data)) for _ in range(SAMPLES)}
    for at in sorted(ends | middle):
        yield at, chosen.choice((0x01, 0x20, 0x80, 0xFF))


@pytest.mark.parametrize("name", ENTRIES)
def test_a_flipped_byte_of_an_entry_is_found_and_the_entry_named(package: bytes, name: str) -> None:
    data = contents_of(package)[name]
    start = package.index(name.encode() + data) + len(name)
    for at, mask in flips(data, name):
        flipped = bytearray(package)
        flipped[start + at] ^= mask
        places = offline(bytes(flipped))
        assert name in places["container"], f"byte {at} of {name}"


def test_a_flipped_byte_around_the_entries_is_found(package: bytes) -> None:
    """Headers of entries, table of contents, end of the zip: what no hash of a file covers."""
    contents, around, position = contents_of(package), [], 0
    for name, data in contents.items():
        around += range(position, position + 30 + len(name))
        position += 30 + len(name) + len(data)
    around += range(position, len(package))
    for at in around[:: max(1, len(around) // 250)]:
        flipped = bytearray(package)
        flipped[at] ^= 0x01
        assert offline(bytes(flipped))["container"], f"byte {at}"


def resummed(files: dict[str, bytes]) -> bytes:
    """Zip again with SHA256SUMS made anew: what a forger who knows the format does."""
    files = {name: data for name, data in files.items() if name != "SHA256SUMS"}
    sums = "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(files.items()))
    return container({**files, "SHA256SUMS": sums.encode()})


@pytest.mark.parametrize(
    "name",
    [name for name in ENTRIES if name not in {"LISEZ-MOI.txt", "SHA256SUMS", "verify.py"}],
)
def test_a_flipped_byte_is_found_with_sums_and_zip_made_anew(package: bytes, name: str) -> None:
    files = dict(contents_of(package))
    for at, mask in flips(files[name], f"again {name}"):
        data = bytearray(files[name])
        data[at] ^= mask
        places = offline(resummed({**files, name: bytes(data)}))
        named = name.removeprefix("act/")
        wheres = " ".join(places.values())
        assert named in wheres or "événement" in wheres, f"byte {at} of {name}: {places}"


def record_leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to each plain value of the record."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        if isinstance(member, dict | list):
            yield from record_leaves(member, (*path, key))
        else:
            yield (*path, key)


def test_every_value_of_the_record_is_held_against_something(package: bytes) -> None:
    """But the hold, which may come and go, and the template's length, which its hash fixes."""
    files = dict(contents_of(package))
    record = json.loads(files["record.json"])
    unnoticed = set()
    for leaf in record_leaves(record):
        changed = json.loads(files["record.json"])
        parent = changed
        for key in leaf[:-1]:
            parent = parent[key]
        parent[leaf[-1]] = other(parent[leaf[-1]])
        if not offline(resummed({**files, "record.json": canonical(changed)})):
            item = record["objects"][leaf[1]]["path"] if "objects" in leaf else "record"
            unnoticed.add((item, leaf[-1]))
    assert unnoticed == {("record", "legal_hold"), ("template.docx", "size")}


def other(value: Any) -> Any:
    """Another value of the same kind, as near as can be."""
    if isinstance(value, bool):
        return not value
    return value - 1 if isinstance(value, int) else f"0{value[1:]}x"


def _drop(files: dict[str, bytes], _other: dict[str, bytes]) -> None:
    del files["act/act.pdf"]


def _add(files: dict[str, bytes], _other: dict[str, bytes]) -> None:
    files["act/avenant.pdf"] = b"%PDF-1.7"


def _add_beside(files: dict[str, bytes], _other: dict[str, bytes]) -> None:
    files["avenant.pdf"] = b"%PDF-1.7"


def _other_manifest(files: dict[str, bytes], other: dict[str, bytes]) -> None:
    files["manifest.json"] = other["manifest.json"]


def _other_trail(files: dict[str, bytes], other: dict[str, bytes]) -> None:
    files["trail.jsonl"] = other["trail.jsonl"]


def _other_record(files: dict[str, bytes], other: dict[str, bytes]) -> None:
    files["record.json"] = other["record.json"]


def _other_pdf(files: dict[str, bytes], other: dict[str, bytes]) -> None:
    files["act/act.pdf"] = other["act/act.pdf"]


def _lines(edit: Callable[[list[dict[str, Any]], list[dict[str, Any]]], None]) -> Any:
    def tamper(files: dict[str, bytes], other: dict[str, bytes]) -> None:
        ours, theirs = (
            [json.loads(line) for line in each["trail.jsonl"].splitlines()]
            for each in (files, other)
        )
        edit(ours, theirs)
        files["trail.jsonl"] = b"".join(canonical(event) + b"\n" for event in ours)

    return tamper


def _swap(ours: list[dict[str, Any]], _theirs: list[dict[str, Any]]) -> None:
    ours[1], ours[2] = ours[2], ours[1]


def _remove(ours: list[dict[str, Any]], _theirs: list[dict[str, Any]]) -> None:
    del ours[1]


def _remove_and_chain(ours: list[dict[str, Any]], _theirs: list[dict[str, Any]]) -> None:
    del ours[1]
    chained(ours)


def _row_of_another_act(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    ours[1] = theirs[1]


def _before_archiving(ours: list[dict[str, Any]], _theirs: list[dict[str, Any]]) -> None:
    del ours[3:]


@pytest.mark.parametrize(
    ("tamper", "check", "place"),
    [
        pytest.param(_drop, "files_none_missing", "act.pdf", id="file missing"),
        pytest.param(_add, "files_none_extra", "avenant.pdf", id="file added to the act"),
        pytest.param(_add_beside, "container", "avenant.pdf : aucun", id="file added beside"),
        pytest.param(_other_manifest, "trail_archived_event", "manifest.json", id="manifest"),
        pytest.param(_other_trail, "trail_archived_event", "d'un autre acte", id="trail"),
        pytest.param(_other_record, "record", "record.json : act_id", id="record"),
        pytest.param(_other_pdf, "file_sha256", "act.pdf", id="file of another act"),
        pytest.param(_lines(_swap), "trail_chain", "événement 3 (approved)", id="swapped"),
        pytest.param(_lines(_remove), "trail_chain", "le numéro 2 était attendu", id="removed"),
        pytest.param(_lines(_remove_and_chain), "trail_head", "événement 3", id="chained anew"),
        pytest.param(
            _lines(_row_of_another_act), "trail_archived_event", "événement 2", id="other row"
        ),
        pytest.param(
            _lines(_before_archiving), "trail_archived_event", "0 événement(s)", id="older trail"
        ),
    ],
)
def test_a_forged_package_with_its_sums_made_anew(
    sealed: Sealed, tamper: Any, check: str, place: str
) -> None:
    files, other = dict(contents_of(sealed.package)), dict(contents_of(sealed.other))
    tamper(files, other)
    assert place in offline(resummed(files))[check]


def test_an_older_package_holds_and_says_that_it_cannot_know_its_age(sealed: Sealed) -> None:
    """What was true then stays true; what came after shows only beside the service or a copy."""
    (log,) = (check for check in verify_package(sealed.package) if check.name == "log_inclusion")
    assert log.outcome == "not_checked"
    assert "en comparant avec une copie ou avec le service" in log.detail


@pytest.mark.parametrize("keep", [0.1, 0.3, 0.6, 0.9, 0.999])
def test_a_package_cut_short_never_holds(package: bytes, keep: float) -> None:
    assert offline(package[: int(len(package) * keep)])["container"]


def test_an_entry_hidden_between_the_entries_is_found(package: bytes) -> None:
    """Bytes that the table of contents does not name, and an unzip would not show."""
    end = len(package) - 22
    (start,) = struct.unpack_from("<L", package, end + 16)
    hidden = b"PK\x03\x04 hidden"
    moved = bytearray(package[:start] + hidden + package[start:])
    struct.pack_into("<L", moved, len(moved) - 22 + 16, start + len(hidden))
    with zipfile.ZipFile(io.BytesIO(moved)) as read:
        assert tuple(read.namelist()) == ENTRIES
    assert offline(bytes(moved))["container"].startswith("octet ")


def test_the_package_carries_the_verifier_that_this_repository_has(package: bytes) -> None:
    source = Path(__file__).parents[4] / "storage" / "package_verifier.py"
    assert contents_of(package)["verify.py"] == source.read_bytes()
