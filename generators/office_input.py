"""A Word file as LibreOffice loads it fastest: the same document, without what slows the import.

Two things cost LibreOffice more than the whole text of a letter. A table with a style is resolved
cell by cell, although most table styles only say borders and margins, which the table can say
itself. And every style is made, although Word leaves hundreds that nothing uses. The Word file that
people get is not touched: this is done to what is converted, and tests hold the pictures of pages
equal. Whatever is unusual is converted as it is.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import Final

from lxml import etree

MAX_PART: Final = 20_000_000
MANY_STYLES: Final = 20_000
"""Bytes of styles below which looking for unused ones takes more time than it saves."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMESPACE: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES: Final = "word/styles.xml"
_BODY: Final = "word/document.xml"
_USES: Final = re.compile(
    rb'<w:(?:pStyle|rStyle|tblStyle|styleLink|numStyleLink)\s+w:val="([^"]*)"'
)
_TABLE_USES: Final = re.compile(rb'<w:tblStyle\s+w:val="([^"]*)"')
_SAID_BY_TABLES: Final = ("tblBorders", "tblCellMar")
_KEPT_OF_STYLES: Final = {f"{_W}{name}" for name in (*_SAID_BY_TABLES, "tblInd")}
_SAYS_NOTHING: Final = ("name", "basedOn", "uiPriority", "qFormat", "rsid")
_HIDES: Final = ("semiHidden", "unhideWhenUsed")
_STYLE_PARTS: Final = {f"{_W}{name}" for name in (*_SAYS_NOTHING, *_HIDES, "tblPr")}
_AFTER: Final = {
    "tblBorders": ("shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"),
    "tblCellMar": ("tblLook", "tblCaption", "tblDescription"),
}


def lightened(docx: bytes) -> bytes:
    """The same document, faster to load; the file itself if nothing can be gained safely."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            if any(entry.file_size > MAX_PART for entry in package.infolist()):
                return docx
            parts = {name: package.read(name) for name in package.namelist()}
        changed = _changed(parts)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, OSError):
        return docx  # LibreOffice is to say what it thinks of it
    if not changed:
        return docx
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), changed.get(name, data))
    return made.getvalue()


def _changed(parts: dict[str, bytes]) -> dict[str, bytes]:
    changed: dict[str, bytes] = {}
    body, styles = parts.get(_BODY, b""), parts.get(_STYLES, b"")
    if not body or not styles:
        return changed
    known = _parsed(styles)
    if known is None:
        return changed
    tables = _said_directly(known) if _TABLE_USES.search(body) else {}
    if tables and (root := _parsed(body)) is not None and _say_directly(root, tables):
        changed[_BODY] = etree.tostring(root, encoding="UTF-8", standalone=True)
    if len(styles) > MANY_STYLES and all(map(_has_usual_prefix, parts.values())):
        used = {name for data in parts.values() for name in _USES.findall(data)}
        _drop_unused(known, {name.decode() for name in used})
        changed[_STYLES] = etree.tostring(known, encoding="UTF-8", standalone=True)
    return changed


def _has_usual_prefix(part: bytes) -> bool:
    """Whether a part that speaks of Word's things calls them ``w:``, by which uses are found."""
    return _NAMESPACE not in part or b'xmlns:w="' + _NAMESPACE in part


def _parsed(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    return None if root.getroottree().docinfo.doctype else root


def _said_directly(styles: etree._Element) -> dict[str, list[etree._Element]]:
    """Table styles that say no more than borders and margins, and those."""
    known = {
        style.get(f"{_W}styleId"): style
        for style in styles.iterchildren(f"{_W}style")
        if style.get(f"{_W}type") == "table"
    }
    found: dict[str, list[etree._Element]] = {}
    for name in known:
        said = _chain(name, known)
        if said is not None:
            found[name] = said
    return found


def _chain(name: str | None, known: dict[str, etree._Element]) -> list[etree._Element] | None:
    """What a style and those it is based on say, the nearest first; None if they say too much."""
    said: dict[str, etree._Element] = {}
    seen: set[str] = set()
    while name is not None:
        style = known.get(name)
        if style is None or name in seen or any(part.tag not in _STYLE_PARTS for part in style):
            return None
        seen.add(name)
        for part in style.iterfind(f"{_W}tblPr/*"):
            if part.tag not in _KEPT_OF_STYLES:
                return None
            if part.tag != f"{_W}tblInd":
                said.setdefault(etree.QName(part).localname, part)
        based = style.find(f"{_W}basedOn")
        name = None if based is None else based.get(f"{_W}val")
    return list(said.values())


def _say_directly(root: etree._Element, styles: dict[str, list[etree._Element]]) -> bool:
    changed = False
    for properties in root.iter(f"{_W}tblPr"):
        style = properties.find(f"{_W}tblStyle")
        said = None if style is None else styles.get(style.get(f"{_W}val", ""))
        if style is None or said is None:
            continue
        properties.remove(style)
        changed = True
        for part in said:
            name = etree.QName(part).localname
            if properties.find(part.tag) is None:
                after = {f"{_W}{later}" for later in _AFTER[name]}
                place = next((i for i, other in enumerate(properties) if other.tag in after), None)
                properties.insert(len(properties) if place is None else place, copy.deepcopy(part))
    return changed


def _drop_unused(styles: etree._Element, used: set[str]) -> None:
    """Leave the styles that are used or are defaults, and what those are based on or linked to."""
    for latent in styles.findall(f"{_W}latentStyles"):
        styles.remove(latent)
    known = {style.get(f"{_W}styleId", ""): style for style in styles.iterchildren(f"{_W}style")}
    wanted = used | {name for name, style in known.items() if style.get(f"{_W}default") is not None}
    kept: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in kept or name not in known:
            continue
        kept.add(name)
        for relation in ("basedOn", "link", "next"):
            other = known[name].find(f"{_W}{relation}")
            if other is not None:
                wanted.add(other.get(f"{_W}val", ""))
    for name, style in known.items():
        if name not in kept:
            styles.remove(style)
