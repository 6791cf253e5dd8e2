"""Which debt a payment settles, and in what order within a debt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from law.allocation import pro_rata
from law.case import Claim, Insolvency, LateInterest, Payment, PenaltyClause
from law.ledger import ClaimsContradict, PaymentExceedsDebt
from tests.support.law_facts import (
    INDIVIDUAL,
    OTHER_COMPANY,
    agreed,
    case_of,
    codes,
    computed,
    credited,
    day,
    invoice,
    lines,
    notice,
    only,
    paid,
)

NONE = LateInterest(basis="none")


def shares(as_of: str, *claims: Claim, payments: list[Payment], **more: Any) -> list[int]:
    """What each claim received."""
    statement = computed(case_of(*claims, payments=payments, **more), as_of)
    return [claim.paid_cents for claim in statement.claims]


def test_a_payment_goes_to_interest_then_to_principal() -> None:
    # 10 % of 3 650.00 is 1.00 a day. Due 31 January: on 10 February 10.00 has accrued; 110.00
    # pays it and 100.00 of principal; from 11 February the base is 3 550.00.
    claim = invoice(due="2026-01-31", cents=3_650_00, late_interest=agreed("10"))
    result = only(computed(case_of(claim, payments=[paid("2026-02-10", 110_00)]), "2026-02-20"))
    assert lines(result) == [
        ("2026-02-01", "2026-02-10", 10, 3_650_00, "10.00", 10_00),
        ("2026-02-11", "2026-02-20", 10, 3_550_00, "10.00", 9_73),  # 9.726...
    ]
    assert result.outstanding_principal_cents == 3_550_00
    assert result.outstanding_cents == 3_550_00 + 9_73 + 40_00


def test_a_payment_below_the_interest_leaves_the_principal_whole() -> None:
    claim = invoice(due="2026-01-31", cents=3_650_00, late_interest=agreed("10"))
    case = case_of(claim, payments=[paid("2026-02-10", 4_00), paid("2026-02-15", 4_00)])
    result = only(computed(case, "2026-02-20"))
    assert result.outstanding_principal_cents == 3_650_00
    assert result.interest_cents == 20_00
    assert result.outstanding_cents == 3_650_00 + 20_00 - 8_00 + 40_00


def test_after_interest_and_principal_come_the_fee_and_then_the_penalty() -> None:
    claim = invoice(
        due="2026-01-31",
        cents=3_650_00,
        late_interest=agreed("10"),
        penalty_clause=PenaltyClause(amount_cents=50_00),
    )
    case = case_of(claim, steps=[notice("2026-02-05")])
    # On 10 February: 10.00 + 3 650.00 + 40.00 + 50.00 = 3 750.00
    for cents, left in [(3_660_00, 90_00), (3_700_00, 50_00), (3_720_00, 30_00), (3_750_00, 0)]:
        paid_case = replace(case, payments=[paid("2026-02-10", cents)])
        result = only(computed(paid_case, "2026-03-31"))
        assert result.outstanding_cents == left
        assert result.outstanding_principal_cents == 0
        assert result.interest_cents == 10_00


def test_a_payment_above_all_that_is_owed_is_refused_by_pointer() -> None:
    claim = invoice(due="2026-01-31", cents=3_650_00, late_interest=agreed("10"))
    payments = [paid("2026-02-01", 1_00), paid("2026-02-10", 3_699_01)]
    with pytest.raises(PaymentExceedsDebt) as refused:
        computed(case_of(claim, payments=payments), "2026-03-31")
    (fault,) = refused.value.faults
    assert (fault.pointer, fault.code) == ("/case/payments/1/amount", "payment-exceeds-debt")
    assert "0.01" in refused.value.detail
    payments[1] = paid("2026-02-10", 3_699_00)
    assert computed(case_of(claim, payments=payments), "2026-03-31").totals.due_cents == 0


def test_the_fee_cannot_be_paid_before_it_is_owed() -> None:
    claim = invoice(due="2026-01-31", cents=1_000_00)
    with pytest.raises(PaymentExceedsDebt):
        computed(case_of(claim, payments=[paid("2026-01-31", 1_040_00)]), "2026-03-31")


def test_a_payment_that_names_a_claim_goes_to_it_first() -> None:
    one, two = invoice("c1", due="2026-01-31"), invoice("c2", due="2026-03-31")
    assert shares("2026-11-22", one, two, payments=[paid("2026-05-01", 200_00, "c2")]) == [
        0,
        200_00,
    ]


def test_the_surplus_of_a_named_payment_goes_to_the_other_debts_and_is_said() -> None:
    claims = [
        invoice("c1", due="2026-01-31", late_interest=NONE),
        invoice("c2", due="2026-02-28", late_interest=NONE),
    ]
    case = case_of(*claims, payments=[paid("2026-03-15", 1_240_00, "c2")])
    statement = computed(case, "2026-11-22")
    assert [c.paid_cents for c in statement.claims] == [200_00, 1_040_00]
    assert "payment-surplus-allocated" in codes(statement)


def test_without_a_name_a_due_debt_comes_before_one_not_due() -> None:
    early = invoice("c1", due="2026-12-31", late_interest=agreed("30"))
    late = invoice("c2", due="2026-03-31", late_interest=agreed("5"))
    statement = computed(case_of(early, late, payments=[paid("2026-05-01", 99_00)]), "2026-11-22")
    assert [c.paid_cents for c in statement.claims] == [0, 99_00]
    assert "payment-allocated-by-law" in codes(statement)


def test_among_due_debts_the_one_at_the_highest_rate_comes_first() -> None:
    old = invoice("c1", due="2026-01-31", late_interest=agreed("9"))
    dear = invoice("c2", due="2026-03-31", late_interest=agreed("12"))
    assert shares("2026-11-22", old, dear, payments=[paid("2026-05-01", 99_00)]) == [0, 99_00]


def test_a_debt_that_falls_due_on_the_day_is_due() -> None:
    today = invoice("c1", due="2026-05-01", late_interest=agreed("12"))
    old = invoice("c2", due="2026-01-31", late_interest=agreed("9"))
    for on, expected in [("2026-04-30", [0, 99_00]), ("2026-05-01", [99_00, 0])]:
        assert shares("2026-11-22", today, old, payments=[paid(on, 99_00)]) == expected


def test_the_rate_of_the_half_year_of_the_payment_decides() -> None:
    # ECB + 10: 14.50 in 2024-S1, 13.15 in 2025-S1; the other claim bears 14 %.
    default, fixed = invoice("c1", due="2023-11-30"), invoice("c2", due="2023-11-30")
    fixed = replace(fixed, late_interest=agreed("14"))
    assert shares("2025-12-31", default, fixed, payments=[paid("2024-05-01", 9_00)]) == [9_00, 0]
    assert shares("2025-12-31", default, fixed, payments=[paid("2025-05-01", 9_00)]) == [0, 9_00]
    both = [paid("2024-05-01", 9_00), paid("2025-05-01", 8_00), paid("2025-08-01", 7_00)]
    assert shares("2025-12-31", default, fixed, payments=both) == [9_00, 15_00]


def test_a_debt_whose_interest_has_not_started_costs_nothing() -> None:
    # Against a consumer, interest starts with the notice of 1 June.
    waiting = invoice("c1", due="2026-01-31", late_interest=agreed("12"))
    running = invoice("c2", due="2026-02-28", late_interest=agreed("9"))
    running = replace(running, interest_from=day("2026-03-01"))
    more = {"debtor": INDIVIDUAL, "steps": [notice("2026-06-01")]}
    for on, expected in [("2026-05-30", [0, 9_00]), ("2026-05-31", [9_00, 0])]:
        assert shares("2026-11-22", waiting, running, payments=[paid(on, 9_00)], **more) == expected


def test_after_an_opening_judgment_the_oldest_debt_comes_first() -> None:
    debtor = replace(
        OTHER_COMPANY, insolvency=Insolvency(type="liquidation", opened_on=day("2026-05-01"))
    )
    old = invoice("c1", due="2026-01-31", late_interest=agreed("9"))
    dear = invoice("c2", due="2026-03-31", late_interest=agreed("12"))
    for on, expected in [("2026-04-29", [0, 9_00]), ("2026-04-30", [9_00, 0])]:
        assert shares("2026-11-22", old, dear, payments=[paid(on, 9_00)], debtor=debtor) == expected


def test_at_equal_rates_the_oldest_debt_comes_first() -> None:
    claims = [invoice("c1", due="2026-03-31"), invoice("c2", due="2026-01-31")]
    assert shares("2026-11-22", *claims, payments=[paid("2026-05-01", 99_00)]) == [0, 99_00]


def test_equal_debts_share_pro_rata_to_the_cent() -> None:
    claims = [
        invoice("c1", cents=100_00, late_interest=NONE),
        invoice("c2", cents=60_00, late_interest=NONE),
        invoice("c3", cents=60_00, late_interest=NONE),
    ]
    # With the fee of 40.00 they owe 140.00, 100.00 and 100.00: 100.00 divides into 41.1764...,
    # 29.4117... and 29.4117...; the cent that is left goes to the largest remainder, the first.
    assert shares("2026-11-22", *claims, payments=[paid("2026-05-01", 100_00)]) == [
        41_18,
        29_41,
        29_41,
    ]


def test_a_payment_above_an_equal_group_goes_on_to_the_next() -> None:
    claims = [
        invoice("c1", due="2026-01-31", late_interest=NONE),
        invoice("c2", due="2026-01-31", late_interest=NONE),
        invoice("c3", due="2026-02-28", late_interest=NONE),
    ]
    payments = [paid("2026-05-01", 2_100_00)]
    assert shares("2026-11-22", *claims, payments=payments) == [1_040_00, 1_040_00, 20_00]


def test_not_due_debts_are_paid_by_the_earliest() -> None:
    claims = [invoice("c1", due="2026-12-31"), invoice("c2", due="2026-12-15")]
    assert shares("2026-11-22", *claims, payments=[paid("2026-11-01", 99_00)]) == [0, 99_00]


def test_on_one_day_a_named_payment_is_counted_before_one_that_names_none() -> None:
    claims = [
        invoice("c1", due="2026-01-31", late_interest=NONE),
        invoice("c2", due="2026-02-28", late_interest=NONE),
    ]
    payments = [paid("2026-05-01", 1_040_00), paid("2026-05-01", 1_040_00, "c1")]
    statement = computed(case_of(*claims, payments=payments), "2026-11-22")
    assert statement.totals.due_cents == 0
    assert "payment-surplus-allocated" not in codes(statement)


def test_one_open_claim_needs_no_word_on_allocation() -> None:
    statement = computed(case_of(invoice(), payments=[paid("2026-05-01", 99_00)]), "2026-06-30")
    assert "payment-allocated-by-law" not in codes(statement)


def test_a_deposit_before_the_invoice_lowers_the_base() -> None:
    claim = invoice(due="2026-01-31", cents=3_650_00, late_interest=agreed("10"))
    result = only(computed(case_of(claim, payments=[paid("2025-11-01", 650_00)]), "2026-02-10"))
    assert lines(result) == [("2026-02-01", "2026-02-10", 10, 3_000_00, "10.00", 8_22)]  # 8.219...


@pytest.mark.parametrize(
    ("issued_on", "expected"),
    [
        pytest.param(
            "2026-02-10",
            [("2026-02-01", "2026-02-09", 9, 3_650_00), ("2026-02-10", "2026-02-20", 11, 730_00)],
            id="from its own day on",
        ),
        pytest.param("2026-01-15", [("2026-02-01", "2026-02-20", 20, 730_00)], id="before"),
        pytest.param("2026-02-01", [("2026-02-01", "2026-02-20", 20, 730_00)], id="first day"),
        pytest.param(
            "2026-02-20",
            [("2026-02-01", "2026-02-19", 19, 3_650_00), ("2026-02-20", "2026-02-20", 1, 730_00)],
            id="last day",
        ),
    ],
)
def test_a_credit_note_lowers_the_base_from_its_day(
    issued_on: str, expected: list[tuple[str, str, int, int]]
) -> None:
    claim = invoice(due="2026-01-31", cents=3_650_00, late_interest=agreed("10"))
    case = case_of(claim, credit_notes=[credited(issued_on, 2_920_00)])
    result = only(computed(case, "2026-02-20"))
    assert [line[:4] for line in lines(result)] == expected
    assert result.principal_cents == 730_00


def test_a_credit_note_above_what_is_left_of_the_principal_takes_the_rest() -> None:
    claim = invoice(due="2026-01-31", cents=1_000_00, late_interest=NONE)
    case = case_of(
        claim, payments=[paid("2026-03-01", 990_00)], credit_notes=[credited("2026-03-02", 30_00)]
    )
    result = only(computed(case, "2026-03-31"))
    # 970.00 - 990.00 paid: 20.00 too much, set against the fee of 40.00
    assert result.outstanding_cents == 20_00
    assert result.principal_cents + result.fixed_indemnity_cents - result.paid_cents == 20_00


def test_a_credit_note_above_all_that_is_owed_is_refused() -> None:
    claim = invoice(due="2026-01-31", cents=1_000_00)
    case = case_of(
        claim, payments=[paid("2026-01-31", 1_000_00)], credit_notes=[credited("2026-03-02", 1)]
    )
    with pytest.raises(PaymentExceedsDebt) as refused:
        computed(case, "2026-03-31")
    assert refused.value.faults[0].pointer == "/case/credit_notes/0/amount_incl_tax"


def test_credit_notes_above_the_invoice_are_refused() -> None:
    notes = [credited("2026-03-02", 600_00), credited("2026-03-03", 400_01)]
    with pytest.raises(ClaimsContradict) as refused:
        computed(case_of(invoice(cents=1_000_00), credit_notes=notes), "2026-03-31")
    assert refused.value.faults[0].pointer == "/case/credit_notes/1/amount_incl_tax"


def test_an_invoice_paid_and_credited_by_the_due_date_owes_no_fee() -> None:
    case = case_of(
        invoice(due="2026-01-31", cents=1_000_00),
        payments=[paid("2026-01-20", 600_00)],
        credit_notes=[credited("2026-01-31", 400_00)],
    )
    assert computed(case, "2026-11-22").totals.due_cents == 0


@pytest.mark.parametrize(
    ("cents", "weights", "expected"),
    [
        (100, {"a": 1, "b": 1, "c": 1}, {"a": 34, "b": 33, "c": 33}),
        (100, {"b": 1, "a": 1, "c": 1}, {"a": 34, "b": 33, "c": 33}),
        (5, {"a": 3, "b": 7}, {"a": 2, "b": 3}),  # 1.5 and 3.5: equal remainders, a first
        (1, {"a": 999, "b": 1}, {"a": 1, "b": 0}),
    ],
)
def test_shares_are_to_the_cent_by_the_largest_remainder(
    cents: int, weights: dict[str, int], expected: dict[str, int]
) -> None:
    assert pro_rata(cents, weights) == expected
