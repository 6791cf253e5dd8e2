"""The instruction to a commissaire de justice to serve a certificate of non-payment."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.signification_certificat_non_paiement.content import TITLE, build, required
from generators.kinds.signification_certificat_non_paiement.options import ServiceOptionsSchema
from generators.kinds.signification_certificat_non_paiement.rules import checks
from law.rates import RateTables


def _no_statement(_facts: Facts, _rates: RateTables) -> None:
    """The title holds the cheque and the costs of its rejection (`law.cheques`), not interest."""


KIND = ActKind(
    slug="signification_certificat_non_paiement",
    title=TITLE,
    legal_basis=("art. L. 131-73 CMF", "art. L. 111-3, 5° CPCE", "art. 648 CPC"),
    senders=("creditor", "collection_agency", "lawyer"),
    case_schema=DebtCaseSchema,
    options_schema=ServiceOptionsSchema,
    checks=checks,
    statement=_no_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
