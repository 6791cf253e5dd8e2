"""Payment in instalments: amounts that add up to the debt to the cent, on working days. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from law.calendar import Region, next_working_day, plus_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A sum to pay on a day; cents."""

    due_on: date
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyPlan:
    """A number of equal monthly instalments from a first day on."""

    count: int
    first_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInstalment:
    """An instalment as an act prints it.

    Attributes:
        due_on: Its day, which is a working day.
        wanted_on: The day that was asked for.
        balance_cents: What is left of the debt once it is paid.
    """

    due_on: date
    wanted_on: date
    amount_cents: int
    balance_cents: int


Plan = MonthlyPlan | Sequence[Instalment]
"""What was agreed: each instalment, or so many equal ones month by month."""


class PlanImpossible(ValueError):
    """The debt does not have a cent for each instalment."""


def planned(plan: Plan, total_cents: int, region: Region = "france") -> list[PlannedInstalment]:
    """The instalments of a debt in order, each on a working day.

    A day that is none moves to the next one, in the debtor's favour. Balances follow from the
    total: the last is nought when, and only when, the instalments add up to it.

    Args:
        plan: What was agreed.
        total_cents: The debt.
        region: Where the debtor lives, for its holidays.

    Raises:
        PlanImpossible: a monthly plan has more instalments than the debt has cents.

    Sources:
        Art. 1342 C. civ.: payment is the performance of what is owed, no more and no less.
        ADR 0160: the last instalment takes the cents left over; days move forward.
    """
    wanted = _monthly(plan, total_cents) if isinstance(plan, MonthlyPlan) else plan
    paid = accumulate(instalment.amount_cents for instalment in wanted)
    return [
        PlannedInstalment(
            due_on=next_working_day(instalment.due_on, region),
            wanted_on=instalment.due_on,
            amount_cents=instalment.amount_cents,
            balance_cents=total_cents - so_far,
        )
        for instalment, so_far in zip(wanted, paid, strict=True)
    ]


def _monthly(plan: MonthlyPlan, total_cents: int) -> list[Instalment]:
    """Equal amounts, on the day of the month of the first or the last that the month has."""
    if total_cents < plan.count:
        raise PlanImpossible(f"{total_cents} cents are not {plan.count} instalments")
    share, rest = divmod(total_cents, plan.count)
    amounts = [share] * (plan.count - 1) + [share + rest]
    return [
        Instalment(due_on=plus_months(plan.first_on, month), amount_cents=amount)
        for month, amount in enumerate(amounts)
    ]


def out_of_order(instalments: Sequence[PlannedInstalment]) -> int | None:
    """Place of the first instalment that is not due after the one before it, if there is one."""
    days = [instalment.due_on for instalment in instalments]
    return next((at for at, (a, b) in enumerate(pairwise(days), start=1) if a >= b), None)
