"""Each mention of a certificate of irrecoverability, and what it must never say."""

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
from law.french import euros
from law.rates import RateTables
from tests.support.cases import case_body
from tests.support.requests import TODAY
from tests.support.word_templates import without_paragraphs

Change = Callable[[dict[str, Any]], object]


def act(*changes: Change) -> Draft:
    """The certificate of case 12, changed."""
    body = case_body("12")
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY), RateTables.load())


def text(*changes: Change) -> str:
    """Its text on one line, with plain apostrophes."""
    return flat(act(*changes).text.replace("\u2019", "'"))


def liquidation(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["insolvency"] = {
        "type": "liquidation", "opened_on": "2026-05-11",
        "court": "tribunal de commerce de Clermont-Ferrand", "officer": "SELARL Imaginaire",
    }  # fmt: skip
    body["case"]["steps"] = body["case"]["steps"][:2]
    body["options"] |= {"claim_declared_on": "2026-06-02", "gazette_reference": "A n° 98"}


def closed(body: dict[str, Any]) -> None:
    liquidation(body)
    body["options"]["liquidation_closed_on"] = "2026-10-06"


def services(body: dict[str, Any]) -> None:
    body["case"]["claims"][0]["vat_due_on"] = "payment"


def small_claim(body: dict[str, Any]) -> None:
    body["case"]["steps"] = [
        {"date": "2026-01-05", "type": "reminder", "channel": "email"},
        {"date": "2026-02-05", "type": "formal_notice", "channel": "registered_letter"},
        {"date": "2026-02-25", "type": "phone_call", "channel": "phone"},
        {"date": "2026-03-05", "type": "tracing", "outcome": "Aucun bien connu"},
    ]
    body["options"]["futility"] = "frais estimés au triple de la créance."


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        pytest.param([], "Certificat d'irrécouvrabilité", id="1 title"),
        pytest.param([], "Émetteur Recouvrement Modèle SAS, SAS au capital de 40 000 €", id="2"),
        pytest.param([], "articles R. 124-1 et suivants", id="2 capacity"),
        pytest.param([], "Pouvoir Mandat écrit du 3 mars 2025", id="3 mandate"),
        pytest.param([], "Créancier Traiteur L'Œillet d'Essai SAS", id="4 creditor"),
        pytest.param([], "numéro de TVA FR42812346104", id="4 VAT number"),
        pytest.param([], "Débiteur Événements Fictifs & Cie SARL", id="5 debtor"),
        pytest.param([], "812 347 110 RCS Clermont-Ferrand", id="5 register"),
        pytest.param(
            [],
            "TR-2024-311 | 29/11/2024 | 29/12/2024 | 4 850,00 € | 610,00 € | 5 460,00 €"
            " | 1 000,00 € | 4 460,00 €",
            id="6 invoice, payment, unpaid",
        ),
        pytest.param(
            [],
            "TR-2024-311 | 10 % | 3 600,00 € | 360,00 € | 2 940,66 € | 294,07 € | 294,07 €",
            id="6 unpaid at 10 %",
        ),
        pytest.param(
            [],
            "TR-2024-311 | 20 % | 1 250,00 € | 250,00 € | 1 021,06 € | 204,21 € | 204,21 €",
            id="6 unpaid at 20 %",
        ),
        pytest.param([], "vins (20 %) – TVA exigible sur la facture", id="7 basis and regime"),
        pytest.param(
            [], "10/03/2025 | Mise en demeure | Lettre recommandée | LRAR 1A 198 772", id="8 steps"
        ),
        pytest.param(
            [], "24/06/2025 | Signification | Sur place | Signification par Me Exemple", id="9"
        ),
        pytest.param(
            [liquidation],
            "prononcée par jugement du tribunal de commerce de Clermont-Ferrand du 11 mai 2026."
            " Publication au BODACC : A n° 98. Liquidateur : SELARL Imaginaire. Créance déclarée le"
            " 2 juin 2026.",
            id="10 proceedings",
        ),
        pytest.param([closed], "clôturée pour insuffisance d'actif par jugement du 6", id="10 end"),
        pytest.param([], "Registre du commerce, extrait du 5 mars 2026", id="11 solvency"),
        pytest.param([], "Exécution infructueuse (14 avril 2026)", id="12 cause"),
        pytest.param(
            [],
            "14 avril 2026 : Procès-verbal de carence dressé par Me Exemple, commissaire de justice"
            " à Riom – Aucun bien saisissable",
            id="12 reasons of this file",
        ),
        pytest.param(
            [],
            "définitivement irrécouvrable pour le montant impayé de 3 961,72 € hors taxes et"
            " 498,28 € de TVA, soit 4 460,00 € toutes taxes comprises",
            id="13 conclusion",
        ),
        pytest.param([], "L'irrécouvrabilité a été établie le 14 avril 2026", id="14 day"),
        pytest.param([], "à adresser à Événements Fictifs & Cie SARL", id="15 addressee"),
        pytest.param([liquidation], "à adresser à SELARL Imaginaire, ès qualités", id="15 officer"),
        pytest.param([], "ne vaut pas renonciation à la créance", id="16 reservation"),
        pytest.param([], "retour du débiteur à meilleure fortune", id="16 better fortune"),
        pytest.param([], "que l'administration fiscale et le juge apprécient", id="16 evidence"),
        pytest.param([], "rectification préalable de la facture", id="17 rectified invoice"),
        pytest.param([], "Annexes Facture TR-2024-311 (29 novembre 2024)", id="18 annexes"),
        pytest.param([], "Lyon, le 22 novembre 2026 Pour Recouvrement Modèle SAS", id="19"),
        pytest.param([], "M. Paul-Émile Modèle président", id="19 signatory"),
        pytest.param([], "au plus tard le 31 décembre 2028", id="end of the second year after"),
        pytest.param([liquidation], "court du jugement de clôture", id="time not yet running"),
        pytest.param([small_claim], "preuve à apprécier par l'administration", id="weaker file"),
        pytest.param([services], "elle n'est pas devenue exigible", id="services"),
        pytest.param([], "accessoires de la créance (intérêts, indemnités et frais), soit 124,30 €",
                     id="no VAT on the rest"),
        pytest.param([], "654 – Pertes sur créances irrécouvrables | 3 961,72 €", id="entries"),
    ],
)  # fmt: skip
def test_the_certificate_says(changes: list[Change], printed: str) -> None:
    assert printed in text(*changes)


@pytest.mark.parametrize(
    "words",
    ["vaut titre", "opposable", "garanti", "annulé", "éteint", "abandon", "procès-verbal vaut"],
)
@pytest.mark.parametrize("changes", [[], [closed], [small_claim], [services]])
def test_the_certificate_never_says(changes: list[Change], words: str) -> None:
    assert words not in text(*changes)


def test_fees_of_the_agency_are_not_put_on_the_debtor() -> None:
    assert "310,00" not in text()


def test_no_vat_is_recovered_that_never_fell_due() -> None:
    said = text(services)
    assert "Aucune TVA n'est à récupérer" in said
    assert "La TVA à récupérer s'élève" not in said
    assert "44571" not in said


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        (lambda b: b["case"].pop("representative"), "issuer-not-allowed", "/case/representative"),
        (
            lambda b: b["case"]["representative"].pop("mandate_date"),
            "agency-mandate",
            "/case/representative/mandate_date",
        ),
        (lambda b: b["case"].pop("steps"), "insufficient-evidence", "/case/steps"),
        (
            lambda b: b["case"].update(steps=b["case"]["steps"][:3]),
            "insufficient-evidence",
            "/case/steps",
        ),
        (
            lambda b: b["case"]["claims"][0].pop("vat_due_on"),
            "vat-regime",
            "/case/claims/0/vat_due_on",
        ),
        (lambda b: b["case"]["claims"][0].pop("vat"), "vat-breakdown", "/case/claims/0/vat"),
        (
            lambda b: b["case"]["steps"].append({"date": "2026-06-01", "type": "dispute"}),
            "litigious-claim",
            "/case/steps/10",
        ),
        (
            lambda b: b["case"]["payments"][0].update(amount="5460.00"),
            "nothing-due",
            "/case/claims",
        ),
        (lambda b: b.update(language="en"), "language-not-supported", "/language"),
        (
            lambda b: b["options"].update(letter_date="2026-11-20"),
            "letter-date",
            "/options/letter_date",
        ),
    ],
)
def test_the_certificate_is_refused(change: Change, code: str, pointer: str) -> None:
    with pytest.raises(LegalCheckFailed) as caught:
        act(change, lambda body: body["case"].pop("costs"), _no_indemnity)
    assert (code, pointer) in {(fault.code, fault.pointer) for fault in caught.value.faults}


def _no_indemnity(body: dict[str, Any]) -> None:
    """A consumer owes no 40 €, so that a full payment leaves nothing."""
    body["case"]["debtor"] = {
        "type": "individual", "first_name": "Ada", "last_name": "Fictive",
        "address": body["case"]["debtor"]["address"],
    }  # fmt: skip


def _in_2027(body: dict[str, Any]) -> None:
    body["as_of"], body["options"] = "2027-01-04", {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b["case"].pop("exhibits"), "exhibits-missing"),
        (
            lambda b: b.update(as_of="2027-01-04") or b["options"].pop("letter_date"),
            "tax-code-moved",
        ),
        (small_claim, "insufficient-evidence"),
        (services, "vat-regime"),
        (liquidation, "vat-proportion"),
        (lambda b: liquidation(b) or b["options"].pop("claim_declared_on"), "insolvency-evidence"),
        (
            lambda b: liquidation(b) or b["case"]["debtor"]["insolvency"].pop("officer"),
            "insolvency-evidence",
        ),
    ],
)
def test_the_certificate_warns(change: Change, code: str) -> None:
    body = case_body("12")
    change(body)
    made = draft(load_request(body, max(TODAY, TODAY.replace(2026, 12, 15))), RateTables.load())
    assert code in {check.code for check in made.checks if check.outcome == "warn"}


def test_from_2027_the_certificate_names_both_codes() -> None:
    body = case_body("12")
    _in_2027(body)
    made = draft(load_request(body, TODAY.replace(2026, 12, 15)), RateTables.load())
    assert "Code des impositions sur les biens et services" in made.text
    assert "272, 1" in made.text


def test_a_receivership_without_a_plan_proves_nothing() -> None:
    def receivership(body: dict[str, Any]) -> None:
        liquidation(body)
        body["case"]["debtor"]["insolvency"]["type"] = "receivership"

    with pytest.raises(LegalCheckFailed) as caught:
        act(receivership)
    assert {fault.code for fault in caught.value.faults} == {"insufficient-evidence"}


def test_amounts_of_the_certificate_add_up() -> None:
    made = act()
    assert made.statement is not None
    (row,) = made.statement.claims
    assert row.outstanding_principal_cents == 446_000
    rows = [(row["debit"], row["credit"]) for row in made.context["entries"]]
    assert rows == [(euros(396_172), ""), (euros(49_828), ""), ("", euros(446_000))]


@pytest.mark.parametrize(
    "words",
    [
        "{{ parties.issuer }}", "{{ parties.capacity }}", "{{ parties.mandate }}",
        "{{ parties.creditor }}", "{{ parties.debtor }}", "{{ row.unpaid_base }}",
        "{{ row.outcome }}", "{{ cause.label }}", "{{ line }}", "définitivement irrécouvrable",
        "{{ conclusion.established }}", "rectification préalable", "{{ vat.deadline }}",
        "ne vaut pas renonciation", "{{ act.place_and_date }}", "{{ enclosure }}",
    ],
)  # fmt: skip
def test_no_template_can_drop_a_mention(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = without_paragraphs(template_source(act().kind), words)
    monkeypatch.setattr(drafting, "load_template", lambda _: Template.compile(source))
    with pytest.raises(ContentNotProved):
        act()


def test_when_only_accessories_are_unpaid_there_is_no_vat_to_recover() -> None:
    """The price is paid, the 40 € are not: something is due, but nothing of the price."""
    with pytest.raises(LegalCheckFailed) as caught:
        act(lambda body: body["case"]["payments"][0].update(amount="5460.00"))
    assert ("principal-paid", "/case/payments") in {
        (fault.code, fault.pointer) for fault in caught.value.faults
    }
