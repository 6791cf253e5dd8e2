"""The vocabulary of templates: paragraphs, lists, tables, conditions and loops, as Word's XML.

Texts are written plainly. ``**…**`` is bold, a tab is a tab, ``{{ … }}`` and ``{% … %}`` are
template code. Outside template code, apostrophes and the spaces before ``: ; ! ?`` and inside
« » become those of print, and numbers stay on the line of what they number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from law.french import NBSP, typographic
from templates.builder.styles import SHADE, TEXT_WIDTH

Block = str
"""A piece of the body of a document: one or more elements of WordprocessingML."""

_CODE: Final = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_NUMBERED: Final = re.compile(
    r"(\barticles?|\b[LRD]\.) (?=[\dLRD{])|(n°) (?=\S)|(?<=\d) (?=(?:jours?|mois|ans|euros)\b)"
)
_LISTS: Final = "list:"
_AFTER_TABLE: Final = '<w:p><w:pPr><w:pStyle w:val="ApresTableau"/></w:pPr></w:p>'
_END: Final = (
    '<w:p><w:pPr><w:pStyle w:val="ApresTableau"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def printed(text: str) -> str:
    """A text of ours as it is printed; template code is left alone.

    >>> printed("l'article {{ a }} : {% if b == 'c' %}d'où{% endif %}").replace(NBSP, "_")
    "l’article_{{ a }}_: {% if b == 'c' %}d’où{% endif %}"
    """
    pieces = _CODE.split(text)
    for at in range(0, len(pieces), 2):
        pieces[at] = typographic(pieces[at])
    text = "".join(pieces)
    return _NUMBERED.sub(lambda found: f"{found[1] or found[2] or ''}{NBSP}", text)


def paragraph(
    style: str,
    text: str,
    *,
    frame: str = "",
    page_break: bool = False,
    spacing: str = "",
    numbers: str = "",
) -> Block:
    """A paragraph of a style.

    Args:
        style: One of `styles.STYLES`.
        text: What it says.
        frame: Where it stands on the sheet, when not in the run of the text.
        page_break: Whether it begins a page.
        spacing: Spacing of its own.
        numbers: Name of the list that numbers it; each list counts from one.
    """  # fmt: skip
    numbering = (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_LISTS}{numbers}"/></w:numPr>'
        if numbers
        else ""
    )
    before = "<w:pageBreakBefore/>" if page_break else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}{frame}{numbering}{spacing}</w:pPr>'
        f"{runs(text)}</w:p>"
    )


def runs(text: str) -> str:
    """The runs of a text: one, or more when parts of it are bold."""
    pieces = _BOLD.split(printed(text))
    return "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if at % 2 else ''}{_text(piece)}</w:r>"
        for at, piece in enumerate(pieces)
        if piece
    )


def _text(text: str) -> str:
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
        for piece in text.split("\t")
    )


def code(tag: str) -> Block:
    """A line of template code, which leaves no paragraph: ``if x``, ``endif``, ``for a in b``."""
    return f'<w:p><w:r><w:t xml:space="preserve">{{%p {escape(tag)} %}}</w:t></w:r></w:p>'


def when(condition: str, *blocks: Block, otherwise: Sequence[Block] = ()) -> Block:
    """Blocks that are printed when a value is there, or those printed instead."""
    other = (code("else"), *otherwise) if otherwise else ()
    return "".join((code(f"if {condition}"), *blocks, *other, code("endif")))


def each(item: str, items: str, *blocks: Block) -> Block:
    """Blocks that are printed for each item of a list."""
    return "".join((code(f"for {item} in {items}"), *blocks, code("endfor")))


# -- paragraphs by what they are ----------------------------------------------------------


def title(text: str) -> Block:
    """The title of an act that is no letter, centred."""
    return paragraph("TitreActe", text)


def subtitle(text: str) -> Block:
    """What stands under the title: the articles the act rests on."""
    return paragraph("SousTitreActe", text)


def heading(text: str, *, page_break: bool = False) -> Block:
    """The heading of a section."""
    return paragraph("Heading2", text, page_break=page_break)


def subheading(text: str) -> Block:
    """The heading of part of a section."""
    return paragraph("Heading3", text)


def article(text: str) -> Block:
    """The heading of an article of a contract, numbered by Word: ``Article 1 – …``."""
    return paragraph("Article", text)


def body(text: str) -> Block:
    """A paragraph of the text."""
    return paragraph("Corps", text)


def lead(text: str) -> Block:
    """A paragraph that stays with what follows: it announces a list or a table."""
    return paragraph("CorpsSuivi", text)


def demand(text: str) -> Block:
    """What is demanded, which must be seen first."""
    return paragraph("Demande", text)


def leading_demand(text: str) -> Block:
    """What must be seen first, and announces a list or a table with which it stays."""
    return paragraph("DemandeSuivie", text)


def quote(text: str) -> Block:
    """A text of law or a clause, word for word."""
    return paragraph("Citation", text)


def box(text: str) -> Block:
    """A notice in a box."""
    return paragraph("Encadre", text)


def note(text: str) -> Block:
    """Small print."""
    return paragraph("Note", text)


def party(text: str) -> Block:
    """A party to an act, named in full."""
    return paragraph("Partie", text)


def centred(text: str) -> Block:
    """A word alone on its line: ``ENTRE``, ``ET``, ``PAR CES MOTIFS``."""
    return paragraph("Centre", text)


def field(label: str, value: str) -> Block:
    """A line of a form: what it is, then the value, which is bold."""
    return paragraph("Fiche", f"{label}\t**{value}**")


# -- lists -------------------------------------------------------------------------------------


def bullet(text: str) -> Block:
    """An item of a list."""
    return paragraph("Liste", text)


def bullets(items: str) -> Block:
    """A list of texts of the context."""
    return each("line", items, bullet("{{ line }}"))


def numbered(name: str, text: str) -> Block:
    """An item of the numbered list of that name."""
    return paragraph("ListeNumerotee", text, numbers=name)


# -- tables --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its heading.
        value: What a row prints, with template code.
        width: In twentieths of a point; those of a table add up to `TEXT_WIDTH`.
        total: What the last row prints.
        number: Whether it stands on the right.
    """

    title: str
    value: str
    width: int
    total: str = ""
    number: bool = False


def table(
    caption: str,
    description: str,
    item: str,
    items: str,
    *columns: Column,
    total: bool = True,
    keep: Literal["ends", "whole"] = "ends",
) -> Block:
    """A table with a row for each item of a list, its heading on each page that it reaches.

    Args:
        caption: What the table is, for those who cannot see it.
        description: What it shows, for the same.
        item: Name of an item in the values of the columns.
        items: The list; it must not be empty unless there is a total.
        columns: From left to right.
        total: Whether a last row prints the totals of the columns.
        keep: What the end of a page does not cut: the whole table (a short one), or only its
            first two rows and its last with the total.

    Raises:
        ValueError: the widths do not add up to the width of the text.
    """
    width = sum(column.width for column in columns)
    if abs(width - TEXT_WIDTH) > 1:
        raise ValueError(f"the columns of {caption!r} are {width} wide, not {TEXT_WIDTH}")
    tied = _row(columns, "CelluleLiee", [column.value for column in columns])
    if keep == "ends":
        free = _row(columns, "Cellule", [column.value for column in columns])
        rows = [
            _row_code(columns, "if loop.first or loop.last"), tied,
            _row_code(columns, "else"), free,
            _row_code(columns, "endif"),
        ]  # fmt: skip
    else:
        rows = [tied]
    return "".join(
        (
            "<w:tbl>",
            _table_properties(caption, description, columns),
            _row(columns, "CelluleTitre", [column.title for column in columns], header=True),
            _row_code(columns, f"for {item} in {items}"),
            *rows,
            _row_code(columns, "endfor"),
            _row(columns, "CelluleTotal", [column.total for column in columns]) if total else "",
            f"</w:tbl>{_AFTER_TABLE}",
        )
    )


def fixed_table(
    caption: str,
    description: str,
    titles: Sequence[str],
    *rows: Sequence[str],
    widths: Sequence[int],
    room: Sequence[Block] = (),
) -> Block:
    """A table whose rows are known: the blanks of a form, what each side signs.

    Args:
        caption: What the table is, for those who cannot see it.
        description: What it shows, for the same.
        titles: The heading of each column.
        rows: The texts of each row.
        widths: In twentieths of a point, adding up to `TEXT_WIDTH`.
        room: Paragraphs of a last row, 30 mm high, one for each column.
    """
    columns = [
        Column(title=title, value="", width=width)
        for title, width in zip(titles, widths, strict=True)
    ]
    return "".join(
        (
            "<w:tbl>",
            _table_properties(caption, description, columns),
            _row(columns, "CelluleTitre", titles, header=True),
            *(_row(columns, "CelluleLiee" if room else "Cellule", row) for row in rows),
            _room(columns, room) if room else "",
            f"</w:tbl>{_AFTER_TABLE}",
        )
    )


def at_the_end(table_of_the_file: Block) -> Block:
    """A table that may end a page and the file.

    The paragraph that Word wants after it takes no room, else it would open a page of its own.

    Raises:
        ValueError: the block does not end with a table.
    """
    if not table_of_the_file.endswith(_AFTER_TABLE):
        raise ValueError("the block does not end with a table")
    return table_of_the_file.removesuffix(_AFTER_TABLE) + _END


def _room(columns: Sequence[Column], paragraphs: Sequence[Block]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
        for column, inner in zip(columns, paragraphs, strict=True)
    )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="1701"/></w:trPr>{cells}</w:tr>'


def _table_properties(caption: str, description: str, columns: Sequence[Column]) -> str:
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    return (
        f'<w:tblPr><w:tblStyle w:val="Decompte"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printed(caption))}/>"
        f"<w:tblDescription w:val={quoteattr(printed(description))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(
    columns: Sequence[Column], style: str, texts: Sequence[str], *, header: bool = False
) -> str:
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    shade = shaded if style in {"CelluleTitre", "CelluleTotal"} else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{paragraph(f'{style}Nombre' if column.number else style, text)}</w:tc>"
        for column, text in zip(columns, texts, strict=True)
    )
    heads = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{heads}</w:trPr>{cells}</w:tr>"


def _row_code(columns: Sequence[Column], tag: str) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{TEXT_WIDTH}"'
        f' w:type="dxa"/><w:gridSpan w:val="{len(columns)}"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cellule"/></w:pPr><w:r>'
        f'<w:t xml:space="preserve">{{%tr {escape(tag)} %}}</w:t></w:r></w:p></w:tc></w:tr>'
    )
