"""The audit: what a text shows, what answers tell, and what neither does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from law.cgv.audit import Audit, Clients, Finding, Terms, audit
from law.cgv.clauses import clauses
from law.cgv.normalised import normalise
from law.cgv.questionnaire import questionnaire
from law.cgv.rulebook import Rulebook
from law.cgv.scores import scores
from law.rates import RateTables

DAY = date(2026, 11, 22)
RATES = RateTables.load()
TEXTS = Path(__file__).parent / "texts"
SHOP = {"vend_biens": "oui", "vente_en_ligne": "oui", "producteur_rep": "non"}
TRADE = {"vend_biens": "oui", "vente_en_ligne": "non", "producteur_rep": "non"}
STOVES = json.loads((TEXTS / "stoves.json").read_text("utf-8"))


def audited(
    text: str,
    clients: Clients = "b2b",
    answers: Mapping[str, str] | None = None,
    day: date = DAY,
    rates: RateTables = RATES,
) -> Audit:
    return audit(Terms(text=text, clients=clients, answers=answers or {}), day, rates)


def of_file(name: str) -> Audit:
    text = (TEXTS / f"{name}.txt").read_text("utf-8").strip()
    is_shop = name.startswith("b2c")
    return audited(text, "b2c" if is_shop else "b2b", SHOP if is_shop else TRADE)


def of_stoves() -> Audit:
    return audited(STOVES["text"], "both", STOVES["answers"])


def finding(found: Audit, rule: str) -> Finding:
    return next(each for each in found.findings if each.rule.id == rule)


def outcomes(found: Audit, *rules: str) -> set[str]:
    return {finding(found, rule).outcome for rule in rules}


@pytest.mark.parametrize(
    ("fault", "rule", "outcome", "quoted"),
    [
        ("identity incomplete", "CGV-BOTH-IDENT-01", "missing", ""),
        ("identity incomplete", "CGV-B2C-IDENT-01", "missing", ""),
        ("running orders", "CGV-B2C-ABU-01", "non_compliant", "commandes en cours"),
        ("running orders", "CGV-B2B-MODIF-01", "non_compliant", "commandes en cours"),
        ("deposit kept", "CGV-B2C-ABU-05", "non_compliant", "l’acompte nous reste acquis"),
        ("prices without VAT", "CGV-B2C-PRIX-02", "non_compliant", "hors taxes"),
        ("no effect of dates", "CGV-B2C-LIV-02", "non_compliant", "purement indicatif"),
        ("no effect of dates", "CGV-B2C-LIV-03", "non_compliant", "Leur dépassement"),
        ("no effect of dates", "CGV-B2B-LIV-01", "non_compliant", "Leur dépassement"),
        ("75 days", "CGV-B2B-DEL-03", "non_compliant", "soixante-quinze jours fin de mois"),
        ("4 %", "CGV-B2B-PEN-02", "non_compliant", "4 % l’an"),
        ("registered letter", "CGV-B2B-PEN-03", "non_compliant", "mise en demeure"),
        ("40 €", "CGV-B2B-IFR-01", "missing", ""),
        ("L. 441-6", "OBS-COM-01", "non_compliant", "L. 441-6"),
        ("repealed", "OBS-CIV-01", "non_compliant", "1134 et 1152"),
        ("repealed", "OBS-CONSO-01", "non_compliant", "L. 211-4"),
        ("repealed", "CGV-B2C-GAR-03", "non_compliant", "L. 211-4"),
        ("huissier", "OBS-INST-01", "non_compliant", "huissier"),
        ("fees of consumers", "REL-B2C-FRAIS-01", "non_compliant", "recouvrement amiable"),
        ("fees of consumers", "CGV-B2C-ABU-06", "non_compliant", "1,8 % par mois"),
        ("seven days", "CGV-B2C-RETR-02", "non_compliant", "sept jours"),
        ("seven days", "CGV-B2C-RETR-01", "missing", ""),
        ("exclusions", "CGV-B2C-RETR-06", "non_compliant", "en promotion"),
        ("guarantee", "CGV-B2C-GAR-04", "non_compliant", "exclusive de toute autre"),
        ("guarantee", "CGV-B2B-GAR-01", "non_compliant", "vices cachés"),
        ("gross fault", "CGV-B2B-LIM-01", "non_compliant", "faute lourde"),
        ("liability", "CGV-B2C-ABU-02", "non_compliant", "aucun dommage"),
        ("two months", "CGV-B2C-ABU-10", "non_compliant", "forclusion"),
        ("platform", "CGV-B2C-MED-02", "non_compliant", "ec.europa.eu/consumers/odr"),
        ("no mediator", "CGV-B2C-MED-01", "missing", ""),
        ("CNIL", "CGV-BOTH-RGPD-02", "non_compliant", "CNIL"),
        ("data sold", "CGV-B2C-RGPD-01", "non_compliant", "partenaires commerciaux"),
        ("court", "CGV-B2C-ABU-09", "non_compliant", "tribunal de commerce"),
    ],
)
def test_the_faults_put_into_the_stove_seller_s_terms_are_found(
    fault: str, rule: str, outcome: str, quoted: str
) -> None:
    found = finding(of_stoves(), rule)
    assert (found.outcome, fault) == (outcome, fault)
    assert any(quoted in passage.quote for passage in found.passages) or not quoted


@pytest.mark.parametrize(
    "rule",
    [
        "CGV-B2B-RDP-01",
        "CGV-B2B-DEL-01",
        "CGV-B2B-PEN-01",
        "CGV-B2B-OPP-02",
        "CGV-BOTH-LANG-01",
        "CGV-B2B-ATT-01",
        "CGV-BOTH-ATT-03",
        "CGV-B2C-ABU-03",
        "CGV-B2C-ABU-08",
        "CGV-B2B-FRAIS-01",
    ],
)
def test_the_sound_clauses_of_the_stove_seller_raise_no_alarm(rule: str) -> None:
    assert finding(of_stoves(), rule).outcome == "compliant"


@pytest.mark.parametrize("name", ["b2b_sound", "b2c_sound"])
def test_sound_terms_have_no_fault(name: str) -> None:
    assert [(each.rule.id, each.explanation) for each in of_file(name).faults] == []


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        (
            "b2b_faulty",
            "DEL-02 DEL-04 PEN-02 PEN-03 IFR-02 CP-01 CP-02 LIM-01 MODIF-01 ATT-02",
        ),
        ("capitals", "DEL-03 PEN-02 PEN-03"),
        ("ocr", "DEL-03 PEN-02 PEN-03 LIM-01"),
        ("b2c_faulty", "LIV-02 LIV-03 RETR-02 RETR-05 RETR-06 GAR-04 ABU-01 ABU-08 ABU-09 RIS-01"),
    ],
)
def test_faulty_terms_show_their_faults(name: str, rules: str) -> None:
    scope = "B2C" if name.startswith("b2c") else "B2B"
    found = of_file(name)
    assert {
        rule: finding(found, f"CGV-{scope}-{rule}").outcome for rule in rules.split()
    } == dict.fromkeys(rules.split(), "non_compliant")


@pytest.mark.parametrize("name", ["b2b_faulty", "b2c_faulty", "capitals", "ocr", "b2b_sound"])
def test_a_passage_is_what_stands_there(name: str) -> None:
    found = of_file(name)
    passages = [passage for each in found.findings for passage in each.passages]
    assert passages
    for passage in passages:
        assert passage.quote == found.terms.text[passage.start : passage.end]
        assert passage.quote.strip() == passage.quote


def test_no_fault_is_without_evidence_nor_without_a_question() -> None:
    for each in of_stoves().findings:
        if each.outcome == "non_compliant":
            assert each.passages or each.answer
        if each.outcome == "missing":
            assert each.rule.reads_terms or each.answer
        if each.outcome == "to_verify":
            assert each.asked or each.is_disputed or each.answer


def test_the_same_terms_give_the_same_audit() -> None:
    assert of_stoves() == of_stoves()


def test_what_is_asked_is_in_the_questionnaire_and_unanswered() -> None:
    found = of_stoves()
    assert found.questions
    for question in found.questions:
        assert questionnaire()[question.id] is question
        assert question.id not in found.terms.answers


# -- rates and terms of the law of the day ----------------------------------------------------


@pytest.mark.parametrize(
    ("day", "clause", "outcome"),
    [
        # legal rate of professionals 2.62 % in the first half of 2026, 2.75 % in the second
        pytest.param(date(2026, 6, 30), "au taux annuel de 8 %", "compliant", id="7.86 on 30 June"),
        pytest.param(
            date(2026, 7, 1), "au taux annuel de 8 %", "non_compliant", id="8.25 on 1 July"
        ),
        pytest.param(DAY, "au taux annuel de 8,25 %", "compliant", id="the floor itself"),
        pytest.param(DAY, "au taux annuel de 8,24 %", "non_compliant", id="just below"),
        pytest.param(
            DAY, "au taux d’intérêt légal majoré de cinq points", "non_compliant", id="7.75"
        ),
        pytest.param(DAY, "au taux d’intérêt légal majoré de six points", "compliant", id="8.75"),
        pytest.param(
            DAY, "à deux fois et demie le taux légal, soit 6,9 %", "non_compliant", id="6.9"
        ),
        pytest.param(DAY, "à 4 fois le taux d’intérêt légal", "compliant", id="11.00"),
        pytest.param(DAY, "au taux de la BCE majoré de 5 points", "non_compliant", id="7.40"),
        pytest.param(DAY, "au taux de la BCE majoré de dix points", "compliant", id="12.40"),
        pytest.param(DAY, "au taux de 0,6 % par mois", "non_compliant", id="7.2 a year"),
        pytest.param(DAY, "au taux de 0,7 % par mois", "compliant", id="8.4 a year"),
    ],
)
def test_a_rate_is_compared_with_the_floor_of_the_day(day: date, clause: str, outcome: str) -> None:
    text = f"Article 1 – Retard\nLes pénalités de retard sont dues {clause}.\nArticle 2 – Fin\nFin."
    assert finding(audited(text, day=day), "CGV-B2B-PEN-02").outcome == outcome


def test_the_floor_is_told_with_the_rate_it_comes_from() -> None:
    told = finding(of_stoves(), "CGV-B2B-PEN-02").explanation.replace("\u00a0", " ")
    assert "Relevé : 4 % par an ; plancher : 8,25 %".replace(" ;", "\u202f;") in told
    assert "taux d’intérêt légal de 2,75 % (période 2026-S2)" in told


def test_a_rate_that_is_not_published_makes_a_question_not_a_fault() -> None:
    text = "Les pénalités de retard sont dues au taux d’intérêt légal majoré de cinq points."
    found = finding(audited(text, rates=RATES.truncated("2026-S2")), "CGV-B2B-PEN-02")
    assert found.outcome == "to_verify"


@pytest.mark.parametrize(
    ("clause", "rule", "outcome"),
    [
        ("Paiement à 60 jours date de facture.", "CGV-B2B-DEL-02", "compliant"),
        ("Paiement à 61 jours date de facture.", "CGV-B2B-DEL-02", "non_compliant"),
        ("Payable à 45 jours fin de mois.", "CGV-B2B-DEL-03", "compliant"),
        ("Payable à 46 jours fin de mois.", "CGV-B2B-DEL-03", "non_compliant"),
    ],
)
def test_a_term_is_compared_with_the_legal_maximum(clause: str, rule: str, outcome: str) -> None:
    assert finding(audited(clause), rule).outcome == outcome


def test_a_rule_does_not_bind_before_its_day() -> None:
    text = "Vous pouvez vous inscrire sur Bloctel."
    assert outcomes(audited(text, "b2c", day=date(2026, 8, 10)), "CGV-B2C-DEM-01") == {
        "not_applicable"
    }
    assert outcomes(audited(text, "b2c", day=date(2026, 8, 11)), "CGV-B2C-DEM-01") == {
        "non_compliant"
    }


# -- whom a clause is for ----------------------------------------------------------------------


def test_a_clause_kept_for_consumers_does_not_meet_a_rule_on_professionals() -> None:
    text = (
        "Article 1 – Paiement des particuliers\nDes pénalités sont dues de plein droit le jour"
        " suivant l’échéance.\nArticle 2 – Paiement des clients professionnels\nLes pénalités de"
        " retard sont de 15 %."
    )
    assert finding(audited(text, "both"), "CGV-B2B-PEN-04").outcome == "missing"
    both = text.replace("des particuliers", "")
    assert finding(audited(both, "both"), "CGV-B2B-PEN-04").outcome == "compliant"


def test_a_clause_kept_for_professionals_is_no_fault_towards_consumers() -> None:
    clause = "\nUne indemnité forfaitaire de 40 € est due.\nArticle 2 – Fin\nFin."
    kept = f"Article 1 – Retard des clients professionnels{clause}"
    shared = f"Article 1 – Retard{clause}"
    assert finding(audited(kept, "both"), "CGV-B2C-ABU-06").outcome == "compliant"
    assert finding(audited(shared, "both"), "CGV-B2C-ABU-06").outcome == "non_compliant"


@pytest.mark.parametrize(("clients", "scope"), [("b2b", "B2C"), ("b2c", "B2B")])
def test_rules_on_other_clients_do_not_apply(clients: Clients, scope: str) -> None:
    found = audited("Nos prix sont fermes.", clients)
    rules = [each for each in found.findings if each.rule.scope == scope]
    assert {each.outcome for each in rules} == {"not_applicable"}


# -- answers ------------------------------------------------------------------------------------


def test_an_answer_never_erases_what_the_text_says() -> None:
    found = finding(
        audited("Paiement à 90 jours date de facture.", answers={"CGV-B2B-DEL-02": "60"}),
        "CGV-B2B-DEL-02",
    )
    assert (found.outcome, found.is_disputed) == ("non_compliant", True)
    assert "à arbitrer" in found.explanation


def test_what_the_client_says_is_there_and_the_text_lacks_is_for_the_lawyer() -> None:
    found = finding(
        audited("Nos prix sont fermes.", answers={"CGV-B2B-ESC-01": "oui"}), "CGV-B2B-ESC-01"
    )
    assert (found.outcome, found.is_disputed) == ("to_verify", True)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("non", "missing"), ("oui", "compliant"), ("ne_sait_pas", "to_verify"), (None, "to_verify")],
)
def test_only_an_answer_tells_of_papers_that_were_not_given(
    answer: str | None, outcome: str
) -> None:
    answers = {} if answer is None else {"FAC-B2B-NUM-01": answer}
    assert finding(audited("Vente.", answers=answers), "FAC-B2B-NUM-01").outcome == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("vérifié cette année", "compliant"), ("partiellement", "to_verify")],
)
def test_an_answer_on_a_scale_settles_a_rule_only_at_its_best(answer: str, outcome: str) -> None:
    found = audited("Vente.", answers={"FAC-2": answer})
    assert finding(found, "FAC-B2B-NUM-01").outcome == outcome


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"vend_biens": "oui"}, "missing"),
        ({"vend_biens": "non"}, "not_applicable"),
        ({}, "to_verify"),
    ],
)
def test_the_profile_says_whether_a_rule_applies(answers: Mapping[str, str], outcome: str) -> None:
    assert finding(audited("Nos tarifs.", answers=answers), "CGV-B2B-RDP-01").outcome == outcome


def test_the_right_of_withdrawal_counts_off_premises_too() -> None:
    text = "Nos prix sont fermes."
    at_home = {"vente_a_distance": "non", "hors_etablissement": "oui"}
    in_shop = {"vente_a_distance": "non", "hors_etablissement": "non"}
    assert finding(audited(text, "b2c", at_home), "CGV-B2C-RETR-01").outcome == "missing"
    assert finding(audited(text, "b2c", in_shop), "CGV-B2C-RETR-01").outcome == "not_applicable"


def test_a_sole_trader_is_known_from_the_case() -> None:
    for is_sole_trader, outcome in ((True, "missing"), (False, "not_applicable")):
        terms = Terms(text="Nos prix.", clients="b2b", is_sole_trader=is_sole_trader)
        assert finding(audit(terms, DAY, RATES), "FAC-BOTH-EI-01").outcome == outcome


# -- scores --------------------------------------------------------------------------------------


def test_the_score_weighs_faults_by_severity() -> None:
    found = scores(of_stoves())
    weights = Rulebook.load().severities
    audit_of = of_stoves()
    scored = [f for f in audit_of.findings if f.outcome not in {"to_verify", "not_applicable"}]
    whole = [weights[f.rule.severity].weight for f in scored if f.rule.axis == "hygiene"]
    lost = [
        weights[f.rule.severity].weight for f in scored if f.rule.axis == "hygiene" and f.is_fault
    ]
    assert found.axes["hygiene"].value == round(100 * (sum(whole) - sum(lost)) / sum(whole))


def test_six_blocking_faults_make_the_lowest_grade() -> None:
    assert scores(of_stoves()).grades["conformity"] == "E"


def test_sound_terms_have_the_best_grade() -> None:
    assert scores(of_file("b2b_sound")).grades["conformity"] == "A"


def test_one_blocking_fault_caps_the_grade() -> None:
    text = (TEXTS / "b2b_sound.txt").read_text("utf-8").strip()
    spoilt = text.replace("quarante-cinq jours à", "quatre-vingt-dix jours à")
    found = scores(audited(spoilt, answers=TRADE))
    assert found.axes["conformity"].value is not None
    assert found.axes["conformity"].value > 75
    assert found.grades["conformity"] == "C"


def test_the_flash_counts_answers_by_weight_and_caps_a_critical_gap() -> None:
    answers = {
        "DEV-1": "les trois",
        "DEV-2": "non",
        "REL-1": "pas de règle",
        "REL-3": "toujours, calculées",
    }
    chain = {area.area: area for area in scores(audited("Vente.", answers=answers)).chain}
    assert chain["Devis et offre"].value == 33  # (3 x 1 + 0 x 2) of 9
    assert chain["Relance"].value == 39  # 50, but the critical question has no point
    assert chain["Litiges"].value is None
    assert chain["Devis et offre"].recommendations == [
        "Encart de signature visant la version des CGV."
    ]


def test_a_question_that_does_not_concern_the_client_is_left_out() -> None:
    answers = {"DEV-1": "les trois", "DEV-2": "sans objet"}
    chain = {area.area: area for area in scores(audited("Vente.", answers=answers)).chain}
    assert (chain["Devis et offre"].value, chain["Devis et offre"].asked) == (100, 2)


# -- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("L’article L.\u00a0441-10", "l'article l 441-10"),
        ("R.C.S. Paris", "rcs paris"),
        ("12.40 %", "12,40 %"),
        ("cœur – Œuvre", "coeur - oeuvre"),
        ("paie-\nment", "paiement"),
        ("prix\u202f:\n\n  30\u00a0jours", "prix : 30 jours"),
        ("sou\u00admis", "soumis"),
        ("site exemple.com. Le client", "site exemple.com. le client"),
    ],
)
def test_a_text_is_read_without_its_typography(text: str, read: str) -> None:
    assert normalise(text).text == read


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "Titre\n\nArticle 1 – Objet\nA.\nArticle 2 : Prix\nB.",
            ["Préambule", "Article 1 – Objet", "Article 2 – Prix"],
        ),
        ("1. Objet\nA.\n2. Prix\n30 jours après.\nB.", ["Article 1 – Objet", "Article 2 – Prix"]),
        ("I. OBJET\nA.\nII. PRIX\nB.", ["Article I – OBJET", "Article II – PRIX"]),
        ("2.1 Objet\nA.\n2.2 Prix\nB.", ["Article 2.1 – Objet", "Article 2.2 – Prix"]),
        (
            "ART. 1. PAIE-\nMENT. Payable.\nART. 2. FIN. Fin.",
            ["Article 1 – PAIEMENT", "Article 2 – FIN"],
        ),
        (
            "Objet\nLes présentes conditions régissent toutes nos ventes.\nPrix\nLe tarif du jour.",
            ["Objet", "Prix"],
        ),
        ("Un premier paragraphe.\n\nUn second.", ["Paragraphe 1", "Paragraphe 2"]),
    ],
)
def test_a_text_is_cut_at_its_headings(text: str, labels: list[str]) -> None:
    found = clauses(text)
    assert [clause.label for clause in found] == labels
    assert "".join(text[clause.start : clause.end] for clause in found) == text


@pytest.mark.parametrize(
    ("heading", "audience"),
    [
        ("Paiement des clients professionnels", "b2b"),
        ("Paiement des particuliers", "b2c"),
        ("Droit de rétractation", "b2c"),
        ("Clients non-professionnels", "b2c"),
        ("Particuliers et professionnels", None),
        ("Conditions particulières", None),
    ],
)
def test_a_heading_says_whom_a_clause_is_for(heading: str, audience: str | None) -> None:
    text = f"Article 1 – {heading}\nA.\nArticle 2 – Fin\nB."
    assert clauses(text)[0].audience == audience
