"""How figures, dates, people and sentences are written in French."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import french
from law.french import APOSTROPHE, NBSP, NNBSP


def shown(text: str) -> str:
    """A text with its special spaces made visible."""
    return text.replace(NNBSP, "_").replace(NBSP, "~")


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (0, "0,00~€"),
        (5, "0,05~€"),
        (99_999, "999,99~€"),
        (100_000, "1_000,00~€"),
        (123_456_789, "1_234_567,89~€"),
        (-1_250, "-12,50~€"),
    ],
)
def test_sums_have_groups_of_three_a_comma_and_spaces_that_do_not_break(
    cents: int, written: str
) -> None:
    assert shown(french.euros(cents)) == written


def test_another_currency_is_named_by_its_code() -> None:
    assert shown(french.money(100_000, "USD")) == "1_000,00~USD"


@given(st.integers(-(10**15), 10**15))
def test_a_sum_read_back_gives_the_cents(cents: int) -> None:
    bare = french.number(cents).replace(NNBSP, "").replace(",", "")
    assert int(bare) == cents


@pytest.mark.parametrize(
    ("rate", "long", "short"),
    [
        ("0.1215", "12,15~%", "12,15~%"),
        ("0.10", "10,00~%", "10~%"),
        ("0.03125", "3,125~%", "3,125~%"),
        ("0", "0,00~%", "0~%"),
        ("12.5", "1_250,00~%", "1_250~%"),
    ],
)
def test_rates_have_two_decimals_or_as_many_as_they_need(rate: str, long: str, short: str) -> None:
    assert shown(french.percent(Decimal(rate))) == long
    assert shown(french.percent_short(Decimal(rate))) == short


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2027-01-01", f"1er{NBSP}janvier 2027"),
        ("2026-08-02", f"2{NBSP}août 2026"),
        ("2024-02-29", f"29{NBSP}février 2024"),
        ("2026-12-31", f"31{NBSP}décembre 2026"),
    ],
)
def test_only_the_first_of_the_month_is_an_ordinal(day: str, written: str) -> None:
    written_out = french.date_longue(date.fromisoformat(day))
    assert written_out.replace(NBSP, " ") == written.replace(NBSP, " ")


def test_every_month_has_its_name() -> None:
    days = [date(2026, month, 15) for month in range(1, 13)]
    assert [french.date_longue(day).replace(NBSP, " ").split()[1] for day in days] == list(
        french.MONTHS
    )


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


@pytest.mark.parametrize(
    ("quantity", "written"), [(0, "0 jour"), (1, "1 jour"), (2, "2 jours"), (1_000, "1_000 jours")]
)
def test_the_plural_begins_at_two(quantity: int, written: str) -> None:
    assert shown(french.count(quantity, "jour", "jours")) == written


@pytest.mark.parametrize(
    ("items", "written"), [(["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_a_list_ends_with_et(items: list[str], written: str) -> None:
    assert french.enumerate_and(items) == written


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("C'est dû : payez !", f"C{APOSTROPHE}est dû~: payez_!"),
        ("« Oui » ; non ?", "«~Oui~»_; non_?"),
        ("10 % de 5 €", "10~% de 5~€"),
    ],
)
def test_sentences_take_the_spaces_and_apostrophes_of_print(plain: str, printed: str) -> None:
    assert shown(french.typographic(plain)) == printed


@given(st.text(alphabet="ab'«»:;!?%€ ", max_size=40))
def test_typography_is_done_once_and_for_all(text: str) -> None:
    once = french.typographic(text)
    assert french.typographic(once) == once
