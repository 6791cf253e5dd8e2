"""The payment plan: a letter that grants instalments, for the debtor to accept and send back."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.echeancier.content import TITLE, build, required
from generators.kinds.echeancier.rules import checks
from generators.kinds.echeancier.schema import PlanOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act, which the instalments pay."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="echeancier",
    title=TITLE,
    legal_basis=(
        "art. 1342 C. civ.",
        "art. 1330 C. civ.",
        "art. 1343-1 C. civ.",
        "art. 1376 C. civ.",
        "art. 2240 C. civ.",
        "art. L. 218-1 C. conso.",
        "art. R. 124-5 CPCE",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=PlanOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
