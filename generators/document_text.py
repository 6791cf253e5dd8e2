"""The text of a Word file as a reader sees it: to prove a document, to compare two of them."""

from __future__ import annotations

import re

from lxml import etree

from generators.package import TemplateRefused, W, open_package

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_TEXT, _BREAKS, _TAB = f"{W}t", {f"{W}br", f"{W}cr"}, f"{W}tab"
_TAB_STOPS = f"{W}tabs"
_READ_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def part_text(root: etree._Element) -> str:
    """The text of a part: a line a paragraph, a line a table row with cells parted by `` | ``."""
    lines: list[str] = []
    _collect(root, lines)
    return "\n".join(lines)


def document_text(docx: bytes) -> str:
    """The text of all parts of a Word file that a reader sees, in the order of the file.

    Raises:
        TemplateRefused: the file is unsafe to open.
    """
    package, faults = open_package(docx)
    if package is None or faults:
        raise TemplateRefused(faults)
    names = filter(_READ_PARTS.fullmatch, package.parts)
    return "\n".join(filter(None, (part_text(package.tree(name)) for name in names)))


def flat(text: str) -> str:
    """A text with every run of white space as one plain space, for comparison."""
    return " ".join(text.split())


def _collect(element: etree._Element, lines: list[str]) -> None:
    for child in element:
        if child.tag == _PARAGRAPH:
            lines.append(_paragraph(child))
        elif child.tag == _TABLE:
            lines.extend(" | ".join(map(_cell, row.iterfind(_CELL))) for row in child.iter(_ROW))
        elif len(child):
            _collect(child, lines)


def _cell(cell: etree._Element) -> str:
    return " / ".join(_paragraph(paragraph) for paragraph in cell.iterfind(_PARAGRAPH))


def _paragraph(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for node in paragraph.iter(_TEXT, _TAB, *_BREAKS):
        if node.tag == _TEXT:
            pieces.append(node.text or "")
        elif node.tag == _TAB:
            if node.getparent().tag != _TAB_STOPS:
                pieces.append("\t")
        else:
            pieces.append("\n")
    return "".join(pieces)
