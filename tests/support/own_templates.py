"""Templates as a cabinet might send them: made from that of the house, right or wrong."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from functools import cache

from PIL import Image, PngImagePlugin

from generators.drafting import template_source
from generators.registry import act_kind
from tests.support.word_templates import paragraph, parts_of, zipped

HOUSE = template_source(act_kind("mise_en_demeure"))
BODY = "word/document.xml"


def edited(*changes: tuple[str, str], part: str = BODY) -> bytes:
    """The template of the house with texts of a part replaced; each must be there."""
    parts = parts_of(HOUSE)
    text = parts[part].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    parts[part] = text.encode()
    return zipped(parts)


@cache
def own_template(note: str = "Gabarit du cabinet") -> bytes:
    """A template that is the cabinet's own: the house's, with a line of text added."""
    return edited(("<w:sectPr>", f"{paragraph(note)}<w:sectPr>"))


def with_part(name: str, data: bytes) -> bytes:
    """The template of the house with a part put in or changed."""
    return zipped({**parts_of(HOUSE), name: data})


def without_text(text: str) -> bytes:
    """The template of the house without some text."""
    return edited((text, ""))


def logo(
    width: int = 600, height: int = 200, kind: str = "PNG", info: Mapping[str, str] | None = None
) -> bytes:
    """A picture: a green field, in colours or see-through."""
    file = io.BytesIO()
    image = Image.new("RGB" if kind == "JPEG" else "RGBA", (width, height), "#0B5D3B")
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        for name, value in (info or {}).items():
            told.add_text(name, value)
        image.save(file, kind, pnginfo=told)
    else:
        image.save(file, kind, comment=str(info or ""))
    return file.getvalue()


def base64_of(data: bytes) -> str:
    """As a JSON body holds it."""
    return base64.b64encode(data).decode()
