"""An act and its exhibits bound in one PDF: stamped, listed, with a bookmark for each.

The act itself stays as it was made; the dossier is another file, for the court, the other side and
the printer. It keeps PDF/A-3b where every exhibit allows, and says where not (ADR 0134).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pikepdf

from generators.kind import Context
from generators.pdf_pages import PdfUnreadable, opened
from generators.render import Template, compiled
from law.french import date_courte

_TEMPLATE: Final = Path(__file__).resolve().parent.parent / "templates" / "documents"
_MM: Final = 72 / 25.4
_STAMP_SIZE: Final = (34 * _MM, 12 * _MM)
_STAMP_PLACE: Final = (58 * _MM, 99 * _MM)
"""From the left and the upper edge of its sheet (`templates.builder.documents.dossier`)."""
_EDGE: Final = 2 * _MM
_FOOT: Final = 16 * _MM
_SHEET: Final = 297 * _MM
_MOST_PASSES: Final = 3
_CMYK: Final = 4
_FORBIDDEN: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitFile:
    """An exhibit to bind: its number in the act's list, what it is called, its PDF."""

    number: int
    label: str
    on: date | None
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOf:
    """The act that a dossier is of: its title, the file's reference, the day of the act."""

    title: str
    reference: str
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A bound file.

    Attributes:
        pdf: The act, the list of exhibits, the exhibits.
        is_archival: Whether it keeps PDF/A-3b.
        reasons: Numbers of the exhibits that do not allow it, each with why, in English.
        first_pages: Page on which each exhibit begins, from one.
    """

    pdf: bytes
    is_archival: bool
    reasons: Sequence[tuple[int, str]]
    first_pages: Sequence[int]


def bind(
    act: bytes,
    exhibits: Sequence[ExhibitFile],
    about: DossierOf,
    *,
    convert: Callable[[bytes], bytes],
) -> Dossier:
    """Bind an act and its exhibits, in the order given.

    Args:
        act: The PDF of the act, as `generators.pdf.finish` makes it; unsigned, for a signature
            covers no pages but its own.
        exhibits: One at least; PDF each.
        about: What the list says of the act.
        convert: From Word to PDF (`generators.office.OfficePool.convert`).

    Raises:
        PdfUnreadable: an exhibit is damaged, encrypted or has no page; its number is in the detail.
        ValueError: there is no exhibit.
    """
    if not exhibits:
        raise ValueError("a dossier has an exhibit")
    counts = [_page_count(number, exhibit) for number, exhibit in _numbered(exhibits)]
    with opened(act) as bound:
        of_act = len(bound.pages)
        cover, of_list = _cover(exhibits, counts, of_act, about, convert)
        first_pages = _first_pages(counts, of_act + of_list)
        with opened(cover) as sheets:
            for page in list(sheets.pages)[:of_list]:  # whose foot counts the stamps as well
                _strip(sheets, page, _FOOT, _SHEET)
            bound.pages.extend(list(sheets.pages)[:of_list])
            stamps = list(sheets.pages)[of_list:]
            for (_, exhibit), stamp in zip(_numbered(exhibits), stamps, strict=True):
                _add(bound, exhibit, sheets, stamp)
            reasons = [
                (number, why) for number, exhibit in _numbered(exhibits) for why in _why(exhibit)
            ]
            _bookmarks(bound, exhibits, [of_act + 1, *first_pages])
            _declare(bound, is_archival=not reasons)
            made = io.BytesIO()
            bound.save(made, deterministic_id=True, fix_metadata_version=False)
    return Dossier(
        pdf=made.getvalue(),
        is_archival=not reasons,
        reasons=reasons,
        first_pages=first_pages,
    )


def _numbered(exhibits: Sequence[ExhibitFile]) -> Iterable[tuple[int, ExhibitFile]]:
    return ((exhibit.number, exhibit) for exhibit in exhibits)


def _page_count(number: int, exhibit: ExhibitFile) -> int:
    try:
        with opened(exhibit.pdf) as document:
            count = len(document.pages)
    except PdfUnreadable as error:
        raise PdfUnreadable(f"exhibit {number}: {error.detail}") from error
    if not count:
        raise PdfUnreadable(f"exhibit {number}: it has no page")
    return count


# -- the list and the stamps -------------------------------------------------------------------


def _cover(
    exhibits: Sequence[ExhibitFile],
    counts: Sequence[int],
    of_act: int,
    about: DossierOf,
    convert: Callable[[bytes], bytes],
) -> tuple[bytes, int]:
    """The list and the stamps as PDF, and how many pages the list has.

    The list says on which page each exhibit begins, which hangs on its own length: it is made
    again when it turns out longer than supposed.
    """
    supposed = 1
    for _ in range(_MOST_PASSES):
        firsts = _first_pages(counts, of_act + supposed)
        context = _context(exhibits, counts, firsts, about)
        made = convert(_template().fill(context).docx)
        with opened(made) as sheets:
            found = len(sheets.pages) - len(exhibits)
        if found == supposed:
            return made, found
        supposed = found
    raise PdfUnreadable("the list of exhibits changes its length each time it is made")


def _first_pages(counts: Sequence[int], before: int) -> list[int]:
    firsts = []
    for count in counts:
        firsts.append(before + 1)
        before += count
    return firsts


def _context(
    exhibits: Sequence[ExhibitFile],
    counts: Sequence[int],
    firsts: Sequence[int],
    about: DossierOf,
) -> Context:
    return {
        "document": {
            "title": f"Bordereau des pièces \u2013 {about.reference}",
            "subject": about.title,
            "author": "",
            "language": "fr-FR",
            "date": about.made_on.isoformat(),
        },
        "dossier": {
            "of": about.title,
            "reference": about.reference,
            "exhibits": [
                {
                    "number": str(number),
                    "label": exhibit.label,
                    "date": date_courte(exhibit.on) if exhibit.on else "\u2013",
                    "pages": str(count),
                    "first": str(first),
                }
                for (number, exhibit), count, first in zip(
                    _numbered(exhibits), counts, firsts, strict=True
                )
            ],
        },
    }


def _template() -> Template:
    return compiled((_TEMPLATE / "dossier.docx").read_bytes())


# -- the exhibits ------------------------------------------------------------------------------


def _add(
    bound: pikepdf.Pdf, exhibit: ExhibitFile, sheets: pikepdf.Pdf, stamp: pikepdf.Page
) -> None:
    """Put the pages of an exhibit at the end, each with its stamp, none with a program."""
    width, height = _STAMP_SIZE
    left, top = _STAMP_PLACE
    upper = float(stamp.mediabox[3]) - top
    _strip(sheets, stamp, upper - height, upper)
    box = pikepdf.Array([left, upper - height, left + width, upper])
    stamp.mediabox = stamp.cropbox = stamp.trimbox = box
    with opened(exhibit.pdf) as document:
        first = len(bound.pages)
        bound.pages.extend(document.pages)
    for page in list(bound.pages)[first:]:
        _disarm(page)
        page.add_overlay(stamp, _corner(page))


def _strip(sheets: pikepdf.Pdf, sheet: pikepdf.Page, lower: float, upper: float) -> None:
    """Leave of a sheet the text between two heights: no header or footer unseen behind a stamp.

    Marks go as well: they are of the structure of another file. LibreOffice sets each piece of
    text with one ``Td`` from the origin of the page; what it draws is cut off by the box.
    """
    kept: list[Any] = []
    piece: list[Any] | None = None
    is_wanted = False
    for instruction in pikepdf.parse_content_stream(sheet):
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC", "EMC"}:
            continue
        if operator == "BT":
            piece, is_wanted = [], False
        if operator == "Td":
            is_wanted = lower <= float(instruction.operands[1]) <= upper
        (kept if piece is None else piece).append(instruction)
        if operator == "ET" and piece is not None:
            kept += piece if is_wanted else []
            piece = None
    sheet.obj["/Contents"] = sheets.make_stream(pikepdf.unparse_content_stream(kept))


def _corner(page: pikepdf.Page) -> pikepdf.Rectangle:
    """Where the stamp goes: the corner that a reader sees above on the right."""
    left, lower, right, upper = (float(value) for value in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    width, height = _STAMP_SIZE
    room = right - left if turned in {0, 180} else upper - lower
    scale = min(1.0, room / 3 / width)
    across, along = width * scale, height * scale
    if turned in {90, 270}:
        across, along = along, across
    x = right - _EDGE - across if turned in {0, 270} else left + _EDGE
    y = upper - _EDGE - along if turned in {0, 90} else lower + _EDGE
    return pikepdf.Rectangle(x, y, x + across, y + along)


def _disarm(page: pikepdf.Page) -> None:
    """Take away what runs when a page is opened or clicked on."""
    if "/AA" in page.obj:
        del page.obj["/AA"]
    kept = [note for note in page.obj.get("/Annots", []) if not _acts(note)]
    if "/Annots" in page.obj:
        page.obj["/Annots"] = pikepdf.Array(kept)


def _acts(note: Any) -> bool:
    action = note.get("/A", None)
    return "/AA" in note or (action is not None and str(action.get("/S", "")) in _FORBIDDEN)


# -- what the file says of itself ----------------------------------------------------------------


def _why(exhibit: ExhibitFile) -> Iterable[str]:
    """Why an exhibit does not let the dossier be PDF/A-3b, as far as it tells itself."""
    with opened(exhibit.pdf) as document:
        if not document.open_metadata().pdfa_status:
            yield "it does not declare PDF/A"
            return
        intents: Iterable[Any] = document.Root.get("/OutputIntents", pikepdf.Array())
        profiles = [intent.get("/DestOutputProfile") for intent in intents]
        if any(profile is not None and int(profile.get("/N", 3)) == _CMYK for profile in profiles):
            yield "its colours are meant for another output"


def _bookmarks(bound: pikepdf.Pdf, exhibits: Sequence[ExhibitFile], pages: Sequence[int]) -> None:
    with bound.open_outline() as outline:
        names = [f"Pièce n°\u00a0{number} \u2013 {e.label}" for number, e in _numbered(exhibits)]
        outline.root.extend(
            pikepdf.OutlineItem(name, page - 1)
            for name, page in zip(["Bordereau des pièces", *names], pages, strict=True)
        )


def _declare(bound: pikepdf.Pdf, *, is_archival: bool) -> None:
    """Claim no more than holds: never PDF/UA, whose tags end with the act."""
    with bound.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        names = ["pdfuaid:part"]
        if not is_archival:
            names += ["pdfaid:part", "pdfaid:conformance"]
        for name in names:
            if name in metadata:
                del metadata[name]
