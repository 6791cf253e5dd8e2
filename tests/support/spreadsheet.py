"""A spreadsheet as a program computes it: sums, differences and roundings of a workbook's cells.

It knows what our workbooks write and nothing else, and does not look at the values that stand
beside the formulas.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_ROUND = re.compile(r"ROUND\((.*),2\)")
_SUM = re.compile(r"SUM\((?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)\)")
_TERM = re.compile(r"([+-]?)(?:([A-Z]+\d+)|(\d+))")
_FIRST_DAY = date(1899, 12, 30)


class Calculator:
    """Computes cells of a workbook that was read with its formulas."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    def cell(self, sheet: Worksheet, name: str) -> Decimal:
        """What a cell comes to."""
        value = sheet[name].value
        if isinstance(value, str) and value.startswith("="):
            return self._formula(sheet, value[1:])
        if isinstance(value, datetime):
            return Decimal((value.date() - _FIRST_DAY).days)
        assert value is None or isinstance(value, int | float), (sheet.title, name, value)
        return Decimal(repr(value or 0))

    def _formula(self, sheet: Worksheet, text: str) -> Decimal:
        if rounded := _ROUND.fullmatch(text):
            exact = self._formula(sheet, rounded[1])
            return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if sum_of := _SUM.fullmatch(text):
            title, first, top, last, end = sum_of.groups()
            there = self._book[title] if title else sheet
            assert first == last
            cells = [self.cell(there, f"{first}{at}") for at in range(int(top), int(end) + 1)]
            return sum(cells, Decimal(0))
        terms = _TERM.findall(text)
        assert "".join(sign + name + number for sign, name, number in terms) == text, text
        total = Decimal(0)
        for sign, name, number in terms:
            value = self.cell(sheet, name) if name else Decimal(number)
            total += -value if sign == "-" else value
        return total
