"""A statement is written as the contract has it: money and percents as texts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from generators.json_schema import json_schema
from generators.request import load_request
from generators.statement_schema import StatementSchema
from law.findings import LegalWarning
from law.rates import RateTables, RateUsed
from law.statement import ClaimStatement, InterestLine, Statement, Totals
from tests.support.json_schema_check import mismatches
from tests.support.requests import TODAY

# The example of the contract: 1 000.00 due on 31 January 2026, at the ECB's rate plus ten points.
STATEMENT = Statement(
    as_of=date(2026, 6, 30),
    currency="EUR",
    claims=[
        ClaimStatement(
            id="c1",
            principal_cents=100_000,
            paid_cents=0,
            outstanding_principal_cents=100_000,
            interest=[
                InterestLine(
                    first_on=date(2026, 2, 1),
                    last_on=date(2026, 6, 30),
                    days=150,
                    base_cents=100_000,
                    rate=Decimal("0.1215"),
                    basis="ecb_plus",
                    amount_cents=4_993,
                )
            ],
            interest_cents=4_993,
            fixed_indemnity_cents=4_000,
            penalty_clause_cents=0,
            outstanding_cents=108_993,
        )
    ],
    totals=Totals(
        principal_cents=100_000,
        interest_cents=4_993,
        fixed_indemnity_cents=4_000,
        penalty_clause_cents=0,
        costs_cents=5,
        paid_cents=0,
        due_cents=108_998,
    ),
    daily_interest_cents=34,
    warnings=[
        LegalWarning(code="w", detail="À relire.", article="art. L. 441-10 C. com."),
        LegalWarning(code="x", detail="Usage."),
    ],
    sources=[RateUsed(series="ecb_refinancing", period="2026-S1", rate=Decimal("0.0215"))],
)

WRITTEN = {
    "as_of": "2026-06-30",
    "currency": "EUR",
    "claims": [
        {
            "id": "c1",
            "principal": "1000.00",
            "paid": "0.00",
            "outstanding_principal": "1000.00",
            "interest": [
                {
                    "from": "2026-02-01",
                    "to": "2026-06-30",
                    "days": 150,
                    "base": "1000.00",
                    "rate_percent": "12.15",
                    "rate_basis": "ecb_plus",
                    "day_count": 365,
                    "amount": "49.93",
                }
            ],
            "interest_total": "49.93",
            "fixed_indemnity": "40.00",
            "penalty_clause": "0.00",
            "outstanding": "1089.93",
        }
    ],
    "totals": {
        "principal": "1000.00",
        "interest": "49.93",
        "fixed_indemnity": "40.00",
        "penalty_clause": "0.00",
        "costs": "0.05",
        "paid": "0.00",
        "due": "1089.98",
    },
    "daily_interest": "0.34",
    "warnings": [
        {"code": "w", "detail": "À relire.", "article": "art. L. 441-10 C. com."},
        {"code": "x", "detail": "Usage.", "article": None},
    ],
    "sources": [{"series": "ecb_refinancing", "period": "2026-S1", "percent": "2.15"}],
}


def test_a_statement_is_written_as_the_contract_has_it() -> None:
    assert StatementSchema().dump(STATEMENT) == WRITTEN


def test_the_statement_of_a_case_fits_the_schema_that_describes_it(body: dict[str, Any]) -> None:
    request = load_request(body, TODAY)
    statement = request.kind.statement(request.facts, RateTables.load())
    written = StatementSchema().dump(statement)
    assert json.loads(json.dumps(written)) == written
    assert mismatches(written, json_schema(StatementSchema)) == []
    assert mismatches(WRITTEN, json_schema(StatementSchema)) == []
    for claim in written["claims"]:
        for line in claim["interest"]:
            line["rate_percent"] = 15.0
    assert len(mismatches(written, json_schema(StatementSchema))) >= 3
