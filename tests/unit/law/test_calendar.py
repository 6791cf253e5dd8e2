"""Months, holidays by region, the end of a time limit."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import (
    Region,
    is_holiday,
    is_working_day,
    next_day_of_presentation,
    next_working_day,
    plus_months,
    previous_working_day,
    region_of,
    time_limit,
)
from law.case import Address
from tests.support.law_facts import day

_HOLIDAYS_2026 = {
    *("2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25"),
    *("2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"),
}


def _holidays(year: int, region: Region = "france") -> set[str]:
    days = (date(year, 1, 1) + timedelta(days=at) for at in range(366))
    return {found.isoformat() for found in days if found.year == year and is_holiday(found, region)}


def test_all_france_has_eleven_holidays() -> None:
    assert _holidays(2026) == _HOLIDAYS_2026


@pytest.mark.parametrize(
    ("region", "more"),
    [
        pytest.param("alsace_moselle", "2026-04-03 2026-12-26", id="Good Friday, 26 December"),
        pytest.param("guadeloupe", "2026-03-12 2026-04-03 2026-05-27 2026-07-21", id="971"),
        pytest.param("martinique", "2026-05-22 2026-07-21", id="972"),
        pytest.param("guyane", "2026-06-10", id="973"),
        pytest.param("reunion", "2026-12-20", id="974"),
        pytest.param("mayotte", "2026-04-27", id="976"),
        pytest.param("saint_pierre_et_miquelon", "", id="975"),
        pytest.param("saint_barthelemy", "2026-10-09", id="977"),
        pytest.param("saint_martin", "2026-05-28 2026-07-21", id="978"),
    ],
)
def test_a_region_has_the_national_holidays_and_its_own(region: Region, more: str) -> None:
    assert _holidays(2026, region) == {*_HOLIDAYS_2026, *more.split()}


@pytest.mark.parametrize("year", [2027, 2100, 2101, 2150, 2219])
def test_no_year_that_a_request_can_reach_is_without_holidays(year: int) -> None:
    assert f"{year}-12-25" in _holidays(year)
    assert len(_holidays(year)) >= 10  # two may fall on one day: Ascension on 1 or 8 May


@pytest.mark.parametrize(
    ("postal_code", "insee_code", "country", "region"),
    [
        pytest.param("63000", None, "FR", "france", id="Auvergne"),
        pytest.param("20000", "2A004", "FR", "france", id="Corsica"),
        pytest.param("57000", None, "FR", "alsace_moselle", id="Moselle"),
        pytest.param("67000", None, "FR", "alsace_moselle", id="Bas-Rhin"),
        pytest.param("68100", None, "FR", "alsace_moselle", id="Haut-Rhin"),
        pytest.param("66000", None, "FR", "france", id="next to it in number"),
        pytest.param("69001", None, "FR", "france", id="next to it in number too"),
        pytest.param("97110", None, "FR", "guadeloupe", id="971"),
        pytest.param("97133", None, "FR", "saint_barthelemy", id="postcode of Guadeloupe kept"),
        pytest.param("97150", "97801", "FR", "saint_martin", id="its own INSEE code"),
        pytest.param("97200", None, "FR", "martinique", id="972"),
        pytest.param("97300", None, "FR", "guyane", id="973"),
        pytest.param("97400", None, "FR", "reunion", id="974"),
        pytest.param("97500", None, "FR", "saint_pierre_et_miquelon", id="975"),
        pytest.param("97600", None, "FR", "mayotte", id="976"),
        pytest.param("98600", None, "FR", "wallis_et_futuna", id="986"),
        pytest.param("98713", None, "FR", "polynesie_francaise", id="987"),
        pytest.param("98800", None, "FR", "nouvelle_caledonie", id="988"),
        pytest.param("97400", None, "RE", "reunion", id="by its ISO country"),
        pytest.param("67000", None, "DE", "france", id="a foreign postcode says nothing"),
        pytest.param("63000", "67482", "FR", "alsace_moselle", id="the INSEE code prevails"),
    ],
)
def test_the_region_follows_from_the_address(
    postal_code: str, insee_code: str | None, country: str, region: Region
) -> None:
    address = Address(
        lines=["1 rue de l'Essai"],
        postal_code=postal_code,
        city="Essai",
        country=country,
        insee_code=insee_code,
    )
    assert region_of(address) == region


@pytest.mark.parametrize(
    ("start", "months", "days", "last_day", "ends_on"),
    [
        pytest.param("2026-01-15", 1, 0, "2026-02-15", "2026-02-16", id="Sunday"),
        pytest.param("2026-01-16", 1, 0, "2026-02-16", "2026-02-16", id="Monday stays"),
        pytest.param("2026-01-14", 1, 0, "2026-02-14", "2026-02-16", id="Saturday"),
        pytest.param("2026-01-31", 1, 0, "2026-02-28", "2026-03-02", id="no 31st (641 al. 2)"),
        pytest.param("2024-01-31", 1, 0, "2024-02-29", "2024-02-29", id="no 31st, leap year"),
        pytest.param("2024-02-29", 12, 0, "2025-02-28", "2025-02-28", id="no 29th"),
        pytest.param("2026-04-14", 1, 0, "2026-05-14", "2026-05-15", id="Ascension Day"),
        pytest.param("2026-06-30", 6, 0, "2026-12-30", "2026-12-30", id="same number"),
        pytest.param("2026-12-01", 1, 0, "2027-01-01", "2027-01-04", id="holiday, then weekend"),
        pytest.param("2026-03-02", 0, 8, "2026-03-10", "2026-03-10", id="days, first not counted"),
        pytest.param("2026-12-17", 0, 8, "2026-12-25", "2026-12-28", id="Christmas on a Friday"),
        pytest.param("2026-01-31", 1, 3, "2026-03-03", "2026-03-03", id="months before days"),
    ],
)
def test_a_time_limit_ends_by_641_and_642(
    start: str, months: int, days: int, last_day: str, ends_on: str
) -> None:
    found = time_limit(day(start), months=months, days=days)
    assert (found.last_day, found.ends_on) == (day(last_day), day(ends_on))
    assert found.local_ends_on == found.ends_on


@pytest.mark.parametrize(
    ("start", "days", "ends_on", "local_ends_on"),
    [
        pytest.param("2026-03-25", 8, "2026-04-02", "2026-04-02", id="day before Good Friday"),
        pytest.param("2026-03-26", 8, "2026-04-03", "2026-04-07", id="Good Friday"),
        pytest.param("2026-03-27", 8, "2026-04-07", "2026-04-07", id="day after"),
        pytest.param("2025-12-18", 8, "2025-12-26", "2025-12-29", id="26 December"),
    ],
)
def test_a_local_holiday_gives_a_second_end_and_leaves_the_settled_one(
    start: str, days: int, ends_on: str, local_ends_on: str
) -> None:
    found = time_limit(day(start), days=days, region="alsace_moselle")
    assert (found.ends_on, found.local_ends_on) == (day(ends_on), day(local_ends_on))


def test_a_cheque_may_be_presented_on_a_saturday_but_not_on_a_sunday_or_holiday() -> None:
    assert next_day_of_presentation(day("2026-03-14")) == day("2026-03-14")
    assert next_day_of_presentation(day("2026-03-15")) == day("2026-03-16")
    assert next_day_of_presentation(day("2026-04-05")) == day("2026-04-07")


@given(st.dates(date(1950, 1, 1), date(2250, 1, 1)), st.sampled_from(["france", "guadeloupe"]))
def test_the_nearest_working_days_have_none_between(on: date, region: Region) -> None:
    before, after = previous_working_day(on, region), next_working_day(on, region)
    assert before <= on <= after
    assert is_working_day(before, region)
    assert is_working_day(after, region)
    between = [before + timedelta(days=at) for at in range(1, (after - before).days)]
    assert not any(is_working_day(found, region) for found in between if found != on)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 360), st.integers(0, 360))
def test_months_never_run_backwards(on: date, fewer: int, more: int) -> None:
    assert plus_months(on, fewer) <= plus_months(on, fewer + more)
    assert plus_months(on, fewer).day in {on.day, *range(28, on.day)}


def test_importing_the_law_does_not_load_the_library_of_holidays() -> None:
    code = "import sys, law.checks; print('holidays' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert done.stdout == "False\n"
