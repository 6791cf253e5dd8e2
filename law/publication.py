"""Rates published after this software was made: what may be added, and what is known so far.

A value is added at the end of its series only, period after period: a gap would be filled by
nobody's rate. What is known is never changed here; a packaged value always has the last word.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.errors import Conflict, Fault, InvalidFacts, NotFound
from law.french import date_longue
from law.half_years import first_day, half_year_of, label, parse_label
from law.parameters import read_toml
from law.rates import (
    COLUMNS,
    ECB,
    SERIES,
    EcbChange,
    LegalRate,
    PublishedRate,
    RateTables,
)

_FIRST_ORDER = date(2015, 1, 1)
"""From here on the legal rate is set by an order each half-year, before by a yearly decree."""


class SeriesUnknown(NotFound):
    """There is no series of rates of that name."""

    slug = "series-unknown"
    title = "There is no such series of rates"


class RateNotAddable(InvalidFacts):
    """The rate cannot be the next of its series."""

    slug = "rate-not-addable"
    title = "The rate cannot be added"


class RateContradicts(Conflict):
    """Another rate is known for that period; a published rate is never overwritten."""

    slug = "rate-contradicts"
    title = "Another rate is known for this period"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRate:
    """A rate of a period that the tables know.

    Attributes:
        first_on: First day to which it applies.
        last_on: Last day to which it applies.
        in_force_since: For the ECB series, since when this rate had been in force.
        decided_on: For the legal rate, day of the order or decree; for an added rate, day of
            its publication.
        doubt: Why it is not certain, in French, or None.
        published: What was added, if the rate is not packaged.
    """

    series: str
    period: str
    first_on: date
    last_on: date
    rate: Decimal
    in_force_since: date | None
    decided_on: date | None
    source_url: str | None
    doubt: str | None
    published: PublishedRate | None


def known_rates(tables: RateTables, series: str) -> Sequence[KnownRate]:
    """Every rate of a series that can be computed with, oldest first.

    Raises:
        SeriesUnknown: there is no such series.
    """
    if series not in SERIES:
        raise _unknown_series(series)
    return _ecb_rates(tables) if series == ECB else _legal_rates(tables, series)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesNote:
    """What a series is.

    Attributes:
        label: In French.
        article: The text that makes it count.
        beyond: What is not known past its packaged end, in French.
    """

    label: str
    article: str
    beyond: str


def series_note(series: str) -> SeriesNote:
    """What a series is.

    Raises:
        SeriesUnknown: there is no such series.
    """
    if series not in SERIES:
        raise _unknown_series(series)
    table = read_toml("series.toml")["ecb_refinancing" if series == ECB else "legal_interest"]
    column = COLUMNS.get(series)
    label_text = f"{table['label']}, {table['columns'][column]}" if column else table["label"]
    return SeriesNote(label=label_text, article=table["source"], beyond=table["beyond"])


def packaged_source(known: KnownRate) -> str:
    """Where a packaged rate was published, in French."""
    if known.series == ECB:
        since = known.in_force_since or known.first_on
        return f"Taux de la BCE en vigueur depuis le {date_longue(since)}"
    if known.decided_on is None:
        return series_note(known.series).article
    what = "Arrêté" if known.first_on >= _FIRST_ORDER else "Décret"
    return f"{what} du {date_longue(known.decided_on)}"


def next_half_year(tables: RateTables, series: str) -> int:
    """The first half-year of a series that is not known, as a number (`law.half_years`)."""
    return half_year_of(known_rates(tables, series)[-1].last_on) + 1


def unknown_from(tables: RateTables, series: str) -> date:
    """The first day for which a series has no rate."""
    return first_day(next_half_year(tables, series))


def with_published(tables: RateTables, rates: Iterable[PublishedRate]) -> RateTables:
    """The tables with rates added that they lack; the others are left out.

    A rate is left out when the tables know its period, as they do once a later release packages
    it, or when it does not follow. If it differs from the packaged one, that one carries a doubt.
    """
    for rate in sorted(rates, key=lambda rate: rate.period):
        known = _known(tables, rate.series, rate.period)
        if known is not None:
            if known.rate != rate.rate:
                tables = _with_doubt(tables, rate)
        elif parse_label(rate.period) == next_half_year(tables, rate.series):
            tables = _extended(tables, rate)
    return tables


def check_published(tables: RateTables, rate: PublishedRate, today: date) -> KnownRate | None:
    """The rate that is known already if it is the same; None if it may be added.

    Raises:
        SeriesUnknown: there is no such series.
        RateNotAddable: the period does not follow the last one known or lies too far ahead, or
            a day contradicts what is known; with every fault.
        RateContradicts: the period is known with another rate.

    Sources:
        Art. D. 313-1-A CMF: the legal rate rests on the ECB rate two months before the
        half-year, so that it cannot be set earlier.
        ADR 0100: the same term for the ECB rate, of which a later decision may come.
    """
    known = _known(tables, rate.series, rate.period)
    if known is not None:
        if known.rate != rate.rate:
            raise RateContradicts(
                f"{rate.series} of {rate.period} is {_percent(known.rate)} %, "
                f"not {_percent(rate.rate)} %",
                known_percent=_percent(known.rate),
            )
        return known
    faults = [*_period_faults(tables, rate, today), *_day_faults(tables, rate, today)]
    if faults:
        raise RateNotAddable(faults[0].detail, faults=faults)
    return None


def _period_faults(tables: RateTables, rate: PublishedRate, today: date) -> Iterable[Fault]:
    expected = next_half_year(tables, rate.series)
    try:
        half_year = parse_label(rate.period)
    except ValueError:
        yield _fault("period-invalid", "", f"A period is a half-year, as {label(expected)}.")
        return
    if half_year != expected:
        detail = f"The next period of {rate.series} is {label(expected)}, not {rate.period}."
        yield _fault("period-does-not-follow", "", detail)
        return
    opens_on = _two_months_before(first_day(half_year))
    if today < opens_on:
        detail = f"The rate of {rate.period} cannot be known before {opens_on}."
        yield _fault("period-too-early", "", detail)


def _day_faults(tables: RateTables, rate: PublishedRate, today: date) -> Iterable[Fault]:
    if rate.published_on > today:
        yield _fault("published-in-future", "/published_on", f"This day is after today, {today}.")
    try:
        begins_on = first_day(parse_label(rate.period))
    except ValueError:
        return
    if rate.series != ECB:
        opens_on = _two_months_before(begins_on)
        if rate.published_on < opens_on:
            detail = f"The legal rate of {rate.period} cannot be set before {opens_on}."
            yield _fault("published-too-early", "/published_on", detail)
        if rate.effective_on is not None:
            detail = "The legal rate takes effect on the first day of its period."
            yield _fault("not-applicable", "/effective_on", detail)
    elif rate.effective_on is not None:
        yield from _effect_faults(tables, rate, rate.effective_on, begins_on)


def _effect_faults(
    tables: RateTables, rate: PublishedRate, effective_on: date, begins_on: date
) -> Iterable[Fault]:
    last = tables.ecb_changes[-1]
    if effective_on > begins_on:
        detail = f"The rate that counts is the one in force on {begins_on}."
        yield _fault("effective-too-late", "/effective_on", detail)
    elif effective_on == last.since:
        if rate.rate != last.rate:
            detail = f"The rate in force since {last.since} is {_percent(last.rate)} %."
            yield _fault("contradicts-known-change", "/percent", detail)
    elif effective_on <= tables.ecb_complete_until:
        detail = (
            f"The series is complete to {tables.ecb_complete_until}; "
            f"its last change took effect on {last.since}."
        )
        yield _fault("contradicts-known-change", "/effective_on", detail)


def _unknown_series(series: str) -> SeriesUnknown:
    return SeriesUnknown(f"no series {series!r}; known: {', '.join(SERIES)}")


def _fault(code: str, pointer: str, detail: str) -> Fault:
    return Fault(pointer=pointer, code=code, detail=detail)


def _known(tables: RateTables, series: str, period: str) -> KnownRate | None:
    return next((rate for rate in known_rates(tables, series) if rate.period == period), None)


def _ecb_rates(tables: RateTables) -> list[KnownRate]:
    changes = tables.ecb_changes
    first = half_year_of(changes[0].since)
    if first_day(first) < changes[0].since:
        first += 1
    found = []
    for half_year in range(first, half_year_of(tables.ecb_complete_until) + 1):
        begins_on, period = first_day(half_year), label(half_year)
        change = [change for change in changes if change.since <= begins_on][-1]
        published = tables.published.get((ECB, period))
        found.append(
            KnownRate(
                series=ECB,
                period=period,
                first_on=begins_on,
                last_on=_last_day(half_year),
                rate=change.rate,
                in_force_since=published.effective_on if published else change.since,
                decided_on=published.published_on if published else None,
                source_url=published.source_url if published else change.source_url,
                doubt=tables.doubts.get((ECB, period)),
                published=published,
            )
        )
    return found


def _legal_rates(tables: RateTables, series: str) -> list[KnownRate]:
    column, found = COLUMNS[series], []
    for row in tables.legal_rates:
        if column not in row.rates:
            continue
        published = tables.published.get((series, row.period))
        found.append(
            KnownRate(
                series=series,
                period=row.period,
                first_on=row.first_on,
                last_on=row.last_on,
                rate=row.rates[column],
                in_force_since=None,
                decided_on=published.published_on if published else row.decided_on,
                source_url=published.source_url if published else row.source_url,
                doubt=tables.doubts.get((series, row.period)),
                published=published,
            )
        )
    return found


def _extended(tables: RateTables, rate: PublishedRate) -> RateTables:
    key = rate.series, rate.period
    doubts = {**tables.doubts, key: rate.doubt} if rate.doubt else tables.doubts
    published = {**tables.published, key: rate}
    begins_on = first_day(parse_label(rate.period))
    if rate.series == ECB:
        changes = list(tables.ecb_changes)
        if rate.rate != changes[-1].rate or (rate.effective_on or date.min) > changes[-1].since:
            since = rate.effective_on or begins_on
            changes.append(EcbChange(since=since, rate=rate.rate, source_url=rate.source_url))
        return dataclasses.replace(
            tables,
            ecb_changes=changes,
            ecb_complete_until=max(tables.ecb_complete_until, begins_on),
            doubts=doubts,
            published=published,
        )
    return dataclasses.replace(
        tables, legal_rates=_legal_rows(tables, rate), doubts=doubts, published=published
    )


def _legal_rows(tables: RateTables, rate: PublishedRate) -> list[LegalRate]:
    """The rows with one column of a period more: that of its row, or of a new one at the end."""
    rows, column = list(tables.legal_rates), COLUMNS[rate.series]
    half_year = parse_label(rate.period)
    for at, row in enumerate(rows):
        if row.period == rate.period:
            rates = {**row.rates, column: rate.rate}
            rows[at] = dataclasses.replace(row, rates=rates)
            return rows
    new = LegalRate(
        period=rate.period,
        first_on=first_day(half_year),
        last_on=_last_day(half_year),
        rates={column: rate.rate},
        decided_on=rate.published_on,
        source_url=rate.source_url,
    )
    return [*rows, new]


def _with_doubt(tables: RateTables, rate: PublishedRate) -> RateTables:
    key = rate.series, rate.period
    said = f"une autre valeur, {_percent(rate.rate).replace('.', ',')} %, avait été saisie"
    before = tables.doubts.get(key)
    doubt = f"{before} ; {said}" if before else said
    return dataclasses.replace(tables, doubts={**tables.doubts, key: doubt})


def _last_day(half_year: int) -> date:
    return first_day(half_year + 1) - timedelta(days=1)


def _two_months_before(begins_on: date) -> date:
    """1 November before 1 January, 1 May before 1 July."""
    year, month = divmod(begins_on.year * 12 + begins_on.month - 1 - 2, 12)
    return date(year, month + 1, 1)


def _percent(rate: Decimal) -> str:
    value = rate.scaleb(2)
    return f"{value:.2f}" if value == value.quantize(Decimal("0.01")) else f"{value.normalize():f}"
