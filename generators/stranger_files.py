"""Supporting files as they came: what a PDF holds, a picture drawn again as a page.

Carried out by the process that can reach nothing (`generators.confinement_child`): it is given
bytes and gives back plain values and bytes.
"""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import pikepdf
from PIL import Image, ImageCms, ImageOps

from generators.pdf_metadata import Description

MOST_PAGES: Final = 500
MOST_PIXELS: Final = 60_000_000
MOST_EXPANDED: Final = 256 * 1024**2
"""Bytes of drawings, fonts and the like, once they are no longer compressed."""
MOST_PIXELS_IN_PDF: Final = 150_000_000
"""Points of one picture in a PDF: A3 at 600 dots an inch, and some more."""
_MOST_OBJECTS: Final = 200_000
_PIECE: Final = 1024**2
_MOST_TREE_DEPTH: Final = 60
_A4: Final = (595.28, 841.89)
_MARGIN: Final = 28.35
_LONGEST_SIDE: Final = 3508
"""Pixels: A4 at 300 dots an inch, what a scanner makes."""
_QUALITY: Final = 88
_DESCRIPTION: Final = Description(
    title="Pièce",
    author="",
    subject="",
    language="fr-FR",
    producer="Minutier",
    created_at=datetime(2000, 1, 1, tzinfo=UTC),  # the picture's own time is not known
    is_accessible=False,
)
_RUNS: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE"})


def pdf_told(data: bytes) -> dict[str, Any]:
    """What a PDF holds: ``pages``, or why it is ``refused``.

    Codes: ``encrypted``, ``damaged``, ``no-page``, ``too-many-pages``, ``too-many-objects``,
    ``javascript``, ``launch-action``, ``form-xfa``, ``embedded-file``, ``too-many-pixels``,
    ``decompression-bomb``.
    """
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return {"refused": "encrypted"}
    except pikepdf.PdfError:
        return {"refused": "damaged"}
    with document:
        if document.is_encrypted:
            return {"refused": "encrypted"}
        try:
            pages = len(document.pages)
            found = next(_faults(document, pages), None)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, zlib.error):
            return {"refused": "damaged"}
    return {"refused": found} if found else {"pages": pages}


def _faults(document: pikepdf.Pdf, pages: int) -> Iterator[str]:
    if not pages:
        yield "no-page"
    if pages > MOST_PAGES:
        yield "too-many-pages"
    if len(document.objects) > _MOST_OBJECTS:
        yield "too-many-objects"
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield "form-xfa"
    expanded = 0
    for one in document.objects:
        # An action or a file specification stands alone or inside of what has it: a note, a page.
        yield from _of_object(one, _MOST_TREE_DEPTH)
        if not isinstance(one, pikepdf.Stream):
            continue
        if str(one.get("/Subtype", "")) == "/Image":
            if int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > MOST_PIXELS_IN_PDF:
                yield "too-many-pixels"
            continue
        expanded += _expanded(one, MOST_EXPANDED - expanded)
        if expanded > MOST_EXPANDED:
            yield "decompression-bomb"


def _expanded(stream: pikepdf.Stream, most: int) -> int:
    """Bytes of a stream once it is expanded; counted no further than one piece above the most."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    if set(names) - {"/FlateDecode"}:  # a rare one: within the memory that this process has
        return len(stream.read_bytes())
    pieces: Iterator[bytes] = iter([bytes(stream.read_raw_bytes())])
    for _ in names:
        pieces = _inflated(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            break
    return size


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    for piece in pieces:
        left = piece
        while left and not inflate.eof:
            yield inflate.decompress(left, _PIECE)
            left = inflate.unconsumed_tail


def _of_object(one: Any, depth: int) -> Iterator[str]:
    if depth == 0 or not isinstance(one, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        return
    if isinstance(one, pikepdf.Array):
        for item in one:
            if not getattr(item, "is_indirect", False):
                yield from _of_object(item, depth - 1)
        return
    kind = str(one.get("/S", ""))
    if "/JS" in one or kind == "/JavaScript":
        yield "javascript"
    elif kind in _RUNS:
        yield "launch-action"
    if "/EF" in one or str(one.get("/Type", "")) == "/EmbeddedFile":
        yield "embedded-file"
    for name in one.keys():  # noqa: SIM118 - a stream is no iterable of its keys
        item = one[str(name)]
        if not getattr(item, "is_indirect", False):
            yield from _of_object(item, depth - 1)


def picture_told(data: bytes, kind: str) -> tuple[dict[str, Any], bytes]:
    """A picture (PNG or JPEG) as a PDF/A-3b of one page, with nothing else of its file.

    Codes of refusal: ``too-many-pixels``, ``damaged``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            opened = Image.open(io.BytesIO(data), formats=[kind])
            if opened.width * opened.height > MOST_PIXELS:
                return {"refused": "too-many-pixels"}, b""
            opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            drawn = _on_white(ImageOps.exif_transpose(opened))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - decoders raise whatever they like
            return {"refused": "damaged"}, b""
    drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    return {"pages": 1}, _page(drawn)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    if picture.mode in {"RGB", "CMYK", "YCbCr"}:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")


def _page(picture: Image.Image) -> bytes:
    """The picture within the margins of an A4 page that lies as the picture does."""
    width, height = _A4 if picture.height >= picture.width else _A4[::-1]
    scale = min((width - 2 * _MARGIN) / picture.width, (height - 2 * _MARGIN) / picture.height)
    across, along = picture.width * scale, picture.height * scale
    left, lower = (width - across) / 2, height - _MARGIN - along
    document = pikepdf.new()
    pixels = io.BytesIO()
    picture.save(pixels, "JPEG", quality=_QUALITY)
    image = document.make_stream(
        pixels.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    drawing = f"q {across:.2f} 0 0 {along:.2f} {left:.2f} {lower:.2f} cm /Picture Do Q".encode()
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=image)),
        Contents=document.make_stream(drawing),
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))
    _declare_archival(document)
    made = io.BytesIO()
    document.save(made, deterministic_id=True, min_version="1.7")
    return made.getvalue()


def _declare_archival(document: pikepdf.Pdf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    document.Root.OutputIntents = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                DestOutputProfile=document.make_stream(profile, N=3),
            )
        ]
    )
    metadata = document.make_stream(
        _DESCRIPTION.packet(),
        Type=pikepdf.Name.Metadata,
        Subtype=pikepdf.Name.XML,
    )
    document.Root.Metadata = metadata
