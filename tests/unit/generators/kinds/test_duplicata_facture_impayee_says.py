"""The duplicate of an unpaid invoice: unchanged, with the prescribed mention; and its refusals."""

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
from tests.unit.law.test_bad_debt_vat import MENTION

Change = Callable[[dict[str, Any]], object]


def act(*changes: Change) -> Draft:
    """The duplicate of the invoice of case 12, changed."""
    body = case_body("12")
    body |= {"kind": "duplicata_facture_impayee", "options": {}}
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY.replace(2026, 12, 20)), RateTables.load())


def text(*changes: Change) -> str:
    return flat(act(*changes).text.replace("\u2019", "'"))


def second(body: dict[str, Any]) -> None:
    """Another invoice, of one rate."""
    body["case"]["claims"].append(
        {
            "id": "c2", "type": "invoice", "number": "TR-2025-012", "issued_on": "2025-01-31",
            "due_on": "2025-03-02", "amount_incl_tax": "1320.00",
            "vat": [{"rate": "10.00", "base": "1200.00", "amount": "120.00"}],
            "late_interest": {"basis": "none"}, "vat_due_on": "invoice",
        }
    )  # fmt: skip


def liquidator(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["insolvency"] = {
        "type": "liquidation", "opened_on": "2026-05-11", "officer": "SELARL Imaginaire",
    }  # fmt: skip


def in_2027(body: dict[str, Any]) -> None:
    body["as_of"] = "2027-01-01"


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        pytest.param([], "Duplicata Facture n° TR-2024-311 du 29 novembre 2024", id="word, number"),
        pytest.param([], "Traiteur L'Œillet d'Essai SAS SAS au capital de 18 000 €", id="supplier"),
        pytest.param([], "812 346 104 RCS Clermont-Ferrand – TVA FR42812346104", id="its VAT"),
        pytest.param([], "Client Événements Fictifs & Cie SARL", id="client"),
        pytest.param([], "numéro de TVA FR53812347110", id="client's VAT number"),
        pytest.param([], "10 % | 3 600,00 € | 360,00 € | 3 960,00 €", id="line as invoiced"),
        pytest.param([], "Total | 4 850,00 € | 610,00 € | 5 460,00 €", id="totals as invoiced"),
        pytest.param(
            [],
            "Facture demeurée impayée pour la somme de 3 961,72 euros (prix net) et pour la somme"
            " de 498,28 euros (TVA correspondante) qui ne peut faire l'objet d'une déduction"
            " (article 272 du CGI).",
            id="mention",
        ),
        pytest.param([], "20 % | 1 021,06 € | 204,21 €", id="unpaid by rate"),
        pytest.param([], "La créance subsiste", id="the debt survives"),
        pytest.param([], "Mention apposée à Chamalières, le 22 novembre 2026", id="its day"),
        pytest.param([liquidator], "Rectification adressée à SELARL Imaginaire", id="liquidator"),
        pytest.param([second], "Duplicata Facture n° TR-2025-012 du 31 janvier 2025", id="each"),
        pytest.param([second], "État récapitulatif Factures impayées de", id="recapitulation"),
        pytest.param(
            [second],
            "TR-2025-012 | 31/01/2025 | Facture n° TR-2025-012 | 1 200,00 € | 120,00 € | Facture"
            " impayée pour la somme de 1 200,00 euros (prix net)",
            id="mention of each line",
        ),
        pytest.param([in_2027], "(article 272 du CGI)", id="kept in 2027"),
        pytest.param([in_2027], "Code des impositions sur les biens et services", id="new code"),
    ],
)
def test_the_duplicate_says(changes: list[Change], printed: str) -> None:
    assert printed in text(*changes)


@pytest.mark.parametrize("changes", [[], [second], [liquidator], [in_2027]])
def test_the_mention_is_as_prescribed(changes: list[Change]) -> None:
    assert MENTION.search(act(*changes).text)


@pytest.mark.parametrize("words", ["avoir n°", "annulé", "éteint", "facture rectificative"])
def test_the_duplicate_is_no_credit_note(words: str) -> None:
    assert words not in text()


def test_one_invoice_needs_no_recapitulation() -> None:
    assert "État récapitulatif" not in text()


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        (
            lambda b: b["case"]["claims"][0].update(vat_due_on="payment"),
            "vat-not-due",
            "/case/claims/0/vat_due_on",
        ),
        (
            lambda b: b["case"]["claims"][0].update(
                vat=[{"rate": "0.00", "base": "5460.00", "amount": "0.00"}],
                amount_excl_tax="5460.00",
            ),
            "vat-not-due",
            "/case/claims/0/vat",
        ),
        (
            lambda b: b["case"]["claims"][0].pop("vat_due_on"),
            "vat-regime",
            "/case/claims/0/vat_due_on",
        ),
        (lambda b: b["case"]["claims"][0].pop("vat"), "vat-breakdown", "/case/claims/0/vat"),
        (
            lambda b: b["case"]["claims"][0].update(type="rent"),
            "invoice-needed",
            "/case/claims/0/type",
        ),
        (
            lambda b: b["case"]["claims"][0].update(currency="CHF"),
            "invoice-needed",
            "/case/claims/0/currency",
        ),
        (lambda b: b.update(language="en"), "language-not-supported", "/language"),
        (lambda b: b["case"]["claims"][0].update(disputed=True) or b["case"].update(steps=[]),
         "litigious-claim", "/case/claims/0/disputed"),
    ],
)  # fmt: skip
def test_the_duplicate_is_refused(change: Change, code: str, pointer: str) -> None:
    with pytest.raises(LegalCheckFailed) as caught:
        act(change)
    assert (code, pointer) in {(fault.code, fault.pointer) for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b["case"].update(steps=b["case"]["steps"][:3]), "insufficient-evidence"),
        (lambda _: None, "duplicate-sending"),
        (lambda b: b["case"].update(exhibits=[]), "original-invoice"),
        (lambda b: b["case"]["creditor"].pop("vat_number"), "vat-number"),
        (lambda _: None, "e-invoicing"),
        (in_2027, "tax-code-moved"),
    ],
)
def test_the_duplicate_warns(change: Change, code: str) -> None:
    assert code in {check.code for check in act(change).checks if check.outcome == "warn"}


def test_the_duplicate_of_august_2026_does_not_warn_of_electronic_invoices() -> None:
    made = act(lambda body: body.update(as_of="2026-08-31"))
    assert "e-invoicing" not in {check.code for check in made.checks if check.outcome == "warn"}


@pytest.mark.parametrize(
    "words",
    ["sheet.mention", "{{ row.base }}", "{{ client }}", "sheet.issued_on", "La créance subsiste"],
)
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
