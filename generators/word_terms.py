"""The words of a client's own Word file, and where in the file each of them stands."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn

from generators.texts import without_controls

_GONE: Final = frozenset({qn("w:del"), qn("w:moveFrom")})
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS: Final = frozenset({qn("w:br"), qn("w:cr")})


@dataclass(frozen=True, slots=True)
class WordLine:
    """A paragraph of the file that has words.

    Attributes:
        start: Of its text in the text of the file.
        runs: Its runs that have words, in order, each with its text.
    """

    start: int
    text: str
    paragraph: Any
    runs: tuple[tuple[Any, str], ...]


def terms_of_word(source: bytes) -> str:
    """The words of the body, a paragraph a line, tables cell by cell, tracked changes accepted.

    Automatic numbers of paragraphs are of the layout, not of the text, and are left out.

    Args:
        source: A Word file that `generators.edited_word.read_edited` found safe.
    """
    text, _ = read_lines(Document(io.BytesIO(source)))
    return text


def read_lines(document: Any) -> tuple[str, list[WordLine]]:
    """The text of an open file, and the paragraphs that it is made of."""
    lines: list[WordLine] = []
    pieces: list[str] = []
    length = 0
    for paragraph in _paragraphs(document):
        runs = tuple(_runs(paragraph))
        line = "".join(text for _, text in runs)
        if not pieces and not line.strip():
            continue  # the text begins with a word
        if not pieces:
            runs, line = _without_lead(runs)
        if line.strip():
            lines.append(WordLine(length, line, paragraph, runs))
        pieces.append(line)
        length += len(line) + 1
    return "\n".join(pieces).rstrip(), lines


def _without_lead(runs: tuple[tuple[Any, str], ...]) -> tuple[tuple[tuple[Any, str], ...], str]:
    """Runs without the white space before the first word, and their text."""
    kept: list[tuple[Any, str]] = []
    for run, text in runs:
        told = text if kept else text.lstrip()
        if told:
            kept.append((run, told))
    return tuple(kept), "".join(text for _, text in kept)


def _paragraphs(document: Any) -> Iterator[Any]:
    for paragraph in document.element.body.iter(qn("w:p")):
        # A text box stands in the file twice: once for programs that know it, once for others.
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield paragraph


def _runs(paragraph: Any) -> Iterator[tuple[Any, str]]:
    for run in paragraph.iter(qn("w:r")):
        inside = next(run.iterancestors(qn("w:p")))
        if inside is not paragraph or any(up.tag in _GONE for up in run.iterancestors()):
            continue
        text = "".join(_said(child) for child in run)
        if text:
            yield run, text


def _said(child: Any) -> str:
    if child.tag == qn("w:t"):
        return without_controls(unicodedata.normalize("NFC", child.text or ""))
    if child.tag == qn("w:tab"):
        return "\t"
    if child.tag == qn("w:noBreakHyphen"):
        return "-"
    return "\n" if child.tag in _BREAKS else ""
