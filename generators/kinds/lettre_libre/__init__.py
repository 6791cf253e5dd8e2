"""The free letter: anyone, any subject, on the same stationery."""

from __future__ import annotations

import json
from pathlib import Path

from generators.case_schema import CaseSchema
from generators.kind import ActKind, Facts
from generators.kinds.lettre_libre.content import TITLE, build, required
from generators.kinds.lettre_libre.rules import checks
from generators.kinds.lettre_libre.schema import LettreLibreOptionsSchema
from law.rates import RateTables


def _statement(_: Facts, __: RateTables) -> None:
    """A free letter prints no statement."""


KIND = ActKind(
    slug="lettre_libre",
    title=TITLE,
    legal_basis=("art. R. 123-237 C. com.",),
    senders=("creditor",),
    case_schema=CaseSchema,
    options_schema=LettreLibreOptionsSchema,
    checks=checks,
    statement=_statement,
    build=build,
    required=required,
    retention_class="accounting_paper",
    example=json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8")),
)
