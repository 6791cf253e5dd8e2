"""Figures, dates and sentences as French print has them; any number and day, read back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.french import (
    MONTHS,
    NBSP,
    NNBSP,
    count,
    date_courte,
    date_longue,
    date_unbroken,
    enumerate_and,
    euros,
    half_year,
    iban_groups,
    integer,
    money,
    number,
    percent,
    percent_short,
    points,
    siren_groups,
    siret_groups,
    typographic,
)

CENTS = st.integers(-(10**15), 10**15)
RATES = st.decimals("0", "10", places=6)


def _read(text: str) -> Decimal:
    return Decimal(text.replace(NNBSP, "").replace(",", "."))


@given(CENTS)
def test_a_sum_reads_back_as_its_cents(cents: int) -> None:
    assert _read(number(cents)) * 100 == cents


@given(CENTS)
def test_figures_stand_in_threes_and_never_break(cents: int) -> None:
    text = euros(cents)
    assert re.fullmatch(rf"-?\d{{1,3}}(?:{NNBSP}\d{{3}})*,\d\d{NBSP}€", text)
    assert " " not in text


@given(RATES)
def test_a_rate_reads_back_and_shows_two_decimals_at_least(rate: Decimal) -> None:
    text = percent(rate)
    assert _read(text.removesuffix(f"{NBSP}%")) == rate * 100
    assert len(text.removesuffix(f"{NBSP}%").partition(",")[2]) >= 2
    assert _read(percent_short(rate).removesuffix(f"{NBSP}%")) == rate * 100


@given(st.dates())
def test_a_date_reads_back_in_each_of_its_forms(day: date) -> None:
    number_of, month, year = date_longue(day).split()
    assert date(int(year), MONTHS.index(month) + 1, int(number_of.removesuffix("er"))) == day
    assert date_unbroken(day).replace(NBSP, " ") == date_longue(day)
    assert date_unbroken(day).count(NBSP) == 1
    parts = date_courte(day).split("/")
    assert date(int(parts[2]), int(parts[1]), int(parts[0])) == day


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (integer(0), "0"),
        (integer(999), "999"),
        (integer(1000), f"1{NNBSP}000"),
        (integer(-1234567), f"-1{NNBSP}234{NNBSP}567"),
        (number(-5), "-0,05"),
        (number(-123456), f"-1{NNBSP}234,56"),
        (money(123456, "CHF"), f"1{NNBSP}234,56{NBSP}CHF"),
        (euros(0), f"0,00{NBSP}€"),
        (percent(Decimal("0.1215")), f"12,15{NBSP}%"),
        (percent(Decimal("0.03125")), f"3,125{NBSP}%"),
        (percent(Decimal(0)), f"0,00{NBSP}%"),
        (percent_short(Decimal("0.15")), f"15{NBSP}%"),
        (percent_short(Decimal("0.055")), f"5,5{NBSP}%"),
        (points(Decimal("0.02")), "2 points"),
        (points(Decimal("0.019")), "1,9 point"),
        (date_longue(date(2026, 1, 1)), "1er janvier 2026"),
        (date_longue(date(2026, 8, 11)), "11 août 2026"),
        (half_year(date(2026, 1, 1)), "1er semestre 2026"),
        (half_year(date(2026, 7, 1)), "2nd semestre 2026"),
        (siren_groups("801234568"), f"801{NNBSP}234{NNBSP}568"),
        (siret_groups("80123456800013"), f"801{NNBSP}234{NNBSP}568{NNBSP}00013"),
        (
            iban_groups("FR76 3000 6000 0140 0000 0000 437"),
            NBSP.join(["FR76", "3000", "6000", "0140", "0000", "0000", "437"]),
        ),
        (count(0, "jour", "jours"), "0 jour"),
        (count(1, "jour", "jours"), "1 jour"),
        (count(2, "jour", "jours"), "2 jours"),
        (count(1000, "jour", "jours"), f"1{NNBSP}000 jours"),
        (enumerate_and(["a"]), "a"),
        (enumerate_and(["a", "b"]), "a et b"),
        (enumerate_and(["a", "b", "c"]), "a, b et c"),
    ],
)
def test_it_is_printed(printed: str, expected: str) -> None:
    assert printed == expected


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'article", "l\u2019article"),
        ("« a » : b ; c ! d ?", f"«{NBSP}a{NBSP}»{NBSP}: b{NNBSP}; c{NNBSP}! d{NNBSP}?"),
        ("12 % de 40 €", f"12{NBSP}% de 40{NBSP}€"),
        ("10:30, http://a.example", "10:30, http://a.example"),
    ],
)
def test_our_sentences_get_the_marks_of_print(typed: str, printed: str) -> None:
    assert typographic(typed) == printed
    assert typographic(printed) == printed


@given(st.text(st.sampled_from("ab'«» :;!?%€.\u00a0\u202f"), max_size=40))
def test_print_changes_marks_only_and_only_once(text: str) -> None:
    once = typographic(text)
    assert typographic(once) == once
    assert once.translate({0xA0: " ", 0x202F: " ", 0x2019: "'"}) == text.translate(
        {0xA0: " ", 0x202F: " "}
    )
