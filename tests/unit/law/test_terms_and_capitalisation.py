"""Payment terms longer than the law allows, and interest due for a year: said, never computed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.law_facts import (
    INDIVIDUAL,
    PUBLIC_BUYER,
    case_of,
    codes,
    computed,
    day,
    invoice,
    notice,
    only,
    paid,
)


@pytest.mark.parametrize(
    ("due", "is_said"),
    [
        pytest.param("2026-01-30", False, id="29 days"),
        pytest.param("2026-01-31", False, id="30 days (R. 2192-10)"),
        pytest.param("2026-02-01", True, id="31 days"),
        pytest.param("2026-03-02", True, id="60 days, public undertakings only (R. 2192-11)"),
    ],
)
def test_a_public_buyer_has_30_days_and_a_longer_term_is_said(due: str, *, is_said: bool) -> None:
    claim = invoice(due=due, issued_on=day("2026-01-01"))
    statement = computed(case_of(claim, debtor=PUBLIC_BUYER), "2026-06-30")
    assert ("public-payment-term" in codes(statement)) is is_said
    assert "public-buyer-may-follow-commerce" in codes(statement)
    # interest still begins the day after the due date that the case states
    assert only(statement).interest[0].first_on.toordinal() == day(due).toordinal() + 1


@pytest.mark.parametrize(
    ("issued", "due", "is_said"),
    [
        pytest.param("2026-01-02", "2026-03-03", False, id="60 days"),
        pytest.param("2026-01-02", "2026-03-17", False, id="end of January, then 45 days"),
        pytest.param("2026-01-02", "2026-03-18", True, id="one day more"),
        pytest.param("2026-01-14", "2026-03-18", True, id="45 days end in February"),
        pytest.param("2026-01-15", "2026-03-31", False, id="45 days end on 1 March"),
        pytest.param("2026-01-15", "2026-04-01", True, id="one day after that month"),
    ],
)
def test_between_professionals_the_longest_term_is_60_days_or_45_to_the_end_of_the_month(
    issued: str, due: str, *, is_said: bool
) -> None:
    claim = invoice(due=due, issued_on=day(issued))
    found = codes(computed(case_of(claim), "2026-06-30"))
    assert ("payment-term-above-maximum" in found) is is_said


def test_no_term_is_judged_without_the_day_of_the_invoice_nor_against_a_consumer() -> None:
    late = invoice(due="2026-06-30", issued_on=day("2026-01-01"))
    for case in (case_of(invoice(due="2026-06-30")), case_of(late, debtor=INDIVIDUAL)):
        assert "payment-term-above-maximum" not in codes(computed(case, "2026-11-22"))


@pytest.mark.parametrize(
    ("as_of", "is_said"),
    [
        pytest.param("2026-05-30", False, id="364 days"),
        pytest.param("2026-05-31", True, id="a whole year"),
        pytest.param("2026-06-01", True, id="a day more"),
    ],
)
def test_interest_due_for_a_whole_year_is_not_capitalised_and_it_is_said(
    as_of: str, *, is_said: bool
) -> None:
    statement = computed(case_of(invoice(due="2025-05-31")), as_of)
    assert ("interest-not-capitalised" in codes(statement)) is is_said
    assert {line.base_cents for line in only(statement).interest} == {100_000}


def test_interest_paid_meanwhile_is_not_due_for_a_year() -> None:
    case = case_of(invoice(due="2025-05-31"), payments=[paid("2025-12-31", 500_00)])
    assert "interest-not-capitalised" not in codes(computed(case, "2026-07-31"))
    assert "interest-not-capitalised" in codes(computed(case, "2026-12-31"))


def test_a_consumer_owes_legal_interest_alone_and_a_professional_penalties_alone() -> None:
    """Cass. com., 24 April 2024, n° 22-24.275: one or the other, never both on one day."""
    steps = [notice("2026-03-02")]
    for debtor, basis in ((INDIVIDUAL, "legal"), (PUBLIC_BUYER, "ecb_plus")):
        found = only(computed(case_of(invoice(), debtor=debtor, steps=steps), "2026-11-22"))
        assert {line.basis for line in found.interest} == {basis}
        days = [line.first_on for line in found.interest]
        assert len(set(days)) == len(days)
        spans = sorted((line.first_on, line.last_on) for line in found.interest)
        assert all(one[1] < other[0] for one, other in pairwise(spans))
