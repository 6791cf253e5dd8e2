"""Money, percents, numbers and days are read from one form each, and written in the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from generators.faults import faults_of
from generators.fields import (
    Cents,
    Choice,
    CivilDate,
    DecimalText,
    Fact,
    Flag,
    PercentField,
    WholeNumber,
    money_text,
    percent_text,
)


def code(field: Fact[Any], value: Any) -> str:
    """Code of the one fault of a value."""
    with pytest.raises(ValidationError) as caught:
        field.read(value)
    (fault,) = faults_of(caught.value.messages)
    return fault.code


@pytest.mark.parametrize(
    ("text", "cents"),
    [("1234.56", 123456), ("0.01", 1), ("10.00", 1000), ("1000000000000.00", 10**14)],
)
def test_money_is_read_to_the_cent(text: str, cents: int) -> None:
    assert Cents().read(text) == cents
    assert Cents().write(cents) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1234.56, "wrong-type"),
        (1234, "wrong-type"),
        (True, "wrong-type"),
        ("1234", "invalid-amount"),
        ("1234.5", "invalid-amount"),
        ("1234.", "invalid-amount"),
        (".50", "invalid-amount"),
        ("1234,56", "invalid-amount"),
        ("1 234.56", "invalid-amount"),
        ("1,234.56", "invalid-amount"),
        ("+12.00", "invalid-amount"),
        ("012.00", "invalid-amount"),
        ("1e3", "invalid-amount"),
        ("NaN", "invalid-amount"),
        ("\u0661\u0662.\u0660\u0660", "invalid-amount"),
        ("12.00\n", "invalid-amount"),
        ("", "invalid-amount"),
        ("12.345", "too-many-decimals"),
        ("-12.345", "too-many-decimals"),
        ("-0.01", "negative-amount"),
        ("0.00", "zero-amount"),
        ("-0.00", "zero-amount"),
        ("1000000000000.01", "amount-too-large"),
        ("9" * 5_000 + ".00", "amount-too-large"),
    ],
)
def test_other_forms_of_money_are_refused(value: Any, expected: str) -> None:
    assert code(Cents(), value) == expected


def test_nought_and_debts_are_read_where_they_have_a_sense() -> None:
    assert Cents(least=0).read("0.00") == 0
    assert Cents(least=-100).read("-1.00") == -100
    assert code(Cents(least=-100), "-1.01") == "negative-amount"


@given(st.integers(1, 10**14))
def test_money_that_was_written_reads_the_same(cents: int) -> None:
    assert Cents().read(money_text(cents)) == cents


@pytest.mark.parametrize(
    ("text", "fraction", "written"),
    [
        ("12.15", "0.1215", "12.15"),
        ("5.5", "0.055", "5.50"),
        ("10", "0.1", "10.00"),
        ("0", "0", "0.00"),
        ("100.00", "1", "100.00"),
        ("2.0625", "0.020625", "2.0625"),
    ],
)
def test_a_percent_is_a_fraction_once_read(text: str, fraction: str, written: str) -> None:
    rate = PercentField().read(text)
    assert rate == Decimal(fraction)
    assert percent_text(rate) == written
    assert PercentField().read(written) == rate


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12.15, "wrong-type"),
        ("12,15", "invalid-number"),
        ("12.15 %", "invalid-number"),
        ("1e1", "invalid-number"),
        ("Infinity", "invalid-number"),
        ("012", "invalid-number"),
        ("1.00001", "too-many-decimals"),
        ("-1", "out-of-range"),
        ("100.01", "out-of-range"),
        ("9" * 5_000, "out-of-range"),
    ],
)
def test_other_forms_of_percents_are_refused(value: Any, expected: str) -> None:
    assert code(PercentField(), value) == expected


def test_a_bound_may_be_excluded() -> None:
    assert code(DecimalText(above=True), "0.0") == "out-of-range"
    assert DecimalText(above=True).read("0.0001") == Decimal("0.0001")


@pytest.mark.parametrize(("text", "written"), [("3", "3"), ("3.0", "3"), ("1.50", "1.5")])
def test_a_number_is_written_without_needless_noughts(text: str, written: str) -> None:
    assert DecimalText().write(DecimalText().read(text)) == written


@pytest.mark.parametrize("text", ["2026-11-22", "2024-02-29", "1900-01-01", "2200-12-31"])
def test_a_day_is_read(text: str) -> None:
    assert CivilDate().read(text) == date.fromisoformat(text)
    assert CivilDate().write(date.fromisoformat(text)) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (20261122, "wrong-type"),
        ("2026-02-29", "invalid-date"),
        ("2026-13-01", "invalid-date"),
        ("2026-00-10", "invalid-date"),
        ("0000-01-01", "invalid-date"),
        ("20261122", "invalid-date"),
        ("2026-W47-7", "invalid-date"),
        ("22/11/2026", "invalid-date"),
        ("2026-11-22T00:00:00Z", "invalid-date"),
        ("2026-1-2", "invalid-date"),
        (" 2026-11-22", "invalid-date"),
        ("\u0662026-11-22", "invalid-date"),
        ("1899-12-31", "date-out-of-range"),
        ("2201-01-01", "date-out-of-range"),
    ],
)
def test_other_forms_of_days_are_refused(value: Any, expected: str) -> None:
    assert code(CivilDate(), value) == expected


@pytest.mark.parametrize("value", [1, 0, "true", "false", "on", "", [], "yes"])
def test_only_true_and_false_are_flags(value: Any) -> None:
    assert code(Flag(), value) == "wrong-type"
    assert Flag().read(value=False) is False


@pytest.mark.parametrize(
    ("value", "expected"),
    [("8", "wrong-type"), (8.0, "wrong-type"), (True, "wrong-type"), (0, "out-of-range"),
     (91, "out-of-range"), (10**30, "out-of-range")],
)  # fmt: skip
def test_a_whole_number_has_bounds(value: Any, expected: str) -> None:
    field = WholeNumber(least=1, most=90)
    assert code(field, value) == expected
    assert (field.read(1), field.read(90)) == (1, 90)


@pytest.mark.parametrize("value", ["", "Letter", 1, None, ["letter"], {}])
def test_a_choice_is_one_of_its_words(value: Any) -> None:
    assert code(Choice(("letter", "email")), value) == "invalid-choice"
    assert Choice(("letter", "email")).read("email") == "email"
