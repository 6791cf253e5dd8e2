"""Which law governs a claim, from which day, at which rule of rate."""

from __future__ import annotations

from datetime import date

import pytest

from law.case import Claim, LateInterest, Party
from law.half_years import half_year_of
from law.regime import Regime, RegimeName, Regimes, legal_column, regime_name
from tests.support.law_facts import (
    COMPANY,
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    RATES,
    SOLE_TRADER,
    agreed,
    case_of,
    day,
    invoice,
    notice,
)


def regime_of(
    claim: Claim, *notices: str, notice_on: str | None = None, **parties: Party
) -> Regime:
    """The regime of one claim as of 22 November 2026."""
    case = case_of(claim, steps=[notice(on) for on in notices], **parties)
    assert case.debtor is not None
    said = day(notice_on) if notice_on else None
    return Regimes(case, case.debtor, day("2026-11-22"), RATES, said).of(claim)


@pytest.mark.parametrize(
    ("creditor", "debtor", "claim", "name"),
    [
        pytest.param(COMPANY, OTHER_COMPANY, {}, "commercial", id="two companies"),
        pytest.param(SOLE_TRADER, COMPANY, {}, "commercial", id="sole trader"),
        pytest.param(COMPANY, PUBLIC_BUYER, {}, "public", id="public buyer"),
        pytest.param(COMPANY, INDIVIDUAL, {}, "civil", id="consumer"),
        pytest.param(INDIVIDUAL, COMPANY, {}, "civil", id="individual against a company"),
        pytest.param(INDIVIDUAL, PUBLIC_BUYER, {}, "civil", id="individual, public body"),
        pytest.param(COMPANY, OTHER_COMPANY, {"type": "loan"}, "civil", id="loan"),
        pytest.param(COMPANY, OTHER_COMPANY, {"type": "cheque"}, "civil", id="cheque"),
        pytest.param(COMPANY, OTHER_COMPANY, {"type": "other"}, "civil", id="other"),
        pytest.param(COMPANY, OTHER_COMPANY, {"legal_basis": "damages"}, "civil", id="damages"),
        pytest.param(COMPANY, OTHER_COMPANY, {"type": "rent"}, "civil", id="commercial rent"),
        pytest.param(COMPANY, INDIVIDUAL, {"type": "rent"}, "residential_rent", id="home"),
    ],
)
def test_the_parties_and_the_nature_of_the_claim_decide(
    creditor: Party, debtor: Party, claim: dict[str, str], name: RegimeName
) -> None:
    assert regime_name(creditor, debtor, invoice(**claim)) == name


@pytest.mark.parametrize(
    ("creditor", "column"),
    [
        (COMPANY, "other"),
        (SOLE_TRADER, "other"),
        (PUBLIC_BUYER, "other"),
        (INDIVIDUAL, "consumer_creditor"),
    ],
)
def test_the_column_of_the_legal_rate_follows_the_creditor(creditor: Party, column: str) -> None:
    assert legal_column(creditor) == column


@pytest.mark.parametrize(
    ("notices", "starts_on"),
    [
        pytest.param(["2026-01-30"], None, id="day before the due date"),
        pytest.param(["2026-01-31"], None, id="due date"),
        pytest.param(["2026-02-01"], "2026-02-01", id="day after"),
        pytest.param(["2026-03-02", "2026-02-16"], "2026-02-16", id="the first of two"),
        pytest.param(["2026-11-23"], None, id="after the statement"),
        pytest.param([], None, id="none"),
    ],
)
def test_legal_interest_begins_on_the_first_notice_after_the_due_date(
    notices: list[str], starts_on: str | None
) -> None:
    regime = regime_of(invoice(due="2026-01-31"), *notices, debtor=INDIVIDUAL)
    assert regime.starts_on == (day(starts_on) if starts_on else None)


def test_an_earlier_notice_prevails_over_the_letter_being_made() -> None:
    claim = invoice(due="2026-01-31")
    alone = regime_of(claim, notice_on="2026-11-20", debtor=INDIVIDUAL)
    assert (alone.starts_on, alone.noticed_on) == (day("2026-11-21"), day("2026-11-20"))
    both = regime_of(claim, "2026-03-02", notice_on="2026-11-20", debtor=INDIVIDUAL)
    assert (both.starts_on, both.noticed_on) == (day("2026-03-02"), day("2026-03-02"))


def test_claims_on_equal_terms_share_one_rule() -> None:
    first, second = invoice("c1"), invoice("c2", due="2026-03-31")
    other = invoice("c3", late_interest=agreed("12"))
    case = case_of(first, second, other)
    regimes = Regimes(case, OTHER_COMPANY, day("2026-11-22"), RATES, None)
    assert regimes.of(first).terms is regimes.of(second).terms
    assert regimes.of(first).terms is not regimes.of(other).terms


@pytest.mark.parametrize(
    ("interest", "on", "percent"),
    [
        (None, "2026-06-30", "12.15"),
        (None, "2026-07-01", "12.40"),
        (LateInterest(basis="legal"), "2026-06-30", "2.62"),
        (LateInterest(basis="legal"), "2026-07-01", "2.75"),
        (agreed("9.5"), "2026-07-01", "9.50"),
    ],
)
def test_the_rule_gives_the_rate_of_each_half_year(
    interest: LateInterest | None, on: str, percent: str
) -> None:
    terms = regime_of(invoice(late_interest=interest)).terms
    assert terms is not None
    yearly = terms.at(half_year_of(date.fromisoformat(on)))
    assert f"{yearly.rate * 100:.2f}" == percent
    assert yearly.numerator * 365 == yearly.rate * yearly.denominator


def test_no_interest_agreed_leaves_no_rule() -> None:
    assert regime_of(invoice(late_interest=LateInterest(basis="none"))).terms is None
