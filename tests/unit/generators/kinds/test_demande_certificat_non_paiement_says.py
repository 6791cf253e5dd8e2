"""The demand for a certificate of non-payment: each mention, each refusal."""

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
    """The demand of case 13a, changed."""
    body = case_body("13a")
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY.replace(2027, 12, 1)), RateTables.load())


def text(*changes: Change) -> str:
    return flat(act(*changes).text.replace("\u2019", "'"))


def cheque(**facts: Any) -> Change:
    return lambda body: body["case"]["claims"][0]["cheque"].update(facts)


def on(day: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        body["as_of"], body["options"]["letter_date"] = day, day

    return change


def agency(body: dict[str, Any]) -> None:
    body["case"]["representative"] = case_body("12")["case"]["representative"]


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        pytest.param([], "Banque Fictive du Massif Agence de la Halle", id="to the drawee"),
        pytest.param([], "En qualité de bénéficiaire et porteur", id="holder, capacity"),
        pytest.param([], "Bénéficiaire Serrurerie de l'Exemple SARL", id="holder"),
        pytest.param(
            [agency],
            "Société de recouvrement amiable de créances, agissant au nom et pour le compte de"
            " Serrurerie de l'Exemple SARL (812 348 126 RCS Clermont-Ferrand), dont le siège est 16"
            " rue du Pêne Dormant, 63200 Riom, bénéficiaire et porteur, en vertu d'un mandat écrit"
            " du 3 mars 2025, nous",
            id="mandate of the agency",
        ),
        pytest.param([], "Chèque n° 0830047", id="number"),
        pytest.param(
            [],
            "1 864,20 € (mille huit cent soixante-quatre euros et vingt centimes)",
            id="figures and words",
        ),
        pytest.param([], "Émis le 28 septembre 2026, à Vichy", id="date and place"),
        pytest.param([], "Tireur Camping L'Hypothèse SARL", id="drawer"),
        pytest.param([], "Compte 00040815162", id="account"),
        pytest.param([], "Présenté pour la première fois au paiement le 30 septembre", id="first"),
        pytest.param([], "rejeté le 2 octobre 2026 pour le motif suivant : « prov", id="rejection"),
        pytest.param([], "(attestation de rejet du 2 octobre 2026, en pièce jointe)", id="paper"),
        pytest.param(
            [cheque(second_presentation_on="2026-10-12")],
            "Présenté de nouveau le 12 octobre 2026, il est demeuré impayé",
            id="presented again",
        ),
        pytest.param(
            [],
            "Le délai de trente jours à compter de la première présentation a expiré le 30 octobre"
            " 2026 sans que le chèque ait été payé ni que sa provision ait été constituée",
            id="thirty days",
        ),
        pytest.param([], "modèle annexé à l'arrêté du 20 avril 2011", id="official model"),
        pytest.param(
            [], "dans les quinze jours de la présente demande (article R. 131-48", id="15"
        ),
        pytest.param(
            [cheque(second_presentation_on="2026-11-03")],
            "de votre propre initiative et sans frais (article R. 131-48",
            id="own motion, free",
        ),
        pytest.param([cheque(rejection_reason="bank_ban")], "L. 131-81, I", id="ban"),
        pytest.param([], "Fin du délai de présentation (8 jours) | 6 octobre 2026", id="calendar"),
        pytest.param([], "Certificat pouvant être demandé | 31 octobre 2026", id="from"),
        pytest.param([], "Prescription contre le tireur (6 mois) | 6 avril 2027", id="6 months"),
        pytest.param(
            [], "Prescription contre la banque tirée (1 an) | 6 octobre 2027", id="1 year"
        ),
        pytest.param([], "Pièces jointes Copie recto verso du chèque", id="attachments"),
        pytest.param([], "Riom, le 4 novembre 2026", id="date"),
        pytest.param([], "Pour Serrurerie de l'Exemple SARL Mme Capucine", id="signature"),
    ],
)
def test_the_demand_says(changes: list[Change], printed: str) -> None:
    assert printed in text(*changes)


@pytest.mark.parametrize(
    "words", ["huissier", "gratuit", "sans frais", "L. 131-81", "présenté de nouveau", "réglé que"]
)
def test_the_demand_does_not_say_what_is_not_so(words: str) -> None:
    assert words.casefold() not in text().casefold()


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ([cheque(rejection_reason="opposition")], "cheque-rejection",
         "/case/claims/0/cheque/rejection_reason"),
        ([cheque(rejection_reason="irregular")], "cheque-rejection",
         "/case/claims/0/cheque/rejection_reason"),
        ([cheque(rejection_label="Opposition pour vol")], "cheque-opposition",
         "/case/claims/0/cheque/rejection_label"),
        ([on("2026-10-30")], "cheque-thirty-days", "/case/claims/0/cheque/presented_on"),
        ([on("2027-10-07")], "cheque-drawee-limit", "/case/claims/0/issued_on"),
        ([lambda b: b["case"]["claims"][0]["cheque"]["drawee_bank"].pop("address")],
         "drawee-address", "/case/claims/0/cheque/drawee_bank/address"),
        ([lambda b: b["case"]["claims"].append(b["case"]["claims"][0] | {"id": "ch2"})],
         "one-cheque", "/case/claims/1"),
        ([lambda b: b["case"]["claims"][0].pop("cheque")], "cheque-missing",
         "/case/claims/0/cheque"),
        ([lambda b: b["case"]["claims"][0].update(amount_incl_tax="1846.20")], "cheque-amount",
         "/case/claims/0/cheque/amount_in_words"),
        ([lambda b: b["case"].update(payments=[{"received_on": "2026-10-15",
                                                "amount": "1864.20"}])],
         "cheque-paid", "/case/payments"),
        ([agency, lambda b: b["case"]["representative"].pop("mandate_date")], "agency-mandate",
         "/case/representative/mandate_date"),
        ([lambda b: b["case"]["steps"][0].update(outcome="FNCI : signalé")],
         "irregular-cheques-file", "/case/steps/0/outcome"),
        ([lambda b: b.update(language="en")], "language-not-supported", "/language"),
    ],
)  # fmt: skip
def test_the_demand_is_refused(changes: list[Change], code: str, pointer: str) -> None:
    with pytest.raises(LegalCheckFailed) as caught:
        act(*changes)
    assert (code, pointer) in {(fault.code, fault.pointer) for fault in caught.value.faults}


def test_a_small_cheque_is_for_the_bank_to_pay() -> None:
    def small(body: dict[str, Any]) -> None:
        body["case"]["claims"][0]["amount_incl_tax"] = "15.00"
        body["case"]["claims"][0]["cheque"] |= {
            "amount": "15.00",
            "amount_in_words": "quinze euros",
        }

    with pytest.raises(LegalCheckFailed) as caught:
        act(small)
    assert {fault.article for fault in caught.value.faults} == {"art. L. 131-82 CMF"}


def test_the_words_prevail_over_the_figures() -> None:
    made = act(cheque(amount="1846.20"))
    assert "1 864,20 €" in flat(made.text)
    assert "1 846,20" not in flat(made.text)
    assert "cheque-amount" in {check.code for check in made.checks if check.outcome == "warn"}


def test_from_the_thirty_first_day_the_demand_is_made() -> None:
    assert act(on("2026-10-31")).text
    assert act(on("2027-10-06")).text


@pytest.mark.parametrize(
    "words",
    [
        "{{ said.holder }}", "{{ cheque.words }}", "{{ cheque.issued }}",
        "{{ cheque.drawer }}", "{{ cheque.account }}", "{{ cheque.reason }}",
        "said.funding_ends_on", "de nous délivrer", "quinze jours", "{{ row.basis }}",
    ],
)  # fmt: skip
def test_no_template_can_drop_a_mention(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = without_paragraphs(template_source(act().kind), words)
    monkeypatch.setattr(drafting, "load_template", lambda _: Template.compile(source))
    with pytest.raises(ContentNotProved):
        act()
