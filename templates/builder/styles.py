"""The styles of the stationery. A template carries those that it uses, and no others.

LibreOffice reads every style of a file before the first line of text: Word's own set of styles
doubles the time of a conversion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

FONT: Final = "Carlito"
NAVY: Final = "1F2A44"
GREY: Final = "595959"
SHADE: Final = "EDF0F5"
RULE: Final = "C9CFDA"
TEXT_WIDTH: Final = 9354
"""Width of the text in twentieths of a point (1 mm is 56.7), as are all measures here."""
WINDOW_LEFT: Final = 6236 - 1417
"""From the left edge of the text to that of the envelope's window."""

BULLETS: Final = 1
EXHIBITS: Final = 2
ARTICLES: Final = 3

Align = Literal["both", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style; sizes in half-points, measures in twentieths of a point.

    Attributes:
        name: As Word shows it. LibreOffice maps it to a tag of the PDF, so that it must not be the
            name of a standard tag (``Note``, ``Quote``, ``Figure``…): PDF/UA forbids that.
        keep_next: Stays on the page of the next paragraph.
        keep_lines: Is not cut by the end of a page.
        bar: A bar in the left margin.
        rule: A line above or below; a box around.
        numbering: Identifier of its list.
        outline: Level in the outline, from 0, for headings.
        fill: Colour behind the text.
    """

    name: str
    based_on: str = "Normal"
    size: int | None = None
    bold: bool = False
    italic: bool = False
    color: str | None = None
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    align: Align | None = None
    keep_next: bool = False
    keep_lines: bool = False
    bar: bool = False
    rule: Literal["top", "bottom", "box"] | None = None
    tab: tuple[Literal["left", "right"], int] | None = None
    numbering: int | None = None
    contextual: bool = False
    outline: int | None = None
    fill: str | None = None


# fmt: off
STYLES: Final[dict[str, Style]] = {
    # the sheet
    "Expediteur": Style(name="Expéditeur", size=19),
    "ExpediteurNom": Style(name="Expéditeur (nom)", size=26, bold=True, color=NAVY, after=40),
    "Destinataire": Style(name="Destinataire", size=21),
    "Juridiction": Style(name="Juridiction", size=22, left=4252, after=20, keep_lines=True),
    "LieuDate": Style(name="Lieu et date", before=160, after=160, left=WINDOW_LEFT),
    "Envoi": Style(name="Mode d’envoi", bold=True, after=40),
    "Reference": Style(name="Références", after=40),
    "EnTeteSuite": Style(
        name="En-tête des pages suivantes", size=17, color=GREY, rule="bottom",
        tab=("right", TEXT_WIDTH),
    ),
    "PiedDePage": Style(
        name="Pied de page de la lettre", size=17, color=GREY, tab=("right", TEXT_WIDTH)
    ),
    # titles
    "Heading1": Style(
        name="heading 1", size=23, bold=True, color=NAVY, before=200, after=200, keep_next=True,
        keep_lines=True, outline=0,
    ),
    "TitreActe": Style(
        name="Titre de l’acte", based_on="Heading1", size=30, bold=True, color=NAVY, before=240,
        after=120, align="center", keep_next=True, keep_lines=True, outline=0,
    ),
    "SousTitreActe": Style(
        name="Sous-titre de l’acte", size=22, color=NAVY, after=280, align="center",
        keep_next=True, keep_lines=True,
    ),
    "Heading2": Style(
        name="heading 2", size=22, bold=True, color=NAVY, before=160, after=60, keep_next=True,
        keep_lines=True, outline=1,
    ),
    "Heading3": Style(
        name="heading 3", size=21, bold=True, before=100, after=40, keep_next=True,
        keep_lines=True, outline=2,
    ),
    "Article": Style(
        name="Article", size=22, bold=True, color=NAVY, before=160, after=60, keep_next=True,
        keep_lines=True, numbering=ARTICLES, outline=1,
    ),
    # text
    "Corps": Style(name="Corps de lettre", after=100, align="both"),
    "CorpsSuivi": Style(
        name="Corps de lettre (suivi)", after=100, align="both", keep_next=True, keep_lines=True
    ),
    "Demande": Style(
        name="Demande", bold=True, before=40, after=160, left=227, align="both", keep_lines=True,
        bar=True,
    ),
    "DemandeSuivie": Style(
        name="Demande (suivie)", based_on="Demande", bold=True, before=40, after=160, left=227,
        align="both", keep_next=True, keep_lines=True, bar=True,
    ),
    "Citation": Style(
        name="Texte cité", italic=True, after=100, left=454, align="both", keep_lines=True
    ),
    "Tampon": Style(
        name="Tampon", size=20, bold=True, color=NAVY, align="center", rule="box"
    ),
    "Encadre": Style(
        name="Encadré", before=80, after=160, left=113, right=113, align="both", keep_lines=True,
        rule="box",
    ),
    "Mention": Style(
        name="Mention prescrite", size=28, bold=True, color=NAVY, before=200, after=200, left=170,
        right=170, align="center", keep_lines=True, rule="box",
    ),
    "Note": Style(
        name="Petits caractères", size=18, color=GREY, after=60, align="both", keep_lines=True
    ),
    "Partie": Style(name="Partie", after=100, left=340, align="both", keep_lines=True),
    "Centre": Style(name="Centré", before=60, after=100, align="center", keep_next=True),
    # lists
    "Liste": Style(
        name="Liste de la lettre", after=100, left=340, hanging=340, align="both",
        numbering=BULLETS, contextual=True,
    ),
    "ListeNumerotee": Style(
        name="Liste numérotée", after=60, left=454, hanging=454, align="both"
    ),
    "Piece": Style(name="Pièce jointe", size=19, left=340, hanging=340, numbering=EXHIBITS),
    "Fiche": Style(name="Fiche", after=40, left=2835, hanging=2835, tab=("left", 2835)),
    "Paiement": Style(
        name="Moyen de paiement", after=20, left=1701, hanging=1474, keep_next=True,
        keep_lines=True, tab=("left", 1701),
    ),
    # the end
    "Signature": Style(
        name="Signature de la lettre", left=WINDOW_LEFT, keep_next=True, keep_lines=True
    ),
    "Pieces": Style(
        name="Pièces jointes (titre)", size=19, bold=True, before=280, after=40, keep_next=True,
        keep_lines=True,
    ),
    # tables
    "Cellule": Style(name="Cellule", size=18, before=30, after=30),
    "CelluleNombre": Style(name="Cellule (nombre)", size=18, before=30, after=30, align="right"),
    "CelluleLiee": Style(
        name="Cellule (liée)", based_on="Cellule", before=30, after=30, keep_next=True
    ),
    "CelluleLieeNombre": Style(
        name="Cellule (liée, nombre)", based_on="Cellule", before=30, after=30, align="right",
        keep_next=True,
    ),
    "CelluleTitre": Style(
        name="Cellule (titre)", size=18, bold=True, color=NAVY, before=40, after=40, keep_next=True
    ),
    "CelluleTitreNombre": Style(
        name="Cellule (titre, nombre)", based_on="CelluleTitre", before=40, after=40, align="right"
    ),
    "NoteCritique": Style(
        name="Cellule (critique)", based_on="Cellule", size=18, bold=True, color="8A1C1C",
        before=30, after=30, align="center", keep_next=True, fill="F6D5D2",
    ),
    "NoteFragile": Style(
        name="Cellule (fragile)", based_on="Cellule", size=18, bold=True, color="7A4A00",
        before=30, after=30, align="center", keep_next=True, fill="FBE3C0",
    ),
    "NotePerfectible": Style(
        name="Cellule (perfectible)", based_on="Cellule", size=18, bold=True, color="5C5300",
        before=30, after=30, align="center", keep_next=True, fill="F5F0C0",
    ),
    "NoteSolide": Style(
        name="Cellule (solide)", based_on="Cellule", size=18, bold=True, color="1F5B2E",
        before=30, after=30, align="center", keep_next=True, fill="D6EBD8",
    ),
    "NoteAucune": Style(
        name="Cellule (sans note)", based_on="Cellule", size=18, color=GREY,
        before=30, after=30, align="center", keep_next=True,
    ),
    "CelluleTotal": Style(name="Cellule (total)", size=18, bold=True, before=40, after=40),
    "CelluleTotalNombre": Style(
        name="Cellule (total, nombre)", based_on="CelluleTotal", before=40, after=40, align="right"
    ),
    "ApresTableau": Style(name="Après un tableau", size=10),
}
# fmt: on

_HEAD: Final = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    '<w:sz w:val="21"/><w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240"'
    ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
_TABLES: Final = {
    "Decompte": (
        '<w:style w:type="table" w:styleId="Decompte"><w:name w:val="Décompte"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{NAVY}"/>'
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{NAVY}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        "</w:tblBorders></w:tblPr></w:style>"
    )
}


def styles_xml(used: Iterable[str]) -> str:
    """The styles of a template, with those that they rest on, in one order.

    Raises:
        KeyError: a style that does not exist is used.
    """
    needed = set(used)
    tables = "".join(xml for name, xml in _TABLES.items() if name in needed)
    needed -= set(_TABLES)
    needed |= {STYLES[name].based_on for name in needed} - {"Normal"}
    paragraphs = "".join(_style(name, style) for name, style in STYLES.items() if name in needed)
    return f"{_HEAD}{tables}{paragraphs}"


def _style(name: str, style: Style) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/><w:qFormat/>'
        f"<w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{_run(style)}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> str:
    """Properties in the order that the schema of WordprocessingML asks for."""
    kind, at = style.tab or ("left", 0)
    right = f' w:right="{style.right}"' if style.right else ""
    hanging = f' w:hanging="{style.hanging}"' if style.hanging else ""
    parts = (
        (style.keep_next, "<w:keepNext/>"),
        (style.keep_lines, "<w:keepLines/>"),
        (style.numbering, f'<w:numPr><w:numId w:val="{style.numbering}"/></w:numPr>'),
        (style.bar or style.rule, f"<w:pBdr>{_borders(style)}</w:pBdr>"),
        (style.fill, f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>'),
        (style.tab, f'<w:tabs><w:tab w:val="{kind}" w:pos="{at}"/></w:tabs>'),
        (True, f'<w:spacing w:before="{style.before}" w:after="{style.after}"/>'),
        (style.left, f'<w:ind w:left="{style.left}"{right}{hanging}/>'),
        (style.contextual, "<w:contextualSpacing/>"),
        (style.align, f'<w:jc w:val="{style.align}"/>'),
        (style.outline is not None, f'<w:outlineLvl w:val="{style.outline}"/>'),
    )
    return "".join(xml for wanted, xml in parts if wanted)


def _borders(style: Style) -> str:
    if style.bar:
        return _border("left", 18, 8, NAVY)
    if style.rule == "box":
        return "".join(_border(side, 4, 4, NAVY) for side in ("top", "left", "bottom", "right"))
    return _border(style.rule or "bottom", 4, 4, "BFBFBF")


def _border(side: str, width: int, space: int, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="{color}"/>'


def _run(style: Style) -> str:
    parts = (
        (style.bold, "<w:b/>"),
        (style.italic, "<w:i/>"),
        (style.color, f'<w:color w:val="{style.color}"/>'),
        (style.size, f'<w:sz w:val="{style.size}"/>'),
    )
    return "".join(xml for wanted, xml in parts if wanted)
