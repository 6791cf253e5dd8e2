"""Template and values to a Word file: compiled once, filled strictly, the same bytes each time.

docxtpl's syntax is what template authors write (``{{ … }}``, ``{%p … %}``, ``{%tr … %}``), and its
own code turns Word's XML into Jinja source. Its way of rendering is not used: it compiles the same
source for every document, parses it twice with an XML parser that repairs in silence, and lets
values reach files (ADR 0030). Here each part is compiled once per process, and a document is the
text of its parts, checked, between the untouched bytes of the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import jinja2
from docxtpl import DocxTemplate
from jinja2 import Environment, nodes
from lxml import etree

from core.errors import InvalidFacts
from generators.document_text import part_text
from generators.kind import Context
from generators.package import (
    LintFault,
    Package,
    Packed,
    TemplateRefused,
    W,
    open_package,
    part_label,
    write_package,
    xml_parser,
)
from generators.properties import (
    CORE,
    CUSTOM,
    TEMPLATE_PROPERTY,
    core_properties,
    custom_properties,
    with_property_parts,
)
from generators.sandbox import ValueNotPlain, check_plain, environment, forbidden

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates" / "legal"
MAX_PART_CHARACTERS: Final = 20_000_000
"""A rendered part larger than this is refused while it grows; 60 invoices make 0.3 million."""

_FILLED_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PARAGRAPH: Final = re.compile(r"<w:p(?=[ />])")
_TAG: Final = re.compile(r"<[^>]+>")
_DOCXTPL: Final = DocxTemplate(None)
_AROUND: Final = 80


class DocumentNotMade(InvalidFacts):
    """The values do not fit the template: a name it reads is missing, or its table is empty."""

    slug = "document-not-made"
    title = "The document could not be made from these data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A document and its text as a reader sees it, part after part."""

    docx: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """A part of a template: its Jinja source, the tree it parses to, and its compiled program."""

    name: str
    source: str
    tree: nodes.Template
    program: jinja2.Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A Word template ready to be filled, by any number of threads, any number of times.

    Attributes:
        sha256: Hash of the .docx it was compiled from.
    """

    sha256: str
    _parts: tuple[CompiledPart, ...]
    _entries: tuple[Packed | str, ...]

    @classmethod
    def compile(cls, source: bytes) -> Template:
        """Compile a .docx.

        Raises:
            TemplateRefused: it is unsafe, or is not valid as a template; with every fault.
        """
        package, faults = open_package(source)
        if package is None or faults:
            raise TemplateRefused(faults)
        env = environment()
        parsed = parse_parts(package, env)
        faults = [fault for part in parsed for fault in part.faults]
        if faults:
            raise TemplateRefused(faults)
        sha256 = hashlib.sha256(source).hexdigest()
        parts = tuple(_compile(part, env) for part in parsed)
        return cls(sha256=sha256, _parts=parts, _entries=_entries(package, parts))

    def render(self, context: Context, properties: Mapping[str, str] | None = None) -> bytes:
        """The filled document: the same arguments give the same bytes.

        Args:
            context: The values; ``context["document"]`` makes the core properties.
            properties: Custom properties to put beside the hash of the template.

        Raises:
            DocumentNotMade: the template reads a value that the context lacks.
            ValueNotPlain: the context holds a value no template may see; our bug.
        """
        return self.fill(context, properties).docx

    def fill(self, context: Context, properties: Mapping[str, str] | None = None) -> Filled:
        """The filled document with its text, read on the way."""
        check_plain(dict(context))
        made: dict[str, bytes] = {}
        texts: list[str] = []
        for part in self._parts:
            data = _render(part, context)
            texts.append(part_text(_well_formed(part.name, data)))
            made[part.name] = data
        made[CORE] = core_properties(context["document"])
        made[CUSTOM] = custom_properties({TEMPLATE_PROPERTY: self.sha256, **(properties or {})})
        entries = (
            Packed.of(entry, made[entry]) if isinstance(entry, str) else entry
            for entry in self._entries
        )
        return Filled(docx=write_package(entries), text="\n".join(filter(None, texts)))


def load_template(slug: str) -> Template:
    """The template of a kind, compiled at its first use in this process."""
    return compiled((TEMPLATES / f"{slug}.docx").read_bytes())


@lru_cache(maxsize=64)
def compiled(source: bytes) -> Template:
    """`Template.compile`, remembered for the templates in use."""
    return Template.compile(source)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPart:
    """A part before it is compiled, with what is wrong in it; ``tree`` is None on bad syntax."""

    name: str
    source: str
    tree: nodes.Template | None
    faults: tuple[LintFault, ...]

    def near(self, line: int) -> str:
        """The text of a line, which is a paragraph of the part, as its author sees it."""
        lines = _lines(self.source)
        text = " ".join(_TAG.sub(" ", lines[min(line, len(lines)) - 1]).split())
        return text[:_AROUND]

    def fault(self, code: str, line: int, hint: str, text: str | None = None) -> LintFault:
        """A fault of this part; line n + 1 of the source is paragraph n."""
        return LintFault(
            code=code,
            part=part_label(self.name),
            paragraph=max(line - 1, 1),
            text=self.near(line) if text is None else text,
            hint=hint,
        )


@lru_cache(maxsize=8)
def _lines(source: str) -> list[str]:
    """The lines of a source, split once for the thousand faults that it may have."""
    return source.split("\n")


def parse_parts(package: Package, env: Environment) -> list[ParsedPart]:
    """Every part that may hold tags, as Jinja sees it, with its faults of syntax and safety."""
    return [
        _parse(name, jinja_source(package.tree(name)), env)
        for name in package.parts
        if is_filled(name)
    ]


def is_filled(name: str) -> bool:
    """Whether tags are read in a part."""
    return _FILLED_PARTS.fullmatch(name) is not None


def jinja_source(root: etree._Element) -> str:
    """A part as Jinja source, by docxtpl's own code; each paragraph begins a line."""
    xml = etree.tostring(root, encoding="unicode").replace("\r", "").replace("\n", " ")
    patched: str = _DOCXTPL.patch_xml(_PARAGRAPH.sub("\n<w:p", xml))
    return patched


def _parse(name: str, source: str, env: Environment) -> ParsedPart:
    bare = ParsedPart(name=name, source=source, tree=None, faults=())
    try:
        tree = env.parse(source)
    except jinja2.TemplateSyntaxError as error:
        fault = bare.fault("syntax", error.lineno, f"The tag cannot be read: {error.message}")
        return ParsedPart(name=name, source=source, tree=None, faults=(fault,))
    faults = [
        bare.fault("forbidden-construct", line, f"{what}: {hint}")
        for line, what, hint in forbidden(tree)
    ]
    faults += _misplaced(bare)
    return ParsedPart(name=name, source=source, tree=tree, faults=tuple(faults))


def _misplaced(part: ParsedPart) -> Iterator[LintFault]:
    """Values printed elsewhere than in the text of a paragraph, and raw blocks."""
    for number, line in enumerate(part.source.split("\n"), start=1):
        if re.search(r"\{%-?\s*raw", line):
            yield part.fault("forbidden-construct", number, "raw: blocks of raw text do not exist")
        for position in (found.start() for found in re.finditer(r"\{\{", line)):
            tag = line.rfind("<", 0, position)
            opened = line[tag : line.find(">", tag) + 1]
            if not re.match(r"<w:t[ >]", opened) or line.find(">", tag) > position:
                yield part.fault(
                    "forbidden-construct",
                    number,
                    "A value stands in the text of a paragraph, with no letter after {{",
                )


def _compile(part: ParsedPart, env: Environment) -> CompiledPart:
    if part.tree is None:  # pragma: no cover - a part without tree has faults
        raise AssertionError(part.name)
    code = env.compile(part.tree, name=part.name)
    program = env.template_class.from_code(env, code, {})
    return CompiledPart(name=part.name, source=part.source, tree=part.tree, program=program)


def _render(part: CompiledPart, context: Context) -> bytes:
    pieces: list[str] = []
    size = 0
    try:
        for piece in part.program.root_render_func(part.program.new_context(dict(context))):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_PART_CHARACTERS:
                raise DocumentNotMade(f"{part_label(part.name)} grows past its limit of size")
    except jinja2.UndefinedError as error:
        raise DocumentNotMade(
            f"{part_label(part.name)} reads a value that is not there: {error.message}"
        ) from error
    return "".join(pieces).encode()


def _well_formed(name: str, data: bytes) -> etree._Element:
    """Parse what was rendered, so that Word never has to repair it."""
    try:
        root = etree.fromstring(data, xml_parser())
    except etree.XMLSyntaxError as error:
        raise DocumentNotMade(f"{part_label(name)} is not well-formed: {error.msg}") from error
    for cell in root.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            raise DocumentNotMade(f"{part_label(name)} has a table cell without a paragraph")
    for table in root.iter(f"{W}tbl"):
        if table.find(f"{W}tr") is None:
            raise DocumentNotMade(f"{part_label(name)} has a table without a row")
    return root


def _entries(package: Package, parts: tuple[CompiledPart, ...]) -> tuple[Packed | str, ...]:
    """The parts in the order of the template: those to make by name, the others ready packed."""
    made = {part.name for part in parts} | {CORE, CUSTOM}
    return tuple(
        name if name in made else Packed.of(name, data)
        for name, data in with_property_parts(package).items()
    )


__all__ = [
    "CompiledPart",
    "DocumentNotMade",
    "Filled",
    "Template",
    "ValueNotPlain",
    "compiled",
    "load_template",
    "parse_parts",
]
