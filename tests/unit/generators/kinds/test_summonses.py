"""Each mention of a summons, by court and by need of a lawyer, and each case that is refused."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from core.errors import InvalidFacts, LegalCheckFailed
from generators import drafting
from generators.document_text import flat
from generators.drafting import ContentNotProved, Draft, draft
from generators.registry import act_kinds
from generators.render import Template
from generators.request import load_request
from law.rates import RateTables
from templates.builder import blocks
from templates.builder import summons as master
from tests.support.cases import case_body
from tests.support.requests import TODAY

Change = Callable[[dict[str, Any]], object]
MERITS, PROVISION = "assignation_paiement", "assignation_refere_provision"
BOTH = pytest.mark.parametrize("kind", [MERITS, PROVISION])
CONCILIATION = {"type": "conciliation", "on": "2026-10-01"}


def companies(kind: str) -> dict[str, Any]:
    """Before the commercial court, above the threshold, a lawyer acting."""
    return deepcopy(dict(act_kinds()[kind].example))


def small(kind: str) -> dict[str, Any]:
    """Before the commercial court, below the threshold, nobody acting."""
    body = companies(kind)
    body["case"]["claims"] = body["case"]["claims"][1:]
    body["case"]["payments"] = []
    del body["case"]["representative"]
    body["options"]["signatory"] = {"name": "M. Cyprien L'Exemple", "capacity": "président"}
    return body


def consumer(kind: str) -> dict[str, Any]:
    """Before the tribunal judiciaire, below the thresholds."""
    body = case_body("11")
    body["kind"] = kind
    body["options"]["amicable"] = dict(CONCILIATION)
    return body


def great_consumer(kind: str) -> dict[str, Any]:
    """Before the tribunal judiciaire, above the threshold, no lawyer named."""
    body = consumer(kind)
    claim = body["case"]["claims"][0]
    claim["amount_incl_tax"] = "20000.00"
    del claim["amount_excl_tax"], claim["vat"]
    return body


def act(body: dict[str, Any], *changes: Change) -> Draft:
    """The act of a request, changed."""
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY), RateTables.load())


def text(body: dict[str, Any], *changes: Change) -> str:
    """Its text on one line with plain blanks and apostrophes."""
    return flat(act(body, *changes).text.replace("\u2019", "'"))


def option(key: str, value: Any) -> Change:
    """Sets an option."""
    return lambda body: body["options"].__setitem__(key, value)


def claim(key: str, value: Any) -> Change:
    """Sets a fact of the first claim."""
    return lambda body: body["case"]["claims"][0].__setitem__(key, value)


MENTIONS = [
    # art. 648: the commissaire, the parties, the day
    (companies, "Projet d'assignation", "draft"),
    (companies, "L'an …", "day of service"),
    (companies, "Je soussigné, …", "commissaire"),
    (companies, "Le commissaire de justice :", "signature of the commissaire"),
    # art. 54
    (companies, "Aciers Exemple du Livradois SAS, SAS au capital de 200 000 €", "claimant"),
    (companies, "représentée par M. Cyprien L'Exemple, président", "its organ"),
    (companies, "Charpentes Fictives d'Auvergne SARL, SARL", "defendant"),
    (companies, "tribunal de commerce de Clermont-Ferrand", "court"),
    (companies, "Obtenir le paiement de la somme de 15 996,93 €", "object"),
    (consumer, "précédée d'une tentative de conciliation", "amicable attempt"),
    # art. 56
    (companies, "le 14 janvier 2027 à 9 h 30", "day and hour"),
    (companies, "40 RUE DE L'ANGE, 63000 CLERMONT FERRAND", "place"),
    (companies, "salle B", "room"),
    (consumer, "le ………… à ………… heures", "place of an unknown hearing"),
    (companies, "I. En fait", "facts"),
    (companies, "III. En droit", "law"),
    (companies, "article 1103 du Code civil", "contract"),
    (companies, "Bordereau des pièces, annexé", "exhibits"),
    (companies, "sur les seuls éléments fournis par votre adversaire", "failing to appear"),
    (companies, "Elle vaut conclusions", "conclusions"),
    # art. 752 and 763
    (great_consumer, "Articles 54, 56", "articles"),
    (great_consumer, "ayant pour avocat, constitué sur la présente assignation, Maître …",
     "constitution"),
    (great_consumer, "dans un délai de 15 jours à compter de la présente assignation",
     "time to appoint a lawyer"),
    (great_consumer, "délivrée 15 jours ou moins avant l'audience", "up to the hearing"),
    # art. 753
    (consumer, "par votre conjoint, votre concubin", "762"),
    (consumer, "doit justifier d'un pouvoir spécial", "special power"),
    (consumer, "Article 832 du Code de procédure civile", "832"),
    # art. 855
    (companies, "ayant pour avocat Mme Alma Plaideuse-Fictive, avocat au barreau de", "855"),
    (companies, "vous faire représenter à l'audience par un avocat (article 853", "853"),
    (small, "par toute personne de votre choix", "853, below the threshold"),
    (small, "Article 861-2 du Code de procédure civile", "861-2"),
    # dispositif
    (companies, "PAR CES MOTIFS", "dispositif"),
    (companies, "la somme de 15 194,97 € en principal (pièces n° 5 et 6)", "principal, 768"),
    (companies, "80,00 € au titre de l'indemnité forfaitaire", "flat fee"),
    (companies, "à compter du 23 novembre 2026 et jusqu'à parfait paiement", "interest"),
    (companies, "aux dépens", "costs"),
    (companies, "l'exécution provisoire est de droit", "514"),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(
    ("case", "printed"), [pytest.param(*row[:2], id=row[2]) for row in MENTIONS]
)
def test_the_mention_is_printed(kind: str, case: Callable[[str], Any], printed: str) -> None:
    found = text(case(kind))
    assert printed.replace("…………", "…" * 12) in found


@BOTH
@pytest.mark.parametrize(
    ("case", "not_printed"),
    [
        pytest.param(companies, "Article 832", id="832 is of the tribunal judiciaire"),
        pytest.param(consumer, "861-2", id="861-2 is of the commercial court"),
        pytest.param(great_consumer, "Article 832", id="832 is of cases without a lawyer"),
        pytest.param(companies, "Vous pouvez vous défendre vous-même", id="lawyer compulsory"),
        pytest.param(consumer, "40,00 €", id="no flat fee from a consumer"),
        pytest.param(companies, "République française", id="nothing of a court"),
    ],
)
def test_a_mention_of_another_case_is_not(
    kind: str, case: Callable[[str], Any], not_printed: str
) -> None:
    assert not_printed not in text(case(kind))


def test_a_summons_on_the_merits_asks_for_interest_on_interest() -> None:
    assert "article 1343-2" in text(companies(MERITS))
    assert "article 1343-2" not in text(
        companies(MERITS), lambda body: body["options"].update(interest_capitalisation=False)
    )


def test_a_provision_is_asked_provisionally_and_no_more() -> None:
    penalty = claim("penalty_clause", {"percent": "10.00"})
    printed = text(companies(PROVISION), penalty)
    assert "à payer, à titre provisionnel, à Aciers" in printed
    assert "l'existence de l'obligation n'est pas sérieusement contestable" in printed
    assert "article 873, alinéa 2," in printed
    assert "514-1" in printed
    assert "lause pénale" not in printed
    assert "1343-2" not in printed
    assert "15 996,93 €" in printed
    assert "article 835, alinéa 2," in text(consumer(PROVISION))


def test_a_penalty_clause_is_asked_on_the_merits() -> None:
    printed = text(companies(MERITS), claim("penalty_clause", {"percent": "10.00"}))
    assert "au titre de la clause pénale" in printed


def refusals(body: dict[str, Any], *changes: Change) -> set[tuple[str, str]]:
    """Codes and pointers of what refuses a request."""
    with pytest.raises(LegalCheckFailed) as refused:
        act(body, *changes)
    return {(fault.code, fault.pointer) for fault in refused.value.faults}


def insolvent(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["insolvency"] = {"type": "receivership", "opened_on": "2026-10-01"}


def agency(body: dict[str, Any]) -> None:
    party = deepcopy(body["case"]["creditor"])
    party |= {"name": "Recouvrement Modèle SAS"}
    for key in ("siren", "siret", "vat_number"):
        party.pop(key, None)
    body["case"]["representative"] = {
        "role": "collection_agency",
        "mandate_date": "2026-09-01",
        "party": party,
    }


@BOTH
@pytest.mark.parametrize(
    ("case", "change", "code", "pointer"),
    [
        (companies, insolvent, "debtor-in-insolvency", "/case/debtor/insolvency"),
        (companies, claim("due_on", "2026-12-31"), "claim-not-due", "/case/claims/0/due_on"),
        (companies, lambda body: body["case"].update(exhibits=[]), "exhibits-missing",
         "/case/exhibits"),
        (companies, lambda body: body["case"]["creditor"].pop("legal_representative"),
         "claimant-identity", "/case/creditor/legal_representative"),
        (companies, option("hearing", {"on": "2026-11-22", "at": "09:00"}), "hearing",
         "/options/hearing/on"),
        (companies, option("court_id", "tj-clermont-ferrand"), "wrong-court",
         "/options/court_id"),
        (consumer, option("court_id", "tc-clermont-ferrand"), "wrong-court", "/options/court_id"),
        (consumer, agency, "agent-not-admitted", "/case/representative/role"),
        (companies, agency, "agent-not-admitted", "/case/representative/role"),
        (companies, lambda body: body.update(language="en"), "language-not-supported",
         "/language"),
    ],
)  # fmt: skip
def test_the_summons_is_refused(
    kind: str, case: Callable[[str], Any], change: Change, code: str, pointer: str
) -> None:
    assert (code, pointer) in refusals(case(kind), change)


def test_a_claimant_abroad_without_a_lawyer_elects_no_domicile() -> None:
    def abroad(body: dict[str, Any]) -> None:
        address = body["case"]["creditor"]["address"]
        address |= {"country": "BE", "postal_code": "1000", "city": "Bruxelles"}
        del address["insee_code"]

    pointer = "/case/creditor/address/country"
    assert ("elected-domicile", pointer) in refusals(small(MERITS), abroad)


def test_an_attempt_to_settle_comes_first_before_the_tribunal_judiciaire() -> None:
    def none(body: dict[str, Any]) -> None:
        del body["options"]["amicable"]

    assert ("amicable-attempt", "/options/amicable") in refusals(consumer(MERITS), none)
    provision = act(consumer(PROVISION), none).checks
    assert [c.outcome for c in provision if c.code == "amicable-attempt"] == ["warn"]
    assert act(great_consumer(MERITS), none).text
    assert act(small(MERITS)).text


def test_an_exemption_needs_its_reason() -> None:
    exempt = {"type": "exempt_conciliator_unavailable"}
    with pytest.raises(InvalidFacts) as refused:
        act(consumer(MERITS), option("amicable", exempt))
    assert [fault.pointer for fault in refused.value.faults] == ["/options/amicable/detail"]
    told = option("amicable", {**exempt, "detail": "première date : mars 2027"})
    printed = text(consumer(MERITS), told)
    assert "dispensé de tentative amiable" in printed
    assert "plus de trois mois : première date : mars 2027" in printed


def test_a_dispute_is_answered_or_refused_in_summary_proceedings() -> None:
    disputed = claim("disputed", value=True)
    assert ("claim-disputed", "/case/claims/0/disputed") in refusals(companies(PROVISION), disputed)
    reply = option("reply_to_dispute", "Aucune réserve à la livraison.")
    printed = text(companies(PROVISION), disputed, reply)
    assert "Sur la contestation du défendeur Aucune réserve à la livraison." in printed
    assert act(companies(MERITS), disputed).text


def test_damages_are_for_the_merits() -> None:
    damages = claim("legal_basis", "damages")
    found = refusals(companies(PROVISION), damages)
    assert ("amount-undetermined", "/case/claims/0/legal_basis") in found
    assert "article 1231-1 du Code civil" in text(companies(MERITS), damages)


@pytest.mark.parametrize("hour", ["9:30", "24:00", "09h30", 930])
def test_an_hour_is_written_in_one_way(hour: Any) -> None:
    with pytest.raises(InvalidFacts) as refused:
        act(companies(MERITS), option("hearing", {"on": "2027-01-14", "at": hour}))
    assert [fault.pointer for fault in refused.value.faults] == ["/options/hearing/at"]


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        pytest.param("2026-12-07", "pass", id="fifteen days before"),
        pytest.param("2026-12-04", "warn", id="less"),
    ],
)
def test_time_runs_before_a_hearing_on_the_merits(on: str, outcome: str) -> None:
    checks = act(companies(MERITS), option("hearing", {"on": on, "at": "09:00"})).checks
    assert [c.outcome for c in checks if c.code == "hearing-time"] == [outcome]


def outcomes(body: dict[str, Any], *changes: Change) -> dict[str, str]:
    """The outcome of each check that did not pass."""
    found = act(body, *changes).checks
    return {check.code: check.outcome for check in found if check.outcome != "pass"}


@BOTH
def test_what_is_left_to_a_person_is_warned_of(kind: str) -> None:
    found = outcomes(great_consumer(kind))
    assert {"hearing", "lawyer-required", "court-stamp"} <= set(found)
    assert "reminder-to-quote" not in found
    assert {"reminder-to-quote", "court-stamp"} <= set(outcomes(consumer(kind)))
    assert "court-stamp" not in outcomes(companies(kind))


def test_no_lawyer_is_compulsory_before_the_judge_of_protection() -> None:
    printed = text(great_consumer(MERITS), claim("type", "loan"))
    assert "juge des contentieux de la protection" in printed
    assert "Vous pouvez vous défendre vous-même" in printed


def test_an_agency_represents_with_a_power_before_the_commercial_court() -> None:
    def signs(body: dict[str, Any]) -> None:
        agency(body)
        del body["options"]["signatory"]

    printed = text(small(MERITS), signs)
    assert "représentée par Recouvrement Modèle SAS, société de recouvrement" in printed
    assert "Pouvoir spécial Je, M. Cyprien L'Exemple, président de la société" in printed


@BOTH
@pytest.mark.parametrize(
    "dropped",
    [
        "draft_notice", "act_title", "claimant", "commissaire", "defendant", "hearing",
        "appearance", "facts_of_file", "statement_sections", "grounds", "heads",
        "exhibits_table", "signature",
        "commissaire_signature",
    ],
)  # fmt: skip
def test_a_template_without_a_block_makes_no_summons(
    kind: str, dropped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master, dropped, lambda *_, **__: blocks.body("."))
    template = Template.compile(master.summons("Assignation", with_penalty=kind == MERITS))
    monkeypatch.setattr(drafting, "load_template", lambda _: template)
    with pytest.raises(ContentNotProved):
        act(companies(kind))
