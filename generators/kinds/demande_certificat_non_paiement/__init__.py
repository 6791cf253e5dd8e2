"""The holder's demand to the drawee bank for a certificate of non-payment."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.demande_certificat_non_paiement.content import TITLE, build, required
from generators.kinds.demande_certificat_non_paiement.rules import checks
from generators.options import LetterOptionsSchema
from law.rates import RateTables


def _no_statement(_facts: Facts, _rates: RateTables) -> None:
    """The bank is asked for a paper, not for money."""


KIND = ActKind(
    slug="demande_certificat_non_paiement",
    title=TITLE,
    legal_basis=("art. L. 131-73 CMF", "art. R. 131-48 CMF", "arrêté du 20 avril 2011"),
    senders=("creditor", "collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=LetterOptionsSchema,
    checks=checks,
    statement=_no_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
