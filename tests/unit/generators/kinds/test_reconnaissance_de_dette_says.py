"""Each mention of an acknowledgment of debt, by its source; its refusals and warnings."""

from __future__ import annotations

from typing import Any

import pytest

from generators import drafting
from generators.drafting import ContentNotProved
from generators.render import Template
from law.number_words import cents_from_words
from tests.support.acts import Change, act, refusals, text_of
from tests.support.golden_changed import checks_of, dropping, found, golden, setting
from tests.support.mentions import without_mention

SLUG = "reconnaissance_de_dette"
CASES = (
    "consumer_plan",
    "company_at_once",
    "loan_between_individuals",
    "agency_nobody_named",
    "consumer_one_day",
)


@pytest.mark.parametrize(
    ("case", "printed"),
    [
        # art. 1376 C. civ.
        pytest.param(
            "consumer_plan",
            "la somme de trois mille cinq cent vingt et un euros et cinquante-deux centimes, soit"
            " 3 521,52 €",
            id="words and figures",
        ),
        pytest.param(
            "consumer_plan",
            "« Je reconnais devoir la somme de trois mille cinq cent vingt et un euros et"
            " cinquante-deux centimes, soit 3 521,52 €. »",
            id="the debtor's own mention",
        ),
        pytest.param(
            "consumer_plan",
            "la somme écrite en toutes lettres l'emporte (article 1376 du Code civil)",
            id="words prevail",
        ),
        pytest.param(
            "consumer_plan",
            "un procédé qui garantit que lui seul a pu l'apposer (article 1174 du Code civil)",
            id="mention by electronic means",
        ),
        pytest.param("consumer_plan", "Date et signature du débiteur", id="signature"),
        # cause, date, due date
        pytest.param(
            "consumer_plan",
            "Facture n° CM-26-0188 – Cuisine équipée posée, bon de commande signé le 12 janvier"
            " 2026 | 31/03/2026 | 30/04/2026 | 4 480,00 € | 3 521,52 €",
            id="cause, date, due date",
        ),
        pytest.param(
            "company_at_once", "« Conditions générales de vente de janvier 2025 »", id="contract"
        ),
        pytest.param("consumer_plan", "Règlements reçus | − 1 000,00 €", id="payments"),
        pytest.param("consumer_plan", "1 | 31 décembre 2026 | 880,38 € | 2 641,14 €", id="plan"),
        pytest.param("consumer_one_day", "à payer cette somme en une fois", id="one day"),
        pytest.param("company_at_once", "Cette somme est exigible", id="due"),
        pytest.param(
            "agency_nobody_named", "à payer chaque créance à l'échéance indiquée", id="not all due"
        ),
        # interest: art. 1343-1
        pytest.param(
            "loan_between_individuals",
            "soit 4 000,01 € à ce jour, porte intérêt au taux annuel convenu de 3,5 % (article"
            " 1343-1 du Code civil)",
            id="rate in writing",
        ),
        pytest.param("loan_between_individuals", "ne portent pas eux-mêmes intérêt", id="1343-2"),
        pytest.param("company_at_once", "restent régis par le contrat et par la loi", id="none"),
        pytest.param("consumer_plan", "ni intérêt, ni pénalité, ni frais", id="free"),
        # parties
        pytest.param(
            "consumer_plan",
            "M. Théodore Exemplaire, né le 29 février 1984 à Vichy, de nationalité française",
            id="birth",
        ),
        pytest.param(
            "loan_between_individuals", "né(e) le …………………………………… à ……………………………………", id="blank"
        ),
        pytest.param(
            "agency_nobody_named", "représentée par ……………………………………", id="blank for who signs"
        ),
        pytest.param(
            "company_at_once",
            "Pour Vérandas & Lumière Modèles SAS : Mme Solène Modèle, présidente",
            id="who signs for the firm",
        ),
        pytest.param("consumer_one_day", "M. Aurélien Fictif EI", id="R526-27: creditor is EI"),
        # place, date, originals
        pytest.param(
            "consumer_plan", "établi à Riom, le 24 novembre 2026, en deux originaux", id="originals"
        ),
        pytest.param("loan_between_individuals", "en trois originaux", id="three"),
        pytest.param("agency_nobody_named", "en un original", id="one"),
        # effects
        pytest.param("consumer_plan", "interrompt la prescription (article 2240", id="2240"),
        pytest.param("consumer_plan", "n'emporte pas novation (article 1330", id="1330"),
        pytest.param("consumer_plan", "L. 218-1 du Code de la consommation", id="L218-1"),
        pytest.param(
            "consumer_plan", "après une mise en demeure de la payer restée sans effet pendant 15"
            " jours", id="loss of the plan",
        ),
    ],
)  # fmt: skip
def test_the_act_says(case: str, printed: str) -> None:
    assert printed in text_of(golden(f"{SLUG}/{case}"))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        pytest.param("consumer_plan", "1326", id="never the old article"),
        pytest.param("consumer_plan", "porte intérêt", id="a consumer pays none"),
        pytest.param("company_at_once", "L. 218-1", id="no consumer law between professionals"),
        pytest.param("company_at_once", "mise en demeure", id="no plan to lose"),
    ],
)
def test_the_act_does_not_say(case: str, words: str) -> None:
    assert words not in text_of(golden(f"{SLUG}/{case}"))


@pytest.mark.parametrize("case", CASES)
def test_the_words_of_the_act_are_its_figures_and_its_statement(case: str) -> None:
    made = act(golden(f"{SLUG}/{case}"))
    assert made.statement is not None
    assert cents_from_words(made.context["debt"]["words"]) == made.statement.totals.due_cents


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("company_at_once", "{{ debt.words }}"),
        ("company_at_once", "{{ debt.mention }}"),
        ("company_at_once", "en toutes lettres l'emporte"),
        ("company_at_once", "{{ claim.what }}"),
        ("company_at_once", "{{ debtor.undersigned }}"),
        ("company_at_once", "{{ creditor.full }}"),
        ("company_at_once", "article 2240"),
        ("company_at_once", "article 1330"),
        ("company_at_once", "1342-10"),
        ("company_at_once", "{{ act.originals }}"),
        ("company_at_once", "{{ signatory }}"),
        ("loan_between_individuals", "{{ terms.interest }}"),
        ("consumer_plan", "ni intérêt, ni pénalité"),
        ("consumer_plan", "L. 218-1"),
        ("consumer_plan", "après une mise en demeure"),
        ("consumer_plan", "{{ instalment.due_on }}"),
    ],
)
def test_no_act_is_made_without_a_mention(
    case: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = Template.compile(without_mention(SLUG, words))
    monkeypatch.setattr(drafting, "load_template", lambda _: less)
    with pytest.raises(ContentNotProved):
        act(golden(f"{SLUG}/{case}"))


def expired(body: dict[str, Any]) -> None:
    body["case"]["claims"][0] |= {"issued_on": "2023-03-31", "due_on": "2023-04-30"}
    body["case"]["claims"][0].pop("interest_from", None)
    body["case"] |= {"steps": [], "payments": []}
    body["options"].pop("instalments")


def rent(body: dict[str, Any]) -> None:
    body["case"]["claims"][0]["type"] = "rent"


@pytest.mark.parametrize(
    ("case", "change", "code", "pointer"),
    [
        pytest.param(
            "consumer_one_day", setting("options.interest_percent", "2.00"), "consumer-plan-cost",
            "/options/interest_percent", id="L312-4: interest from a consumer",
        ),
        pytest.param(
            "loan_between_individuals", rent, "agreed-interest", "/options/interest_percent",
            id="art. 4 loi 89-462: interest from a tenant",
        ),
        pytest.param(
            "consumer_plan", expired, "limitation-waived", "/case/claims/0/due_on",
            id="L218-1: limitation is over",
        ),
        pytest.param(
            "consumer_one_day", setting("options.instalments.0.amount", "1247.41"),
            "instalments-total", "/options/instalments", id="more than the debt",
        ),
        pytest.param(
            "consumer_one_day", setting("options.instalments.0.due_on", "2026-11-01"),
            "instalment-past", "/options/instalments/0/due_on", id="before the act",
        ),
        pytest.param(
            "company_at_once",
            setting("case.debtor.insolvency", {"type": "receivership", "opened_on": "2026-10-01"}),
            "debtor-in-insolvency", "/case/debtor/insolvency", id="L622-7",
        ),
        pytest.param(
            "company_at_once", setting("case.creditor", {
                "type": "public_body", "name": "Commune de l'Essai",
                "address": {"lines": ["1 place"], "postal_code": "63000", "city": "Thiers"}}),
            "party-not-supported", "/case/creditor/type", id="a public creditor",
        ),
        pytest.param(
            "company_at_once", setting("language", "en"), "language-not-supported", "/language",
            id="in French",
        ),
    ],
)  # fmt: skip
def test_an_acknowledgment_is_refused(case: str, change: Change, code: str, pointer: str) -> None:
    assert refusals(golden(f"{SLUG}/{case}", change)).get(pointer) == code


@pytest.mark.parametrize(
    ("case", "change", "code", "outcomes"),
    [
        pytest.param(
            "consumer_plan", dropping("case.debtor.birth_date"), "debtor-identity",
            [("warn", "/case/debtor/birth_date")], id="birth is asked for",
        ),
        pytest.param(
            "company_at_once", dropping("case.debtor.legal_representative"), "debtor-identity",
            [("warn", "/case/debtor/legal_representative")], id="who acts is asked for",
        ),
        pytest.param(
            "agency_nobody_named", setting("language", "fr"), "drafting-for-others",
            [("warn", "/case/representative/role")], id="drafting for others",
        ),
        pytest.param(
            "loan_between_individuals", setting("language", "fr"), "agreed-interest",
            [("warn", "/options/interest_percent")], id="usury is not computed",
        ),
        pytest.param(
            "consumer_plan", setting("options.payment_deadline_days", 8), "plan-notice-period",
            [("warn", "/options/payment_deadline_days")], id="eight days are few",
        ),
        pytest.param(
            "company_at_once", setting("language", "fr"), "signature-level",
            [("pass", "/options/signatory")], id="level of signature",
        ),
    ],
)  # fmt: skip
def test_an_acknowledgment_tells(
    case: str, change: Change, code: str, outcomes: list[tuple[str, str]]
) -> None:
    assert found(golden(f"{SLUG}/{case}", change), code) == outcomes


def test_a_plan_is_not_judged_when_there_is_none() -> None:
    codes = {each.code for each in checks_of(golden(f"{SLUG}/company_at_once"))}
    assert not {code for code in codes if code.startswith(("instalment", "plan"))}
