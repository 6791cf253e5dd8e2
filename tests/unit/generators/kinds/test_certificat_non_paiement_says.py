"""The certificate of non-payment: every line of the official model; only the drawee issues it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators import drafting
from generators.document_text import flat
from generators.drafting import ContentNotProved, Draft, draft, template_source
from generators.render import Template
from generators.request import load_request
from law.rates import RateTables
from tests.support.cases import case_body
from tests.support.requests import TODAY
from tests.support.word_templates import without_paragraphs

Change = Callable[[dict[str, Any]], object]


def act(*changes: Change) -> Draft:
    """The certificate of case 13b, changed."""
    body = case_body("13b")
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY.replace(2027, 12, 1)), RateTables.load())


def text(*changes: Change) -> str:
    return flat(act(*changes).text.replace("\u2019", "'"))


def cheque(**facts: Any) -> Change:
    return lambda body: body["case"]["claims"][0]["cheque"].update(facts)


def issuer(**facts: Any) -> Change:
    return lambda body: body["options"]["issuer"].update(facts)


def on(day: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        body["as_of"], body["options"]["letter_date"] = day, day

    return change


def by_the_creditor(body: dict[str, Any]) -> None:
    body["options"]["issuer"] = body["case"]["creditor"]


def paid(amount: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        body["case"]["payments"] = [{"received_on": "2026-10-21", "amount": amount}]

    return change


@pytest.mark.parametrize(
    "printed",
    [
        "CERTIFICAT DE NON-PAIEMENT La banque certifie que le chèque :",
        "N° : 0830047",
        "De 1 864,20 euros (1)",
        "Tiré par Camping L'Hypothèse SARL, 812 349 132 RCS Cusset, Chemin du Lac Imaginaire, 0",
        "Titulaire du compte n° 00040815162",
        "Ouvert sur les livres de Banque Fictive du Massif, Agence de la Halle, 2 place de la",
        "Halle Supposée, 03200 Vichy (3)",
        "Présenté au paiement le 30 septembre 2026",
        "A été rejeté par elle pour défaut de provision suffisante.",
        "Montant de l'impayé : 1 864,20 euros (1).",
        ("Le titulaire du compte n'a pas justifié avoir régularisé cet incident dans le délai de"
        " trente jours à compter de sa première présentation."),
        ("Le présent certificat de non-paiement est destiné à permettre au porteur du chèque"
        " d'exercer les recours prévus par la législation en vigueur (cf. extrait en annexe ou au"
        " verso)."),
        "A Vichy, le 18 novembre 2026",
        "Pour Banque Fictive du Massif Mme Prune Guichet-Modèle responsable des moyens de paiement",
        ("(1) Montant en euros ou en devises. (2) Nom et prénoms ou dénomination sociale, adresse."
        " (3) Indiquer les références de l'établissement tiré."),
        "Article L. 131-73 du code monétaire et financier (extrait).",
        "par ministère d'huissier vaut commandement de payer",
        "sans autre acte de procédure ni frais, un titre exécutoire",
        "sont à la charge du tireur.",
    ],
)  # fmt: skip
def test_the_certificate_says(printed: str) -> None:
    assert printed in text()


def test_what_is_unpaid_is_less_what_was_paid() -> None:
    assert "Montant de l'impayé : 1 564,20 euros" in text(paid("300.00"))


def test_a_second_presentation_is_told() -> None:
    said = text(cheque(second_presentation_on="2026-11-03"))
    assert "Présenté au paiement le 30 septembre 2026, puis le 3 novembre 2026" in said


@pytest.mark.parametrize(
    "name",
    [
        "BANQUE FICTIVE DU MASSIF",
        "Banque fictive du massif SA",
        "Bànque Fictive du Massif, S.A.",
    ],
)
def test_the_drawee_is_recognised_however_it_writes_its_name(name: str) -> None:
    change = issuer(name=name, legal_form="S.A." if "S.A." in name else "SA")
    assert act(change).author == name


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ([lambda b: b["options"].pop("issuer")], "issuer-not-drawee", "/options/issuer"),
        ([by_the_creditor], "issuer-not-drawee", "/options/issuer"),
        ([issuer(name="Banque Fictive du Sancy")], "issuer-not-drawee", "/options/issuer"),
        ([issuer(name="Banque Fictive")], "issuer-not-drawee", "/options/issuer"),
        ([lambda b: b["options"].pop("signatory"),
          lambda b: b["options"]["issuer"].pop("legal_representative")],
         "signatory-missing", "/options/signatory"),
        ([cheque(rejection_reason="opposition")], "cheque-rejection",
         "/case/claims/0/cheque/rejection_reason"),
        ([cheque(rejection_reason="irregular")], "want-of-funds",
         "/case/claims/0/cheque/rejection_reason"),
        ([cheque(rejection_reason="other")], "want-of-funds",
         "/case/claims/0/cheque/rejection_reason"),
        ([cheque(rejection_label="opposition pour perte")], "cheque-opposition",
         "/case/claims/0/cheque/rejection_label"),
        ([lambda b: b["case"]["claims"][0]["cheque"].pop("drawer_account")], "model-incomplete",
         "/case/claims/0/cheque/drawer_account"),
        ([on("2026-10-30")], "cheque-thirty-days", "/case/claims/0/cheque/presented_on"),
        ([on("2027-10-07")], "cheque-drawee-limit", "/case/claims/0/issued_on"),
        ([paid("1864.20")], "cheque-paid", "/case/payments"),
        ([cheque(amount_in_words="mille euros")], "cheque-amount",
         "/case/claims/0/cheque/amount_in_words"),
        ([lambda b: b.update(language="en")], "language-not-supported", "/language"),
    ],
)  # fmt: skip
def test_the_certificate_is_refused(changes: list[Change], code: str, pointer: str) -> None:
    with pytest.raises(LegalCheckFailed) as caught:
        act(*changes)
    assert (code, pointer) in {(fault.code, fault.pointer) for fault in caught.value.faults}


@pytest.mark.parametrize(("day", "is_late"), [("2026-11-19", False), ("2026-11-20", True)])
def test_a_certificate_given_after_fifteen_days_is_told(day: str, *, is_late: bool) -> None:
    warned = {check.code for check in act(on(day)).checks if check.outcome == "warn"}
    assert ("certificate-late" in warned) is is_late


@pytest.mark.parametrize(
    "words",
    [
        "CERTIFICAT DE NON-PAIEMENT", "cheque.number", "cheque.amount", "cheque.drawer",
        "cheque.account", "cheque.bank", "cheque.presented_on", "A été rejeté", "cheque.unpaid",
        "pas justifié", "est destiné", "{{ paragraph }}", "act.place_and_date", "Montant en euros",
    ],
)  # fmt: skip
def test_no_template_can_drop_a_line_of_the_model(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = without_paragraphs(template_source(act().kind), words)
    monkeypatch.setattr(drafting, "load_template", lambda _: Template.compile(source))
    with pytest.raises(ContentNotProved):
        act(paid("300.00"))
