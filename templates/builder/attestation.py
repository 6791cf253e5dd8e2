"""The sheet of a certificate: who certifies, the title, the text, who signs. It is no letter.

=============== ===============================================================
values          made by
=============== ===============================================================
``issuer``      `generators.attestations.issuer_values`
``act``         the kind: ``reference``, ``place_and_date``, ``running``
``signatory``   `generators.attestations.signatory_of`
=============== ===============================================================
"""

from __future__ import annotations

from typing import Final

from templates.builder.blocks import Block, each, paragraph
from templates.builder.package import word_file
from templates.builder.stationery import signature
from templates.builder.styles import TEXT_WIDTH

HEADER: Final = ("{{ act.running }}", "{{ act.reference }}")
FOOTER: Final = "{{ issuer.name }}"
_RULED: Final = (
    f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs><w:spacing w:before="60"'
    ' w:after="0"/>'
)


def attestation(title: str, *blocks: Block) -> bytes:
    """A certificate: the head of its issuer, then the blocks given."""
    return word_file(title, issuer_block(), *blocks, header=HEADER, footer=FOOTER)


def issuer_block() -> Block:
    """Who certifies, and the file, above a rule."""
    return "".join(
        (
            paragraph("ExpediteurNom", "{{ issuer.name }}"),
            each("line", "issuer.lines", paragraph("Expediteur", "{{ line }}")),
            paragraph("EnTeteSuite", "\tRéférence : {{ act.reference }}", spacing=_RULED),
        )
    )


def entry(label: str, value: str) -> Block:
    """A line of a form whose value is a sentence, and so not bold."""
    return paragraph("Fiche", f"{label}\t{value}", spacing=_NARROW)


def last_box(text: str) -> Block:
    """A notice in a box that stays with the date and the signature after it."""
    return paragraph("Encadre", text, frame="<w:keepNext/>")


def done_at() -> Block:
    """Where and when the certificate is given, and who signs it, on one page."""
    return paragraph("Signature", "{{ act.place_and_date }}", spacing=_DONE) + signature()


_NARROW: Final = (
    '<w:tabs><w:tab w:val="clear" w:pos="2835"/><w:tab w:val="left" w:pos="1474"/></w:tabs>'
    '<w:spacing w:before="0" w:after="40"/><w:ind w:left="1474" w:hanging="1474"/>'
)
_DONE: Final = '<w:spacing w:before="200" w:after="60"/>'
