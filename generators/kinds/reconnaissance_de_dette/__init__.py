"""The acknowledgment of debt, which the debtor signs with a mention of his own."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.reconnaissance_de_dette.content import TITLE, build, required
from generators.kinds.reconnaissance_de_dette.rules import checks
from generators.kinds.reconnaissance_de_dette.schema import AcknowledgmentOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act, which is what is acknowledged."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="reconnaissance_de_dette",
    title=TITLE,
    legal_basis=(
        "art. 1376 C. civ.",
        "art. 1343-1 C. civ.",
        "art. 2240 C. civ.",
        "art. 1330 C. civ.",
        "art. L. 218-1 C. conso.",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=AcknowledgmentOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
