"""A notice of suspension says what articles 1219 and 1220 ask for, and cuts no home off."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from generators.kinds.suspension_livraisons import KIND
from tests.support.acts import Change, refusals, text_of, warnings_of, with_option
from tests.support.cases import case_body

AHEAD = {"grounds": "la société ferme", "consequences": "le stock serait perdu"}


def notice() -> dict[str, Any]:
    return deepcopy(dict(KIND.example))


def to_consumer(*changes: Change) -> dict[str, Any]:
    body = case_body("07")
    body["kind"], body["options"] = KIND.slug, {}
    body["case"]["claims"][0]["description"] = "Entretien annuel"
    for change in changes:
        change(body)
    return body


def not_due(body: dict[str, Any]) -> None:
    body["case"]["claims"][2]["due_on"] = "2026-12-31"


def described(text: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        body["case"]["claims"][0]["description"] = text

    return change


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        # 1219: a default serious enough
        pytest.param([], "L'article 1219 du Code civil nous permet", id="1219"),
        pytest.param(
            [], "il porte sur 5 294,73 € de principal, et dure depuis l'échéance du 2 août 2026,"
            " soit 112 jours", id="how grave",
        ),
        pytest.param([], "FA26-07118 – Œufs fermiers", id="unpaid sums"),
        pytest.param([], "« Conditions générales de vente acceptées le 12", id="the contract"),
        pytest.param([], "se rattachent au même contrat ou à des contrats liés", id="linked"),
        pytest.param([], "28 septembre 2026 : relance par courrier électronique", id="reminded"),
        # what, from when, until what
        pytest.param(
            [], "nous suspendrons toutes les livraisons d'œufs, de volailles et de crèmerie à"
            " compter du 1er décembre 2026", id="scope and day",
        ),
        pytest.param(
            [with_option(effective_on=None)], "à compter du 22 novembre 2026", id="at once"
        ),
        pytest.param(
            [with_option(effective_on=None, payment_deadline_days=10)],
            "à compter du 3 décembre 2026, sauf règlement intégral avant cette date",
            id="after the time left to pay",
        ),
        pytest.param(
            [], "dès réception du règlement intégral de la somme de 5 584,98 €", id="resumption"
        ),
        pytest.param([], "prévue à l'article 9 de nos conditions", id="clause"),
        # L. 442-1: no end of relations
        pytest.param([], "n'emporte ni résolution ni résiliation du contrat", id="no termination"),
        # 1220: before the due date
        pytest.param(
            [not_due, with_option(anticipatory=AHEAD)],
            "Il est manifeste que vous n'exécuterez pas à l'échéance : la société ferme.",
            id="manifest",
        ),
        pytest.param(
            [not_due, with_option(anticipatory=AHEAD)],
            "suffisamment graves pour nous : le stock serait perdu.", id="consequences",
        ),
        pytest.param(
            [not_due, with_option(anticipatory=AHEAD)],
            "L'article 1220 du Code civil nous permet de suspendre nos obligations sans attendre"
            " l'échéance ; la présente lettre vous notifie cette suspension dans les meilleurs"
            " délais", id="notified as soon as possible",
        ),
        pytest.param(
            [not_due, with_option(anticipatory=AHEAD)],
            "il porte sur 4 273,28 € de principal", id="only what is due is a default",
        ),
    ],
)  # fmt: skip
def test_the_notice_says(changes: list[Change], printed: str) -> None:
    assert printed in text_of(notice(), *changes)


def test_the_notice_goes_by_registered_letter_unless_said() -> None:
    assert "recommandée avec demande d'avis" in text_of(notice(), with_option(delivery=None))


def test_what_is_not_due_is_not_suspended_for_without_reasons() -> None:
    assert refusals(notice(), not_due) == {"/case/claims/2/due_on": "claim-not-due"}


@pytest.mark.parametrize("words", ["Électricité de novembre", "Gaz naturel", "Eau potable"])
def test_energy_and_water_of_a_home_are_not_cut_by_this_letter(words: str) -> None:
    found = refusals(to_consumer(described(words)))
    assert found == {"/options/essential_supply": "essential-supply"}


def test_the_consumer_supplied_with_energy_is_protected_when_it_is_said() -> None:
    found = refusals(to_consumer(with_option(essential_supply=True)))
    assert found == {"/options/essential_supply": "essential-supply"}


def test_for_a_consumer_one_must_say_that_it_is_not_energy() -> None:
    assert "essential-supply" in warnings_of(to_consumer())
    assert "essential-supply" not in warnings_of(to_consumer(with_option(essential_supply=False)))


def test_a_consumer_is_told_of_no_penalty_and_no_fee() -> None:
    text = text_of(to_consumer())
    for words in ("pénalité", "indemnité", "441-10", " 40,00"):
        assert words not in text


def test_a_public_contract_is_refused() -> None:
    def public(body: dict[str, Any]) -> None:
        debtor = body["case"]["debtor"]
        for key in ("legal_form", "share_capital", "rcs_city", "vat_number"):
            del debtor[key]
        debtor["type"] = "public_body"

    assert refusals(notice(), public) == {"/case/debtor/type": "public-contract"}


def test_rent_is_not_a_delivery() -> None:
    body = case_body("09")
    body["kind"], body["options"] = KIND.slug, {}
    assert set(refusals(body).values()) == {"claim-type-not-supported"}


def test_a_default_never_reminded_of_is_told_of() -> None:
    def never(body: dict[str, Any]) -> None:
        body["case"]["steps"] = []

    assert "serious-default" in warnings_of(notice(), never)
    assert "serious-default" not in warnings_of(notice())


def test_a_contract_without_name_and_a_day_gone_by_are_told_of() -> None:
    def unnamed(body: dict[str, Any]) -> None:
        del body["case"]["contract"]

    assert "linked-contracts" in warnings_of(notice(), unnamed)
    assert "suspension-day" in warnings_of(notice(), with_option(effective_on="2026-11-01"))


@pytest.mark.parametrize("delivery", ["simple", "email"])
def test_a_carrier_without_proof_is_told_of(delivery: str) -> None:
    assert "delivery-proof" in warnings_of(notice(), with_option(delivery=delivery))
