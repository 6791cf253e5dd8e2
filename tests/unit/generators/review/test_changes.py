"""Paragraphs are paired with what they became; the pieces make both texts again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generators.changes import changes

WORDS = st.sampled_from(
    ["le", "la", "taux", "somme", "de", "mille", "euros", "avant", "huit", "jours"]
)
LINE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
TEXT = st.lists(LINE, max_size=12)


def test_a_changed_paragraph_is_told_word_by_word() -> None:
    (change,) = changes({"document": ["dans les huit jours"]}, {"document": ["dans les dix jours"]})
    assert (change.kind, change.before_at, change.after_at) == ("changed", 1, 1)
    assert [(piece.op, piece.text) for piece in change.pieces] == [
        ("equal", "dans les "),
        ("delete", "huit"),
        ("insert", "dix"),
        ("equal", " jours"),
    ]


def test_paragraphs_that_are_not_alike_are_one_deleted_and_one_inserted() -> None:
    found = changes({"document": ["Le taux est fixe."]}, {"document": ["Pièces jointes : deux"]})
    assert {change.kind for change in found} == {"deleted", "inserted"}


def test_a_part_that_is_new_is_inserted() -> None:
    (change,) = changes({}, {"footnotes": ["Voir le contrat."]})
    assert (change.kind, change.part, change.after) == ("inserted", "footnotes", "Voir le contrat.")


@given(before=TEXT, after=TEXT)
def test_what_is_told_leads_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    found = changes({"document": before}, {"document": after})
    taken = {change.before_at for change in found if change.before_at is not None}
    put = {change.after_at: change.after for change in found if change.after_at is not None}
    kept = [line for number, line in enumerate(before, 1) if number not in taken]
    made = [put.get(number) or kept.pop(0) for number in range(1, len(kept) + len(put) + 1)]
    assert made == after
    for change in found:
        if change.pieces:
            sides = {"delete": change.before, "insert": change.after}
            for op, text in sides.items():
                told = [piece.text for piece in change.pieces if piece.op in {"equal", op}]
                assert "".join(told) == text


def test_a_document_made_to_be_slow_is_compared_in_time() -> None:
    same = {"document": ["x"] * 20_000}
    assert changes(same, {"document": ["x"] * 19_999 + ["y"]})
    long_ones = {"document": [f"{number} " + "a b " * 2_000 for number in range(20)]}
    longer = {"document": [f"{number} c " + "a b " * 2_000 for number in range(20)]}
    assert len(changes(long_ones, longer)) == 20
