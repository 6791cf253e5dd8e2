"""Dated values: chosen by day, each with the text that sets it."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from law.parameters import DATA, ValueNotCovered, parameter

TEXTS = {"bad_debts.toml", "cheque_texts.toml", "quotations.toml", "series.toml", "signature.toml"}
"""Files of law data that hold texts or policy, not values; each has its own tests."""

NAMES = [
    f"{path.stem}.{key}"
    for path in sorted(DATA.glob("*.toml"))
    if path.name not in TEXTS
    for key in tomllib.loads(path.read_text("utf-8"))
]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_has_a_source_and_the_day_it_was_checked(name: str) -> None:
    values = parameter(name).values
    assert all(row.source and row.checked_on for row in values)
    assert all(before.since < after.since for before, after in pairwise(values))


def test_the_flat_fee_is_40_euros_from_2013() -> None:
    fee = parameter("late_interest.recovery_fee_cents")
    assert fee.on(date(2013, 1, 1)).value == Decimal(4000)
    assert not fee.covers(date(2012, 12, 31))


def test_a_day_before_the_first_verified_value_is_refused() -> None:
    with pytest.raises(ValueNotCovered, match="2012-12-31"):
        parameter("late_interest.default_points").on(date(2012, 12, 31))
