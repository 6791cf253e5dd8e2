"""Rates published after the release: added at the end of their series only, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from law.publication import (
    RateContradicts,
    RateNotAddable,
    SeriesUnknown,
    check_published,
    known_rates,
    unknown_from,
    with_published,
)
from law.rates import ECB, LEGAL, SERIES, PublishedRate, RateTables, RateUnknown

RATES = RateTables.load()
TODAY = date(2026, 12, 30)
OTHER, CONSUMER = LEGAL["other"], LEGAL["consumer_creditor"]


def a_rate(series: str = ECB, period: str = "2027-S1", percent: str = "2.65", **more: Any):
    return PublishedRate(
        series=series,
        period=period,
        rate=Decimal(percent).scaleb(-2),
        source="Avis publié",
        published_on=more.pop("published_on", date(2026, 12, 29)),
        **more,
    )


def codes(tables: RateTables, rate: PublishedRate, today: date = TODAY) -> list[str]:
    with pytest.raises(RateNotAddable) as refused:
        check_published(tables, rate, today)
    return [fault.code for fault in refused.value.faults]


def test_every_rate_known_is_the_one_the_law_computes_with() -> None:
    for series in SERIES:
        for rate in known_rates(RATES, series):
            for day in (rate.first_on, rate.last_on):
                if series == ECB:
                    assert RATES.ecb(day).rate == rate.rate
                else:
                    column = "other" if series == OTHER else "consumer_creditor"
                    assert RATES.legal(day, column).rate == rate.rate


@pytest.mark.parametrize("series", SERIES)
def test_the_first_day_without_a_rate_is_refused_until_one_is_added(series: str) -> None:
    def ask(tables: RateTables, day: date) -> Decimal:
        if series == ECB:
            return tables.ecb(day).rate
        return tables.legal(day, "other" if series == OTHER else "consumer_creditor").rate

    missing_on = unknown_from(RATES, series)
    assert missing_on == date(2027, 1, 1)
    ask(RATES, date(2026, 12, 31))
    with pytest.raises(RateUnknown) as refused:
        ask(RATES, missing_on)
    assert refused.value.extensions["series"] == series
    assert refused.value.extensions["period"] == "2027-S1"
    extended = with_published(RATES, [a_rate(series, percent="3.07")])
    for day in (missing_on, date(2027, 6, 30)):
        assert ask(extended, day) == Decimal("0.0307")
    with pytest.raises(RateUnknown):
        ask(extended, date(2027, 7, 1))
    assert ask(extended, date(2026, 12, 31)) == ask(RATES, date(2026, 12, 31))


def test_one_column_of_the_legal_rate_does_not_stand_for_the_other() -> None:
    extended = with_published(RATES, [a_rate(OTHER, percent="2.90")])
    with pytest.raises(RateUnknown) as refused:
        extended.legal(date(2027, 3, 1), "consumer_creditor")
    assert refused.value.extensions["series"] == CONSUMER
    both = with_published(extended, [a_rate(CONSUMER, percent="6.95")])
    assert both.legal(date(2027, 3, 1), "consumer_creditor").rate == Decimal("0.0695")
    assert both.legal(date(2027, 3, 1), "other").rate == Decimal("0.0290")


def test_a_known_rate_is_known_and_another_is_a_contradiction() -> None:
    same = a_rate(period="2026-S2", percent="2.4")
    known = check_published(RATES, same, TODAY)
    assert known is not None
    assert known.published is None
    with pytest.raises(RateContradicts):
        check_published(RATES, a_rate(period="2026-S2", percent="2.65"), TODAY)
    with pytest.raises(RateContradicts):
        check_published(RATES, a_rate(OTHER, period="2014", percent="0.93"), TODAY)


@pytest.mark.parametrize(
    ("period", "code"),
    [
        pytest.param("2027-S2", "period-does-not-follow", id="a gap"),
        pytest.param("2004-S1", "period-does-not-follow", id="before the series"),
        pytest.param("2027", "period-invalid", id="a year"),
        pytest.param("2027-S3", "period-invalid", id="no half-year"),
    ],
)
def test_only_the_next_period_may_be_added(period: str, code: str) -> None:
    assert codes(RATES, a_rate(period=period)) == [code]


@pytest.mark.parametrize(
    ("today", "is_open"),
    [("2026-10-31", False), ("2026-11-01", True), ("2026-11-02", True)],
)
def test_a_period_opens_two_months_before_it_begins(today: str, *, is_open: bool) -> None:
    rate = a_rate(published_on=date(2026, 10, 30))
    on = date.fromisoformat(today)
    if is_open:
        assert check_published(RATES, rate, on) is None
    else:
        assert codes(RATES, rate, on) == ["period-too-early"]


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        (a_rate(published_on=date(2026, 12, 31)), ["published-in-future"]),
        (a_rate(OTHER, published_on=date(2026, 10, 31)), ["published-too-early"]),
        (a_rate(OTHER, effective_on=date(2027, 1, 1)), ["not-applicable"]),
        (a_rate(effective_on=date(2027, 1, 2)), ["effective-too-late"]),
        (a_rate(effective_on=date(2026, 9, 17)), ["contradicts-known-change"]),
        (a_rate(percent="2.9", effective_on=date(2026, 9, 16)), ["contradicts-known-change"]),
    ],
)
def test_a_day_that_contradicts_what_is_known_is_refused(
    rate: PublishedRate, found: list[str]
) -> None:
    assert codes(RATES, rate) == found


def test_a_series_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(SeriesUnknown):
        check_published(RATES, a_rate("euribor"), TODAY)


def test_a_doubt_about_an_added_rate_reaches_who_uses_it() -> None:
    extended = with_published(RATES, [a_rate(OTHER, doubt="l'arrêté n'a pas été lu")])
    assert extended.doubt(extended.legal(date(2027, 1, 1), "other")) == "l'arrêté n'a pas été lu"


def test_a_release_that_packages_the_period_has_the_last_word_and_says_so() -> None:
    packaged = with_published(RATES, [a_rate(percent="2.65")])
    merged = with_published(packaged, [a_rate(percent="2.56")])
    assert merged.ecb(date(2027, 1, 1)).rate == Decimal("0.0265")
    doubt = merged.doubt(merged.ecb(date(2027, 1, 1)))
    assert doubt is not None
    assert "2,56" in doubt


def test_tables_are_read_back_from_their_text_and_known_by_its_hash() -> None:
    extended = with_published(
        RATES,
        [a_rate(effective_on=date(2026, 12, 23)), a_rate(OTHER, doubt="à vérifier")],
    )
    for tables in (RATES, extended):
        again = RateTables.parse(tables.text)
        assert again.text == tables.text
        assert again.data_sha256 == tables.data_sha256
        for series in SERIES:
            assert known_rates(again, series) == known_rates(tables, series)
    assert extended.data_sha256 != RATES.data_sha256
    assert extended.packaged_sha256 == RATES.packaged_sha256
