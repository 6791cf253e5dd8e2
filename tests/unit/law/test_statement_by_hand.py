"""Statements equal to the cent to a computation by hand, written out beside each figure.

Interest of a line, in euros = base x rate in percent x days / 36 500, rounded half up.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from law.case import PenaltyClause
from law.rates import RateUsed
from law.statement import Totals
from tests.support.law_facts import (
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

TEN_PERCENT = PenaltyClause(rate=Decimal("0.10"))
CASE_05 = case_of(
    invoice("c1", due="2025-05-31", cents=7_200_00, issued_on=day("2025-04-30")),
    invoice("c2", due="2025-10-31", cents=4_980_00, issued_on=day("2025-09-30")),
    invoice("c3", due="2026-04-30", cents=1_530_48, issued_on=day("2026-03-31")),
    payments=[paid("2025-12-15", 2_000_00, "c1")],
)
CASE_05 = replace(
    CASE_05,
    claims=[
        replace(claim, late_interest=agreed("15.00"), penalty_clause=TEN_PERCENT)
        for claim in CASE_05.claims
    ],
)
CASE_06 = case_of(invoice("c1", due="2026-05-31", cents=5_182_50, issued_on=day("2026-04-30")))


def test_case_05_three_invoices_at_15_percent_with_a_part_payment() -> None:
    statement = computed(CASE_05, "2026-11-22")
    c1, c2, c3 = statement.claims

    # Invoice 25-0417: 7 200.00, due 31 May 2025, so from 1 June 2025. Days: June 30; July to
    # 15 December = 31+31+30+31+30+15 = 168; 16 to 31 December = 16; January to June 2026 =
    # 31+28+31+30+31+30 = 181; July to 22 November = 31+31+30+31+22 = 145.
    #   7 200.00 x 15 x  30 / 36 500 = 3 240 000 / 36 500      =  88.767...  ->  88.77
    #   7 200.00 x 15 x 168 / 36 500 = 18 144 000 / 36 500     = 497.095...  -> 497.10
    # On 15 December 2025: 2 000.00 pays 88.77 + 497.10 = 585.87 of interest (1343-1), and
    #   2 000.00 - 585.87 = 1 414.13 of principal; 7 200.00 - 1 414.13 = 5 785.87 is left.
    #   5 785.87 x 15 x  16 / 36 500 = 1 388 608.80 / 36 500   =  38.044...  ->  38.04
    #   5 785.87 x 15 x 181 / 36 500 = 15 708 637.05 / 36 500  = 430.373...  -> 430.37
    #   5 785.87 x 15 x 145 / 36 500 = 12 584 267.25 / 36 500  = 344.774...  -> 344.77
    assert lines(c1) == [
        ("2025-06-01", "2025-06-30", 30, 7_200_00, "15.00", 88_77),
        ("2025-07-01", "2025-12-15", 168, 7_200_00, "15.00", 497_10),
        ("2025-12-16", "2025-12-31", 16, 5_785_87, "15.00", 38_04),
        ("2026-01-01", "2026-06-30", 181, 5_785_87, "15.00", 430_37),
        ("2026-07-01", "2026-11-22", 145, 5_785_87, "15.00", 344_77),
    ]
    # 88.77 + 497.10 + 38.04 + 430.37 + 344.77 = 1 399.05
    # left: 5 785.87 + 38.04 + 430.37 + 344.77 + 40.00 = 6 639.05
    assert c1.interest_cents == 1_399_05
    assert c1.paid_cents == 2_000_00
    assert c1.outstanding_principal_cents == 5_785_87
    assert c1.outstanding_cents == 6_639_05

    # Invoice 25-0933: 4 980.00, due 31 October 2025. Days: November and December 61; 181; 145.
    #   4 980.00 x 15 x  61 / 36 500 = 4 556 700 / 36 500      = 124.841...  -> 124.84
    #   4 980.00 x 15 x 181 / 36 500 = 13 520 700 / 36 500     = 370.430...  -> 370.43
    #   4 980.00 x 15 x 145 / 36 500 = 10 831 500 / 36 500     = 296.753...  -> 296.75
    assert lines(c2) == [
        ("2025-11-01", "2025-12-31", 61, 4_980_00, "15.00", 124_84),
        ("2026-01-01", "2026-06-30", 181, 4_980_00, "15.00", 370_43),
        ("2026-07-01", "2026-11-22", 145, 4_980_00, "15.00", 296_75),
    ]
    # 124.84 + 370.43 + 296.75 = 792.02; 4 980.00 + 792.02 + 40.00 = 5 812.02
    assert (c2.interest_cents, c2.outstanding_cents) == (792_02, 5_812_02)

    # Invoice 26-0288: 1 530.48, due 30 April 2026. Days: May and June 61; 145.
    #   1 530.48 x 15 x  61 / 36 500 = 1 400 389.20 / 36 500   =  38.366...  ->  38.37
    #   1 530.48 x 15 x 145 / 36 500 = 3 328 794.00 / 36 500   =  91.199...  ->  91.20
    assert lines(c3) == [
        ("2026-05-01", "2026-06-30", 61, 1_530_48, "15.00", 38_37),
        ("2026-07-01", "2026-11-22", 145, 1_530_48, "15.00", 91_20),
    ]
    # 38.37 + 91.20 = 129.57; 1 530.48 + 129.57 + 40.00 = 1 700.05
    assert (c3.interest_cents, c3.outstanding_cents) == (129_57, 1_700_05)

    # 7 200.00 + 4 980.00 + 1 530.48 = 13 710.48; 1 399.05 + 792.02 + 129.57 = 2 320.64;
    # 6 639.05 + 5 812.02 + 1 700.05 = 14 151.12 = 13 710.48 + 2 320.64 + 120.00 - 2 000.00
    assert statement.totals == Totals(
        principal_cents=13_710_48,
        interest_cents=2_320_64,
        fixed_indemnity_cents=120_00,
        penalty_clause_cents=0,
        costs_cents=0,
        paid_cents=2_000_00,
        due_cents=14_151_12,
    )
    # One more day: 5 785.87 x 15 / 36 500 = 2.377... -> 2.38; 4 980.00 x 15 / 36 500 =
    # 2.046... -> 2.05; 1 530.48 x 15 / 36 500 = 0.628... -> 0.63; 2.38 + 2.05 + 0.63 = 5.06
    assert statement.daily_interest_cents == 5_06
    # No formal notice yet: the clause would be 10 % of 5 785.87, 4 980.00 and 1 530.48.
    # Invoice 25-0933 has borne interest for a year on 31 October 2026: capitalisation is recalled.
    assert codes(statement) == {"penalty-clause-needs-formal-notice", "interest-not-capitalised"}
    assert statement.sources == []  # an agreed rate rests on no published one


def test_case_05_as_the_formal_notice_itself_counts_the_penalty_clause() -> None:
    statement = computed(CASE_05, "2026-11-22", notice_on=day("2026-11-22"))
    # 578.587 -> 578.59; 498.00; 153.048 -> 153.05; together 1 229.64
    assert [claim.penalty_clause_cents for claim in statement.claims] == [578_59, 498_00, 153_05]
    assert statement.totals.penalty_clause_cents == 1_229_64
    assert statement.totals.due_cents == 14_151_12 + 1_229_64
    assert codes(statement) == {"interest-not-capitalised"}


def test_case_06_ecb_plus_ten_over_two_half_years() -> None:
    statement = computed(CASE_06, "2026-11-22", notice_on=day("2026-11-22"))
    claim = only(statement)
    # ECB on 1 January 2026: 2.15, so 12.15 %; on 1 July 2026: 2.40, so 12.40 %.
    # Due 31 May 2026: June 30 days; July to 22 November 145 days.
    #   5 182.50 x 12.15 x  30 / 36 500 = 1 889 021.25 / 36 500 =  51.754...  ->  51.75
    #   5 182.50 x 12.40 x 145 / 36 500 = 9 318 135.00 / 36 500 = 255.291...  -> 255.29
    assert lines(claim) == [
        ("2026-06-01", "2026-06-30", 30, 5_182_50, "12.15", 51_75),
        ("2026-07-01", "2026-11-22", 145, 5_182_50, "12.40", 255_29),
    ]
    assert {line.basis for line in claim.interest} == {"ecb_plus"}
    # 51.75 + 255.29 = 307.04; 5 182.50 + 307.04 + 40.00 = 5 529.54
    assert claim.interest_cents == 307_04
    assert claim.fixed_indemnity_cents == 40_00
    assert statement.totals.due_cents == 5_529_54
    # 5 182.50 x 12.40 / 36 500 = 1.760... -> 1.76
    assert statement.daily_interest_cents == 1_76
    assert statement.sources == [
        RateUsed(series="ecb_refinancing", period="2026-S1", rate=Decimal("0.0215")),
        RateUsed(series="ecb_refinancing", period="2026-S2", rate=Decimal("0.0240")),
    ]


def test_the_example_of_the_api_page() -> None:
    # 1 000.00 x 12.15 x 150 / 36 500 = 49.931... -> 49.93, from 1 February to 30 June 2026
    # 1 000.00 x 12.40 x 145 / 36 500 = 49.260... -> 49.26; a day: 0.3397... -> 0.34
    statement = computed(case_of(invoice(due="2026-01-31", cents=1_000_00)), "2026-11-22")
    assert lines(only(statement)) == [
        ("2026-02-01", "2026-06-30", 150, 1_000_00, "12.15", 49_93),
        ("2026-07-01", "2026-11-22", 145, 1_000_00, "12.40", 49_26),
    ]
    assert statement.daily_interest_cents == 34


def test_the_official_example_of_legal_interest_62_days_at_the_individuals_rate() -> None:
    """Service-public F20688 (28 June 2024): 2 000 EUR, 17 September to 17 November 2019.

    (2 000 x 62 x 3.26 %) / 365 = 11.08: the starting day is counted.
    """
    case = case_of(
        invoice(type="loan", due="2019-08-31", cents=2_000_00),
        creditor=INDIVIDUAL,
        debtor=INDIVIDUAL,
        steps=[notice("2019-09-17")],
    )
    statement = computed(case, "2019-11-17")
    assert lines(only(statement)) == [
        ("2019-09-17", "2019-11-17", 62, 2_000_00, "3.26", 11_08),
    ]
    assert "notice-day-counted" in codes(statement)


def test_the_official_example_second_part_44_days_at_8_26_percent() -> None:
    """The same page: (2 000 x 44 x 8.26 %) / 365 = 19.91, 18 November to 31 December 2019."""
    claim = invoice(
        type="loan",
        due="2019-08-31",
        cents=2_000_00,
        late_interest=agreed("8.26"),
        interest_from=day("2019-11-18"),
    )
    case = case_of(claim, creditor=INDIVIDUAL, debtor=INDIVIDUAL)
    assert lines(only(computed(case, "2019-12-31"))) == [
        ("2019-11-18", "2019-12-31", 44, 2_000_00, "8.26", 19_91),
    ]


def test_the_official_example_keeps_365_days_in_the_leap_year_2020() -> None:
    """The same page says that 365 is used although 2020 is a leap year.

    Its third part is 2 030.99 x 100 days x 8.15 % / 365 = 45.35; 1 January to 9 April has the
    100 days it counts.
    """
    claim = invoice(
        type="loan",
        due="2019-08-31",
        cents=2_030_99,
        late_interest=agreed("8.15"),
        interest_from=day("2020-01-01"),
    )
    case = case_of(claim, creditor=INDIVIDUAL, debtor=INDIVIDUAL)
    assert lines(only(computed(case, "2020-04-09"))) == [
        ("2020-01-01", "2020-04-09", 100, 2_030_99, "8.15", 45_35),
    ]
