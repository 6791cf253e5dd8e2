"""Whom nothing may be asked of, and from which day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Case, Insolvency
from law.checks import debtor
from law.findings import Outcome
from tests.support.law_facts import (
    INDIVIDUAL,
    OTHER_COMPANY,
    case_of,
    day,
    invoice,
)

OPENED = Insolvency(type="receivership", opened_on=day("2026-05-04"))


def insolvent(**claim: object) -> Case:
    """A claim against a company in receivership from 4 May 2026."""
    return case_of(invoice(**claim), debtor=replace(OTHER_COMPANY, insolvency=OPENED))


@pytest.mark.parametrize(
    ("issued", "outcome"),
    [
        pytest.param("2026-05-03", "refuse", id="born the day before the judgment"),
        pytest.param("2026-05-04", "warn", id="born on its day"),
        pytest.param("2026-05-05", "warn", id="born the day after"),
    ],
)
def test_a_claim_born_before_the_opening_may_not_be_asked_for(
    issued: str, outcome: Outcome
) -> None:
    case = insolvent(due="2026-06-30", issued_on=day(issued))
    found = debtor.debtor_in_insolvency(case, day("2026-11-22"))
    assert found.outcome == outcome
    assert found.pointer == "/case/debtor/insolvency"


def test_an_opening_after_the_day_of_the_act_is_not_known_yet() -> None:
    case = insolvent(due="2026-01-31")
    assert debtor.debtor_in_insolvency(case, day("2026-05-03")).outcome == "pass"
    assert debtor.debtor_in_insolvency(case, day("2026-05-04")).outcome == "refuse"


def test_the_refusal_names_the_claims_and_the_way_that_is_open() -> None:
    found = debtor.debtor_in_insolvency(insolvent(due="2026-01-31"), day("2026-11-22"))
    assert "C1" in found.detail
    assert "se déclare au passif" in found.detail
    assert found.article == "art. L. 622-7 et L. 622-21 C. com."


@pytest.mark.parametrize(
    ("case", "as_of", "outcome"),
    [
        pytest.param(case_of(invoice()), "2026-11-22", "refuse", id="no proceedings"),
        pytest.param(insolvent(due="2026-01-31"), "2026-05-03", "refuse", id="day before"),
        pytest.param(insolvent(due="2026-01-31"), "2026-05-04", "pass", id="day of the opening"),
        pytest.param(insolvent(due="2026-06-30"), "2026-07-31", "warn", id="later claim"),
    ],
)
def test_a_claim_is_declared_where_proceedings_are_open(
    case: Case, as_of: str, outcome: Outcome
) -> None:
    assert debtor.debtor_insolvent(case, day(as_of)).outcome == outcome


@pytest.mark.parametrize(
    ("as_of", "letter", "title"),
    [
        pytest.param("2026-05-31", "pass", "pass", id="day before admission"),
        pytest.param("2026-06-01", "refuse", "warn", id="day of admission"),
        pytest.param("2026-06-02", "refuse", "warn", id="day after"),
    ],
)
def test_admitted_over_indebtedness_forbids_letters_but_not_a_title(
    as_of: str, letter: Outcome, title: Outcome
) -> None:
    person = replace(INDIVIDUAL, over_indebtedness_admitted_on=day("2026-06-01"))
    case = case_of(invoice(due="2026-01-31"), debtor=person)
    assert debtor.debtor_over_indebted(case, day(as_of)).outcome == letter
    assert debtor.title_against_over_indebted(case, day(as_of)).outcome == title


def test_a_debt_born_after_admission_is_let_through_with_a_warning() -> None:
    person = replace(INDIVIDUAL, over_indebtedness_admitted_on=day("2026-06-01"))
    case = case_of(invoice(due="2026-06-30", issued_on=day("2026-06-01")), debtor=person)
    assert debtor.debtor_over_indebted(case, day("2026-11-22")).outcome == "warn"
