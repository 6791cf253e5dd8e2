"""The formal notice to pay, by a professional creditor, for unpaid invoices of a professional."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.mise_en_demeure.content import TITLE, build, required
from generators.kinds.mise_en_demeure.rules import checks
from generators.options import LetterOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act, which is itself the formal notice."""
    return compute(facts.case, facts.as_of, rates, notice_on=facts.as_of)


KIND = ActKind(
    slug="mise_en_demeure",
    title=TITLE,
    legal_basis=(
        "art. 1344 C. civ.",
        "art. 1231-5 C. civ.",
        "art. 1225 C. civ.",
        "art. L. 441-10 C. com.",
        "art. D. 441-5 C. com.",
    ),
    senders=("creditor",),
    case_schema=DebtCaseSchema,
    options_schema=LetterOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
