"""Until when a claim may be sued for: periods, what interrupts, what is left to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.case import Case, Claim, Party, Step
from law.checks import limitation_checks
from law.limitation import Limitation, limitation, presentation_end
from tests.support.law_facts import (
    ADDRESS,
    COMPANY,
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    SOLE_TRADER,
    case_of,
    day,
    days_after,
    invoice,
    notice,
    paid,
)

CIVIL_FIRM = replace(COMPANY, name="Témoins SCI", legal_form="SCI", activity="civil")
CONSUMER: dict[str, Any] = {"debtor": INDIVIDUAL}
CHEQUE = invoice(type="cheque", due="2026-03-02")
RENT = invoice(type="rent", due="2023-05-05")


def _limit(claim: Claim, as_of: str = "2026-11-25", **parties: Any) -> Limitation:
    return limitation(case_of(claim, **parties), claim, day(as_of))


def _step(on: str, type_: Any) -> Step:
    return Step(on=day(on), type=type_)


def _steps(text: str) -> list[Step]:
    """Steps from a text such as ``2025-03-01 court_order, 2025-04-01 service``."""
    return [_step(*item.split()) for item in text.split(", ")] if text else []


@pytest.mark.parametrize(
    ("creditor", "debtor", "claim", "months", "article"),
    [
        pytest.param(COMPANY, OTHER_COMPANY, invoice(), 60, "art. L. 110-4 C. com.", id="traders"),
        pytest.param(
            COMPANY, CIVIL_FIRM, invoice(), 60, "art. L. 110-4 C. com.", id="trader, non-trader"
        ),
        pytest.param(
            CIVIL_FIRM, SOLE_TRADER, invoice(), 60, "art. 2224 C. civ.", id="no trader at all"
        ),
        pytest.param(
            INDIVIDUAL, COMPANY, invoice(), 60, "art. L. 110-4 C. com.", id="private against trader"
        ),
        pytest.param(
            INDIVIDUAL, INDIVIDUAL, invoice(type="other"), 60, "art. 2224 C. civ.", id="private"
        ),
        pytest.param(COMPANY, INDIVIDUAL, invoice(), 24, "art. L. 218-2 C. conso.", id="consumer"),
        pytest.param(
            COMPANY,
            INDIVIDUAL,
            invoice(legal_basis="statute"),
            60,
            "art. L. 110-4 C. com.",
            id="an individual, but not for goods or services",
        ),
        pytest.param(
            COMPANY,
            INDIVIDUAL,
            invoice(type="loan"),
            24,
            "art. R. 312-35 C. conso.",
            id="consumer credit",
        ),
        pytest.param(
            COMPANY, OTHER_COMPANY, invoice(type="loan"), 60, "art. L. 110-4 C. com.", id="loan"
        ),
        pytest.param(
            COMPANY,
            INDIVIDUAL,
            RENT,
            36,
            "art. 7-1 loi n° 89-462 du 6 juillet 1989",
            id="residential rent, though the landlord is a professional",
        ),
        pytest.param(
            INDIVIDUAL,
            INDIVIDUAL,
            RENT,
            36,
            "art. 7-1 loi n° 89-462 du 6 juillet 1989",
            id="residential rent of a private landlord",
        ),
        pytest.param(CIVIL_FIRM, COMPANY, RENT, 60, "art. L. 110-4 C. com.", id="rent of a shop"),
        pytest.param(COMPANY, INDIVIDUAL, CHEQUE, 6, "art. L. 131-59 CMF", id="cheque"),
    ],
)
def test_the_period_follows_from_claim_and_parties(
    creditor: Party, debtor: Party, claim: Claim, months: int, article: str
) -> None:
    found = _limit(claim, creditor=creditor, debtor=debtor)
    assert (found.months, found.article) == (months, article)


@pytest.mark.parametrize(
    ("claim", "debtor", "last_day", "ends_on"),
    [
        pytest.param(
            invoice(due="2021-11-24"), OTHER_COMPANY, "2026-11-24", "2026-11-24", id="Tuesday"
        ),
        pytest.param(
            invoice(due="2021-11-01"), OTHER_COMPANY, "2026-11-01", "2026-11-02", id="Sunday"
        ),
        pytest.param(
            invoice(due="2024-02-29"), INDIVIDUAL, "2026-02-28", "2026-03-02", id="no 29 February"
        ),
        pytest.param(
            invoice(due="2024-12-25"), INDIVIDUAL, "2026-12-25", "2026-12-28", id="Christmas"
        ),
        pytest.param(RENT, INDIVIDUAL, "2026-05-05", "2026-05-05", id="three years"),
        pytest.param(CHEQUE, OTHER_COMPANY, "2026-09-10", "2026-09-10", id="six months"),
    ],
)
def test_the_last_day_is_open_and_the_day_after_its_end_is_not(
    claim: Claim, debtor: Party, last_day: str, ends_on: str
) -> None:
    before = _limit(claim, days_after(last_day, -1).isoformat(), debtor=debtor)
    assert (before.last_day, before.ends_on) == (day(last_day), day(ends_on))
    outcomes = [
        _limit(claim, days_after(ends_on, days).isoformat(), debtor=debtor).outcome
        for days in (-1, 0, 1)
    ]
    assert outcomes == ["near", "near", "expired"]


def test_limitation_is_near_from_four_months_before_its_last_day() -> None:
    claim = invoice(due="2021-11-24")
    days = ("2026-07-23", "2026-07-24", "2026-07-25")
    assert [_limit(claim, on).outcome for on in days] == ["open", "near", "near"]


def test_between_the_last_day_and_its_postponement_the_doubt_is_told() -> None:
    claim = invoice(due="2021-11-01")
    assert "642" not in " ".join(_limit(claim, "2026-11-01").notes)
    assert "642" in " ".join(_limit(claim, "2026-11-02").notes)


@pytest.mark.parametrize(
    ("steps", "starts_on", "months", "interrupted_on"),
    [
        pytest.param("", "2024-06-10", 24, None, id="nothing"),
        pytest.param("2025-06-10 reminder", "2024-06-10", 24, None, id="reminder"),
        pytest.param("2025-06-10 formal_notice", "2024-06-10", 24, None, id="formal notice"),
        pytest.param("2025-06-10 phone_call", "2024-06-10", 24, None, id="call"),
        pytest.param("2025-06-10 visit", "2024-06-10", 24, None, id="visit"),
        pytest.param("2025-06-10 dispute", "2024-06-10", 24, None, id="dispute"),
        pytest.param("2025-06-10 undeliverable", "2024-06-10", 24, None, id="undeliverable"),
        pytest.param("2025-06-10 tracing", "2024-06-10", 24, None, id="tracing"),
        pytest.param("2025-06-10 other", "2024-06-10", 24, None, id="other"),
        pytest.param("2025-06-10 promise_to_pay", "2024-06-10", 24, None, id="promise (2240)"),
        pytest.param("2025-06-10 payment_plan", "2024-06-10", 24, None, id="plan (2240)"),
        pytest.param("2025-06-10 service", "2024-06-10", 24, None, id="service of one knows what"),
        pytest.param("2025-06-10 court_order", "2024-06-10", 24, None, id="order not served"),
        pytest.param(
            "2025-06-10 enforcement", "2025-06-10", 24, "2025-06-10", id="measure (2244, 2231)"
        ),
        pytest.param(
            "2025-06-10 court_order, 2025-07-01 service",
            "2025-06-10",
            120,
            "2025-07-01",
            id="order served: a title",
        ),
        pytest.param(
            "2025-06-10 court_order, 2025-07-01 service, 2026-02-03 enforcement",
            "2026-02-03",
            120,
            "2026-02-03",
            id="title enforced",
        ),
        pytest.param(
            "2025-06-10 court_order, 2026-02-03 enforcement",
            "2026-02-03",
            120,
            "2026-02-03",
            id="what is enforced was a title",
        ),
        pytest.param(
            "2025-07-01 service, 2025-06-10 court_order",
            "2025-06-10",
            120,
            "2025-07-01",
            id="steps in another order",
        ),
        pytest.param(
            "2024-06-10 enforcement", "2024-06-10", 24, None, id="on the day it begins to run"
        ),
        pytest.param("2026-06-11 enforcement", "2024-06-10", 24, None, id="when it is over"),
        pytest.param(
            "2026-06-10 enforcement", "2026-06-10", 24, "2026-06-10", id="on its last day"
        ),
        pytest.param("2026-11-26 enforcement", "2024-06-10", 24, None, id="after the day asked"),
    ],
)
def test_only_what_the_law_says_interrupts(
    steps: str, starts_on: str, months: int, interrupted_on: str | None
) -> None:
    found = _limit(invoice(due="2024-06-10"), **CONSUMER, steps=_steps(steps))
    assert (found.starts_on, found.months) == (day(starts_on), months)
    assert found.interrupted_on == (day(interrupted_on) if interrupted_on else None)
    assert found.is_title == (months == 120)


@pytest.mark.parametrize(
    ("order", "service", "is_title"),
    [
        pytest.param("2026-03-02", "2026-09-02", True, id="six months, last day"),
        pytest.param("2026-03-02", "2026-09-03", False, id="six months, day after"),
        pytest.param("2026-03-07", "2026-09-07", True, id="six months, last day a Monday"),
        pytest.param("2026-08-31", "2027-03-01", True, id="order of 31 August: six months, Sunday"),
        pytest.param("2026-08-31", "2027-03-02", False, id="order of 31 August, day after"),
        pytest.param("2026-09-01", "2026-12-01", True, id="order of 1 September: three months"),
        pytest.param("2026-09-01", "2026-12-02", False, id="order of 1 September, day after"),
        pytest.param("2026-09-02", "2026-12-02", True, id="order of 2 September"),
    ],
)
def test_an_order_served_too_late_is_no_title(order: str, service: str, is_title: bool) -> None:  # noqa: FBT001 - a table
    steps = [_step(order, "court_order"), _step(service, "service")]
    found = _limit(invoice(due="2025-12-10"), "2027-06-01", steps=steps)
    assert found.is_title == is_title
    assert ("art. 1411" in " ".join(found.notes)) == (not is_title)


def test_a_title_stands_though_the_decision_came_after_the_period() -> None:
    steps = _steps("2025-09-01 court_order, 2025-10-01 service")
    found = _limit(invoice(due="2022-01-10"), **CONSUMER, steps=steps)
    assert (found.outcome, found.last_day) == ("open", day("2035-09-01"))
    assert "la demande a dû être formée avant" in " ".join(found.notes)


def test_a_title_that_is_over_is_not_revived() -> None:
    steps = _steps("2010-01-04 court_order, 2010-02-01 service, 2020-01-07 enforcement")
    found = _limit(invoice(due="2009-01-10"), "2026-11-25", steps=steps)
    assert (found.outcome, found.last_day) == ("expired", day("2020-01-04"))


def test_twenty_years_are_told_when_interruptions_pass_them() -> None:
    steps = _steps("2010-01-04 court_order, 2010-02-01 service, 2019-12-02 enforcement")
    found = _limit(invoice(due="2009-01-10"), "2026-11-25", steps=steps)
    assert found.last_day == day("2029-12-02")
    assert "2232" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("steps", "payments", "if_confirmed_on", "word"),
    [
        pytest.param("2025-06-10 promise_to_pay", [], "2027-06-10", "2240", id="promise"),
        pytest.param("2025-06-10 payment_plan", [], "2027-06-10", "2240", id="plan"),
        pytest.param("", ["2025-06-10"], "2027-06-10", "paiement partiel", id="part payment"),
        pytest.param("2025-06-10 service", [], "2027-06-10", "assignation", id="summons or not"),
        pytest.param("2025-06-10 court_order", [], "2035-06-10", "89-13.345", id="unserved order"),
        pytest.param(
            "2025-06-10 payment_plan", ["2027-06-10"], "2029-06-10", "2240", id="one after another"
        ),
        pytest.param("", ["2024-06-09"], None, "", id="payment before the due date"),
        pytest.param("2026-06-11 promise_to_pay", [], None, "n'interrompt plus", id="too late"),
        pytest.param(
            "2026-06-11 court_order", [], "2036-06-11", "demande en justice", id="late decision"
        ),
    ],
)
def test_what_may_interrupt_is_told_and_not_counted(
    steps: str, payments: list[str], if_confirmed_on: str | None, word: str
) -> None:
    found = _limit(
        invoice(due="2024-06-10"),
        "2028-01-10",
        **CONSUMER,
        steps=_steps(steps),
        payments=[paid(on, 1_000, "c1") for on in payments],
    )
    assert (found.outcome, found.last_day) == ("expired", day("2026-06-10"))
    assert found.if_confirmed_on == (day(if_confirmed_on) if if_confirmed_on else None)
    assert word in " ".join(found.notes).replace("\u2019", "'")


def test_a_payment_of_another_claim_acknowledges_nothing() -> None:
    claim, other = invoice(due="2024-06-10"), invoice("c2", due="2024-07-10")
    case = case_of(claim, other, **CONSUMER, payments=[paid("2025-06-10", 1_000, "c2")])
    assert limitation(case, claim, day("2025-11-25")).if_confirmed_on is None
    assert limitation(case, other, day("2025-11-25")).if_confirmed_on == day("2027-06-10")


@pytest.mark.parametrize(
    ("issued", "end"),
    [
        pytest.param("2026-03-02", "2026-03-10", id="eight days, first not counted"),
        pytest.param("2026-03-06", "2026-03-14", id="Saturday is not passed over"),
        pytest.param("2026-03-07", "2026-03-16", id="Sunday is"),
        pytest.param("2026-05-06", "2026-05-15", id="Ascension Day is"),
        pytest.param("2026-05-05", "2026-05-13", id="a holiday within is counted"),
    ],
)
def test_a_cheque_is_presented_within_eight_days(issued: str, end: str) -> None:
    assert presentation_end(day(issued)) == day(end)


def test_each_action_of_a_cheque_has_its_period() -> None:
    found = _limit(CHEQUE)
    assert found.last_day == day("2026-09-10")
    assert [(other.last_day, other.article) for other in found.others] == [
        (day("2027-03-10"), "art. L. 131-59 CMF"),
        (None, "art. L. 131-59 CMF"),
        (None, "art. 1353 C. civ."),
    ]
    assert not _limit(invoice()).others


def test_a_presentation_that_ends_on_a_saturday_is_told() -> None:
    on_saturday = invoice(type="cheque", due="2026-03-06")
    assert "samedi" in " ".join(_limit(on_saturday).notes)
    assert "samedi" not in " ".join(_limit(CHEQUE).notes)


def test_the_title_of_a_cheque_prescribes_as_the_claim_does() -> None:
    steps = _steps("2026-05-04 court_order, 2026-06-01 service")
    found = _limit(CHEQUE, steps=steps)
    assert (found.is_title, found.last_day) == (False, day("2026-12-01"))
    assert "L. 111-4" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("claim", "parties", "words"),
    [
        pytest.param(invoice(), {"debtor": PUBLIC_BUYER}, "personne publique", id="public debtor"),
        pytest.param(
            invoice(), {"creditor": PUBLIC_BUYER}, "personne publique", id="public creditor"
        ),
        pytest.param(
            invoice(legal_basis="bill_of_exchange"), {}, "effet de commerce", id="bill of exchange"
        ),
        pytest.param(
            invoice(
                description="Transport Lyon-Lille", due="2026-02-28", issued_on=day("2026-01-29")
            ),
            {},
            "29 janvier 2027",
            id="carriage of goods: one year",
        ),
        pytest.param(
            invoice(),
            {"debtor": replace(OTHER_COMPANY, address=replace(ADDRESS, postal_code="98713"))},
            "1575",
            id="Polynesia has its own procedure",
        ),
        pytest.param(
            invoice(),
            {"debtor": replace(OTHER_COMPANY, address=replace(ADDRESS, country="BE"))},
            "hors de France",
            id="abroad",
        ),
    ],
)
def test_a_period_that_may_be_another_one_is_told_though_it_is_open(
    claim: Claim, parties: dict[str, Any], words: str
) -> None:
    case = case_of(claim, **parties)
    (told,) = limitation(case, claim, day("2026-11-25")).doubts
    assert words in told
    (found,) = limitation_checks(case, day("2026-11-25"))
    assert found.outcome == "warn"
    assert words in found.detail


@pytest.mark.parametrize("postal_code", ["97110", "67000"])
def test_a_party_overseas_or_of_alsace_raises_no_doubt_on_the_period(postal_code: str) -> None:
    debtor = replace(OTHER_COMPANY, address=replace(ADDRESS, postal_code=postal_code))
    assert not _limit(invoice(), debtor=debtor).doubts


def _only_check(case: Case, as_of: str, **how: Any) -> tuple[str, str, str | None]:
    (found,) = limitation_checks(case, day(as_of), **how)
    return found.outcome, found.detail.replace("\u00a0", " ").replace("\u202f", " "), found.article


def test_an_open_limitation_passes_and_says_the_first_end() -> None:
    case = case_of(invoice(due="2026-01-31"), invoice("c2", due="2026-01-15"))
    outcome, detail, article = _only_check(case, "2026-11-25")
    assert (outcome, article) == ("pass", "art. L. 110-4 C. com.")
    assert "15 janvier 2031" in detail


def test_a_near_limitation_warns_that_a_formal_notice_does_not_interrupt() -> None:
    case = case_of(invoice(due="2022-01-10"), steps=[notice("2026-11-02")])
    outcome, detail, _ = _only_check(case, "2026-11-25")
    assert outcome == "warn"
    assert "10 janvier 2027" in detail
    assert "20-23.204" in detail


@pytest.mark.parametrize(
    ("parties", "steps", "before_court", "outcome"),
    [
        pytest.param(CONSUMER, "", False, "warn", id="letter to a consumer"),
        pytest.param(CONSUMER, "", True, "refuse", id="court against a consumer (R. 632-1)"),
        pytest.param({}, "", True, "warn", id="court between professionals (2247)"),
        pytest.param(
            CONSUMER, "2021-01-10 promise_to_pay", True, "refuse", id="a promise does not save it"
        ),
        pytest.param(CONSUMER, "2020-06-10 court_order", True, "warn", id="a judgment may save it"),
        pytest.param(
            CONSUMER, "2010-06-10 court_order, 2010-07-01 service", True, "warn", id="a title over"
        ),
    ],
)
def test_a_claim_that_is_over_is_refused_only_before_a_judge_who_may_say_so(
    parties: dict[str, Any],
    steps: str,
    before_court: bool,  # noqa: FBT001 - a table
    outcome: str,
) -> None:
    due = "2010-01-11" if steps.startswith("2010") else "2020-01-10"
    case = case_of(invoice(due=due), **parties, steps=_steps(steps))
    found, _, article = _only_check(case, "2026-11-25", before_court=before_court)
    assert found == outcome
    assert ("R. 632-1" in (article or "")) == (outcome == "refuse")


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(invoice(type="rent", due="2020-01-10"), id="rent: not of consumer law"),
        pytest.param(invoice(type="cheque", due="2020-01-10"), id="cheque: other actions are left"),
        pytest.param(invoice(legal_basis="statute", due="2020-01-10"), id="not a contract"),
    ],
)
def test_before_a_court_only_a_period_of_consumer_law_is_refused(claim: Claim) -> None:
    case = case_of(claim, **CONSUMER)
    outcome, _, _ = _only_check(case, "2026-11-25", before_court=True)
    assert outcome == "warn"


def test_a_promise_that_keeps_the_claim_alive_is_a_matter_for_a_person() -> None:
    case = case_of(invoice(due="2024-01-10"), **CONSUMER, steps=_steps("2025-06-10 promise_to_pay"))
    outcome, detail, _ = _only_check(case, "2026-11-25", before_court=True)
    assert outcome == "warn"
    assert "le terme est le 10 juin 2027" in detail


_ACTS = st.tuples(
    st.integers(-400, 4_000),
    st.sampled_from(
        ["reminder", "formal_notice", "promise_to_pay", "court_order", "service", "enforcement"]
    ),
)


@given(st.lists(_ACTS, max_size=8), st.integers(0, 5_000), st.sampled_from([24, 60]))
def test_no_step_shortens_a_period_and_doubt_only_lengthens_it(
    acts: list[tuple[int, Any]], age: int, months: int
) -> None:
    first = date(2012, 3, 1)
    parties = CONSUMER if months == 24 else {}
    claim = replace(invoice(), due_on=first)
    steps = [Step(on=first + timedelta(days=at), type=kind) for at, kind in acts]
    as_of = first + timedelta(days=age)
    bare = limitation(case_of(claim, **parties), claim, as_of)
    found = limitation(case_of(claim, **parties, steps=steps), claim, as_of)
    assert found.last_day >= bare.last_day
    assert found.if_confirmed_on is None or found.if_confirmed_on > found.last_day
    assert found.last_day <= found.ends_on
    assert (found.outcome == "expired") == (as_of > found.ends_on)


@given(st.lists(_ACTS, max_size=8))
def test_the_order_in_which_steps_are_told_does_not_matter(acts: list[tuple[int, Any]]) -> None:
    claim = replace(invoice(), due_on=date(2012, 3, 1))
    steps = [Step(on=claim.due_on + timedelta(days=at), type=kind) for at, kind in acts]
    found = limitation(case_of(claim, steps=steps), claim, day("2026-11-25"))
    turned = limitation(case_of(claim, steps=steps[::-1]), claim, day("2026-11-25"))
    assert found == turned
