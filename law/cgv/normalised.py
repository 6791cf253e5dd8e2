"""A text as the rules read it, and where each of its characters stood in the client's own.

Case, accents, typographic marks and ends of lines say nothing here; patterns are written for what
is left. Positions are those of Python strings: code points, the end not counted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_CHANGED = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
        **dict.fromkeys("\u2019\u2018\u02bc\u00b4`\u2032", "'"),
        **dict.fromkeys("«»\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)
_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}")
_ABBREVIATION = re.compile(
    r"(?<![.@\w-])(?:l|r|d|art|arts|al|c|com|civ|conso|cf|tel|n)(\.) ?(?=[a-z0-9])"
)
_DECIMAL = re.compile(r"(?<=\d)(\.)(?=\d)")
_CUT_WORD = re.compile(r"(?<=[a-zà-öø-ÿœ])-[ \t]*\n[ \t]*(?=[a-zà-öø-ÿœ])")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NormalisedText:
    """A text as the rules read it.

    Attributes:
        original: The client's own text.
        text: Lower case, without accents, on one line.
        at: For each character of `text`, where it stands in `original`.
    """

    original: str
    text: str
    at: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of `text`, which is not empty, stands in the original."""
        return self.at[start], self.at[end - 1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the original stands in `text`."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    def without(self, spans: Iterable[tuple[int, int]]) -> NormalisedText:
        """The same without some spans of the original: each of their characters is a full stop.

        Positions stay; no pattern that ends at the end of a sentence reads across.
        """
        text = self.text
        for start, end in spans:
            first, last = self.span(start, end)
            text = f"{text[:first]}{'.' * (last - first)}{text[last:]}"
        return NormalisedText(original=self.original, text=text, at=self.at)


def normalise(original: str) -> NormalisedText:
    """The text as the rules read it."""
    cut = {at for found in _CUT_WORD.finditer(original) for at in range(*found.span())}
    letters: list[str] = []
    at: list[int] = []
    for place, character in enumerate(original):
        if place in cut:
            continue
        for letter in _plain(character):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            at.append(place)
    text = "".join(letters)
    text = _DECIMAL.sub(",", text)
    dropped = {
        place
        for found in _ACRONYM.finditer(text)
        for place in range(found.start() + 1, found.end(), 2)
        if place < found.end() - 1 or not _ends_a_sentence(text, place)
    }
    dropped |= {found.start(1) for found in _ABBREVIATION.finditer(text)}
    kept = [place for place in range(len(text)) if place not in dropped]
    return NormalisedText(
        original=original,
        text="".join(text[place] for place in kept),
        at=tuple(at[place] for place in kept),
    )


def _ends_a_sentence(text: str, place: int) -> bool:
    return place + 1 >= len(text)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character as the rules read it: none, one or more."""
    if character.isspace():
        return " "
    changed = character.translate(_CHANGED)
    decomposed = unicodedata.normalize("NFKD", changed)
    kept = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(kept.lower().split()) if kept.strip() else " " if kept else ""


def sentence_at(text: str, start: int, end: int, stops: str = ".;") -> tuple[int, int]:
    """The sentence around a span of normalised text, without its stops."""
    first = max(text.rfind(stop, 0, start) for stop in stops) + 1
    ends = [found for stop in stops if (found := text.find(stop, end)) >= 0]
    return first, min(ends, default=len(text))


def lines(text: str) -> list[tuple[int, int]]:
    """Where the lines of a text that say something stand, without the blanks around them."""
    ends = [-1, *(place for place, letter in enumerate(text) if letter == "\n"), len(text)]
    found = []
    for before, after in pairwise(ends):
        line = text[before + 1 : after]
        said = line.strip()
        if said:
            start = before + 1 + len(line) - len(line.lstrip())
            found.append((start, start + len(said)))
    return found
