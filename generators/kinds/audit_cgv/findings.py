"""An audit of terms as JSON: what ``findings.json`` and the questionnaire answer."""

from __future__ import annotations

from typing import Any

from generators.kinds.audit_cgv.wordings import wording
from law.case import Party
from law.cgv.audit import Audit, Finding, Passage
from law.cgv.questionnaire import AuditQuestion, questionnaire
from law.cgv.scores import ChainScore, Score, scores
from law.french import typographic


def findings_json(found: Audit, company: Party) -> dict[str, Any]:
    """Every finding of an audit with its evidence, the scores, and what is left to ask."""
    made = scores(found)
    conformity = made.axes["conformity"]
    return {
        "as_of": found.as_of.isoformat(),
        "score": {
            "conformity": conformity.value,
            "grade": made.grades["conformity"],
            "axes": [
                {"axis": axis, "grade": made.grades[axis], **_score(score)}
                for axis, score in made.axes.items()
            ],
            "areas": [
                *(
                    {"area": name, "part": "terms", **_score(score)}
                    for name, score in made.areas.items()
                ),
                *(_chain(area) for area in made.chain),
            ],
            "chain": made.chain_total,
        },
        "findings": [_finding(finding, company) for finding in found.findings],
        "questions": [_question(question) for question in found.questions],
    }


def questions_json() -> list[dict[str, Any]]:
    """The whole questionnaire."""
    return [_question(question) for question in questionnaire().values()]


def _score(score: Score) -> dict[str, Any]:
    return {
        "score": score.value,
        "level": score.level,
        "faults": score.faults,
        "scored": score.scored,
        "not_applicable": score.not_applicable,
        "to_verify": score.to_verify,
    }


def _chain(area: ChainScore) -> dict[str, Any]:
    return {
        "area": area.area,
        "part": "chain",
        "score": area.value,
        "level": area.level,
        "answered": area.answered,
        "asked": area.asked,
        "recommendations": [typographic(text) for text in area.recommendations],
    }


def _finding(finding: Finding, company: Party) -> dict[str, Any]:
    rule = finding.rule
    passages = [_passage(passage) for passage in finding.passages]
    return {
        "rule_id": rule.id,
        "title": typographic(rule.title),
        "outcome": finding.outcome,
        "axis": rule.axis,
        "area": rule.area,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "articles": list(rule.articles),
        "passage": passages[0] if passages else None,
        "passages": passages,
        "answer": finding.answer,
        "disputed": finding.is_disputed,
        "explanation": finding.explanation,
        "sanction": typographic(rule.sanction.text),
        "max_fine": {
            "individual": _euros(rule.sanction.max_person_eur),
            "company": _euros(rule.sanction.max_company_eur),
            "currency": "EUR",
        },
        "recommendation": typographic(rule.corrective),
        "wording": wording(finding, company),
        "questions": list(finding.asked),
        "sources": list(rule.sources),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "clause": passage.clause,
    }


def _euros(amount: int | None) -> str | None:
    return None if amount is None else f"{amount}.00"


def _question(question: AuditQuestion) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": typographic(question.text),
        "area": question.area,
        "answer": {
            "type": question.type,
            "choices": [*(question.choices or ("oui", "non")), "ne_sait_pas"]
            if question.type != "number"
            else None,
            "unit": question.unit,
        },
    }
