"""Instalments add up to the debt to the cent and fall on working days, one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.calendar import Region, is_working_day
from law.instalments import Instalment, MonthlyPlan, PlanImpossible, out_of_order, planned

DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
REGIONS = st.sampled_from(get_args(Region))


def monthly(count: int, first_on: str) -> MonthlyPlan:
    return MonthlyPlan(count=count, first_on=date.fromisoformat(first_on))


def listed(*instalments: tuple[str, int]) -> list[Instalment]:
    return [Instalment(due_on=date.fromisoformat(on), amount_cents=c) for on, c in instalments]


@settings(deadline=None)  # the first holidays of a year and region take their time
@given(st.integers(1, 120), st.integers(0, 10**14), DAYS, REGIONS)
def test_a_monthly_plan_pays_the_debt_exactly_on_working_days(
    count: int, above: int, first_on: date, region: Region
) -> None:
    total = count + above
    made = planned(MonthlyPlan(count=count, first_on=first_on), total, region)
    assert len(made) == count
    assert sum(each.amount_cents for each in made) == total
    assert made[-1].balance_cents == 0
    assert all(is_working_day(each.due_on, region) for each in made)
    assert all(each.due_on >= each.wanted_on for each in made)
    assert out_of_order(made) is None


@settings(deadline=None)
@given(st.integers(2, 120), st.integers(0, 10**10), DAYS)
def test_equal_instalments_differ_by_the_cents_left_over_alone(
    count: int, above: int, first_on: date
) -> None:
    *equal, last = planned(MonthlyPlan(count=count, first_on=first_on), count + above)
    assert len({each.amount_cents for each in equal}) == 1
    assert 0 <= last.amount_cents - equal[0].amount_cents < count


@given(st.integers(1, 120), DAYS)
def test_a_debt_of_fewer_cents_than_instalments_is_no_plan(count: int, first_on: date) -> None:
    with pytest.raises(PlanImpossible):
        planned(MonthlyPlan(count=count, first_on=first_on), count - 1)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(1, 10**9)), min_size=1, max_size=40),
    st.integers(1, 10**10),
    REGIONS,
)
def test_the_balance_of_a_listed_plan_is_what_its_instalments_leave(
    gaps: list[tuple[int, int]], total: int, region: Region
) -> None:
    on, plan = date(2026, 1, 1), []
    for days, cents in gaps:
        on += timedelta(days=days)
        plan.append(Instalment(due_on=on, amount_cents=cents))
    made = planned(plan, total, region)
    paid = sum(each.amount_cents for each in plan)
    assert [each.amount_cents for each in made] == [each.amount_cents for each in plan]
    assert made[-1].balance_cents == total - paid
    assert all(a.balance_cents - b.balance_cents == b.amount_cents for a, b in pairwise(made))


@pytest.mark.parametrize(
    ("plan", "region", "days"),
    [
        pytest.param(
            monthly(3, "2027-01-31"), "france",
            ["2027-02-01", "2027-03-01", "2027-03-31"],
            id="the last of the month stays the last, then the next working day",
        ),
        pytest.param(
            monthly(2, "2026-04-14"), "france", ["2026-04-14", "2026-05-15"],
            id="Ascension is passed over",
        ),
        pytest.param(
            listed(("2027-03-26", 1)), "france", ["2027-03-26"], id="Good Friday, elsewhere",
        ),
        pytest.param(
            listed(("2027-03-26", 1)), "alsace_moselle", ["2027-03-30"],
            id="Good Friday in Alsace, then Easter Monday",
        ),
        pytest.param(
            listed(("2027-05-27", 1)), "guadeloupe", ["2027-05-28"], id="27 May in Guadeloupe"
        ),
    ],
)  # fmt: skip
def test_days_move_to_the_next_working_day_of_the_region(
    plan: MonthlyPlan | list[Instalment], region: Region, days: list[str]
) -> None:
    assert [each.due_on.isoformat() for each in planned(plan, 100, region)] == days


def test_the_last_instalment_takes_the_cents_left_over() -> None:
    made = planned(monthly(3, "2026-12-15"), 100_00)
    assert [each.amount_cents for each in made] == [33_33, 33_33, 33_34]
    assert [each.balance_cents for each in made] == [66_67, 33_34, 0]


@pytest.mark.parametrize(
    ("days", "at"),
    [
        pytest.param(["2026-12-05", "2026-12-06"], 1, id="Saturday and Sunday are one Monday"),
        pytest.param(["2026-12-01", "2027-01-04", "2027-01-04"], 2, id="twice the same day"),
        pytest.param(["2027-01-04", "2026-12-01"], 1, id="backwards"),
        pytest.param(["2026-12-01", "2027-01-04"], None, id="in order"),
    ],
)
def test_instalments_follow_one_another(days: list[str], at: int | None) -> None:
    assert out_of_order(planned(listed(*((day, 1) for day in days)), 100)) == at
