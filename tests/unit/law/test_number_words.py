"""Sums in French words, in both spellings, and back."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.number_words import (
    MOST,
    Spelling,
    amount_in_words,
    cents_from_words,
    integer_from_words,
    integer_in_words,
    ordinal_in_words,
)

SPELLINGS: tuple[Spelling, ...] = ("traditional", "1990")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (16, "seize"),
        (17, "dix-sept"),
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
        (180, "cent quatre-vingts"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (280, "deux cent quatre-vingts"),
        (999, "neuf cent quatre-vingt-dix-neuf"),
        (1_000, "mille"),
        (1_001, "mille un"),
        (1_100, "mille cent"),
        (2_000, "deux mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (300_200, "trois cent mille deux cents"),
        (1_000_000, "un million"),
        (1_200_000, "un million deux cent mille"),
        (80_000_000, "quatre-vingts millions"),
        (200_000_000, "deux cents millions"),
        (80_000_080, "quatre-vingts millions quatre-vingts"),
        (1_000_000_000, "un milliard"),
        (2_000_000_001, "deux milliards un"),
        (3_000_000_000_000, "trois billions"),
    ],
)
def test_numbers_take_s_and_hyphens_as_the_grammars_say(value: int, words: str) -> None:
    assert integer_in_words(value) == words
    assert integer_in_words(value, "1990") == words.replace(" ", "-")
    assert integer_from_words(words) == value


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "zéro euro"),
        (1, "un centime"),
        (2, "deux centimes"),
        (80, "quatre-vingts centimes"),
        (1_00, "un euro"),
        (1_01, "un euro et un centime"),
        (2_00, "deux euros"),
        (80_00, "quatre-vingts euros"),
        (101_00, "cent un euros"),
        (186_420, "mille huit cent soixante-quatre euros et vingt centimes"),
        (1_000_000_00, "un million d'euros"),
        (99, "quatre-vingt-dix-neuf centimes"),
        (2_000_000_50, "deux millions d'euros et cinquante centimes"),
        (1_200_000_00, "un million deux cent mille euros"),
        (3_000_000_000_00, "trois milliards d'euros"),
    ],
)
def test_euros_and_centimes_agree_and_millions_take_of(cents: int, words: str) -> None:
    assert amount_in_words(cents) == words
    assert cents_from_words(words) == cents
    assert cents_from_words(words.replace("'", "\u2019").upper()) == cents


@settings(max_examples=1_000)
@given(st.integers(0, 10**9), st.sampled_from(SPELLINGS))
def test_words_read_back_give_the_number(value: int, spelling: Spelling) -> None:
    assert integer_from_words(integer_in_words(value, spelling)) == value


def test_every_number_to_ten_thousand_and_samples_beyond_are_told_apart() -> None:
    random = Random(20261122)  # noqa: S311 - a sample, not a secret
    values = {*range(10_000), *(random.randrange(10**9) for _ in range(10_000))}
    for spelling in SPELLINGS:
        words = {integer_in_words(value, spelling) for value in values}
        assert len(words) == len(values)
        assert all("  " not in text and text == text.strip() for text in words)


@given(st.integers(0, 10**9))
def test_the_1990_spelling_differs_by_its_hyphens_alone(value: int) -> None:
    new = integer_in_words(value, "1990")
    assert " " not in new
    assert new == integer_in_words(value).replace(" ", "-")


@given(st.integers(0, 10**9))
def test_mille_never_varies_and_vingt_and_cent_take_s_only_at_an_end(value: int) -> None:
    words = integer_in_words(value).replace("-", " ").split()
    assert "milles" not in words
    nouns = {"million", "millions", "milliard", "milliards"}
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in {"vingts", "cents"}:
            assert following == "" or following in nouns


@pytest.mark.parametrize(
    "text",
    [
        "",
        "euros",
        "mille",
        "environ mille euros",
        "12 euros",
        "vingt euros 5 centimes",
        "vingt euros et 5",
        "dix euros cent",
        "deux euros et cent centimes",
        "un un euros",
        "mille million euros",
        "cent dollars",
        "cent vingt trente euros",
        "mille euros ou deux mille euros",
        "1 000 euros",
        "moins dix euros",
        "десять euros",
        "trois mille dix mille euros",
    ],
)
def test_what_cannot_be_read_with_certainty_is_not_read(text: str) -> None:
    assert cents_from_words(text) is None


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("Mille-huit-cent-soixante-quatre euros et vingt centimes", 186_420),
        ("** QUATRE VINGT DIX NEUF EUROS **", 99_00),
        ("deux cent euros", 200_00),
        ("Trois mil euros", 3_000_00),
        ("soixante et dix euros", 70_00),
        ("vingt-et-un mille euros, dix centimes.", 21_000_10),
        ("dix euros deux cents", 10_02),
        ("vingt et une euros", 21_00),
        ("vingt\u2011deux euros", 22_00),
    ],
)
def test_hands_write_in_many_ways(text: str, cents: int) -> None:
    assert cents_from_words(text) == cents


@given(st.integers(0, MOST), st.sampled_from(SPELLINGS))
def test_a_sum_reads_back_from_its_words(cents: int, spelling: Spelling) -> None:
    assert cents_from_words(amount_in_words(cents, spelling=spelling)) == cents


@given(st.text(max_size=60))
def test_any_text_is_read_or_not_but_never_breaks(text: str) -> None:
    read = cents_from_words(text)
    assert read is None or read >= 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (4, "quatrième"),
        (5, "cinquième"),
        (9, "neuvième"),
        (11, "onzième"),
        (21, "vingt et unième"),
        (30, "trentième"),
        (80, "quatre-vingtième"),
        (100, "centième"),
        (300, "trois centième"),
        (1_000, "millième"),
        (2_000_000, "deux millionième"),
    ],
)
def test_ordinals_in_words(value: int, words: str) -> None:
    assert ordinal_in_words(value) == words


def test_only_the_first_ordinal_agrees() -> None:
    assert ordinal_in_words(1, is_feminine=True) == "première"
    assert ordinal_in_words(21, is_feminine=True) == "vingt et unième"
    assert ordinal_in_words(71, "1990") == "soixante-et-onzième"


@pytest.mark.parametrize("value", [-1, MOST + 1])
def test_numbers_out_of_reach_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="not between"):
        integer_in_words(value)


def test_an_ordinal_begins_at_one_and_a_currency_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no ordinal"):
        ordinal_in_words(0)
    with pytest.raises(ValueError, match="no French name"):
        amount_in_words(100, "USD")
