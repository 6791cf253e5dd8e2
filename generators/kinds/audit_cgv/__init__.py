"""The audit of general terms of sale and of the receivables chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generators.case_schema import CaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.audit_cgv.content import TITLE, build, required, terms_of
from generators.kinds.audit_cgv.findings import findings_json, questions_json
from generators.kinds.audit_cgv.rules import checks
from generators.kinds.audit_cgv.schema import AuditOptionsSchema
from law.cgv.audit import Audit, audit
from law.rates import RateTables


def _examine(facts: Facts, rates: RateTables) -> Audit:
    return audit(terms_of(facts), facts.as_of, rates)


def _findings(facts: Facts) -> Mapping[str, Any]:
    return findings_json(facts.examined, facts.case.creditor)


def _no_statement(_facts: Facts, _rates: RateTables) -> None:
    return None


KIND = ActKind(
    slug="audit_cgv",
    title=TITLE,
    legal_basis=(
        "art. L. 441-1 C. com.",
        "art. L. 441-10 C. com.",
        "art. L. 441-16 C. com.",
        "art. 1119 C. civ.",
        "art. 1171 C. civ.",
        "art. L. 212-1 C. conso.",
    ),
    senders=("lawyer", "creditor"),
    case_schema=CaseSchema,
    options_schema=AuditOptionsSchema,
    checks=checks,
    statement=_no_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
    examine=_examine,
    findings=_findings,
    questions=questions_json,
    reads_file="audit",
)
