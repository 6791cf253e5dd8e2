"""The words of a PDF and where they stand, as poppler reads them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_MM = 72 / 25.4
_PAGE = re.compile(r"<page [^>]*>(.*?)</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<')


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the box it stands in, in mm from the upper left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether any of it lies in a box."""
        return self.left < right and self.right > left and self.top < bottom and self.bottom > top


def pages_of(path: Path) -> list[list[Word]]:
    """The words of each page."""
    xml = _run("-bbox", path)
    return [list(_words(page)) for page in _PAGE.findall(xml)]


def raw_text(path: Path) -> str:
    """The text in the order in which it is drawn."""
    return _run("-raw", path)


def _words(page: str) -> Iterator[Word]:
    for *box, text in _WORD.findall(page):
        left, top, right, bottom = (float(value) / _MM for value in box)
        yield Word(unescape(text), left, top, right, bottom)


def _run(option: str, path: Path) -> str:
    done = subprocess.run(  # noqa: S603 - ours
        ["pdftotext", option, "-enc", "UTF-8", str(path), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
