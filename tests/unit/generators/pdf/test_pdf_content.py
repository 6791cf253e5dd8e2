"""Which strokes of a page are marked as artifacts, and what is never hidden by a mark."""

from __future__ import annotations

import pytest

from generators.pdf_content import lines_marked

TEXT = b"/Standard<</MCID 0>>BDC\nq 0 0 0 rg\nBT\n71 30 Td /F1 8 Tf<0BDC>Tj\nET\nQ\nEMC\n"
LINE = b"0.75 0.75 0.75 RG\nq 0.5 w 0 J 1 j\n538 793 m\n70 793 l S\nQ\n"


def test_line_after_the_last_mark_is_marked() -> None:
    assert lines_marked(TEXT + LINE) == TEXT[:-1] + b"\n/Artifact BMC\n" + LINE + b"\nEMC\n"


def test_line_before_the_first_mark_is_marked() -> None:
    assert lines_marked(LINE + TEXT) == b"\n/Artifact BMC" + LINE + b"\nEMC\n" + TEXT


def test_lines_between_marks_are_marked_each() -> None:
    assert lines_marked(TEXT + LINE + TEXT + LINE + TEXT).count(b"/Artifact BMC") == 2


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(TEXT, id="all marked"),
        pytest.param(b"0.1 w\n" + TEXT + b"Q\n", id="state only"),
        pytest.param(b"/Artifact BMC\n" + LINE + b"EMC\n", id="line in a mark"),
        pytest.param(b"EMC\n" + LINE + b"/P BMC\n", id="mark ended before it began"),
        pytest.param(LINE + b"/P BMC\n" + LINE, id="mark not ended"),
        pytest.param(b"/P BDC\n/Span BMC\n" + LINE + b"EMC\n" + LINE + b"EMC\n", id="nested"),
    ],
)
def test_content_in_order_comes_back_itself(content: bytes) -> None:
    assert lines_marked(content) is content


@pytest.mark.parametrize("shown", [b"BT\n<01>Tj\nET\n", b"/Im4 Do\n"], ids=["text", "picture"])
def test_text_and_pictures_are_never_hidden_from_a_voice(shown: bytes) -> None:
    assert lines_marked(TEXT + shown + LINE) == TEXT + shown + LINE
