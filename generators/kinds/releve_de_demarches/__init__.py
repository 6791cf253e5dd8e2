"""The status report to the client: every step, every sum."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.releve_de_demarches.content import TITLE, build, required
from generators.kinds.releve_de_demarches.rules import checks
from generators.kinds.releve_de_demarches.schema import ReleveOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What the debtor owes on the day of the report."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="releve_de_demarches",
    title=TITLE,
    legal_basis=("art. R. 124-5 CPCE", "art. R. 124-6 CPCE"),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=ReleveOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
