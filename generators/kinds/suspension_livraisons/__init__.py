"""The notice that deliveries or services are suspended until the debtor pays."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.suspension_livraisons.content import TITLE, build, required
from generators.kinds.suspension_livraisons.rules import checks
from generators.kinds.suspension_livraisons.schema import SuspensionOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="suspension_livraisons",
    title=TITLE,
    legal_basis=("art. 1219 C. civ.", "art. 1220 C. civ.", "art. L. 442-1 C. com."),
    senders=("creditor",),
    case_schema=DebtCaseSchema,
    options_schema=SuspensionOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
