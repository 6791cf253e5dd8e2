"""The *décompte*: what a debtor owes on a day, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.errors import Fault, InvalidFacts
from law.account import Account
from law.case import Case, InterestBasis
from law.findings import LegalWarning
from law.half_years import half_year_of
from law.ledger import ledger
from law.rates import RateTables, RateUnknown, RateUsed
from law.regime import DAY_COUNT
from law.statement_warnings import next_rate_assumed, statement_warnings

__all__ = [
    "DAY_COUNT",
    "ClaimStatement",
    "InterestLine",
    "RateUsed",
    "Statement",
    "Totals",
    "statement",
]


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
class Statement:
    """What is owed as of a day, both for print and for the API."""

    as_of: date
    currency: str
    claims: Sequence[ClaimStatement]
    totals: Totals
    daily_interest_cents: int
    warnings: Sequence[LegalWarning]
    sources: Sequence[RateUsed]


def statement(
    case: Case, as_of: date, rates: RateTables, *, notice_on: date | None = None
) -> Statement:
    """What a debtor owes at the end of a day.

    Args:
        case: The facts; what happened after ``as_of`` is left out, with a warning.
        as_of: Last day counted.
        rates: Published rates.
        notice_on: Day of the formal notice that the act being made is itself, if it is one.

    Raises:
        RateUnknown: a day needs a rate that is not published, or not verified.
        PaymentExceedsDebt: a payment is above all that was owed on its day.
        ClaimsContradict: currencies differ, or an id names no claim.

    Sources:
        Art. L. 441-10 C. com., L. 2192-13 CCP, 1231-5, 1231-6, 1342-10, 1343-1 C. civ.
        ADR 0010 to 0015: days, rounding, half-years, allocation, insolvency, notices, coverage.
    """
    debtor = case.debtor
    if debtor is None:
        fault = Fault(pointer="/case/debtor", code="required", detail="A debtor is needed.")
        raise InvalidFacts("A statement needs a debtor.", faults=[fault])
    book = ledger(case, debtor, as_of, rates, notice_on)
    tomorrow = _Tomorrow(as_of, book.accounts)
    costs_cents = sum(cost.amount_cents for cost in case.costs if cost.borne_by == "debtor")
    claims = [_claim_statement(account) for account in book.accounts]
    warnings, floor_rates = statement_warnings(case, as_of, rates, book, tomorrow.rates_used)
    if tomorrow.is_rate_assumed:
        warnings.append(next_rate_assumed(as_of))
    return Statement(
        as_of=as_of,
        currency=case.claims[0].currency if case.claims else "EUR",
        claims=claims,
        totals=_totals(claims, costs_cents),
        daily_interest_cents=tomorrow.interest_cents,
        warnings=warnings,
        sources=_sources(book.accounts, [*tomorrow.rates_used, *floor_rates]),
    )


def _claim_statement(account: Account) -> ClaimStatement:
    terms = account.regime.terms
    lines = [
        InterestLine(
            first_on=date.fromordinal(line.first),
            last_on=date.fromordinal(line.last),
            days=line.last - line.first + 1,
            base_cents=line.base,
            rate=line.yearly.rate,
            basis=terms.basis,
            amount_cents=line.amount,
        )
        for line in account.lines
        if terms is not None
    ]
    return ClaimStatement(
        id=account.id,
        principal_cents=account.claim.amount_incl_tax_cents - account.credited,
        paid_cents=account.paid,
        outstanding_principal_cents=account.base,
        interest=lines,
        interest_cents=sum(line.amount for line in account.lines),
        fixed_indemnity_cents=account.fee_total,
        penalty_clause_cents=account.penalty_total,
        outstanding_cents=account.base + account.interest + account.fee + account.penalty,
    )


def _totals(claims: Sequence[ClaimStatement], costs_cents: int) -> Totals:
    return Totals(
        principal_cents=sum(claim.principal_cents for claim in claims),
        interest_cents=sum(claim.interest_cents for claim in claims),
        fixed_indemnity_cents=sum(claim.fixed_indemnity_cents for claim in claims),
        penalty_clause_cents=sum(claim.penalty_clause_cents for claim in claims),
        costs_cents=costs_cents,
        paid_cents=sum(claim.paid_cents for claim in claims),
        due_cents=sum(claim.outstanding_cents for claim in claims) + costs_cents,
    )


class _Tomorrow:
    """What one more day adds: each claim's interest for that day, rounded half up."""

    def __init__(self, as_of: date, accounts: Sequence[Account]) -> None:
        self._next_on = as_of + timedelta(days=1)
        self.is_rate_assumed = False
        self.rates_used: list[RateUsed] = []
        half_years = half_year_of(self._next_on), half_year_of(as_of)
        self.interest_cents = sum(self._of(account, *half_years) for account in accounts)

    def _of(self, account: Account, next_half_year: int, this_half_year: int) -> int:
        day, terms = self._next_on.toordinal(), account.regime.terms
        if terms is None or not account.base or not account.start <= day < account.stopped:
            return 0
        try:
            used = terms.at(next_half_year).used
        except RateUnknown:
            self.is_rate_assumed = True
            next_half_year = this_half_year
            used = terms.at(this_half_year).used
        self.rates_used.extend(used)
        return account.interest_of_day(day, next_half_year)


def _sources(accounts: Iterable[Account], others: Iterable[RateUsed]) -> list[RateUsed]:
    used = {
        (rate.series, rate.period): rate
        for account in accounts
        for line in account.lines
        for rate in line.yearly.used
    }
    used |= {(rate.series, rate.period): rate for rate in others}
    return [used[key] for key in sorted(used)]
