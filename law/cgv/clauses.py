"""The clauses of a text: where each begins, its number and its heading, and whom it is for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from law.cgv.normalised import lines

Audience = Literal["b2b", "b2c"]

_MOST_HEADING = 120
_MOST_BARE_HEADING = 70
_NUMBERED = re.compile(
    r"(?:(?P<word>article|art\.?|clause|titre|section|chapitre|annexe|§)\s*"
    r"(?P<number>(?:\d+(?:[.\-]\d+)*)|[ivxl]+|1er|premier|[a-z])\b"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){0,3})(?P<mark>\.|\)|\s*[-\u2013\u2014:]|°)?(?=\s)"
    r"|(?P<roman>[IVXL]{1,6})(?:\.|\)|\s*[-\u2013\u2014:])(?=\s))"
    r"\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SEPARATORS = " \t-\u2013\u2014:.)°"
_SENTENCE_END = (".", ";", ",", "!", "?", "…")
_FOR_PROFESSIONALS = re.compile(
    r"\bprofessionnel(?:le)?s?\b|\bentreprises\b|\bB2B\b",
    re.IGNORECASE,
)
_FOR_CONSUMERS = re.compile(
    r"\bparticuliers?\b|\br[ée]tractation\b|\bconsommat(?:eur|rice)s?\b"
    r"|\bnon[- ]professionnels?\b|\bB2C\b",
    re.IGNORECASE,
)
_NOT_AN_AUDIENCE = re.compile(r"\bconditions particuli|\bdispositions particuli", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the text.

    Attributes:
        number: As the text numbers it (``5``, ``IV``, ``2.3``), or None.
        heading: Its title without the number, or None.
        start: Where it begins in the text.
        end: Where the next begins, or the text ends.
        body_start: Where its text begins, after a heading on a line of its own.
        place: What it is called when it has neither number nor heading.
        audience: Whom its heading keeps it for, or None.
    """

    number: str | None
    heading: str | None
    start: int
    end: int
    body_start: int
    place: str
    audience: Audience | None

    @property
    def label(self) -> str:
        """How a report names it: ``Article 5`` and its heading."""
        named = f"Article {self.number}" if self.number else None
        return " \u2013 ".join(filter(None, (named, self.heading))) or self.place


def clauses(text: str) -> Sequence[Clause]:
    """The clauses of a text, in order; what comes before the first heading is one without any.

    A heading is a line that begins with a number (``Article 5 …``, ``IV. …``, ``2.3 …``) or,
    where the text numbers nothing, a short line that ends no sentence and is followed by one.
    A text that has neither is cut at its empty lines.
    """
    found = lines(text)
    heads = [head for span in found if (head := _numbered(text, span))]
    if len(heads) < 2:  # noqa: PLR2004 - one number is a chance
        heads = _bare(text, found)
    place = "Préambule"
    if not heads:
        heads = [_Head(start, None, None, start) for start in _paragraphs(text)]
        place = "Paragraphe {}"
    if not heads or text[: heads[0].start].strip():
        heads = [_Head(0, None, None, 0), *heads]
    ends = [head.start for head in heads[1:]] + [len(text)]
    return [
        Clause(
            number=head.number,
            heading=head.heading,
            start=head.start,
            end=end,
            body_start=head.body_start,
            place=place.format(at),
            audience=_audience(head.heading or ""),
        )
        for at, (head, end) in enumerate(zip(heads, ends, strict=True), start=1)
    ]


class _Head(NamedTuple):
    start: int
    number: str | None
    heading: str | None
    body_start: int


def clause_at(found: Sequence[Clause], place: int) -> Clause:
    """The clause in which a place of the text lies."""
    at = bisect_right(found, place, key=lambda clause: clause.start)
    return found[max(at - 1, 0)]


def _numbered(text: str, span: tuple[int, int]) -> _Head | None:
    start, end = span
    match = _NUMBERED.match(text[start:end])
    if match is None:
        return None
    number = match["number"] or match["dotted"] or match["roman"]
    rest = match["rest"].lstrip(_SEPARATORS)
    if rest.endswith("-"):  # a word of the heading is cut by the end of the line
        rest = rest[:-1] + text[end:].lstrip().partition("\n")[0]
        end += 1
    if _is_chance(match, rest):
        return None
    heading = _heading(rest)
    fills_the_line = heading is None or len(rest.rstrip(" :.")) <= len(heading)
    return _Head(start, number, heading, end + 1 if heading and fills_the_line else start)


def _is_chance(match: re.Match[str], rest: str) -> bool:
    """Whether a line begins with what looks like a number of a clause, but is a sentence."""
    if match["dotted"] and not match["mark"] and "." not in match["dotted"]:
        # "30 jours après la livraison" is a sentence; "5 Paiement" is a heading
        return not rest[:1].isupper() or rest.endswith(_SENTENCE_END)
    # "article 5 des présentes…": a sentence that was cut by the end of the line
    return bool(match["word"] and rest and rest[0].islower())


def _heading(rest: str) -> str | None:
    """The title of a numbered clause: the line, or its beginning where the text follows on it."""
    title = rest.strip()
    first = re.match(r"(?P<title>[^.:;]{3,60}?)\s*(?:[.:]|\s[-\u2013\u2014])\s+\S", title)
    if first:
        return first["title"].strip()
    if len(title) > _MOST_HEADING or title.endswith((".", ";")):
        return title.rstrip(" .") if len(title) <= _MOST_BARE_HEADING and title.isupper() else None
    return title.rstrip(" :") or None


def _bare(text: str, found: Sequence[tuple[int, int]]) -> list[_Head]:
    """Headings without a number: short lines between others that end sentences."""
    heads: list[_Head] = []
    for (start, end), after in pairwise(found):
        line = text[start:end]
        following = text[slice(*after)]
        is_short = len(line) <= _MOST_BARE_HEADING and not line.endswith(_SENTENCE_END)
        if is_short and line[:1].isupper() and len(following) > len(line) and _says(following):
            heads.append(_Head(start, None, line.rstrip(" :"), end + 1))
    return heads if len(heads) > 1 else []


def _says(line: str) -> bool:
    return line.rstrip().endswith(_SENTENCE_END) or len(line) > _MOST_BARE_HEADING


def _paragraphs(text: str) -> list[int]:
    starts = [found.end() for found in re.finditer(r"\n[ \t]*\n\s*", text)]
    return [start for start in (0, *starts) if text[start:].strip()]


def _audience(heading: str) -> Audience | None:
    heading = _NOT_AN_AUDIENCE.sub("", heading)
    is_for_consumers = bool(_FOR_CONSUMERS.search(heading))
    rest = re.sub(r"\bnon[- ]professionnels?\b", "", heading, flags=re.IGNORECASE)
    is_for_professionals = bool(_FOR_PROFESSIONALS.search(rest))
    if is_for_consumers == is_for_professionals:
        return None
    return "b2c" if is_for_consumers else "b2b"
