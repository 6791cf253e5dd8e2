"""The *décompte* as a workbook for accountants: real numbers and days, totals as formulas.

What a client wrote is written as text and nothing else: a text that begins with ``=`` stays one.
Amounts of lines are values, because each is rounded half up by exact arithmetic (ADR 0102); every
sum over them is a formula with the value of the statement beside it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from generators.decompte import BASES
from generators.letters import identity
from law.case import Case, Claim, Party, PaymentMethod
from law.french import date_longue, typographic
from law.publication import known_rates, packaged_source, series_note
from law.rates import RateTables
from law.statement import ClaimStatement, Statement

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
METHODS: Final[Mapping[PaymentMethod, str]] = {
    "transfer": "virement",
    "cheque": "chèque",
    "card": "carte",
    "direct_debit": "prélèvement",
    "cash": "espèces",
    "other": "autre",
}
_SUMMARY, _INTEREST = "Décompte", "Intérêts"
_PAYMENTS, _SOURCES = "Paiements imputés", "Sources et avertissements"
_TOP = 9
"""First row of the tables of claims, below the title block."""


def statement_xlsx(case: Case, found: Statement, rates: RateTables) -> bytes:
    """A statement as a workbook; the same arguments give the same bytes.

    Excel and LibreOffice show figures and days in the order of the reader's language.

    Args:
        case: What the statement was computed from.
        found: The statement.
        rates: The rates it was computed with, for their sources.
    """
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    day = datetime.combine(found.as_of, time(), UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": f"Décompte de créance \u2013 {case.reference}",
            "author": case.creditor.display_name,
            "created": day,
        }
    )
    styles = _styles(book, found.currency)
    _Summary(book.add_worksheet(_SUMMARY), styles).write(case, found)
    _Interest(book.add_worksheet(_INTEREST), styles).write(found)
    _Payments(book.add_worksheet(_PAYMENTS), styles).write(case, found)
    _Sources(book.add_worksheet(_SOURCES), styles).write(found, rates)
    book.close()
    return out.getvalue()


def _styles(book: Workbook, currency: str) -> dict[str, Format]:
    sign = "[$€-40C]" if currency == "EUR" else f'"{currency}"'
    money = f"#,##0.00\\ {sign}"
    forms: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "text": {"valign": "top"},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "head": {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "bg_color": "#E7E9EE",
            "bottom": 1,
        },
        "money": {"num_format": money},
        "total": {"num_format": money, "bold": True, "top": 1},
        "total_text": {"bold": True, "top": 1},
        "day": {"num_format": "dd/mm/yyyy", "align": "left"},
        "count": {"num_format": "#,##0"},
        "percent": {"num_format": "0.00##%"},
    }
    return {
        name: book.add_format({"font_name": "Arial", "font_size": 10, **form})
        for name, form in forms.items()
    }


class _Sheet:
    """A sheet under construction, and the ways a cell is written."""

    def __init__(self, sheet: Worksheet, styles: Mapping[str, Format]) -> None:
        self.sheet, self.styles = sheet, styles
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&F&C&A&RPage &P / &N")

    def text(self, row: int, column: int, value: str | None, style: str = "text") -> None:
        self.sheet.write_string(row, column, value or "", self.styles[style])

    def money(self, row: int, column: int, cents: int) -> None:
        self.sheet.write_number(row, column, cents / 100, self.styles["money"])

    def formula(self, row: int, column: int, formula: str, cents: int, style: str) -> None:
        """A formula over amounts, and what it comes to."""
        self.sheet.write_formula(row, column, f"={formula}", self.styles[style], cents / 100)

    def day(self, row: int, column: int, value: date | None) -> None:
        if value is not None:
            self.sheet.write_datetime(row, column, value, self.styles["day"])

    def heads(self, row: int, names: Sequence[str], widths: Sequence[float]) -> None:
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            self.text(row, column, name, "head")
            self.sheet.set_column(column, column, width)
        self.sheet.set_row(row, 30)
        self.sheet.repeat_rows(row)


class _Summary(_Sheet):
    """Claims and totals."""

    def write(self, case: Case, found: Statement) -> None:
        self._title(case, found)
        heads = (
            "Créance",
            "Pièce",
            "Échéance",
            "Principal",
            "Intérêts",
            "Indemnité forfaitaire",
            "Clause pénale",
            "Payé",
            "Restant dû",
        )
        self.heads(_TOP - 1, heads, (14, 34, 13, 16, 16, 16, 16, 16, 16))
        self.sheet.freeze_panes(_TOP, 0)
        claims = {claim.id: claim for claim in case.claims}
        line = 1
        for row, claim in enumerate(found.claims, start=_TOP):
            self._claim(row, claims[claim.id], claim, line)
            line += len(claim.interest)
        self._totals(_TOP + len(found.claims), found)

    def _title(self, case: Case, found: Statement) -> None:
        self.text(0, 0, f"Décompte arrêté au {date_longue(found.as_of)}", "title")
        lines = (
            ("Dossier", case.reference),
            ("Créancier", _who(case.creditor)),
            ("Débiteur", _who(case.debtor) if case.debtor else ""),
        )
        for row, (name, value) in enumerate(lines, start=2):
            self.text(row, 0, name)
            self.text(row, 1, value)
        self.text(5, 0, "Arrêté au")
        self.day(5, 1, found.as_of)
        self.text(6, 0, "Monnaie")
        self.text(6, 1, found.currency)

    def _claim(self, row: int, claim: Claim, found: ClaimStatement, line: int) -> None:
        self.text(row, 0, found.id)
        self.text(row, 1, claim.number or claim.description)
        self.day(row, 2, claim.due_on)
        self.money(row, 3, found.principal_cents)
        if found.interest:
            first = xl_rowcol_to_cell(line, 7, row_abs=True, col_abs=True)
            last = xl_rowcol_to_cell(line + len(found.interest) - 1, 7, row_abs=True, col_abs=True)
            total = f"ROUND(SUM('{_INTEREST}'!{first}:{last}),2)"
            self.formula(row, 4, total, found.interest_cents, "money")
        else:
            self.money(row, 4, 0)
        self.money(row, 5, found.fixed_indemnity_cents)
        self.money(row, 6, found.penalty_clause_cents)
        self.money(row, 7, found.paid_cents)
        at = row + 1
        left = f"ROUND(D{at}+E{at}+F{at}+G{at}-H{at},2)"
        self.formula(row, 8, left, found.outstanding_cents, "money")

    def _totals(self, row: int, found: Statement) -> None:
        totals = found.totals
        sums = (
            totals.principal_cents,
            totals.interest_cents,
            totals.fixed_indemnity_cents,
            totals.penalty_clause_cents,
            totals.paid_cents,
            totals.due_cents - totals.costs_cents,
        )
        for column, name in enumerate(("Total", "", "")):
            self.text(row, column, name, "total_text")
        for column, cents in enumerate(sums, start=3):
            if found.claims:
                top = xl_rowcol_to_cell(_TOP, column)
                end = xl_rowcol_to_cell(row - 1, column)
                self.formula(row, column, f"ROUND(SUM({top}:{end}),2)", cents, "total")
            else:
                self.money(row, column, cents)
        self.text(row + 1, 0, "Frais à la charge du débiteur")
        self.money(row + 1, 8, totals.costs_cents)
        self.text(row + 2, 0, "Total dû", "total_text")
        for column in range(1, 8):
            self.text(row + 2, column, "", "total_text")
        due = f"ROUND(I{row + 1}+I{row + 2},2)"
        self.formula(row + 2, 8, due, totals.due_cents, "total")
        self.text(row + 4, 0, "Intérêts par jour de retard supplémentaire")
        self.money(row + 4, 8, found.daily_interest_cents)


class _Interest(_Sheet):
    """Interest, line by line."""

    def write(self, found: Statement) -> None:
        heads = ("Créance", "Du", "Au inclus", "Jours", "Base", "Taux annuel", "Taux", "Intérêts")
        self.heads(0, heads, (14, 13, 13, 9, 16, 13, 26, 16))
        self.sheet.freeze_panes(1, 0)
        row = 0
        for claim in found.claims:
            for line in claim.interest:
                row += 1
                self.text(row, 0, claim.id)
                self.day(row, 1, line.first_on)
                self.day(row, 2, line.last_on)
                days = f"=C{row + 1}-B{row + 1}+1"
                self.sheet.write_formula(row, 3, days, self.styles["count"], line.days)
                self.money(row, 4, line.base_cents)
                self.sheet.write_number(row, 5, float(line.rate), self.styles["percent"])
                self.text(row, 6, BASES[line.basis])
                self.money(row, 7, line.amount_cents)
        self.text(row + 1, 0, "Total", "total_text")
        for column in range(1, 7):
            self.text(row + 1, column, "", "total_text")
        if row:
            total = f"ROUND(SUM(H2:H{row + 1}),2)"
            self.formula(row + 1, 7, total, found.totals.interest_cents, "total")
        else:
            self.money(row + 1, 7, 0)
        note = "Intérêts simples sur 365 jours\u00a0; chaque ligne est arrondie au centime."
        self.text(row + 3, 0, note)


class _Payments(_Sheet):
    """Payments and credit notes, and whether they were counted."""

    def write(self, case: Case, found: Statement) -> None:
        heads = ("Date", "Nature", "Référence ou moyen", "Créance désignée", "Montant", "Imputé")
        self.heads(0, heads, (13, 16, 26, 18, 16, 16))
        self.sheet.freeze_panes(1, 0)
        row = 0
        for payment in sorted(case.payments, key=lambda payment: payment.received_on):
            row += 1
            self.day(row, 0, payment.received_on)
            self.text(row, 1, "Paiement")
            self.text(row, 2, METHODS[payment.method] if payment.method else "")
            self.text(row, 3, payment.claim_id)
            self.money(row, 4, payment.amount_cents)
            counted = payment.received_on <= found.as_of
            self.money(row, 5, payment.amount_cents if counted else 0)
        self.text(row + 1, 0, "Total", "total_text")
        for column in range(1, 5):
            self.text(row + 1, column, "", "total_text")
        if row:
            total = f"ROUND(SUM(F2:F{row + 1}),2)"
            self.formula(row + 1, 5, total, found.totals.paid_cents, "total")
        else:
            self.money(row + 1, 5, 0)
        row += 3
        self.text(row, 0, "Avoirs (déjà déduits du principal)", "total_text")
        for note in sorted(case.credit_notes, key=lambda note: note.issued_on):
            row += 1
            self.day(row, 0, note.issued_on)
            self.text(row, 1, "Avoir")
            self.text(row, 2, note.number)
            self.text(row, 3, note.claim_id)
            self.money(row, 4, note.amount_incl_tax_cents)
            counted = note.issued_on <= found.as_of
            self.money(row, 5, note.amount_incl_tax_cents if counted else 0)
        rule = typographic(
            "Imputation : intérêts, puis principal (art. 1343-1 C. civ.), puis indemnité et clause"
            " pénale ; entre plusieurs dettes, art. 1342-10 C. civ."
        )
        self.text(row + 2, 0, rule)


class _Sources(_Sheet):
    """Where the rates come from, and what a lawyer must know."""

    def write(self, found: Statement, rates: RateTables) -> None:
        heads = ("Série", "Période", "Taux", "Source", "Adresse")
        self.heads(0, heads, (44, 14, 12, 60, 60))
        row = 0
        for used in found.sources:
            row += 1
            known = next(
                rate for rate in known_rates(rates, used.series) if rate.period == used.period
            )
            published = known.published
            self.text(row, 0, series_note(used.series).label, "wrapped")
            self.text(row, 1, used.period)
            self.sheet.write_number(row, 2, float(used.rate), self.styles["percent"])
            self.text(row, 3, published.source if published else packaged_source(known), "wrapped")
            self.text(row, 4, known.source_url, "wrapped")
        row += 2
        self.text(row, 0, "Avertissements", "head")
        for column, name in enumerate(("", "", "", "Article"), start=1):
            self.text(row, column, name, "head")
        for warning in found.warnings:
            row += 1
            self.sheet.merge_range(row, 0, row, 3, "", self.styles["wrapped"])
            self.text(row, 0, warning.detail, "wrapped")
            self.text(row, 4, warning.article, "wrapped")
            self.sheet.set_row(row, 15 * (1 + len(warning.detail) // 120))
        if not found.warnings:
            self.text(row + 1, 0, "Aucun")


def _who(party: Party) -> str:
    return identity(party)
