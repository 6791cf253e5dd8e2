"""Word packages: opened with suspicion, written so that the same input gives the same bytes.

A .docx is a ZIP of XML parts. One that a stranger sent may be a bomb, may carry a macro, may
fetch an address when it is opened; `open_package` says all that is wrong with it, and nothing
of it is used before.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from core.errors import Fault, InvalidFacts

MAX_PACKAGE_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_ENTRY_BYTES = 20 * 1024 * 1024
MAX_TOTAL_BYTES = 40 * 1024 * 1024
MAX_RATIO = 120
"""Word's own parts compress up to about 30 times; a bomb compresses 1,000 times."""
_SMALL_ENTRY_BYTES = 64 * 1024  # below it a ratio says nothing

_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What Python's reader of ZIP files raises, all of it met with bytes changed at random."""
_DOS_DATE = 0x21  # 1980-01-01, the first day a ZIP can say
_DEFLATE_LEVEL = 4
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFault:
    """One thing wrong in a template, told so that its author finds it.

    Attributes:
        code: Stable kebab-case name of the rule.
        part: Where: ``document``, ``header2``, ``styles``, or "" for the whole file.
        paragraph: Number of the paragraph in that part, from 1, when the fault is in one.
        text: The text around, as the author sees it in Word.
        hint: What to do.
    """

    code: str
    part: str
    paragraph: int | None
    text: str
    hint: str

    def as_fault(self) -> Fault:
        """The same, as an error of the API: the pointer leads to the part and paragraph."""
        place = f"/{self.part}" + (f"/{self.paragraph}" if self.paragraph else "")
        around = f" Near: {self.text!r}." if self.text else ""
        return Fault(
            pointer=place if self.part else "",
            code=self.code,
            detail=self.hint + around,
            where={
                "part": self.part,
                "paragraph": self.paragraph,
                "text": self.text,
                "hint": self.hint,
            },
        )


class TemplateRefused(InvalidFacts):
    """A Word template is unsafe or cannot be filled; every fault found is listed."""

    slug = "template-refused"
    title = "The template is refused"

    def __init__(self, lint_faults: Iterable[LintFault]) -> None:
        self.lint_faults = tuple(lint_faults)
        codes = ", ".join(sorted({fault.code for fault in self.lint_faults}))
        super().__init__(
            f"The template has {len(self.lint_faults)} fault(s): {codes}.",
            faults=[fault.as_fault() for fault in self.lint_faults],
        )


def xml_parser() -> etree.XMLParser:
    """A parser that expands no entity, loads no DTD and opens no address."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a .docx by name, in the order of the file, none of them dangerous."""

    parts: Mapping[str, bytes]

    def tree(self, name: str) -> etree._Element:
        """The root element of an XML part."""
        return etree.fromstring(self.parts[name], xml_parser())


def open_package(source: bytes) -> tuple[Package | None, list[LintFault]]:
    """Read a .docx without trusting it.

    Returns:
        The package, or None when it is not even one, and everything that is wrong with it.
        A package with faults must not be rendered.
    """
    faults = list(_container_faults(source))
    if faults:
        return None, faults
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        faults = list(_entry_faults(archive.infolist()))
        if faults:
            return None, faults
        try:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        except _DAMAGE as error:
            return None, [_fault("unreadable", hint=f"The file is damaged: {error}.")]
    package = Package(parts=parts)
    return package, list(_content_faults(package))


def _fault(code: str, part: str = "", text: str = "", *, hint: str) -> LintFault:
    return LintFault(code=code, part=part, paragraph=None, text=text, hint=hint)


def _container_faults(source: bytes) -> Iterator[LintFault]:
    if source.startswith(_OLE_MAGIC):
        yield _fault(
            "encrypted", hint="The file is protected by a password or is an old .doc: save as .docx"
        )
    elif len(source) > MAX_PACKAGE_BYTES:
        yield _fault("too-large", hint=f"The file is larger than {MAX_PACKAGE_BYTES} bytes")
    elif not zipfile.is_zipfile(io.BytesIO(source)):
        yield _fault("unreadable", hint="The file is not a Word document (.docx)")
    else:
        try:
            zipfile.ZipFile(io.BytesIO(source)).close()
        except _DAMAGE as error:
            yield _fault("unreadable", hint=f"The file is damaged: {error}")


def _entry_faults(entries: list[zipfile.ZipInfo]) -> Iterator[LintFault]:
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        yield _fault("too-large", hint=f"The file holds more than {MAX_ENTRIES} entries")
    if len(set(names)) != len(names):
        yield _fault("unreadable", hint="Two entries of the file bear the same name")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        yield _fault("too-large", hint=f"The file unpacks to more than {MAX_TOTAL_BYTES} bytes")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            yield _fault("encrypted", entry.filename, hint="An entry of the file is encrypted")
        if entry.compress_type not in _METHODS:
            yield _fault("unreadable", entry.filename, hint="An entry is packed as Word never does")
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            yield _fault("unreadable", entry.filename, hint="An entry leads outside the file")
        swollen = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if entry.file_size > MAX_ENTRY_BYTES or (swollen and entry.file_size > _SMALL_ENTRY_BYTES):
            yield _fault("too-large", entry.filename, hint="An entry unpacks to too many bytes")


def _content_faults(package: Package) -> Iterator[LintFault]:
    for name in (_CONTENT_TYPES, "word/document.xml"):
        if name not in package.parts:
            yield _fault("unreadable", hint=f"The file is not a Word document: no {name}")
    for name, data in package.parts.items():
        lowered = name.lower()
        if "vbaproject" in lowered or "vbadata" in lowered or "/activex/" in lowered:
            yield _fault("macro", name, hint="Remove the macros: save as .docx, not .docm")
        elif "/embeddings/" in lowered or "oleobject" in lowered:
            yield _fault("embedded-object", name, hint="Remove the embedded object")
        elif lowered.endswith((".xml", ".rels")):
            yield from _xml_faults(name, data)


def _xml_faults(name: str, data: bytes) -> Iterator[LintFault]:
    part = part_label(name)
    try:
        root = etree.fromstring(data, xml_parser())
    except etree.XMLSyntaxError as error:
        yield _fault("unreadable", part, hint=f"The part is not well-formed XML: {error.msg}")
        return
    if root.getroottree().docinfo.internalDTD is not None:
        yield _fault("dtd", part, hint="The part declares a DTD, which Word never writes")
    for relationship in root.iter(_RELATIONSHIP):
        kind = relationship.get("Type", "").rsplit("/", 1)[-1]
        if relationship.get("TargetMode", "Internal").lower() == "external":
            yield _fault(
                "external-link",
                part,
                relationship.get("Target", ""),
                hint=f"Remove the link to the outside ({kind}): it would be fetched or followed",
            )
        if kind in {"aFChunk", "oleObject", "package", "control", "vbaProject"}:
            yield _fault("embedded-object", part, kind, hint="Remove the embedded object")
    if b"macroEnabled" in data and name == _CONTENT_TYPES:
        yield _fault("macro", hint="Save as .docx: the file declares itself able to run macros")


def part_label(name: str) -> str:
    """``word/header2.xml`` as an author is told it: ``header2``."""
    return name.removeprefix("word/").removesuffix(".xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An entry of a ZIP, compressed once and copied into every package that holds it."""

    name: str
    crc: int
    size: int
    data: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Packed:
        """Compress a part."""
        deflate = zlib.compressobj(_DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflate.compress(data) + deflate.flush()
        return cls(name=name, crc=zlib.crc32(data), size=len(data), data=packed)


def write_package(entries: Iterable[Packed]) -> bytes:
    """A ZIP of the entries in the order given, with one fixed date: same entries, same bytes.

    The standard library's writer would compress every part again for every document.
    """
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        name = entry.name.encode()
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, _DOS_DATE, entry.crc, len(entry.data), entry.size,
            len(name), 0,
        )  # fmt: skip
        body += (b"PK\3\4", common, name, entry.data)
        directory += (
            b"PK\1\2\x14\0", common, struct.pack("<HHHII", 0, 0, 0, 0, offset), name,
        )  # fmt: skip
        offset += 4 + len(common) + len(name) + len(entry.data)
    index = b"".join(directory)
    count = len(directory) // 4
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(index), offset, 0)
    return b"".join([*body, index, end])
