"""The calendar of an unpaid cheque, and what is left to pay of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from law.calendar import plus_months
from law.case import Case, Cheque, Claim, Cost
from law.checks.cheque import certificate_from
from law.limitation import presentation_end
from law.parameters import value_on_or_first

_SATURDAY: Final = 5
FROM_REJECTION: Final = frozenset({"bank_fee", "service"})
"""Costs that the rejection causes: the drawer bears them (art. L. 131-73 §6 CMF)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeCalendar:
    """The days of a cheque.

    Attributes:
        presentation_ends_on: Last day to present it.
        ends_on_saturday: Whether that day is one whose adjournment is not settled.
        funding_ends_on: Last of the thirty days in which the drawer may pay or fund the account;
            None while the first presentation is not known.
        certificate_from: First day on which the certificate may be asked for.
        drawer_until: Last day of the action against the drawer.
        drawee_until: Last day of the action against the drawee.
    """

    issued_on: date
    presentation_ends_on: date
    ends_on_saturday: bool
    funding_ends_on: date | None
    certificate_from: date | None
    drawer_until: date
    drawee_until: date


def cheque_calendar(claim: Claim) -> ChequeCalendar:
    """The calendar of a cheque issued and payable in mainland France.

    Sources:
        Art. L. 131-32, R. 131-3, R. 131-4 CMF: presentation. Art. L. 131-73 CMF: thirty days.
        Art. L. 131-59 CMF: six months, one year; art. 641 CPC: the same day number.
    """
    issued_on = claim.issued_on or claim.due_on
    ends_on = presentation_end(issued_on)
    first = claim.cheque.presented_on if claim.cheque else None
    since = certificate_from(first) if first else None
    return ChequeCalendar(
        issued_on=issued_on,
        presentation_ends_on=ends_on,
        ends_on_saturday=ends_on.weekday() == _SATURDAY,
        funding_ends_on=since - timedelta(days=1) if since else None,
        certificate_from=since,
        drawer_until=plus_months(ends_on, _value("limitation.cheque_drawer_months", issued_on)),
        drawee_until=plus_months(ends_on, _value("cheque.drawee_months", issued_on)),
    )


def certificate_due_on(requested_on: date) -> date:
    """Last day for the drawee to issue the certificate that it was asked for on a day.

    >>> certificate_due_on(date(2026, 11, 6))
    datetime.date(2026, 11, 21)

    Sources:
        Art. R. 131-48 §1 CMF; art. R. 131-3 CMF: the first day is not counted.
    """
    return requested_on + timedelta(days=_value("cheque.certificate_days", requested_on))


def title_from(received_on: date) -> date:
    """First day on which the title may be issued, the certificate having reached the drawer.

    >>> title_from(date(2026, 12, 1))
    datetime.date(2026, 12, 17)

    Sources:
        Art. L. 131-73 §5 CMF.
    """
    return received_on + timedelta(days=_value("cheque.payment_days", received_on) + 1)


def is_failed_again(cheque: Cheque) -> bool:
    """Whether a new presentation failed after the thirty days: the certificate is then due.

    Sources:
        Art. L. 131-73 §3 and R. 131-48 §2 CMF: of its own motion, and free.
    """
    again, first = cheque.second_presentation_on, cheque.presented_on
    return again is not None and first is not None and again >= certificate_from(first)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeAccount:
    """What a title on the certificate may hold, in cents.

    Attributes:
        amount_cents: The cheque, as its words state it.
        paid_cents: Received for it.
        costs: Costs that the rejection caused and the drawer bears.
    """

    amount_cents: int
    paid_cents: int
    costs: Sequence[Cost]
    unpaid_cents: int
    due_cents: int


def cheque_account(case: Case, claim: Claim, as_of: date) -> ChequeAccount:
    """What is owed on a cheque on a day: its amount less payments, plus the costs of rejection.

    Payments are set against the amount: interest is not part of it (ADR 0145).

    Sources:
        Art. L. 131-73 §5 and §6 CMF: "the amount of the cheque and the costs".
        Art. L. 131-10 CMF: the words.
    """
    paid = sum(
        payment.amount_cents
        for payment in case.payments
        if payment.claim_id in {None, claim.id} and payment.received_on <= as_of
    )
    costs = [
        cost for cost in case.costs if cost.borne_by == "debtor" and cost.type in FROM_REJECTION
    ]
    unpaid = claim.amount_incl_tax_cents - paid
    return ChequeAccount(
        amount_cents=claim.amount_incl_tax_cents,
        paid_cents=paid,
        costs=costs,
        unpaid_cents=unpaid,
        due_cents=unpaid + sum(cost.amount_cents for cost in costs),
    )


def _value(name: str, day: date) -> int:
    return int(value_on_or_first(name, day).value)
