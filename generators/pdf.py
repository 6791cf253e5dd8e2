"""The PDF as it is kept: PDF/A-3b and PDF/UA-1 at once, with metadata that say one thing.

LibreOffice exports a file that is either: asked for both, it declares PDF/UA in its metadata
without the schema that PDF/A wants for it, leaves out the tab order that annotations, such as a
signature's, will need, and draws paragraph borders unmarked. `finish` mends these, once, before any
signature. It also writes the metadata itself, so that the document information and the XMP packet
cannot differ.
"""

from __future__ import annotations

import io
from datetime import datetime

import pikepdf

from generators.pdf_content import lines_marked
from generators.pdf_layout import ExportedPdf, UnknownLayout
from generators.pdf_metadata import Description, parse_pdf_date
from generators.pdf_pages import (
    PageMissing,
    PdfUnreadable,
    PreviewUnavailable,
    opened,
    page_count,
    page_png,
)


def finish(
    pdf: bytes,
    *,
    title: str,
    author: str,
    subject: str,
    language: str,
    created_at: datetime | None = None,
    is_accessible: bool = True,
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
        is_accessible: False for a document known to lack what PDF/UA wants: it then declares
            PDF/A alone.

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
            is_accessible=is_accessible,
        )

    try:
        exported = ExportedPdf(pdf)
        return exported.described(description(exported.producer, exported.created))
    except UnknownLayout:
        pass
    with opened(pdf) as document:
        known = document.docinfo
        producer, created = str(known.get("/Producer", "")), str(known.get("/CreationDate", ""))
        return _described(document, description(producer, created))


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


__all__ = [
    "PageMissing",
    "PdfUnreadable",
    "PreviewUnavailable",
    "finish",
    "page_count",
    "page_png",
]
