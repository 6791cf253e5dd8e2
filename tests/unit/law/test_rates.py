"""Published rates: the half-year decides, and nothing is known beyond what was published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.half_years import first_day, half_year_of, label, parse_label
from law.rates import RateTables, RateUnknown

RATES = RateTables.load()


@pytest.mark.parametrize(
    ("on", "percent"),
    [
        pytest.param("2009-01-01", "2.50", id="first half-year known"),
        pytest.param("2023-12-31", "4.00", id="last day of 2023-S2"),
        pytest.param("2024-01-01", "4.50", id="first day of 2024-S1"),
        pytest.param("2024-06-12", "4.50", id="a change in June counts from July only"),
        pytest.param("2024-06-30", "4.50", id="day before 2024-S2"),
        pytest.param("2024-07-01", "4.25", id="first day of 2024-S2"),
        pytest.param("2024-07-02", "4.25", id="day after"),
        pytest.param("2026-06-30", "2.15", id="2026-S1 although the rate rose on 17 June"),
        pytest.param("2026-07-01", "2.40", id="2026-S2"),
        pytest.param("2026-12-31", "2.40", id="not the 2.65 of September"),
    ],
)
def test_the_ecb_rate_is_the_one_in_force_on_the_first_day_of_the_half_year(
    on: str, percent: str
) -> None:
    assert RATES.ecb(date.fromisoformat(on)).rate * 100 == Decimal(percent)


# The table of the research notes, written out: (+10 points, +8 points, legal rate "other").
NOTES = """
2013-S1 10.75 8.75 0.04 | 2013-S2 10.50 8.50 0.04 | 2014-S1 10.25 8.25 0.04
2014-S2 10.15 8.15 0.04 | 2015-S1 10.05 8.05 0.93 | 2015-S2 10.05 8.05 0.99
2016-S1 10.05 8.05 1.01 | 2016-S2 10.00 8.00 0.93 | 2017-S1 10.00 8.00 0.90
2017-S2 10.00 8.00 0.90 | 2018-S1 10.00 8.00 0.89 | 2018-S2 10.00 8.00 0.88
2019-S1 10.00 8.00 0.86 | 2019-S2 10.00 8.00 0.87 | 2020-S1 10.00 8.00 0.87
2020-S2 10.00 8.00 0.84 | 2021-S1 10.00 8.00 0.79 | 2021-S2 10.00 8.00 0.76
2022-S1 10.00 8.00 0.76 | 2022-S2 10.00 8.00 0.77 | 2023-S1 12.50 10.50 2.06
2023-S2 14.00 12.00 4.22 | 2024-S1 14.50 12.50 5.07 | 2024-S2 14.25 12.25 4.92
2025-S1 13.15 11.15 3.71 | 2025-S2 12.15 10.15 2.76 | 2026-S1 12.15 10.15 2.62
2026-S2 12.40 10.40 2.75
"""


@pytest.mark.parametrize("row", NOTES.replace("\n", "|").strip("|").split("|"))
def test_every_half_year_of_the_research_notes_comes_out_of_the_tables(row: str) -> None:
    period, default, public, legal = row.split()
    on = first_day(parse_label(period))
    ecb = RATES.ecb(on).rate * 100
    assert ecb + 10 == Decimal(default)
    assert ecb + 8 == Decimal(public)
    assert RATES.legal(on, "other").rate * 100 == Decimal(legal)


def test_the_legal_rate_depends_on_the_quality_of_the_creditor() -> None:
    on = date(2026, 1, 1)
    assert RATES.legal(on, "other").rate == Decimal("0.0262")
    assert RATES.legal(on, "consumer_creditor").rate == Decimal("0.0667")


def test_before_2015_the_period_of_a_legal_rate_is_a_year() -> None:
    used = RATES.legal(date(2014, 7, 1), "other")
    assert (used.series, used.period) == ("legal_interest_other", "2014")


def test_a_half_year_that_begins_after_the_known_changes_is_refused() -> None:
    RATES.ecb(date(2026, 12, 31))
    with pytest.raises(RateUnknown) as refused:
        RATES.ecb(date(2027, 1, 1))
    assert refused.value.extensions["series"] == "ecb_refinancing"
    assert refused.value.extensions["period"] == "2027-S1"
    assert refused.value.faults[0].pointer == "/as_of"


def test_a_half_year_before_the_ecb_series_is_refused() -> None:
    with pytest.raises(RateUnknown, match="2008-S2"):
        RATES.ecb(date(2008, 12, 31))


def test_a_legal_rate_not_yet_published_is_refused() -> None:
    with pytest.raises(RateUnknown) as refused:
        RATES.legal(date(2027, 1, 1), "consumer_creditor")
    assert refused.value.extensions["series"] == "legal_interest_consumer_creditor"
    assert refused.value.extensions["period"] == "2027-S1"


def test_a_legal_rate_before_the_tables_is_refused() -> None:
    with pytest.raises(RateUnknown, match="2003-S2"):
        RATES.legal(date(2003, 12, 31), "other")


@given(st.integers(half_year_of(date(2013, 1, 1)), half_year_of(date(2026, 12, 31))))
def test_truncated_tables_know_nothing_from_that_half_year_on(half_year: int) -> None:
    short = RATES.truncated(label(half_year))
    first = first_day(half_year)
    with pytest.raises(RateUnknown):
        short.ecb(first)
    with pytest.raises(RateUnknown):
        short.legal(first, "other")


@given(st.integers(half_year_of(date(2013, 1, 1)), half_year_of(date(2026, 12, 31))))
def test_truncated_tables_keep_what_came_before(half_year: int) -> None:
    short = RATES.truncated(label(half_year))
    before = first_day(half_year - 1)
    assert short.ecb(before) == RATES.ecb(before)
    assert short.legal(before, "other") == RATES.legal(before, "other")


def test_the_legal_rates_follow_each_other_without_gap() -> None:
    for row, following in zip(RATES.legal_rates, RATES.legal_rates[1:], strict=False):
        assert (following.first_on - row.last_on).days == 1


def test_rates_are_exact_fractions_of_the_published_percentages() -> None:
    assert Fraction(RATES.legal(date(2026, 7, 1), "other").rate) == Fraction(275, 10_000)


def test_the_rate_whose_order_was_not_read_carries_a_doubt() -> None:
    assert RATES.doubt(RATES.legal(date(2026, 7, 1), "other"))
    assert RATES.doubt(RATES.legal(date(2026, 1, 1), "other")) is None


def test_the_hash_of_the_law_data_is_a_sha256() -> None:
    assert len(RATES.data_sha256) == 64
    int(RATES.data_sha256, 16)


@pytest.mark.parametrize("text", ["2026", "2026-S3", "2026S1", "S1-2026", " 2026-S1"])
def test_a_text_that_names_no_half_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="half-year"):
        parse_label(text)
