"""What the audit compares with, on its day: published rates and the floor that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.cgv.late_rates import ECB, LEGAL
from law.parameters import value_on_or_first
from law.rates import RateTables, RateUnknown, RateUsed

FLOOR = "plancher_penalites"
DEFAULT = "taux_penalites_defaut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The values of a day, in percent a year, by the names the rulebook gives them.

    Attributes:
        percents: Those that depend on a rate not published for that day are not there.
        used: The published rates they come from.
        doubts: Why a rate is not certain, in French.
    """

    percents: Mapping[str, Decimal]
    used: tuple[RateUsed, ...]
    doubts: tuple[str, ...]


def values_on(day: date, rates: RateTables) -> Values:
    """The values in force on a day.

    Sources:
        Art. L. 441-10 II C. com.: floor of three times the legal rate; by default the rate of
        the ECB on 1 January or 1 July, and ten points.
    """
    percents: dict[str, Decimal] = {}
    used = []
    multiple = value_on_or_first("late_interest.floor_multiple", day).value
    points = value_on_or_first("late_interest.default_points", day).value
    try:
        legal = rates.legal(day, "other")
    except RateUnknown:
        pass
    else:
        used.append(legal)
        percents[LEGAL] = legal.rate.scaleb(2)
        percents[FLOOR] = percents[LEGAL] * multiple
    try:
        ecb = rates.ecb(day)
    except RateUnknown:
        pass
    else:
        used.append(ecb)
        percents[ECB] = ecb.rate.scaleb(2)
        percents[DEFAULT] = percents[ECB] + points.scaleb(2)
    doubts = tuple(filter(None, (rates.doubt(rate) for rate in used)))
    return Values(percents=percents, used=tuple(used), doubts=doubts)
