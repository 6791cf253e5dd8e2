"""The *décompte*: what a debtor owes on a day, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.case import InterestBasis
from law.findings import LegalWarning

DAY_COUNT = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLine:
    """Interest over days of one rate on one base; ``first_on`` and ``last_on`` both counted."""

    first_on: date
    last_on: date
    days: int
    base_cents: int
    rate: Decimal
    basis: InterestBasis
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatement:
    """One claim of the statement. All sums in cents.

    Attributes:
        principal_cents: Invoiced, less credit notes.
        interest_cents: Accrued before payments: the sum of ``interest``.
        paid_cents: Allocated to this claim.
        outstanding_principal_cents: Principal left after allocation.
        outstanding_cents: All that is left: principal, interest, indemnity, penalty.
    """

    id: str
    principal_cents: int
    paid_cents: int
    outstanding_principal_cents: int
    interest: Sequence[InterestLine]
    interest_cents: int
    fixed_indemnity_cents: int
    penalty_clause_cents: int
    outstanding_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over the claims, in cents; ``due`` adds the costs borne by the debtor."""

    principal_cents: int
    interest_cents: int
    fixed_indemnity_cents: int
    penalty_clause_cents: int
    costs_cents: int
    paid_cents: int
    due_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateUsed:
    """A published rate that entered the statement, with its period (``2026-S1``)."""

    series: str
    period: str
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is owed as of a day, both for print and for the API."""

    as_of: date
    currency: str
    claims: Sequence[ClaimStatement]
    totals: Totals
    daily_interest_cents: int
    warnings: Sequence[LegalWarning]
    sources: Sequence[RateUsed]
