"""The draft of a summons to pay, on the merits, for the lawyer and the commissaire."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind
from generators.kinds.assignation_paiement.content import TITLE, build, required, statement_of
from generators.kinds.assignation_paiement.rules import checks
from generators.summons_options import SummonsOptionsSchema

KIND = ActKind(
    slug="assignation_paiement",
    title=TITLE,
    legal_basis=(
        "art. 54, 56 et 648 CPC",
        "art. 750-1 à 763 CPC",
        "art. 853 à 861-2 CPC",
        "art. 2241 C. civ.",
    ),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=SummonsOptionsSchema,
    checks=checks,
    statement=statement_of,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
