"""The letter under measure, and the same letter as a template of Carbone's."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from docx import Document
from lxml import etree

from generators.kind import Context
from generators.registry import act_kind
from generators.render import Template, load_template
from generators.request import load_request
from law.rates import RateTables

SLUG: Final = "mise_en_demeure"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


@dataclass(frozen=True, slots=True)
class Letter:
    """A template of ours, what fills it, and the filled file."""

    template: Template
    context: Context
    docx: bytes

    @property
    def description(self) -> dict[str, str]:
        """What `generators.pdf.finish` writes into the PDF."""
        said = self.context["document"]
        return {name: said[name] for name in ("title", "author", "subject", "language")}


def letters() -> dict[str, Letter]:
    """A letter for one invoice, and the complete example of ``GET /v1/kinds``."""
    example = act_kind(SLUG).example
    case = {name: example["case"][name] for name in ("reference", "creditor", "debtor")}
    one = {**case, "claims": example["case"]["claims"][-1:]}
    return {"one invoice": _letter({**example, "case": one}), "complete example": _letter(example)}


def _letter(body: Mapping[str, Any]) -> Letter:
    kind, rates = act_kind(SLUG), RateTables.load()
    facts = load_request(body, date.fromisoformat(body["as_of"])).facts
    context = kind.build(facts, kind.statement(facts, rates))
    template = load_template(SLUG)
    return Letter(template, context, template.render(context))


def carbone_template(letter: Letter) -> tuple[bytes, str]:
    """The filled letter turned into a template of Carbone's, and the data that fill it.

    Each value in the text becomes its tag, and the rows that a list of ours makes become the pair
    of rows by which Carbone repeats. So the peer's template is as slim as ours, has no condition
    to decide, and makes the same letter.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letter.docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if _PARTS.fullmatch(name):
                root = etree.fromstring(data)
                _repeat_rows(root, letter.context)
                _put_tags(root, dict(_leaves(letter.context, "d")))
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, data, zipfile.ZIP_DEFLATED)
    return made.getvalue(), json.dumps(letter.context)


def text_of(docx: bytes) -> str:
    """The text of a Word file's body, to compare two letters by."""
    document = Document(io.BytesIO(docx))
    texts = (node.text or "" for node in document.element.body.iter(f"{_W}t"))
    return re.sub(r"\s+", " ", " ".join(texts))


def _repeat_rows(root: etree._Element, context: Mapping[str, Any]) -> None:
    for path, items in _lists(context, "d"):
        rows = [row for row in root.iter(f"{_W}tr") if _is_item(row, items)]
        if len(rows) != len(items):
            continue
        first, *others = rows
        second = copy.deepcopy(first)
        for row, index in ((first, "i"), (second, "i+1")):
            tags = {str(value): f"{{{path}[{index}].{name}}}" for name, value in items[0].items()}
            _put_tags(row, tags, whole=True)
        first.addnext(second)
        for row in others:
            row.getparent().remove(row)


def _is_item(row: etree._Element, items: list[dict[str, Any]]) -> bool:
    texts = [node.text for node in row.iter(f"{_W}t")]
    return any(texts == [str(value) for value in item.values()] for item in items)


def _put_tags(root: etree._Element, tags: Mapping[str, str], *, whole: bool = False) -> None:
    for node in root.iter(f"{_W}t"):
        text = node.text or ""
        if "{d." in text:
            continue
        if text in tags:
            node.text = tags[text]
        elif not whole:
            for value in sorted(tags, key=len, reverse=True):
                if len(value) > 3 and value in text:  # noqa: PLR2004 - not digits of another number
                    node.text = text = text.replace(value, tags[value])
                    break


def _lists(value: Any, path: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _lists(inner, f"{path}.{name}")
    elif isinstance(value, list) and len(value) > 1 and all(isinstance(x, dict) for x in value):
        yield path, value


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}")
    elif isinstance(value, str) and value:
        yield value, f"{{{path}}}"
