"""The instruction to serve a certificate of non-payment: what the officer needs, and refusals."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators import drafting
from generators.document_text import flat
from generators.drafting import ContentNotProved, Draft, draft, template_source
from generators.registry import act_kind
from generators.render import Template
from generators.request import load_request
from law.rates import RateTables
from tests.support.cases import case_body
from tests.support.requests import TODAY
from tests.support.word_templates import without_paragraphs

Change = Callable[[dict[str, Any]], object]
SLUG = "signification_certificat_non_paiement"


def act(*changes: Change) -> Draft:
    """The instruction of the example, changed."""
    body = deepcopy(dict(act_kind(SLUG).example))
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY.replace(2027, 12, 1)), RateTables.load())


def text(*changes: Change) -> str:
    return flat(act(*changes).text.replace("\u2019", "'"))


def cheque(**facts: Any) -> Change:
    return lambda body: body["case"]["claims"][0]["cheque"].update(facts)


def agency(body: dict[str, Any]) -> None:
    body["case"]["representative"] = case_body("12")["case"]["representative"]


def officer_acts(body: dict[str, Any]) -> None:
    """The officer is the one who acts for the creditor."""
    party = body["options"].pop("recipient")
    body["case"]["representative"] = {"role": "commissaire_de_justice", "party": party}


def part_paid(body: dict[str, Any]) -> None:
    body["case"]["payments"] = [{"received_on": "2026-11-20", "amount": "300.00"}]


def searched(body: dict[str, Any]) -> None:
    body["case"]["steps"].append(
        {"date": "2026-11-20", "type": "tracing", "reference": "Annuaire", "outcome": "Trouvé"}
    )


def without_papers(body: dict[str, Any]) -> None:
    body["case"]["exhibits"] = []
    body["options"]["certificate"] = {"issued_on": "2026-11-18", "reference": "CNP 12"}


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        pytest.param([], "SELARL Exemple & Associés À l'attention de Me Basile Ex", id="officer"),
        pytest.param([officer_acts], "SELARL Exemple & Associés À l'attention", id="who acts"),
        pytest.param([officer_acts], "Pour Serrurerie de l'Exemple SARL", id="creditor instructs"),
        pytest.param(
            [],
            "Requérant Serrurerie de l'Exemple SARL, SARL au capital de 9 000 €, 812 348 126 RCS"
            " Clermont-Ferrand, dont le siège est 16 rue du Pêne Dormant, 63200 Riom, représentée"
            " par Mme Capucine L'Exemple, gérante",
            id="648 2°",
        ),
        pytest.param([], "Tireur Camping L'Hypothèse SARL, SARL au capital", id="648 4°"),
        pytest.param([agency], "agissant au nom et pour le compte de", id="agency"),
        pytest.param([], "nous vous requérons de signifier au tireur le certificat", id="asked"),
        pytest.param([], "vaut commandement de payer (article L. 131-73", id="order to pay"),
        pytest.param([], "dans les quinze jours de la réception de la signification", id="15 days"),
        pytest.param([], "délivrer le titre exécutoire prévu au même article", id="title"),
        pytest.param([], "sans tentative préalable de notification", id="no notification first"),
        pytest.param(
            [],
            "a délivré le 18 novembre 2026 le certificat de non-paiement, dont l'original",
            id="certificate",
        ),
        pytest.param([without_papers], "(référence CNP 12)", id="its reference"),
        pytest.param([], "Montant du chèque (somme en lettres) | 1 864,20 €", id="amount"),
        pytest.param([], "supportés par la bénéficiaire | 18,50 €", id="costs of rejection"),
        pytest.param([], "Total | 1 882,70 €", id="total"),
        pytest.param([part_paid], "Règlements reçus du tireur | \u2212 300,00 €", id="payments"),
        pytest.param([part_paid], "Total | 1 582,70 €", id="less payments"),
        pytest.param([], "Les intérêts ne sont pas compris dans ce décompte", id="interest"),
        pytest.param([], "signaler sans délai tout paiement", id="undertaking"),
        pytest.param([], "Téléphone : 04 65 71 12 22", id="tracing data"),
        pytest.param([searched], "20 novembre 2026 : Annuaire – Trouvé", id="searches"),
        pytest.param([], "Certificat de non-paiement (original) (18 novembre 2026)", id="original"),
        pytest.param([], "Prescription contre le tireur (6 mois) | 6 avril 2027", id="6 months"),
        pytest.param([], "Titre exécutoire, faute de paiement | à partir du 16e jour", id="16th"),
        pytest.param([], "Compte se terminant par 5162", id="account masked"),
        pytest.param(
            [lambda b: b["options"].pop("recipient")], "(étude à désigner)", id="to be named"
        ),
    ],
)
def test_the_instruction_says(changes: list[Change], printed: str) -> None:
    assert printed in text(*changes)


@pytest.mark.parametrize(
    "words", ["huissier", "00040815162", "40,00 €", "cinq points", "sans frais", "gratuit"]
)
def test_the_instruction_does_not_say(words: str) -> None:
    assert words not in text(agency)


def other_cost(body: dict[str, Any]) -> None:
    body["case"]["costs"].append(
        {"label": "Honoraires", "amount": "90.00", "type": "other", "borne_by": "debtor"}
    )


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ([lambda b: b["case"].update(exhibits=[])], "certificate-missing", "/options/certificate"),
        ([lambda b: b["options"].update(certificate={"issued_on": "2026-11-25"})],
         "certificate-missing", "/options/certificate/issued_on"),
        ([lambda b: b["options"].update(certificate={"issued_on": "2026-10-30"})],
         "cheque-thirty-days", "/case/claims/0/cheque/presented_on"),
        ([cheque(rejection_reason="opposition")], "cheque-rejection",
         "/case/claims/0/cheque/rejection_reason"),
        ([lambda b: b["case"]["debtor"].update(
            insolvency={"type": "receivership", "opened_on": "2026-11-02"})],
         "debtor-in-insolvency", "/case/debtor/insolvency"),
        ([other_cost], "collection-costs", "/case/costs/1/borne_by"),
        ([agency, lambda b: b["case"]["representative"].pop("mandate_date")], "agency-mandate",
         "/case/representative/mandate_date"),
        ([lambda b: b["case"].update(payments=[{"received_on": "2026-11-20",
                                                "amount": "1864.20"}])],
         "cheque-paid", "/case/payments"),
        ([lambda b: b.update(language="en")], "language-not-supported", "/language"),
    ],
)  # fmt: skip
def test_the_instruction_is_refused(changes: list[Change], code: str, pointer: str) -> None:
    with pytest.raises(LegalCheckFailed) as caught:
        act(*changes)
    assert (code, pointer) in {(fault.code, fault.pointer) for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b["options"].pop("recipient"), "officer-missing"),
        (lambda _: None, "officer-competence"),
        (without_papers, "certificate-enclosed"),
        (without_papers, "cheque-cause"),
        (lambda b: b["case"]["creditor"].pop("legal_representative"), "claimant-identity"),
        (
            lambda b: b["case"]["debtor"]["address"].update(
                country="BE", postal_code="1000", insee_code=None
            ),
            "service-abroad",
        ),
        (part_paid, "cheque-paid"),
    ],
)
def test_the_instruction_warns(change: Change, code: str) -> None:
    assert code in {check.code for check in act(change).checks if check.outcome == "warn"}


def test_a_demand_for_the_certificate_is_not_the_certificate() -> None:
    def only_asked(body: dict[str, Any]) -> None:
        body["case"]["exhibits"] = [
            {"label": "Demande de certificat de non-paiement", "date": "2026-11-04"}
        ]

    with pytest.raises(LegalCheckFailed) as caught:
        act(only_asked)
    assert {fault.code for fault in caught.value.faults} == {"certificate-missing"}


def test_a_certificate_of_the_year_is_served_after_it() -> None:
    """The drawee answered in time; what is left is the drawer, who did not fund the cheque."""

    def later(body: dict[str, Any]) -> None:
        body["as_of"], body["options"]["letter_date"] = "2027-10-20", "2027-10-20"

    warned = {check.code for check in act(later).checks if check.outcome == "warn"}
    assert "cheque-drawer-limit" in warned


@pytest.mark.parametrize(
    "words",
    [
        "said.holder", "said.applicant", "cheque.drawer", "est à signifier", "signifier le cert",
        "délivrer le", "{{ row.label }}", "{{ total }}", "{{ row.basis }}", "signaler sans délai",
        "{{ line }}",
    ],
)  # fmt: skip
def test_no_template_can_drop_a_mention(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = without_paragraphs(template_source(act().kind), words)
    monkeypatch.setattr(drafting, "load_template", lambda _: Template.compile(source))
    with pytest.raises(ContentNotProved):
        act()


@pytest.mark.parametrize(
    "where",
    [
        {"exhibits": [{"label": "Certificat de non-paiement", "date": "2026-11-18"}]},
        {"exhibits": [{"label": "Certificat de non-paiement du 18 novembre 2026"}]},
        {"steps": [{"date": "2026-11-18", "type": "other",
                    "reference": "Certificat de non-paiement reçu"}]},
        {"steps": [{"date": "2026-11-04", "type": "other",
                    "reference": "Demande de certificat de non-paiement",
                    "outcome": "Certificat de non-paiement délivré le 18 novembre 2026"}]},
    ],
)  # fmt: skip
def test_the_day_of_the_certificate_is_found_where_the_case_tells_it(where: dict[str, Any]) -> None:
    def told(body: dict[str, Any]) -> None:
        body["case"] |= {"exhibits": [], "steps": []} | where

    assert "a délivré le 18 novembre 2026 le certificat" in text(told)


@pytest.mark.parametrize(
    "label",
    [
        "Demande de certificat de non-paiement du 4 novembre 2026",
        "Certificat de non-paiement",
        "Certificat de non-paiement du 31 novembre 2026",
    ],
)
def test_a_certificate_without_a_day_is_not_served(label: str) -> None:
    with pytest.raises(LegalCheckFailed) as caught:
        act(lambda body: body["case"].update(exhibits=[{"label": label}], steps=[]))
    assert {fault.code for fault in caught.value.faults} == {"certificate-missing"}
