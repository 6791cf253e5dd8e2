"""The statement of a case as the API writes it: money and percents as texts, days in ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema, fields

from generators.fields import Cents, Choice, CivilDate, Fact, PercentField, choices
from law.case import InterestBasis
from law.statement import DAY_COUNT


class Name(Fact[str]):
    """A text of ours, which needs no cleaning."""

    def read(self, value: Any) -> str:
        """The text."""
        return str(value)


class Count(Fact[int]):
    """A whole number of ours."""

    json: ClassVar[Mapping[str, Any]] = {"type": "integer"}

    def read(self, value: Any) -> int:
        """The number."""
        return int(value)


class InterestLineSchema(Schema):
    """Interest over days of one rate on one base; the first and the last day both count."""

    first_on = CivilDate("First day counted.", data_key="from", required=True)
    last_on = CivilDate("Last day counted.", data_key="to", required=True)
    days = Count("Days counted.", required=True)
    base = Cents("Sum that bears interest.", attribute="base_cents", least=0, required=True)
    rate_percent = PercentField("Yearly rate in percent.", attribute="rate", required=True)
    rate_basis = Choice(
        choices(InterestBasis), "Where the rate comes from.", attribute="basis", required=True
    )
    day_count = fields.Constant(
        DAY_COUNT, metadata={"type": "integer", "description": "Days of the year.", "const": 365}
    )
    amount = Cents("Interest.", attribute="amount_cents", least=0, required=True)


class ClaimStatementSchema(Schema):
    """One claim of a statement."""

    id = Name("The claim's id.", required=True, example="c1")
    principal = Cents(
        "Invoiced, less credit notes.", attribute="principal_cents", least=0, required=True
    )
    paid = Cents("Payments allocated to it.", attribute="paid_cents", least=0, required=True)
    outstanding_principal = Cents(
        "Principal left.", attribute="outstanding_principal_cents", least=0, required=True
    )
    interest = fields.List(fields.Nested(InterestLineSchema), required=True)
    interest_total = Cents(
        "Interest accrued, before payments.", attribute="interest_cents", least=0, required=True
    )
    fixed_indemnity = Cents(
        "Fixed indemnity for recovery costs.",
        attribute="fixed_indemnity_cents",
        least=0,
        required=True,
    )
    penalty_clause = Cents(
        "Penalty clause.", attribute="penalty_clause_cents", least=0, required=True
    )
    outstanding = Cents(
        "All that is left of it.", attribute="outstanding_cents", least=0, required=True
    )


class TotalsSchema(Schema):
    """Sums over the claims."""

    principal = Cents("Principal.", attribute="principal_cents", least=0, required=True)
    interest = Cents("Interest.", attribute="interest_cents", least=0, required=True)
    fixed_indemnity = Cents(
        "Fixed indemnities.", attribute="fixed_indemnity_cents", least=0, required=True
    )
    penalty_clause = Cents(
        "Penalty clauses.", attribute="penalty_clause_cents", least=0, required=True
    )
    costs = Cents("Costs borne by the debtor.", attribute="costs_cents", least=0, required=True)
    paid = Cents("Payments allocated.", attribute="paid_cents", least=0, required=True)
    due = Cents("All that is due.", attribute="due_cents", least=0, required=True)


class WarningSchema(Schema):
    """Something a lawyer must know about an amount."""

    code = Name("Stable name.", required=True, example="penalty-clause-may-be-revised")
    detail = Name("What it is, in French.", required=True)
    article = Name("Legal basis.")


class RateSourceSchema(Schema):
    """A published rate that entered the statement."""

    series = Name("Series.", required=True, example="ecb_refinancing")
    period = Name("Half-year.", required=True, example="2026-S1")
    percent = PercentField("Rate in percent.", attribute="rate", required=True, example="2.15")


class StatementSchema(Schema):
    """What a debtor owes on a day (*décompte*)."""

    as_of = CivilDate("Last day counted.", required=True)
    currency = Name("Currency (ISO 4217).", required=True, example="EUR")
    claims = fields.List(fields.Nested(ClaimStatementSchema), required=True)
    totals = fields.Nested(TotalsSchema, required=True)
    daily_interest = Cents(
        "What the next day adds; with the warning `next-rate-unknown`, what the last day added.",
        attribute="daily_interest_cents",
        least=0,
        required=True,
    )
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
    sources = fields.List(fields.Nested(RateSourceSchema), required=True)
