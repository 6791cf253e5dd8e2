"""Civil days as procedure counts them: months, holidays by region, the end of a time limit.

The holidays come from the library `holidays`, kept up to date by others; it is loaded when the
first one is asked for, so that importing the law stays cheap.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from law.case import Address

if TYPE_CHECKING:
    from holidays.countries.france import France

Region = Literal[
    "france",
    "alsace_moselle",
    "guadeloupe",
    "martinique",
    "guyane",
    "reunion",
    "mayotte",
    "saint_pierre_et_miquelon",
    "saint_barthelemy",
    "saint_martin",
    "wallis_et_futuna",
    "polynesie_francaise",
    "nouvelle_caledonie",
]
"""Where a day is lived: ``france`` has the national holidays only, every other has more."""

_SATURDAY: Final = 5
_SUNDAY: Final = 6
_LAST_YEAR: Final = 2400
"""Beyond every day that a request may hold, and the periods that run from it."""

_SUBDIVISIONS: Final[Mapping[Region, str | None]] = {
    "france": None,
    "alsace_moselle": "57",
    "guadeloupe": "971",
    "martinique": "972",
    "guyane": "973",
    "reunion": "974",
    "mayotte": "976",
    "saint_pierre_et_miquelon": "PM",
    "saint_barthelemy": "BL",
    "saint_martin": "MF",
    "wallis_et_futuna": "WF",
    "polynesie_francaise": "PF",
    "nouvelle_caledonie": "NC",
}
_BY_COUNTRY: Final[Mapping[str, Region]] = {
    "GP": "guadeloupe",
    "MQ": "martinique",
    "GF": "guyane",
    "RE": "reunion",
    "YT": "mayotte",
    "PM": "saint_pierre_et_miquelon",
    "BL": "saint_barthelemy",
    "MF": "saint_martin",
    "WF": "wallis_et_futuna",
    "PF": "polynesie_francaise",
    "NC": "nouvelle_caledonie",
}
_BY_DEPARTMENT: Final[Mapping[str, Region]] = {
    "57": "alsace_moselle",
    "67": "alsace_moselle",
    "68": "alsace_moselle",
    "971": "guadeloupe",
    "972": "martinique",
    "973": "guyane",
    "974": "reunion",
    "975": "saint_pierre_et_miquelon",
    "976": "mayotte",
    "977": "saint_barthelemy",
    "978": "saint_martin",
    "986": "wallis_et_futuna",
    "987": "polynesie_francaise",
    "988": "nouvelle_caledonie",
}
_ISLANDS_BY_POSTCODE: Final[Mapping[str, Region]] = {
    # Both left Guadeloupe in 2007 and kept its postcodes.
    "97133": "saint_barthelemy",
    "97150": "saint_martin",
}
OTHER_PROCEDURE: Final[frozenset[Region]] = frozenset(
    {"wallis_et_futuna", "polynesie_francaise", "nouvelle_caledonie"}
)
"""Where the code of procedure of mainland France is not the law (CPC 1575 and following)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """The end of a time limit, by what is settled and by what is not.

    Attributes:
        last_day: Last day by the length of the limit alone.
        ends_on: The same, or the first day after it that is no Saturday, Sunday or national
            holiday.
        local_ends_on: As ``ends_on``, with the holidays of the region too. Whether these count
            is not settled: who must act keeps to ``ends_on``, who waits for another waits for
            ``local_ends_on``.
    """

    last_day: date
    ends_on: date
    local_ends_on: date


def time_limit(
    starts_on: date, *, months: int = 0, days: int = 0, region: Region = "france"
) -> TimeLimit:
    """When a time limit of procedure ends that runs from the day of an act.

    That day is not counted in days, and gives its number in months; of a limit in months and
    days the months come first.

    >>> time_limit(date(2026, 1, 31), months=1).ends_on  # no 31st, then a Saturday
    datetime.date(2026, 3, 2)

    Sources:
        Art. 641, 642 CPC. ADR 0095: local holidays.
    """
    last_day = plus_months(starts_on, months) + timedelta(days=days)
    return TimeLimit(
        last_day=last_day,
        ends_on=next_working_day(last_day),
        local_ends_on=next_working_day(last_day, region),
    )


def plus_months(day: date, months: int) -> date:
    """The day that bears the same number some months on; the last of the month if there is none.

    >>> plus_months(date(2026, 1, 31), 1), plus_months(date(2024, 2, 29), 60)
    (datetime.date(2026, 2, 28), datetime.date(2029, 2, 28))

    Sources:
        Art. 641 al. 2 CPC.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def is_working_day(day: date, region: Region = "france") -> bool:
    """Whether a day is no Saturday, Sunday or holiday of the region."""
    return day.weekday() < _SATURDAY and not is_holiday(day, region)


def next_working_day(day: date, region: Region = "france") -> date:
    """The day itself, or the first after it that is no Saturday, Sunday or legal holiday.

    Sources:
        Art. 642 al. 2 CPC.
    """
    while not is_working_day(day, region):
        day += timedelta(days=1)
    return day


def previous_working_day(day: date, region: Region = "france") -> date:
    """The day itself, or the last before it that is no Saturday, Sunday or legal holiday."""
    while not is_working_day(day, region):
        day -= timedelta(days=1)
    return day


def next_day_of_presentation(day: date) -> date:
    """The day itself, or the first after it that is no Sunday nor legal holiday.

    Sources:
        Art. R. 131-4 CMF; whether a Saturday is passed over too is not settled.
    """
    while day.weekday() == _SUNDAY or is_holiday(day):
        day += timedelta(days=1)
    return day


def is_holiday(day: date, region: Region = "france") -> bool:
    """Whether a day is a legal holiday, in all of France unless a region is named.

    >>> is_holiday(date(2026, 4, 6)), is_holiday(date(2026, 4, 3))
    (True, False)
    >>> is_holiday(date(2026, 4, 3), "alsace_moselle")  # Good Friday
    True
    """
    return day in _holidays(region, day.year)


def region_of(address: Address) -> Region:
    """The region of an address: by the INSEE code of the town, else by the postcode.

    >>> region_of(Address(lines=["1 quai"], postal_code="97133", city="Gustavia"))
    'saint_barthelemy'
    """
    if address.country != "FR":
        return _BY_COUNTRY.get(address.country, "france")
    if address.insee_code is None and address.postal_code in _ISLANDS_BY_POSTCODE:
        return _ISLANDS_BY_POSTCODE[address.postal_code]
    code = address.insee_code or address.postal_code
    department = code[:3] if code.startswith(("97", "98")) else code[:2]
    return _BY_DEPARTMENT.get(department, "france")


@cache
def _holidays(region: Region, year: int) -> frozenset[date]:
    return frozenset(_library()(subdiv=_SUBDIVISIONS[region], years=year, expand=False))


@cache
def _library() -> type[France]:
    """The library's France; its own ends with 2100, after which it would know no holiday."""
    from holidays.countries.france import France  # noqa: PLC0415 - costs as much as all the law

    return type("HolidaysOfFrance", (France,), {"end_year": _LAST_YEAR})
