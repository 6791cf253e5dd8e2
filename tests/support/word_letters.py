"""Word files for tests: a letter as a firm sends it, and documents that nobody should send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

PARAGRAPH = (
    "Malgré nos relances, les factures énumérées ci-dessous demeurent impayées à ce jour. "
    "À défaut de paiement dans les huit jours de la réception de la présente, nous saisirons la "
    "juridiction compétente et demanderons, outre le principal, les pénalités de retard. "
)
_PICTURE = b"""<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/\
drawingml/2006/wordprocessingDrawing"><wp:extent cx="914400" cy="914400"/><wp:docPr id="90" \
name="o"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">\
<a:graphicData \
uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.\
openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="90" name="o"/>\
<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rIdOutside"/><a:stretch><a:fillRect/>\
</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/>\
</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>\
</a:graphic></wp:inline></w:drawing></w:r></w:p>"""


def letter(*, paragraphs: int = 12, rows: int = 8, reference: str = "DOS-2026-017") -> bytes:
    """A letter of two pages: head, table with a heading row, and a header with a rule under it."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Carlito", Pt(11)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    header = section.header.paragraphs[0]
    header.text = f"Société Exemple SAS\t\tNos références : {reference}"
    _rule_under(header)
    section.footer.paragraphs[0].text = "SAS au capital de 10 000 €, 801 234 568 RCS Paris"
    for line in ("Société Débitrice SARL", "17 rue des Verrières", "72100 Le Mans"):
        document.add_paragraph(line)
    document.add_heading("Mise en demeure de payer", 1)
    for _ in range(paragraphs // 2):
        document.add_paragraph(PARAGRAPH)
    _invoices(document, rows)
    for _ in range(paragraphs - paragraphs // 2):
        document.add_paragraph(PARAGRAPH)
    document.core_properties.title = "Mise en demeure de payer"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_parts(docx: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same package with some parts replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, data in changed.items():
            target.writestr(name, data)
    return made.getvalue()


def with_outside_image(url: str) -> bytes:
    """A letter with a picture that is not in it but at an address."""
    docx = letter(paragraphs=2, rows=1)
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = package.read("word/document.xml")
        rels = package.read("word/_rels/document.xml.rels")
    relationship = (
        '<Relationship Id="rIdOutside" TargetMode="External" Target="' + url + '" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    ).encode()
    return with_parts(
        docx,
        {
            "word/document.xml": body.replace(b"<w:sectPr", _PICTURE + b"<w:sectPr", 1),
            "word/_rels/document.xml.rels": rels.replace(
                b"</Relationships>", relationship + b"</Relationships>"
            ),
        },
    )


def writing_macro(path: str) -> bytes:
    """An OpenDocument text whose Basic macro writes a file as soon as it is opened."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    script = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    library = (
        '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"'
        ' "library.dtd"><library:library xmlns:library="http://openoffice.org/2000/library"'
        ' library:name="Standard" library:readonly="false" library:passwordprotected="false">'
        '<library:element library:name="Module1"/></library:library>'
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content xmlns:office="{office}" office:version="1.2"'
        f' xmlns:script="{script}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom='
        '"http://www.w3.org/2001/xml-events" xmlns:ooo="http://openoffice.org/2004/office">'
        "<office:scripts>"
        '<office:event-listeners><script:event-listener script:language="ooo:script"'
        ' script:event-name="dom:load" xlink:type="simple" xlink:href='
        '"vnd.sun.star.script:Standard.Module1.Mark?language=Basic&amp;location=document"/>'
        "</office:event-listeners></office:scripts><office:body><office:text>"
        '<text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">a</text:p>'
        "</office:text></office:body></office:document-content>",
        "Basic/script-lc.xml": '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD'
        ' OfficeDocument 1.0//EN" "libraries.dtd"><library:libraries xmlns:library='
        '"http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" library:link="false"/></library:libraries>',
        "Basic/Standard/script-lb.xml": library,
        "Basic/Standard/Module1.xml": '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD'
        ' OfficeDocument 1.0//EN" "module.dtd"><script:module xmlns:script='
        '"http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">'
        f'Sub Mark\nOpen "{path}" For Output As #1\nPrint #1, "run"\nClose #1\nEnd Sub'
        "</script:module>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type='
        '"application/vnd.oasis.opendocument.text"/>'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
            for name in (
                "content.xml",
                "Basic/script-lc.xml",
                "Basic/Standard/script-lb.xml",
                "Basic/Standard/Module1.xml",
            )
        )
        + "</manifest:manifest>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


def _invoices(document: Document, rows: int) -> None:
    table = document.add_table(rows=1, cols=4)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    heading = table.rows[0]
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    heading._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no other way
    for cell, text in zip(heading.cells, ("Facture", "Émise le", "Échue le", "Dû"), strict=True):
        cell.text = text
    for number in range(rows):
        texts = (f"FA-2026-{number:03}", "1er mars 2026", "31 mars 2026", "1 240,50 €")
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text


def _rule_under(paragraph: object) -> None:
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "BFBFBF")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().append(borders)  # type: ignore[attr-defined]  # noqa: SLF001 - python-docx has no other way
