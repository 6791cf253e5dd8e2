"""The duplicate of an unpaid invoice, with the mention on which the recovery of VAT depends."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.duplicata_facture_impayee.content import TITLE, build, required
from generators.kinds.duplicata_facture_impayee.rules import checks
from generators.options import ActOptionsSchema
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is unpaid on the day of the duplicate."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="duplicata_facture_impayee",
    title=TITLE,
    legal_basis=("art. 272, 1 CGI", "BOI-TVA-DED-40-10-20"),
    senders=("creditor",),
    case_schema=DebtCaseSchema,
    options_schema=ActOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
