"""Each fault of a template is told by code, place and what to do; all of them at once."""

from __future__ import annotations

from typing import Any

import pytest

from generators.lint import lint
from generators.package import LintFault
from tests.support.word_templates import DOCUMENT, parts_of, template, zipped

CONTEXT: dict[str, Any] = {
    "document": DOCUMENT,
    "sender": {"name": "Exemple SARL", "lines": ["1 rue du Test"]},
    "claims": [{"number": "F-1", "amount": "40,00\u00a0€"}],
    "note": None,
}


def faults(
    *texts: str, extra: str = "", required: list[str] | None = None, **changes: bytes
) -> list[LintFault]:
    """The faults of a small template; parts may be changed by their name after ``word/``."""
    parts = parts_of(template(*texts, extra=extra))
    parts |= {f"word/{name}.xml": data for name, data in changes.items()}
    return lint(zipped(parts), [CONTEXT], [required or []])


def codes(*texts: str, **arguments: Any) -> list[str]:
    """Their codes."""
    return [fault.code for fault in faults(*texts, **arguments)]


def test_a_right_template_has_no_fault() -> None:
    assert (
        codes(
            "{{ sender.name }}",
            "{%p for line in sender.lines %}",
            "{{ line }}",
            "{%p endfor %}",
            "{%p for claim in claims %}",
            "{{ loop.index }} {{ claim.number }}{% if loop.last %}.{% endif %}",
            "{%p endfor %}",
            "{%p if note %}",
            "{{ note }}",
            "{%p endif %}",
        )
        == []
    )


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("{{ sendr.name }}", "sendr does not exist; did you mean sender?"),
        ("{{ sender.nam }}", "sender.nam does not exist; did you mean name?"),
        ("{{ quite.other }}", "quite does not exist; there is: claims, document, note, sender"),
        ("{% for claim in claims %}{{ claim.amont }}{% endfor %}", "did you mean amount?"),
        ("{{ sender }}", "sender holds several values: name one of them"),
        ("{{ claims }}", "claims holds several values: name one of them"),
        ("{% for x in note %}{{ x }}{% endfor %}", "note is not a list"),
        ("{% for c in claims %}{% endfor %}{{ c.number }}", "c does not exist"),
        ("{% if sender.nmae %}x{% endif %}", "did you mean name?"),
        ("{{ claims[0].numbr }}", "did you mean number?"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_one(source: str, hint: str) -> None:
    found = faults("Bonjour", source)
    assert [fault.code for fault in found] == ["unknown-variable"]
    assert hint in found[0].hint
    assert (found[0].part, found[0].paragraph) == ("document", 2)
    assert found[0].text


def test_a_loop_tells_only_what_it_is_for() -> None:
    for name in ("first", "last", "index", "index0", "length"):
        assert codes(f"{{% for c in claims %}}{{{{ loop.{name} }}}}{{% endfor %}}") == []
    assert codes("{% for c in claims %}{{ loop.cycle }}{% endfor %}") == ["unknown-variable"]


def test_a_value_that_must_be_printed_and_is_not_is_told() -> None:
    found = faults("{{ sender.name }}", required=["Exemple SARL", "1 rue du Test", "F-1"])
    assert [fault.code for fault in found] == ["unused-required"] * 2
    assert "sender.lines[]" in found[0].hint
    assert "claims[].number" in found[1].hint


def test_a_condition_on_a_value_does_not_print_it() -> None:
    assert codes("{% if sender.name %}x{% endif %}", required=["Exemple SARL"]) == [
        "unused-required"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ sender.name",
        "sender.name }}",
        "{% if note %",
        "{%p if note %}{%p endif %}",
        "{%p if note %} et ce texte",
        "avant {%p if note %}",
        "{%tr for c in claims %}",
    ],
)
def test_a_tag_cut_or_crowded_is_told(text: str) -> None:
    assert "split-tag" in codes(text)


def test_bad_syntax_is_told_with_its_paragraph() -> None:
    found = faults("Bonjour", "{{ sender..name }}", "fin")
    assert ("syntax", "document", 2) in {(f.code, f.part, f.paragraph) for f in found}


def _run(xml: str) -> str:
    return f"<w:p><w:r>{xml}</w:r></w:p>"


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ('<w:p><w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins></w:p>', "tracked-changes-left"),
        ('<w:p><w:del w:id="1"><w:r/></w:del></w:p>', "tracked-changes-left"),
        ('<w:p><w:pPr><w:pPrChange w:id="1"/></w:pPr></w:p>', "tracked-changes-left"),
        ('<w:p><w:commentRangeStart w:id="0"/></w:p>', "comments-left"),
        (_run('<w:rPr><w:rFonts w:ascii="Impact"/></w:rPr>'), "font-not-available"),
        (_run("<w:instrText> MERGEFIELD Nom </w:instrText>"), "untranslated-field"),
        ('<w:p><w:fldSimple w:instr=" DATE "/></w:p>', "volatile-field"),
        ('<w:p><w:fldSimple w:instr=" INCLUDETEXT a.docx "/></w:p>', "volatile-field"),
        ("<w:tbl><w:tblPr/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>", "table-without-header"),
        ("<w:altChunk/>", "embedded-object"),
        (
            _run(
                '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
                'wordprocessingDrawing"><wp:docPr id="1" name="i"/></wp:inline></w:drawing>'
            ),
            "image-without-alt",
        ),
    ],
)  # fmt: skip
def test_what_must_not_be_in_a_master_is_told(extra: str, code: str) -> None:
    assert codes("Bonjour", extra=extra) == [code]


def test_the_file_needs_a_title_and_a_language() -> None:
    parts = parts_of(template("Bonjour"))
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"Essai", b" ")
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b'<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>', b""
    )
    assert [fault.code for fault in lint(zipped(parts), [CONTEXT])] == ["no-title", "no-language"]


def test_tags_in_a_part_where_none_are_read_are_told() -> None:
    parts = parts_of(template("Bonjour"))
    settings = parts["word/settings.xml"]
    parts["word/settings.xml"] = settings.replace(b"</w:settings>", b"<!--{{ x }}--></w:settings>")
    assert [fault.code for fault in lint(zipped(parts), [CONTEXT])] == ["forbidden-construct"]


def test_faults_of_safety_and_of_text_are_told_together() -> None:
    parts = parts_of(template("{{ nobody }}", "{{ note() }}"))
    parts["word/vbaProject.bin"] = b"1"
    found = [fault.code for fault in lint(zipped(parts), [CONTEXT])]
    assert sorted(found) == ["forbidden-construct", "macro", "unknown-variable"]


def test_what_is_no_package_is_told_alone() -> None:
    assert [fault.code for fault in lint(b"%PDF", [CONTEXT])] == ["unreadable"]


def test_a_fault_in_a_header_is_told_there() -> None:
    parts = parts_of(template("Bonjour"))
    parts["word/header1.xml"] = parts["word/header1.xml"].replace(
        b"</w:hdr>", b"<w:p><w:r><w:t>{{ sender.nom }}</w:t></w:r></w:p></w:hdr>"
    )
    (found,) = lint(zipped(parts), [CONTEXT])
    assert (found.code, found.part, found.paragraph) == ("unknown-variable", "header1", 2)
    assert found.as_fault().pointer == "/header1/2"
