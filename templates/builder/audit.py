"""What the report of an audit adds to the vocabulary: tables whose scores are coloured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from templates.builder.blocks import Block, Column, code, paragraph
from templates.builder.blocks import _row as row
from templates.builder.blocks import _row_code as row_code
from templates.builder.blocks import _table_properties as table_properties

_LEVELS: Final = (
    ("is_critical", "NoteCritique"),
    ("is_fragile", "NoteFragile"),
    ("is_fair", "NotePerfectible"),
    ("is_solid", "NoteSolide"),
)


def heat_table(
    caption: str, description: str, item: str, items: str, *columns: Column, scored: int
) -> Block:
    """A short table in which the values of one column are coloured by their level.

    Args:
        caption: What the table is, for those who cannot see it.
        description: What it shows, for the same; a level is never told by its colour alone.
        item: Name of an item in the values of the columns.
        items: The list, which is not empty.
        columns: From left to right.
        scored: Which column is coloured, from 0.
    """
    return "".join(
        (
            "<w:tbl>",
            table_properties(caption, description, columns),
            row(columns, "CelluleTitre", [column.title for column in columns], header=True),
            row_code(columns, f"for {item} in {items}"),
            _cells(columns, item, scored),
            row_code(columns, "endfor"),
            '</w:tbl><w:p><w:pPr><w:pStyle w:val="ApresTableau"/></w:pPr></w:p>',
        )
    )


def _cells(columns: Sequence[Column], item: str, scored: int) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/></w:tcPr>'
        f"{_coloured(item, column.value) if at == scored else _plain(column)}</w:tc>"
        for at, column in enumerate(columns)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _plain(column: Column) -> str:
    return paragraph("CelluleLieeNombre" if column.number else "CelluleLiee", column.value)


def _coloured(item: str, value: str) -> str:
    branches = "".join(
        code(f"{'elif' if at else 'if'} {item}.{flag}") + paragraph(style, value)
        for at, (flag, style) in enumerate(_LEVELS)
    )
    return f"{branches}{code('else')}{paragraph('NoteAucune', value)}{code('endif')}"
