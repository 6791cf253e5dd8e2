"""Values that the law sets and changes, read by date from ``law/data/*.toml`` with their source."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import RuleNotMet

DATA = Path(__file__).parent / "data"
COURT_MAP = DATA / "courts" / "packed.json"
"""The map of courts in the form that is read; the tables it is made from are not installed."""
CGV_RULES = DATA / "cgv" / "packed.json"
"""The rulebook of the audit of terms in the form that is read; its YAML is not installed."""


class ValueNotCovered(RuleNotMet):
    """The day lies before the first value that was verified; nothing is assumed for it."""

    slug = "value-not-covered"
    title = "The law of that day is not covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value, the day from which it holds and the text that sets it."""

    since: date
    value: Decimal
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value of the law over time; its rows are in order of date."""

    name: str
    label: str
    unit: str
    chosen_by: str
    values: Sequence[DatedValue]

    def covers(self, day: date) -> bool:
        """Whether a value is known for that day."""
        return day >= self.values[0].since

    def on(self, day: date) -> DatedValue:
        """The value in force on a day.

        Raises:
            ValueNotCovered: the day lies before the first verified row.
        """
        if not self.covers(day):
            first = self.values[0]
            raise ValueNotCovered(
                f"{self.label}: the law is verified from {first.since}, not on {day}.",
                parameter=self.name,
                source=first.source,
            )
        return next(row for row in reversed(self.values) if row.since <= day)


@cache
def parameter(name: str) -> Parameter:
    """The parameter of a name such as ``late_interest.recovery_fee_cents``."""
    subject, _, key = name.partition(".")
    table = read_toml(f"{subject}.toml")[key]
    values = tuple(
        DatedValue(
            since=row["since"],
            value=Decimal(row["value"]),
            source=row["source"],
            checked_on=row["checked_on"],
        )
        for row in table["values"]
    )
    return Parameter(
        name=name,
        label=table["label"],
        unit=table["unit"],
        chosen_by=table["chosen_by"],
        values=values,
    )


def value_on_or_first(name: str, day: date) -> DatedValue:
    """The value in force on a day, or the first known one before it was verified.

    For limits that only warn or order, where refusing an older fact would help nobody; amounts
    are computed with `Parameter.on`.
    """
    found = parameter(name)
    return found.on(max(day, found.values[0].since))


@cache
def read_toml(name: str) -> Mapping[str, Any]:
    """A packaged TOML file, read once."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


@cache
def data_sha256() -> str:
    """SHA-256 over every packaged file of law data: what an act was computed with."""
    whole = hashlib.sha256()
    packed = (COURT_MAP, CGV_RULES)
    for path in sorted([*DATA.iterdir(), *packed]):
        if path in packed or path.suffix in {".csv", ".toml"}:
            whole.update(f"{path.parent.name}/{path.name}\0".encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
