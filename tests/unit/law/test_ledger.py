"""Events of a case are applied in order of day, and within a day in the order that is fairest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Case, PenaltyClause
from law.ledger import ClaimsContradict, Ledger, PaymentExceedsDebt, ledger
from tests.support.law_facts import (
    OTHER_COMPANY,
    RATES,
    agreed,
    case_of,
    credited,
    day,
    invoice,
    notice,
    paid,
)


def book(case: Case, as_of: str = "2026-11-22") -> Ledger:
    """The ledger of a case at a day."""
    return ledger(case, OTHER_COMPANY, day(as_of), RATES, None)


def test_the_order_in_which_events_are_told_changes_nothing() -> None:
    events = {
        "payments": [paid("2026-03-02", 10_000), paid("2026-02-16", 20_000, "c2")],
        "credit_notes": [credited("2026-04-01", 5_000), credited("2026-03-02", 1_000, "c2")],
    }
    claims = [invoice("c1"), invoice("c2", due="2026-02-10")]
    one = book(case_of(*claims, **events))
    other = book(case_of(*claims, **{key: value[::-1] for key, value in events.items()}))
    for first, second in zip(one.accounts, other.accounts, strict=True):
        assert (first.base, first.interest, first.paid) == (
            second.base,
            second.interest,
            second.paid,
        )


def test_on_one_day_a_credit_note_comes_before_a_payment() -> None:
    """An invoice of 1 000.00, cut to 400.00 and paid on its due date, owes nothing, no fee."""
    case = case_of(
        invoice(due="2026-01-31"),
        credit_notes=[credited("2026-01-31", 600_00)],
        payments=[paid("2026-01-31", 400_00)],
    )
    (account,) = book(case).accounts
    assert (account.base, account.fee, account.interest) == (0, 0, 0)
    assert account.is_settled


def test_on_one_day_a_payment_comes_before_the_notice_that_incurs_the_penalty() -> None:
    claim = invoice(
        due="2026-01-31",
        late_interest=agreed("0"),
        penalty_clause=PenaltyClause(amount_cents=50_00),
    )
    settled = case_of(claim, payments=[paid("2026-03-02", 1_000_00)], steps=[notice("2026-03-02")])
    (account,) = book(settled).accounts
    assert (account.base, account.penalty_total) == (0, 0)
    (owing,) = book(replace(settled, payments=[])).accounts
    assert owing.penalty_total == 50_00


def test_what_comes_after_the_day_is_kept_apart() -> None:
    case = case_of(
        invoice(),
        payments=[paid("2026-11-22", 100), paid("2026-11-23", 200)],
        credit_notes=[credited("2026-11-23", 300)],
    )
    found = book(case)
    assert [payment.amount_cents for payment in found.ignored_payments] == [200]
    assert [note.amount_incl_tax_cents for note in found.ignored_credit_notes] == [300]
    assert found.accounts[0].paid == 100


def test_a_payment_is_undesignated_only_while_several_debts_are_open() -> None:
    claims = [invoice("c1"), invoice("c2")]
    payments = [paid("2026-03-02", 100), paid("2026-03-03", 3_000_00)]
    with pytest.raises(PaymentExceedsDebt):
        book(case_of(*claims, payments=payments))
    found = book(case_of(*claims, payments=payments[:1]))
    assert found.undesignated == payments[:1]
    assert book(case_of(claims[0], payments=payments[:1])).undesignated == []


def test_a_surplus_names_its_payment_and_its_sum() -> None:
    claims = [invoice("c1", late_interest=agreed("0")), invoice("c2", late_interest=agreed("0"))]
    payment = paid("2026-03-02", 1_100_00, "c1")
    (surplus,) = book(case_of(*claims, payments=[payment])).surpluses
    # 1 000.00 of principal and 40.00 of fee; 60.00 go on
    assert (surplus.payment, surplus.cents) == (payment, 60_00)


def test_every_contradiction_is_told_at_once_by_pointer() -> None:
    case = case_of(
        invoice("c1"),
        invoice("c1", currency="USD"),
        payments=[paid("2026-03-02", 100, "c9")],
        credit_notes=[credited("2026-03-02", 100, "c8")],
    )
    with pytest.raises(ClaimsContradict) as refused:
        book(case)
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [
        ("mixed-currencies", "/case/claims/1/currency"),
        ("duplicate-claim-id", "/case/claims/1/id"),
        ("unknown-claim", "/case/payments/0/claim_id"),
        ("unknown-claim", "/case/credit_notes/0/claim_id"),
    ]
