"""A template and values give a Word file that says the values, whole, and the same each time."""

from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from generators.document_text import document_text, flat
from generators.package import TemplateRefused
from generators.properties import TEMPLATE_PROPERTY, core_properties, custom_properties
from generators.render import DocumentNotMade, Template, compiled, load_template
from tests.support.word_templates import DOCUMENT, opened, parts_of, template, zipped

ROW = "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"


def filled(*texts: str, extra: str = "", **values: Any) -> str:
    """The text of a small template once it is filled."""
    context = {"document": DOCUMENT, **values}
    return document_text(Template.compile(template(*texts, extra=extra)).render(context))


@pytest.mark.parametrize(
    "value",
    [
        "a <b> & …",
        "R&D <script>alert(1)</script>",
        "Parc d'activités de l\u2019Hypothèse",
        "« Œuvre » n° 12\u00a0: 1\u202f234,56\u00a0€",
        "cœur \u017f \ufb01 ÅÅ ẞ \U0001d4b3 日本",
        "{{ name }} {% if x %} {# c #}",
        "]]> <!-- --> &amp; &#65;",
        "-",
        "  deux   espaces  ",
    ],
)
def test_a_text_comes_out_as_it_went_in(value: str) -> None:
    assert f"|{value}|" in filled("|{{ name }}|", name=value)


PRINTABLE = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff\u2028\u2029"
)


@given(st.text(PRINTABLE, max_size=80))
def test_any_text_comes_out_as_it_went_in(value: str) -> None:
    text = COMPILED.fill({"document": DOCUMENT, "name": value}).text
    assert text.split("\n")[0] == f"|{value}|"


COMPILED = Template.compile(template("|{{ name }}|"))


def test_a_newline_is_a_break_and_a_tab_a_tab_of_word() -> None:
    docx = COMPILED.render({"document": DOCUMENT, "name": "a <\nb\tc"})
    assert "|a <\nb\tc|" in document_text(docx)
    xml = opened(docx).parts["word/document.xml"]
    assert xml.count(b"<w:br/>") == 1
    assert xml.count(b"<w:tab/>") == 1


def test_paragraphs_and_rows_come_and_go_with_their_tags() -> None:
    rows = [
        "{%tr for item in items %}", "{{ loop.index }}. {{ item.name }}", "{%tr endfor %}", "Total",
    ]  # fmt: skip
    table = f"<w:tbl><w:tblPr/>{''.join(map(ROW.format, rows))}</w:tbl><w:p/>"
    source = ("{%p if items %}", "Liste :", "{%p else %}", "Rien.", "{%p endif %}")
    items = [{"name": "a"}, {"name": "b"}]
    assert filled(*source, extra=table, items=items).split("\n")[:4] == [
        "Liste :", "1. a", "2. b", "Total",
    ]  # fmt: skip
    assert filled(*source, extra=table, items=[]).split("\n")[:2] == ["Rien.", "Total"]


def test_a_table_left_without_a_row_is_refused_rather_than_handed_to_word() -> None:
    rows = ["{%tr for item in items %}", "{{ item }}", "{%tr endfor %}"]
    table = f"<w:tbl><w:tblPr/>{''.join(map(ROW.format, rows))}</w:tbl><w:p/>"
    with pytest.raises(DocumentNotMade, match="table without a row"):
        filled(extra=table, items=[])


def test_a_cell_left_without_a_paragraph_is_refused() -> None:
    cell = (
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{%p if a %}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>x</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl><w:p/>"
    )
    assert "x" in filled(extra=cell, a=True)
    with pytest.raises(DocumentNotMade, match="cell without a paragraph"):
        filled(extra=cell, a=False)


def test_tags_that_cut_across_elements_are_refused_and_not_repaired() -> None:
    crossed = (
        "<w:p><w:r><w:t>{% if a %}</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/><w:p>"
        "<w:r><w:t>{% endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    with pytest.raises(DocumentNotMade, match="not well-formed"):
        filled(extra=crossed, a=False)


def test_headers_and_footers_are_filled_too() -> None:
    parts = parts_of(template("x"))
    parts["word/header1.xml"] = parts["word/header1.xml"].replace(
        b"</w:hdr>", b"<w:p><w:r><w:t>{{ name }}</w:t></w:r></w:p></w:hdr>"
    )
    made = Template.compile(zipped(parts)).fill({"document": DOCUMENT, "name": "A & B"})
    assert "A & B" in made.text
    assert "A & B" in document_text(made.docx)


def test_the_text_told_of_a_document_is_that_of_its_file() -> None:
    made = COMPILED.fill({"document": DOCUMENT, "name": "a\nb"})
    assert made.text == document_text(made.docx)


def test_the_same_values_give_the_same_bytes_whenever_and_wherever_they_are_filled() -> None:
    context = {"document": DOCUMENT, "name": "a"}
    first = COMPILED.render(context)
    with ThreadPoolExecutor(4) as threads:
        others = list(threads.map(COMPILED.render, [context] * 40))
    assert set(others) == {first}
    assert Template.compile(template("|{{ name }}|")).render(context) == first
    assert COMPILED.render({**context, "name": "b"}) != first


def test_a_template_is_compiled_once_in_a_process() -> None:
    assert load_template("mise_en_demeure") is load_template("mise_en_demeure")
    assert compiled(template("x")) is compiled(template("x"))


def test_the_file_opens_in_word_libraries_and_says_what_it_is() -> None:
    made = COMPILED.render({"document": DOCUMENT, "name": "a"}, {"MinutierAct": "act_1"})
    document = Document(BytesIO(made))
    assert document.paragraphs[0].text == "|a|"
    assert document.core_properties.title == "Acte"
    assert document.core_properties.author == "Exemple SARL"
    assert document.core_properties.language == "fr-FR"
    custom = opened(made).parts["docProps/custom.xml"].decode()
    assert f'name="{TEMPLATE_PROPERTY}"' in custom
    assert COMPILED.sha256 in custom
    assert "act_1" in custom


def test_nothing_of_the_machine_or_the_hour_is_in_the_file() -> None:
    made = COMPILED.render({"document": DOCUMENT, "name": "a"})
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = opened(made).parts["docProps/core.xml"].decode()
    assert core.count("2026-11-22T00:00:00Z") == 2


def test_property_parts_are_announced_even_when_the_author_had_none() -> None:
    parts = parts_of(template("x"))
    del parts["docProps/core.xml"]
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/'
        b'relationships/metadata/core-properties" Target="docProps/core.xml"/>',
        b"",
    )
    made = Template.compile(zipped(parts)).render({"document": DOCUMENT})
    assert Document(BytesIO(made)).core_properties.title == "Acte"


@pytest.mark.parametrize("value", ["a & <b>", "guillemets \" et '", "œ\u202f!"])
def test_properties_hold_any_text(value: str) -> None:
    made = COMPILED.render(
        {"document": {**DOCUMENT, "title": value}, "name": "a"}, {'a "quoted" name': value}
    )
    assert Document(BytesIO(made)).core_properties.title == value
    assert opened(made).tree("docProps/custom.xml")[1][0].text == value


def test_a_date_that_is_none_is_our_bug_and_not_printed() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        core_properties({**DOCUMENT, "date": "22/11/2026"})
    assert b'pid="2"' in custom_properties({"a": "b"})


def test_a_file_with_faults_is_not_read_as_text() -> None:
    with pytest.raises(TemplateRefused):
        document_text(zipped({"a": b""}))


def test_text_is_compared_without_regard_to_its_blanks() -> None:
    assert flat("1\u202f234,00\u00a0€\n fin\t.") == "1 234,00 € fin ."


def test_a_row_is_a_line_and_the_paragraphs_of_a_cell_are_told_apart() -> None:
    row = (
        "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>"
        "</w:tc><w:tc><w:tcPr/><w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"
        "<w:r><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r></w:p></w:tc></w:tr>"
    )
    text = document_text(template(extra=f"<w:tbl><w:tblPr/>{row}</w:tbl><w:p/>"))
    assert text.split("\n")[0] == "a / b | c\td"
