"""A .docx that a stranger sends is opened with suspicion; one that we write is always the same."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from generators.package import (
    MAX_ENTRIES,
    MAX_PACKAGE_BYTES,
    Packed,
    open_package,
    write_package,
)
from tests.support.word_templates import opened, parts_of, template, with_parts, zipped

GOOD = template("Bonjour")
_RELS = "word/_rels/document.xml.rels"


def codes(source: bytes) -> list[str]:
    """The codes of what is wrong with a file."""
    return [fault.code for fault in open_package(source)[1]]


def _relationship(kind: str, target: str, mode: str = "") -> bytes:
    attribute = f' TargetMode="{mode}"' if mode else ""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    entry = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{target}"{attribute}/>'
    return parts_of(GOOD)[_RELS].replace(b"</Relationships>", f"{entry}</Relationships>".encode())


def test_a_good_file_has_no_fault() -> None:
    assert codes(GOOD) == []
    assert opened(GOOD).parts["word/document.xml"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(b"", "unreadable", id="empty"),
        pytest.param(b"%PDF-1.7", "unreadable", id="another format"),
        pytest.param(GOOD[:-60], "unreadable", id="cut off"),
        pytest.param(
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "encrypted", id="OLE: password or .doc"
        ),
        pytest.param(zipped({"a": b"1"}), "unreadable", id="a ZIP that is no document"),
        pytest.param(b"PK" + bytes(MAX_PACKAGE_BYTES), "too-large", id="too large a file"),
        pytest.param(
            zipped(parts_of(GOOD) | {f"x{n}": b"" for n in range(MAX_ENTRIES)}),
            "too-large",
            id="too many entries",
        ),
        pytest.param(
            with_parts(GOOD, {"word/media/a.bin": bytes(5_000_000)}), "too-large", id="bomb, ratio"
        ),
        pytest.param(with_parts(GOOD, {"../../etc/cron.d/x": b"1"}), "unreadable", id="way out"),
        pytest.param(with_parts(GOOD, {"/etc/passwd": b"1"}), "unreadable", id="absolute name"),
        pytest.param(with_parts(GOOD, {"word/vbaProject.bin": b"1"}), "macro", id="macro"),
        pytest.param(
            with_parts(GOOD, {"word/activeX/activeX1.xml": b"<a/>"}), "macro", id="ActiveX"
        ),
        pytest.param(
            with_parts(GOOD, {"word/embeddings/a.xlsx": b"1"}), "embedded-object", id="embedding"
        ),
        pytest.param(
            with_parts(GOOD, {"word/oleObject1.bin": b"1"}), "embedded-object", id="OLE object"
        ),
        pytest.param(
            with_parts(
                GOOD,
                {
                    "[Content_Types].xml": parts_of(GOOD)["[Content_Types].xml"].replace(
                        b"application/vnd.openxmlformats-officedocument.wordprocessingml."
                        b"document.main+xml",
                        b"application/vnd.ms-word.document.macroEnabled.main+xml",
                    )
                },
            ),
            "macro",
            id="declared able to run macros",
        ),
        pytest.param(
            with_parts(GOOD, {_RELS: _relationship("image", "http://127.0.0.1/a.png", "External")}),
            "external-link",
            id="image from the outside",
        ),
        pytest.param(
            with_parts(GOOD, {_RELS: _relationship("image", "file:///etc/passwd", "external")}),
            "external-link",
            id="image from the disk, in small letters",
        ),
        pytest.param(
            with_parts(
                GOOD, {_RELS: _relationship("attachedTemplate", "//host/t.dotm", "External")}
            ),
            "external-link",
            id="template from the outside",
        ),
        pytest.param(
            with_parts(GOOD, {_RELS: _relationship("aFChunk", "chunk.html")}),
            "embedded-object",
            id="altChunk",
        ),
        pytest.param(
            with_parts(GOOD, {_RELS: _relationship("oleObject", "o.bin")}),
            "embedded-object",
            id="relationship to an object",
        ),
        pytest.param(
            with_parts(GOOD, {"word/header1.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "dtd",
            id="entities",
        ),
        pytest.param(
            with_parts(
                GOOD,
                {"word/header1.xml": b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"},
            ),
            "dtd",
            id="DTD from the disk",
        ),
        pytest.param(
            with_parts(GOOD, {"word/header1.xml": b"<a><b></a>"}), "unreadable", id="broken XML"
        ),
    ],
)
def test_a_dangerous_file_is_refused_with_its_code(source: bytes, code: str) -> None:
    assert code in codes(source)


def test_an_entity_is_never_expanded() -> None:
    bomb = b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"
    package, faults = open_package(with_parts(GOOD, {"word/header1.xml": bomb}))
    assert [fault.code for fault in faults] == ["dtd"]
    assert package is not None
    assert "bbb" not in "".join(package.tree("word/header1.xml").itertext())


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> bytes:
        raise AssertionError("an entry was unpacked")

    source = with_parts(GOOD, {"word/media/a.bin": bytes(30 * 1024 * 1024)})
    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    package, faults = open_package(source)
    assert package is None
    assert {fault.code for fault in faults} == {"too-large"}


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped(parts_of(GOOD) | {"word/media/a.bin": bytes(300_000)}))
    at = data.rindex(b"word/media/a.bin") - 46  # its entry in the directory at the end
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert codes(bytes(data)) == ["unreadable"]


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(zipped(parts_of(GOOD)))
    for signature, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = data.index(signature)
        data[at + flags] |= 1
    assert codes(bytes(data)) == ["encrypted"]


@pytest.mark.parametrize("put", [b"\0", b"\x0c", b"\x0e", b"@", b"\xff\xff\xff\xff"])
def test_a_directory_with_bytes_changed_is_refused_or_read(put: bytes) -> None:
    whole = zipped(parts_of(GOOD), zipfile.ZIP_STORED)
    refused = 0
    for at in range(whole.index(b"PK\1\2"), len(whole)):
        package, faults = open_package(whole[:at] + put + whole[at + len(put) :])
        assert package is not None or faults
        refused += bool(faults)
    assert refused > 100


def test_an_entry_packed_otherwise_is_refused() -> None:
    assert "unreadable" in codes(zipped(parts_of(GOOD), zipfile.ZIP_LZMA))


def test_two_entries_of_one_name_are_refused() -> None:
    file = io.BytesIO(GOOD)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<a/>")
    assert "unreadable" in codes(file.getvalue())


def test_every_fault_of_a_file_is_told() -> None:
    source = with_parts(
        GOOD,
        {
            "word/vbaProject.bin": b"1",
            "word/embeddings/a.bin": b"1",
            _RELS: _relationship("hyperlink", "http://exemple.example", "External"),
        },
    )
    assert sorted(codes(source)) == ["embedded-object", "external-link", "macro"]


def test_what_we_write_is_read_by_others_and_is_the_same_each_time() -> None:
    entries = [Packed.of("a.xml", b"<a/>" * 100), Packed.of("b/é.xml", "é".encode())]
    first, second = write_package(entries), write_package(entries)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert archive.read("a.xml") == b"<a/>" * 100
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
