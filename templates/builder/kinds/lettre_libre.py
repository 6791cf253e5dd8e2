"""The free letter, on the stationery of all others."""

from __future__ import annotations

from templates.builder.blocks import body, each, lead, when
from templates.builder.stationery import closing, enclosures, letter, signature


def document() -> bytes:
    """The Word master."""
    return letter(
        "Lettre",
        each("paragraph", "paragraphs", body("{{ paragraph }}")),
        when("ending", lead("{{ ending }}")),
        closing(),
        signature(),
        enclosures(),
    )
