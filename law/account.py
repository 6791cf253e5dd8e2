"""One claim through time: interest that accrues, payments and credit notes that reduce it.

Days are ordinals (`date.toordinal`) and sums whole cents, so that every amount is exact; a line
is rounded half up when it is closed, nowhere else (ADR 0010).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from law.case import Case, Claim, Insolvency, InterestBasis
from law.half_years import first_day, half_year_of
from law.parameters import parameter
from law.rates import RateUsed
from law.regime import Regime, Terms, YearlyRate

NEVER = date.max.toordinal()


class InterestLine(NamedTuple):
    """Interest over days of one rate on one base; ``first_on`` and ``last_on`` both counted."""

    first_on: date
    last_on: date
    days: int
    base_cents: int
    rate: Decimal
    basis: InterestBasis
    amount_cents: int


def half_up(numerator: int, denominator: int) -> int:
    """A quotient of whole numbers, at least 0, rounded half up.

    >>> half_up(5, 2), half_up(4, 3), half_up(1, 2)
    (3, 1, 1)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def opening_that_stops(case: Case, claim: Claim) -> Insolvency | None:
    """The opening of insolvency proceedings that stops the interest of a claim, or None.

    Only a claim born before the opening judgment is stopped: its day of issue tells, failing
    that its due date (ADR 0013).
    """
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency and (claim.issued_on or claim.due_on) < insolvency.opened_on:
        return insolvency
    return None


class Account:
    """The running account of one claim.

    Attributes:
        base: Principal still owed, which bears the interest.
        interest: Interest accrued and not yet paid.
        fee: Flat recovery fee not yet paid.
        penalty: Penalty clause incurred and not yet paid.
        lines: Interest lines closed so far, in order.
        fee_total: Flat recovery fee incurred.
        penalty_total: Penalty clause incurred.
        paid: Payments allocated.
        credited: Credit notes.
        increased: First day at the increased rate of an unpaid judgment, or NEVER.
        stopped: First day without interest for insolvency, or NEVER.
    """

    __slots__ = (
        "_fee_amount",
        "_is_fee_decided",
        "_next",
        "base",
        "claim",
        "credited",
        "due",
        "fee",
        "fee_total",
        "id",
        "increased",
        "interest",
        "lines",
        "paid",
        "penalty",
        "penalty_total",
        "regime",
        "start",
        "stopped",
    )

    def __init__(self, case: Case, claim: Claim, regime: Regime) -> None:
        self.claim, self.regime, self.id = claim, regime, claim.id
        self.due = claim.due_on.toordinal()
        starts_on = regime.starts_on if regime.terms else None
        self.start = starts_on.toordinal() if starts_on else NEVER
        increased_from = regime.increased_from
        self.increased = increased_from.toordinal() if increased_from else NEVER
        opening = opening_that_stops(case, claim)
        self.stopped = opening.opened_on.toordinal() if opening else NEVER
        self.base = claim.amount_incl_tax_cents
        self.interest = self.fee = self.penalty = 0
        self.fee_total = self.penalty_total = self.paid = self.credited = 0
        self.lines: list[InterestLine] = []
        self._next = 0
        self._fee_amount = 0 if self.due >= self.stopped else fee_amount(regime, claim)
        self._is_fee_decided = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed, nor can come to be owed."""
        return not (self.base or self.interest or self.fee or self.penalty)

    def owed(self, day: int) -> int:
        """All that is owed at the end of a day; closes the running line on that day."""
        self.accrue(day)
        return self.base + self.interest + self.fee + self.penalty

    def accrue(self, to: int) -> None:
        """Count interest, and the flat fee once the due date has passed, up to a day included."""
        if not self._is_fee_decided and to > self.due:
            self._is_fee_decided = True
            if self.base:
                self.fee = self.fee_total = self._fee_amount
        first = max(self._next, self.start)
        last = min(to, self.stopped - 1)
        self._next = max(self._next, to + 1)
        if self.base and first <= last:
            if first < self.increased:
                self._close_lines(self.regime.terms, first, min(last, self.increased - 1))
            if last >= self.increased:
                self._close_lines(self.regime.increased, max(first, self.increased), last)

    def terms_on(self, day: int) -> Terms | None:
        """The rule of the rate of a day; None where no interest is claimed."""
        return self.regime.terms if day < self.increased else self.regime.increased

    def _close_lines(self, terms: Terms | None, first: int, last: int) -> None:
        if terms is None:
            return
        base, basis, first_on = self.base, terms.basis, date.fromordinal(first)
        half_year = half_year_of(first_on)
        while True:
            end, end_on, next_on = _LAST.get(half_year) or _last_day(half_year)
            if end > last:
                end, end_on = last, date.fromordinal(last)
            days, yearly = end - first + 1, terms.at(half_year)
            amount = half_up(base * days * yearly.numerator, yearly.denominator)
            self.lines.append(
                InterestLine(first_on, end_on, days, base, yearly.rate, basis, amount)
            )
            terms.counted.add(half_year)
            self.interest += amount
            if end == last:
                return
            first, first_on, half_year = end + 1, next_on, half_year + 1

    def pay(self, day: int, cents: int) -> int:
        """Allocate a payment: interest, principal, flat fee, penalty; return what is left.

        Sources:
            Art. 1343-1 C. civ.: interest first, then principal.
            ADR 0012: the flat fee and the penalty clause come after.
        """
        self.accrue(day)
        left = self._reduce(cents, principal_first=False)
        self.paid += cents - left
        return left

    def credit(self, day: int, cents: int) -> int:
        """Reduce the principal by a credit note from its day on; return what exceeds the debt."""
        self.accrue(day - 1)
        self.credited += cents
        return self._reduce(cents, principal_first=True)

    def _reduce(self, cents: int, *, principal_first: bool) -> int:
        if principal_first:
            taken = min(cents, self.base)
            self.base -= taken
            cents -= taken
        taken = min(cents, self.interest)
        self.interest -= taken
        cents -= taken
        taken = min(cents, self.base)
        self.base -= taken
        cents -= taken
        taken = min(cents, self.fee)
        self.fee -= taken
        cents -= taken
        taken = min(cents, self.penalty)
        self.penalty -= taken
        return cents - taken

    def incur_penalty(self) -> None:
        """Count the penalty clause on the principal owed now, once."""
        self.penalty = self.penalty_total = self.penalty_if_incurred()

    def penalty_if_incurred(self) -> int:
        """What the penalty clause comes to on the principal owed now."""
        clause = self.claim.penalty_clause
        if clause is None or not self.base:
            return 0
        if clause.amount_cents is not None:
            return clause.amount_cents
        numerator, denominator = (clause.rate or Decimal(0)).as_integer_ratio()
        return half_up(self.base * numerator, denominator)

    def rate_of_day(self, day: int) -> YearlyRate | None:
        """The rate at which interest runs on a day; None where none runs.

        Raises:
            RateUnknown: interest runs, but a published rate of that day is not in the tables.
        """
        terms = self.terms_on(day)
        if terms is None or not self.base or not self.start <= day < self.stopped:
            return None
        return terms.at(half_year_of(date.fromordinal(day)))

    def interest_of_one_day(self, yearly: YearlyRate) -> int:
        """What one day adds at a rate, rounded half up."""
        return half_up(self.base * yearly.numerator, yearly.denominator)


def fee_amount(regime: Regime, claim: Claim) -> int:
    """The flat recovery fee of a claim once late, in cents; 0 where none is due."""
    if regime.fee is None or claim.currency != "EUR":
        return 0
    late_on = claim.due_on + timedelta(days=1)
    fee = parameter(regime.fee)
    return int(fee.on(late_on).value) if fee.covers(late_on) else 0


def rates_used(accounts: Iterable[Account]) -> set[RateUsed]:
    """The published rates that the lines of some accounts rest on."""
    regimes = [account.regime for account in accounts]
    rules = {rule for one in regimes for rule in (one.terms, one.increased) if rule}
    return {rate for rule in rules for at in rule.counted for rate in rule.at(at).used}


def _last_day(half_year: int) -> tuple[int, date, date]:
    """The last day of a half-year, as an ordinal and as a date, and the day after."""
    next_on = first_day(half_year + 1)
    last = next_on.toordinal() - 1
    _LAST[half_year] = last, date.fromordinal(last), next_on
    return _LAST[half_year]


_LAST: dict[int, tuple[int, date, date]] = {}
