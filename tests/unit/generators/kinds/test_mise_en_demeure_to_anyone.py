"""A formal notice by family and by sender: what each must say, must not say, and refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generators.drafting import ContentNotProved
from generators.render import compiled
from templates.builder.kinds import mise_en_demeure as master
from tests.support.acts import (
    Change,
    act,
    refusals,
    text_of,
    warnings_of,
    with_option,
)
from tests.support.cases import case_body
from tests.support.golden import GOLDEN

CONSUMER, AGENCY, RENT = "07", "08", "09"
L111_8 = (
    "« Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du créancier,"
    " sauf s'ils concernent un acte dont l'accomplissement est prescrit par la loi au créancier."
    " Toute stipulation contraire est réputée non écrite, sauf disposition législative contraire."
    " » « Cependant, le créancier qui justifie du caractère nécessaire des démarches entreprises"
    " pour recouvrer sa créance peut demander au juge de l'exécution de laisser tout ou partie des"
    " frais ainsi exposés à la charge du débiteur de mauvaise foi. »"
)


def golden(name: str) -> dict[str, Any]:
    """The request of a golden case, to be changed at will."""
    path = GOLDEN / "mise_en_demeure" / name / "facts.json"
    body: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return body


def cheque(**facts: Any) -> Change:
    """A change of the cheque of a case; None takes a fact away."""

    def change(body: dict[str, Any]) -> None:
        held = body["case"]["claims"][0]["cheque"]
        for key, value in facts.items():
            held.pop(key, None)
            if value is not None:
                held[key] = value

    return change


def claim(**facts: Any) -> Change:
    """A change of the first claim of a case."""
    return lambda body: body["case"]["claims"][0].update(facts)


def representative(**facts: Any) -> Change:
    """A change of whoever writes."""
    return lambda body: body["case"]["representative"].update(facts)


def party_without(*keys: str) -> Change:
    """Facts of the representative taken away."""

    def change(body: dict[str, Any]) -> None:
        for key in keys:
            del body["case"]["representative"]["party"][key]

    return change


def clause(body: dict[str, Any]) -> None:
    body["case"]["contract"] = {
        "reference": "Bail du 1er août 2023",
        "signed_on": "2023-08-01",
        "resolutive_clause": {"article": "8", "quote": "Le bail est résilié de plein droit"},
    }


def cost(body: dict[str, Any]) -> None:
    body["case"]["costs"] = [
        {"label": "Relance", "amount": "15.00", "type": "other", "borne_by": "debtor"}
    ]


def later(body: dict[str, Any]) -> None:
    body["options"]["first_letter"] = {"reference": "RM-1", "sent_on": "2026-10-05"}


def noticed(body: dict[str, Any]) -> None:
    body["case"]["steps"].append(
        {"date": "2026-10-28", "type": "formal_notice", "channel": "registered_letter"}
    )


@pytest.mark.parametrize(
    ("body", "changes", "printed"),
    [
        # a consumer: (b) of the notes
        pytest.param(CONSUMER, [], "M. Aurélien Fictif EI", id="EI, R526-27"),
        pytest.param(CONSUMER, [], "Tél. 04 65 71 60 60", id="telephone, L121-16"),
        pytest.param(
            CONSUMER, [], "nous vous mettons en demeure de nous payer la somme de 1 247,40 €",
            id="demand, 1344",
        ),
        pytest.param(
            CONSUMER, [],
            "fait courir les intérêts au taux légal, à compter de sa première présentation, soit,"
            " au taux actuel, 0,09 € par jour (articles 1231-6 et 1344-1 du Code civil)",
            id="legal interest from the notice, 1231-6",
        ),
        pytest.param(
            CONSUMER, [with_option(delivery="email")],
            "fait courir les intérêts au taux légal, à compter du 23 novembre 2026",
            id="from the day after a letter that is not registered",
        ),
        pytest.param(
            CONSUMER, [noticed],
            "Les intérêts de retard courent depuis le 28 octobre 2026 (articles 1231-6 et 1344-1 du"
            " Code civil). Leur taux est le taux d'intérêt légal, soit 2,75 %.",
            id="legal interest from an earlier notice",
        ),
        pytest.param(CONSUMER, [], "dans un délai de 15 jours", id="time, 1231"),
        pytest.param(
            CONSUMER, [with_option(payment_deadline_days=None)], "dans un délai de 15 jours",
            id="fifteen days unless said",
        ),
        pytest.param(CONSUMER, [], "saisir la juridiction compétente", id="what follows, L121-6"),
        pytest.param(CONSUMER, [], "conciliateur de justice", id="conciliateur, 750-1"),
        pytest.param(CONSUMER, [], "commission de surendettement", id="L722-2"),
        # a home: (c)
        pytest.param(RENT, [], "je vous mets en demeure de me payer", id="a private landlord"),
        pytest.param(
            RENT, [], "Loyer de septembre 2026 : 640,00 €, provision sur charges : 75,00 €",
            id="month by month, art. 24",
        ),
        pytest.param(
            RENT, [], "n'est pas le commandement de payer que prévoit l'article 24",
            id="no commandement",
        ),
        pytest.param(
            RENT, [], "Ni frais de relance ni pénalité de retard ne vous sont réclamés",
            id="no fee, art. 4",
        ),
        pytest.param(RENT, [], "fonds de solidarité pour le logement (FSL)", id="FSL"),
        pytest.param(RENT, [clause], "« Bail du 1er août 2023 »", id="the lease"),
        # a cheque: (d)
        pytest.param(
            "cheque_in_thirty_days", [],
            "Chèque n° 0830047 de 1 247,40 €, tiré sur Banque Fictive du Centre, agence de Riom,"
            " émis le 2 novembre 2026 à Gerzat, présenté au paiement le 4 novembre 2026, rejeté le"
            " 6 novembre 2026, motif : provision insuffisante",
            id="the cheque, L131-73",
        ),
        pytest.param(
            "cheque_in_thirty_days", [],
            "Jusqu'au 4 décembre 2026, trente jours après la première présentation",
            id="thirty days, L131-73",
        ),
        pytest.param(
            "cheque_in_thirty_days", [with_option(letter_date=None)],
            "un certificat de non-paiement. La notification effective ou, à défaut, la"
            " signification de ce certificat par un commissaire de justice vaut commandement de"
            " payer", id="what follows, L131-73",
        ),
        pytest.param("cheque_in_thirty_days", [], "dans les quinze jours", id="fifteen days"),
        pytest.param(
            "cheque_in_thirty_days", [], "En tout état de cause, les frais de toute nature",
            id="costs of the rejection",
        ),
        pytest.param("cheque_in_thirty_days", [], "le chèque vous sera restitué", id="R131-20"),
        pytest.param("cheque_in_thirty_days", [], "article L. 131-67", id="no novation"),
        pytest.param(
            "cheque_in_thirty_days", [cheque(presented_on="2026-10-23", rejected_on="2026-10-26"),
            claim(issued_on="2026-10-20", due_on="2026-10-20")],
            "Jusqu'au 22 novembre 2026", id="the thirtieth day",
        ),
        pytest.param(
            "cheque_in_thirty_days", [cheque(presented_on="2026-10-22", rejected_on="2026-10-26"),
            claim(issued_on="2026-10-20", due_on="2026-10-20")],
            "Le délai de trente jours à compter de la première présentation étant expiré",
            id="the thirty-first day",
        ),
        # an agency: R124-4
        pytest.param(
            AGENCY, [],
            "Recouvrement Modèle SAS, dont le siège est 12 cours de la Conciliation, CS 40012,"
            " 69003 Lyon, exerce une activité de recouvrement amiable de créances",
            id="R124-4 1°",
        ),
        pytest.param(
            AGENCY, [],
            "pour le compte de Matériaux Témoin SA (855 667 788 RCS Clermont-Ferrand), dont le"
            " siège est Zone industrielle du Ladoux Fictif, 1 rue des Agrégats, 63100"
            " Clermont-Ferrand, votre créancier", id="R124-4 2°",
        ),
        pytest.param(
            AGENCY, [],
            "Principal, toutes taxes comprises | 5 405,52 € Pénalités de retard au 22 novembre 2026"
            " | 245,19 € Indemnité forfaitaire pour frais de recouvrement (2 factures) | 80,00 €",
            id="R124-4 3°, each apart",
        ),
        pytest.param(
            AGENCY, [],
            "au nom et pour le compte de Matériaux Témoin SA, nous vous mettons en demeure de payer"
            " la somme de 5 730,71 €", id="R124-4 4°, demand",
        ),
        pytest.param(
            AGENCY, [],
            "Bénéficiaire : Recouvrement Modèle SAS IBAN : FR76 3000 6000 0170 0000 0000 772",
            id="R124-4 4°, means",
        ),
        pytest.param(AGENCY, [], L111_8, id="R124-4 5°, word for word"),
        pytest.param(
            AGENCY, [],
            "lettre porte la référence RM-2026-55214 et est envoyée le 22 novembre 2026",
            id="R124-4 last paragraph",
        ),
        pytest.param(AGENCY, [], "qui nous a donné mandat le 1er septembre 2026", id="R124-3"),
        pytest.param(AGENCY, [], "Une quittance vous sera remise pour tout paiement", id="R124-6"),
        pytest.param(AGENCY, [], "(article 14 du RGPD)", id="RGPD 14"),
        pytest.param(AGENCY, [], "Pour Recouvrement Modèle SAS Mme Salomé Modèle", id="1367"),
        pytest.param(
            AGENCY, [later],
            "La présente fait suite à notre première lettre, référence RM-1, envoyée le 5 octobre"
            " 2026 (article R. 124-4 du Code des procédures civiles d'exécution)",
            id="R124-4, a later letter",
        ),
        # a lawyer: RIN
        pytest.param(
            "public_buyer_by_lawyer", [],
            "En qualité d'avocat au barreau de Clermont-Ferrand, nous agissons pour Pièces Auto"
            " Exemple SAS", id="for whom, bar",
        ),
        pytest.param(
            "public_buyer_by_lawyer", [],
            "vous avez la possibilité de consulter un avocat et vous invitons à nous en faire"
            " connaître le nom", id="RIN 8.2",
        ),
        pytest.param("public_buyer_by_lawyer", [], "sous-compte CARPA", id="RIN 6.2"),
        pytest.param("loan_by_lawyer", [], "En qualité d'avocate, nous agissons", id="no bar"),
        pytest.param(
            "loan_by_lawyer", [], "Bénéficiaire : Étienne Bailleur-Modèle", id="paid to the client"
        ),
        # a commissaire de justice: professional rules, art. 30
        pytest.param(
            "consumer_by_commissaire", [], "Cette démarche est purement amiable", id="art. 30 al. 1"
        ),
        pytest.param(
            "consumer_by_commissaire", [],
            "saisir la juridiction compétente d'une demande en paiement de l'ensemble des sommes"
            " dues. Le créancier peut ainsi obtenir un titre exécutoire", id="art. 30 al. 2",
        ),
        pytest.param(
            "consumer_by_commissaire", [], "Aucune autre somme que la créance", id="art. 30 last"
        ),
        pytest.param(
            "consumer_by_commissaire", [], "donné mandat écrit le 10 novembre 2026", id="art. 29"
        ),
        # a public buyer
        pytest.param(
            "public_buyer_by_lawyer", [], "majoré de 8 points de pourcentage", id="R2192-31 CCP"
        ),
        pytest.param(
            "public_buyer_by_lawyer", [], "articles L. 2192-13 et D. 2192-35", id="D2192-35 CCP"
        ),
    ],
)  # fmt: skip
def test_the_letter_says(body: str, changes: list[Change], printed: str) -> None:
    facts = case_body(body) if body.isdigit() else golden(body)
    assert printed in text_of(facts, *changes)


@pytest.mark.parametrize(
    ("body", "changes", "words"),
    [
        pytest.param(CONSUMER, [], "441-10", id="no penalty of professionals"),
        pytest.param(CONSUMER, [], "40,00 €", id="no flat fee"),
        pytest.param(CONSUMER, [noticed], "forfaitaire", id="nor once noticed"),
        pytest.param(CONSUMER, [], "Frais", id="no cost line, L121-21"),
        pytest.param(CONSUMER, [], "saisie", id="no seizure"),
        pytest.param(CONSUMER, [], "huissier", id="nor huissier"),
        pytest.param(CONSUMER, [], "sans autre avis", id="no countdown"),
        pytest.param(RENT, [noticed], "taux convenu", id="no agreed interest on a home"),
        pytest.param(RENT, [clause], "clause résolutoire", id="the clause of a lease, art. 24"),
        pytest.param("rent_of_premises", [], "clause résolutoire", id="nor of premises, L145-41"),
        pytest.param("rent_of_premises", [], "89-462", id="law of homes"),
        pytest.param("cheque_in_thirty_days", [], "441-10", id="cheque: no penalty"),
        pytest.param("cheque_in_thirty_days", [], "interdi", id="no bank ban is threatened"),
        pytest.param("cheque_in_thirty_days", [], "sans autre acte", id="no free title"),
        pytest.param("cheque_in_thirty_days", [], "payée par chèque", id="nothing was paid"),
        pytest.param("cheque_opposed", [], "certificat", id="opposition: no certificate"),
        pytest.param("cheque_opposed", [], "En tout état de cause", id="opposition: no costs"),
        pytest.param(AGENCY, [later], "article L. 111-8", id="a later letter does not quote"),
        pytest.param(AGENCY, [later], "RGPD", id="nor tells of data again"),
        pytest.param(AGENCY, [party_without("iban", "bic")], "d'en recevoir", id="no account"),
        pytest.param("loan_by_lawyer", [], "CARPA", id="funds do not pass by the lawyer"),
        pytest.param("consumer_by_commissaire", [], "exécution forcée", id="no execution"),
        pytest.param("consumer_by_commissaire", [], "sommation", id="nor sommation"),
        pytest.param("individual_against_firm", [], "nous", id="a private person says je"),
        pytest.param(AGENCY, [], "notre propriété", id="an agency owns nothing"),
        pytest.param("agency_following_letter", [], " nous devoir", id="nothing is owed to it"),
    ],
)
def test_the_letter_does_not_say(body: str, changes: list[Change], words: str) -> None:
    facts = case_body(body) if body.isdigit() else golden(body)
    assert words not in text_of(facts, *changes)


@pytest.mark.parametrize(
    ("body", "change", "code", "pointer"),
    [
        pytest.param(
            CONSUMER, claim(late_interest={"basis": "ecb_plus", "points": "10"}),
            "consumer-interest", "/case/claims/0/late_interest/basis", id="L441-10",
        ),
        pytest.param(CONSUMER, cost, "collection-costs", "/case/costs/0/borne_by", id="L121-21"),
        pytest.param(RENT, cost, "collection-costs", "/case/costs/0/borne_by", id="rent"),
        pytest.param(
            CONSUMER, claim(legal_basis="damages"), "damages-claimed",
            "/case/claims/0/legal_basis", id="damages",
        ),
        pytest.param(
            AGENCY, representative(mandate_date=None), "agency-mandate",
            "/case/representative/mandate_date", id="R124-3",
        ),
        pytest.param(
            AGENCY, representative(mandate_date="2026-11-23"), "agency-mandate",
            "/case/representative/mandate_date", id="a mandate after the letter",
        ),
        pytest.param(
            AGENCY, party_without("siren", "siret", "vat_number"), "representative-identity",
            "/case/representative/party", id="R124-4 1°",
        ),
        pytest.param(AGENCY, cost, "collection-costs", "/case/costs/0/borne_by", id="L111-8"),
        pytest.param(
            AGENCY, with_option(first_letter={"reference": "R", "sent_on": "2026-08-01"}),
            "agency-first-letter", "/options/first_letter/sent_on", id="before the mandate",
        ),
        pytest.param(
            CONSUMER, with_option(first_letter={"reference": "R", "sent_on": "2026-10-01"}),
            "agency-first-letter", "/options/first_letter", id="no agency",
        ),
        pytest.param(
            "consumer_by_commissaire", cost, "commissaire-costs", "/case/costs/0/borne_by",
            id="art. 30 last",
        ),
        pytest.param(
            "cheque_in_thirty_days",
            claim(late_interest={"basis": "contractual", "percent": "5.00"}),
            "cheque-terms", "/case/claims/0/late_interest", id="L131-8",
        ),
        pytest.param(
            "cheque_in_thirty_days", claim(penalty_clause={"percent": "10.00"}),
            "cheque-terms", "/case/claims/0/penalty_clause", id="L131-67",
        ),
        pytest.param(
            "cheque_in_thirty_days", cheque(amount_in_words="mille deux cents euros"),
            "cheque-amount", "/case/claims/0/cheque/amount_in_words", id="L131-10",
        ),
        pytest.param(
            RENT, lambda body: body["case"]["claims"][0].update(type="other"),
            "claims-mixed", "/case/claims", id="rent and something else",
        ),
        pytest.param(
            CONSUMER, lambda body: body["case"]["debtor"].update(
                over_indebtedness={"admitted_on": "2026-10-01"}
            ), "debtor-over-indebted", "/case/debtor/over_indebtedness", id="L722-2",
        ),
        pytest.param(
            RENT, lambda body: body["case"]["creditor"]["address"].update(
                country="BE", postal_code="1000", insee_code=None
            ), "sender-not-supported", "/case/creditor/address/country", id="creditor abroad",
        ),
    ],
)  # fmt: skip
def test_the_law_refuses(body: str, change: Change, code: str, pointer: str) -> None:
    facts = case_body(body) if body.isdigit() else golden(body)
    assert refusals(facts, change).get(pointer) == code


@pytest.mark.parametrize(
    ("body", "changes", "code"),
    [
        pytest.param(RENT, [clause], "resolutive-clause-of-lease", id="art. 24"),
        pytest.param(
            CONSUMER, [with_option(payment_deadline_days=10)], "consumer-deadline", id="usage"
        ),
        pytest.param(CONSUMER, [claim(disputed=True)], "consumer-mediator", id="L616-1"),
        pytest.param(CONSUMER, [claim(type="loan")], "consumer-credit", id="L312-35-1"),
        pytest.param("cheque_opposed", [], "cheque-without-certificate", id="L131-35"),
        pytest.param("cheque_opposed", [], "cheque-presentation", id="L131-73"),
        pytest.param("cheque_in_thirty_days", [], "cheque-rejection-costs", id="D131-25"),
        pytest.param(AGENCY, [], "agency-notice-power", id="1984"),
        pytest.param(
            CONSUMER, [with_option(body_note="Frais de dossier en sus.")], "free-text-costs",
            id="free words",
        ),
        pytest.param("public_buyer_by_lawyer", [], "public-buyer-term", id="R2192-12"),
    ],
)  # fmt: skip
def test_a_lawyer_is_told(body: str, changes: list[Change], code: str) -> None:
    facts = case_body(body) if body.isdigit() else golden(body)
    assert code in warnings_of(facts, *changes)


BLOCKS = [
    ("representative_opening", "agency_first_letter"),
    ("representative_mentions", "agency_first_letter"),
    ("personal_data", "agency_first_letter"),
    ("payment_through", "agency_first_letter"),
    ("claims_table", "consumer"),
    ("receipts", "rent"),
    ("earlier_steps", "consumer"),
    ("accessories", "default_rate"),
    ("account_table", "consumer"),
    ("demand", "consumer"),
    ("each", "consumer"),
    ("bullets", "cheque_in_thirty_days"),
    ("payment_means", "consumer"),
    ("note_paragraph", "rent"),
    ("closing", "consumer"),
    ("signature", "consumer"),
    ("enclosures", "consumer"),
]


def _nothing(*_: object, **__: object) -> str:
    """A block that prints nothing."""
    return ""


@pytest.mark.parametrize(("block", "case"), BLOCKS, ids=[block for block, _ in BLOCKS])
def test_a_template_without_a_block_makes_no_act(
    block: str, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a tenant's template leaves out, or ours by mistake, is found missing on the document."""
    monkeypatch.setattr(master, block, _nothing)
    template = compiled(master.document())
    monkeypatch.setattr("generators.drafting.load_template", lambda _: template)
    with pytest.raises(ContentNotProved):
        act(golden(case))
