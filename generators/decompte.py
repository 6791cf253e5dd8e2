"""The *décompte* as a Word document, usable as an exhibit; no act, and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from generators.debt_values import receipts
from generators.document_text import flat
from generators.drafting import ContentNotProved
from generators.kind import Context
from generators.letters import identity
from generators.render import Template, compiled
from law.case import Case, InterestBasis
from law.french import NBSP, date_courte, date_unbroken, money, percent
from law.publication import known_rates, packaged_source, series_note
from law.rates import ECB, RateTables, RateUsed
from law.statement import InterestLine, Statement

TITLE: Final = "Décompte de créance"
TEMPLATE: Final = (
    Path(__file__).resolve().parent.parent / "templates" / "documents" / "decompte.docx"
)
BASES: Final[Mapping[InterestBasis, str]] = {
    "contractual": "taux convenu",
    "ecb_plus": "taux BCE majoré",
    "legal_multiple": "multiple du taux légal",
    "legal": "taux légal",
    "none": "sans intérêt",
}
_MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decompte:
    """The document, and what the metadata of a PDF made from it say."""

    docx: bytes
    text: str
    title: str
    author: str
    subject: str


def decompte(case: Case, found: Statement, rates: RateTables) -> Decompte:
    """A statement as a Word document; the same arguments give the same bytes.

    What a lawyer must know, the warnings, is not for the court or the other side: it stands in
    the JSON and in the workbook (ADR 0103).

    Raises:
        ContentNotProved: a sum is not in the text; our fault.
    """
    context = _context(case, found, rates)
    filled = _template().fill(context)
    printed = flat(filled.text)
    missing = [value for value in _sums(context) if flat(value) not in printed]
    if missing:
        raise ContentNotProved(f"{len(missing)} sum(s) not printed, first {missing[0]!r}")
    described = context["document"]
    return Decompte(
        docx=filled.docx,
        text=filled.text,
        title=described["title"],
        author=described["author"],
        subject=described["subject"],
    )


def _template() -> Template:
    return compiled(TEMPLATE.read_bytes())


def _context(case: Case, found: Statement, rates: RateTables) -> Context:
    def sum_of(cents: int) -> str:
        return money(cents, found.currency)

    totals, claims = found.totals, {claim.id: claim for claim in case.claims}
    debtor = identity(case.debtor) if case.debtor else ""
    return {
        "document": {
            "title": f"{TITLE} \u2013 {case.reference}",
            "subject": f"{TITLE} \u2013 {case.debtor.display_name}" if case.debtor else TITLE,
            "author": case.creditor.display_name,
            "language": "fr-FR",
            "date": found.as_of.isoformat(),
        },
        "file": {
            "reference": case.reference,
            "creditor": identity(case.creditor),
            "debtor": debtor,
            "as_of": date_unbroken(found.as_of),
            "due": sum_of(totals.due_cents),
            "daily": sum_of(found.daily_interest_cents) if found.daily_interest_cents else None,
            "has_ecb": any(used.series == ECB for used in found.sources),
            "footer": case.creditor.display_name,
        },
        "recap": _recap(case, found),
        "claims": [
            {
                "number": claims[row.id].number or row.id,
                "due_on": date_courte(claims[row.id].due_on),
                "principal": sum_of(row.principal_cents),
                "interest": sum_of(row.interest_cents),
                "accessories": sum_of(row.fixed_indemnity_cents + row.penalty_clause_cents),
                "paid": sum_of(row.paid_cents),
                "outstanding": sum_of(row.outstanding_cents),
            }
            for row in found.claims
        ],
        "sums": {
            "principal": sum_of(totals.principal_cents),
            "interest": sum_of(totals.interest_cents),
            "accessories": sum_of(totals.fixed_indemnity_cents + totals.penalty_clause_cents),
            "paid": sum_of(totals.paid_cents),
            "outstanding": sum_of(totals.due_cents - totals.costs_cents),
        },
        "interest": [
            _line(claims[row.id].number or row.id, line, found.currency)
            for row in found.claims
            for line in row.interest
        ],
        "receipts": receipts(case, found)["lines"],
        "rates": [_rate(used, rates) for used in found.sources],
    }


def _recap(case: Case, found: Statement) -> list[dict[str, str]]:
    totals = found.totals
    credited = " (avoirs déduits)" if case.credit_notes else ""
    rows = [
        (f"Principal, toutes taxes comprises{credited}", totals.principal_cents),
        (f"Intérêts de retard au {date_unbroken(found.as_of)}", totals.interest_cents),
        ("Indemnités forfaitaires pour frais de recouvrement", totals.fixed_indemnity_cents),
        ("Clause pénale", totals.penalty_clause_cents),
        ("Frais à la charge du débiteur", totals.costs_cents),
        ("Paiements reçus", -totals.paid_cents),
    ]
    return [
        {"label": label, "amount": _signed(cents, found.currency)}
        for at, (label, cents) in enumerate(rows)
        if cents or at == 0
    ]


def _line(number: str, line: InterestLine, currency: str) -> dict[str, str]:
    return {
        "number": number,
        "period": f"du {date_courte(line.first_on)} au {date_courte(line.last_on)}",
        "days": str(line.days),
        "base": money(line.base_cents, currency),
        "rate": percent(line.rate),
        "basis": BASES[line.basis],
        "amount": money(line.amount_cents, currency),
    }


def _rate(used: RateUsed, rates: RateTables) -> dict[str, str]:
    known = next(rate for rate in known_rates(rates, used.series) if rate.period == used.period)
    published = known.published
    return {
        "series": series_note(used.series).label,
        "period": used.period,
        "percent": percent(used.rate),
        "source": published.source if published else packaged_source(known),
    }


def _signed(cents: int, currency: str) -> str:
    amount = money(abs(cents), currency)
    return f"{_MINUS}{NBSP}{amount}" if cents < 0 else amount


def _sums(context: Context) -> list[str]:
    rows: list[Mapping[str, Any]] = [context["sums"], *context["claims"], *context["interest"]]
    rows += context["recap"]
    return [context["file"]["due"], *(str(value) for row in rows for value in row.values())]
