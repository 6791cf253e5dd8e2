"""The PDF as it is kept: PDF/A-3b and PDF/UA-1 at once, with metadata that say one thing.

LibreOffice exports a file that is either: asked for both, it declares PDF/UA in its metadata
without the schema that PDF/A wants for it, leaves out the tab order that annotations, such as a
signature's, will need, and draws paragraph borders unmarked. `finish` mends these, once, before any
signature. It also writes the metadata itself, so that the document information and the XMP packet
cannot differ.
"""

from __future__ import annotations

import io
import resource
import subprocess
from contextlib import suppress
from datetime import datetime
from typing import Final

import pikepdf

from core.errors import InvalidFacts, NotFound, Unavailable
from generators.pdf_content import lines_marked
from generators.pdf_layout import ExportedPdf, UnknownLayout
from generators.pdf_metadata import Description, parse_pdf_date

PREVIEW_SECONDS: Final = 30
PREVIEW_MEMORY: Final = 1024**3
MAX_PIXELS: Final = 40_000_000
DPI_RANGE: Final = range(36, 301)


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
        created_at: Written as the date of creation instead of the moment of the export; equal
            exports then give equal bytes.

    Raises:
        PdfUnreadable: not a PDF, or one that does not say when it was made.
        ValueError: a blank title, an odd language or a character that XML does not allow.
    """

    def description(producer: str, created: str) -> Description:
        made_at = created_at or parse_pdf_date(created)
        if made_at is None:
            raise PdfUnreadable("it does not say when it was made")
        return Description(
            title=title,
            author=author,
            subject=subject,
            language=language,
            producer=producer,
            created_at=made_at,
        )

    try:
        exported = ExportedPdf(pdf)
        return exported.described(description(exported.producer, exported.created))
    except UnknownLayout:
        pass
    with _opened(pdf) as document:
        known = document.docinfo
        producer, created = str(known.get("/Producer", "")), str(known.get("/CreationDate", ""))
        return _described(document, description(producer, created))


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
    return _draw(pdf, ["-r", str(dpi), "-png", "-f", str(page), "-l", str(page), "-"])


def _described(document: pikepdf.Pdf, description: Description) -> bytes:
    """The same as `ExportedPdf.described` for a file laid out in any way that PDF allows."""
    for page in document.pages:
        page.obj["/Tabs"] = pikepdf.Name.S
        page.contents_coalesce()
        content = page.obj["/Contents"].read_bytes()
        if (marked := lines_marked(content)) is not content:
            page.obj["/Contents"] = document.make_stream(marked)
    packet = document.make_stream(description.packet())
    packet["/Type"], packet["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
    document.Root["/Metadata"] = packet
    document.Root["/Lang"] = pikepdf.String(description.language)
    document.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    for name in list(document.docinfo.keys()):
        del document.docinfo[name]
    for name, value in description.information().items():
        document.docinfo[f"/{name}"] = pikepdf.String(value)
    made = io.BytesIO()
    document.save(made, deterministic_id=True, fix_metadata_version=False)
    return made.getvalue()


def _opened(pdf: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise PdfUnreadable("it is encrypted") from error
    except pikepdf.PdfError as error:
        raise PdfUnreadable("it is damaged, or not a PDF") from error


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


__all__ = [
    "PageMissing",
    "PdfUnreadable",
    "PreviewUnavailable",
    "finish",
    "page_count",
    "page_png",
]
