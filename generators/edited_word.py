"""A Word file that a person edited: is it safe, what is left to settle, what it descends from.

The text is taken as it is. What could run, fetch or hide something is refused with its place;
what a reviewer must settle or know of is told as concerns (ADR 0180).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from core.errors import Fault, InvalidFacts
from generators.concerns import Concern, Effect
from generators.faults import json_pointer
from generators.lint import FONTS
from generators.package import LintFault, Package, W, open_package, part_label
from generators.properties import ACT_PROPERTY, VERSION_PROPERTY, read_custom, stamped
from generators.revisions import COMMENTS, READ_PARTS, TRACKED, text_of
from law.french import typographic

_FETCHING: Final = frozenset(
    {"INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "MACROBUTTON", "DATABASE", "IMPORT"}
)
_VOLATILE: Final = frozenset(
    {"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "AUTHOR", "USERNAME",
     "USERINITIALS", "FILENAME", "FILESIZE", "LASTSAVEDBY", "ASK", "FILLIN",
     "MERGEFIELD", "REVNUM"}
)  # fmt: skip
_P: Final = f"{W}p"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MOST_TEXT: Final = 80
INACCESSIBLE: Final = frozenset({"image-without-alt", "heading-level-skipped"})
"""Codes of concerns that keep the PDF from being PDF/UA."""
_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_OFF: Final = frozenset({"0", "false", "off"})


class WordFileRefused(InvalidFacts):
    """The Word file holds what could run, fetch or hide something; every fault is listed."""

    slug = "word-file-refused"
    title = "The Word file is refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedWord:
    """A Word file without danger.

    Attributes:
        act_id: The act it says that it descends from; None if it says nothing.
        number: The version of that act.
        lines: Its paragraphs by part, tracked changes accepted.
        concerns: What is left to settle or to know.
    """

    package: Package = field(repr=False)
    act_id: str | None
    number: int | None
    lines: dict[str, list[str]] = field(repr=False)
    concerns: tuple[Concern, ...]

    @property
    def text(self) -> str:
        """All that a reader sees, a paragraph a line."""
        return "\n".join(line for lines in self.lines.values() for line in lines)

    def stamped(self, act_id: str, number: int) -> bytes:
        """The same file, saying which version of which act it is."""
        return stamped(self.package, {ACT_PROPERTY: act_id, VERSION_PROPERTY: str(number)})


def read_edited(source: bytes) -> EditedWord:
    """Read a Word file that a person edited.

    Raises:
        WordFileRefused: it is none, is too large, encrypted, or holds macros, links to the
            outside or embedded objects; each fault points to its part and paragraph.
    """
    package, faults = open_package(source)
    if package is None or faults:
        raise _refusal(faults)
    trees = {name: package.tree(name) for name in package.parts if name.endswith(".xml")}
    read = {name: tree for name, tree in trees.items() if READ_PARTS.fullmatch(name)}
    fetching = [fault for name, tree in trees.items() for fault in _fetching(name, tree)]
    if fetching:
        raise _refusal(fetching)
    concerns = [concern for name, tree in read.items() for concern in _concerns(name, tree)]
    concerns += _replaced_fonts(trees)
    concerns += _skipped_headings(read["word/document.xml"], trees.get("word/styles.xml"))
    properties = read_custom(package)
    number = properties.get(VERSION_PROPERTY, "")
    return EditedWord(
        package=package,
        act_id=properties.get(ACT_PROPERTY),
        number=int(number) if number.isascii() and number.isdecimal() else None,
        lines=text_of(package),
        concerns=tuple(concerns),
    )


def _refusal(faults: list[LintFault]) -> WordFileRefused:
    listed = [_pointed(fault) for fault in faults]
    codes = ", ".join(sorted({fault.code for fault in faults}))
    return WordFileRefused(f"The file has {len(faults)} fault(s): {codes}.", faults=listed)


def _pointed(fault: LintFault) -> Fault:
    place: list[str | int] = ["file"]
    place += [step for step in (fault.part, fault.paragraph) if step]
    around = f" Near: {fault.text!r}." if fault.text else ""
    return Fault(pointer=json_pointer(place), code=fault.code, detail=fault.hint + around)


def _fetching(name: str, tree: etree._Element) -> Iterator[LintFault]:
    numbers = _numbers(tree)
    for node, word in _fields(tree):
        if word in _FETCHING:
            number, text = _place(node, numbers)
            yield LintFault(
                code="external-link",
                part=part_label(name),
                paragraph=number,
                text=text or word,
                hint=f"Remove the field {word}: it fetches something, or runs it",
            )
    for node in tree.iter(f"{W}altChunk", f"{W}object", f"{W}control", f"{W}subDoc"):
        number, text = _place(node, numbers)
        yield LintFault(
            code="embedded-object",
            part=part_label(name),
            paragraph=number,
            text=text,
            hint="Remove the embedded object or the part of another document",
        )


def _concerns(name: str, tree: etree._Element) -> Iterator[Concern]:
    """What is left in a part, each kind once a paragraph."""
    numbers, seen = _numbers(tree), set[tuple[str, int | None]]()
    for node in tree.iter(etree.Element):
        for code, effect, detail in _of_element(node):
            number = numbers.get(_holder(node))
            if (code, number) not in seen:
                seen.add((code, number))
                yield Concern(
                    code=code,
                    effect=effect,
                    detail=typographic(detail),
                    part=part_label(name),
                    paragraph=number,
                    text=_place(node, numbers)[1],
                )
    for node, word in _fields(tree):
        number, text = _place(node, numbers)
        if word in _VOLATILE and ("volatile-field", number) not in seen:
            seen.add(("volatile-field", number))
            yield Concern(
                code="volatile-field",
                effect="blocks",
                detail=typographic(
                    f"Le champ {word} change à l'ouverture du fichier : écrivez sa valeur."
                ),
                part=part_label(name),
                paragraph=number,
                text=text,
            )


def _of_element(node: etree._Element) -> Iterator[tuple[str, Effect, str]]:
    tag = node.tag
    if tag in TRACKED:
        yield (
            "tracked-changes-left",
            "blocks",
            "Une modification suivie n'est ni acceptée ni refusée.",
        )
    elif tag in COMMENTS:
        yield "comments-left", "blocks", "Un commentaire est resté dans le fichier : ôtez-le."
    elif tag == f"{W}vanish" and node.get(f"{W}val", "1") not in _OFF:
        yield (
            "hidden-text",
            "acknowledge",
            "Du texte masqué est dans le fichier Word et pas sur la page.",
        )
    elif tag == _DRAWING and not (node.get("descr") or "").strip():
        yield (
            "image-without-alt",
            "notice",
            "Image sans texte de remplacement : le PDF n'est pas déclaré accessible (PDF/UA).",
        )


def _replaced_fonts(trees: dict[str, etree._Element]) -> list[Concern]:
    named = {
        value
        for name, tree in trees.items()
        if READ_PARTS.fullmatch(name) or name == "word/styles.xml"
        for node in tree.iter(f"{W}rFonts")
        for key in ("ascii", "hAnsi")
        if (value := node.get(f"{W}{key}"))
    }
    return [
        Concern(
            code="font-replaced",
            effect="notice",
            detail=typographic(
                f"La police {font} est remplacée dans le PDF : relisez la mise en page."
            ),
            text=font,
        )
        for font in sorted(named - FONTS)
    ]


def _skipped_headings(document: etree._Element, styles: etree._Element | None) -> Iterator[Concern]:
    """Headings of a level whose level above was not there: PDF/UA allows none (7.4.2)."""
    levels = {} if styles is None else _heading_styles(styles)
    last = 0
    for number, paragraph in enumerate(document.iter(_P), start=1):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = None if style is None else levels.get(style.get(f"{W}val", ""))
        if level is None:
            continue
        if level > last + 1:
            text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
            yield Concern(
                code="heading-level-skipped",
                effect="notice",
                detail=typographic(
                    f"Titre de niveau {level} sans titre de niveau {level - 1} avant lui : "
                    "le PDF n'est pas déclaré accessible (PDF/UA)."
                ),
                part="document",
                paragraph=number,
                text=text[:_MOST_TEXT],
            )
        last = level


def _heading_styles(styles: etree._Element) -> dict[str, int]:
    """Level of a heading by the id of its style, which each language of Word names otherwise."""
    named = {
        style.get(f"{W}styleId", ""): _HEADING.fullmatch(name.get(f"{W}val", ""))
        for style in styles.iter(f"{W}style")
        if (name := style.find(f"{W}name")) is not None
    }
    return {style_id: int(match[1]) for style_id, match in named.items() if match}


def _fields(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Where fields begin, and their first word in capitals, even if Word has split it in runs."""
    for simple in tree.iter(f"{W}fldSimple"):
        yield simple, _first_word(simple.get(f"{W}instr", ""))
    open_at: list[tuple[etree._Element, list[str]]] = []
    for node in tree.iter(f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            if open_at:
                open_at[-1][1].append(node.text or "")
            else:
                yield node, _first_word(node.text or "")
            continue
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            open_at.append((node, []))
        elif kind in {"separate", "end"} and open_at:
            start, pieces = open_at[-1]
            if pieces:
                yield start, _first_word("".join(pieces))
                pieces.clear()
            if kind == "end":
                open_at.pop()
    yield from ((start, _first_word("".join(pieces))) for start, pieces in open_at if pieces)


def _first_word(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _numbers(tree: etree._Element) -> dict[etree._Element, int]:
    return {node: number for number, node in enumerate(tree.iter(_P), start=1)}


def _holder(node: etree._Element) -> etree._Element | None:
    """The paragraph an element is in, or holds first."""
    for each in (node, *node.iterancestors()):
        if each.tag == _P:
            return each
    return next(node.iter(_P), None)


def _place(node: etree._Element, numbers: dict[etree._Element, int]) -> tuple[int | None, str]:
    """The number of the paragraph of an element, and how it begins."""
    holder = _holder(node)
    if holder is None:
        return None, ""
    pieces = (each.text or "" for each in holder.iter(f"{W}t", f"{W}delText"))
    return numbers.get(holder), "".join(pieces)[:_MOST_TEXT]
