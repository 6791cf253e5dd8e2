"""Half-years, the periods by which France publishes rates, as whole numbers that can be counted.

A half-year is ``2 * year`` for January to June and ``2 * year + 1`` for July to December, so
that the next one is one more.
"""

from __future__ import annotations

import re
from datetime import date

_LABEL = re.compile(r"(\d{4})-S([12])")


def half_year_of(day: date) -> int:
    """The half-year in which a day lies."""
    return 2 * day.year + (day.month > 6)  # noqa: PLR2004 - June is the sixth month


def first_day(half_year: int) -> date:
    """1 January or 1 July."""
    return date(half_year // 2, 7 if half_year % 2 else 1, 1)


def label(half_year: int) -> str:
    """The name in data and answers.

    >>> label(half_year_of(date(2026, 7, 1)))
    '2026-S2'
    """
    return f"{half_year // 2}-S{half_year % 2 + 1}"


def parse_label(text: str) -> int:
    """The half-year of a name such as ``2026-S2``.

    Raises:
        ValueError: the text is not such a name.
    """
    match = _LABEL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} does not name a half-year such as 2026-S2")
    return 2 * int(match[1]) + int(match[2]) - 1
