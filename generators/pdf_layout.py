"""A PDF in LibreOffice's own layout, changed as text.

LibreOffice writes one table of objects and each object in plain sight. Replacing a few of them and
writing the table anew takes a tenth of what a general library needs to parse and write the file.
Whatever is laid out otherwise is refused with `UnknownLayout`, and left to that library.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from generators.pdf_content import lines_marked
from generators.pdf_metadata import Description

_STARTXREF: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\n")
_TRAILER: Final = re.compile(
    rb"trailer\s*<<\s*/Size (?P<size>\d+)\s*/Root (?P<root>\d+) 0 R\s*/Info (?P<info>\d+) 0 R\s*"
    rb"/ID \[[^]]*\]\s*(?:/DocChecksum /\w+\s*)?>>\s*startxref"
)
_ENTRY: Final = 20
_PAGE: Final = b" 0 obj\n<</Type/Page/"
_CONTENTS: Final = re.compile(rb"/Contents (\d+) 0 R")
_STREAM: Final = re.compile(rb"\d+ 0 obj\n<</Length (\d+) 0 R/Filter/FlateDecode>>\nstream\n")
_INTEGER: Final = re.compile(rb"\d+ 0 obj\n(\d+)\nendobj")
_METADATA: Final = re.compile(rb"/Metadata (\d+) 0 R")
_PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
_COUNT: Final = re.compile(rb"/Count (\d+)>>")
_LANGUAGE: Final = re.compile(rb"/Lang\s*\([^)\\]*\)")
_PRODUCER: Final = re.compile(rb"/Producer<FEFF([0-9A-F]*)>")
_CREATED: Final = re.compile(rb"/CreationDate\(([^)]*)\)")


class UnknownLayout(Exception):
    """The file is not laid out as the LibreOffice that we know does it."""


class ExportedPdf:
    """A file as LibreOffice exported it.

    Attributes:
        producer: What it says made it.
        created: When, as PDF writes dates.
    """

    def __init__(self, pdf: bytes) -> None:
        """Read the table of objects.

        Raises:
            UnknownLayout: it is not where or what it was expected to be.
        """
        self._pdf = pdf
        self._table_at = int(_found(_STARTXREF.search(pdf, max(0, len(pdf) - 64)))[1])
        table = _found(_TABLE.match(pdf, self._table_at))
        self._size = int(table[1])
        entries_end = table.end() + _ENTRY * self._size
        trailer = _found(_TRAILER.match(pdf, entries_end))
        if int(trailer["size"]) != self._size:
            raise UnknownLayout
        self._root, self._info = int(trailer["root"]), int(trailer["info"])
        self._locate(pdf[table.end() : entries_end])
        info = self._object(self._info)
        try:
            producer = bytes.fromhex(_found(_PRODUCER.search(info))[1].decode())
            self.producer = producer.decode("utf-16-be")
        except ValueError as error:
            raise UnknownLayout from error
        self.created = _found(_CREATED.search(info))[1].decode("latin-1")

    def described(self, description: Description) -> bytes:
        """The file with these metadata, its pages in order, its stray lines marked.

        Raises:
            UnknownLayout: an object is not written as expected.
        """
        catalog = self._object(self._root)
        if not _LANGUAGE.search(catalog) or b"/DisplayDocTitle true" not in catalog:
            raise UnknownLayout
        metadata = int(_found(_METADATA.search(catalog))[1])
        language = b"/Lang(%s)" % description.language.encode()
        replaced = {
            self._root: _LANGUAGE.sub(language, catalog, count=1),
            self._info: _information(self._info, description),
            metadata: _stream(metadata, b"/Type/Metadata/Subtype/XML", description.packet()),
        }
        for number, page in self._pages(catalog).items():
            replaced[number] = page.replace(b"<</Type/Page/", b"<</Type/Page/Tabs/S/", 1)
            replaced.update(self._content_marked(page))
        return self._written(replaced)

    def _pages(self, catalog: bytes) -> dict[int, bytes]:
        pages = {number: self._object(number) for number in self._page_numbers()}
        tree = self._object(int(_found(_PAGES.search(catalog))[1]))
        if int(_found(_COUNT.search(tree))[1]) != len(pages):
            raise UnknownLayout
        if any(b"/Tabs" in page for page in pages.values()):
            raise UnknownLayout
        return pages

    def _page_numbers(self) -> Iterator[int]:
        at = self._pdf.find(_PAGE)
        while at >= 0:
            number = self._pdf[self._pdf.rfind(b"\n", 0, at) + 1 : at]
            if number.isdigit():
                yield int(number)
            at = self._pdf.find(_PAGE, at + 1)

    def _content_marked(self, page: bytes) -> dict[int, bytes]:
        number = int(_found(_CONTENTS.search(page))[1])
        slice_ = self._object(number)
        head = _found(_STREAM.match(slice_))
        length = int(_found(_INTEGER.match(self._object(int(head[1]))))[1])
        try:
            content = zlib.decompress(slice_[head.end() : head.end() + length])
        except zlib.error as error:
            raise UnknownLayout from error
        marked = lines_marked(content)
        if marked is content:
            return {}
        return {number: _stream(number, b"/Filter/FlateDecode", zlib.compress(marked))}

    def _locate(self, entries: bytes) -> None:
        self._offsets = {
            number: int(entries[start : start + 10])
            for number, start in enumerate(range(0, len(entries), _ENTRY))
            if entries[start + 17 : start + 18] == b"n"
        }
        self._order = sorted(self._offsets, key=self._offsets.__getitem__)
        ends = [*(self._offsets[number] for number in self._order[1:]), self._table_at]
        self._ends = dict(zip(self._order, ends, strict=True))

    def _object(self, number: int) -> bytes:
        if number not in self._offsets:
            raise UnknownLayout
        slice_ = self._pdf[self._offsets[number] : self._ends[number]]
        if not slice_.startswith(b"%d 0 obj\n" % number):
            raise UnknownLayout
        return slice_

    def _written(self, replaced: Mapping[int, bytes]) -> bytes:
        pdf, shift, copied = self._pdf, 0, 0
        lines = [b"0000000000 65535 f \n"] * self._size
        pieces: list[bytes] = []
        for number in self._order:
            start = self._offsets[number]
            lines[number] = b"%010d 00000 n \n" % (start + shift)
            if (piece := replaced.get(number)) is not None:
                pieces += (pdf[copied:start], piece)
                copied = self._ends[number]
                shift += len(piece) - (copied - start)
        pieces.append(pdf[copied : self._table_at])
        table_at = self._table_at + shift
        body = b"".join(pieces)
        identifier = hashlib.sha256(body).hexdigest()[:32].upper().encode()
        table = b"xref\n0 %d\n%s" % (self._size, b"".join(lines))
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\n" % (
            self._size,
            self._root,
            self._info,
            identifier,
            identifier,
        )
        return b"%s%s%sstartxref\n%d\n%%%%EOF\n" % (body, table, trailer, table_at)


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        raise UnknownLayout
    return match


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    head = b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(data))
    return head + data + b"\nendstream\nendobj\n\n"


def _information(number: int, description: Description) -> bytes:
    entries = b"\n".join(
        b"/%s%s" % (name.encode(), _text(value))
        for name, value in description.information().items()
    )
    return b"%d 0 obj\n<<%s>>\nendobj\n\n" % (number, entries)


def _text(value: str) -> bytes:
    """A string: dates and plain words as they are, anything else in UTF-16."""
    if re.fullmatch("[A-Za-z0-9:]+", value):
        return b"(%s)" % value.encode()
    return b"<FEFF%s>" % value.encode("utf-16-be").hex().upper().encode()
