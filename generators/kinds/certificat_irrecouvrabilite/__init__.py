"""The certificate that a claim cannot be recovered, with the VAT to recover by rate."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import DebtCaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.certificat_irrecouvrabilite.content import TITLE, build, required
from generators.kinds.certificat_irrecouvrabilite.options import CertificateOptionsSchema
from generators.kinds.certificat_irrecouvrabilite.rules import checks
from law.rates import RateTables
from law.statement import Statement
from law.statement import statement as compute


def _statement(facts: Facts, rates: RateTables) -> Statement:
    """What is unpaid on the day of the certificate."""
    return compute(facts.case, facts.as_of, rates)


KIND = ActKind(
    slug="certificat_irrecouvrabilite",
    title=TITLE,
    legal_basis=("art. 272, 1 CGI", "art. R. 124-1 à R. 124-3 CPCE", "art. R. 196-1 LPF"),
    senders=("collection_agency", "lawyer", "commissaire_de_justice"),
    case_schema=DebtCaseSchema,
    options_schema=CertificateOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
