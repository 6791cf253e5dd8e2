"""The mandate that a creditor gives to a collection agency."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import CaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.mandat_de_recouvrement.content import TITLE, build, is_special, required
from generators.kinds.mandat_de_recouvrement.rules import checks
from generators.kinds.mandat_de_recouvrement.schema import MandateOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement | None:
    """What is owed of the claims that a special mandate hands over; none for a framework."""
    if not is_special(facts.case, facts.options) or facts.case.debtor is None:
        return None
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="mandat_de_recouvrement",
    title=TITLE,
    legal_basis=(
        "art. R. 124-3 CPCE",
        "art. R. 124-2 CPCE",
        "art. R. 124-4 à R. 124-6 CPCE",
        "art. L. 111-8 CPCE",
        "art. 1984 C. civ.",
    ),
    senders=("creditor", "collection_agency"),
    case_schema=CaseSchema,
    options_schema=MandateOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
