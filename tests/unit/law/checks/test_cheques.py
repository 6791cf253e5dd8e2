"""Unpaid cheques: words over figures, reasons of refusal, thirty days, a year."""

from __future__ import annotations

from typing import Any

import pytest

from law.case import Case, Cheque, DraweeBank
from law.checks import cheque
from law.findings import Outcome
from tests.support.law_facts import case_of, day, invoice


def unpaid(*, cents: int = 1_250_00, issued: str = "2026-03-02", **more: Any) -> Case:
    """A cheque issued on 2 March 2026, presented on the 5th, refused for want of funds."""
    facts: dict[str, Any] = {
        "number": "0830047",
        "drawee_bank": DraweeBank(name="Banque de l'Essai"),
        "presented_on": day("2026-03-05"),
        "rejection_reason": "insufficient_funds",
        **more,
    }
    claim = invoice(
        type="cheque", due=issued, issued_on=day(issued), cents=cents, cheque=Cheque(**facts)
    )
    return case_of(claim)


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        pytest.param("2026-04-03", "refuse", id="29 days"),
        pytest.param("2026-04-04", "refuse", id="thirtieth day"),
        pytest.param("2026-04-05", "pass", id="day after"),
    ],
)
def test_a_certificate_is_asked_for_once_thirty_days_are_over(as_of: str, outcome: Outcome) -> None:
    (found,) = cheque.thirty_days_over(unpaid(), day(as_of))
    assert found.outcome == outcome


def test_without_the_day_of_presentation_nothing_can_be_counted() -> None:
    (found,) = cheque.thirty_days_over(unpaid(presented_on=None), day("2026-11-22"))
    assert (found.outcome, found.pointer) == ("refuse", "/case/claims/0/cheque/presented_on")


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        ("insufficient_funds", "pass"),
        ("closed_account", "pass"),
        ("bank_ban", "pass"),
        ("opposition", "refuse"),
        ("irregular", "refuse"),
        ("other", "warn"),
        (None, "warn"),
    ],
)
def test_opposition_and_irregularity_close_the_way_of_the_certificate(
    reason: str | None, outcome: Outcome
) -> None:
    (found,) = cheque.rejection_reasons(unpaid(rejection_reason=reason))
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("cents", "presented", "outcome"),
    [
        pytest.param(15_00, "2026-04-02", "refuse", id="15.00 within the month"),
        pytest.param(15_00, "2026-04-03", "pass", id="15.00 a day later"),
        pytest.param(15_01, "2026-03-05", "pass", id="15.01"),
    ],
)
def test_the_bank_itself_pays_a_cheque_of_15_euros_presented_within_a_month(
    cents: int, presented: str, outcome: Outcome
) -> None:
    (found,) = cheque.guaranteed_cheques(unpaid(cents=cents, presented_on=day(presented)))
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [("2027-03-09", "pass"), ("2027-03-10", "pass"), ("2027-03-11", "refuse")],
)
def test_the_drawee_answers_for_one_year_and_eight_days(as_of: str, outcome: Outcome) -> None:
    (found,) = cheque.drawee_limit(unpaid(), day(as_of))
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("number", "outcome"),
    [("0830047", "pass"), ("083 0047", "pass"), ("830047", "warn"), ("083004A", "warn")],
)
def test_a_cheque_number_has_seven_figures(number: str, outcome: Outcome) -> None:
    (found,) = cheque.cheque_numbers(unpaid(number=number))
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("words", "figures", "outcome"),
    [
        pytest.param("mille deux cent cinquante euros", 1_250_00, "pass", id="agree"),
        pytest.param("mille deux cent cinquante euros", 1_520_00, "warn", id="words prevail"),
        pytest.param("mille cinq cent vingt euros", 1_250_00, "refuse", id="claim is not words"),
        pytest.param("mille et des poussières", 1_250_00, "warn", id="cannot be read"),
    ],
)
def test_the_words_of_a_cheque_prevail_over_its_figures(
    words: str, figures: int, outcome: Outcome
) -> None:
    (found,) = cheque.cheque_amounts(unpaid(amount_in_words=words, amount_cents=figures))
    assert (found.outcome, found.article) == (outcome, "art. L. 131-10 CMF")


def test_an_act_about_cheques_takes_nothing_else() -> None:
    assert cheque.cheques_only(unpaid()).outcome == "pass"
    for other in (invoice(), invoice(type="cheque")):
        found = cheque.cheques_only(case_of(other))
        assert (found.outcome, found.pointer) == ("refuse", "/case/claims/0/cheque")
