"""The friendly reminder of what is about to fall due: nothing is late, and nothing says so."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.rappel_avant_echeance.content import TITLE, build, required
from generators.kinds.rappel_avant_echeance.rules import checks
from generators.options import LetterOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is left to pay of claims that are not due yet."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="rappel_avant_echeance",
    title=TITLE,
    legal_basis=("art. 1305-2 C. civ.", "art. L. 441-10 C. com."),
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
