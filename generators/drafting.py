"""From an accepted request to a Word file whose content has been proved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.errors import Fault, LegalCheckFailed, MinutierError
from generators.document_text import flat
from generators.kind import ActKind, Context, Facts, examined
from generators.render import TEMPLATES, Filled, load_template
from generators.request import ActRequest
from law.findings import Check
from law.rates import RateTables
from law.statement import Statement

_LEFT_OVER: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bnan\b|\bundefined\b")


class ContentNotProved(MinutierError):
    """The document lacks something it must say, or holds something it must not: our fault."""

    slug = "content-not-proved"
    title = "The document made does not say what it must"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document and what it was made from.

    Attributes:
        text: What a reader of the document sees.
        title: For the metadata of the PDF, as are the next two.
        findings: What the kind found, as JSON, or None.
    """

    kind: ActKind
    docx: bytes
    text: str
    context: Context
    statement: Statement | None
    checks: Sequence[Check]
    title: str
    author: str
    subject: str
    findings: Mapping[str, Any] | None = None


Fill = Callable[[Context], Filled]
"""Makes a document from values: fills a template."""


def draft(request: ActRequest, rates: RateTables, fill: Fill | None = None) -> Draft:
    """Make the Word file of a request.

    Args:
        request: As it was read.
        rates: Those it was accepted under.
        fill: Fills the template; None: that of the house.

    Raises:
        LegalCheckFailed: a check of law refuses the act.
        DocumentNotMade: the values do not fit the template.
        ContentNotProved: a required value is not in the text, or template code is.
    """
    kind, checks = request.kind, legal_checks(request, rates)
    facts, statement, context = _computed(request, rates)
    filled = (fill or load_template(kind.slug).fill)(context)
    _prove(filled.text, kind.required(context), context)
    described = context["document"]
    return Draft(
        kind=kind,
        docx=filled.docx,
        text=filled.text,
        context=context,
        statement=statement,
        checks=checks,
        title=described["title"],
        author=described["author"],
        subject=described["subject"],
        findings=kind.findings(facts) if kind.findings else None,
    )


def computed(request: ActRequest, rates: RateTables) -> tuple[Statement | None, Context]:
    """What the data of an act say, without its document: the statement and the values to print."""
    _, statement, context = _computed(request, rates)
    return statement, context


def _computed(request: ActRequest, rates: RateTables) -> tuple[Facts, Statement | None, Context]:
    kind = request.kind
    facts = examined(kind, request.facts, rates)
    statement = kind.statement(facts, rates)
    return facts, statement, kind.build(facts, statement)


def legal_checks(request: ActRequest, rates: RateTables) -> Sequence[Check]:
    """The checks of a request, none of which refuses it.

    Raises:
        LegalCheckFailed: at least one does; each refusal is a fault with its article.
    """
    checks = request.kind.checks(request.facts, rates)
    faults = [
        Fault(pointer=check.pointer, code=check.code, detail=check.detail, article=check.article)
        for check in checks
        if check.outcome == "refuse"
    ]
    if faults:
        raise LegalCheckFailed(faults[0].detail, faults=faults)
    return checks


def template_source(kind: ActKind) -> bytes:
    """The Word master of a kind."""
    return (TEMPLATES / f"{kind.slug}.docx").read_bytes()


def template_sha256(kind: ActKind) -> str:
    """The hash of the master of a kind, as this process has compiled it."""
    return load_template(kind.slug).sha256


def not_printed(text: str, required: Sequence[str]) -> list[str]:
    """The values required that a text, made flat, does not hold."""
    return [value for value in required if flat(value) not in text]


def left_over(text: str, context: Context) -> list[str]:
    """What a template leaves by mistake in a text, made flat, and no value of the act holds."""
    given = flat(" ".join(_strings(context)))
    return [match.group() for match in _LEFT_OVER.finditer(text) if match.group() not in given]


def _prove(text: str, required: Sequence[str], context: Context) -> None:
    """Find every required value in the text, and nothing that a template leaves by mistake."""
    printed = flat(text)
    missing = not_printed(printed, required)
    if missing:
        raise ContentNotProved(f"{len(missing)} value(s) not printed, first {missing[0]!r}")
    left = left_over(printed, context)
    if left:
        raise ContentNotProved(f"left in the document: {left[0]!r}")


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _strings(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _strings(item)]
    return []
