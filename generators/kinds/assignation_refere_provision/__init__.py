"""The draft of a summons for a provision, in summary proceedings, for the lawyer."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind
from generators.kinds.assignation_refere_provision.content import (
    TITLE,
    build,
    required,
    statement_of,
)
from generators.kinds.assignation_refere_provision.rules import checks
from generators.summons_options import SummonsOptionsSchema

KIND = ActKind(
    slug="assignation_refere_provision",
    title=TITLE,
    legal_basis=(
        "art. 835, al. 2, et 873, al. 2, CPC",
        "art. 54, 56, 485 et 648 CPC",
        "art. 750-1 à 763 CPC",
        "art. 853 à 861-2 CPC",
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
