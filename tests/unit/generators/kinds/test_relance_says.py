"""What a reminder says at each level and to each payer, and what it must not say or be made of."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.acts import (
    Change,
    act,
    changed_by,
    refusals,
    text_of,
    warnings_of,
    with_option,
)
from tests.support.cases import case_body

LEVELS = (1, 2, 3)
TONES = (None, "negligent", "bad_payer", "administrative")


def reminder(number: str = "02") -> dict[str, Any]:
    """A reminder on the facts of a case."""
    body = case_body(number)
    body["kind"] = "relance"
    return body


def to_consumer() -> dict[str, Any]:
    body = reminder("07")
    body["options"] = {"level": 2}
    return body


def noticed(body: dict[str, Any]) -> None:
    step = {"date": "2026-10-05", "type": "formal_notice", "channel": "registered_letter"}
    body["case"]["steps"].append(step)


def to_public_buyer(body: dict[str, Any]) -> None:
    debtor = body["case"]["debtor"]
    for key in ("legal_form", "share_capital", "rcs_city", "vat_number"):
        debtor.pop(key, None)
    debtor["type"] = "public_body"


level = with_option


@pytest.mark.parametrize(
    ("number", "changes", "printed"),
    [
        # level 1: an oversight, the principal
        pytest.param("01", [], "Sauf erreur ou omission, nous n'avons pas encore", id="oversight"),
        pytest.param("01", [], "2 820,00 € au plus tard le 30 novembre 2026", id="sum and day"),
        pytest.param("01", [], "30/10/2026 | 23 jours | 2 820,00 €", id="due date, days late"),
        pytest.param(
            "01",
            [],
            "est le principal, sans les pénalités de retard (article L. 441-10, II, du Code de"
            " commerce) ni l'indemnité forfaitaire de 40,00 €",
            id="what is owed by law is reserved, not given up",
        ),
        pytest.param("01", [], "IBAN, BIC : FR76 3000 6000 0110 0000 0000 102", id="account"),
        pytest.param("01", [], "ne pas tenir compte de cette lettre", id="if already paid"),
        pytest.param("01", [], "Pour toute question : 04 65 71 10 10", id="contact"),
        # level 2: the figures and the cause
        pytest.param("02", [level(level=2)], "Malgré les démarches rappelées", id="earlier"),
        pytest.param(
            "02", [level(level=2)],
            "28 septembre 2026 : relance par courrier électronique (Relance 1 du 28",
            id="earlier reminder, dated",
        ),
        pytest.param(
            "02", [level(level=2)],
            "sans qu'un rappel soit nécessaire (article L. 441-10, II, du Code de commerce)",
            id="penalties run without reminder",
        ),
        pytest.param("02", [level(level=2)], "3 × 40,00 € = 120,00 €", id="40 € by invoice"),
        pytest.param("02", [level(level=2)], "Total dû | 5 584,98 €", id="account adds up"),
        pytest.param(
            "02", [level(level=2)], "Si un motif explique cette situation", id="question on cause"
        ),
        pytest.param("02", [level(level=2)], "un règlement échelonné", id="plan offered"),
        # level 3: what follows, and when
        pytest.param("02", [], "Objet : Dernière relance avant mise en demeure", id="own subject"),
        pytest.param(
            "02", [level(subject=None)],
            "Objet : Dernière relance – factures n° FA26-07118, FA26-07342 et FA26-08077",
            id="subject",
        ),
        pytest.param(
            "02", [],
            "une mise en demeure de payer vous sera adressée à compter du 1er décembre 2026",
            id="next step and its day",
        ),
        pytest.param(
            "02", [noticed],
            "nous pourrons, à compter du 1er décembre 2026, saisir la juridiction compétente",
            id="after a notice, the court",
        ),
        # tones
        pytest.param("01", [level(tone="negligent")], "la confiance que vous nous", id="negligent"),
        pytest.param(
            "01", [level(tone="bad_payer")], "confirmer par retour le jour", id="bad payer, level 1"
        ),
        pytest.param(
            "02", [level(level=2, tone="bad_payer")], "une mise en demeure de payer vous sera",
            id="bad payer, sooner",
        ),
        pytest.param(
            "01", [level(tone="administrative")],
            "quel service et quelle personne en autorisent le paiement puis l'exécutent",
            id="administrative: the circuit",
        ),
        # regimes
        pytest.param(
            "02", [to_public_buyer],
            "articles L. 2192-13 et R. 2192-32 du Code de la commande publique",
            id="public buyer",
        ),
        pytest.param("02", [to_public_buyer], "D. 2192-35 du Code de la", id="public buyer's fee"),
        pytest.param(
            "09", [level(level=2)], "fonds de solidarité pour le logement", id="tenant: FSL"
        ),
        pytest.param("09", [], "Loyer de septembre 2026 : 640,00 €", id="tenant: month by month"),
    ],
)  # fmt: skip
def test_the_reminder_says(number: str, changes: list[Change], printed: str) -> None:
    assert printed in text_of(reminder(number), *changes)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("at", LEVELS)
@pytest.mark.parametrize("number", ["02", "07", "09"])
def test_no_reminder_threatens_or_poses_as_an_act(number: str, at: int, tone: str | None) -> None:
    change = with_option(level=at, tone=tone, body_note=None, subject=None)
    text = text_of(reminder(number), change).lower()
    for word in ("huissier", "saisie", "commandement", "sommation", "contentieux", "dernier avis"):
        assert word not in text, word
    assert "vous mettons en demeure" not in text


@pytest.mark.parametrize("tone", TONES)
def test_a_first_reminder_has_no_word_of_formal_notice_or_litigation(tone: str | None) -> None:
    text = text_of(reminder("01"), with_option(tone=tone)).lower()
    assert "mise en demeure" not in text
    assert "juridiction" not in text
    assert "tribunal" not in text


@pytest.mark.parametrize("at", LEVELS)
@pytest.mark.parametrize("number", ["07", "09"])
def test_a_consumer_is_asked_for_no_penalty_and_no_fee(number: str, at: int) -> None:
    text = text_of(reminder(number), with_option(level=at, body_note=None)).lower()
    for words in ("pénalité", " 40,00", "indemnité forfaitaire", "441-10", "frais"):
        assert words not in text, words


def test_legal_interest_runs_against_a_consumer_from_the_formal_notice() -> None:
    text = text_of(to_consumer(), noticed)
    assert "courent depuis le 5 octobre 2026 (articles 1231-6 et 1344-1 du Code civil)" in text
    assert "taux d'intérêt légal, soit 2,75 %" in text
    assert "conciliateur de justice" in text


def test_without_notice_a_consumer_owes_the_principal_alone() -> None:
    made = act(to_consumer())
    assert made.statement is not None
    assert made.statement.totals.interest_cents == 0
    assert "courent" not in text_of(to_consumer())


def test_the_default_time_is_longer_for_a_consumer() -> None:
    assert "au plus tard le 7 décembre 2026" in text_of(to_consumer())
    assert "au plus tard le 30 novembre 2026" in text_of(
        reminder("02"), with_option(payment_deadline_days=None)
    )


def test_a_reminder_goes_by_plain_letter_unless_said() -> None:
    text = text_of(reminder("02"), with_option(delivery=None))
    assert "recommandée avec demande d'avis" not in text


def test_a_penalty_clause_incurred_by_notice_is_told_with_its_day() -> None:
    def steps(body: dict[str, Any]) -> None:
        body["case"]["steps"].append({"date": "2026-07-01", "type": "formal_notice"})

    text = text_of(reminder("05"), with_option(level=2), steps)
    assert "encourue depuis la mise en demeure du 1er juillet 2026 (article 1231-5" in text
    assert "Elle s'élève à 1 229,64 €" in text


def _not_due(body: dict[str, Any]) -> None:
    body["case"]["claims"][0]["due_on"] = "2027-01-31"


def _insolvent(body: dict[str, Any]) -> None:
    body["case"]["debtor"]["insolvency"] = {"type": "receivership", "opened_on": "2026-11-02"}


def _paid(body: dict[str, Any]) -> None:
    claim = body["case"]["claims"][0]
    body["case"]["payments"] = [
        {"received_on": claim["due_on"], "amount": claim["amount_incl_tax"], "claim_id": "c1"}
    ]


def _principal_paid_late(body: dict[str, Any]) -> None:
    body["case"]["payments"] = [{"received_on": "2026-11-09", "amount": "2829.58"}]


def _agency(body: dict[str, Any]) -> None:
    body["case"]["representative"] = case_body("08")["case"]["representative"]


def _agency_without_mandate(body: dict[str, Any]) -> None:
    _agency(body)
    del body["case"]["representative"]["mandate_date"]


def _costs(body: dict[str, Any]) -> None:
    cost = {"label": "Frais de dossier", "amount": "20.00", "type": "other", "borne_by": "debtor"}
    body["case"]["costs"] = [cost]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        pytest.param(_not_due, "/case/claims/0/due_on", "claim-not-due", id="1305-2 C. civ."),
        pytest.param(
            _insolvent, "/case/debtor/insolvency", "debtor-in-insolvency", id="L. 622-7 C. com."
        ),
        pytest.param(_paid, "/case/claims", "nothing-due", id="1342 C. civ."),
        pytest.param(
            _principal_paid_late, "/options/level", "principal-settled", id="level 1, no principal"
        ),
        pytest.param(
            _agency_without_mandate,
            "/case/representative/mandate_date",
            "agency-mandate",
            id="R. 124-3 CPCE",
        ),
        pytest.param(_costs, "/case/costs/0/borne_by", "collection-costs", id="L. 111-8 CPCE"),
    ],
)
def test_what_a_reminder_is_refused_for(change: Change, pointer: str, code: str) -> None:
    assert refusals(reminder("01"), change) == {pointer: code}


def test_a_cheque_is_not_reminded_of() -> None:
    assert refusals(reminder("13a"))["/case/claims/0/type"] == "claim-type-not-supported"


def test_a_debtor_admitted_to_over_indebtedness_is_not_written_to() -> None:
    def admitted(body: dict[str, Any]) -> None:
        body["case"]["debtor"]["over_indebtedness"] = {"admitted_on": "2026-11-02"}

    assert refusals(to_consumer(), admitted) == {
        "/case/debtor/over_indebtedness": "debtor-over-indebted"
    }


def test_a_later_reminder_without_an_earlier_one_is_told_of() -> None:
    def no_steps(body: dict[str, Any]) -> None:
        body["case"]["steps"] = []

    assert "reminder-level" in warnings_of(reminder("02"), no_steps)
    assert "reminder-level" not in warnings_of(reminder("02"))
    assert "Malgré les démarches" not in text_of(reminder("02"), no_steps, with_option(level=2))


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("Des frais de dossier de 20 € seront ajoutés.", "free-text-costs"),
        ("Dernier avis avant saisie.", "free-text-threat"),
        ("Votre dossier part chez l'huissier.", "free-text-threat"),
    ],
)
def test_the_senders_own_words_are_read(note: str, code: str) -> None:
    assert code in warnings_of(reminder("01"), with_option(body_note=note))


def test_a_consumer_is_given_a_telephone_and_once_he_disputes_a_mediator() -> None:
    def without_phone(body: dict[str, Any]) -> None:
        del body["case"]["creditor"]["phone"]

    def disputes(body: dict[str, Any]) -> None:
        body["case"]["steps"].append({"date": "2026-11-01", "type": "dispute"})

    assert "consumer-telephone" in warnings_of(to_consumer(), without_phone)
    assert "consumer-mediator" in warnings_of(to_consumer(), disputes)
    assert not {"consumer-telephone", "consumer-mediator"} & warnings_of(to_consumer())


def test_the_step_that_is_announced_is_told_with_its_day() -> None:
    made = act(changed_by(reminder("02")))
    (found,) = [check for check in made.checks if check.code == "announced-step"]
    assert "1er décembre 2026" in found.detail
    assert "une mise en demeure" in found.detail


# -- by whoever acts for the creditor ------------------------------------------------------------

FIRST = {"reference": "RM-2026-55214", "sent_on": "2026-10-12"}


def by_agency(level: int, first_letter: dict[str, str] | None = None) -> dict[str, Any]:
    body = reminder("08")
    body["options"] = {"level": level, "first_letter": first_letter}
    return body


@pytest.mark.parametrize("at", LEVELS)
@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("exerce une activité de recouvrement amiable de créances", id="1°: activity"),
        pytest.param("dont le siège est 12 cours de la Conciliation", id="1°: seat"),
        pytest.param("Matériaux Témoin SA (855 667 788 RCS", id="2°: creditor"),
        pytest.param("dont le siège est Zone industrielle du Ladoux Fictif", id="2°: its seat"),
        pytest.param("Principal, toutes taxes comprises | 5 405,52 €", id="3°: principal"),
        pytest.param("Pénalités de retard au 22 novembre 2026 | 245,19 €", id="3°: interest"),
        pytest.param("pour frais de recouvrement (2 factures) | 80,00 €", id="3°: accessories"),
        pytest.param("régler la somme de 5 730,71 €", id="4°: to pay"),
        pytest.param("IBAN, BIC : FR76 3000 6000 0170 0000 0000 772", id="4°: how"),
        pytest.param("restent à la charge du créancier, sauf s'ils concernent", id="5°: al. 2"),
        pytest.param("à la charge du débiteur de mauvaise foi", id="5°: al. 3"),
        pytest.param("Données personnelles (article 14 du RGPD)", id="RGPD 14"),
    ],
)
def test_the_first_letter_of_an_agency_has_its_mentions_at_each_level(
    at: int, printed: str
) -> None:
    assert printed in text_of(by_agency(at))


@pytest.mark.parametrize("at", LEVELS)
def test_a_later_letter_of_an_agency_recalls_the_first(at: int) -> None:
    text = text_of(by_agency(at, FIRST))
    assert "première lettre, référence RM-2026-55214, envoyée le 12 octobre 2026" in text
    assert "Principal, toutes taxes comprises | 5 405,52 €" in text
    assert "L'article L. 111-8" not in text


def test_an_agency_pays_a_receipt_and_does_not_sue() -> None:
    text = text_of(by_agency(3), noticed)
    assert "Une quittance vous sera remise pour tout paiement" in text
    assert "Matériaux Témoin SA pourra, à compter du" in text
    assert "nous pourrons" not in text


def test_only_an_agency_recalls_a_first_letter() -> None:
    found = refusals(reminder("01"), with_option(first_letter=FIRST))
    assert found == {"/options/first_letter": "agency-first-letter"}


def _by(role: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        _agency(body)
        body["case"]["representative"]["role"] = role
        del body["case"]["representative"]["party"]["iban"]

    return change


def test_a_lawyer_recalls_that_one_may_be_consulted() -> None:
    text = text_of(reminder("02"), _by("lawyer"))
    assert "vous avez la possibilité de consulter un avocat" in text
    assert "IBAN, BIC : FR76 3000 6000 0120 0000 0000 246" in text


def test_a_commissaire_says_that_the_letter_is_amicable() -> None:
    text = text_of(reminder("02"), _by("commissaire_de_justice"))
    assert "purement amiable" in text
    assert "huissier" not in text


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("at", LEVELS)
def test_an_agent_does_not_speak_as_the_creditor(at: int, tone: str | None) -> None:
    text = text_of(by_agency(at), with_option(tone=tone))
    for words in ("nous n'avons pas", "que vous nous accordez", "nos relations", "nous pourrons"):
        assert words not in text, words
