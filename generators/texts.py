"""Fields for texts: cleaned once, here; what Word or PDF would lose is refused with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from marshmallow import ValidationError

from generators.faults import Message
from generators.schema_base import Fact

_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]|\r(?!\n)"
)
_LINE_ENDS: Final = re.compile("[\t\r\n]")
_MARKS_MAYBE: Final = re.compile("[\u0300-\U0010ffff]{31,}")
_MOST_MARKS: Final = 30
"""Combining marks in a row (UAX #15, stream-safe text). Putting many in order takes time that
grows with the square of their number: half a minute for a body of a mebibyte."""
_INVISIBLE: Final = re.compile("[\\s\u00ad\u115f\u1160\u200b-\u200f\u2060-\u2064\u3164\ufeff]*")


class Text(Fact[str]):
    """A text as a person wrote it, cleaned once: NFC, no blanks around, no control character.

    What would be lost or would change the order of reading in Word or PDF is refused, with its
    place: C0 and C1 controls, lone surrogates, U+FFFE and U+FFFF, bidirectional overrides and
    isolates, line and paragraph separators. The ends of lines of Windows become those of Unix.

    Args:
        most: Characters it may hold.
        multiline: Whether it may hold tabs and ends of lines.
    """

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A text is needed."),
        "character": Message(
            "control-character", "{name} at character {position} may not be in this text."
        ),
        "marks": Message(
            "too-many-marks",
            "More than {most} combining marks in a row, from character {position}.",
        ),
        "empty": Message("empty", "The text is empty; leave the key out if there is none."),
        "too-long": Message("too-long", "At most {most} characters; there are {count}."),
    }

    def __init__(
        self, description: str = "", *, most: int, multiline: bool = False, **kwargs: Any
    ) -> None:
        self.most = most
        self.multiline = multiline
        super().__init__(description, minLength=1, maxLength=most, **kwargs)

    def read(self, value: Any) -> str:
        """The cleaned text."""
        if not isinstance(value, str):
            raise self.make_error("type")
        bad = _FORBIDDEN.search(value)
        if bad is None and not self.multiline:
            first = len(value) - len(value.lstrip())
            bad = _LINE_ENDS.search(value, first, len(value.rstrip()))
        if bad is not None:
            name = f"U+{ord(bad.group()):04X}"
            raise self.make_error("character", name=name, position=bad.start() + 1)
        marks = None if value.isascii() else _run_of_marks(value)
        if marks is not None:
            raise self.make_error("marks", most=_MOST_MARKS, position=marks + 1)
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
        if _INVISIBLE.fullmatch(text):
            raise self.make_error("empty")
        if len(text) > self.most:
            raise self.make_error("too-long", most=self.most, count=len(text))
        return text


def without_controls(text: str) -> str:
    """A text read in a stranger's file, without the characters that `Text` refuses."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n"))


def _run_of_marks(text: str) -> int | None:
    """Where a run of too many combining marks begins."""
    for candidate in _MARKS_MAYBE.finditer(text):
        run = 0
        for at in range(*candidate.span()):
            run = run + 1 if unicodedata.combining(text[at]) else 0
            if run > _MOST_MARKS:
                return at - run + 1
    return None


class TextList(Fact[Sequence[str]]):
    """A list of texts, of which there are at least and at most so many."""

    json: ClassVar[Mapping[str, Any]] = {"type": "array"}
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A list of texts is needed."),
        "empty-list": Message("empty-list", "At least {least} is needed."),
        "too-many": Message("too-many", "At most {most}; there are {count}."),
        "null": Message("missing", "A text is needed."),
    }

    def __init__(
        self, item: Text, description: str = "", *, least: int, most: int, **kwargs: Any
    ) -> None:
        self.item, self.least, self.most = item, least, most
        items = {"type": "string", "minLength": 1, "maxLength": item.most}
        super().__init__(description, minItems=least, maxItems=most, items=items, **kwargs)

    def read(self, value: Any) -> tuple[str, ...]:
        """Each text cleaned; the faults of all of them at once."""
        if not isinstance(value, list):
            raise self.make_error("type")
        if len(value) < self.least:
            raise self.make_error("empty-list", least=self.least)
        if len(value) > self.most:
            raise self.make_error("too-many", most=self.most, count=len(value))
        texts, messages = [], {}
        for at, item in enumerate(value):
            try:
                texts.append(self.item.read(item))
            except ValidationError as error:
                messages[at] = error.messages
        if messages:
            raise ValidationError(messages)
        return tuple(texts)

    def write(self, value: Sequence[str]) -> list[str]:
        """The texts, as a JSON list."""
        return list(value)
