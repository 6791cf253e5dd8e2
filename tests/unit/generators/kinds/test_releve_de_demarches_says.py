"""A status report tells every step, sum and offer, and what an agency must hand over."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from generators.kinds.releve_de_demarches import KIND
from tests.support.acts import Change, act, refusals, text_of, warnings_of, with_option
from tests.support.cases import CASES, case_body


def report() -> dict[str, Any]:
    return deepcopy(dict(KIND.example))


def mandated(day: str | None) -> Change:
    def change(body: dict[str, Any]) -> None:
        body["case"]["representative"]["mandate_date"] = day

    return change


def alone(body: dict[str, Any]) -> None:
    del body["case"]["representative"]


def no_offers(body: dict[str, Any]) -> None:
    body["case"]["steps"] = [
        step for step in body["case"]["steps"] if step["type"] != "promise_to_pay"
    ]


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        pytest.param([], "Recouvrement Modèle SAS Société de recouvrement amiable", id="who"),
        pytest.param([], "Traiteur L'Œillet d'Essai SAS", id="to the client"),
        pytest.param([], "Débiteur Événements Fictifs & Cie SARL (812 347 110 RCS", id="debtor"),
        pytest.param([], "Créances confiées 5 460,00 €", id="handed over"),
        pytest.param([], "Reste dû 3 984,30 €", id="today"),
        pytest.param([], "Mandat du 3 mars 2025", id="mandate"),
        # R. 124-5: payments and offers
        pytest.param(
            [], "02/06/2025 | Règlement de 600,00 € par virement, pour la facture n° TR-2024-311 |"
            " 600,00 €", id="a part payment",
        ),
        pytest.param(
            [], "10 avril 2025 : promesse de paiement – M. Mirage propose trois versements",
            id="an offer",
        ),
        pytest.param([no_offers], "n'a fait aucune proposition à ce jour", id="no offer"),
        # R. 124-6: handing over
        pytest.param(
            [], "reversés dans le mois de leur encaissement effectif (article R. 124-6 du Code des"
            " procédures civiles d'exécution)", id="a month",
        ),
        pytest.param([], "reçus le 2 juin 2025 : au plus tard le 2 juillet 2025", id="last day"),
        pytest.param([], "20 juin 2025 : 600,00 € (VIR 2025-0620)", id="handed over, dated"),
        pytest.param([], "Reste à reverser : 0,00 €", id="nothing left"),
        pytest.param(
            [with_option(remittances=[])], "Reste à reverser : 600,00 €", id="all is left"
        ),
        # what else the client must know
        pytest.param([], "courrier non distribué – Retour « destinataire", id="mail came back"),
        pytest.param([], "Honoraires de recouvrement | le créancier | 310,00 €", id="costs"),
        pytest.param([], "Frais à la charge du débiteur | 84,30 €", id="costs of the debtor"),
        pytest.param([], "Suite proposée Au vu du procès-verbal", id="next step"),
    ],
)  # fmt: skip
def test_the_report_tells(changes: list[Change], printed: str) -> None:
    assert printed in text_of(report(), *changes)


@pytest.mark.parametrize("number", [n for n in CASES if n in {"02", "05", "06", "07", "09", "12"}])
def test_every_step_and_every_payment_is_told(number: str) -> None:
    body = case_body(number)
    body["kind"], body["options"] = KIND.slug, {}
    text = text_of(body)
    for step in body["case"]["steps"]:
        for told in filter(None, (step.get("reference"), step.get("outcome"))):
            assert " ".join(told.split()).replace("\u2019", "'") in text
    assert text.count("Règlement de") == len(body["case"]["payments"])


def test_what_came_before_the_mandate_is_not_to_be_handed_over() -> None:
    text = text_of(report())
    assert "les fonds encaissés sous le mandat (600,00 €)" in text
    assert "reçus le 20 janvier 2025" not in text


def test_the_account_is_that_of_the_statement() -> None:
    made = act(report())
    assert made.statement is not None
    assert made.statement.totals.due_cents == 398430


def test_an_agency_without_mandate_does_not_report() -> None:
    found = refusals(report(), mandated(None), with_option(remittances=None))
    assert found == {"/case/representative/mandate_date": "agency-mandate"}


def test_funds_kept_for_more_than_a_month_are_told_of() -> None:
    assert "remittance-late" in warnings_of(report(), with_option(remittances=[]))
    assert "remittance-late" not in warnings_of(report())


def test_more_handed_over_than_collected_is_refused() -> None:
    given = [{"remitted_on": "2025-06-20", "amount": "600.01"}]
    found = refusals(report(), with_option(remittances=given))
    assert found == {"/options/remittances": "remittance-late"}


def test_only_an_agency_is_held_to_hand_over() -> None:
    def lawyer(body: dict[str, Any]) -> None:
        body["case"]["representative"]["role"] = "lawyer"

    text = text_of(report(), lawyer, with_option(remittances=None))
    assert "R. 124-6" not in text


def test_a_creditor_who_reports_to_nobody_else_is_told_so() -> None:
    assert "report-to-oneself" in warnings_of(report(), alone, with_option(remittances=None))


def test_a_step_to_come_is_left_out_and_told_of() -> None:
    def later(body: dict[str, Any]) -> None:
        step = {"date": "2026-12-24", "type": "visit", "outcome": "Visite prévue"}
        body["case"]["steps"].append(step)

    assert "Visite prévue" not in text_of(report(), later)
    assert "report-steps" in warnings_of(report(), later)


def test_open_proceedings_are_told_and_do_not_forbid_the_report() -> None:
    def opened(body: dict[str, Any]) -> None:
        body["case"]["debtor"]["insolvency"] = {"type": "liquidation", "opened_on": "2026-06-01"}

    assert "liquidation judiciaire, jugement du 1er juin 2026" in text_of(report(), opened)
