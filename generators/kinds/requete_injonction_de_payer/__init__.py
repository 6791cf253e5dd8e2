"""The request for an order for payment, to the president of the court of the debtor."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.requete_injonction_de_payer.content import TITLE, build, required
from generators.kinds.requete_injonction_de_payer.rules import checks
from generators.kinds.requete_injonction_de_payer.schema import RequestOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act, which is no formal notice."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="requete_injonction_de_payer",
    title=TITLE,
    legal_basis=(
        "art. 1405 à 1408 CPC",
        "art. 54 et 57 CPC",
        "art. L. 721-3 C. com.",
        "art. 1343-1 C. civ.",
        "art. L. 111-8 CPCE",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=RequestOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
