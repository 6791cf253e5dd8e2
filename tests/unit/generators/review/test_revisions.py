"""Tracked changes accepted and rejected, as Word does it."""

from __future__ import annotations

import pytest
from lxml import etree

from generators.document_text import part_text
from generators.revisions import settled

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BY = 'w:id="1" w:author="J" w:date="2026-11-25T10:00:00Z"'


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def ins(content: str) -> str:
    return f"<w:ins {BY}>{content}</w:ins>"


def gone(text: str) -> str:
    return f"<w:del {BY}>{run(text, 'delText')}</w:del>"


def p(content: str, mark: str = "") -> str:
    properties = f"<w:pPr><w:rPr><w:{mark} {BY}/></w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{content}</w:p>"


def row(text: str, mark: str = "") -> str:
    properties = f"<w:trPr><w:{mark} {BY}/></w:trPr>" if mark else ""
    return f"<w:tr>{properties}<w:tc>{p(run(text))}</w:tc></w:tr>"


@pytest.mark.parametrize(
    ("xml", "accepted", "rejected"),
    [
        (p(run("a") + ins(run("b")) + gone("c")), "ab", "ac"),
        (p(ins(run("b")), "ins") + p(run("z")), "b\nz", "z"),
        (p(gone("b"), "del") + p(run("z")), "z", "b\nz"),
        (p(run("a"), "del") + p(run("b")), "ab", "a\nb"),
        (p(run("a"), "ins") + p(run("b")), "a\nb", "ab"),
        (
            p(f"<w:moveFrom {BY}>{run('m')}</w:moveFrom>", "moveFrom")
            + p(run("x"))
            + p(f"<w:moveTo {BY}>{run('m')}</w:moveTo>", "moveTo"),
            "x\nm",
            "m\nx",
        ),
        (f"<w:tbl>{row('1')}{row('2', 'ins')}{row('3', 'del')}</w:tbl>", "1\n2", "1\n3"),
        (f"<w:tbl>{row('1', 'ins')}</w:tbl>" + p(run("z")), "1\nz", "z"),
    ],
    ids=[
        "words",
        "a paragraph put in",
        "a paragraph struck",
        "two paragraphs joined",
        "a paragraph split",
        "a paragraph moved",
        "rows of a table",
        "a whole table",
    ],
)
def test_a_part_says_what_it_must_on_either_side(xml: str, accepted: str, rejected: str) -> None:
    source = f'<w:body xmlns:w="{NS}">{xml}</w:body>'
    for side, expected in (("accepted", accepted), ("rejected", rejected)):
        root = settled(etree.fromstring(source), side)  # type: ignore[arg-type] # a side
        lines = [line for line in part_text(root).split("\n") if line]
        assert "\n".join(lines) == expected, side
        assert b"author" not in etree.tostring(root)


def test_a_change_of_format_goes_back_to_what_it_was() -> None:
    change = f"<w:rPrChange {BY}><w:rPr><w:b/></w:rPr></w:rPrChange>"
    source = f'<w:body xmlns:w="{NS}"><w:p><w:r><w:rPr><w:i/>{change}</w:rPr></w:r></w:p></w:body>'
    accepted = etree.tostring(settled(etree.fromstring(source), "accepted"))
    rejected = etree.tostring(settled(etree.fromstring(source), "rejected"))
    assert (b"<w:i/>" in accepted, b"<w:b/>" in accepted) == (True, False)
    assert (b"<w:i/>" in rejected, b"<w:b/>" in rejected) == (False, True)
