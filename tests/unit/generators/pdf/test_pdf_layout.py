"""Files that are not as LibreOffice writes them: mended by the general way, or refused."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from generators.pdf import PageMissing, PdfUnreadable, finish, page_count, page_png
from generators.pdf_layout import ExportedPdf, UnknownLayout

ABOUT = {"title": "Titre", "author": "Auteur", "subject": "Sujet", "language": "fr-FR"}


def _pdf(*, pages: int = 1, size: float = 100, **options: Any) -> bytes:
    """A file as no LibreOffice writes it."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(size, size))
        document.docinfo["/CreationDate"] = pikepdf.String("D:20260101000000Z")
        document.docinfo["/Producer"] = pikepdf.String("Other")
        document.save(made, **options)
    return made.getvalue()


def test_other_layout_is_not_taken_for_libreoffices() -> None:
    with pytest.raises(UnknownLayout):
        ExportedPdf(_pdf())


def test_other_layout_is_finished_all_the_same() -> None:
    with pikepdf.open(io.BytesIO(finish(_pdf(pages=3), **ABOUT))) as document:
        assert len(document.pages) == 3
        assert all(page.obj.Tabs == "/S" for page in document.pages)
        assert str(document.docinfo["/Title"]) == "Titre"
        assert str(document.docinfo["/Producer"]) == "Other"
        assert str(document.Root.Lang) == "fr-FR"


def test_file_that_does_not_say_when_it_was_made_is_refused() -> None:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made)
    with pytest.raises(PdfUnreadable, match="when"):
        finish(made.getvalue(), **ABOUT)


@pytest.mark.parametrize("use", [page_count, lambda pdf: finish(pdf, **ABOUT)])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.6\n", b"startxref\n99999\n%%EOF\n"])
def test_what_is_not_a_pdf_is_unreadable(use: Any, data: bytes) -> None:
    with pytest.raises(PdfUnreadable):
        use(data)


def test_encrypted_file_is_unreadable() -> None:
    encrypted = _pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(PdfUnreadable, match="encrypted"):
        page_count(encrypted)


def test_pages_are_counted() -> None:
    assert page_count(_pdf(pages=7)) == 7


@pytest.mark.parametrize("page", [0, -1, 3])
def test_page_that_is_not_there_is_missing(page: int) -> None:
    with pytest.raises(PageMissing, match="of 2"):
        page_png(_pdf(pages=2), page)


def test_huge_page_is_not_drawn() -> None:
    with pytest.raises(PdfUnreadable, match="too large"):
        page_png(_pdf(size=14_400), 1)


@pytest.mark.parametrize("dpi", [0, 35, 301])
def test_resolution_out_of_range_is_our_mistake(dpi: int) -> None:
    with pytest.raises(ValueError, match="dpi"):
        page_png(_pdf(), 1, dpi=dpi)
