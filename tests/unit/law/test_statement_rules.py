"""One rule of the statement a test: first and last day, rates, fees, penalty, insolvency."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import InvalidFacts
from law.case import Cost, Insolvency, LateInterest, Party, PenaltyClause
from law.ledger import ClaimsContradict
from law.rates import RateUnknown
from tests.support.law_facts import (
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    RATES,
    SOLE_TRADER,
    agreed,
    case_of,
    codes,
    computed,
    credited,
    day,
    days_after,
    invoice,
    lines,
    notice,
    only,
    paid,
)

LEGAL = LateInterest(basis="legal")
NONE = LateInterest(basis="none")


def opened(on: str) -> Party:
    """The debtor, in receivership from a day."""
    return replace(OTHER_COMPANY, insolvency=Insolvency(type="receivership", opened_on=day(on)))


# First and last day


@pytest.mark.parametrize(
    ("as_of", "days", "fee_cents"),
    [
        pytest.param("2026-01-30", 0, 0, id="day before the due date"),
        pytest.param("2026-01-31", 0, 0, id="due date"),
        pytest.param("2026-02-01", 1, 4000, id="day after"),
        pytest.param("2026-02-02", 2, 4000, id="second day"),
    ],
)
def test_between_professionals_the_day_after_the_due_date_is_the_first(
    as_of: str, days: int, fee_cents: int
) -> None:
    claim = only(computed(case_of(invoice(due="2026-01-31")), as_of))
    assert sum(line.days for line in claim.interest) == days
    assert claim.fixed_indemnity_cents == fee_cents


@pytest.mark.parametrize(
    ("received_on", "days", "owed_cents"),
    [
        pytest.param("2026-01-31", 0, 0, id="on the due date: nothing"),
        # 1 000.00 x 12.15 / 36 500 = 0.3328... -> 0.33: so much principal is left, and the fee
        pytest.param("2026-02-01", 1, 40_33, id="the day after: one day and the fee"),
    ],
)
def test_the_day_of_payment_is_the_last_counted(
    received_on: str, days: int, owed_cents: int
) -> None:
    case = case_of(invoice(due="2026-01-31"), payments=[paid(received_on, 100_000)])
    claim = only(computed(case, received_on))
    assert sum(line.days for line in claim.interest) == days
    assert claim.outstanding_cents == owed_cents


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-06-29", [("2026-06-21", "2026-06-29", 9, "12.15")]),
        ("2026-06-30", [("2026-06-21", "2026-06-30", 10, "12.15")]),
        (
            "2026-07-01",
            [("2026-06-21", "2026-06-30", 10, "12.15"), ("2026-07-01", "2026-07-01", 1, "12.40")],
        ),
        (
            "2026-07-02",
            [("2026-06-21", "2026-06-30", 10, "12.15"), ("2026-07-01", "2026-07-02", 2, "12.40")],
        ),
    ],
)
def test_lines_are_cut_where_the_half_year_changes(
    as_of: str, expected: list[tuple[str, str, int, str]]
) -> None:
    claim = only(computed(case_of(invoice(due="2026-06-20")), as_of))
    got = [(first, last, days, rate) for first, last, days, _, rate, _ in lines(claim)]
    assert got == expected


def test_an_agreed_rate_is_cut_by_half_year_too() -> None:
    claim = only(
        computed(case_of(invoice(due="2026-06-20", late_interest=agreed("9"))), "2026-07-02")
    )
    assert [(line.first_on.isoformat(), line.days) for line in claim.interest] == [
        ("2026-06-21", 10),
        ("2026-07-01", 2),
    ]


@pytest.mark.parametrize(
    ("as_of", "days"), [("2024-02-28", 28), ("2024-02-29", 29), ("2024-03-01", 30)]
)
def test_a_leap_day_is_a_day_and_the_year_still_has_365(as_of: str, days: int) -> None:
    # 1 000.00 x 14.50 x days / 36 500: 11.123..., 11.520..., 11.917...
    claim = only(computed(case_of(invoice(due="2024-01-31")), as_of))
    assert sum(line.days for line in claim.interest) == days
    assert claim.interest_cents == {28: 11_12, 29: 11_52, 30: 11_92}[days]


def test_interest_from_overrides_the_first_day() -> None:
    claim = invoice(due="2026-01-31", interest_from=day("2026-03-10"))
    assert lines(only(computed(case_of(claim), "2026-03-10")))[0][:3] == (
        "2026-03-10",
        "2026-03-10",
        1,
    )


def test_interest_asked_from_before_the_due_date_is_said() -> None:
    claim = invoice(due="2026-01-31", interest_from=day("2026-01-31"))
    assert "interest-before-due-date" in codes(computed(case_of(claim), "2026-02-10"))


# Rounding


@pytest.mark.parametrize(
    ("cents", "interest"),
    [
        pytest.param(3649, 0, id="0.4999 cent"),
        pytest.param(3650, 1, id="half a cent goes up"),
        pytest.param(10949, 1, id="1.4999 cents"),
        pytest.param(10950, 2, id="a cent and a half goes up"),
    ],
)
def test_a_line_is_rounded_half_up_to_the_cent(cents: int, interest: int) -> None:
    # 5 % for a day: cents x 5 / 36 500, so 3 650 cents bear exactly half a cent
    case = case_of(invoice(cents=cents, due="2026-01-31", late_interest=agreed("5")))
    assert only(computed(case, "2026-02-01")).interest_cents == interest


# Rates


@pytest.mark.parametrize(
    ("terms", "percent", "basis"),
    [
        (None, "12.40", "ecb_plus"),
        (agreed("15"), "15.00", "contractual"),
        (LateInterest(basis="ecb_plus", points=Decimal("0.07")), "9.40", "ecb_plus"),
        (LateInterest(basis="legal_multiple", multiple=Decimal(4)), "11.00", "legal_multiple"),
        (LEGAL, "2.75", "legal"),
    ],
)
def test_the_rate_of_each_basis_between_professionals(
    terms: LateInterest | None, percent: str, basis: str
) -> None:
    case = case_of(invoice(due="2026-06-30", late_interest=terms))
    (line,) = only(computed(case, "2026-11-22")).interest
    assert f"{line.rate * 100:.2f}" == percent
    assert line.basis == basis


def test_no_interest_where_the_parties_agreed_none_but_the_fee_is_due() -> None:
    claim = only(computed(case_of(invoice(late_interest=NONE)), "2026-11-22"))
    assert (claim.interest, claim.fixed_indemnity_cents) == ([], 4000)


@pytest.mark.parametrize(
    ("percent", "as_of", "is_below"),
    [
        pytest.param("8.25", "2026-11-22", False, id="exactly three times 2.75"),
        pytest.param("8.24", "2026-11-22", True, id="a hundredth below"),
    ],
)
def test_an_agreed_rate_is_held_against_three_times_the_legal_rate(
    percent: str, as_of: str, *, is_below: bool
) -> None:
    case = case_of(invoice(due="2026-06-30", late_interest=agreed(percent)))
    statement = computed(case, as_of)
    assert ("rate-below-floor" in codes(statement)) is is_below
    assert only(statement).interest[0].rate == Decimal(percent) / 100


def test_ecb_plus_ten_agreed_lies_below_the_floor_in_2024() -> None:
    """The trap of the notes: 14.50 under 15.21 in 2024-S1, 14.25 under 14.76 in 2024-S2."""
    clause = LateInterest(basis="ecb_plus", points=Decimal("0.10"))
    case = case_of(invoice(due="2023-11-30", late_interest=clause))
    statement = computed(case, "2025-06-30")
    (warning,) = [w for w in statement.warnings if w.code == "rate-below-floor"]
    assert "1er semestre 2024" in warning.detail
    assert "2nd semestre 2024" in warning.detail
    assert "2023" not in warning.detail
    assert "2025" not in warning.detail
    assert {(s.series, s.period) for s in statement.sources} >= {
        ("legal_interest_other", "2024-S1"),
        ("legal_interest_other", "2024-S2"),
    }


def test_the_default_rate_of_2024_is_set_by_law_and_no_floor_applies() -> None:
    statement = computed(case_of(invoice(due="2023-11-30")), "2024-12-31")
    assert "rate-below-floor" not in codes(statement)


def test_the_floor_of_a_half_year_not_published_is_said_unknown() -> None:
    case = case_of(invoice(due="2026-12-01", late_interest=agreed("15")))
    statement = computed(case, "2027-01-31")
    assert only(statement).interest_cents > 0
    assert "rate-floor-unknown" in codes(statement)


def test_the_default_rate_of_a_half_year_not_published_is_refused() -> None:
    case = case_of(invoice(due="2026-12-01"))
    computed(case, "2026-12-31")
    with pytest.raises(RateUnknown) as refused:
        computed(case, "2027-01-01")
    assert refused.value.extensions["period"] == "2027-S1"


def test_the_default_rate_is_not_computed_before_2013() -> None:
    with pytest.raises(RateUnknown) as refused:
        computed(case_of(invoice(due="2012-11-30")), "2013-03-01")
    assert refused.value.extensions["period"] == "2012-S2"
    assert refused.value.faults[0].pointer == "/case/claims"


def test_agreed_points_over_the_ecb_rate_before_2013_are_computed_and_said_unverified() -> None:
    clause = LateInterest(basis="ecb_plus", points=Decimal("0.07"))
    statement = computed(case_of(invoice(due="2012-11-30", late_interest=clause)), "2012-12-31")
    # ECB on 1 July 2012: 1.00, the cut of 11 July came too late
    assert f"{only(statement).interest[0].rate * 100:.2f}" == "8.00"
    assert "ecb-fixing-not-verified" in codes(statement)


def test_a_rate_whose_order_was_not_read_is_said_only_when_it_enters_the_result() -> None:
    case = case_of(invoice(due="2026-05-31", late_interest=LEGAL))
    assert "rate-to-verify" not in codes(computed(case, "2026-06-29"))
    assert "rate-to-verify" in codes(computed(case, "2026-07-01"))


def test_interest_of_tomorrow_takes_the_rate_of_tomorrow() -> None:
    # 10 000.00 x 12.15 / 36 500 = 3.328... ; x 12.40 = 3.397...
    case = case_of(invoice(due="2026-05-31", cents=10_000_00))
    assert computed(case, "2026-06-29").daily_interest_cents == 3_33
    assert computed(case, "2026-06-30").daily_interest_cents == 3_40


def test_on_the_last_known_day_the_daily_interest_is_that_days_own_and_says_so() -> None:
    case = case_of(invoice(due="2026-05-31", cents=10_000_00))
    statement = computed(case, "2026-12-31")
    assert statement.daily_interest_cents == 3_40
    assert "next-rate-unknown" in codes(statement)
    assert "next-rate-unknown" not in codes(computed(case, "2026-12-30"))


@pytest.mark.parametrize("debtor", [OTHER_COMPANY, PUBLIC_BUYER], ids=["default", "frozen"])
def test_interest_that_begins_in_a_half_year_not_published_has_no_daily_sum(debtor: Party) -> None:
    """Nothing is needed of the half-year to come until its first day: no refusal, no number."""
    case = case_of(invoice(due="2026-12-31", cents=10_000_00), debtor=debtor)
    statement = computed(case, "2026-12-31")
    assert (only(statement).interest, statement.daily_interest_cents) == ([], 0)
    assert "next-rate-unknown" in codes(statement)
    with pytest.raises(RateUnknown):
        computed(case, "2027-01-01")


# Flat fee


def test_each_late_invoice_owes_40_euros_once() -> None:
    case = case_of(
        invoice("c1", due="2026-01-31"),
        invoice("c2", due="2026-02-28"),
        invoice("c3", due="2026-12-31"),
        payments=[paid("2026-03-10", 500_00, "c1"), paid("2026-04-10", 100_00, "c1")],
    )
    statement = computed(case, "2026-11-22")
    assert [c.fixed_indemnity_cents for c in statement.claims] == [4000, 4000, 0]


@pytest.mark.parametrize("type_", ["rent", "loan", "cheque", "other"])
def test_a_claim_that_is_no_invoice_owes_no_flat_fee(type_: str) -> None:
    claim = only(computed(case_of(invoice(type=type_)), "2026-11-22"))
    assert (claim.fixed_indemnity_cents, claim.interest) == (0, [])


def test_a_consumer_owes_no_flat_fee_and_no_interest_before_a_notice() -> None:
    statement = computed(case_of(invoice(), debtor=INDIVIDUAL), "2026-11-22")
    claim = only(statement)
    assert (claim.fixed_indemnity_cents, claim.interest) == (0, [])
    assert "interest-needs-formal-notice" in codes(statement)


def test_an_individual_who_acts_for_business_owes_both() -> None:
    claim = only(computed(case_of(invoice(), debtor=SOLE_TRADER), "2026-11-22"))
    assert claim.fixed_indemnity_cents == 4000
    assert claim.interest_cents > 0


def test_no_flat_fee_in_another_currency() -> None:
    statement = computed(case_of(invoice(currency="CHF")), "2026-11-22")
    assert only(statement).fixed_indemnity_cents == 0
    assert "recovery-fee-not-in-euros" in codes(statement)


def test_no_flat_fee_for_an_invoice_late_before_2013() -> None:
    case = case_of(invoice(due="2012-12-30", late_interest=agreed("10")))
    assert only(computed(case, "2013-02-01")).fixed_indemnity_cents == 0


# Consumers, individuals, public buyers, rent


@pytest.mark.parametrize(
    ("creditor", "percent"),
    [
        pytest.param(OTHER_COMPANY, "2.75", id="company"),
        pytest.param(SOLE_TRADER, "2.75", id="sole trader"),
        pytest.param(INDIVIDUAL, "6.84", id="individual outside business"),
    ],
)
def test_the_column_of_the_legal_rate_is_the_creditors(creditor: Party, percent: str) -> None:
    case = case_of(
        invoice(due="2026-06-30"),
        creditor=creditor,
        debtor=INDIVIDUAL,
        steps=[notice("2026-07-15")],
    )
    assert lines(only(computed(case, "2026-11-22")))[0][4] == percent


def test_a_notice_before_the_due_date_starts_no_interest() -> None:
    case = case_of(
        invoice(due="2026-06-30"),
        debtor=INDIVIDUAL,
        steps=[notice("2026-06-30"), notice("2026-08-01"), notice("2026-09-01")],
    )
    assert lines(only(computed(case, "2026-11-22")))[0][0] == "2026-08-01"


def test_the_letter_that_is_the_notice_starts_legal_interest_the_next_day() -> None:
    case = case_of(invoice(due="2026-06-30", cents=10_000_00), debtor=INDIVIDUAL)
    on = day("2026-11-22")
    same_day = computed(case, "2026-11-22", notice_on=on)
    assert only(same_day).interest == []
    # 10 000.00 x 2.75 / 36 500 = 0.753... -> 0.75
    assert same_day.daily_interest_cents == 75
    assert only(computed(case, "2026-11-23", notice_on=on)).interest_cents == 75


def test_a_public_buyer_owes_ecb_plus_eight_frozen_at_the_first_half_year() -> None:
    case = case_of(invoice(due="2024-05-31"), debtor=PUBLIC_BUYER)
    statement = computed(case, "2025-09-30")
    claim = only(statement)
    assert {line[4] for line in lines(claim)} == {"12.50"}
    assert [line[0] for line in lines(claim)] == [
        "2024-06-01",
        "2024-07-01",
        "2025-01-01",
        "2025-07-01",
    ]
    assert claim.fixed_indemnity_cents == 4000
    assert [(s.series, s.period) for s in statement.sources] == [("ecb_refinancing", "2024-S1")]


@pytest.mark.parametrize(
    ("due", "percent"),
    [
        pytest.param("2024-06-29", "12.50", id="begins on 30 June"),
        pytest.param("2024-06-30", "12.25", id="begins on 1 July"),
        pytest.param("2024-07-01", "12.25", id="begins on 2 July"),
    ],
)
def test_the_half_year_in_which_interest_begins_fixes_the_public_rate(
    due: str, percent: str
) -> None:
    case = case_of(invoice(due=due), debtor=PUBLIC_BUYER)
    assert {line[4] for line in lines(only(computed(case, "2024-12-31")))} == {percent}


def test_a_frozen_rate_is_known_beyond_the_last_published_half_year() -> None:
    case = case_of(invoice(due="2026-05-31"), debtor=PUBLIC_BUYER)
    assert {line[4] for line in lines(only(computed(case, "2027-03-31")))} == {"10.15"}


def test_a_residential_tenant_owes_no_penalty_and_legal_interest_only_from_a_notice() -> None:
    rent = invoice(
        type="rent",
        due="2026-09-05",
        late_interest=agreed("12"),
        penalty_clause=PenaltyClause(amount_cents=50_00),
    )
    case = case_of(rent, creditor=INDIVIDUAL, debtor=INDIVIDUAL)
    silent = computed(case, "2026-11-22")
    assert (only(silent).interest, only(silent).penalty_clause_cents) == ([], 0)
    assert "rent-penalty-void" in codes(silent)
    noticed = only(computed(replace(case, steps=[notice("2026-10-01")]), "2026-11-22"))
    assert {line[4] for line in lines(noticed)} == {"6.84"}
    assert noticed.penalty_clause_cents == 0


# Penalty clause


def test_a_penalty_clause_waits_for_a_notice_and_the_warning_names_the_sum() -> None:
    case = case_of(invoice(penalty_clause=PenaltyClause(rate=Decimal("0.10"))))
    statement = computed(case, "2026-11-22")
    assert only(statement).penalty_clause_cents == 0
    (warning,) = [w for w in statement.warnings if w.code == "penalty-clause-needs-formal-notice"]
    assert "100,00\u00a0€" in warning.detail


@pytest.mark.parametrize(
    ("noticed_on", "cents"),
    [
        pytest.param("2026-01-31", 0, id="on the due date: not late"),
        pytest.param("2026-02-01", 100_00, id="before the payment: on the whole"),
        # 28 days: 1 000.00 x 12.15 x 28 / 36 500 = 9.320... -> 9.32 of interest, then 290.68 of
        # principal; 709.32 is left, and a tenth is 70.932
        pytest.param("2026-02-28", 70_93, id="on the day of the payment: on what is left"),
        pytest.param("2026-11-22", 70_93, id="on the day of the statement"),
        pytest.param("2026-11-23", 0, id="after the statement"),
    ],
)
def test_a_penalty_clause_is_a_share_of_the_principal_owed_on_the_day_of_the_notice(
    noticed_on: str, cents: int
) -> None:
    case = case_of(
        invoice(penalty_clause=PenaltyClause(rate=Decimal("0.10"))),
        payments=[paid("2026-02-28", 300_00)],
        steps=[notice(noticed_on)],
    )
    assert only(computed(case, "2026-11-22")).penalty_clause_cents == cents


def test_a_fixed_penalty_is_due_once() -> None:
    case = case_of(
        invoice(penalty_clause=PenaltyClause(amount_cents=75_00)),
        steps=[notice("2026-03-01"), notice("2026-04-01")],
    )
    assert only(computed(case, "2026-11-22")).penalty_clause_cents == 75_00


def test_no_penalty_on_a_claim_paid_before_the_notice() -> None:
    case = case_of(
        invoice(penalty_clause=PenaltyClause(amount_cents=75_00)),
        payments=[paid("2026-01-31", 1_000_00)],
        steps=[notice("2026-03-01")],
    )
    statement = computed(case, "2026-11-22")
    assert statement.totals.due_cents == 0
    assert "penalty-clause-needs-formal-notice" not in codes(statement)


def test_a_penalty_against_a_consumer_is_warned_about() -> None:
    claim = invoice(penalty_clause=PenaltyClause(amount_cents=75_00))
    case = case_of(claim, debtor=INDIVIDUAL, steps=[notice("2026-03-01")])
    assert "penalty-clause-consumer" in codes(computed(case, "2026-11-22"))


# Insolvency


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        pytest.param("2026-03-08", 36, id="two days before"),
        pytest.param("2026-03-09", 37, id="day before the opening: the last counted"),
        pytest.param("2026-03-10", 37, id="day of the opening"),
        pytest.param("2026-03-11", 37, id="day after"),
    ],
)
def test_interest_stops_the_day_before_the_opening_judgment(as_of: str, days: int) -> None:
    case = case_of(invoice(due="2026-01-31"), debtor=opened("2026-03-10"))
    statement = computed(case, as_of)
    assert sum(line.days for line in only(statement).interest) == days
    is_open = as_of >= "2026-03-10"
    assert ("interest-stopped-by-insolvency" in codes(statement)) is is_open
    assert (statement.daily_interest_cents == 0) is (as_of >= "2026-03-09")


@pytest.mark.parametrize(
    ("due", "cents"),
    [
        pytest.param("2026-03-09", 4000, id="fell due before the opening"),
        pytest.param("2026-03-10", 0, id="fell due on its day"),
        pytest.param("2026-03-11", 0, id="fell due after"),
    ],
)
def test_no_flat_fee_when_the_opening_forbade_payment_at_maturity(due: str, cents: int) -> None:
    claim = invoice(due=due, issued_on=day("2026-02-01"))
    statement = computed(case_of(claim, debtor=opened("2026-03-10")), "2026-11-22")
    assert only(statement).fixed_indemnity_cents == cents
    assert ("recovery-fee-barred-by-insolvency" in codes(statement)) is (cents == 0)


def test_a_claim_born_after_the_opening_bears_interest() -> None:
    claim = invoice(due="2026-05-31", issued_on=day("2026-03-10"))
    result = only(computed(case_of(claim, debtor=opened("2026-03-10")), "2026-06-30"))
    assert sum(line.days for line in result.interest) == 30
    assert result.fixed_indemnity_cents == 4000


def test_a_notice_after_the_opening_brings_no_penalty() -> None:
    claim = invoice(penalty_clause=PenaltyClause(amount_cents=75_00))
    for noticed_on, cents in (("2026-03-09", 75_00), ("2026-03-10", 0)):
        case = case_of(claim, debtor=opened("2026-03-10"), steps=[notice(noticed_on)])
        assert only(computed(case, "2026-11-22")).penalty_clause_cents == cents


# The rest


def test_a_claim_not_due_counts_its_principal_and_says_so() -> None:
    statement = computed(case_of(invoice(due="2026-12-31")), "2026-11-22")
    assert statement.totals.due_cents == 1_000_00
    assert statement.daily_interest_cents == 0
    assert codes(statement) == {"claim-not-due"}


def test_a_claim_due_today_is_not_said_to_be_not_due() -> None:
    assert codes(computed(case_of(invoice(due="2026-11-22")), "2026-11-22")) == set()


def test_only_the_costs_borne_by_the_debtor_are_counted() -> None:
    costs = [
        Cost(label="Signification", amount_cents=84_30, type="service", borne_by="debtor"),
        Cost(label="Honoraires", amount_cents=310_00, type="other", borne_by="creditor"),
    ]
    statement = computed(case_of(invoice(due="2026-11-22"), costs=costs), "2026-11-22")
    assert statement.totals.costs_cents == 84_30
    assert statement.totals.due_cents == 1_084_30


def test_claims_in_two_currencies_are_refused() -> None:
    case = case_of(invoice("c1"), invoice("c2", currency="USD"))
    with pytest.raises(ClaimsContradict) as refused:
        computed(case, "2026-11-22")
    assert refused.value.faults[0].pointer == "/case/claims/1/currency"


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(ClaimsContradict, match="twice"):
        computed(case_of(invoice("c1"), invoice("c1")), "2026-11-22")


def test_payments_and_credit_notes_must_name_a_claim_of_the_case() -> None:
    case = case_of(
        invoice("c1"),
        payments=[paid("2026-03-01", 1, "c9")],
        credit_notes=[credited("2026-03-01", 1, "c8")],
    )
    with pytest.raises(ClaimsContradict) as refused:
        computed(case, "2026-11-22")
    assert [fault.pointer for fault in refused.value.faults] == [
        "/case/payments/0/claim_id",
        "/case/credit_notes/0/claim_id",
    ]


def test_a_statement_needs_a_debtor() -> None:
    with pytest.raises(InvalidFacts, match="debtor"):
        computed(case_of(invoice(), debtor=None), "2026-11-22")


def test_what_happens_after_the_day_of_the_statement_is_left_out_and_said() -> None:
    case = case_of(
        invoice(due="2026-01-31"),
        payments=[paid("2026-02-11", 100_00)],
        credit_notes=[credited("2026-02-11", 50_00)],
    )
    statement = computed(case, "2026-02-10")
    assert statement.totals.paid_cents == 0
    assert statement.totals.principal_cents == 1_000_00
    assert codes(statement) == {"payment-after-statement-day", "credit-note-after-statement-day"}


def test_french_texts_of_warnings_have_french_spaces() -> None:
    case = case_of(invoice(penalty_clause=PenaltyClause(rate=Decimal("0.10"))))
    for warning in computed(case, "2026-11-22").warnings:
        assert " :" not in warning.detail
        assert "'" not in warning.detail


def test_a_reference_of_the_client_comes_out_as_it_went_in() -> None:
    claim = invoice(number="F'{0} : 7", due="2026-12-31")
    (warning,) = computed(case_of(claim), "2026-11-22").warnings
    assert "F'{0} : 7" in warning.detail


def test_the_day_count_runs_over_many_years() -> None:
    case = case_of(invoice(due="2015-12-31", late_interest=agreed("10")))
    claim = only(computed(case, "2026-06-30"))
    assert sum(line.days for line in claim.interest) == (day("2026-06-30") - day("2015-12-31")).days
    assert len(claim.interest) == 21
    assert days_after("2015-12-31", 1) == claim.interest[0].first_on


def test_tables_cut_short_refuse_what_lies_beyond() -> None:
    case = case_of(invoice(due="2025-05-31"))
    short = RATES.truncated("2026-S1")
    assert only(computed(case, "2025-12-31", rates=short)).interest_cents > 0
    with pytest.raises(RateUnknown, match="2026-S1"):
        computed(case, "2026-01-01", rates=short)
