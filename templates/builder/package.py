"""A Word file from its blocks: the parts that Word needs, and the same bytes on every machine."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final
from xml.sax.saxutils import escape

from templates.builder.blocks import Block, printed, runs
from templates.builder.styles import ARTICLES, BULLETS, EXHIBITS, FONT, STYLES, styles_xml

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES: Final = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
_STYLE_USED: Final = re.compile(r'<w:(?:pStyle|tblStyle) w:val="(\w+)"/>')
_LIST_USED: Final = re.compile(r'"list:([\w-]+)"')
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say
_NAMED_LISTS: Final = 4
_FIRST_LIST: Final = 10

_SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    "<w:doNotExpandShiftReturn/><w:compatSetting"
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/>'
)
_FONTS: Final = (
    f'<w:font w:name="{FONT}"><w:altName w:val="Calibri"/><w:panose1 w:val="020F0502020204030204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
)
_SECTION: Final = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
    '<w:footerReference w:type="first" r:id="rId6"/>'
    '<w:footerReference w:type="default" r:id="rId7"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1134" w:bottom="1247" w:left="1417" w:header="680"'
    ' w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
)
_RELATED: Final = (
    ("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable"),
    ("numbering", "numbering"), ("header", "header1"), ("footer", "footer1"),
    ("footer", "footer2"),
)  # fmt: skip


def word_file(title: str, *blocks: Block, header: tuple[str, str], footer: str) -> bytes:
    """A template on A4, with a header from the second page and page numbers on all.

    Args:
        title: Of the file, which the title of each act replaces.
        blocks: What it says.
        header: What stands on the left and on the right of the second and later pages.
        footer: What stands on the left of the foot of each page.
    """
    lists: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f'"{lists.setdefault(found.group(1), _FIRST_LIST + len(lists))}"'

    text = _LIST_USED.sub(number, "".join(blocks))
    head = f'<w:p><w:pPr><w:pStyle w:val="EnTeteSuite"/></w:pPr>{runs(chr(9).join(header))}</w:p>'
    foot = _footer(footer)
    used = set(_STYLE_USED.findall(text + head + foot))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(printed(title))}</dc:title><dc:language>fr-FR</dc:language>"
            "</cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": _relationships(
            *((f"{_OFFICE}/{kind}", f"{name}.xml") for kind, name in _RELATED)
        ),
        "word/document.xml": _part("document", f"<w:body>{text}{_SECTION}</w:body>"),
        "word/fontTable.xml": _part("fonts", _FONTS),
        "word/footer1.xml": _part("ftr", foot),
        "word/footer2.xml": _part("ftr", foot),
        "word/header1.xml": _part("hdr", head),
        "word/numbering.xml": _part("numbering", _numbering(used, lists)),
        "word/settings.xml": _part("settings", _SETTINGS),
        "word/styles.xml": _part("styles", styles_xml(used)),
    }
    return _zip(parts)


def _zip(parts: dict[str, str]) -> bytes:
    """Not compressed, so that the bytes do not hang on a version of zlib, and git packs better."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, xml in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0
            archive.writestr(entry, (_DECLARATION + xml).encode())
    return file.getvalue()


def _part(root: str, xml: str) -> str:
    return f"<w:{root} {_SPACES}>{xml}</w:{root}>"


def _footer(text: str) -> str:
    def page_field(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'<w:p><w:pPr><w:pStyle w:val="PiedDePage"/></w:pPr>{runs(f"{text}{chr(9)}Page ")}'
        f'{page_field("PAGE")}<w:r><w:t xml:space="preserve"> sur </w:t></w:r>'
        f"{page_field('NUMPAGES')}</w:p>"
    )


def _content_types() -> str:
    types = {
        "document": "document.main", "styles": "styles", "settings": "settings",
        "fontTable": "fontTable", "numbering": "numbering", "header1": "header",
        "footer1": "footer", "footer2": "footer",
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in types.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _numbering(used: set[str], lists: dict[str, int]) -> str:
    """The lists of the styles in use, and one counting from one for each named list."""
    formats = {
        BULLETS: ("bullet", "\u2013", 340),
        EXHIBITS: ("decimal", "%1.", 340),
        ARTICLES: ("decimal", "Article\u00a0%1 \u2013", 0),
        _NAMED_LISTS: ("decimal", "%1.", 454),
    }
    wanted = {STYLES[name].numbering for name in used if name in STYLES}
    wanted |= {_NAMED_LISTS} if lists else set()
    kept = [number for number in formats if number in wanted]
    abstract = "".join(_list(at, *formats[number]) for at, number in enumerate(kept))
    fixed = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at, number in enumerate(kept)
        if number != _NAMED_LISTS
    )
    named = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{len(kept) - 1}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in lists.values()
    )
    return abstract + fixed + named


def _list(number: int, kind: str, text: str, indent: int) -> str:
    after = "" if indent else '<w:suff w:val="space"/>'
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{after}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
    )
