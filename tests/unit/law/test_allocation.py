"""The heaps of debts give what looking at every debt each time would give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.account import Account
from law.allocation import DebtsInOrder, pro_rata
from law.case import Case, Claim, Insolvency, LateInterest, Party, Step
from law.half_years import half_year_of
from law.rates import RateTables, RateUnknown
from law.regime import Regimes
from tests.support.law_facts import (
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    RATES,
    agreed,
    case_of,
    day,
    invoice,
    paid,
)

FIRST, LAST = date(2023, 1, 1), date(2026, 12, 1)
DAYS = st.dates(FIRST, LAST)
TERMS = st.sampled_from(
    [
        None,
        agreed("12.15"),
        agreed("4"),
        LateInterest(basis="none"),
        LateInterest(basis="legal"),
        LateInterest(basis="legal_multiple", multiple=Decimal(3)),
    ]
)
INSOLVENT = Party(
    type="company",
    name="Modèle SAS",
    address=OTHER_COMPANY.address,
    insolvency=Insolvency(type="receivership", opened_on=date(2025, 6, 2)),
)


def accounts_of(case: Case, rates: RateTables = RATES) -> list[Account]:
    """Fresh accounts of a case."""
    assert case.debtor is not None
    regimes = Regimes(case, case.debtor, LAST, rates, None)
    return [Account(case, claim, regimes.of(claim)) for claim in case.claims]


def pay_by_looking_at_all(accounts: Sequence[Account], on: int, cents: int) -> int:
    """Article 1342-10 read literally: every open debt is ranked anew at every step."""
    while cents:
        left = [account for account in accounts if not account.is_settled]
        if not left:
            return cents
        ranks = {account.id: rank(account, on) for account in left}
        first = min(ranks.values())
        group = [account for account in left if ranks[account.id] == first]
        owed = {account.id: account.owed(on) for account in group}
        if cents >= sum(owed.values()):
            for account in group:
                cents = account.pay(on, cents)
        else:
            shares = pro_rata(cents, owed)
            for account in group:
                account.pay(on, shares[account.id])
            cents = 0
    return cents


def rank(account: Account, on: int) -> tuple[bool, Decimal, int]:
    """Due before not due, then dearest, then oldest."""
    if account.due > on:
        return True, Decimal(0), account.due
    counted_on = on if account.start <= on else on + 1
    runs = account.base and account.start <= counted_on and on + 1 < account.stopped
    terms = account.terms_on(counted_on)
    if not runs or terms is None:
        return False, Decimal(0), account.due
    half_year = half_year_of(date.fromordinal(counted_on))
    return False, -terms.at(half_year).rate, account.due


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Several claims, alike and not, and steps that change their cost on the way."""
    dues = draw(st.lists(DAYS, min_size=1, max_size=3))
    claims = [
        Claim(
            id=f"c{at}",
            type=draw(st.sampled_from(["invoice", "loan"])),
            due_on=draw(st.sampled_from(dues)),
            amount_incl_tax_cents=draw(st.sampled_from([50_000, 70_000, 90_001])),
            late_interest=draw(TERMS),
            interest_from=draw(st.one_of(st.none(), st.sampled_from(dues))),
        )
        for at in range(draw(st.integers(2, 6)))
    ]
    steps = [
        Step(on=draw(DAYS), type=draw(st.sampled_from(["formal_notice", "court_order", "service"])))
        for _ in range(draw(st.integers(0, 3)))
    ]
    debtor = draw(st.sampled_from([OTHER_COMPANY, INDIVIDUAL, PUBLIC_BUYER, INSOLVENT]))
    return case_of(*claims, debtor=debtor, steps=steps)


@settings(max_examples=400)
@given(cases(), st.lists(st.tuples(DAYS, st.integers(1, 120_000)), min_size=1, max_size=8))
def test_heaps_allocate_as_ranking_every_debt_each_time_does(
    case: Case, payments: list[tuple[date, int]]
) -> None:
    quick, slow = accounts_of(case), accounts_of(case)
    in_order = DebtsInOrder(quick)
    for on, cents in sorted(payments):
        several = sum(not account.is_settled for account in slow) > 1
        assert in_order.are_several_open() is several
        left = in_order.pay(on.toordinal(), cents)
        assert left == pay_by_looking_at_all(slow, on.toordinal(), cents)
        assert [a.paid for a in quick] == [a.paid for a in slow]
        assert [a.base for a in quick] == [a.base for a in slow]


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(1, 10**9), min_size=1),
    st.data(),
)
def test_shares_sum_to_the_payment_and_lie_within_a_cent_of_their_part(
    owed: dict[str, int], data: st.DataObject
) -> None:
    total = sum(owed.values())
    cents = data.draw(st.integers(0, total))
    shares = pro_rata(cents, owed)
    assert sum(shares.values()) == cents
    for key, share in shares.items():
        assert abs(share * total - cents * owed[key]) < total
        assert share <= owed[key]


def test_a_debt_that_begins_tomorrow_at_an_unpublished_rate_costs_nothing_today() -> None:
    """The tables end on 31 December 2026; the agreed rate of the other debt needs none."""
    begins = invoice("c1", due="2026-12-31")
    runs = invoice("c2", due="2026-12-01", late_interest=agreed("1"))
    accounts = accounts_of(case_of(begins, runs, payments=[paid("2026-12-31", 100_00)]))
    DebtsInOrder(accounts).pay(day("2026-12-31").toordinal(), 100_00)
    assert [account.paid for account in accounts] == [0, 100_00]


def test_a_debt_whose_rate_of_the_day_is_not_published_is_refused() -> None:
    accounts = accounts_of(case_of(invoice("c1"), invoice("c2", late_interest=agreed("1"))))
    with pytest.raises(RateUnknown):
        DebtsInOrder(accounts).pay((day("2026-12-31") + timedelta(days=1)).toordinal(), 100_00)
