"""A free letter says what its sender wrote, to whom it was written, and nothing of a debt."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from generators.kinds.lettre_libre import KIND
from generators.kinds.lettre_libre.content import paragraphs
from tests.support.acts import act, refusals, text_of, warnings_of, with_option
from tests.support.cases import case_body


def free() -> dict[str, Any]:
    return deepcopy(dict(KIND.example))


CONSUMER = {
    "type": "individual", "civility": "Mme", "first_name": "Zoé", "last_name": "Témoin",
    "address": {"lines": ["4 rue de l’Essai"], "postal_code": "63000", "city": "Clermont-Ferrand"},
}  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("Menuiserie Exemple SARL SARL au capital de 15 000 €", id="R123-237: sender"),
        pytest.param("812 345 676 RCS Clermont-Ferrand", id="R123-237: register"),
        pytest.param("Cabinet Comptable Exemple & Associés SARL", id="recipient"),
        pytest.param("À l'attention de M. Blaise Bilan", id="person"),
        pytest.param("Objet : Transmission des pièces de l'exercice 2026", id="subject"),
        pytest.param("Nos références : 2026-0142/C", id="reference"),
        pytest.param("pièces convenues lors de notre rendez-vous du 12 novembre.", id="text"),
        pytest.param("– quelle pièce manque. Nous restons à votre", id="lines and paragraphs"),
        pytest.param("Mme Odile Exemple gérante", id="signatory"),
        pytest.param("Balance au 31 octobre 2026", id="enclosures"),
    ],
)
def test_the_letter_says(printed: str) -> None:
    assert printed in text_of(free())


def test_blank_lines_part_paragraphs_and_other_ends_of_lines_stay() -> None:
    assert paragraphs("\na\nb\n \n\nc \n") == ["a\nb", "c"]


def test_it_needs_neither_debtor_nor_claims() -> None:
    made = act(free())
    assert made.statement is None
    assert "debtor" not in free()["case"]


@pytest.mark.parametrize("key", ["recipient", "subject", "body_note"])
def test_without_recipient_subject_or_text_there_is_no_letter(key: str) -> None:
    found = refusals(free(), with_option(**{key: None}))
    assert found == {f"/options/{key}": f"{key.replace('_', '-')}-missing"}


def test_what_is_written_can_become_no_template_and_no_markup() -> None:
    note = "{{ letter.reference }} {% if x %} <w:p/> & « <b>gras</b> » ]]> &amp; ${PATH}"
    assert note in text_of(free(), with_option(body_note=note))


def test_a_whole_page_in_one_paragraph_is_printed() -> None:
    note = "Nous vous écrivons longuement. " * 150
    assert note.strip() in text_of(free(), with_option(body_note=note.strip()))


def test_a_private_recipient_must_have_agreed_to_electronic_registered_letters() -> None:
    change = with_option(recipient=CONSUMER, delivery="electronic_registered")
    pointer = "/options/recipient/electronic_registered_consent_on"
    assert refusals(free(), change) == {pointer: "electronic-registered-consent"}
    agreed = CONSUMER | {"electronic_registered_consent_on": "2026-01-05"}
    change = with_option(recipient=agreed, delivery="electronic_registered")
    assert refusals(free(), change) == {}


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("Nous vous facturerons des frais de relance.", "free-text-costs"),
        ("Ceci est un commandement de payer.", "free-text-threat"),
    ],
)
def test_costs_and_threats_are_told_of(note: str, code: str) -> None:
    assert code in warnings_of(free(), with_option(body_note=note))


def test_the_creditor_writes_even_when_an_agent_acts() -> None:
    def agent(body: dict[str, Any]) -> None:
        body["case"]["representative"] = case_body("08")["case"]["representative"]

    assert "sender-in-own-name" in warnings_of(free(), agent)
    assert "Recouvrement Modèle" not in text_of(free(), agent)
