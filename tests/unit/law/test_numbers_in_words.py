"""Sums in words, as on cheques and acknowledgments of debt (art. 1376 C. civ.), and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.number_words import MOST, amount_in_words, cents_from_words, integer_in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (16, "seize"),
        (17, "dix-sept"),
        (20, "vingt"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (61, "soixante et un"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (72, "soixante-douze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (90, "quatre-vingt-dix"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "cent"),
        (101, "cent un"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (280, "deux cent quatre-vingts"),
        (999, "neuf cent quatre-vingt-dix-neuf"),
        (1000, "mille"),
        (1001, "mille un"),
        (1100, "mille cent"),
        (2000, "deux mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (1_000_000, "un million"),
        (2_000_000, "deux millions"),
        (200_000_000, "deux cents millions"),
        (80_000_080, "quatre-vingts millions quatre-vingts"),
        (1_000_000_000, "un milliard"),
        (3_000_000_000_000, "trois billions"),
    ],
)
def test_numbers_by_hand(value: int, words: str) -> None:
    assert integer_in_words(value) == words
    assert integer_in_words(value, "1990") == words.replace(" ", "-")


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "zéro euro"),
        (1, "un centime"),
        (99, "quatre-vingt-dix-neuf centimes"),
        (100, "un euro"),
        (101, "un euro et un centime"),
        (200, "deux euros"),
        (8000, "quatre-vingts euros"),
        (100_000_000, "un million d'euros"),
        (120_000_000, "un million deux cent mille euros"),
        (200_000_000_050, "deux milliards d'euros et cinquante centimes"),
    ],
)
def test_sums_by_hand(cents: int, words: str) -> None:
    assert amount_in_words(cents) == words


@given(st.integers(0, MOST), st.sampled_from(["traditional", "1990"]))
def test_a_sum_reads_back_from_its_words(cents: int, spelling: str) -> None:
    assert cents_from_words(amount_in_words(cents, spelling=spelling)) == cents  # type: ignore[arg-type]  # drawn from both


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    assert (integer_in_words(one) == integer_in_words(other)) == (one == other)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("MILLE EUROS", 100_000),
        ("Mil euros", 100_000),
        ("deux cents euros et vingt cents", 20_020),
        ("quatre vingt dix euros", 9_000),
        ("vingt-et-un euros", 2_100),
        ("vingt et une euros", 2_100),
        ("un million d\u2019euros", 100_000_000),
        ("vingt\u2011deux euros", 2_200),
    ],
)
def test_other_spellings_are_read(text: str, cents: int) -> None:
    assert cents_from_words(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "euros",
        "mille",
        "mille dollars",
        "environ mille euros",
        "cent vingt trente euros",
        "deux euros et deux cents centimes",
        "mille euros ou deux mille euros",
        "un un euro",
        "1 000 euros",
        "moins dix euros",
    ],
)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    assert cents_from_words(text) is None


@pytest.mark.parametrize("value", [-1, MOST + 1])
def test_numbers_out_of_reach_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        integer_in_words(value)


def test_a_currency_without_a_french_name_is_refused() -> None:
    with pytest.raises(ValueError, match="'CHF'"):
        amount_in_words(100, "CHF")
