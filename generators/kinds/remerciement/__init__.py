"""The thanks for a payment that settles what was owed."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.remerciement.content import TITLE, build, required
from generators.kinds.remerciement.rules import checks
from generators.options import LetterOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is left on the day of the letter: nothing, or accessories that it does not ask for."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="remerciement",
    title=TITLE,
    legal_basis=("art. 1342 C. civ.", "art. 1342-8 C. civ."),
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
