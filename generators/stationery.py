"""The stationery of a cabinet put on a template of the house: logo, colour, lines of the foot.

What is put there is part of the template before any act is filled with it, in places where no tag
is read: nothing of a cabinet's stationery can become template code, and the template that an act
was made with, stationery included, is one file with one hash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final, Self
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from generators.package import Packed, W, open_package, write_package

ACCENT: Final = "1F2A44"
"""The colour of the house, which that of a cabinet replaces wherever a template has it."""
PAPERS: Final = ("FFFFFF", "EDF0F5")
"""What the colour is read on: the sheet, and the heads of tables."""
LEAST_CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3: text of common size."""
LOGO_BOX_MM: Final = (45, 18)
_LOGO_TOP_MM: Final = 12
_RIGHT_EDGE_MM: Final = 190
_EMU: Final = 36_000  # a millimetre, as DrawingML counts
_SENDER_FRAME: Final = re.compile(rb'<w:framePr w:w="9354"(?=[^>]* w:y="680"/>)')
_BESIDE_LOGO: Final = b'<w:framePr w:w="6633"'  # 117 mm, 3 mm from the widest logo
_FOOTER: Final = re.compile(r"word/footer\d*\.xml")
_DOCUMENT: Final = "word/document.xml"
_DOCUMENT_RELS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_HEADER: Final = "word/headerLogo.xml"
_HEADER_RELS: Final = "word/_rels/headerLogo.xml.rels"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo as it is kept: a PNG by its hash, what it shows, its size in points of the picture."""

    sha256: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What a cabinet puts on the templates of the house.

    Attributes:
        accent_color: Six hexadecimal digits, or None for the colour of the house.
        footer_lines: Printed at the foot of each page, above what the act says there.
    """

    accent_color: str | None = None
    footer_lines: tuple[str, ...] = ()
    logo: Logo | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing."""
        return self == Stationery()

    def content(self) -> dict[str, Any]:
        """As it is kept and hashed: plain JSON values."""
        return asdict(self) | {"footer_lines": list(self.footer_lines)}

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> Self:
        """From what was kept."""
        logo = content["logo"]
        return cls(
            accent_color=content["accent_color"],
            footer_lines=tuple(content["footer_lines"]),
            logo=Logo(**logo) if logo else None,
        )


def contrast(color: str, paper: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast("000000", "FFFFFF"), 1), round(contrast("1F2A44", "EDF0F5"), 1)
    (21.0, 12.5)
    """
    lighter, darker = sorted((_luminance(color), _luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=64)
def on_stationery(master: bytes, stationery: Stationery, logo: bytes | None) -> bytes:
    """A template of the house on the stationery of a cabinet: the same arguments, the same bytes.

    The logo stands in the upper right corner of the first page of documents that begin with the
    sender, who then has the room beside it.

    Args:
        master: The .docx of the house.
        stationery: What to put on it.
        logo: The content of its logo, if it has one.
    """
    package, faults = open_package(master)
    if package is None or faults:
        raise ValueError("a template of the house is not readable")
    parts = dict(package.parts)
    if stationery.accent_color:
        _recolour(parts, stationery.accent_color)
    for name in filter(_FOOTER.fullmatch, list(parts)):
        parts[name] = _with_lines(parts[name], stationery.footer_lines)
    if stationery.logo is not None and logo is not None and _begins_with_sender(parts):
        _put_logo(parts, stationery.logo, logo)
    return write_package(Packed.of(name, data) for name, data in parts.items())


def _recolour(parts: dict[str, bytes], color: str) -> None:
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            parts[name] = data.replace(f'"{ACCENT}"'.encode(), f'"{color}"'.encode())


def _with_lines(footer: bytes, lines: tuple[str, ...]) -> bytes:
    """A foot with lines above what it says."""
    paragraphs = "".join(
        '<w:p><w:pPr><w:pStyle w:val="PiedDePage"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in lines
    )
    return footer.replace(b"<w:p>", f"{paragraphs}<w:p>".encode(), 1) if lines else footer


def _begins_with_sender(parts: Mapping[str, bytes]) -> bool:
    return (
        _SENDER_FRAME.search(parts[_DOCUMENT]) is not None
        and b"<w:titlePg/>" in parts[_DOCUMENT]
        and b'<w:headerReference w:type="first"' not in parts[_DOCUMENT]
    )


def _put_logo(parts: dict[str, bytes], logo: Logo, data: bytes) -> None:
    document = _SENDER_FRAME.sub(_BESIDE_LOGO, parts[_DOCUMENT])
    parts[_DOCUMENT] = document.replace(
        b"<w:sectPr>", b'<w:sectPr><w:headerReference w:type="first" r:id="rIdLogo"/>'
    )
    parts[_DOCUMENT_RELS] = _with_child(
        parts[_DOCUMENT_RELS],
        f"{{{_PACKAGE}/relationships}}Relationship",
        {"Id": "rIdLogo", "Type": f"{_OFFICE}/header", "Target": "headerLogo.xml"},
    )
    types = _with_child(
        parts[_TYPES],
        f"{{{_PACKAGE}/content-types}}Default",
        {"Extension": "png", "ContentType": "image/png"},
        first=True,
    )
    parts[_TYPES] = _with_child(
        types,
        f"{{{_PACKAGE}/content-types}}Override",
        {"PartName": f"/{_HEADER}", "ContentType": f"{_WORD}.header+xml"},
    )
    parts[_HEADER] = _header(logo)
    parts[_HEADER_RELS] = (
        f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/image" Target="media/logo.png"/></Relationships>'
    ).encode()
    parts["word/media/logo.png"] = data


def _with_child(
    data: bytes, tag: str, attributes: Mapping[str, str], *, first: bool = False
) -> bytes:
    root = etree.fromstring(data)  # a template of the house
    root.insert(0 if first else len(root), etree.Element(tag, attributes))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _header(logo: Logo) -> bytes:
    """The head of the first page: one empty line, and the logo at a place of the sheet."""
    width_mm = min(LOGO_BOX_MM[0], LOGO_BOX_MM[1] * logo.width / logo.height)
    wide, high = round(width_mm * _EMU), round(width_mm * logo.height / logo.width * _EMU)
    left, top = _RIGHT_EDGE_MM * _EMU - wide, _LOGO_TOP_MM * _EMU
    described = f"descr={quoteattr(logo.alt)}"
    drawing = (
        f'<wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0"'
        ' distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="1" layoutInCell="1"'
        ' allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:wrapNone/>'
        f'<wp:docPr id="9001" name="Logo" {described}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="9001" name="Logo" {described}/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:anchor>"
    )
    return (
        f'{_DECLARATION}<w:hdr xmlns:w="{W[1:-1]}" xmlns:r="{_OFFICE}"><w:p>'
        f"<w:r><w:drawing>{drawing}</w:drawing></w:r></w:p></w:hdr>"
    ).encode()
