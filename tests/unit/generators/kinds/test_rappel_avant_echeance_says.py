"""A reminder before the due date tells what falls due, and has no word of delay."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from generators.drafting import template_source
from generators.kinds.rappel_avant_echeance import KIND
from tests.support.acts import Change, refusals, text_of, warnings_of, with_option
from tests.support.cases import case_body

WORDS = (
    "retard", "impay", "pénalit", "40,00", "40 €", "intérêt", "relance", "mise en demeure",
    "indemnité", "recouvrement", "contentieux", "441-10", "tribunal", "juridiction",
)  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("Objet : Facture n° 2026-11-0451, échéance du 29 novembre 2026", id="subject"),
        pytest.param("l'échéance du 29 novembre 2026, d'un montant de 1 374,00 €", id="due, sum"),
        pytest.param("| 30/10/2026 | 29/11/2026 | 1 374,00 € | 1 374,00 €", id="invoice"),
        pytest.param("vous a donné entière satisfaction", id="satisfaction"),
        pytest.param("IBAN, BIC : FR76 3000 6000 0130 0000 0000 390", id="means of payment"),
        pytest.param("en rappelant la référence IMP-2026-0905", id="reference"),
        pytest.param("Si votre règlement est déjà en route", id="if already paid"),
        pytest.param("Pour toute question : 02 61 91 10 10", id="telephone"),
    ],
)
def test_the_reminder_says(printed: str) -> None:
    assert printed in text_of(case_body("03"))


@pytest.mark.parametrize("word", WORDS)
def test_the_reminder_has_no_word_of_delay(word: str) -> None:
    assert word not in text_of(case_body("03")).lower()


@pytest.mark.parametrize("word", WORDS)
def test_no_branch_of_the_template_has_a_word_of_delay(word: str) -> None:
    with zipfile.ZipFile(io.BytesIO(template_source(KIND))) as package:
        text = "".join(package.read(name).decode() for name in package.namelist())
    assert word not in text.lower()


def test_what_is_paid_already_is_taken_off() -> None:
    def paid(body: dict[str, Any]) -> None:
        body["case"]["payments"] = [
            {"received_on": "2026-11-10", "amount": "374.00", "claim_id": "c1", "method": "card"}
        ]

    text = text_of(case_body("03"), paid)
    assert "d'un montant de 1 000,00 €" in text
    assert "10 novembre 2026 : règlement de 374,00 € par carte" in text


def _due(day: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        body["case"]["claims"][0]["due_on"] = day

    return change


def test_due_today_is_not_late() -> None:
    assert refusals(case_body("03"), _due("2026-11-22")) == {}


def test_late_by_a_day_is_refused() -> None:
    found = refusals(case_body("03"), _due("2026-11-21"))
    assert found == {"/case/claims/0/due_on": "claim-already-late"}


def test_a_letter_dated_after_the_due_date_is_refused() -> None:
    found = refusals(case_body("03"), with_option(letter_date="2026-11-30"))
    assert found == {"/options/letter_date": "claim-already-late"}


@pytest.mark.parametrize(
    "note",
    ["Tout retard entraîne 40 €.", "Évitez les pénalités !", "Facture impayée", "40,00 € de frais"],
)
def test_the_senders_words_may_not_speak_of_delay(note: str) -> None:
    found = refusals(case_body("03"), with_option(body_note=note))
    assert found == {"/options/body_note": "pre-due-words"}


def test_a_paid_invoice_is_not_recalled() -> None:
    def paid(body: dict[str, Any]) -> None:
        body["case"]["payments"] = [
            {"received_on": "2026-11-10", "amount": "1374.00", "claim_id": "c1"}
        ]

    assert refusals(case_body("03"), paid) == {"/case/claims": "nothing-due"}


def test_a_cheque_has_no_due_date_to_recall() -> None:
    body = case_body("13a")
    body["kind"], body["options"] = KIND.slug, {}
    assert refusals(body)["/case/claims/0/type"] == "claim-type-not-supported"


def test_all_is_well_with_the_case() -> None:
    assert warnings_of(case_body("03")) == set()
