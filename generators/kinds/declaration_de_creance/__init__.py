"""The declaration of a claim in insolvency proceedings, to the officer who receives it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.declaration_de_creance.content import TITLE, build, required
from generators.kinds.declaration_de_creance.rules import checks
from generators.kinds.declaration_de_creance.schema import DeclarationOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What was owed on the eve of the opening judgment, whose day already forbids payment.

    Sources:
        Art. L. 622-7, L. 622-28 C. com. ADR 0132.
    """
    insolvency = facts.case.debtor.insolvency if facts.case.debtor else None
    as_of = insolvency.opened_on - timedelta(days=1) if insolvency else facts.as_of
    return compute(facts.case, as_of, rates)


KIND = ActKind(
    slug="declaration_de_creance",
    title=TITLE,
    legal_basis=(
        "art. L. 622-24 C. com.",
        "art. L. 622-7, L. 622-21 et L. 622-28 C. com.",
        "art. L. 641-3 C. com.",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=DeclarationOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
