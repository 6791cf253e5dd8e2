"""Civil days as procedure counts them: months, holidays, the working day that ends a time limit."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5
_SUNDAY = 6


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


def next_working_day(day: date) -> date:
    """The day itself, or the first after it that is no Saturday, Sunday or legal holiday.

    Sources:
        Art. 642 al. 2 CPC. Holidays of mainland France; Alsace-Moselle and overseas have more.
    """
    while day.weekday() in {_SATURDAY, _SUNDAY} or is_holiday(day):
        day += timedelta(days=1)
    return day


def next_day_of_presentation(day: date) -> date:
    """The day itself, or the first after it that is no Sunday nor legal holiday.

    Sources:
        Art. R. 131-4 CMF; whether a Saturday is passed over too is not settled.
    """
    while day.weekday() == _SUNDAY or is_holiday(day):
        day += timedelta(days=1)
    return day


def is_holiday(day: date) -> bool:
    """Whether a day is a legal holiday in mainland France (art. L. 3133-1 C. trav.).

    >>> is_holiday(date(2026, 4, 6)), is_holiday(date(2026, 4, 5))
    (True, False)
    """
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    easter = easter_sunday(year)
    # Easter Monday, Ascension Day, Whit Monday.
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [easter + timedelta(days=days) for days in (1, 39, 50)]
    )


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian computus of Oudin.

    >>> easter_sunday(2026), easter_sunday(2038)
    (datetime.date(2026, 4, 5), datetime.date(2038, 4, 25))
    """
    golden = year % 19
    century = year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
