"""Each mention of an order-for-payment request, by its source, and each case that is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import InvalidFacts, LegalCheckFailed
from generators import drafting
from generators.document_text import flat
from generators.drafting import ContentNotProved, Draft, draft
from generators.render import Template
from generators.request import load_request
from law.rates import RateTables
from templates.builder import blocks, court
from templates.builder.kinds import requete_injonction_de_payer as master
from tests.support.cases import case_body
from tests.support.requests import TODAY

Change = Callable[[dict[str, Any]], object]


def act(body: dict[str, Any]) -> Draft:
    """The act of a request."""
    return draft(load_request(body, TODAY), RateTables.load())


def changed(number: str, *changes: Change) -> dict[str, Any]:
    """The request of a case, changed."""
    body = case_body(number)
    for change in changes:
        change(body)
    return body


def text(number: str = "10", *changes: Change) -> str:
    """The text of a case, changed, on one line with plain blanks and apostrophes."""
    return flat(act(changed(number, *changes)).text.replace("\u2019", "'"))


def sole_trader(body: dict[str, Any]) -> None:
    creditor = body["case"]["creditor"]
    for key in ("name", "share_capital", "legal_representative", "rcs_city"):
        del creditor[key]
    creditor |= {
        "type": "individual", "civility": "Mme", "first_name": "Odile", "last_name": "Exemple",
        "acts_as_professional": True, "activity": "artisan", "legal_form": "EI",
        "birth_date": "1980-02-01", "birth_place": "Riom", "nationality": "française",
        "occupation": "menuisière",
    }  # fmt: skip
    del body["options"]["signatory"]


def employee_signs(body: dict[str, Any]) -> None:
    body["options"]["signatory"] = {"name": "Mme Rose Comptable", "capacity": "comptable"}


def lawyer(body: dict[str, Any]) -> None:
    body["case"]["representative"] = {
        "role": "lawyer",
        "bar": "Auvergne",
        "party": {
            "type": "individual", "civility": "Mme", "first_name": "Alma", "last_name": "Fictive",
            "acts_as_professional": True,
            "address": {"lines": ["1 rue du Prétoire"], "postal_code": "63000", "city": "Riom"},
        },
    }  # fmt: skip
    del body["options"]["signatory"]


def agency(body: dict[str, Any]) -> None:
    lawyer(body)
    representative = body["case"]["representative"]
    del representative["bar"]
    representative |= {"role": "collection_agency", "mandate_date": "2026-10-01"}


def option(key: str, value: Any) -> Change:
    """Sets an option."""
    return lambda body: body["options"].__setitem__(key, value)


def claim(key: str, value: Any) -> Change:
    """Sets a fact of the first claim."""
    return lambda body: body["case"]["claims"][0].__setitem__(key, value)


def debtor(key: str, value: Any) -> Change:
    """Sets a fact of the debtor."""
    return lambda body: body["case"]["debtor"].__setitem__(key, value)


def fact(key: str, value: Any) -> Change:
    """Sets a fact of the case."""
    return lambda body: body["case"].__setitem__(key, value)


def without_notice(body: dict[str, Any]) -> None:
    body["case"]["steps"] = []
    body["case"]["claims"][0].pop("interest_from", None)


def capitalised(body: dict[str, Any]) -> None:
    body["options"]["interest_capitalisation"] = True


def fee_advanced(body: dict[str, Any]) -> None:
    body["case"]["costs"] = [
        {"label": "Greffe", "amount": "30.23", "type": "court_fee", "borne_by": "debtor"}
    ]


@pytest.mark.parametrize(
    ("number", "changes", "printed"),
    [
        # art. 54 1° and 2°, 1406 CPC
        pytest.param(
            "10",
            [],
            "À Madame ou Monsieur le Président du tribunal de commerce de Clermont-Ferrand",
            id="president of the commercial court",
        ),
        pytest.param(
            "11",
            [],
            "le Président du tribunal judiciaire de Clermont-Ferrand Tribunal de proximité de Riom",
            id="chamber of a tribunal judiciaire",
        ),
        pytest.param(
            "11",
            [claim("type", "loan")],
            "Juge des contentieux de la protection",
            id="consumer credit",
        ),
        pytest.param("10", [], "ordonnance portant injonction de payer la somme de", id="object"),
        # art. 54 3° b
        pytest.param("10", [], "SAS au capital de 200 000 €", id="form"),
        pytest.param("10", [], "Aciers Exemple du Livradois SAS", id="name"),
        pytest.param(
            "10",
            [],
            "dont le siège est Zone de la Forge Inventée, 7 rue du Marteau-Pilon, 63300 Thiers",
            id="seat",
        ),
        pytest.param("10", [], "représentée par M. Cyprien L'Exemple, président", id="organ"),
        pytest.param("10", [], "888 990 017 RCS Clermont-Ferrand", id="register"),
        # art. 54 3° a
        pytest.param(
            "10",
            [sole_trader],
            "Mme Odile Exemple, entrepreneur individuel (EI), née le 1er février 1980 à Riom, de"
            " nationalité française, menuisière",
            id="natural person",
        ),
        pytest.param("10", [], "Adresse pour les notifications : Zone de la Forge", id="1418"),
        # art. 57
        pytest.param(
            "10",
            [],
            "Charpentes Fictives d'Auvergne SARL, SARL au capital de 12 000 €",
            id="debtor company",
        ),
        pytest.param(
            "11", [], "M. Théodore Exemplaire, né le 29 février 1984", id="debtor individual"
        ),
        pytest.param("11", [], "demeurant 3 impasse du Cœur Supposé, 63200 Riom", id="domicile"),
        pytest.param("10", [], "Thiers, le 22 novembre 2026", id="dated"),
        pytest.param("10", [], "M. Cyprien L'Exemple président", id="signed"),
        # art. 1407: sum, statement, ground, list of exhibits
        pytest.param("10", [], "la somme de 15 996,93 €", id="total"),
        pytest.param("10", [], "la somme de 15 194,97 € en principal", id="principal"),
        pytest.param(
            "10", [], "721,96 € au titre des pénalités de retard arrêtées", id="interest left"
        ),
        pytest.param(
            "10",
            [],
            "majoré de 10 points de pourcentage (article L. 441-10, II, du Code de commerce), sur"
            " la somme de 15 194,97 €, à compter du 23 novembre 2026 et jusqu'à parfait paiement",
            id="interest to come",
        ),
        pytest.param("10", [], "80,00 € au titre de l'indemnité forfaitaire", id="flat fee"),
        pytest.param("10", [], "article 1343-1 du Code civil", id="allocation"),
        pytest.param("10", [], "Pénalités de retard au 22 novembre 2026 | 856,93 €", id="recap"),
        pytest.param("10", [], "Total | 17 496,93 € | − 1 500,00 € | 15 996,93 €", id="adds up"),
        pytest.param(
            "11", [], "intérêts de retard au taux d'intérêt légal (articles 1231-6", id="legal rate"
        ),
        pytest.param(
            "11",
            [without_notice],
            "à compter de la signification de l'ordonnance et jusqu'à parfait paiement",
            id="interest that nothing has started",
        ),
        pytest.param("10", [], "cause contractuelle", id="ground: contract"),
        pytest.param(
            "10", [claim("legal_basis", "statute")], "caractère statutaire", id="ground: statute"
        ),
        pytest.param("10", [], "Bordereau des pièces", id="list of exhibits"),
        pytest.param("10", [], "8 | Extrait Kbis de la débitrice | 16/11/2026", id="last exhibit"),
        pytest.param("10", [], "commande n° C-2291 (pièce n° 5)", id="claim and its exhibit"),
        pytest.param(
            "10", [], "Distribuée le 10 septembre 2026, sans effet (pièce n° 7)", id="notice"
        ),
        # costs: art. 695, 696 and 700 CPC; art. 1343-2 C. civ.
        pytest.param("10", [], "les dépens.", id="costs"),
        pytest.param(
            "10", [fee_advanced], "les dépens, dont 30,23 € de frais de greffe", id="registry fee"
        ),
        pytest.param(
            "10",
            [option("frais_irrepetibles", "400.00")],
            "la somme de 400,00 € au titre de l'article 700 du Code de procédure civile",
            id="700",
        ),
        pytest.param("10", [capitalised], "article 1343-2", id="1343-2"),
        # art. 1408
        pytest.param(
            "10",
            [option("on_opposition", {"referral_court_id": "tc-agen"})],
            "en application de l'article 1408 du Code de procédure civile, que l'affaire soit"
            " renvoyée devant le tribunal de commerce d'Agen, qu'il estime compétent",
            id="referral",
        ),
        pytest.param("10", [], "En cas d'opposition, le requérant maintiendra", id="no referral"),
        # art. 1407: any agent, whose power is joined
        pytest.param(
            "10", [lawyer], "Mme Alma Fictive, avocat au barreau d'Auvergne", id="lawyer acts"
        ),
        pytest.param(
            "10",
            [employee_signs],
            "Pouvoir spécial Je, M. Cyprien L'Exemple, président de la société Aciers Exemple du"
            " Livradois SAS, donne par la présente pouvoir spécial à Mme Rose Comptable,"
            " comptable",
            id="power of an employee",
        ),
        pytest.param(
            "10",
            [agency],
            "en exécution du mandat de recouvrement du 1er octobre 2026",
            id="power of an agency",
        ),
        pytest.param("10", [employee_signs], "9 | Pouvoir spécial du signataire", id="exhibit 9"),
    ],
)
def test_the_mention_is_printed(number: str, changes: list[Change], printed: str) -> None:
    assert printed in text(number, *changes)


@pytest.mark.parametrize(
    ("number", "changes", "not_printed"),
    [
        pytest.param("11", [], "40,00 €", id="no flat fee from a consumer"),
        pytest.param("11", [], "L. 441-10", id="no commercial penalty from a consumer"),
        pytest.param("10", [lawyer], "Pouvoir spécial", id="a lawyer needs no power"),
        pytest.param("10", [], "Pouvoir spécial", id="an organ needs no power"),
        pytest.param("10", [], "huissier", id="the old name"),
        pytest.param("10", [], "interrompt", id="no word on limitation"),
        pytest.param("10", [fee_advanced], "16 027,16 €", id="registry fee is no debt"),
    ],
)
def test_what_cannot_lawfully_be_said_is_not(
    number: str, changes: list[Change], not_printed: str
) -> None:
    assert not_printed not in text(number, *changes)


def insolvent(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["insolvency"] = {"type": "liquidation", "opened_on": "2026-10-01"}


def cheque(body: dict[str, Any]) -> None:
    body["case"]["claims"] = [
        {
            "id": "c1", "type": "cheque", "number": "0830047", "issued_on": "2026-07-01",
            "due_on": "2026-07-01", "amount_incl_tax": "500.00",
            "cheque": {"number": "0830047", "drawee_bank": {"name": "Banque Fictive"}},
        }
    ]  # fmt: skip
    body["case"]["payments"] = []


def old_consumer_claim(body: dict[str, Any]) -> None:
    body["case"]["claims"][0] |= {"issued_on": "2024-03-31", "due_on": "2024-04-30"}
    body["case"]["claims"][0].pop("interest_from")
    body["case"]["payments"] = []


def identity_gap(body: dict[str, Any]) -> None:
    sole_trader(body)
    del body["case"]["creditor"]["birth_place"]


def reminder_cost(body: dict[str, Any]) -> None:
    body["case"]["costs"] = [
        {"label": "Relance", "amount": "15.00", "type": "service", "borne_by": "debtor"}
    ]


@pytest.mark.parametrize(
    ("number", "changes", "code", "article", "pointer"),
    [
        ("10", [insolvent], "debtor-in-insolvency", "art. L. 622-7", "/case/debtor/insolvency"),
        ("10", [claim("legal_basis", "damages")], "amount-undetermined", "art. 1405 CPC",
         "/case/claims/0/legal_basis"),
        ("10", [claim("legal_basis", "other")], "not-contractual", "art. 1405 CPC",
         "/case/claims/0/legal_basis"),
        ("10", [cheque], "cheque-own-procedure", "art. L. 131-73 CMF", "/case/claims/0/type"),
        ("10", [claim("due_on", "2026-12-31")], "claim-not-due", "art. 1305-2 C. civ.",
         "/case/claims/0/due_on"),
        ("11", [old_consumer_claim], "limitation", "art. L. 218-2", "/case/claims/0/due_on"),
        ("10", [fact("exhibits", [])], "exhibits-missing", "art. 1407", "/case/exhibits"),
        ("10", [reminder_cost], "collection-costs", "art. L. 111-8 CPCE",
         "/case/costs/0/borne_by"),
        ("10", [identity_gap], "claimant-identity", "art. 54 3° CPC",
         "/case/creditor/birth_place"),
        ("10", [lambda body: body["case"]["creditor"].pop("legal_representative")],
         "claimant-identity", "art. 54 3° CPC", "/case/creditor/legal_representative"),
        ("10", [lambda body: body["case"]["creditor"]["legal_representative"].pop("capacity")],
         "claimant-identity", "art. 54 3° CPC", "/case/creditor/legal_representative/capacity"),
        ("10", [option("court_id", "tj-clermont-ferrand")], "wrong-court", "art. 1406 CPC",
         "/options/court_id"),
        ("11", [option("court_id", "tc-clermont-ferrand")], "wrong-court", "art. 1406 CPC",
         "/options/court_id"),
        ("10", [debtor("address", {"lines": ["1 Beispielweg"], "postal_code": "10115",
                                   "city": "Berlin", "country": "DE"})],
         "debtor-abroad", "art. 1406 CPC", "/case/debtor/address/country"),
        ("11", [option("on_opposition", {"referral_court_id": "tc-agen"})], "referral-court",
         "art. 1408 CPC", "/options/on_opposition/referral_court_id"),
        ("10", [option("on_opposition", {"referral_court_id": "tc-nulle-part"})], "court-unknown",
         "art. 1408 CPC", "/options/on_opposition/referral_court_id"),
        ("10", [option("letter_date", "2026-11-21")], "letter-date", None,
         "/options/letter_date"),
        ("10", [lambda body: body.__setitem__("language", "en")], "language-not-supported", None,
         "/language"),
        ("10", [agency, lambda body: body["case"]["representative"].pop("mandate_date")],
         "agency-mandate", "art. R. 124-3 CPCE", "/case/representative/mandate_date"),
    ],
)  # fmt: skip
def test_the_request_is_refused(
    number: str, changes: list[Change], code: str, article: str | None, pointer: str
) -> None:
    body = changed(number, *changes)
    with pytest.raises(LegalCheckFailed) as refused:
        act(body)
    found = {fault.code: fault for fault in refused.value.faults}
    assert code in found, found.keys()
    assert found[code].pointer == pointer
    assert (found[code].article or "").startswith(article or "")


def outcomes(body: dict[str, Any]) -> dict[str, str]:
    """The outcome of each check that did not pass."""
    return {check.code: check.outcome for check in act(body).checks if check.outcome != "pass"}


def disputed(body: dict[str, Any]) -> None:
    body["case"]["claims"][0]["disputed"] = True


def over_indebted(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["over_indebtedness"] = {"admitted_on": "2026-09-01"}


def only_an_invoice(body: dict[str, Any]) -> None:
    body["case"]["exhibits"] = [{"label": "Facture AE-2026-0305", "attachment_id": None}]


def near_its_end(body: dict[str, Any]) -> None:
    body["case"]["claims"] = body["case"]["claims"][:1]
    body["case"]["claims"][0] |= {"issued_on": "2021-11-30", "due_on": "2021-12-31"}
    body["case"]["payments"], body["case"]["steps"] = [], body["case"]["steps"][2:]


@pytest.mark.parametrize(
    ("number", "change", "code"),
    [
        ("11", over_indebted, "debtor-over-indebted"),
        ("10", disputed, "claim-disputed"),
        ("10", only_an_invoice, "exhibits-missing"),
        ("11", without_notice, "formal-notice-missing"),
        ("10", employee_signs, "signatory-power"),
        ("10", agency, "agent-on-opposition"),
        ("10", near_its_end, "limitation-near"),
        ("10", option("frais_irrepetibles", "100.00"), "frais-irrepetibles"),
    ],
)
def test_the_request_is_made_with_a_warning(number: str, change: Change, code: str) -> None:
    assert outcomes(changed(number, change))[code] == "warn"


def test_what_filing_costs_is_told() -> None:
    assert "registry-deposit" in {check.code for check in act(case_body("10")).checks}
    assert outcomes(case_body("11"))["court-stamp"] == "warn"


def co_ownership(body: dict[str, Any]) -> None:
    body["case"]["claims"] = [
        {
            "id": "c1", "type": "other", "legal_basis": "statute", "due_on": "2026-07-01",
            "description": "Charges du 3e trimestre 2026", "amount_incl_tax": "900.00",
        }
    ]  # fmt: skip
    body["case"]["payments"] = []
    body["options"] |= {"matter": "co_ownership", "building_insee_code": "15014"}


def test_charges_of_co_ownership_are_asked_where_the_building_is() -> None:
    assert "tribunal judiciaire d'Aurillac" in text("11", co_ownership)


def test_charges_of_co_ownership_need_the_commune_of_the_building() -> None:
    with pytest.raises(InvalidFacts) as refused:
        act(changed("11", co_ownership, option("building_insee_code", None)))
    assert [fault.pointer for fault in refused.value.faults] == ["/options/building_insee_code"]


def test_a_plain_case_between_traders_warns_of_nothing() -> None:
    assert outcomes(case_body("10")) == {}


@pytest.mark.parametrize(
    "dropped",
    [
        "addressee", "act_title", "party_of", "facts_of_file", "statement_sections", "demands",
        "exhibits_table", "signature",
    ],
)  # fmt: skip
def test_a_template_without_a_block_makes_no_request(
    dropped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master, dropped, lambda *_: blocks.body("."))
    template = Template.compile(master.document())
    monkeypatch.setattr(drafting, "load_template", lambda _: template)
    with pytest.raises(ContentNotProved):
        act(case_body("10"))


def test_an_address_of_another_place_is_not_printed() -> None:
    def gap(body: dict[str, Any]) -> None:
        body["case"]["debtor"]["address"] |= {
            "postal_code": "05000", "city": "Gap", "insee_code": "05061"
        }  # fmt: skip

    made = act(changed("11", gap))
    assert "CAGNES" not in made.text
    assert "court-address-unknown" in {check.code for check in made.checks}


def test_the_header_says_nothing_that_only_a_court_may() -> None:
    printed = text("10")
    for word in ("République française", "Au nom du peuple", "COMMANDEMENT", "SOMMATION"):
        assert word.casefold() not in printed.casefold()
    assert court.HEADER == ("{{ act.continuation }}", "{{ act.reference }}")
