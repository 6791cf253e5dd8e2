"""Thanks say what came and what it settles, ask for nothing, and never come too early."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.acts import refusals, text_of, warnings_of, with_option
from tests.support.cases import case_body

DEMANDS = (
    "reste dû", "restent dus", "à régler", "retard", "impay", "pénalit", "intérêt", " 40,00 €",
    "mise en demeure", "relance", "veuillez régler", "441-10",
)  # fmt: skip


def paid_late(body: dict[str, Any]) -> None:
    body["case"]["payments"][1]["received_on"] = "2026-11-22"


def one_cent_short(body: dict[str, Any]) -> None:
    body["case"]["payments"][1]["amount"] = "2339.99"


def nothing_received(body: dict[str, Any]) -> None:
    body["case"]["payments"] = []


def received_later(body: dict[str, Any]) -> None:
    for payment in body["case"]["payments"]:
        payment["received_on"] = "2026-11-23"


def too_much(body: dict[str, Any]) -> None:
    body["case"]["payments"][1]["amount"] = "2340.01"


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("Objet : Votre règlement – facture n° F-2026-0198", id="subject"),
        pytest.param("votre règlement de 2 340,00 €, par virement le 20 novembre 2026", id="last"),
        pytest.param("5 novembre 2026 : règlement de 1 500,00 € par virement", id="part payment"),
        pytest.param(
            "La facture n° F-2026-0198 du 21 octobre 2026, d'un montant de 3 840,00 €, est"
            " désormais entièrement réglée",
            id="invoice settled",
        ),
        pytest.param("est de 0,00 €", id="balance nil"),
        pytest.param("nous vous en remercions vivement", id="thanks"),
    ],
)
def test_the_letter_says(printed: str) -> None:
    assert printed in text_of(case_body("04"))


@pytest.mark.parametrize("words", DEMANDS)
def test_the_letter_asks_for_nothing(words: str) -> None:
    assert words not in text_of(case_body("04")).lower()
    assert words not in text_of(case_body("04"), paid_late).lower()


def test_a_part_payment_gets_no_thanks_that_say_settled() -> None:
    found = refusals(case_body("04"), one_cent_short)
    assert found == {"/case/payments": "balance-not-nil"}


def test_without_a_payment_there_is_nothing_to_thank_for() -> None:
    assert refusals(case_body("04"), nothing_received) == {"/case/payments": "payment-missing"}
    assert refusals(case_body("04"), received_later) == {"/case/payments": "payment-missing"}


def test_more_than_was_owed_is_refused() -> None:
    found = refusals(case_body("04"), too_much)
    assert found == {"/case/payments/1/amount": "payment-exceeds-debt"}


def test_paid_late_the_account_is_not_called_settled_and_a_person_is_told() -> None:
    assert "balance-not-nil" in warnings_of(case_body("04"), paid_late)
    text = text_of(case_body("04"), paid_late)
    assert "entièrement réglée" not in text
    assert "solde" not in text
    assert "les sommes que nous avons enregistrées atteignent ce montant" in text


def test_a_credit_note_counts() -> None:
    def credited(body: dict[str, Any]) -> None:
        body["case"]["payments"].pop(0)
        body["case"]["credit_notes"] = [
            {"number": "A-1", "issued_on": "2026-11-04", "amount_incl_tax": "1500.00",
             "claim_id": "c1"}
        ]  # fmt: skip

    assert "entièrement réglée, avoir déduit" in text_of(case_body("04"), credited)


def test_a_payment_after_the_opening_of_proceedings_is_told_of() -> None:
    def opened(body: dict[str, Any]) -> None:
        body["case"]["debtor"]["insolvency"] = {"type": "safeguard", "opened_on": "2026-11-10"}

    assert "payment-after-opening" in warnings_of(case_body("04"), opened)


def test_a_demand_in_the_senders_own_words_is_told_of() -> None:
    note = with_option(body_note="Il reste dû 12 € de retard.")
    assert "thanks-words" in warnings_of(case_body("04"), note)
    assert warnings_of(case_body("04")) == set()
