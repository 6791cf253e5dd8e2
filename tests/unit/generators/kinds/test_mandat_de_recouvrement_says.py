"""Each mention of R. 124-3 CPCE and of the law of agencies: printed, proved, asked for."""

from __future__ import annotations

from typing import Any

import pytest

from generators import drafting
from generators.drafting import ContentNotProved
from generators.render import Template
from tests.support.acts import Change, act, refusals, text_of
from tests.support.golden_changed import dropping, found, golden, setting
from tests.support.mentions import without_mention
from tests.support.requests import refusals_of

SLUG = "mandat_de_recouvrement"
SPECIAL, FRAMEWORK, UNDER = "special", "framework", "special_under_framework"


@pytest.mark.parametrize(
    ("case", "printed"),
    [
        pytest.param(SPECIAL, "pouvoir de recevoir pour son compte les sommes dues", id="receive"),
        # 1°: ground and amount, each element apart
        pytest.param(
            SPECIAL,
            "1 | Facture n° MT-26-1187 – Béton prêt à l'emploi, 18 m³ | 29/05/2026 | 28/06/2026 |"
            " 3 132,00 € | 3 328,37 €",
            id="1° ground",
        ),
        pytest.param(
            SPECIAL,
            "Principal | 5 405,52 € Intérêts de retard au 22 novembre 2026 | 245,19 € Indemnité"
            " forfaitaire pour frais de recouvrement | 80,00 € Total dû | 5 730,71 €",
            id="1° each element apart",
        ),
        pytest.param(
            FRAMEWORK,
            "Chaque créance est confiée par un bordereau de remise, daté et accepté par les deux"
            " parties, qui désigne le débiteur et indique le fondement et le montant des sommes"
            " dues, en distinguant le principal",
            id="1° in another document",
        ),
        # 2°: guarantee
        pytest.param(
            SPECIAL,
            "Assurances Fictives du Rhône, police n° RC-2026-118, dans la limite de 150 000,00 €",
            id="2° guarantee",
        ),
        pytest.param(
            UNDER, "garantie dans les conditions que fixe la convention citée", id="2° elsewhere"
        ),
        # 3°: pay borne by the creditor
        pytest.param(SPECIAL, "est à la charge exclusive du créancier", id="3° borne by creditor"),
        pytest.param(
            SPECIAL, "12,5 % hors taxes des sommes effectivement encaissées", id="3° share"
        ),
        pytest.param(SPECIAL, "25,00 € hors taxes par dossier confié", id="3° by file"),
        pytest.param(FRAMEWORK, "15 % au-delà de 180 jours de retard", id="3° in words"),
        pytest.param(UNDER, "fixée par la convention citée à l'article 1", id="3° elsewhere"),
        pytest.param(
            SPECIAL,
            "Rien n'en est réclamé au débiteur : les frais de recouvrement entrepris sans titre"
            " exécutoire restent à la charge du créancier (article L. 111-8",
            id="L111-8",
        ),
        # 4°: remittance
        pytest.param(SPECIAL, "dans les 15 jours de l'encaissement effectif", id="4° as agreed"),
        pytest.param(
            FRAMEWORK, "dans le mois de l'encaissement effectif (article R. 124-6)", id="4° month"
        ),
        pytest.param(SPECIAL, "Compte de la société FR76 3000 6000 0170", id="R124-2 account"),
        pytest.param(SPECIAL, "Compte du créancier FR76 3000 6000 0140", id="creditor's account"),
        pytest.param(UNDER, "accompagné d'un relevé par débiteur", id="4° in words"),
        # the rest of the law of agencies
        pytest.param(SPECIAL, "déclare satisfaire à l'article R. 124-2", id="R124-2"),
        pytest.param(SPECIAL, "la lettre prévue à l'article R. 124-4", id="R124-4"),
        pytest.param(
            SPECIAL, "toute proposition du débiteur autre qu'un paiement immédiat", id="R124-5"
        ),
        pytest.param(UNDER, "n'a pas à l'informer des autres propositions", id="R124-5 agreed"),
        pytest.param(SPECIAL, "une quittance de tout paiement", id="R124-6"),
        pytest.param(SPECIAL, "(article 14 du RGPD)", id="art. 14 RGPD"),
        pytest.param(SPECIAL, "n'accorde ni délai ni remise de dette sans l'accord", id="no time"),
        pytest.param(UNDER, "peut accorder au débiteur des délais de paiement", id="time"),
        pytest.param(
            UNDER, "« Conditions générales de recouvrement 2026 » du 2 février 2026", id="contract"
        ),
        # parties, term, originals: art. 1375
        pytest.param(SPECIAL, "877 889 907 RCS Lyon, dont le siège est 12 cours", id="agency"),
        pytest.param(SPECIAL, "Débiteur : Bâtiment Fictif & Associés SARL", id="debtor"),
        pytest.param(SPECIAL, "donné pour 12 mois", id="term"),
        pytest.param(UNDER, "sans durée déterminée", id="no term"),
        pytest.param(UNDER, "préavis de 15 jours", id="notice"),
        pytest.param(SPECIAL, "Fait à Lyon, le 24 novembre 2026, en deux originaux", id="1375"),
        pytest.param(SPECIAL, "M. Paul-Émile Modèle, président", id="who signs"),
        pytest.param(FRAMEWORK, "représentée par ……………………………………", id="blank"),
    ],
)  # fmt: skip
def test_the_mandate_says(case: str, printed: str) -> None:
    assert printed in text_of(golden(f"{SLUG}/{case}"))


@pytest.mark.parametrize("case", [SPECIAL, FRAMEWORK, UNDER])
@pytest.mark.parametrize("words", ["huissier", "Je reconnais devoir", "saisie"])
def test_the_mandate_does_not_say(case: str, words: str) -> None:
    assert words not in text_of(golden(f"{SLUG}/{case}"))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (SPECIAL, "pouvoir de recevoir"),
        (SPECIAL, "R. 124-3, 1°"),
        (SPECIAL, "R. 124-3, 2°"),
        (SPECIAL, "R. 124-3, 3°"),
        (SPECIAL, "R. 124-3, 4°"),
        (SPECIAL, "{{ claim.what }}"),
        (SPECIAL, "{{ item.label }}"),
        (SPECIAL, "{{ guarantee }}"),
        (SPECIAL, "{{ line }}"),
        (SPECIAL, "{{ remittance.within }}"),
        (SPECIAL, "charge exclusive du créancier"),
        (SPECIAL, "article L. 111-8"),
        (SPECIAL, "article R. 124-2"),
        (SPECIAL, "article R. 124-4"),
        (SPECIAL, "(article R. 124-5)"),
        (SPECIAL, "{{ agency.iban }}"),
        (SPECIAL, "{{ debtor.full }}"),
        (SPECIAL, "{{ act.originals }}"),
        (FRAMEWORK, "bordereau de remise"),
        (UNDER, "{{ mandate.under }}"),
        (UNDER, "{{ remittance.terms }}"),
    ],
)
def test_no_mandate_is_made_without_a_mention(
    case: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = Template.compile(without_mention(SLUG, words))
    monkeypatch.setattr(drafting, "load_template", lambda _: less)
    with pytest.raises(ContentNotProved):
        act(golden(f"{SLUG}/{case}"))


def as_lawyer(body: dict[str, Any]) -> None:
    body["case"]["representative"]["role"] = "lawyer"


def no_claims(body: dict[str, Any]) -> None:
    body["case"]["claims"] = []
    body["options"]["mandate_type"] = "special"


@pytest.mark.parametrize(
    ("case", "change", "code", "pointer"),
    [
        pytest.param(SPECIAL, dropping("case.representative"), "agency-missing",
                     "/case/representative", id="no agency"),
        pytest.param(SPECIAL, as_lawyer, "agency-missing", "/case/representative/role",
                     id="R124-1: a lawyer has a statute of their own"),
        pytest.param(SPECIAL, no_claims, "mandate-claims", "/case/claims", id="1°: no claims"),
        pytest.param(SPECIAL, dropping("case.debtor"), "mandate-claims", "/case/debtor",
                     id="1°: of whom"),
        pytest.param(SPECIAL, dropping("options.guarantee"), "mandate-guarantee",
                     "/options/guarantee", id="2°"),
        pytest.param(SPECIAL, dropping("options.fees"), "mandate-fees", "/options/fees", id="3°"),
        pytest.param(FRAMEWORK, dropping("options.fees"), "mandate-fees", "/options/fees",
                     id="3° of a framework"),
        pytest.param(
            SPECIAL,
            setting("case.costs", [{"label": "Ouverture", "amount": "8.00", "type": "other",
                                    "borne_by": "debtor"}]),
            "collection-costs", "/case/costs/0/borne_by", id="L111-8: costs on the debtor",
        ),
        pytest.param(
            SPECIAL, setting("case.representative.party.siren", "855667788"),
            "representative-not-supported", "/case/representative/party/siren",
            id="R124-1: for others",
        ),
        pytest.param(SPECIAL, setting("language", "en"), "language-not-supported", "/language",
                     id="in French"),
    ],
)  # fmt: skip
def test_a_mandate_is_refused(case: str, change: Change, code: str, pointer: str) -> None:
    def consistent(body: dict[str, Any]) -> None:
        change(body)
        party = (body["case"].get("representative") or {}).get("party", {})
        for key in ("siret", "vat_number"):
            party.pop(key, None)

    assert refusals(golden(f"{SLUG}/{case}", consistent)).get(pointer) == code


@pytest.mark.parametrize(
    ("case", "change", "code", "pointer"),
    [
        pytest.param(FRAMEWORK, setting("language", "fr"), "mandate-claims", "/case/claims",
                     id="mentions spread over documents"),
        pytest.param(SPECIAL, setting("options.mandate_type", "framework"), "mandate-claims",
                     "/options/mandate_type", id="a framework leaves the claims out"),
        pytest.param(UNDER, setting("language", "fr"), "mandate-fees", "/options/fees",
                     id="pay in the framework contract"),
        pytest.param(UNDER, setting("language", "fr"), "mandate-remittance",
                     "/options/remittance/within_days", id="later than a month"),
        pytest.param(UNDER, setting("language", "fr"), "mandate-date",
                     "/case/representative/mandate_date", id="another day"),
        pytest.param(FRAMEWORK, setting("language", "fr"), "agency-account",
                     "/case/representative/party/iban", id="no account"),
        pytest.param(FRAMEWORK, setting("language", "fr"), "signatory-missing",
                     "/case/representative/party/legal_representative", id="nobody signs"),
        pytest.param(SPECIAL, dropping("case.representative.party.share_capital"),
                     "agency-identity", "/case/representative/party", id="R123-238"),
        pytest.param(
            SPECIAL,
            setting("case.debtor.insolvency", {"type": "receivership", "opened_on": "2026-10-01"}),
            "debtor-in-insolvency", "/case/debtor/insolvency", id="told, not yet demanded",
        ),
    ],
)  # fmt: skip
def test_a_mandate_warns(case: str, change: Change, code: str, pointer: str) -> None:
    assert ("warn", pointer) in found(golden(f"{SLUG}/{case}", change), code)


def test_pay_that_is_set_in_no_way_is_no_pay() -> None:
    body = golden(f"{SLUG}/{SPECIAL}", setting("options.fees", {}))
    assert refusals_of(body) == {"/options/fees/success_percent": "missing"}


def test_a_framework_needs_neither_debtor_nor_claims() -> None:
    made = act(golden(f"{SLUG}/{FRAMEWORK}"))
    assert made.statement is None
    assert {each.outcome for each in made.checks} == {"pass", "warn"}


def test_the_sums_handed_over_are_those_of_the_statement() -> None:
    made = act(golden(f"{SLUG}/{SPECIAL}"))
    assert made.statement is not None
    assert made.statement.totals.due_cents == 573_071
