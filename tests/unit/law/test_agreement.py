"""Ordinals in figures, and words that agree with a person."""

from __future__ import annotations

import pytest

from law import french


@pytest.mark.parametrize(
    ("value", "masculine", "feminine"), [(1, "1er", "1re"), (2, "2e", "2e"), (11, "11e", "11e")]
)
def test_ordinals_in_figures(value: int, masculine: str, feminine: str) -> None:
    assert french.ordinal(value) == masculine
    assert french.ordinal(value, is_feminine=True) == feminine


def test_there_is_no_ordinal_below_one() -> None:
    with pytest.raises(ValueError, match="no ordinal"):
        french.ordinal(0)


@pytest.mark.parametrize(
    ("civility", "in_full", "born"),
    [("M.", "Monsieur", "né"), ("Mme", "Madame", "née"), (None, "Madame, Monsieur", "né(e)")],
)
def test_words_agree_with_the_civility_or_show_both(
    civility: french.Civility | None, in_full: str, born: str
) -> None:
    assert french.civility_in_full(civility) == in_full
    assert french.agreed(civility, "né", "née") == born
