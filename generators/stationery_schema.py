"""The stationery of a cabinet as a request brings it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from generators.faults import Contradiction, Message
from generators.fields import Fact, FactsSchema, One, Text, TextList
from generators.schema_base import Reading
from generators.stationery import LEAST_CONTRAST, PAPERS, contrast

MOST_LOGO_BYTES: Final = 512 * 1024
MOST_FOOTER_LINES: Final = 3
MOST_FOOTER_CHARACTERS: Final = 120
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Color(Fact[str]):
    """A colour that can be read on paper: ``#1F2A44``."""

    messages: ClassVar[Mapping[str, Message]] = {
        "shape": Message("invalid-color", 'A colour is written "#1F2A44".'),
        "contrast": Message(
            "contrast-too-low",
            "Too pale to be read: its contrast is {found}, {least} is needed (WCAG 1.4.3).",
        ),
    }

    def __init__(self, description: str = "", **kwargs: Any) -> None:
        super().__init__(description, pattern="^#[0-9A-Fa-f]{6}$", **kwargs)

    def read(self, value: Any) -> str:
        """Six digits, in capitals."""
        if not isinstance(value, str) or _COLOR.fullmatch(value) is None:
            raise self.make_error("shape")
        color = value[1:].upper()
        found = min(contrast(color, paper) for paper in PAPERS)
        if found < LEAST_CONTRAST:
            raise self.make_error("contrast", found=f"{found:.1f}", least=LEAST_CONTRAST)
        return color


class Base64(Fact[bytes]):
    """A small file within a JSON body (RFC 4648, section 4)."""

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A text in Base64 is needed."),
        "shape": Message("invalid-base64", "This is not Base64."),
        "large": Message("too-large", "At most {most} bytes; there are {count}."),
    }

    def __init__(self, description: str = "", *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(description, contentEncoding="base64", minLength=4, **kwargs)

    def read(self, value: Any) -> bytes:
        """The bytes."""
        if not isinstance(value, str):
            raise self.make_error("type")
        try:
            data = base64.b64decode(value.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise self.make_error("shape") from error
        if len(data) > self.most:
            raise self.make_error("large", most=self.most, count=len(data))
        return data


class Sha256(Fact[str]):
    """A hash."""

    messages: ClassVar[Mapping[str, Message]] = {
        "shape": Message("invalid-sha256", "A SHA-256 in 64 lowercase hexadecimal digits."),
    }

    def read(self, value: Any) -> str:
        """The hash."""
        if not isinstance(value, str) or _SHA256.fullmatch(value) is None:
            raise self.make_error("shape")
        return value


class FooterLine(Text):
    """A line of the foot, which is put into a template: without the signs of its tags."""

    messages: ClassVar[Mapping[str, Message]] = {
        "brace": Message("brace", "Braces may not be in this text."),
    }

    def read(self, value: Any) -> str:
        """The cleaned line."""
        text = super().read(value)
        if "{" in text or "}" in text:
            raise self.make_error("brace")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoRequest:
    """A logo to use: a new file, or the one in use by its hash."""

    alt: str
    content: bytes | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationeryRequest:
    """The whole stationery, as it shall be."""

    accent_color: str | None = None
    footer_lines: tuple[str, ...] = ()
    logo: LogoRequest | None = None


class LogoSchema(FactsSchema):
    """A logo."""

    makes: ClassVar[Any] = LogoRequest

    content = Base64(
        "The file, PNG or JPEG, at most 512 KiB, in Base64. It is drawn again: no metadata of it "
        "is kept.",
        most=MOST_LOGO_BYTES,
    )
    sha256 = Sha256("Instead of `content`: the hash of the logo in use, which is kept.")
    alt = Text("What the logo shows, for those who cannot see it.", most=200, required=True)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Exactly one of the two ways to name a picture."""
        given = reading.given
        if (given.get("content") is None) == (given.get("sha256") is None):
            yield (), Message("one-of", "Either `content` or `sha256` is needed.")


class StationerySchema(FactsSchema):
    """The stationery of a cabinet: what is left out is that of the house."""

    makes: ClassVar[Any] = StationeryRequest

    accent_color = Color(
        "Colour of names, titles and rules, dark enough to be read.", example="#0B5D3B"
    )
    footer_lines = TextList(
        FooterLine(most=MOST_FOOTER_CHARACTERS),
        "Lines at the foot of each page, above what the act says there.",
        least=0,
        most=MOST_FOOTER_LINES,
    )
    logo = One(LogoSchema, "In the upper right corner of the first page of letters.")
