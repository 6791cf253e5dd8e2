"""The offline verifier: every change to a package is found, and named with its place."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import package_verifier
from storage.package_verifier import (
    Check,
    NotCanonical,
    Unreadable,
    canonical,
    container,
    main,
    parse_json,
    verify_package,
)
from tests.support.evidence import Dossier, chained, contents_of, edited_json, event, sha256

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(max_codepoint=0xD7FF), max_size=8), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def failures(zipped: bytes | Path) -> dict[str, str]:
    """Names of the checks that fail, each with its place."""
    return {c.name: c.where or "" for c in verify_package(zipped) if c.outcome == "failed"}


def resummed(files: dict[str, bytes]) -> bytes:
    """Zip again with SHA256SUMS made anew: what a forger who knows the format does."""
    files = {name: data for name, data in files.items() if name != "SHA256SUMS"}
    sums = "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(files.items()))
    return container({**files, "SHA256SUMS": sums.encode()})


def test_a_package_as_it_was_made_holds() -> None:
    checks = verify_package(Dossier().zip())
    assert {c.outcome for c in checks if c.family not in {"signature", "timestamp"}} == {
        "ok",
        "not_checked",
    }
    assert failures(Dossier().zip()) == {}


def test_what_cannot_be_checked_offline_is_never_said_to_hold() -> None:
    skipped = {c.name for c in verify_package(Dossier().zip()) if c.outcome == "not_checked"}
    assert skipped == {"signatures", "timestamp", "log_inclusion", "pdfa"}


def test_every_check_names_its_two_sources() -> None:
    for check in verify_package(Dossier().zip()):
        assert len(check.compared) == 2
        assert all(check.compared)


def test_the_same_contents_give_the_same_bytes() -> None:
    assert Dossier().zip() == Dossier().zip()


def test_an_ordinary_unzip_reads_the_package() -> None:
    found = contents_of(Dossier().zip())
    assert found["act/act.pdf"] == Dossier().files["act.pdf"]
    assert found["verify.py"] == Path(str(package_verifier.__file__)).read_bytes()
    assert list(found) == sorted(found)


@pytest.mark.parametrize("name", sorted(contents_of(Dossier().zip())))
def test_one_flipped_byte_in_a_file_is_found_and_named(name: str) -> None:
    zipped = Dossier().zip()
    data = contents_of(zipped)[name]
    at = zipped.index(data) + len(data) // 2
    places = failures(zipped[:at] + bytes([zipped[at] ^ 0x01]) + zipped[at + 1 :])
    assert name in places["container"]
    assert name in places["sha256sums"] or name == "SHA256SUMS"


def test_every_flipped_byte_of_the_container_is_found() -> None:
    zipped = Dossier().zip()
    files = contents_of(zipped)
    inside: set[int] = set()
    for data in files.values():  # contents are the business of the test above and of the next
        start = zipped.index(data)
        inside |= set(range(start + 1, start + len(data) - 1))
    for at in sorted(set(range(len(zipped))) - inside):
        flipped = zipped[:at] + bytes([zipped[at] ^ 0xFF]) + zipped[at + 1 :]
        assert failures(flipped), f"byte {at}"


def test_every_flipped_byte_of_the_proofs_is_found_when_sums_and_zip_are_made_anew() -> None:
    files = dict(contents_of(Dossier().zip()))
    for name in ("manifest.json", "trail.jsonl", "act/data.json", "act/statement.json"):
        for at in range(len(files[name])):
            data = bytearray(files[name])
            data[at] ^= 0x01
            assert failures(resummed({**files, name: bytes(data)})), f"{name}, byte {at}"


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
@settings(max_examples=300, deadline=None)
def test_any_change_of_any_byte_is_found(position: int, change: int) -> None:
    at = position % len(ZIPPED)
    flipped = bytearray(ZIPPED)
    flipped[at] ^= change
    assert failures(bytes(flipped))


ZIPPED = Dossier().zip()


@given(st.integers(min_value=0))
@settings(max_examples=100, deadline=None)
def test_a_package_cut_short_is_found_or_unreadable(length: int) -> None:
    try:
        assert failures(ZIPPED[: length % len(ZIPPED)])
    except Unreadable:
        assert length % len(ZIPPED) < len(ZIPPED) // 2


@pytest.mark.parametrize("extra", [b"x", b"PK\x05\x06"], ids=["junk", "end record"])
def test_bytes_added_to_the_container_are_found(extra: bytes) -> None:
    assert "container" in failures(Dossier().zip() + extra)
    assert "container" in failures(extra + Dossier().zip())


def test_a_file_changed_with_manifest_and_sums_made_anew_contradicts_the_trail() -> None:
    dossier = Dossier()
    dossier.files["act.pdf"] = b"%PDF-1.7\nanother act"
    dossier.manifest["files"][0] |= {
        "sha256": sha256(dossier.files["act.pdf"]),
        "size": len(dossier.files["act.pdf"]),
    }
    dossier.manifest_bytes = rfc8785.dumps(dossier.manifest)
    places = failures(dossier.zip())
    assert "événement 4 (archived)" in places["trail_archived_event"]


def edit_manifest(edit: Callable[[dict[str, Any]], object]) -> dict[str, str]:
    dossier = Dossier()
    dossier.manifest_bytes = edited_json(dossier.manifest_bytes, edit)
    return failures(dossier.zip())


@pytest.mark.parametrize(
    ("edit", "check", "place"),
    [
        pytest.param(
            lambda m: m["retention"].update(until="2027-01-01"),
            "trail_archived_event",
            "manifest.json",
            id="retention",
        ),
        pytest.param(lambda m: m.update(schema="x/2"), "manifest_schema", "schema", id="schema"),
        pytest.param(lambda m: m.pop("files"), "manifest_schema", "files", id="no files"),
        pytest.param(
            lambda m: m["files"][1].update(path="../act.pdf"),
            "manifest_schema",
            "files[1]",
            id="path",
        ),
        pytest.param(
            lambda m: m["files"].append(dict(m["files"][0])),
            "manifest_schema",
            "files[4]",
            id="file twice",
        ),
        pytest.param(
            lambda m: m["files"].pop(1), "files_none_extra", "act.docx", id="file left out"
        ),
        pytest.param(
            lambda m: m["files"][2].update(path="other.json"),
            "files_none_missing",
            "other.json",
            id="file renamed",
        ),
        pytest.param(
            lambda m: m.update(data_sha256="0" * 64), "data_sha256", "data.json", id="data"
        ),
        pytest.param(
            lambda m: m["trail"].update(head="0" * 64), "trail_head", "événement 3", id="head"
        ),
        pytest.param(
            lambda m: m["trail"].update(last_seq=9), "trail_head", "événement 9", id="last_seq"
        ),
    ],
)
def test_an_edited_manifest_is_found(
    edit: Callable[[dict[str, Any]], object], check: str, place: str
) -> None:
    assert place in edit_manifest(edit)[check]


def test_a_manifest_written_otherwise_is_found() -> None:
    dossier = Dossier()
    dossier.manifest_bytes = json.dumps(dossier.manifest, indent=2).encode()
    assert "manifest_canonical" in failures(dossier.zip())


def _alter(events: list[dict[str, Any]]) -> None:
    events[1]["details"]["version"] = 2


def _alter_with_its_hash(events: list[dict[str, Any]]) -> None:
    _alter(events)
    body = {k: v for k, v in events[1].items() if k != "hash"}
    events[1]["hash"] = sha256(bytes.fromhex(body["previous_hash"]) + rfc8785.dumps(body))


def _remove(events: list[dict[str, Any]]) -> None:
    del events[1]


def _remove_first(events: list[dict[str, Any]]) -> None:
    del events[0]


def _swap(events: list[dict[str, Any]]) -> None:
    events[1], events[2] = events[2], events[1]


def _repeat(events: list[dict[str, Any]]) -> None:
    events.insert(1, dict(events[1]))


def _remove_and_chain_anew(events: list[dict[str, Any]]) -> None:
    del events[1]
    chained(events)


def _insert_and_chain_anew(events: list[dict[str, Any]]) -> None:
    events.insert(1, event("approved"))
    chained(events)


def _alter_and_chain_anew(events: list[dict[str, Any]]) -> None:
    _alter(events)
    chained(events)


def _forget_archiving(events: list[dict[str, Any]]) -> None:
    del events[3:]


def _archive_twice(events: list[dict[str, Any]]) -> None:
    events.append(event("archived", **events[3]["details"]))
    chained(events)


@pytest.mark.parametrize(
    ("tamper", "check", "place"),
    [
        (_alter, "trail_chain", "événement 2 (rendered) : son contenu"),
        (_alter_with_its_hash, "trail_chain", "événement 3 (approved) : previous_hash"),
        (_remove, "trail_chain", "événement 3 (approved) : le numéro 2 était attendu"),
        (_remove_first, "trail_chain", "événement 2 (rendered) : le numéro 1 était attendu"),
        (_swap, "trail_chain", "événement 3 (approved) : le numéro 2 était attendu"),
        (_repeat, "trail_chain", "événement 2 (rendered) : le numéro 3 était attendu"),
        (_remove_and_chain_anew, "trail_head", "événement 3"),
        (_insert_and_chain_anew, "trail_head", "événement 3"),
        (_alter_and_chain_anew, "trail_head", "événement 3"),
        (_forget_archiving, "trail_archived_event", "0 événement(s) archived"),
        (_archive_twice, "trail_archived_event", "2 événement(s) archived"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_tampered_trail_is_found(
    tamper: Callable[[list[dict[str, Any]]], None], check: str, place: str
) -> None:
    dossier = Dossier()
    tamper(dossier.events)
    assert place in failures(dossier.zip())[check]


def test_an_event_of_another_act_is_found() -> None:
    dossier = Dossier()
    dossier.events[1]["act_id"] = "act_2"
    chained(dossier.events)
    places = failures(dossier.zip())
    assert "événement 2 : il est d'un autre acte" in places["trail_archived_event"]


@pytest.mark.parametrize("name", sorted(set(contents_of(ZIPPED)) - {"SHA256SUMS"}))
def test_a_file_taken_out_is_found_and_named(name: str) -> None:
    files = dict(contents_of(ZIPPED))
    del files[name]
    assert f"{name} : absent du dossier" in failures(container(files))["sha256sums"]


def test_a_file_slipped_in_is_found_and_named() -> None:
    files = dict(contents_of(ZIPPED)) | {"act/avenant.pdf": b"%PDF-1.7"}
    places = failures(resummed(files))
    assert places == {"files_none_extra": "avenant.pdf"}


def test_a_pdf_that_is_none_is_found() -> None:
    dossier = Dossier()
    dossier.files["act.pdf"] = b"<html>"
    dossier.manifest["files"][0] |= {"sha256": sha256(b"<html>"), "size": 6}
    dossier.seal()
    assert failures(dossier.zip()) == {"act_is_pdf": "act.pdf"}


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (lambda r: r.update(manifest_sha256="0" * 64), "manifest_sha256"),
        (lambda r: r["retention"].update(until="2030-01-01"), "retention.until"),
        (lambda r: r["objects"][0].update(sha256="0" * 64), "act.pdf"),
        (lambda r: r["objects"].clear(), "act.docx"),
        (lambda r: r.pop("retention"), "illisible"),
        (lambda r: r.update(objects=[{"path": {}}]), "illisible"),
    ],
)
def test_a_record_that_contradicts_the_manifest_is_found(
    edit: Callable[[dict[str, Any]], object], place: str
) -> None:
    files = dict(contents_of(ZIPPED))
    files["record.json"] = edited_json(files["record.json"], edit)
    places = failures(resummed(files))
    assert place in places["record"]
    assert set(places) == {"record"}


def test_a_retention_that_was_extended_since_holds() -> None:
    files = dict(contents_of(ZIPPED))
    files["record.json"] = edited_json(
        files["record.json"], lambda r: r["retention"].update(until="2046-11-22")
    )
    assert failures(resummed(files)) == {}


def test_a_package_zipped_again_fails_for_its_container_alone() -> None:
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents_of(ZIPPED).items():
            archive.writestr(name, data)
    assert set(failures(again.getvalue())) == {"container"}


def hostile(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in contents_of(ZIPPED).items():
            archive.writestr(name, data)
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "act/../../x", "C:\\x", "act/a\x1b[2Jb", "a//b"]
)
def test_a_name_that_climbs_out_or_plays_tricks_is_refused(name: str) -> None:
    where = failures(hostile((name, b"x")))["container"]
    assert "nom refusé" in where
    assert "\x1b" not in where


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_given_twice_is_refused() -> None:
    where = failures(hostile(("act/act.pdf", b"%PDF-1.7 other")))["container"]
    assert "act/act.pdf : présent deux fois" in where


def test_a_bomb_is_not_unpacked() -> None:
    bomb = hostile(("act/bomb", bytes(200 * 1024 * 1024)), method=zipfile.ZIP_DEFLATED)
    assert "act/bomb : illisible" in failures(bomb)["container"]


@pytest.mark.parametrize(
    "member",
    [
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b'{"a":1.5}',
        b'{"a":9007199254740993}',
        b'{"a":"\\ud800"}',
        b"[" * 100_000,
        b'{"a":' + b"1" * 5000 + b"}",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"",
    ],
    ids=[
        "twice",
        "NaN",
        "float",
        "large",
        "surrogate",
        "deep",
        "digits",
        "bytes",
        "[]",
        "null",
        "0",
    ],
)
@pytest.mark.parametrize("name", ["manifest.json", "record.json", "trail.jsonl"])
def test_hostile_json_fails_and_does_not_crash(name: str, member: bytes) -> None:
    assert failures(resummed({**contents_of(ZIPPED), name: member}))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK", bytes(10_000)])
def test_what_is_no_zip_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        verify_package(data)


@given(JSON_VALUES)
@settings(deadline=None)
def test_its_canonical_json_is_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)
    assert parse_json(canonical(value)) == value


@pytest.mark.parametrize("value", [1.0, [float("nan")], {"a": 2**53}, {1: "a"}, "\ud800"])
def test_what_has_no_canonical_form_here_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


# --- The command -----------------------------------------------------------------------------


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    (tmp_path / "evidence.zip").write_bytes(ZIPPED)
    with zipfile.ZipFile(tmp_path / "evidence.zip") as archive:
        archive.extractall(tmp_path / "dossier")
    return tmp_path


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program that the package holds, with nothing but Python."""
    return subprocess.run(  # noqa: S603 - the interpreter of the tests
        [sys.executable, "-I", "-S", *arguments],
        cwd=cwd,
        env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_program_of_the_package_verifies_it_alone(unpacked: Path) -> None:
    done = run("dossier/verify.py", "evidence.zip", cwd=unpacked)
    assert (done.returncode, done.stderr) == (0, "")
    assert "TIENT pour ce qui peut être vérifié hors ligne" in done.stdout
    assert "non vérifié" in done.stdout


def test_the_program_verifies_the_folder_it_lies_in(unpacked: Path) -> None:
    assert run("verify.py", cwd=unpacked / "dossier").returncode == 0
    (unpacked / "dossier/act/act.pdf").write_bytes(b"%PDF-1.7 other")
    done = run("verify.py", cwd=unpacked / "dossier")
    assert done.returncode == 1
    assert "où : act.pdf" in done.stdout


def test_the_program_names_a_fault_and_exits_with_one(unpacked: Path) -> None:
    at = ZIPPED.index(b"%PDF-1.7")
    (unpacked / "evidence.zip").write_bytes(ZIPPED[:at] + b"?" + ZIPPED[at + 1 :])
    done = run("dossier/verify.py", "evidence.zip", cwd=unpacked)
    assert done.returncode == 1
    assert "NE TIENT PAS" in done.stdout
    assert "act.pdf" in done.stdout


def test_the_program_answers_in_json(unpacked: Path) -> None:
    answer = json.loads(run("dossier/verify.py", "--json", "evidence.zip", cwd=unpacked).stdout)
    assert answer["outcome"] == "ok"
    assert set(answer["checks"][0]) == {
        "name", "family", "compared", "outcome", "detail", "where",
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [["nowhere.zip"], ["dossier/act"], ["--frobnicate"], ["a.zip", "b.zip"]]
)
def test_what_cannot_be_read_exits_with_two(unpacked: Path, arguments: list[str]) -> None:
    done = run("dossier/verify.py", *arguments, cwd=unpacked)
    assert done.returncode == 2
    assert done.stderr


def test_the_manual_way_of_the_readme_works(unpacked: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"],  # noqa: S607 - as the README says it
        cwd=unpacked / "dossier",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_the_command_is_the_same_code(unpacked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(unpacked / "evidence.zip")]) == 0
    assert "trail_chain" in capsys.readouterr().out


def test_a_report_is_plain_values() -> None:
    check = Check(name="n", family="f", compared=("a", "b"), outcome="ok", detail="d")
    assert json.loads(json.dumps(check.as_dict()))["compared"] == ["a", "b"]
