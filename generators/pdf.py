"""The PDF as it is kept: PDF/A-3b and PDF/UA-1 at once, with metadata that say one thing.

LibreOffice exports a file that is either: asked for both, it declares PDF/UA in its metadata
without the schema that PDF/A wants for it, and leaves out the tab order that annotations, such as
a signature's, will need. `finish` mends both, once, before any signature. It also writes the
metadata itself, so that the document information and the XMP packet cannot differ.
"""

from __future__ import annotations

import hashlib
import io
import re
import resource
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

import pikepdf

from core.errors import InvalidFacts, NotFound, Unavailable

CREATOR: Final = "Minutier"
PREVIEW_SECONDS: Final = 30
PREVIEW_MEMORY: Final = 1024**3
MAX_PIXELS: Final = 40_000_000
DPI_RANGE: Final = range(36, 301)

_STARTXREF: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\n")
_TRAILER: Final = re.compile(
    rb"trailer\s*<<\s*/Size (?P<size>\d+)\s*/Root (?P<root>\d+) 0 R\s*/Info (?P<info>\d+) 0 R\s*"
    rb"/ID \[[^]]*\]\s*(?:/DocChecksum /\w+\s*)?>>\s*startxref"
)
_ENTRY: Final = 20
_PAGE: Final = re.compile(rb"\d+ 0 obj\n<</Type/Page/")
_METADATA: Final = re.compile(rb"/Metadata (\d+) 0 R")
_PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
_COUNT: Final = re.compile(rb"/Count (\d+)>>")
_LANGUAGE: Final = re.compile(rb"/Lang\s*\([^)\\]*\)")
_PRODUCER: Final = re.compile(rb"/Producer<FEFF([0-9A-F]*)>")
_CREATED: Final = re.compile(r"D:(\d{14})(?:Z|([+-])(\d\d)'(\d\d)'?)")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>\
</dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{created}</xmp:CreateDate>
  </rdf:Description>
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class PdfUnreadable(InvalidFacts):
    """A PDF is damaged, encrypted, or too large to be drawn."""

    slug = "pdf-unreadable"
    title = "The PDF cannot be read"


class PageMissing(NotFound):
    """The document has fewer pages."""

    slug = "page-missing"
    title = "The document has no such page"


class PreviewUnavailable(Unavailable):
    """The program that draws pages is missing or does not answer."""

    slug = "preview-unavailable"
    title = "Pages cannot be drawn now"


def finish(
    pdf: bytes,
    *,
    title: str,
    author: str,
    subject: str,
    language: str,
    created_at: datetime | None = None,
) -> bytes:
    """A PDF exported by LibreOffice, mended and described: PDF/A-3b and PDF/UA-1.

    Args:
        pdf: Tagged PDF/A-3b, as `generators.office.OfficePool.convert` gives it; unsigned.
        title: Of the act, shown in the window's bar; never blank, PDF/UA requires it.
        author: In whose name the act is made.
        subject: One line; may be blank.
        language: Of the text, as ``fr-FR``.
        created_at: Written as the date of creation instead of the moment of the export, so that
            the same export gives the same bytes.

    Raises:
        PdfUnreadable: not a PDF.
        ValueError: a blank title, an odd language or a character that XML does not allow.
    """
    about = {"title": title, "author": author, "subject": subject, "language": language}
    _check(about)
    try:
        return _Exported(pdf).finished(about, created_at)
    except _UnknownLayout:
        return _finish_any(pdf, about, created_at)


def page_count(pdf: bytes) -> int:
    """The number of pages.

    Raises:
        PdfUnreadable: damaged or encrypted.
    """
    with _opened(pdf) as document:
        return len(document.pages)


def page_png(pdf: bytes, page: int, dpi: int = 96) -> bytes:
    """A page as a picture.

    Args:
        pdf: Any PDF.
        page: From 1.
        dpi: Dots per inch, from 36 to 300.

    Raises:
        PageMissing: there is no such page.
        PdfUnreadable: damaged, encrypted, or the picture would be huge.
        PreviewUnavailable: pdftoppm is missing or too slow.
    """
    if dpi not in DPI_RANGE:
        raise ValueError(f"{dpi} dpi")
    with _opened(pdf) as document:
        if not 1 <= page <= len(document.pages):
            raise PageMissing(f"page {page} of {len(document.pages)}")
        left, bottom, right, top = (float(side) for side in document.pages[page - 1].mediabox)
    if abs(right - left) * abs(top - bottom) * (dpi / 72) ** 2 > MAX_PIXELS:
        raise PdfUnreadable(f"page {page} is too large to be drawn at {dpi} dpi")
    number = str(page)
    return _draw(pdf, ["-r", str(dpi), "-png", "-f", number, "-l", number, "-"])


def _draw(pdf: bytes, arguments: list[str]) -> bytes:
    try:
        drawer = subprocess.Popen(  # noqa: S603 - numbers only
            ["pdftoppm", *arguments],  # noqa: S607 - where the system has it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise PreviewUnavailable("pdftoppm is not there: install poppler-utils") from error
    with drawer:
        with suppress(ProcessLookupError):  # it reads its input first: the limit comes in time
            resource.prlimit(drawer.pid, resource.RLIMIT_AS, (PREVIEW_MEMORY, PREVIEW_MEMORY))
        try:
            picture, complaint = drawer.communicate(pdf, PREVIEW_SECONDS)
        except subprocess.TimeoutExpired as error:
            drawer.kill()
            raise PreviewUnavailable(f"the page took more than {PREVIEW_SECONDS} s") from error
    if drawer.returncode != 0 or not picture.startswith(b"\x89PNG"):
        raise PdfUnreadable(complaint.decode("utf-8", "replace").strip()[:300] or "not drawn")
    return picture


class _UnknownLayout(Exception):
    """The file is not laid out as the LibreOffice that we know does it."""


class _Exported:
    """A PDF in LibreOffice's own layout: one table of objects, each written out in plain sight.

    Objects are replaced as text and the table is written anew, which takes a thirtieth of what a
    general library needs to parse and write the file. Whatever looks otherwise is left to that.
    """

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._table_at = int(_found(_STARTXREF.search(pdf, max(0, len(pdf) - 64)))[1])
        table = _found(_TABLE.match(pdf, self._table_at))
        self._size = int(table[1])
        entries_end = table.end() + _ENTRY * self._size
        trailer = _found(_TRAILER.match(pdf, entries_end))
        if int(trailer["size"]) != self._size:
            raise _UnknownLayout
        self._entries = pdf[table.end() : entries_end]
        self._offsets = self._parse_offsets()
        self._root, self._info = int(trailer["root"]), int(trailer["info"])

    def finished(self, about: Mapping[str, str], created_at: datetime | None) -> bytes:
        """The file with new metadata, tab order and language, and no second revision."""
        catalog, info = self._object(self._root), self._object(self._info)
        metadata = int(_found(_METADATA.search(catalog))[1])
        producer = bytes.fromhex(_found(_PRODUCER.search(info))[1].decode()).decode("utf-16-be")
        created = created_at or _created(info.decode("latin-1"))
        lang = b"/Lang(" + about["language"].encode() + b")"
        if not _LANGUAGE.search(catalog) or b"/DisplayDocTitle true" not in catalog:
            raise _UnknownLayout
        packet = _packet(about, producer, created)
        replaced = {
            self._root: _LANGUAGE.sub(lang, catalog, count=1),
            self._info: _info(self._info, about, producer, created),
            metadata: b"%d 0 obj\n<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\n"
            b"endstream\nendobj\n\n" % (metadata, len(packet), packet),
        }
        return self._written(replaced | self._pages_in_order(catalog))

    def _pages_in_order(self, catalog: bytes) -> dict[int, bytes]:
        """Each page, told that its tab order is that of the structure."""
        pages = {
            number: slice_.replace(b"<</Type/Page/", b"<</Type/Page/Tabs/S/", 1)
            for number in self._offsets
            if _PAGE.match(slice_ := self._object(number)) and b"/Tabs" not in slice_
        }
        tree = self._object(int(_found(_PAGES.search(catalog))[1]))
        if int(_found(_COUNT.search(tree))[1]) != len(pages):
            raise _UnknownLayout
        return pages

    def _parse_offsets(self) -> dict[int, int]:
        entries = self._entries
        offsets = {
            number: int(entries[start : start + 10])
            for number, start in enumerate(range(0, len(entries), _ENTRY))
            if entries[start + 17 : start + 18] == b"n"
        }
        order = sorted(offsets, key=offsets.__getitem__)
        self._order = order
        self._ends = dict(
            zip(order, [*(offsets[number] for number in order[1:]), self._table_at], strict=True)
        )
        return offsets

    def _object(self, number: int) -> bytes:
        slice_ = self._pdf[self._offsets[number] : self._ends[number]]
        if not slice_.startswith(b"%d 0 obj\n" % number):
            raise _UnknownLayout
        return slice_

    def _written(self, replaced: Mapping[int, bytes]) -> bytes:
        pieces = [self._pdf[: self._offsets[self._order[0]]]]
        place = len(pieces[0])
        lines = [b"0000000000 65535 f \n"] * self._size
        for number in self._order:
            piece = replaced.get(number) or self._pdf[self._offsets[number] : self._ends[number]]
            lines[number] = b"%010d 00000 n \n" % place
            pieces.append(piece)
            place += len(piece)
        body = b"".join(pieces)
        identifier = hashlib.sha256(body).hexdigest()[:32].upper().encode()
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\n" % (
            *(self._size, self._root, self._info),
            *(identifier, identifier),
        )
        table = b"xref\n0 %d\n%s" % (self._size, b"".join(lines))
        return b"%s%s%sstartxref\n%d\n%%%%EOF\n" % (body, table, trailer, place)


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        raise _UnknownLayout
    return match


def _finish_any(pdf: bytes, about: Mapping[str, str], created_at: datetime | None) -> bytes:
    """The same for a file laid out in any way that PDF allows."""
    made = io.BytesIO()
    with _opened(pdf) as document:
        info = document.docinfo
        created = created_at or _created(str(info.get("/CreationDate", "")))
        producer = str(info.get("/Producer", "LibreOffice"))
        for page in document.pages:
            page.obj["/Tabs"] = pikepdf.Name.S
        document.Root["/Lang"] = pikepdf.String(about["language"])
        document.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
        packet = document.make_stream(_packet(about, producer, created))
        packet["/Type"], packet["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
        document.Root["/Metadata"] = packet
        for name in list(info.keys()):
            del info[name]
        for name, value in _information(about, producer).items():
            info[f"/{name}"] = pikepdf.String(value)
        info["/CreationDate"] = pikepdf.String(_pdf_date(created))
        document.save(
            made,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return made.getvalue()


def _opened(pdf: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise PdfUnreadable("it is encrypted") from error
    except pikepdf.PdfError as error:
        raise PdfUnreadable("it is damaged, or not a PDF") from error


def _check(about: Mapping[str, str]) -> None:
    if not about["title"].strip():
        raise ValueError("a PDF/UA has a title")
    if not _TAG.fullmatch(about["language"]):
        raise ValueError(f"not a language tag: {about['language']!r}")
    for name, value in about.items():
        if _NOT_XML.search(value):
            raise ValueError(f"the {name} has a character that XML does not allow")


def _information(about: Mapping[str, str], producer: str) -> dict[str, str]:
    return {
        "Title": about["title"],
        "Author": about["author"],
        "Subject": about["subject"],
        "Creator": CREATOR,
        "Producer": producer,
    }


def _info(number: int, about: Mapping[str, str], producer: str, created: datetime) -> bytes:
    entries = b"".join(
        b"/%s<%s>\n" % (name.encode(), b"FEFF" + value.encode("utf-16-be").hex().upper().encode())
        for name, value in _information(about, producer).items()
    )
    date = _pdf_date(created).encode()
    return b"%d 0 obj\n<<%s/CreationDate(%s)>>\nendobj\n\n" % (number, entries, date)


def _packet(about: Mapping[str, str], producer: str, created: datetime) -> bytes:
    values = {**about, "producer": producer, "creator": CREATOR}
    escaped = {name: escape(value) for name, value in values.items()}
    return _XMP.format(**escaped, created=created.isoformat(timespec="seconds")).encode()


def _created(text: str) -> datetime:
    """The date of creation that the export wrote, in UTC."""
    match = _CREATED.search(text)
    if match is None:
        raise PdfUnreadable("it does not say when it was made")
    digits, sign, hours, minutes = match.groups()
    offset = f"{sign}{hours}{minutes}" if sign else "+0000"
    return datetime.strptime(digits + offset, "%Y%m%d%H%M%S%z").astimezone(UTC)


def _pdf_date(moment: datetime) -> str:
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"


__all__ = [
    "PageMissing",
    "PdfUnreadable",
    "PreviewUnavailable",
    "finish",
    "page_count",
    "page_png",
]
