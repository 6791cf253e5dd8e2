"""The formal notice to pay: to anyone, for any claim, by the creditor or whoever acts for it."""

from __future__ import annotations

import json
from pathlib import Path

from generators.agency_options import AgencyLetterOptionsSchema
from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.mise_en_demeure.content import TITLE, build, required
from generators.kinds.mise_en_demeure.rules import checks
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
        "art. L. 2192-13 CCP",
        "art. 1231-6 et 1344-1 C. civ.",
        "art. L. 111-8 et R. 124-4 CPCE",
        "art. L. 131-73 CMF",
        "art. 4 et 24 loi n° 89-462 du 6 juillet 1989",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=AgencyLetterOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
