"""What is wrong in a Word template, all at once, told so that its author finds and mends it.

Run when a template is uploaded, and in the tests on every template of ours. A template passes when
it is safe, is read as a template, prints what its kind of act must print, and can become an
accessible PDF with its fonts embedded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from generators.document_text import flat, part_text
from generators.kind import Context
from generators.package import LintFault, Package, W, open_package, part_label
from generators.render import ParsedPart, is_filled, parse_parts
from generators.revisions import COMMENTS, TRACKED
from generators.sandbox import environment
from generators.template_names import Names, shape_of

FONTS: Final = frozenset(
    {"Carlito", "Caladea", "Liberation Sans", "Liberation Serif", "Liberation Mono"}
    | {"Calibri", "Cambria", "Arial", "Times New Roman", "Courier New"}
)
"""Fonts we ship, all free to embed, and the fonts of Word that they replace width for width."""

_VOLATILE: Final = frozenset(
    {"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "AUTHOR", "USERNAME",
     "FILENAME", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "MACROBUTTON"}
)  # fmt: skip
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_THEME_FONT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}latin"
_DC_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_AROUND: Final = 80


def lint(
    source: bytes, contexts: Sequence[Context], required: Sequence[Sequence[str]] = ()
) -> list[LintFault]:
    """Every fault of a template for a kind of act.

    Args:
        source: The .docx.
        contexts: Contexts of the kind: its example and its variants; together they show every
            name a template may read.
        required: For each context, the values that must be printed (`ActKind.required`).
    """
    package, faults = open_package(source)
    if package is None:
        return faults
    try:
        parsed = parse_parts(package, environment())
        trees = {name: package.tree(name) for name in package.parts if name.endswith(".xml")}
    except etree.XMLSyntaxError:
        return faults
    shape = shape_of(contexts)
    names = [Names(part, shape) for part in parsed]
    for part, read in zip(parsed, names, strict=True):
        faults += [*part.faults, *_split_tags(part, trees[part.name]), *read.faults]
    printed = set[str]().union(*(read.printed for read in names))
    faults += _unused_required(printed, _literal_text(trees), contexts, required)
    for name, tree in trees.items():
        faults += _document_faults(name, tree)
    faults += _whole_faults(package, trees)
    return faults


# -- what must be printed ------------------------------------------------------------


def _literal_text(trees: Mapping[str, etree._Element]) -> str:
    """What the template says of itself, on one line."""
    return flat("\n".join(part_text(tree) for name, tree in trees.items() if is_filled(name)))


def _unused_required(
    printed: set[str],
    literal: str,
    contexts: Sequence[Context],
    required: Sequence[Sequence[str]],
) -> Iterator[LintFault]:
    """What must be on the act and no branch of the template prints, as a value or in its text."""
    missing: dict[str, str] = {}
    for context, values in zip(contexts, required, strict=False):
        leaves = list(_leaves(context, ""))
        shown = [value for path, value in leaves if path in printed]
        for wanted in values:
            if not any(wanted in value for value in shown) and flat(wanted) not in literal:
                paths = sorted({path for path, value in leaves if value == wanted})
                missing[" or ".join(paths) or wanted] = wanted
    for path, wanted in missing.items():
        yield LintFault(
            code="unused-required",
            part="",
            paragraph=None,
            text=wanted[:_AROUND],
            hint=f"The act must print {path}, which no part of the template does",
        )


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, f"{path}[]")
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield path, str(value)


# -- Word ------------------------------------------------------------------------------------


def _split_tags(part: ParsedPart, tree: etree._Element) -> Iterator[LintFault]:
    """Tags that Word's paragraphs or docxtpl's rewriting break."""
    for number, paragraph in enumerate(tree.iter(f"{W}p"), start=1):
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        for why in _why_split(text, paragraph):
            yield LintFault(
                code="split-tag",
                part=part_label(part.name),
                paragraph=number,
                text=text[:_AROUND],
                hint=why,
            )


def _why_split(text: str, paragraph: etree._Element) -> Iterator[str]:
    for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
        if text.count(opening) != text.count(closing):
            yield f"A tag opened with {opening} must end with {closing} in the same paragraph"
    for kind, container in (("p", "paragraph"), ("tr", "table row"), ("tc", "table cell")):
        count = text.count(f"{{%{kind} ")
        if count > 1:
            yield f"Only one {{%{kind} … %}} goes in a {container}: put the others in their own"
        elif count == 1:
            rest = text.split(f"{{%{kind} ", 1)
            beside = rest[0] + rest[1].partition("%}")[2]
            if beside.strip():
                yield f"{beside.strip()!r} would be lost: a {{%{kind} … %}} takes its {container}"
    inside = {f"{W}{name}" for name in ("tr", "tc")}
    in_table = any(ancestor.tag in inside for ancestor in paragraph.iterancestors())
    if ("{%tr " in text or "{%tc " in text) and not in_table:
        yield "{%tr … %} and {%tc … %} go in a table"


def _document_faults(name: str, tree: etree._Element) -> Iterator[LintFault]:
    part = part_label(name)
    numbers = {node: number for number, node in enumerate(tree.iter(f"{W}p"), start=1)}

    def fault(code: str, node: etree._Element, hint: str) -> LintFault:
        holder = next(
            (each for each in (node, *node.iterancestors()) if each.tag == f"{W}p"),
            next(node.iter(f"{W}p"), None),
        )
        text = "" if holder is None else "".join(each.text or "" for each in holder.iter(f"{W}t"))
        number = None if holder is None else numbers[holder]
        return LintFault(code=code, part=part, paragraph=number, text=text[:_AROUND], hint=hint)

    seen: set[tuple[str, str]] = set()
    for node in tree.iter(etree.Element):
        for code, hint in _element_faults(node):
            if (code, hint) not in seen:
                seen.add((code, hint))
                yield fault(code, node, hint)


def _element_faults(node: etree._Element) -> Iterator[tuple[str, str]]:
    tag = node.tag
    if tag in TRACKED:
        yield "tracked-changes-left", "Accept or refuse every tracked change"
    elif tag in COMMENTS:
        yield "comments-left", "Delete every comment"
    elif tag in {f"{W}rFonts", _THEME_FONT}:
        for font in _fonts(node) - FONTS:
            yield "font-not-available", f"{font}: take one of {', '.join(sorted(FONTS))}"
    elif tag == _DRAWING and not (node.get("descr") or "").strip():
        yield "image-without-alt", "Give each image a text that says what it shows"
    elif tag == f"{W}tbl":
        first = node.find(f"{W}tr")
        if first is None or first.find(f"{W}trPr/{W}tblHeader") is None:
            yield "table-without-header", "Mark the first row: repeat as header row"
    elif tag == f"{W}altChunk":
        yield "embedded-object", "Remove the chunk of another document"
    elif tag in {f"{W}instrText", f"{W}fldSimple"}:
        yield from _field_faults(node.text if tag.endswith("instrText") else node.get(f"{W}instr"))


def _fonts(node: etree._Element) -> set[str]:
    if node.tag == _THEME_FONT:
        return {node.get("typeface")} - {"", None}
    names = ("ascii", "hAnsi", "cs", "eastAsia")
    return {value for name in names if (value := node.get(f"{W}{name}"))}


def _field_faults(instruction: str | None) -> Iterator[tuple[str, str]]:
    words = (instruction or "").split()
    if not words:
        return
    if words[0].upper() == "MERGEFIELD":
        yield "untranslated-field", f"{' '.join(words[:2])}: write {{{{ … }}}} instead"
    elif words[0].upper() in _VOLATILE:
        yield "volatile-field", f"{words[0]}: an act must not change when it is opened"


def _whole_faults(package: Package, trees: Mapping[str, etree._Element]) -> Iterator[LintFault]:
    def fault(code: str, part: str, hint: str) -> LintFault:
        return LintFault(code=code, part=part, paragraph=None, text="", hint=hint)

    core = trees.get("docProps/core.xml")
    title = None if core is None else core.findtext(_DC_TITLE)
    if not (title or "").strip():
        yield fault("no-title", "", "Give the file a title (File, Properties)")
    styles = trees.get("word/styles.xml")
    language = None if styles is None else styles.find(f"{W}docDefaults//{W}lang")
    if language is None or not language.get(f"{W}val"):
        yield fault("no-language", "styles", "Set the language of the default style")
    if any("comments" in name for name in package.parts):
        yield fault("comments-left", "", "Delete every comment")
    for name in package.parts:
        if not is_filled(name) and name.startswith("word/") and b"{{" in package.parts[name]:
            yield fault("forbidden-construct", part_label(name), "Tags are not read in this part")
