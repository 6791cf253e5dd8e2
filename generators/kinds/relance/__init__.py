"""The reminder of a debt that has fallen due: three levels, and the tones of payers."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.relance.content import TITLE, build, required
from generators.kinds.relance.rules import checks
from generators.kinds.relance.schema import RelanceOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act; a reminder is no formal notice."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="relance",
    title=TITLE,
    legal_basis=(
        "art. L. 441-10 C. com.",
        "art. D. 441-5 C. com.",
        "art. L. 2192-13 CCP",
        "art. 1231-6 C. civ.",
        "art. L. 111-8 et R. 124-4 CPCE",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=RelanceOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
