"""Each mention of a payment plan, by its source; what it is refused for; what it warns of."""

from __future__ import annotations

from typing import Any

import pytest

from generators import drafting
from generators.drafting import ContentNotProved
from generators.render import Template
from tests.support.acts import Change, act, refusals, text_of
from tests.support.golden_changed import checks_of, dropping, found, golden, setting
from tests.support.mentions import without_mention

CASES = ("monthly", "consumer", "agency", "agency_first_letter", "lawyer", "tenant")
PLAN = "options.instalments"


@pytest.mark.parametrize(
    ("case", "printed"),
    [
        # the debt and its ground, each instalment: art. 1342 C. civ.
        pytest.param(
            "monthly",
            "Vous devez à Aluminium Fictif du Forez SA (801 234 568 RCS Saint-Étienne), au"
            " 22 novembre 2026, la somme de 14 151,12 € (quatorze mille cent cinquante et un euros"
            " et douze centimes)",
            id="debt",
        ),
        pytest.param("monthly", "« Conditions générales de vente de janvier 2025 »", id="contract"),
        pytest.param(
            "monthly",
            "1 | Facture n° 25-0417 – Profilés de véranda, commande n° CM-1187 | 30/04/2025 |"
            " 31/05/2025 | 7 200,00 € | 6 639,05 €",
            id="ground",
        ),
        pytest.param("monthly", "6 échéances, du 15 décembre 2026 au 18 mai 2027", id="count"),
        pytest.param("monthly", "1 | 15 décembre 2026 | 2 358,52 € | 11 792,60 €", id="instalment"),
        pytest.param("monthly", "6 | 18 mai 2027 | 2 358,52 € | 0,00 €", id="Whit Monday"),
        pytest.param("monthly", "Total | 14 151,12 € |", id="they add up"),
        pytest.param("consumer", "1 | 7 décembre 2026 | 400,00 € | 847,40 €", id="Saturday moves"),
        pytest.param("lawyer", "un délai, jusqu'au 29 janvier 2027 (1 échéance)", id="only one"),
        # terms
        pytest.param(
            "monthly", "n'emporte pas novation (article 1330 du Code civil)", id="no novation"
        ),
        pytest.param(
            "consumer", "ni intérêt, ni pénalité, ni frais ne s'ajoute", id="no cost, L312-4"
        ),
        pytest.param("lawyer", "Les intérêts de retard continuent de courir", id="interest agreed"),
        pytest.param(
            "monthly",
            "prend fin après une mise en demeure de la payer restée sans effet pendant 8 jours",
            id="loss after a notice",
        ),
        pytest.param("consumer", "sans effet pendant 15 jours", id="longer for a consumer"),
        pytest.param("tenant", "sans effet pendant 15 jours", id="longer for a tenant"),
        pytest.param("lawyer", "sans effet pendant 10 jours", id="as the options say"),
        pytest.param(
            "monthly",
            "d'abord sur les intérêts, puis sur le principal (article 1343-1 du Code civil) ;"
            " entre plusieurs dettes, selon l'article 1342-10",
            id="imputation",
        ),
        pytest.param(
            "consumer",
            "n'est ni allongée ni écartée par convention (article L. 218-1 du Code de la"
            " consommation)",
            id="limitation of a consumer",
        ),
        pytest.param(
            "monthly", "au juge, qui seul peut les imposer, dans la limite de deux années (article"
            " 1343-5 du Code civil)", id="the judge",
        ),
        # acknowledgment
        pytest.param(
            "monthly",
            "vaut reconnaissance de la dette, qui interrompt la prescription (article 2240 du Code"
            " civil)",
            id="interrupts limitation",
        ),
        pytest.param(
            "monthly",
            "représentée par Mme Solène Modèle, présidente, reconnaît devoir à Aluminium Fictif du"
            " Forez SA, SA au capital de 250 000 €",
            id="who acknowledges to whom",
        ),
        pytest.param(
            "monthly",
            "« Je reconnais devoir la somme de quatorze mille cent cinquante et un euros et douze"
            " centimes, soit 14 151,12 €. »",
            id="1376, words and figures",
        ),
        pytest.param("consumer", "née le ……………………………………", id="blank for the birth"),
        # who acts for the creditor
        pytest.param(
            "agency",
            "Recouvrement Modèle SAS, dont le siège est 12 cours de la Conciliation, CS 40012,"
            " 69003 Lyon, exerce une activité de recouvrement amiable de créances. Nous"
            " intervenons au nom et pour le compte de Matériaux Témoin SA (855 667 788 RCS"
            " Clermont-Ferrand)",
            id="R124-4 1° and 2°",
        ),
        pytest.param(
            "agency",
            "notre première lettre, référence RM-2026-55214/1, envoyée le 8 septembre 2026",
            id="R124-4, last paragraph",
        ),
        pytest.param("agency_first_letter", "Principal | 1 247,40 € Total dû", id="R124-4 3°"),
        pytest.param(
            "agency_first_letter",
            "« Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du"
            " créancier, sauf",
            id="R124-4 5°",
        ),
        pytest.param("agency_first_letter", "article 14 du RGPD", id="art. 14 RGPD"),
        pytest.param(
            "agency", "Le créancier est informé de cet échéancier (article R. 124-5", id="R124-5"
        ),
        pytest.param("agency", "Une quittance vous sera remise pour tout paiement", id="R124-6"),
        pytest.param("agency", "Bénéficiaire : Recouvrement Modèle SAS", id="its account"),
        pytest.param("lawyer", "avocate au barreau de Lyon, nous agissons pour", id="lawyer"),
        pytest.param("lawyer", "la possibilité de consulter un avocat", id="RIN 8.2"),
        pytest.param("tenant", "Cette démarche est purement amiable", id="officer, art. 30"),
        pytest.param("tenant", "pourra saisir la juridiction compétente", id="remedies, art. 30"),
    ],
)  # fmt: skip
def test_the_letter_says(case: str, printed: str) -> None:
    assert printed in text_of(golden(f"echeancier/{case}"))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        pytest.param("consumer", "40,00 €", id="no fee for a consumer"),
        pytest.param("consumer", "continuent de courir", id="no interest for a consumer"),
        pytest.param("monthly", "L. 218-1", id="no consumer law between professionals"),
        pytest.param("tenant", "L. 218-1", id="a private landlord is no professional"),
        pytest.param("monthly", "R. 124", id="no agency"),
        pytest.param("tenant", "huissier", id="no huissier"),
        pytest.param("tenant", "saisie", id="no seizure"),
    ],
)
def test_the_letter_does_not_say(case: str, words: str) -> None:
    assert words not in text_of(golden(f"echeancier/{case}"))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("monthly", "la somme de {{ debt.figures }} ({{ debt.words }})"),
        ("monthly", "{{ instalment.due_on }}"),
        ("monthly", "{{ claim.what }}"),
        ("monthly", "article 1330"),
        ("monthly", "article 2240"),
        ("monthly", "1343-1"),
        ("monthly", "1343-5"),
        ("monthly", "après une mise en demeure"),
        ("monthly", "ni intérêt, ni pénalité"),
        ("lawyer", "continuent de courir"),
        ("consumer", "L. 218-1"),
        ("agency", "R. 124-5"),
        ("agency", "{{ text }}"),
        ("agency_first_letter", "{{ representative.quoted }}"),
        ("agency_first_letter", "{{ representative.data }}"),
        ("agency", "{{ payment.through }}"),
        ("lawyer", "{{ text }}"),
        ("tenant", "pourra saisir la juridiction"),
        ("monthly", "Le débiteur soussigné"),
        ("monthly", "{{ debt.mention }}"),
    ],
)
def test_no_plan_is_made_without_a_mention(
    case: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = Template.compile(without_mention("echeancier", words))
    monkeypatch.setattr(drafting, "load_template", lambda _: less)
    with pytest.raises(ContentNotProved):
        act(golden(f"echeancier/{case}"))


def instalments(*pairs: tuple[str, str]) -> Change:
    return setting(PLAN, [{"due_on": on, "amount": amount} for on, amount in pairs])


def due_in_2024(body: dict[str, Any]) -> None:
    body["case"]["claims"][0] |= {"issued_on": "2024-08-31", "due_on": "2024-09-15"}


def with_a_cheque(body: dict[str, Any]) -> None:
    body["case"]["claims"][1] = {
        "id": "c2", "type": "cheque", "number": "7001122", "issued_on": "2026-05-04",
        "due_on": "2026-05-04", "amount_incl_tax": "100.00",
        "cheque": {"number": "7001122", "drawee_bank": {"name": "Banque Exemple"},
                   "amount": "100.00"},
    }  # fmt: skip


def a_loan(body: dict[str, Any]) -> None:
    body["case"]["claims"][0] |= {"type": "loan", "vat": []}


def abroad(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["address"] |= {"country": "BE", "insee_code": None}


@pytest.mark.parametrize(
    ("case", "change", "code", "pointer"),
    [
        pytest.param(
            "consumer", instalments(("2026-12-07", "1247.39")), "instalments-total",
            "/options/instalments", id="a cent less than the debt",
        ),
        pytest.param(
            "consumer", instalments(("2026-12-07", "1247.41")), "instalments-total",
            "/options/instalments", id="a cent more: a cost",
        ),
        pytest.param(
            "consumer", instalments(("2026-12-05", "600.00"), ("2026-12-06", "647.40")),
            "instalments-order", "/options/instalments/1/due_on", id="both on one Monday",
        ),
        pytest.param(
            "consumer", instalments(("2026-11-20", "1247.40")), "instalment-past",
            "/options/instalments/0/due_on", id="before the letter",
        ),
        pytest.param(
            "monthly", setting(PLAN, {"count": 2, "first_on": "2026-11-01"}), "instalment-past",
            "/options/instalments/first_on", id="first month gone",
        ),
        pytest.param(
            "consumer", setting("options.interest_continues", value=True), "consumer-plan-cost",
            "/options/interest_continues", id="L312-4: interest from a consumer",
        ),
        pytest.param(
            "consumer", due_in_2024, "limitation-waived",
            "/case/claims/0/due_on", id="L218-1: limitation is over",
        ),
        pytest.param(
            "consumer",
            setting("case.claims.0.late_interest", {"basis": "legal_multiple", "multiple": "3"}),
            "consumer-interest", "/case/claims/0/late_interest/basis",
            id="L441-10: penalties of professionals",
        ),
        pytest.param(
            "monthly", with_a_cheque, "claims-mixed", "/case/claims", id="L131-67: owed twice",
        ),
        pytest.param(
            "agency", dropping("case.representative.mandate_date"), "agency-mandate",
            "/case/representative/mandate_date", id="R124-3: no mandate",
        ),
        pytest.param(
            "agency", setting("case.representative.mandate_date", "2026-12-01"), "agency-mandate",
            "/case/representative/mandate_date", id="a mandate to come",
        ),
        pytest.param(
            "agency", setting("options.first_letter.sent_on", "2026-08-31"), "agency-first-letter",
            "/options/first_letter/sent_on", id="R124-4: a first letter before the mandate",
        ),
        pytest.param(
            "tenant",
            setting("case.costs", [{"label": "Acte", "amount": "60.00", "type": "service",
                                    "borne_by": "debtor"}]),
            "commissaire-costs", "/case/costs/0/borne_by", id="art. 30: no sum but the claim",
        ),
        pytest.param(
            "monthly",
            setting("case.debtor.insolvency", {"type": "safeguard", "opened_on": "2026-10-01"}),
            "debtor-in-insolvency", "/case/debtor/insolvency", id="L622-7",
        ),
        pytest.param(
            "consumer", setting("case.debtor.over_indebtedness", {"admitted_on": "2026-10-01"}),
            "debtor-over-indebted", "/case/debtor/over_indebtedness", id="L722-2",
        ),
        pytest.param(
            "monthly", setting("case.debtor", {
                "type": "public_body", "name": "Commune de l'Essai",
                "address": {"lines": ["1 place"], "postal_code": "63000", "city": "Thiers"}}),
            "party-not-supported", "/case/debtor/type", id="L2192-14: a public buyer",
        ),
        pytest.param(
            "monthly", setting("options.letter_date", "2026-11-21"), "letter-date",
            "/options/letter_date", id="dated before its statement",
        ),
        pytest.param(
            "monthly", setting("language", "en"), "language-not-supported", "/language",
            id="in French",
        ),
    ],
)  # fmt: skip
def test_a_plan_is_refused(case: str, change: Change, code: str, pointer: str) -> None:
    assert refusals(golden(f"echeancier/{case}", change)).get(pointer) == code


@pytest.mark.parametrize(
    ("case", "change", "code", "pointer"),
    [
        pytest.param(
            "consumer", setting("options.payment_deadline_days", 8), "plan-notice-period",
            "/options/payment_deadline_days", id="eight days are few for a consumer",
        ),
        pytest.param(
            "monthly", setting(PLAN, {"count": 25, "first_on": "2026-12-15"}), "plan-length",
            "/options/instalments", id="more than a judge gives",
        ),
        pytest.param(
            "monthly", abroad, "party-not-supported",
            "/case/debtor/address/country", id="abroad",
        ),
        pytest.param(
            "monthly", dropping("case.debtor.legal_representative"), "debtor-identity",
            "/case/debtor/legal_representative", id="who acts for the debtor",
        ),
        pytest.param(
            "consumer", a_loan, "consumer-credit", "/case/claims/0/type", id="L312-35-1: a loan",
        ),
        pytest.param(
            "lawyer", dropping("case.representative.bar"), "lawyer-bar",
            "/case/representative/bar", id="no bar",
        ),
    ],
)  # fmt: skip
def test_a_plan_warns(case: str, change: Change, code: str, pointer: str) -> None:
    assert found(golden(f"echeancier/{case}", change), code) == [("warn", pointer)]


def test_the_reform_of_consumer_credit_is_told_from_its_first_day() -> None:
    def before(body: dict[str, Any]) -> None:
        body["as_of"] = "2026-11-19"

    def of_the_day(body: dict[str, Any]) -> None:
        body["as_of"] = "2026-11-20"

    assert found(golden("echeancier/consumer", before), "consumer-credit-reform") == []
    assert found(golden("echeancier/consumer", of_the_day), "consumer-credit-reform") == [
        ("warn", "/options")
    ]


def test_a_claim_that_something_may_have_saved_is_warned_of_not_refused() -> None:
    def acknowledged(body: dict[str, Any]) -> None:
        due_in_2024(body)
        setting("case.steps", [{"date": "2025-12-01", "type": "promise_to_pay"}])(body)

    codes = {
        each.code: each.outcome for each in checks_of(golden("echeancier/consumer", acknowledged))
    }
    assert codes["limitation-waived"] == "pass"
    assert codes["limitation"] == "warn"


def test_every_check_tells_what_it_found_in_french_print() -> None:
    for name in CASES:
        for each in checks_of(golden(f"echeancier/{name}")):
            assert "'" not in each.detail.replace("d'Essai", "").replace("l'Hypothèse", "")
            assert " :" not in each.detail
            assert each.pointer.startswith("/")
