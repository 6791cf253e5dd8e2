"""What is left out before a conversion: nothing that can be seen on a page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest

from generators.office_input import MANY_STYLES, lightened
from generators.office_member import Member
from generators.office_profile import Installation, build_profile
from generators.pdf import page_count, page_png
from tests.support.word_letters import letter, with_parts

BORDERS = (
    b'<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/><w:basedOn'
    b' w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12"'
    b' w:color="1F2A44"/><w:insideH w:val="single" w:sz="4" w:color="FF0000"/></w:tblBorders>'
    b"</w:tblPr></w:style>"
)
BANDED = BORDERS.replace(
    b"</w:style>",
    b'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>',
)


def part(docx: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(name)


def styled(style: bytes) -> bytes:
    """A letter whose table has a style of its own."""
    docx = letter()
    body = re.sub(rb'<w:tblStyle w:val="[^"]*"/>', b'<w:tblStyle w:val="Plain"/>', part(docx, BODY))
    styles = part(docx, STYLES).replace(b"</w:styles>", style + b"</w:styles>")
    return with_parts(docx, {BODY: body, STYLES: styles})


BODY, STYLES = "word/document.xml", "word/styles.xml"


@pytest.fixture(scope="module")
def convert(work_dir: object) -> Iterator[Callable[[bytes], bytes]]:
    """A conversion of a Word file exactly as it is."""
    installation = Installation.find(None, None)
    member = Member(installation, build_profile(installation, work_dir))  # type: ignore[arg-type]
    yield lambda docx: member.convert(docx, {}, timeout_seconds=60)
    member.kill()


@pytest.mark.parametrize("style", [b"", BORDERS, BANDED], ids=["grid", "borders", "banded"])
def test_pages_look_the_same(convert: Callable[[bytes], bytes], style: bytes) -> None:
    docx = styled(style) if style else letter()
    light = lightened(docx)
    assert light != docx
    before, after = convert(docx), convert(light)
    assert page_count(before) == page_count(after) == 2
    for page in (1, 2):
        assert page_png(after, page) == page_png(before, page)


def test_borders_of_a_style_are_said_by_the_table() -> None:
    body = part(lightened(styled(BORDERS)), BODY)
    assert b"w:tblStyle" not in body
    assert body.index(b"w:tblBorders") < body.index(b"w:tblLook")


def test_style_that_says_more_than_borders_stays() -> None:
    light = lightened(styled(BANDED))
    assert b'w:tblStyle w:val="Plain"' in part(light, BODY)
    assert b'w:styleId="Plain"' in part(light, STYLES)


def test_styles_that_nothing_uses_are_left_out() -> None:
    docx = letter()
    before, after = part(docx, STYLES), part(lightened(docx), STYLES)
    assert len(after) < len(before) / 10
    for used in (b"Heading1", b"Normal", b"Header"):
        assert b'w:styleId="' + used + b'"' in after
    assert b'w:styleId="Quote"' in before
    assert b'w:styleId="Quote"' not in after


def test_styles_stay_where_their_uses_cannot_be_found() -> None:
    docx = letter()
    other = part(docx, "word/header1.xml").replace(b"xmlns:w=", b"xmlns:x=").replace(b"w:", b"x:")
    docx = with_parts(docx, {"word/header1.xml": other})
    assert len(part(docx, STYLES)) > MANY_STYLES
    assert part(lightened(docx), STYLES) == part(docx, STYLES)


@pytest.mark.parametrize(
    "docx",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK\x03\x04 and no more", id="cut short"),
        pytest.param(with_parts(letter(), {STYLES: b"<w:styles"}), id="styles cut short"),
        pytest.param(
            with_parts(letter(), {STYLES: b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), id="entity"
        ),
        pytest.param(with_parts(letter(), {"word/big.xml": b" " * 20_000_001}), id="huge part"),
    ],
)
def test_unusual_file_is_converted_as_it_is(docx: bytes) -> None:
    assert lightened(docx) is docx
