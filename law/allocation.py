"""Which debt a payment settles when the debtor did not say (art. 1342-10 C. civ.)."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from law.account import NEVER, Account
from law.half_years import half_year_of
from law.rates import RateUnknown
from law.regime import Terms

_ZERO = Decimal(0)
_Place = tuple[Terms, bool] | Literal["not-due", "no-cost"]
_Rank = tuple[bool, Decimal, int]


class DebtsInOrder:
    """The open debts, first the one that the law has a payment settle first.

    Due debts come before those not due. Among due debts, the one that costs the debtor most
    comes first, which is the one at the highest rate; then the one that fell due first; equal
    debts share pro rata, to the cent by the largest remainder. Debts not due: the earliest.

    Debts whose rate follows one rule always cost the same, so each rule keeps its debts in a heap
    by due date, and only the heads are compared: a new half-year moves nothing. An entry that is
    in the wrong place (its principal was paid meanwhile) is moved when it is met.

    Sources:
        Art. 1342-10 C. civ.; ADR 0012.
    """

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._open = sorted(accounts, key=lambda account: account.due, reverse=True)
        self._heaps: dict[_Place, list[tuple[int, str, int, Account]]] = {}
        self._places: dict[str, _Place] = {}
        self._pushes = 0
        self._moves = sorted(_moves(accounts), key=lambda move: move[0], reverse=True)
        for account in accounts:
            self._put(account, "not-due")

    def are_several_open(self) -> bool:
        """Whether more than one debt is left to pay, so that the law must choose."""
        while self._open and self._open[-1].is_settled:
            self._open.pop()  # what is settled stays so; the oldest, at the end, are paid first
        return any(not account.is_settled for account in self._open[-2::-1])

    def pay(self, day: int, cents: int) -> int:
        """Allocate a payment; return what exceeds all debts."""
        while self._moves and self._moves[-1][0] <= day:
            _, account = self._moves.pop()
            self._put(account, _place(account, day))
        while cents and (group := self._first_group(day)):
            cents = _share(group, day, cents)
            for account in group:
                self._put(account, _place(account, day))
        return cents

    def _put(self, account: Account, place: _Place) -> None:
        if account.is_settled or self._places.get(account.id) == place:
            return
        self._places[account.id] = place
        self._pushes += 1  # no two entries compare equal
        entry = (account.due, account.id, self._pushes, account)
        heapq.heappush(self._heaps.setdefault(place, []), entry)

    def _first_group(self, day: int) -> list[Account]:
        ranks: dict[_Place, _Rank] = {}
        for place in list(self._heaps):
            head = self._head(place, day)
            if head is not None:
                ranks[place] = (place == "not-due", -_rate(place, day), head.due)
        if not ranks:
            return []
        first = min(ranks.values())
        return [
            account
            for place, rank in ranks.items()
            if rank == first
            for account in self._taken(place, day, first[2])
        ]

    def _head(self, place: _Place, day: int) -> Account | None:
        """The first debt that is really there."""
        heap = self._heaps[place]
        while heap:
            account = heap[0][3]
            if self._places.get(account.id) == place and not account.is_settled:
                if _place(account, day) == place:
                    return account
                self._put(account, _place(account, day))
            heapq.heappop(heap)
        return None

    def _taken(self, place: _Place, day: int, due: int) -> Iterator[Account]:
        while (head := self._head(place, day)) and head.due == due:
            heapq.heappop(self._heaps[place])
            del self._places[head.id]  # a second entry of this account is not met again
            yield head


def _moves(accounts: Sequence[Account]) -> Iterator[tuple[int, Account]]:
    """The days on which a debt changes place: due, interest to begin, begun, increased, stopped."""
    for account in accounts:
        start = account.start
        for day in {account.due, start - 1, start, account.increased, account.stopped - 1}:
            if day < NEVER - 1:
                yield day, account


def _place(account: Account, day: int) -> _Place:
    if account.due > day:
        return "not-due"
    if not account.base or day + 1 >= account.stopped or account.start > day + 1:
        return "no-cost"
    terms = account.terms_on(max(day, account.start))
    return "no-cost" if terms is None else (terms, account.start > day)


def _rate(place: _Place, day: int) -> Decimal:
    """The rate that not paying today would cost; 0 where no interest runs."""
    if isinstance(place, str):
        return _ZERO
    terms, begins_tomorrow = place
    try:
        return terms.at(half_year_of(date.fromordinal(day + begins_tomorrow))).rate
    except RateUnknown:
        if begins_tomorrow:  # in a half-year not published: no cost is known today
            return _ZERO
        raise


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
