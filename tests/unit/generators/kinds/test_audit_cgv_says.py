"""The report of an audit: what it must say, what it must not, and what it answers as JSON."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import InvalidFacts
from generators.document_text import flat
from generators.drafting import ContentNotProved, Draft, draft
from generators.kinds.audit_cgv import KIND
from generators.render import load_template
from generators.request import load_request
from law.cgv.questionnaire import questionnaire
from law.rates import RateTables

RATES = RateTables.load()
TODAY = date(2026, 11, 22)
STOVES = KIND.example
TEXTS = Path(__file__).parents[2] / "law" / "cgv" / "texts"


def changed(change: Callable[[Any], None]) -> Any:
    body = copy.deepcopy(dict(STOVES))
    change(body)
    return body


def made(body: Mapping[str, Any] = STOVES) -> Draft:
    return draft(load_request(body, TODAY), RATES)


def findings(body: Mapping[str, Any] = STOVES) -> Mapping[str, Any]:
    found = made(body).findings
    assert found is not None
    return found


def refused(body: Mapping[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidFacts) as caught:
        load_request(body, TODAY)
    return {(fault.pointer, fault.code) for fault in caught.value.faults}


def with_answers(**answers: str) -> Any:
    return changed(lambda body: body["options"]["audit"].update(answers=answers))


# -- the report ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Poêles & Cheminées Modèle SAS",
        "812 350 148 RCS Clermont-Ferrand",
        "AUD-2026-02",
        "droit au 22 novembre 2026",
        "Synthèse",
        "Périmètre, méthode et limites",
        "Notes par domaine",
        "Tableau des écarts",
        "Examen clause par clause",
        "Éléments absents",
        "Points à vérifier",
        "Diagnostic flash de la chaîne de facturation",
        "Plan d’action",
        "Réserves et signature",
        "« Les factures sont payables à soixante-quinze jours fin de mois",
        "plancher : 8,25 %",
        "C. com. L441-16 c)",
        "Rédaction proposée",
        "07/12/2026",
        "Cabinet Exemple",
        "Projet soumis à la relecture et à la signature de l’avocat",
    ],
)
def test_the_report_says(said: str) -> None:
    assert flat(said) in flat(made().text)


def test_every_fault_is_in_the_table_the_plan_and_a_detail() -> None:
    act = made()
    faults = [f for f in findings()["findings"] if f["outcome"] in {"missing", "non_compliant"}]
    assert len(act.context["faults"]) == len(faults)
    detailed = sum(len(clause["findings"]) for clause in act.context["clauses"])
    assert detailed + len(act.context["missing"]) == len(faults)


@pytest.mark.parametrize("block", ["faults", "clauses", "missing"])
def test_a_report_that_leaves_faults_out_is_not_made(block: str) -> None:
    whole = load_template(KIND.slug).fill
    request = load_request(STOVES, TODAY)

    def without(context: Mapping[str, Any]) -> Any:
        return whole({**context, block: []})

    with pytest.raises(ContentNotProved):
        draft(request, RATES, without)


def test_sound_terms_make_a_report_without_faults() -> None:
    text = (TEXTS / "b2b_sound.txt").read_text("utf-8")
    answers = {"vend_biens": "oui", "vente_en_ligne": "non"}
    act = made(
        changed(
            lambda body: body["options"]["audit"].update(text=text, clients="b2b", answers=answers)
        )
    )
    assert "aucun écart" in act.text
    assert "Tableau des écarts" not in act.text


def test_the_lawyer_who_acts_signs_unless_another_is_named() -> None:
    lawyer = {
        "role": "lawyer",
        "bar": "Riom",
        "party": {**STOVES["case"]["creditor"], "name": "Cabinet Inventé AARPI"},
    }

    def by_lawyer(body: Any) -> None:
        body["case"]["representative"] = lawyer
        del body["options"]["signatory"]

    assert made(changed(by_lawyer)).context["signatory"]["name"] == "Cabinet Inventé AARPI"


def test_a_sole_trader_is_told_the_fines_of_a_natural_person() -> None:
    trader = {
        "type": "individual",
        "civility": "M.",
        "first_name": "Jean",
        "last_name": "Fictif",
        "acts_as_professional": True,
        "address": STOVES["case"]["creditor"]["address"],
    }
    company = made().context["faults"]
    person = made(changed(lambda body: body["case"].update(creditor=trader))).context["faults"]
    fines = {fault["title"]: fault["fine"] for fault in person}
    title = "Pénalités subordonnées à une mise en demeure ou à un rappel"
    assert flat(fines[title]) == "75 000 €"
    assert flat(next(f["fine"] for f in company if f["title"] == title)) == "2 000 000 €"


# -- findings.json ------------------------------------------------------------------------------


def test_findings_have_the_shape_that_clients_read() -> None:
    found = findings()
    assert set(found) >= {"score", "findings", "questions"}
    assert set(found["score"]) >= {"conformity", "grade", "areas"}
    assert all({"area", "score"} <= set(area) for area in found["score"]["areas"])
    for finding in found["findings"]:
        assert set(finding) >= {
            "rule_id", "title", "outcome", "severity", "articles", "passage", "explanation",
            "sanction", "recommendation",
        }  # fmt: skip
        assert finding["outcome"] in {
            "compliant", "non_compliant", "missing", "not_applicable", "to_verify",
        }  # fmt: skip
        assert finding["severity"] in {"blocking", "major", "minor", "advice"}
    json.dumps(found)


def test_the_passage_of_a_finding_is_where_it_says() -> None:
    text = load_request(STOVES, TODAY).facts.options.audit.text
    passages = [p for finding in findings()["findings"] for p in finding["passages"]]
    assert passages
    for passage in passages:
        assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_the_area_of_every_question_has_a_score_or_is_the_profile() -> None:
    areas = {area["area"] for area in findings()["score"]["areas"]} | {"Profil"}
    assert {question.area for question in questionnaire().values()} <= areas


def test_a_wording_names_the_company() -> None:
    by_rule = {finding["rule_id"]: finding for finding in findings()["findings"]}
    told = flat(by_rule["CGV-BOTH-IDENT-01"]["wording"])
    assert "Poêles & Cheminées Modèle SAS" in told
    assert "812 350 148 RCS Clermont-Ferrand" in told
    assert "direction@poeles-modele.example" in by_rule["CGV-B2C-IDENT-01"]["wording"]


def test_what_the_case_does_not_tell_of_the_company_stays_to_complete() -> None:
    body = changed(lambda body: body["case"]["creditor"].pop("phone"))
    by_rule = {finding["rule_id"]: finding for finding in findings(body)["findings"]}
    assert "[téléphone]" in by_rule["CGV-B2C-IDENT-01"]["wording"]


# -- requests -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"PRO-99": "oui"}, ("/options/audit/answers/PRO-99", "unknown-question")),
        ({"vend_biens": "peut-être"}, ("/options/audit/answers/vend_biens", "invalid-choice")),
        ({"PRO-1": "oui"}, ("/options/audit/answers/PRO-1", "invalid-choice")),
        (
            {"CGV-B2B-DEL-02": "beaucoup"},
            ("/options/audit/answers/CGV-B2B-DEL-02", "invalid-number"),
        ),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_with_its_place(
    answers: dict[str, str], fault: tuple[str, str]
) -> None:
    assert refused(with_answers(**answers)) == {fault}


@pytest.mark.parametrize(
    "answers",
    [
        {"vend_biens": "ne_sait_pas", "PRO-1": "ne_sait_pas", "CGV-B2B-DEL-02": "ne_sait_pas"},
        {"CGV-B2B-DEL-02": "75 jours", "CGV-B2B-PEN-02": "8,25 %", "CGV-B2B-IFR-02": "40"},
        {"FAC-2": "vérifié il y a plus d’un an", "LIT-1": "sans objet"},
        {
            question.id: question.choices[0]
            for question in questionnaire().values()
            if question.choices
        },
    ],
    ids=["unknown", "numbers", "apostrophe", "every scale"],
)
def test_answers_are_read_as_people_write_them(answers: dict[str, str]) -> None:
    assert load_request(with_answers(**answers), TODAY).facts.options.audit.answers == answers


@pytest.mark.parametrize("key", ["text", "clients"])
def test_what_is_audited_and_for_whom_must_be_said(key: str) -> None:
    body = changed(lambda body: body["options"]["audit"].pop(key))
    assert refused(body) == {(f"/options/audit/{key}", "missing")}


def test_a_run_that_is_no_word_is_refused_with_its_place() -> None:
    for run, is_refused in (
        ("a" * 501, True),
        ("1" * 61, True),
        ("a" * 499, False),
        ("1" * 60, False),
    ):
        body = changed(lambda body, run=run: body["options"]["audit"].update(text=f"Prix {run}"))
        if is_refused:
            assert refused(body) == {("/options/audit/text", "word-too-long")}
        else:
            load_request(body, TODAY)


def test_an_audit_needs_no_debtor() -> None:
    assert load_request(STOVES, TODAY).facts.case.debtor is None


def warned(body: Mapping[str, Any]) -> set[str]:
    return {check.code for check in made(body).checks if check.outcome == "warn"}


def test_what_the_reader_must_know_is_warned_of() -> None:
    assert "questions-left" in warned(STOVES)
    short = changed(lambda body: body["options"]["audit"].update(text="Nos prix sont fermes."))
    assert "text-short" in warned(short)
    professionals = changed(lambda body: body["options"]["audit"].update(clients="b2b"))
    assert "clients-contradict-answers" in warned(professionals)
    old = changed(
        lambda body: (body.update(as_of="2025-11-22"), body["options"].pop("letter_date"))
    )
    assert "rulebook-age" in warned(old)
    disputed = with_answers(**{"CGV-B2B-DEL-03": "non"})
    assert "answers-disputed" in warned(disputed)


def test_another_language_is_refused() -> None:
    request = load_request(changed(lambda body: body.update(language="en")), TODAY)
    outcomes = {check.code: check.outcome for check in KIND.checks(request.facts, RATES)}
    assert outcomes["language-not-supported"] == "refuse"
