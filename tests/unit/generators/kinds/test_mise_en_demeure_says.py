"""Each mention of a formal notice between professionals, by its source: printed when it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators.document_text import flat
from generators.drafting import Draft, draft
from generators.request import load_request
from law.rates import RateTables
from tests.support.cases import case_body
from tests.support.requests import TODAY

Change = Callable[[dict[str, Any]], object]


def act(body: dict[str, Any]) -> Draft:
    """The act of a request."""
    return draft(load_request(body, TODAY), RateTables.load())


def text(number: str = "05", *changes: Change) -> str:
    """The text of a case, changed, on one line with plain blanks and apostrophes."""
    body = case_body(number)
    for change in changes:
        change(body)
    return flat(act(body).text.replace("\u2019", "'"))


def clause(body: dict[str, Any]) -> None:
    body["case"]["contract"]["resolutive_clause"] = {
        "article": "12",
        "quote": "Le contrat est résilié de plein droit & sans formalité",
    }


def earlier_notice(body: dict[str, Any]) -> None:
    body["case"]["steps"].append(
        {"date": "2026-07-01", "type": "formal_notice", "channel": "registered_letter"}
    )


def sole_trader(body: dict[str, Any]) -> None:
    creditor = body["case"]["creditor"]
    for key in ("name", "share_capital", "legal_representative", "rcs_city"):
        del creditor[key]
    creditor |= {
        "type": "individual", "civility": "Mme", "first_name": "Odile", "last_name": "Exemple",
        "acts_as_professional": True, "activity": "artisan", "legal_form": "EI",
    }  # fmt: skip
    del body["options"]["signatory"]


@pytest.mark.parametrize(
    ("number", "changes", "printed"),
    [
        # who writes: R123-237, R123-238 and R526-27 C. com.
        pytest.param("05", [], "Aluminium Fictif du Forez SA", id="name"),
        pytest.param("05", [], "SA au capital de 250 000 €", id="form and capital"),
        pytest.param("05", [], "Parc d'activités de l'Hypothèse 9 rue du Laminoir", id="seat"),
        pytest.param("05", [], "801 234 568 RCS Saint-Étienne", id="number and register"),
        pytest.param("05", [sole_trader], "Mme Odile Exemple EI", id="EI of a sole trader"),
        # to whom, when, of what
        pytest.param(
            "05", [], "Vérandas & Lumière Modèles SAS (811 223 346 RCS Le Mans)", id="debtor"
        ),
        pytest.param("05", [], "À l'attention de Mme Solène Modèle", id="representative"),
        pytest.param("05", [], "Saint-Étienne, le 22 novembre 2026", id="place and date"),
        pytest.param("05", [], "Nos références : CTX-2026-17", id="reference"),
        pytest.param(
            "05",
            [],
            "Objet : Mise en demeure de payer – factures n° 25-0417, 25-0933 et 26-0288",
            id="subject",
        ),
        pytest.param("05", [], "Lettre recommandée avec demande d'avis de réception", id="carrier"),
        # exactly what is claimed: art. 1344 C. civ.
        pytest.param("05", [], "« Conditions générales de vente de janvier 2025 »", id="contract"),
        pytest.param(
            "05",
            [],
            "25-0417 – Profilés de véranda, commande n° CM-1187 | 30/04/2025 | 31/05/2025 |"
            " 540 jours | 7 200,00 € | 1 414,13 € | 5 785,87 €",
            id="invoice: number, dates, amount, rest",
        ),
        pytest.param(
            "05", [], "15 décembre 2025 : règlement de 2 000,00 € par virement", id="payment"
        ),
        pytest.param(
            "05",
            [],
            "imputés d'abord sur les intérêts, puis sur le principal (article 1343-1 du Code"
            " civil), soit : sur les pénalités de retard (585,87 €), sur le principal"
            " (1 414,13 €)",
            id="allocation, 1343-1",
        ),
        pytest.param("05", [], "10 juin 2026 : relance par lettre recommandée", id="earlier steps"),
        pytest.param("05", [], "Total dû | 15 380,76 €", id="total"),
        # penalties: art. L. 441-10 II C. com.
        pytest.param(
            "05",
            [],
            "exigibles le jour suivant la date de règlement figurant sur la facture, sans"
            " qu'un rappel soit nécessaire (article L. 441-10, II, du Code de commerce)",
            id="L441-10",
        ),
        pytest.param("05", [], "celui convenu entre les parties, soit 15 % l'an", id="agreed rate"),
        pytest.param("06", [], "À défaut de taux convenu", id="no agreed rate"),
        pytest.param(
            "06",
            [],
            "majoré de 10 points de pourcentage, soit 12,15 % au 1er semestre 2026 et 12,40 %"
            " au 2nd semestre 2026",
            id="rate by half-year",
        ),
        pytest.param(
            "06",
            [],
            "FV-61204 | du 01/07/2026 au 22/11/2026 | 145 | 5 182,50 € | 12,40 % | 255,29 €",
            id="interest line",
        ),
        pytest.param("06", [], "au taux actuel, de 1,76 € par jour", id="daily interest"),
        # fee: art. D. 441-5 C. com., one for each invoice
        pytest.param(
            "05",
            [],
            "D. 441-5 du Code de commerce), soit 3 × 40,00 € = 120,00 €",
            id="40 € by invoice",
        ),
        pytest.param(
            "05",
            [],
            "Une indemnisation complémentaire pourra être demandée, sur justification",
            id="more on proof",
        ),
        # clauses
        pytest.param(
            "05",
            [],
            "encourue par l'effet de la présente mise en demeure (article 1231-5 du Code"
            " civil). Elle s'élève à 10 % du principal restant dû, soit 1 229,64 €",
            id="penalty clause",
        ),
        pytest.param(
            "05",
            [clause],
            "vise expressément la clause résolutoire stipulée à l'article 12 du contrat,"
            " ainsi rédigée : « Le contrat est résilié de plein droit & sans formalité »",
            id="1225",
        ),
        pytest.param(
            "05", [], "le bénéfice de la clause de réserve de propriété", id="retention of title"
        ),
        # the demand: art. 1344, 1231 C. civ.
        pytest.param(
            "05",
            [],
            "nous vous mettons en demeure de nous payer la somme de 15 380,76 €",
            id="demand",
        ),
        pytest.param(
            "05", [], "dans un délai de 8 jours à compter de la première présentation", id="time"
        ),
        pytest.param(
            "05", [], "vaut mise en demeure au sens de l'article 1344 du Code civil", id="1344"
        ),
        pytest.param("05", [], "saisir le tribunal compétent", id="what follows"),
        # how to pay, to answer, who signs
        pytest.param(
            "05", [], "IBAN : FR76 3000 6000 0140 0000 0000 437 BIC : EXMPFRPPXXX", id="account"
        ),
        pytest.param("05", [], "Référence : CTX-2026-17", id="reference of the transfer"),
        pytest.param("05", [], "Si vous contestez tout ou partie de ces sommes", id="dispute"),
        pytest.param(
            "05", [], "proposer sans attendre un calendrier de paiement", id="dates of payment"
        ),
        pytest.param("05", [], "sous réserve de tous nos droits et actions", id="rights reserved"),
        pytest.param(
            "05",
            [],
            "Pour Aluminium Fictif du Forez SA M. Gaëtan Prête-Nom directeur général",
            id="1367",
        ),
        pytest.param(
            "05",
            [],
            "Pièces jointes Conditions générales de vente signées (14 janvier 2025)",
            id="enclosures",
        ),
    ],
)
def test_the_letter_says(number: str, changes: list[Change], printed: str) -> None:
    assert printed in text(number, *changes)


@pytest.mark.parametrize(
    ("number", "changes", "words"),
    [
        pytest.param("06", [], "1231-6", id="legal interest is not added to penalties"),
        pytest.param("06", [], "clause pénale", id="no penalty clause was agreed"),
        pytest.param("06", [], "clause résolutoire", id="no clause is named that is not there"),
        pytest.param("06", [], "réserve de propriété", id="no retention of title was agreed"),
        pytest.param(
            "05", [earlier_notice], "l'effet de la présente", id="an earlier notice did it"
        ),
        pytest.param("05", [], "Promesse de règlement", id="notes of the file stay in the file"),
        pytest.param(
            "05", [sole_trader], "Pour Mme Odile Exemple", id="who signs in their own name"
        ),
        pytest.param("05", [], "saisie", id="no seizure is threatened without a title"),
        pytest.param("05", [sole_trader], "Exemple EI EI", id="the form is told once"),
        pytest.param("05", [], "commandement", id="a letter is no commandement"),
        pytest.param("05", [], "sommation", id="nor a sommation"),
        pytest.param("05", [], "huissier", id="nor from a commissaire"),
    ],
)
def test_the_letter_does_not_say(number: str, changes: list[Change], words: str) -> None:
    assert words not in text(number, *changes)


def test_by_electronic_means_the_last_day_is_named() -> None:
    def by_email(body: dict[str, Any]) -> None:
        body["options"]["delivery"] = "email"

    assert "soit au plus tard le 30 novembre 2026" in text("05", by_email)


def test_a_creditor_in_liquidation_does_not_write() -> None:
    body = case_body("05")
    body["case"]["creditor"]["insolvency"] = {"type": "liquidation", "opened_on": "2026-10-01"}
    with pytest.raises(LegalCheckFailed) as caught:
        act(body)
    assert "sender-not-supported" in {fault.code for fault in caught.value.faults}


def test_the_amounts_of_the_letter_add_up() -> None:
    made = act(case_body("05"))
    assert made.statement is not None
    totals = made.statement.totals
    assert totals.due_cents == (
        totals.principal_cents + totals.interest_cents + totals.fixed_indemnity_cents
        + totals.penalty_clause_cents + totals.costs_cents - totals.paid_cents
    )  # fmt: skip
    lines = sum(line.amount_cents for row in made.statement.claims for line in row.interest)
    assert lines == totals.interest_cents
