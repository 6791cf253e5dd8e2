"""Tracked changes of a Word part: which there are, the text with them accepted, or rejected.

ISO 29500-1, 17.13.5. Used to compare what an edited file says, and to prove every redline before it
is handed out: accepted it must say what the new version says, rejected what the old one said.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from lxml import etree

from generators.document_text import part_text
from generators.package import Package, Packed, W, open_package, write_package, xml_parser

Side = Literal["accepted", "rejected"]

TRACKED: Final = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "tblPrExChange", "tblGridChange", "sectPrChange", "numberingChange",
        "cellIns", "cellDel", "cellMerge",
    )
)  # fmt: skip
COMMENTS: Final = frozenset(
    f"{W}{name}" for name in ("commentReference", "commentRangeStart", "commentRangeEnd")
)
READ_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_RANGES: Final = frozenset(
    f"{W}{kind}Range{end}" for kind in ("moveFrom", "moveTo") for end in ("Start", "End")
)
_GONE: Final = {"accepted": ("del", "moveFrom"), "rejected": ("ins", "moveTo")}
_KEPT: Final = {"accepted": ("ins", "moveTo"), "rejected": ("del", "moveFrom")}
_CELLS: Final = {"accepted": "cellDel", "rejected": "cellIns"}
_CHANGES: Final = frozenset(tag for tag in TRACKED if tag.endswith("Change"))
_NOT_PROPERTIES: Final = frozenset(
    f"{W}{name}" for name in ("rPr", "sectPr", "headerReference", "footerReference")
)
_P, _TR, _TC, _TBL = f"{W}p", f"{W}tr", f"{W}tc", f"{W}tbl"


def settled(root: etree._Element, side: Side) -> etree._Element:
    """A part with every tracked change accepted or rejected; the element itself is changed.

    Formatting is settled as well: a rejected change of properties brings the old ones back.
    """
    gone = _GONE[side]
    ended = [mark for mark in root.iter(_P) if _is_marked(mark, f"{W}pPr/{W}rPr", gone)]
    _take_away(root, side)
    _keep(root, side)
    for paragraph in ended:
        _join(paragraph)
    for change in list(root.iter(*_CHANGES)):
        _restore(change) if side == "rejected" else _remove(change)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for table in [table for table in root.iter(_TBL) if table.find(_TR) is None]:
        _remove(table)
    return root


def _take_away(root: etree._Element, side: Side) -> None:
    """Rows, cells and text that are not in the text of this side."""
    gone = _GONE[side]
    for row in [row for row in root.iter(_TR) if _is_marked(row, f"{W}trPr", gone)]:
        _remove(row)
    for mark in list(root.iter(f"{W}{_CELLS[side]}")):
        _remove(next(mark.iterancestors(_TC)))
    for element in list(root.iter(*(f"{W}{name}" for name in gone))):
        _remove(element)


def _keep(root: etree._Element, side: Side) -> None:
    """What holds text that is in the text of this side gives it back; marks go."""
    for element in list(root.iter(*(f"{W}{name}" for name in _KEPT[side]))):
        if _is_mark(element):
            _remove(element)
        else:
            _unwrap(element)
    for mark in list(root.iter(*_RANGES, f"{W}cellIns", f"{W}cellDel")):
        _remove(mark)


def has_changes(root: etree._Element) -> bool:
    """Whether a part holds a tracked change."""
    return next(root.iter(*TRACKED), None) is not None


def accepted_package(package: Package) -> dict[str, bytes]:
    """The parts of a Word file, tracked changes accepted in every part that is read."""
    return {
        name: _accepted(data) if READ_PARTS.fullmatch(name) else data
        for name, data in package.parts.items()
    }


def without_comments(source: bytes) -> bytes:
    """A Word file without its comments, to be converted: they are for Word, not for the page.

    LibreOffice without a screen ends when it meets one.
    """
    package, faults = open_package(source)
    if package is None or faults:  # LibreOffice is to say what it thinks of it
        return source
    changed: dict[str, bytes] = {}
    for name in filter(READ_PARTS.fullmatch, package.parts):
        root = package.tree(name)
        marks = list(root.iter(*COMMENTS))
        for mark in marks:
            _remove(mark)
        if marks:
            changed[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    if not changed:
        return source
    return write_package(Packed.of(*part) for part in {**package.parts, **changed}.items())


def text_of(package: Package, side: Side = "accepted") -> dict[str, list[str]]:
    """The paragraphs of each part as a reader sees them, blank ones left out.

    Headers and footers are told apart by what they say, not by the name of their part, which
    every program gives anew.
    """
    found: dict[str, list[str]] = {}
    for name in package.parts:
        match = READ_PARTS.fullmatch(name)
        if match is None:
            continue
        lines = _lines(settled(package.tree(name), side))
        kind = re.sub(r"\d+", "", match[1])
        if kind in {"header", "footer"}:
            found[kind] = sorted({*found.get(kind, []), *lines})
        else:
            found[kind] = lines
    return {kind: lines for kind, lines in found.items() if lines}


def _lines(root: etree._Element) -> list[str]:
    lines = (" ".join(line.split()) for line in part_text(root).split("\n"))
    return [line for line in lines if line.strip(" |/")]


def _accepted(data: bytes) -> bytes:
    root = etree.fromstring(data, xml_parser())
    if not has_changes(root):
        return data
    made: bytes = etree.tostring(settled(root, "accepted"), encoding="UTF-8", standalone=True)
    return made


def _is_mark(element: etree._Element) -> bool:
    """Whether it marks the end of a paragraph or a row, rather than holding what changed."""
    parent = element.getparent()
    return parent is not None and parent.tag in {f"{W}rPr", f"{W}trPr", f"{W}numPr"}


def _is_marked(element: etree._Element, where: str, names: tuple[str, ...]) -> bool:
    return any(element.find(f"{where}/{W}{name}") is not None for name in names)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(element):
        parent.insert(at, child)
    parent.remove(element)


def _join(paragraph: etree._Element) -> None:
    """Take away the end of a paragraph: what is left of it begins the next one."""
    parent, following = paragraph.getparent(), paragraph.getnext()
    if parent is None:
        return
    rest = [child for child in paragraph if child.tag != f"{W}pPr"]
    while following is not None and following.tag not in {_P, _TBL, f"{W}sectPr"}:
        following = following.getnext()
    if following is not None and following.tag == _P:
        at = 1 if following.find(f"{W}pPr") is not None else 0
        for child in reversed(rest):
            following.insert(at, child)
        parent.remove(paragraph)
    elif not any(_shows(child) for child in rest) and not _is_needed(paragraph):
        parent.remove(paragraph)


def _shows(element: etree._Element) -> bool:
    shown = (f"{W}{name}" for name in ("t", "tab", "br", "drawing", "pict", "object", "sym"))
    return next(element.iter(*shown), None) is not None


def _is_needed(paragraph: etree._Element) -> bool:
    """A cell ends with a paragraph, even if it is empty."""
    parent = paragraph.getparent()
    return parent is not None and parent.tag == _TC and len(parent.findall(_P)) == 1


def _restore(change: etree._Element) -> None:
    """Put the properties that a change replaced back in its place."""
    holder = change.getparent()
    if holder is None:
        return
    old = change[0] if len(change) else None
    others = [child for child in holder if child.tag in _NOT_PROPERTIES and holder.tag != child.tag]
    for child in list(holder):
        holder.remove(child)
    for child in [*(list(old) if old is not None else []), *others]:
        holder.append(child)
