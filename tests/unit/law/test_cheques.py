"""The calendar of an unpaid cheque, and the rules that bound the acts on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from law.case import Case, Cheque, Claim, Cost, DraweeBank, Exhibit, Insolvency, Payment, Step
from law.checks import cheque_acts
from law.cheques import (
    certificate_due_on,
    cheque_account,
    cheque_calendar,
    is_failed_again,
    title_from,
)
from law.quotations import quotation
from tests.support.law_facts import OTHER_COMPANY, case_of, day


def cheque(**facts: Any) -> Claim:
    """A cheque of 1 864.20 issued on 2 March 2026 in Lyon, first presented on 5 March."""
    told: dict[str, Any] = {
        "number": "0830047",
        "drawee_bank": DraweeBank(name="Banque Fictive"),
        "drawer_account": "00040815162",
        "issued_at": "Lyon",
        "amount_in_words": "mille huit cent soixante-quatre euros et vingt centimes",
        "presented_on": day("2026-03-05"),
        "rejected_on": day("2026-03-06"),
        "rejection_reason": "insufficient_funds",
    }
    issued = facts.pop("issued", "2026-03-02")
    return Claim(
        id="ch1", type="cheque", number="0830047", issued_on=day(issued), due_on=day(issued),
        amount_incl_tax_cents=186_420, cheque=Cheque(**(told | facts)),
    )  # fmt: skip


def outcomes(case: Case, on: str) -> dict[str, str]:
    """The outcome of each check that the acts on a cheque share."""
    found = [cheque_acts.one_cheque(case), *cheque_acts.cheque_act_checks(case, day(on))]
    return {each.code: each.outcome for each in found}


def test_the_calendar_of_the_worked_example() -> None:
    days = cheque_calendar(cheque())
    assert days.presentation_ends_on == day("2026-03-10")
    assert days.funding_ends_on == day("2026-04-04")
    assert days.certificate_from == day("2026-04-05")
    assert days.drawer_until == day("2026-09-10")
    assert days.drawee_until == day("2027-03-10")
    assert not days.ends_on_saturday


@pytest.mark.parametrize(
    ("issued", "ends_on"),
    [
        pytest.param("2026-03-07", "2026-03-16", id="Sunday is passed over"),
        pytest.param("2026-03-29", "2026-04-07", id="Easter Monday too"),
        pytest.param("2026-05-08", "2026-05-16", id="Saturday is not"),
    ],
)
def test_presentation_ends_on_a_day_of_business(issued: str, ends_on: str) -> None:
    days = cheque_calendar(cheque(issued=issued, presented_on=None))
    assert days.presentation_ends_on == day(ends_on)
    assert days.ends_on_saturday is (ends_on == "2026-05-16")
    assert (days.funding_ends_on, days.certificate_from) == (None, None)


def test_months_of_limitation_keep_the_number_of_the_day_or_take_the_last() -> None:
    days = cheque_calendar(cheque(issued="2026-08-23", presented_on=day("2026-08-24")))
    assert days.presentation_ends_on == day("2026-08-31")
    assert days.drawer_until == day("2027-02-28")


def test_the_bank_has_fifteen_days_and_the_drawer_fifteen() -> None:
    assert certificate_due_on(day("2026-11-06")) == day("2026-11-21")
    assert title_from(day("2026-12-01")) == day("2026-12-17")


@pytest.mark.parametrize(
    ("again", "failed"),
    [(None, False), ("2026-03-20", False), ("2026-04-04", False), ("2026-04-05", True)],
)
def test_a_new_presentation_counts_after_the_thirty_days(
    again: str | None, *, failed: bool
) -> None:
    told = cheque(second_presentation_on=day(again) if again else None).cheque
    assert told is not None
    assert is_failed_again(told) is failed


def test_the_account_has_the_words_less_payments_and_the_costs_of_rejection() -> None:
    claim = cheque()
    case = case_of(
        claim,
        payments=[
            Payment(received_on=day("2026-04-01"), amount_cents=10_000, claim_id="ch1"),
            Payment(received_on=day("2026-12-01"), amount_cents=10_000, claim_id="ch1"),
        ],
        costs=[
            Cost(label="Frais de rejet", amount_cents=1_500, type="bank_fee", borne_by="debtor"),
            Cost(label="Frais de dossier", amount_cents=900, type="other", borne_by="debtor"),
            Cost(label="Frais bancaires", amount_cents=700, type="bank_fee", borne_by="creditor"),
        ],
    )
    account = cheque_account(case, claim, day("2026-11-22"))
    assert (account.unpaid_cents, account.due_cents) == (176_420, 177_920)
    assert [cost.label for cost in account.costs] == ["Frais de rejet"]


def test_an_act_is_on_one_cheque_of_one_number_in_euros() -> None:
    assert outcomes(case_of(cheque()), "2026-04-05")["one-cheque"] == "pass"
    for claims in (
        [cheque(), replace(cheque(), id="ch2")],
        [replace(cheque(), number="0830048")],
        [replace(cheque(), currency="CHF")],
    ):
        assert cheque_acts.one_cheque(case_of(*claims)).outcome == "refuse"


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("Opposition pour perte", "refuse"),
        ("OPPOSITION du tireur", "refuse"),
        ("Provision insuffisante, sans opposition", "pass"),
        ("provision insuffisante", "pass"),
        (None, "pass"),
    ],
)
def test_an_opposition_told_in_the_words_of_the_bank_blocks(
    label: str | None, outcome: str
) -> None:
    found = outcomes(case_of(cheque(rejection_label=label)), "2026-04-05")
    assert found["cheque-opposition"] == outcome


@pytest.mark.parametrize(
    ("paid", "outcome"), [(0, "pass"), (1, "warn"), (186_419, "warn"), (186_420, "refuse")]
)
def test_a_cheque_that_is_paid_has_no_certificate(paid: int, outcome: str) -> None:
    payments = [Payment(received_on=day("2026-04-01"), amount_cents=paid)] if paid else []
    case = case_of(cheque(), payments=payments)
    assert outcomes(case, "2026-04-05")["cheque-paid"] == outcome


@pytest.mark.parametrize(("on", "outcome"), [("2026-09-10", "pass"), ("2026-09-11", "warn")])
def test_six_months_are_told_but_do_not_block(on: str, outcome: str) -> None:
    assert outcomes(case_of(cheque()), on)["cheque-drawer-limit"] == outcome


def test_a_saturday_is_told() -> None:
    late = cheque(issued="2026-05-08", presented_on=day("2026-05-12"))
    assert outcomes(case_of(late), "2026-07-01")["cheque-saturday"] == "warn"
    assert "cheque-saturday" not in outcomes(case_of(cheque()), "2026-07-01")


@pytest.mark.parametrize("key", ["drawer_account", "amount_in_words", "issued_at", "rejected_on"])
def test_what_the_bank_needs_and_lacks_is_told(key: str) -> None:
    case = case_of(cheque(**{key: None}))
    (found,) = [
        each
        for each in cheque_acts.cheque_act_checks(case, day("2026-04-05"))
        if each.code == "cheque-incomplete"
    ]
    assert (found.outcome, found.pointer) == ("warn", f"/case/claims/0/cheque/{key}")


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": [Step(on=day("2026-03-09"), type="tracing", outcome="Réponse du FNCI : rouge")]},
        {"steps": [Step(on=day("2026-03-09"), type="other", reference="Consultation Vérifiance")]},
        {"exhibits": [Exhibit(label="Fichier national des chèques irréguliers")]},
    ],
)
def test_the_file_of_irregular_cheques_is_neither_kept_nor_spread(changes: dict[str, Any]) -> None:
    found = outcomes(case_of(cheque(), **changes), "2026-04-05")
    assert found["irregular-cheques-file"] == "refuse"
    assert outcomes(case_of(cheque()), "2026-04-05")["irregular-cheques-file"] == "pass"


def test_proceedings_of_the_drawer_are_told() -> None:
    debtor = replace(
        OTHER_COMPANY, insolvency=Insolvency(type="receivership", opened_on=day("2026-04-02"))
    )
    case = case_of(cheque(), debtor=debtor)
    assert cheque_acts.drawer_proceedings(case, day("2026-04-01")) == []
    (found,) = cheque_acts.drawer_proceedings(case, day("2026-04-02"))
    assert (found.code, found.outcome) == ("drawer-in-insolvency", "warn")


def test_the_back_of_the_certificate_is_quoted_word_for_word() -> None:
    first, second, third, fourth = quotation("cnp_l131_73", day("2026-11-22")).paragraphs
    assert first.startswith("Un certificat de non-paiement est délivré à la demande du porteur, au")
    assert first.endswith("une nouvelle présentation s'avère infructueuse.")
    assert second.endswith("par ministère d'huissier vaut commandement de payer.")
    assert "dans un délai de quinze jours" in third
    assert third.endswith("sans autre acte de procédure ni frais, un titre exécutoire.")
    assert fourth.endswith("d'un chèque sans provision sont à la charge du tireur.")
