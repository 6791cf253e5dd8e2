"""The list of bound exhibits, then one sheet for each stamp, printed from `generators.dossier`.

The stamps are drawn with the fonts of the acts and embedded like them; `generators.dossier` cuts
them out of their sheets.
"""

from __future__ import annotations

from templates.builder.blocks import Block, Column, each, paragraph, subtitle, table, title
from templates.builder.package import word_file

# Far from header and footer; `generators.dossier` knows the place (millimetres 60 by 100).
_STAMP = (
    '<w:framePr w:w="1701" w:h="240" w:hRule="atLeast" w:wrap="around" w:vAnchor="page"'
    ' w:hAnchor="page" w:x="3402" w:y="5670"/>'
)


def document() -> bytes:
    """The Word master."""
    return word_file(
        "Bordereau des pièces",
        title("Bordereau des pièces"),
        subtitle("{{ dossier.of }}"),
        _list(),
        each("exhibit", "dossier.exhibits", _stamp()),
        header=("Bordereau des pièces", "{{ dossier.reference }}"),
        footer="{{ dossier.reference }}",
    )


def _list() -> Block:
    return table(
        "Bordereau des pièces",
        "Une ligne par pièce : numéro, désignation, date, nombre de pages, première page au"
        " dossier.",
        "exhibit",
        "dossier.exhibits",
        Column(title="Pièce n°", value="{{ exhibit.number }}", width=1020),
        Column(title="Désignation", value="{{ exhibit.label }}", width=4876),
        Column(title="Date", value="{{ exhibit.date }}", width=1304),
        Column(title="Pages", value="{{ exhibit.pages }}", width=850, number=True),
        Column(title="À la page", value="{{ exhibit.first }}", width=1304, number=True),
        total=False,
    )


def _stamp() -> Block:
    return paragraph(
        "Tampon", "Pièce n° {{ exhibit.number }}", frame=_STAMP, page_break=True
    ) + paragraph("ApresTableau", "")
