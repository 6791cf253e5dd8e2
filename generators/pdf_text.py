"""The words of a client's PDF."""

from __future__ import annotations

import resource
import subprocess
import unicodedata
from contextlib import suppress
from typing import Final

from core.errors import InvalidFacts
from generators.pdf_pages import (
    PREVIEW_MEMORY,
    PREVIEW_SECONDS,
    PdfUnreadable,
    PreviewUnavailable,
    opened,
)
from generators.texts import without_controls

_FEWEST_WORDS: Final = 20
_NAMED: Final = 10


class NoText(InvalidFacts):
    """A PDF, or a page of it, is a picture: nothing can be read in it."""

    slug = "pdf-without-text"
    title = "The PDF has no text"


def terms_of_pdf(pdf: bytes) -> str:
    """The words of a PDF in the order in which they are read, a page after the other.

    Args:
        pdf: One that `generators.stranger_files.pdf_told` found safe.

    Raises:
        NoText: a page is a picture, or there are hardly any words; what cannot be read cannot be
            audited.
        PdfUnreadable: it is damaged, or reading it takes too long.
        PreviewUnavailable: pdftotext is missing.
    """
    pages = _page_texts(pdf)
    scanned = _scanned(pdf, pages)
    if scanned:
        named = ", ".join(map(str, scanned[:_NAMED])) + (" …" if len(scanned) > _NAMED else "")
        raise NoText(
            f"Pages that are pictures, with no text to read: {named}. Send the Word file, a PDF "
            "with text, or the text itself."
        )
    text = "\n\n".join(page.strip("\n") for page in pages).strip()
    if len(text.split()) < _FEWEST_WORDS:
        raise NoText("The PDF has hardly a word.")
    return text


def _scanned(pdf: bytes, pages: list[str]) -> list[int]:
    """Numbers of the pages that have a picture and no word."""
    with opened(pdf) as document:
        return [
            number
            for number, (page, text) in enumerate(zip(document.pages, pages, strict=False), start=1)
            if not text.split() and page.get_images()
        ]


def _page_texts(pdf: bytes) -> list[str]:
    try:
        reader = subprocess.Popen(
            ["pdftotext", "-enc", "UTF-8", "-", "-"],  # noqa: S607 - where the system has it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise PreviewUnavailable("pdftotext is not there: install poppler-utils") from error
    with reader:
        with suppress(ProcessLookupError):  # it reads its input first: the limit comes in time
            resource.prlimit(reader.pid, resource.RLIMIT_AS, (PREVIEW_MEMORY, PREVIEW_MEMORY))
        try:
            read, complaint = reader.communicate(pdf, PREVIEW_SECONDS)
        except subprocess.TimeoutExpired as error:
            reader.kill()
            raise PdfUnreadable(f"reading its text takes more than {PREVIEW_SECONDS} s") from error
    if reader.returncode != 0:
        raise PdfUnreadable(complaint.decode("utf-8", "replace").strip()[:300] or "not read")
    text = unicodedata.normalize("NFC", read.decode("utf-8", "replace"))
    return [without_controls(page) for page in text.removesuffix("\f").split("\f")]
