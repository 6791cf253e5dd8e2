"""The drawee bank's certificate of non-payment, on the official model. Nobody else issues it."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.certificat_non_paiement.content import TITLE, build, required
from generators.kinds.certificat_non_paiement.options import CertificateOptionsSchema
from generators.kinds.certificat_non_paiement.rules import checks
from law.rates import RateTables


def _no_statement(_facts: Facts, _rates: RateTables) -> None:
    """A certificate states what was refused; it computes no interest."""


KIND = ActKind(
    slug="certificat_non_paiement",
    title=TITLE,
    legal_basis=("art. L. 131-73 CMF", "art. R. 131-48 CMF", "arrêté du 20 avril 2011, annexe"),
    senders=("bank",),
    case_schema=DebtCaseSchema,
    options_schema=CertificateOptionsSchema,
    checks=checks,
    statement=_no_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
