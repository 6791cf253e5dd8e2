"""The *décompte*: what a debtor owes on a day, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Fault, InvalidFacts
from law.account import Account, InterestLine, rates_used
from law.case import Case
from law.findings import LegalWarning
from law.ledger import ledger
from law.rates import RateTables, RateUnknown, RateUsed
from law.regime import DAY_COUNT
from law.statement_warnings import next_rate_unknown, statement_warnings

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
    """What is owed as of a day, both for print and for the API.

    Attributes:
        daily_interest_cents: What the next day adds; on the last day of a half-year whose next
            rate is not published, what that last day itself added, with a warning.
    """

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
        Art. L. 441-10 C. com., L. 2192-13 CCP, L. 313-3 CMF, 1231-5, 1231-6, 1231-7, 1342-10,
        1343-1 C. civ.
        ADR 0010 to 0015, 0017, 0018: days, rounding, half-years, allocation, insolvency,
        regimes, notices, judgments, the end of what is known. docs/law-coverage.md: each rule.
    """
    debtor = case.debtor
    if debtor is None:
        fault = Fault(pointer="/case/debtor", code="required", detail="A debtor is needed.")
        raise InvalidFacts("A statement needs a debtor.", faults=[fault])
    book = ledger(case, debtor, as_of, rates, notice_on)
    one_day = _OneDay(as_of, book.accounts)
    costs_cents = sum(cost.amount_cents for cost in case.costs if cost.borne_by == "debtor")
    claims = [_claim_statement(account) for account in book.accounts]
    warnings, floor_rates = statement_warnings(case, as_of, rates, book, one_day.rates_used)
    if one_day.is_last_known:
        warnings.append(next_rate_unknown(as_of))
    return Statement(
        as_of=as_of,
        currency=case.claims[0].currency if case.claims else "EUR",
        claims=claims,
        totals=_totals(claims, costs_cents),
        daily_interest_cents=one_day.interest_cents,
        warnings=warnings,
        sources=_sources(book.accounts, [*one_day.rates_used, *floor_rates]),
    )


def _claim_statement(account: Account) -> ClaimStatement:
    return ClaimStatement(
        id=account.id,
        principal_cents=account.claim.amount_incl_tax_cents - account.credited,
        paid_cents=account.paid,
        outstanding_principal_cents=account.base,
        interest=account.lines,
        interest_cents=sum(line.amount_cents for line in account.lines),
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


class _OneDay:
    """What one more day adds: each claim's interest for that day, rounded half up.

    A claim whose rate of the next day is not published counts the interest of the day of the
    statement itself, the last one known, which may be none (ADR 0018).
    """

    def __init__(self, as_of: date, accounts: Sequence[Account]) -> None:
        self._today = as_of.toordinal()
        self.is_last_known = False
        self.rates_used: list[RateUsed] = []
        self.interest_cents = sum(self._of(account) for account in accounts)

    def _of(self, account: Account) -> int:
        try:
            yearly = account.rate_of_day(self._today + 1)
        except RateUnknown:
            self.is_last_known = True
            yearly = account.rate_of_day(self._today) if account.start <= self._today else None
        if yearly is None:
            return 0
        self.rates_used.extend(yearly.used)
        return account.interest_of_one_day(yearly)


def _sources(accounts: Iterable[Account], others: Iterable[RateUsed]) -> list[RateUsed]:
    used = {(rate.series, rate.period): rate for rate in rates_used(accounts) | set(others)}
    return [used[key] for key in sorted(used)]
