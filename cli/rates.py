"""Published rates on the console: which will be missing, what is uncertain, adding the next."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation

from cli.environment import database_url
from cli.errors import CannotRun
from core.clock import civil_day, utc_now
from jobs.rates import Author, CurrentRates, add_rate
from law.french import percent
from law.half_years import first_day, label
from law.publication import known_rates, next_half_year, series_note
from law.rates import SERIES, PublishedRate, RateTables
from storage.database import Database

_MOST_PERCENT = 100


def check(environ: Mapping[str, str], days: int, today: date | None = None) -> int:
    """Say what will be missing and what is uncertain; 0 if every series lasts so many days."""
    today = today or civil_day(utc_now())
    with _database(environ) as database:
        tables = CurrentRates(database)()
    ends_well = [_check_series(tables, series, today, days) for series in SERIES]
    return 0 if all(ends_well) else 1


def show(environ: Mapping[str, str]) -> None:
    """Print every rate of every series."""
    with _database(environ) as database:
        tables = CurrentRates(database)()
    for series in SERIES:
        for rate in known_rates(tables, series):
            origin = "added" if rate.published else "packaged"
            doubt = "  uncertain" if rate.doubt else ""
            print(f"{series:34} {rate.period:8} {percent(rate.rate):>10}  {origin}{doubt}")


def add(environ: Mapping[str, str], given: Mapping[str, str | None]) -> None:
    """Add a published rate; the login of the machine is kept as who did it.

    Raises:
        CannotRun: a value cannot be read.
        RateNotAddable: it is not the next of its series.
        RateContradicts: its period is known with another rate.
    """
    new = PublishedRate(
        series=given["series"] or "",
        period=given["period"] or "",
        rate=_rate(given["percent"] or ""),
        source=given["source"] or "",
        published_on=_day(given["published_on"] or ""),
        source_url=given["source_url"],
        effective_on=_day(given["effective_on"]) if given["effective_on"] else None,
        doubt=given["doubt"],
    )
    author = Author(tenant_id=None, key_id=None, name=f"{getpass.getuser()} (console)")
    with _database(environ) as database:
        known, is_new = add_rate(database, new, author, now=utc_now)
    print(f"{known.series} {known.period} {percent(known.rate)} {'added' if is_new else 'known'}")


def _check_series(tables: RateTables, series: str, today: date, days: int) -> bool:
    known, half_year = known_rates(tables, series), next_half_year(tables, series)
    missing_on = first_day(half_year)
    left = (missing_on - today).days
    lasts = left >= days
    when = f"in {left} days" if left > 0 else "already"
    advice = "" if lasts else "  <- add it once published"
    print(f"{series}: {label(half_year)} is missing from {missing_on}, {when}{advice}")
    for rate in known:
        if rate.doubt:
            print(f"  uncertain: {rate.period}: {rate.doubt}")
    if known[-1].published is None:
        print(f"  not known: {series_note(series).beyond}")
    return lasts


def _rate(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise CannotRun(f"{text!r} is no percentage such as 2.65") from error
    if not 0 <= value <= _MOST_PERCENT:
        raise CannotRun(f"{text!r} is no percentage from 0 to {_MOST_PERCENT}")
    return value.scaleb(-2)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CannotRun(f"{text!r} is no day such as 2026-12-28") from error


@contextmanager
def _database(environ: Mapping[str, str]) -> Iterator[Database]:
    with closing(Database(database_url(environ))) as database:
        database.migrate()
        yield database
