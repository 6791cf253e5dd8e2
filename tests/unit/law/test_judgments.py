"""After a judgment: legal interest from its day, five points more after two months, not for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from law.case import Case, LateInterest, Step, StepType
from law.french import date_longue
from law.parameters import ValueNotCovered
from tests.support.law_facts import (
    COMPANY,
    INDIVIDUAL,
    agreed,
    case_of,
    codes,
    computed,
    day,
    invoice,
    lines,
    notice,
    only,
    paid,
)

LEGAL = LateInterest(basis="legal")


def step(on: str, type_: StepType) -> Step:
    """A step of a day."""
    return Step(on=day(on), type=type_)


def judged(*served: str, on: str = "2026-03-16", steps: tuple[Step, ...] = (), **more: Any) -> Case:
    """A loan of 10 000 EUR between individuals, due 31 January 2026, judged, perhaps served."""
    claim = invoice(**{"type": "loan", "due": "2026-01-31", "cents": 10_000_00, **more})
    done = [*steps, step(on, "court_order"), *(step(one, "service") for one in served)]
    return case_of(claim, creditor=INDIVIDUAL, debtor=INDIVIDUAL, steps=done)


def test_the_official_example_adds_five_points_the_day_after_two_months() -> None:
    """Service-public F20688: enforceable on 17 September 2019; 62 days, then 44 at 8.26 %.

    2 000 x 62 x 3.26 / 36 500 = 11.08; 2 000 x 44 x 8.26 / 36 500 = 19.91
    """
    claim = invoice(type="loan", due="2019-08-31", cents=2_000_00)
    steps = [step("2019-09-17", "court_order"), step("2019-09-17", "service")]
    case = case_of(claim, creditor=INDIVIDUAL, debtor=INDIVIDUAL, steps=steps)
    statement = computed(case, "2019-12-31")
    assert lines(only(statement)) == [
        ("2019-09-17", "2019-11-17", 62, 2_000_00, "3.26", 11_08),
        ("2019-11-18", "2019-12-31", 44, 2_000_00, "8.26", 19_91),
    ]
    assert "judgment-interest-increased" in codes(statement)


@pytest.mark.parametrize(
    ("as_of", "percents"),
    [
        pytest.param("2026-06-01", ["6.67"], id="day before the two months are over"),
        pytest.param("2026-06-02", ["6.67"], id="last day of the two months"),
        pytest.param("2026-06-03", ["6.67", "11.67"], id="day after"),
        pytest.param("2026-07-01", ["6.67", "11.67", "11.84"], id="then each half-year"),
    ],
)
def test_two_months_run_from_service_and_the_increase_from_the_day_after(
    as_of: str, percents: list[str]
) -> None:
    found = lines(only(computed(judged("2026-04-02"), as_of)))
    assert [line[4] for line in found] == percents
    assert found[0][0] == "2026-03-16"


def test_two_months_end_on_the_last_day_of_a_shorter_month() -> None:
    found = lines(only(computed(judged("2026-12-31", on="2026-12-01"), "2026-12-31")))
    assert [line[4] for line in found] == ["6.84"]
    earlier = lines(
        only(computed(judged("2025-12-31", on="2025-12-01", due="2025-11-30"), "2026-03-01"))
    )
    assert earlier[-1][:2] == ("2026-03-01", "2026-03-01")
    assert earlier[-1][4] == "11.67"


def test_a_decision_starts_legal_interest_where_no_notice_did() -> None:
    assert lines(only(computed(judged(), "2026-03-16")))[0][:3] == ("2026-03-16", "2026-03-16", 1)
    noticed = judged(steps=(notice("2026-02-10"),))
    assert lines(only(computed(noticed, "2026-03-16")))[0][0] == "2026-02-10"


def test_damages_bear_interest_from_the_decision_only() -> None:
    case = judged(steps=(notice("2026-02-10"),), legal_basis="damages")
    assert lines(only(computed(case, "2026-03-31")))[0][0] == "2026-03-16"
    before = computed(case, "2026-03-15")
    assert only(before).interest == []
    assert "interest-needs-judgment" in codes(before)


def test_without_service_nothing_is_added_and_it_is_said() -> None:
    statement = computed(judged(), "2026-10-31")
    assert {line[4] for line in lines(only(statement))} == {"6.67", "6.84"}
    assert "judgment-not-served" in codes(statement)


def test_a_service_before_the_decision_is_not_its_service() -> None:
    statement = computed(judged("2026-03-15"), "2026-10-31")
    assert "judgment-not-served" in codes(statement)
    assert "judgment-interest-increased" not in codes(statement)


def test_a_decision_before_the_due_date_is_not_about_the_claim() -> None:
    statement = computed(judged("2026-02-15", on="2026-01-30"), "2026-10-31")
    assert only(statement).interest == []
    assert not {code for code in codes(statement) if code.startswith("judgment")}


def test_steps_after_the_day_of_the_statement_are_left_out() -> None:
    assert only(computed(judged("2026-04-02"), "2026-03-15")).interest == []


def test_the_title_of_an_unpaid_cheque_is_never_increased() -> None:
    steps = [step("2026-03-16", "court_order"), step("2026-04-02", "service")]
    cheque = invoice(type="cheque", due="2026-01-31", cents=10_000_00)
    case = case_of(cheque, creditor=INDIVIDUAL, debtor=INDIVIDUAL, steps=steps)
    statement = computed(case, "2026-10-31")
    assert {line[4] for line in lines(only(statement))} == {"6.67", "6.84"}
    assert "judgment-increase-not-for-cheque" in codes(statement)


def test_the_warning_of_the_increase_names_its_claims_and_its_first_day() -> None:
    case = judged("2026-04-02")
    cheque = invoice("c2", type="cheque", due="2026-01-31")
    both = replace(case, claims=[cheque, *case.claims])
    warnings = {one.code: one.detail for one in computed(both, "2026-10-31").warnings}
    said = warnings["judgment-interest-increased"]
    assert f"à compter du {date_longue(day('2026-06-03'))}" in said
    assert ("C1" in said, "C2" in said) == (True, False)
    assert "C2" in warnings["judgment-increase-not-for-cheque"]


@pytest.mark.parametrize("interest", [None, agreed("12"), LateInterest(basis="ecb_plus")])
def test_between_professionals_the_rate_claimed_goes_on_and_must_be_verified(
    interest: LateInterest | None,
) -> None:
    steps = [step("2026-03-16", "court_order"), step("2026-04-02", "service")]
    claim = invoice(due="2026-01-31", cents=10_000_00, late_interest=interest)
    statement = computed(case_of(claim, steps=steps), "2026-10-31")
    plain = computed(case_of(claim), "2026-10-31")
    assert only(statement).interest == only(plain).interest
    assert "judgment-rate-to-verify" in codes(statement)


def test_legal_interest_granted_between_professionals_is_said_by_the_basis() -> None:
    """A company's column: 2.62 and 2.75; five points more from 3 June."""
    steps = [step("2026-03-16", "court_order"), step("2026-04-02", "service")]
    claim = invoice(
        due="2026-01-31", cents=10_000_00, late_interest=LEGAL, interest_from=day("2026-03-16")
    )
    statement = computed(case_of(claim, creditor=COMPANY, steps=steps), "2026-07-31")
    assert [line[4] for line in lines(only(statement))] == ["2.62", "7.62", "7.75"]
    assert "judgment-rate-to-verify" not in codes(statement)


def test_a_residential_tenant_owes_the_increase_too() -> None:
    case = judged("2026-04-02")
    rent = replace(case, claims=[replace(case.claims[0], type="rent")])
    assert lines(only(computed(rent, "2026-06-30")))[-1][4] == "11.67"


def test_the_increased_debt_is_the_one_a_debtor_would_rather_pay() -> None:
    """1342-10: 9 % agreed costs more than 6.67 % on 1 June, but less than 11.67 % on 3 June."""
    case = judged("2026-04-02")
    other = invoice("c2", type="loan", due="2026-05-31", cents=10_000_00, late_interest=agreed("9"))
    both = replace(
        case,
        claims=[*case.claims, replace(other, interest_from=day("2026-06-01"))],
    )
    for on, paid_to in (("2026-06-02", "c2"), ("2026-06-03", "c1")):
        result = computed(replace(both, payments=[paid(on, 500_00)]), "2026-06-10")
        assert [claim.id for claim in result.claims if claim.paid_cents] == [paid_to]


def test_a_judgment_before_the_verified_years_is_refused() -> None:
    claim = invoice(type="loan", due="2011-12-31", cents=1_000_00)
    steps = [step("2012-03-01", "court_order"), step("2012-03-15", "service")]
    case = case_of(claim, creditor=INDIVIDUAL, debtor=INDIVIDUAL, steps=steps)
    with pytest.raises(ValueNotCovered):
        computed(case, "2012-12-31")
