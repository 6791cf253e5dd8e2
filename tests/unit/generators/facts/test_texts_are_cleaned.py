"""Texts are cleaned once, at the door; what Word or PDF would lose is refused with its place."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from generators.faults import faults_of
from generators.fields import Text, TextList

LINE = Text(most=60)
PARAGRAPH = Text(most=5_000, multiline=True)
anything = st.text(st.characters(exclude_categories=()))  # lone surrogates too


def refusal(field: Text | TextList, value: Any) -> tuple[str, str]:
    """Code and detail of the one fault of a value."""
    with pytest.raises(ValidationError) as caught:
        field.read(value)
    (fault,) = faults_of(caught.value.messages)
    return fault.code, fault.detail


@pytest.mark.parametrize(
    "text",
    [
        "L'Œuf & la Poule SAS",
        "27 avenue de l\u2019Invention",
        "« destinataire inconnu »",
        "Loyer\u00a0: 640,00\u00a0€, 1\u202f500",
        "a <b> & {{ x }} {% if %}",
        "中文 العربية עברית 🙂 👩\u200d⚖️",
        "\u1e0c\u0307 \u038f",
    ],
)
def test_what_a_person_wrote_comes_out_as_it_went_in(text: str) -> None:
    assert LINE.read(text) == text


def test_letters_written_in_two_parts_become_one() -> None:
    assert LINE.read("E\u0301tude de Mai\u0302tre") == "Étude de Maître"


@pytest.mark.parametrize("blanks", [" ", "\t", "\n", "\r\n", "\u00a0", "\u202f", "\u3000"])
def test_blanks_around_are_dropped(blanks: str) -> None:
    assert LINE.read(f"{blanks}Exemple SARL{blanks}") == "Exemple SARL"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        pytest.param("\x00", "U+0000", id="C0 NUL"),
        pytest.param("\x07", "U+0007", id="C0 bell"),
        pytest.param("\x0b", "U+000B", id="C0 vertical tab"),
        pytest.param("\x1f", "U+001F", id="C0 last"),
        pytest.param("\x7f", "U+007F", id="delete"),
        pytest.param("\x85", "U+0085", id="C1 next line"),
        pytest.param("\x9f", "U+009F", id="C1 last"),
        pytest.param("\u2028", "U+2028", id="line separator"),
        pytest.param("\u202a", "U+202A", id="bidi embedding"),
        pytest.param("\u202e", "U+202E", id="bidi override"),
        pytest.param("\u2066", "U+2066", id="bidi isolate"),
        pytest.param("\u2069", "U+2069", id="bidi isolate end"),
        pytest.param("\ud800", "U+D800", id="lone surrogate"),
        pytest.param("\udfff", "U+DFFF", id="lone low surrogate"),
        pytest.param("\ufffe", "U+FFFE", id="noncharacter FFFE"),
        pytest.param("\uffff", "U+FFFF", id="noncharacter FFFF"),
    ],
)
def test_a_character_that_would_be_lost_is_refused_with_its_place(
    character: str, name: str
) -> None:
    for field in (LINE, PARAGRAPH):
        code, detail = refusal(field, f"Élan{character} SARL")
        assert code == "control-character"
        assert detail.startswith(f"{name} at character 5 ")


def test_a_paragraph_keeps_tabs_and_line_ends_which_become_those_of_unix() -> None:
    assert PARAGRAPH.read("a\tb\r\nc\n\nd") == "a\tb\nc\n\nd"


def test_a_lone_carriage_return_is_a_control_character_after_a_right_line_end_too() -> None:
    assert refusal(PARAGRAPH, "a\r\nb\rc") == (
        "control-character",
        "U+000D at character 5 may not be in this text.",
    )


@pytest.mark.parametrize(("text", "place"), [("a\nb", 2), (" \n a\tb", 5), ("a\r\nb", 2)])
def test_a_line_holds_no_line_end_within(text: str, place: int) -> None:
    code, detail = refusal(LINE, text)
    assert code == "control-character"
    assert f"at character {place} " in detail


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\u200b", "\ufeff \u00ad", "\n"])
def test_a_text_of_nothing_to_see_is_empty(text: str) -> None:
    assert refusal(PARAGRAPH, text)[0] == "empty"


def test_length_counts_characters_as_they_will_be_printed() -> None:
    assert LINE.read("e\u0301" * 60) == "é" * 60
    assert refusal(LINE, "é" * 61) == ("too-long", "At most 60 characters; there are 61.")


@pytest.mark.parametrize("value", [1, 1.5, True, ["a"], {"a": "b"}])
def test_only_a_text_is_a_text(value: Any) -> None:
    assert refusal(LINE, value)[0] == "wrong-type"


def test_thirty_marks_on_a_letter_pass_and_one_more_does_not() -> None:
    assert LINE.read("x" + "\u0301" * 30)
    code, detail = refusal(LINE, "xyz" + "\u0301" * 31)
    assert code == "too-many-marks"
    assert detail.endswith("from character 4.")


def test_marks_piled_up_take_no_time() -> None:
    started = time.perf_counter()
    assert refusal(PARAGRAPH, "a" + "\u0345\u0301" * 200_000)[0] == "too-many-marks"
    assert time.perf_counter() - started < 1  # it was half a minute and more


@given(anything)
def test_a_cleaned_text_is_clean(text: str) -> None:
    try:
        cleaned = PARAGRAPH.read(text)
    except ValidationError:
        return
    assert PARAGRAPH.read(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


def test_each_line_of_a_list_has_its_own_fault() -> None:
    lines = TextList(Text(most=5), least=1, most=3)
    assert lines.read([" a ", "b"]) == ("a", "b")
    with pytest.raises(ValidationError) as caught:
        lines.read(["ok", "", "sixsix"])
    found = [(fault.pointer, fault.code) for fault in faults_of(caught.value.messages)]
    assert found == [("/1", "empty"), ("/2", "too-long")]


@pytest.mark.parametrize(
    ("value", "code"),
    [([], "empty-list"), (["a"] * 4, "too-many"), ("abc", "wrong-type"), ([None], "wrong-type")],
)
def test_a_list_of_texts_has_a_length(value: Any, code: str) -> None:
    assert refusal(TextList(Text(most=5), least=1, most=3), value)[0] == code
