"""The workbook of a statement: its figures are the statement's, its texts are only texts."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generators.statement_xlsx import statement_xlsx
from law.case import Case, Cost, PenaltyClause
from law.statement import Statement
from tests.support.law_facts import RATES, agreed, case_of, computed, credited, invoice, paid
from tests.support.spreadsheet import Calculator

CASE = case_of(
    invoice("c1", due="2025-12-31", cents=1_234_57),
    invoice("c2", due="2026-01-31", cents=900_10, late_interest=agreed("12.5")),
    invoice("c3", due="2026-10-31", cents=80_00, penalty_clause=PenaltyClause(amount_cents=10_00)),
    payments=[paid("2026-03-10", 500_05), paid("2026-05-02", 100_00, "c2"), paid("2027-01-02", 1)],
    credit_notes=[credited("2026-02-15", 34_57)],
    costs=[Cost(label="Huissier", amount_cents=73_18, type="service", borne_by="debtor")],
)
FOUND = computed(CASE, "2026-11-22")


def sheets(case: Case, found: Statement, *, values: bool) -> dict[str, Worksheet]:
    book = load_workbook(io.BytesIO(statement_xlsx(case, found, RATES)), data_only=values)
    return {sheet.title: sheet for sheet in book.worksheets}


def row_of(sheet: Worksheet, first: str) -> list[object]:
    for row in sheet.iter_rows(values_only=True):
        if row[0] == first:
            return list(row)
    pytest.fail(f"no row {first!r}")


def cents(value: object) -> int:
    assert isinstance(value, int | float)
    exact = Decimal(repr(value)) * 100
    assert exact == exact.to_integral_value(), value
    return int(exact)


def test_every_figure_is_that_of_the_statement() -> None:
    made = sheets(CASE, FOUND, values=True)
    summary = made["Décompte"]
    for claim in FOUND.claims:
        row = row_of(summary, claim.id)
        assert [cents(value) for value in row[3:9]] == [
            claim.principal_cents,
            claim.interest_cents,
            claim.fixed_indemnity_cents,
            claim.penalty_clause_cents,
            claim.paid_cents,
            claim.outstanding_cents,
        ]
    assert cents(row_of(summary, "Total dû")[8]) == FOUND.totals.due_cents
    assert cents(row_of(summary, "Frais à la charge du débiteur")[8]) == 73_18
    lines = [line for claim in FOUND.claims for line in claim.interest]
    rows = list(made["Intérêts"].iter_rows(min_row=2, max_row=1 + len(lines), values_only=True))
    for row, line in zip(rows, lines, strict=True):
        assert (row[1], row[2]) == (
            datetime.combine(line.first_on, datetime.min.time()),
            datetime.combine(line.last_on, datetime.min.time()),
        )
        assert row[3] == line.days
        assert Decimal(repr(row[5])) == line.rate.normalize()
        assert (cents(row[4]), cents(row[7])) == (line.base_cents, line.amount_cents)
    assert cents(row_of(made["Paiements imputés"], "Total")[5]) == FOUND.totals.paid_cents


def test_totals_are_formulas_and_amounts_and_days_have_french_formats() -> None:
    summary = sheets(CASE, FOUND, values=False)["Décompte"]
    formulas = [
        cell for row in summary.iter_rows() for cell in row if str(cell.value).startswith("=")
    ]
    assert len(formulas) == 3 * 2 + 6 + 1
    assert {cell.data_type for cell in formulas} == {"f"}
    assert {cell.number_format for cell in formulas} == {"#,##0.00\\ [$€-40C]"}
    assert summary["C10"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://evil.example")', "_x0041_", "{=1}", "12"],
)
def test_what_a_client_wrote_stays_text(text: str) -> None:
    case = case_of(
        invoice("c1", due="2026-01-31", number=text), payments=[paid("2026-03-10", 100, "c1")]
    )
    made = sheets(case, computed(case, "2026-11-22"), values=False)
    cell = made["Décompte"]["B10"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_sources_and_warnings_are_told() -> None:
    sheet = sheets(CASE, FOUND, values=True)["Sources et avertissements"]
    texts = {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value}
    for used in FOUND.sources:
        assert used.period in texts
    assert "Taux de la BCE en vigueur depuis le 17 juin 2026" in texts
    assert {warning.detail for warning in FOUND.warnings} <= texts


def test_a_case_without_interest_has_a_workbook_too() -> None:
    case = case_of(invoice("c1", due="2026-12-31"))
    found = computed(case, "2026-11-22")
    made = sheets(case, found, values=True)
    assert cents(row_of(made["Décompte"], "Total dû")[8]) == found.totals.due_cents
    assert row_of(made["Intérêts"], "Total")[7] == 0


def test_the_same_statement_is_the_same_file() -> None:
    first, second = (statement_xlsx(CASE, FOUND, RATES) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert str(date(2026, 11, 22)) in archive.read("docProps/core.xml").decode()


MANY = case_of(
    *(
        invoice(f"c{at}", due=f"2025-{at:02d}-28", cents=1_234_57 * at + 5 * at * at)
        for at in range(1, 13)
    ),
    invoice("agreed", due="2024-02-29", cents=12_345_678_91, late_interest=agreed("9.87")),
    payments=[paid(f"2026-{at:02d}-10", 700_05 + at) for at in range(1, 9)],
)


@pytest.mark.parametrize("case", [CASE, MANY])
def test_the_formulas_alone_come_to_the_statement(case: Case) -> None:
    found = computed(case, "2026-11-22")
    given = statement_xlsx(case, found, RATES)
    book, told = (load_workbook(io.BytesIO(given), data_only=values) for values in (False, True))
    program = Calculator(book)
    computed_cells = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    shown = told[sheet.title][cell.coordinate].value
                    assert program.cell(sheet, cell.coordinate) == Decimal(repr(shown))
                    computed_cells += 1
    lines = sum(len(claim.interest) for claim in found.claims)
    assert computed_cells > lines + len(found.claims)
    summary = book["Décompte"]
    due = next(cell.row for cell in summary["A"] if cell.value == "Total dû")
    assert program.cell(summary, f"I{due}") * 100 == found.totals.due_cents
