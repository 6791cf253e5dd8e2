"""Which debt a payment settles when the debtor did not say (art. 1342-10 C. civ.)."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from law.account import NEVER, Account
from law.half_years import half_year_of

Rank = tuple[bool, Decimal, int]
_ZERO = Decimal(0)


class DebtsInOrder:
    """The open debts, first the one that the law has a payment settle first.

    Due debts come before those not due. Among due debts, the one that costs the debtor most
    comes first, which is the one at the highest rate; then the one that fell due first; equal
    debts share pro rata, to the cent by the largest remainder. Debts not due: the earliest.

    A heap keeps the order. An entry whose rank got worse is put back when it is met; one whose
    rank gets better (it falls due, its interest starts, the half-year changes) is pushed again.

    Sources:
        Art. 1342-10 C. civ.; ADR 0012.
    """

    def __init__(self, accounts: Sequence[Account], as_of: int) -> None:
        self._as_of = as_of
        self._accounts = accounts
        self._heap: list[tuple[Rank, str, int, Account]] = []
        self._pushes = 0
        self._latest: dict[str, Rank] = {}
        days = ((day, account) for account in accounts for day in (account.due, account.start - 1))
        self._changes = sorted(days, key=lambda change: change[0], reverse=True)
        self._half_year = 0

    def pay(self, day: int, cents: int) -> int:
        """Allocate a payment; return what exceeds all debts."""
        self._advance(day)
        while cents and (group := self._first_group(day)):
            cents = _share(group, day, cents)
            for account in group:
                self._push(account, day)
        return cents

    def _advance(self, day: int) -> None:
        half_year = half_year_of(date.fromordinal(day))
        while self._changes and self._changes[-1][0] <= day:
            _, account = self._changes.pop()
            if half_year == self._half_year:
                self._push(account, day)
        if half_year != self._half_year:
            self._half_year = half_year
            for account in self._accounts:
                self._push(account, day)

    def _push(self, account: Account, day: int) -> None:
        if account.is_settled:
            return
        rank = self._rank(account, day)
        if self._latest.get(account.id) != rank:
            self._latest[account.id] = rank
            self._pushes += 1  # no two entries compare equal
            heapq.heappush(self._heap, (rank, account.id, self._pushes, account))

    def _first_group(self, day: int) -> list[Account]:
        group: list[Account] = []
        first: Rank | None = None
        while self._heap and (first is None or self._heap[0][0] == first):
            rank, key, _, account = heapq.heappop(self._heap)
            if account.is_settled or self._latest.get(key) != rank:
                continue
            if self._rank(account, day) != rank:
                self._push(account, day)
                continue
            del self._latest[key]  # a second entry of this account is not met again
            first = rank
            group.append(account)
        return group

    def _rank(self, account: Account, day: int) -> Rank:
        if account.due > day:
            return (True, _ZERO, account.due)
        return (False, -self._rate(account, day), account.due)

    def _rate(self, account: Account, day: int) -> Decimal:
        """The rate that not paying today would cost; 0 where no interest runs."""
        terms = account.regime.terms
        if terms is None or not account.base or day + 1 >= account.stopped:
            return _ZERO
        if account.start > day + 1 or account.start == NEVER:
            return _ZERO
        on = day + 1 if day < account.start and day < self._as_of else day
        return terms.at(half_year_of(date.fromordinal(on))).rate


def _share(group: Sequence[Account], day: int, cents: int) -> int:
    if len(group) == 1:
        return group[0].pay(day, cents)
    owed = {account.id: account.owed(day) for account in group}
    if cents >= sum(owed.values()):
        for account in group:
            cents = account.pay(day, cents)
        return cents
    shares = pro_rata(cents, owed)
    for account in group:
        account.pay(day, shares[account.id])
    return 0


def pro_rata(cents: int, weights: dict[str, int]) -> dict[str, int]:
    """Divide a sum in proportion to weights, to the cent, by the largest remainder.

    >>> pro_rata(100, {"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(weights.values())
    shares = {key: cents * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(cents * weights[key] % total), key))
    for key in by_remainder[: cents - sum(shares.values())]:
        shares[key] += 1
    return shares
