"""The builder writes masters that Word, LibreOffice and our own lint take, always the same."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document

from generators.lint import lint
from generators.package import W
from generators.registry import act_kinds
from generators.render import TEMPLATES, Template
from scripts.build_templates import built, main
from templates.builder.blocks import Column, body, numbered, paragraph, printed, table
from templates.builder.package import word_file
from templates.builder.styles import STYLES, styles_xml
from tests.support.vocabulary import every_block, every_value
from tests.support.word_templates import opened, template

STANDARD_TAGS = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)
"""Tags of PDF 1.7 (ISO 32000-1, 14.8.4), which PDF/UA forbids to map to others."""


def test_each_master_is_what_its_module_writes_and_has_a_kind() -> None:
    assert main(["--check"]) == 0
    assert (
        set(built("kinds")) == {path.stem for path in TEMPLATES.glob("*.docx")} == set(act_kinds())
    )


def test_the_check_tells_of_a_master_that_was_changed_and_of_one_without_a_module(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    masters = built("kinds")
    monkeypatch.setattr(
        "scripts.build_templates.built", lambda _modules: {"mise_en_demeure": b"other"}
    )
    assert main(["--check"]) == 1
    assert "mise_en_demeure.docx is not what is built" in capsys.readouterr().out
    monkeypatch.setattr("scripts.build_templates.built", lambda _modules: {})
    assert main(["--check"]) == 1
    assert "has no module" in capsys.readouterr().out
    assert masters


def test_every_word_of_the_vocabulary_passes_the_lint_and_opens() -> None:
    assert lint(every_block(), [every_value()]) == []
    document = Document(BytesIO(Template.compile(every_block()).render(every_value())))
    assert "Requête en injonction de payer" in [each.text for each in document.paragraphs]


def test_a_file_is_the_same_each_time_sorted_and_without_a_date() -> None:
    first, second = every_block(), every_block()
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as archive:
        names = [entry.filename for entry in archive.infolist()]
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_file_carries_the_styles_it_uses_and_no_others() -> None:
    small = opened(word_file("T", body("x"), header=("", ""), footer=""))
    ids = {style.get(f"{W}styleId") for style in small.tree("word/styles.xml").iter(f"{W}style")}
    assert ids == {
        "Normal", "DefaultParagraphFont", "TableNormal", "Corps", "EnTeteSuite", "PiedDePage",
    }  # fmt: skip
    assert b"latentStyles" not in small.parts["word/styles.xml"]
    assert small.tree("word/numbering.xml").find(f"{W}num") is None


def test_a_style_comes_with_those_it_rests_on() -> None:
    assert 'w:styleId="CelluleTitre"' in styles_xml({"CelluleTitreNombre"})
    with pytest.raises(KeyError):
        styles_xml({"NoSuchStyle"})


def test_every_style_rests_on_one_that_exists_and_has_a_name_of_its_own() -> None:
    assert {style.based_on for style in STYLES.values()} <= {*STYLES, "Normal"}
    names = [style.name for style in STYLES.values()]
    assert len(set(names)) == len(names)
    assert not set(names) & STANDARD_TAGS


def test_each_named_list_counts_from_one() -> None:
    source = word_file(
        "T", numbered("a", "x"), numbered("b", "y"), numbered("a", "z"), header=("", ""), footer=""
    )
    package = opened(source)
    used = [each.get(f"{W}val") for each in package.tree("word/document.xml").iter(f"{W}numId")]
    assert used[0] == used[2] != used[1]
    numbering = package.tree("word/numbering.xml")
    restarts = {
        number.get(f"{W}numId"): number.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for number in numbering.iterfind(f"{W}num")
    }
    assert restarts == {used[0]: "1", used[1]: "1"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("l'article 1344 : {{ a['b'] }}", "l\u2019article_1344_: {{ a['b'] }}"),
        ("article L. 441-10, n° CM-1", "article_L._441-10, n°_CM-1"),
        (
            "« {{ a }} » ; {% if b == 'c' %}d'où{% endif %}",
            "«_{{ a }}_»^; {% if b == 'c' %}d\u2019où{% endif %}",
        ),
        ("dans les 8 jours, 12 mois", "dans les 8_jours, 12_mois"),
        ("l'article {{ n }}", "l\u2019article_{{ n }}"),
        ("un article de loi", "un article de loi"),
    ],
)  # fmt: skip
def test_texts_are_printed_as_french_print_has_them(typed: str, expected: str) -> None:
    assert printed(typed).replace("\u00a0", "_").replace("\u202f", "^") == expected


def test_bold_and_tabs_become_runs() -> None:
    xml = paragraph("Corps", "a **b & c**\td")
    assert re.findall(r"<w:r>(.*?)</w:r>", xml) == [
        '<w:t xml:space="preserve">a </w:t>',
        '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">b &amp; c</w:t>',
        '<w:tab/><w:t xml:space="preserve">d</w:t>',
    ]


def test_the_columns_of_a_table_fill_the_text() -> None:
    with pytest.raises(ValueError, match="are 100 wide, not 9354"):
        table("T", "D", "a", "b", Column(title="A", value="", width=100))


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_a_table_prints_each_item_once_and_keeps_its_ends_together(count: int) -> None:
    source = template(extra=table(
        "T", "D", "item", "items", Column(title="A", value="{{ item }}", width=9354, total="Total"),
    ))  # fmt: skip
    items = [f"x{at}" for at in range(count)]
    document = {
        "title": "T",
        "subject": "",
        "author": "",
        "language": "fr-FR",
        "date": "2026-11-22",
    }
    made = Template.compile(source).render({"document": document, "items": items})
    rows = [
        (row.find(f".//{W}t").text, row.find(f".//{W}pStyle").get(f"{W}val"))
        for row in opened(made).tree("word/document.xml").iter(f"{W}tr")
    ]
    tied = {0, count - 1}
    assert rows == [
        ("A", "CelluleTitre"),
        *((text, "CelluleLiee" if at in tied else "Cellule") for at, text in enumerate(items)),
        ("Total", "CelluleTotal"),
    ]
