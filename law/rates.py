"""Published rates by period: the ECB refinancing rate and the French legal rate of interest.

Nothing is extrapolated: a half-year whose rate is not published yet, or lies before the tables,
is refused by name.
"""

from __future__ import annotations

import csv
import dataclasses
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal

from core.errors import Fault, RuleNotMet
from law.half_years import first_day, half_year_of, label, parse_label
from law.parameters import DATA, data_sha256, read_toml

LegalColumn = Literal["other", "consumer_creditor"]

ECB = "ecb_refinancing"
LEGAL: Mapping[LegalColumn, str] = {
    "other": "legal_interest_other",
    "consumer_creditor": "legal_interest_consumer_creditor",
}
_SOURCES = {
    ECB: "art. L. 441-10 II C. com.",
    LEGAL["other"]: "art. L. 313-2 CMF",
    LEGAL["consumer_creditor"]: "art. L. 313-2 CMF",
}


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
            faults=[Fault(pointer=pointer, code=cls.slug, detail=detail, article=_SOURCES[series])],
            series=series,
            period=period,
            source=_SOURCES[series],
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
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRate:
    """The two legal rates of a period: a half-year, or a year before 2015."""

    period: str
    first_on: date
    last_on: date
    rates: Mapping[LegalColumn, Decimal]
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTables:
    """Both series, as packaged or as a test cuts them.

    Attributes:
        ecb_changes: In order of date.
        ecb_complete_until: Day up to which no change is missing.
        legal_rates: In order of date, without gap.
        doubts: Why a value is not certain, in French, by series and period.
        data_sha256: SHA-256 of the packaged data the tables were read from.
    """

    ecb_changes: Sequence[EcbChange]
    ecb_complete_until: date
    legal_rates: Sequence[LegalRate]
    doubts: Mapping[tuple[str, str], str]
    data_sha256: str

    @classmethod
    def load(cls) -> RateTables:
        """The packaged tables, read once per process."""
        return _packaged()

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
        if on > row.last_on:
            why = f"the last published period ends on {row.last_on}"
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
                source_url=row["source_url"],
            )
            for row in _rows("legal_interest_rates.csv")
        ],
        doubts=doubts,
        data_sha256=data_sha256(),
    )


def _rows(name: str) -> Sequence[Mapping[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fraction(percent: str) -> Decimal:
    return Decimal(percent).scaleb(-2)
