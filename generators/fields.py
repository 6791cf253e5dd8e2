"""Fields that all schemas share: texts, sums of money, rates, days, choices, identifiers.

Each reads one JSON value strictly and writes it in one canonical form, so that what was read and
written once reads and writes the same for ever. Faults carry stable codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final, get_args

from generators.faults import Message
from generators.identifiers import (
    Bic,
    Country,
    Currency,
    Email,
    Iban,
    Identifier,
    InseeCode,
    Phone,
    Siren,
    Siret,
    VatNumber,
)
from generators.schema_base import Fact, FactsSchema, One, Several
from generators.texts import Text, TextList

__all__ = [
    "Bic",
    "Cents",
    "Choice",
    "CivilDate",
    "Country",
    "Currency",
    "DecimalText",
    "Email",
    "Fact",
    "FactsSchema",
    "Flag",
    "Iban",
    "Identifier",
    "InseeCode",
    "One",
    "PercentField",
    "Phone",
    "Several",
    "Siren",
    "Siret",
    "Text",
    "TextList",
    "VatNumber",
    "WholeNumber",
    "choices",
    "money_text",
    "percent_text",
]

MOST_CENTS: Final = 10**12 * 100
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

_MONEY: Final = re.compile(r"(-?)(0|[1-9][0-9]*)\.([0-9]+)")
_DECIMAL: Final = re.compile(r"(-?)(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONEY_DECIMALS: Final = 2
_MOST_DIGITS: Final = 40


def choices(literal: Any) -> tuple[str, ...]:
    """The values of a ``Literal`` type, so that a list of them is written once."""
    return tuple(get_args(literal))


def money_text(cents: int) -> str:
    """Cents as the API writes money.

    >>> money_text(123456), money_text(-5)
    ('1234.56', '-0.05')
    """
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def percent_text(rate: Decimal) -> str:
    """A fraction as the API writes percents: two decimals, more where there are more.

    >>> percent_text(Decimal("0.1215")), percent_text(Decimal("0.15")), percent_text(Decimal("3"))
    ('12.15', '15.00', '300.00')
    >>> percent_text(Decimal("0.0000125"))
    '0.00125'
    """
    whole, _, decimals = f"{rate.scaleb(2):f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


class Choice(Fact[str]):
    """One of a few words."""

    messages: ClassVar[Mapping[str, Message]] = {
        "choice": Message("invalid-choice", "One of these is needed: {allowed}."),
    }

    def __init__(
        self,
        allowed: Sequence[str],
        description: str = "",
        *,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        self.allowed = tuple(allowed)
        enum = [*allowed] if required else [*allowed, None]
        super().__init__(description, required=required, enum=enum, **kwargs)

    def read(self, value: Any) -> str:
        """The word, if it is one of them."""
        if not isinstance(value, str) or value not in self.allowed:
            raise self.make_error("choice", allowed=", ".join(self.allowed))
        return value


class Flag(Fact[bool]):
    """True or false, and nothing that looks like it."""

    json: ClassVar[Mapping[str, Any]] = {"type": "boolean"}
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "true or false is needed."),
    }

    def read(self, value: Any) -> bool:
        """The truth value."""
        if not isinstance(value, bool):
            raise self.make_error("type")
        return value


class WholeNumber(Fact[int]):
    """A whole number within bounds."""

    json: ClassVar[Mapping[str, Any]] = {"type": "integer"}
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A whole number is needed."),
        "range": Message("out-of-range", "A number from {least} to {most} is needed."),
    }

    def __init__(self, description: str = "", *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(description, minimum=least, maximum=most, **kwargs)

    def read(self, value: Any) -> int:
        """The number."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("type")
        if not self.least <= value <= self.most:
            raise self.make_error("range", least=self.least, most=self.most)
        return value


class Cents(Fact[int]):
    """A sum of money: a text with a dot and two decimals, whole cents once read.

    Args:
        least: Least number of cents: 1 where a sum of nothing has no sense.
    """

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", 'Money is a text with two decimals: "1234.56".'),
        "shape": Message("invalid-amount", 'Money is written with a dot: "1234.56".'),
        "decimals": Message("too-many-decimals", "Money has two decimals."),
        "negative": Message("negative-amount", "The sum may not be negative."),
        "zero": Message("zero-amount", "The sum may not be nought."),
        "large": Message("amount-too-large", "The sum is above 1000000000000.00."),
    }

    def __init__(self, description: str = "", *, least: int = 1, **kwargs: Any) -> None:
        self.least = least
        sign = "-?" if least < 0 else ""
        pattern = rf"^{sign}(0|[1-9]\d{{0,12}})\.\d{{2}}$"
        kwargs.setdefault("example", "1234.56")
        super().__init__(description, pattern=pattern, **kwargs)

    def read(self, value: Any) -> int:
        """Whole cents."""
        if not isinstance(value, str):
            raise self.make_error("type")
        found = _MONEY.fullmatch(value)
        if found is None:
            raise self.make_error("shape")
        sign, euros, decimals = found.groups()
        if len(decimals) != _MONEY_DECIMALS:
            raise self.make_error("decimals" if len(decimals) > _MONEY_DECIMALS else "shape")
        if len(euros) > _MOST_DIGITS:
            raise self.make_error("large")
        cents = int(euros + decimals)
        cents = -cents if sign else cents
        if cents < self.least:
            raise self.make_error("zero" if cents == 0 else "negative")
        if cents > MOST_CENTS:
            raise self.make_error("large")
        return cents

    def write(self, value: int) -> str:
        """Money with two decimals."""
        return money_text(value)


class DecimalText(Fact[Decimal]):
    """A number with decimals, as a text so that no binary fraction comes near it.

    Args:
        least: Least value; excluded when ``above`` is set.
        most: Greatest value.
        decimals: How many there may be.
    """

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", 'A number is written as a text: "12.15".'),
        "shape": Message("invalid-number", 'A number is written with a dot: "12.15".'),
        "decimals": Message("too-many-decimals", "At most {decimals} decimals."),
        "range": Message("out-of-range", "A number {bounds} is needed."),
    }

    def __init__(
        self,
        description: str = "",
        *,
        least: int = 0,
        above: bool = False,
        most: int = 100,
        decimals: int = 4,
        **kwargs: Any,
    ) -> None:
        self.least, self.above, self.most, self.decimals = least, above, most, decimals
        kwargs.setdefault("example", "12.15")
        super().__init__(description, pattern=rf"^\d{{1,3}}(\.\d{{1,{decimals}}})?$", **kwargs)

    def read(self, value: Any) -> Decimal:
        """The number."""
        if not isinstance(value, str):
            raise self.make_error("type")
        found = _DECIMAL.fullmatch(value)
        if found is None:
            raise self.make_error("shape")
        if len(found[2] or "") > self.decimals:
            raise self.make_error("decimals", decimals=self.decimals)
        number = Decimal(value) if len(value) <= _MOST_DIGITS else Decimal(self.most + 1)
        if not self.least <= number <= self.most or (self.above and number == self.least):
            bounds = f"{'above' if self.above else 'from'} {self.least} to {self.most}"
            raise self.make_error("range", bounds=bounds)
        return number

    def write(self, value: Decimal) -> str:
        """The number without needless noughts."""
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class PercentField(DecimalText):
    """A rate: in percent as a text, a fraction once read (``"12.15"`` is 0.1215)."""

    def read(self, value: Any) -> Decimal:
        """The rate as a fraction."""
        return super().read(value).scaleb(-2)

    def write(self, value: Decimal) -> str:
        """The rate in percent."""
        return percent_text(value)


class CivilDate(Fact[date]):
    """A day as ``YYYY-MM-DD``, and no other form that ISO 8601 has."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "date"}
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", 'A day is a text: "2026-11-22".'),
        "invalid": Message("invalid-date", "This is no day of the calendar, as YYYY-MM-DD."),
        "range": Message("date-out-of-range", f"A year from {FIRST_YEAR} to {LAST_YEAR}."),
    }

    def read(self, value: Any) -> date:
        """The day."""
        if not isinstance(value, str):
            raise self.make_error("type")
        found = _DAY.fullmatch(value)
        if found is None:
            raise self.make_error("invalid")
        year, month, day = map(int, found.groups())
        try:
            read = date(year, month, day)
        except ValueError as error:
            raise self.make_error("invalid") from error
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise self.make_error("range")
        return read

    def write(self, value: date) -> str:
        """The day in ISO 8601."""
        return value.isoformat()
