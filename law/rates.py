"""Published rates by period: the ECB refinancing rate and the French legal rate of interest.

Nothing is extrapolated: a half-year whose rate is not published yet, or lies before the tables,
is refused by name.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal

from core.errors import Fault, RuleNotMet
from law.half_years import first_day, half_year_of, label, parse_label
from law.parameters import DATA, data_sha256, read_toml

LegalColumn = Literal["other", "consumer_creditor"]

ECB = "ecb_refinancing"
LEGAL: Mapping[LegalColumn, str] = {
    "other": "legal_interest_other",
    "consumer_creditor": "legal_interest_consumer_creditor",
}
SERIES: Mapping[str, str] = {
    ECB: "art. L. 441-10 II C. com.",
    LEGAL["other"]: "art. L. 313-2 CMF",
    LEGAL["consumer_creditor"]: "art. L. 313-2 CMF",
}
"""Every series by its name, with the text that makes it count."""

COLUMNS: Mapping[str, LegalColumn] = {name: column for column, name in LEGAL.items()}


class RateUnknown(RuleNotMet):
    """A published rate that the computation needs is not in the tables."""

    slug = "rate-unknown"
    title = "A published rate is missing"

    @classmethod
    def of(cls, series: str, period: str, why: str, *, pointer: str = "/as_of") -> RateUnknown:
        """The error for a series and a period, with the reason in a sentence."""
        detail = f"The rate {series} of {period} is not known: {why}."
        return cls(
            detail,
            faults=[Fault(pointer=pointer, code=cls.slug, detail=detail, article=SERIES[series])],
            series=series,
            period=period,
            source=SERIES[series],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RateUsed:
    """A published rate that entered a statement, with its period (``2026-S1``)."""

    series: str
    period: str
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EcbChange:
    """A main refinancing rate and the first day on which it was in force."""

    since: date
    rate: Decimal
    source_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRate:
    """The two legal rates of a period: a half-year, or a year before 2015.

    Attributes:
        rates: By column; one of them may not be known yet.
        decided_on: Day of the order, or of the decree before 2015, that sets them.
    """

    period: str
    first_on: date
    last_on: date
    rates: Mapping[LegalColumn, Decimal]
    decided_on: date | None
    source_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRate:
    """A rate of one period of one series, published after this software was made.

    Attributes:
        series: One of `SERIES`.
        period: Half-year, ``2027-S1``.
        source: Where it was published, in French, as a statement may quote it.
        published_on: Day of the publication.
        effective_on: For the ECB series, first day on which the rate was in force, if known.
        doubt: Why the value is not certain, in French, or None.
    """

    series: str
    period: str
    rate: Decimal
    source: str
    published_on: date
    source_url: str | None = None
    effective_on: date | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RateTables:
    """Both series: as packaged, with what was published since, or as a test cuts them.

    Attributes:
        ecb_changes: In order of date.
        ecb_complete_until: Day up to which no change is missing.
        legal_rates: In order of date, without gap.
        doubts: Why a value is not certain, in French, by series and period.
        published: What was added to the packaged tables, by series and period.
        packaged_sha256: SHA-256 of all packaged law data, of which the tables are a part.
    """

    ecb_changes: Sequence[EcbChange]
    ecb_complete_until: date
    legal_rates: Sequence[LegalRate]
    doubts: Mapping[tuple[str, str], str]
    packaged_sha256: str
    published: Mapping[tuple[str, str], PublishedRate] = dataclasses.field(default_factory=dict)

    @classmethod
    def load(cls) -> RateTables:
        """The packaged tables, read once per process."""
        return _packaged()

    @property
    def data_sha256(self) -> str:
        """SHA-256 of `text`: what an act was computed with."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def text(self) -> str:
        """The tables as JSON, always written alike, so that they can be kept by their hash."""
        return _text(self)

    @classmethod
    def parse(cls, text: str) -> RateTables:
        """The tables that wrote a `text`."""
        return _parsed(json.loads(text))

    def ecb(self, on: date) -> RateUsed:
        """The ECB rate that counts for the half-year in which a day lies.

        It is the rate in force on 1 January or 1 July; a change within the half-year has no
        effect before the next.

        Raises:
            RateUnknown: the half-year begins before the series or after the day it is known to.

        Sources:
            Art. L. 441-10 II C. com.
        """
        half_year = half_year_of(on)
        fixed_on, period = first_day(half_year), label(half_year)
        if fixed_on > self.ecb_complete_until:
            why = f"the series is complete to {self.ecb_complete_until} only"
            raise RateUnknown.of(ECB, period, why)
        at = bisect_right(self.ecb_changes, fixed_on, key=lambda change: change.since)
        if at == 0:
            raise RateUnknown.of(
                ECB, period, f"the series does not reach back to {fixed_on}", pointer="/case/claims"
            )
        return RateUsed(series=ECB, period=period, rate=self.ecb_changes[at - 1].rate)

    def legal(self, on: date, column: LegalColumn) -> RateUsed:
        """The legal rate in force on a day, in the column of the creditor's quality.

        Raises:
            RateUnknown: the day lies before or after the published periods.

        Sources:
            Art. L. 313-2 CMF: ``consumer_creditor`` when the creditor is a natural person who
            does not act for business needs, else ``other``.
        """
        at = bisect_right(self.legal_rates, on, key=lambda row: row.first_on)
        if at == 0:
            raise RateUnknown.of(
                LEGAL[column],
                label(half_year_of(on)),
                f"the series does not reach back to {on}",
                pointer="/case/claims",
            )
        row = self.legal_rates[at - 1]
        if on > row.last_on or column not in row.rates:
            known = [earlier for earlier in self.legal_rates[:at] if column in earlier.rates]
            why = f"the last published period ends on {known[-1].last_on}"
            raise RateUnknown.of(LEGAL[column], label(half_year_of(on)), why)
        return RateUsed(series=LEGAL[column], period=row.period, rate=row.rates[column])

    def doubt(self, used: RateUsed) -> str | None:
        """Why a value is not certain, in French, or None."""
        return self.doubts.get((used.series, used.period))

    def truncated(self, before_half_year: str) -> RateTables:
        """The tables as if nothing from a half-year (``2026-S1``) on had been published."""
        end = first_day(parse_label(before_half_year)) - timedelta(days=1)
        return dataclasses.replace(
            self,
            ecb_changes=[change for change in self.ecb_changes if change.since <= end],
            ecb_complete_until=min(self.ecb_complete_until, end),
            legal_rates=[
                dataclasses.replace(row, last_on=min(row.last_on, end))
                for row in self.legal_rates
                if row.first_on <= end
            ],
        )


@cache
def _packaged() -> RateTables:
    series = read_toml("series.toml")
    doubts = {
        (name, doubt["period"]): doubt["detail"]
        for table, names in (("ecb_refinancing", [ECB]), ("legal_interest", LEGAL.values()))
        for doubt in series[table]["doubts"]
        for name in names
    }
    return RateTables(
        ecb_changes=[
            EcbChange(
                since=date.fromisoformat(row["effective_date"]),
                rate=_fraction(row["rate_percent"]),
                source_url=row["source_url"],
            )
            for row in _rows("ecb_refinancing_rates.csv")
        ],
        ecb_complete_until=series["ecb_refinancing"]["complete_until"],
        legal_rates=[
            LegalRate(
                period=row["semester"],
                first_on=date.fromisoformat(row["valid_from"]),
                last_on=date.fromisoformat(row["valid_to"]),
                rates={
                    "other": _fraction(row["other_rate_percent"]),
                    "consumer_creditor": _fraction(row["consumer_creditor_rate_percent"]),
                },
                decided_on=date.fromisoformat(row["arrete_date"]),
                source_url=row["source_url"],
            )
            for row in _rows("legal_interest_rates.csv")
        ],
        doubts=doubts,
        packaged_sha256=data_sha256(),
    )


@lru_cache(maxsize=8)  # by identity: a process uses one set of tables for months
def _text(tables: RateTables) -> str:
    plain = _plain(dataclasses.asdict(tables))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A value as JSON has it: days and decimals as texts, pairs of names as one name."""
    if isinstance(value, Mapping):
        return {
            "/".join(key) if isinstance(key, tuple) else key: _plain(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, date | Decimal) else value


def _parsed(plain: Mapping[str, Any]) -> RateTables:
    return RateTables(
        ecb_changes=[
            EcbChange(
                since=date.fromisoformat(row["since"]),
                rate=Decimal(row["rate"]),
                source_url=row["source_url"],
            )
            for row in plain["ecb_changes"]
        ],
        ecb_complete_until=date.fromisoformat(plain["ecb_complete_until"]),
        legal_rates=[
            LegalRate(
                period=row["period"],
                first_on=date.fromisoformat(row["first_on"]),
                last_on=date.fromisoformat(row["last_on"]),
                rates={column: Decimal(rate) for column, rate in row["rates"].items()},
                decided_on=_day(row["decided_on"]),
                source_url=row["source_url"],
            )
            for row in plain["legal_rates"]
        ],
        doubts=dict(_by_pair(plain["doubts"])),
        packaged_sha256=plain["packaged_sha256"],
        published={
            pair: PublishedRate(
                series=row["series"],
                period=row["period"],
                rate=Decimal(row["rate"]),
                source=row["source"],
                published_on=date.fromisoformat(row["published_on"]),
                source_url=row["source_url"],
                effective_on=_day(row["effective_on"]),
                doubt=row["doubt"],
            )
            for pair, row in _by_pair(plain["published"])
        },
    )


def _by_pair(plain: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    for key, value in plain.items():
        series, _, period = key.partition("/")
        yield (series, period), value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> Sequence[Mapping[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fraction(percent: str) -> Decimal:
    return Decimal(percent).scaleb(-2)
