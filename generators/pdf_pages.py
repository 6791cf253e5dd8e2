"""Pages of a PDF: how many, and what they look like."""

from __future__ import annotations

import io
import resource
import struct
import subprocess
import zlib
from contextlib import suppress
from typing import Final

import pikepdf

from core.errors import InvalidFacts, NotFound, Unavailable

PREVIEW_SECONDS: Final = 30
PREVIEW_MEMORY: Final = 1024**3
MAX_PIXELS: Final = 40_000_000
_ZLIB_LEVEL: Final = 3
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


def opened(pdf: bytes) -> pikepdf.Pdf:
    """A PDF, to be used in a ``with``.

    Raises:
        PdfUnreadable: damaged or encrypted.
    """
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError as error:
        raise PdfUnreadable("it is encrypted") from error
    except pikepdf.PdfError as error:
        raise PdfUnreadable("it is damaged, or not a PDF") from error


def page_count(pdf: bytes) -> int:
    """The number of pages.

    Raises:
        PdfUnreadable: damaged or encrypted.
    """
    with opened(pdf) as document:
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
    with opened(pdf) as document:
        if not 1 <= page <= len(document.pages):
            raise PageMissing(f"page {page} of {len(document.pages)}")
        left, bottom, right, top = (float(side) for side in document.pages[page - 1].mediabox)
    if abs(right - left) * abs(top - bottom) * (dpi / 72) ** 2 > MAX_PIXELS:
        raise PdfUnreadable(f"page {page} is too large to be drawn at {dpi} dpi")
    return _png(_draw(pdf, ["-r", str(dpi), "-f", str(page), "-l", str(page), "-"]))


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
    if drawer.returncode != 0 or not picture.startswith(b"P6\n"):
        raise PdfUnreadable(complaint.decode("utf-8", "replace").strip()[:300] or "not drawn")
    return picture


def _png(pixels: bytes) -> bytes:
    """A picture in pdftoppm's raw format (PPM) as PNG, grey if it has no colour.

    pdftoppm's own PNG takes 240 ms more, most of a page's time, and is larger.
    """
    _, size, _, pixels = pixels.split(b"\n", 3)
    width, height = (int(side) for side in size.split())
    colour, row = 2, 3 * width
    if (grey := pixels[0::3]) == pixels[1::3] == pixels[2::3]:
        pixels, colour, row = grey, 0, width
    lines = b"".join(b"\0" + pixels[at : at + row] for at in range(0, row * height, row))
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, _ZLIB_LEVEL)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
