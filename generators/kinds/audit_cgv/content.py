"""What the report of an audit says, as template values. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from generators.kind import Context, Facts
from generators.kinds.audit_cgv.schema import AuditOptions
from generators.kinds.audit_cgv.wordings import unbroken_articles, wording
from generators.letters import full_identity, printed_name
from law.case import Party
from law.cgv.audit import Audit, Finding, Terms
from law.cgv.late_rates import ECB, LEGAL
from law.cgv.questionnaire import questionnaire
from law.cgv.rulebook import AXES, SEVERITIES, Axis, Rule, Rulebook, Severity
from law.cgv.scores import ChainScore, Level, Score, Scores, scores
from law.cgv.values import DEFAULT, FLOOR
from law.french import (
    NBSP,
    count,
    date_courte,
    date_unbroken,
    integer,
    percent_short,
    typographic,
)
from law.statement import Statement

TITLE: Final = "Audit de conditions générales de vente"
_DASH: Final = "\u2013"
_CODE: Final = re.compile(r"((?:C\. \w+\.?|CPC|CPCE|CMF|CCP|CGI(?: ann\. II)?|RGPD art\.)) (.*)")
_MAIN_RISKS: Final = 5
_CLIENTS: Final = {
    "b2b": "professionnels",
    "b2c": "consommateurs",
    "both": "professionnels et consommateurs",
}
_AXES: Final[dict[Axis, str]] = {
    "conformity": "Conformité",
    "protection": "Protection de la créance",
    "hygiene": "Mise à jour du texte",
}
_MANY: Final[dict[Severity, str]] = {
    "blocking": "bloquants",
    "major": "majeurs",
    "minor": "mineurs",
    "advice": "conseils",
}
_HEAT: Final[dict[Level, str]] = {
    "critique": "is_critical",
    "fragile": "is_fragile",
    "perfectible": "is_fair",
    "solide": "is_solid",
}


def terms_of(facts: Facts) -> Terms:
    """What the law audits, from a request."""
    given, company = facts.options.audit, facts.case.creditor
    return Terms(
        text=given.text,
        clients=given.clients,
        sector=given.sector,
        answers=given.answers,
        is_sole_trader=company.type == "individual",
    )


def build(facts: Facts, _statement: Statement | None) -> Context:
    """The values of the template."""
    found, case, options = facts.examined, facts.case, facts.options
    if not isinstance(found, Audit):
        raise TypeError("an audit is examined before it is written")
    made = scores(found)
    written_on = options.letter_date or facts.as_of
    numbers = {finding.rule.id: str(at) for at, finding in enumerate(found.faults, start=1)}
    return {
        "document": {
            "title": f"{TITLE} {_DASH} {case.reference}",
            "subject": f"{TITLE} {_DASH} {printed_name(case.creditor)}",
            "author": _signatory(facts)["name"],
            "language": "fr-FR",
            "date": written_on.isoformat(),
        },
        "file": _file(facts, found, written_on),
        "synthesis": _synthesis(found, made, case.creditor),
        "axes": [_axis(axis, made) for axis in AXES],
        "areas": [_area(name, score, found) for name, score in made.areas.items()],
        "faults": [
            _fault(finding, numbers, found.as_of, case.creditor) for finding in found.faults
        ],
        "clauses": _clauses(found, case.creditor, numbers),
        "missing": [
            _detail(finding, case.creditor, numbers)
            for finding in found.faults
            if not finding.passages
        ],
        "verify": [_doubt(f) for f in found.findings if f.outcome == "to_verify"],
        "questions": [typographic(question.text) for question in found.questions],
        "chain": [_chain(area) for area in made.chain],
        "chain_total": None if made.chain_total is None else f"{made.chain_total}{NBSP}/{NBSP}100",
        "advice": [typographic(text) for area in made.chain for text in area.recommendations],
        "present": _met(found, "must_be_present"),
        "absent": _met(found, "must_not_be_present"),
        "answers": _answers(found),
        "rates": _rates(found),
        "sources": _sources(found),
        "signatory": _signatory(facts),
    }


def required(context: Context) -> list[str]:
    """What the report must print: every fault with its basis, words and remedy, and who signs."""
    told = [
        *(item for row in context["faults"] for item in row.values()),
        *(item for row in context["missing"] for item in _texts(row)),
        *(
            item
            for clause in context["clauses"]
            for row in clause["findings"]
            for item in _texts(row)
        ),
    ]
    return [
        context["file"]["company"],
        context["file"]["reference"],
        context["file"]["as_of"],
        context["file"]["sha256"],
        *(row["value"] for row in context["axes"]),
        *told,
        *context["questions"],
        context["signatory"]["name"],
    ]


def _texts(row: dict[str, Any]) -> Iterable[str]:
    for value in row.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            for item in value:
                yield from _texts(item)


def _file(facts: Facts, found: Audit, written_on: date) -> dict[str, Any]:
    options: AuditOptions = facts.options
    company, given = facts.case.creditor, options.audit
    words = len(given.text.split())
    return {
        "company": printed_name(company),
        "identity": full_identity(company),
        "reference": facts.case.reference,
        "as_of": date_unbroken(facts.as_of),
        "place_and_date": f"{options.place or company.address.city}, le"
        f" {date_unbroken(written_on)}",
        "clients": _CLIENTS[given.clients],
        "sector": given.sector,
        "words": f"{integer(words)} mots, {count(len(found.clauses), 'partie', 'parties')}",
        "sha256": hashlib.sha256(given.text.encode()).hexdigest(),
        "verified": date_unbroken(Rulebook.load().verified_on),
        "rules": str(len(found.findings)),
        "answered": str(len(given.answers)),
        "asked": str(len(questionnaire())),
        "footer": f"{TITLE} {_DASH} {printed_name(company)}",
    }


def _synthesis(found: Audit, made: Scores, company: Party) -> dict[str, Any]:
    faults = found.faults
    counted = Counter(finding.rule.severity for finding in faults)
    told = [
        f"{counted[severity]}{NBSP}{_MANY[severity]}" for severity in _MANY if counted[severity]
    ]
    fine = max(
        (finding for finding in faults if _maximum(finding.rule, company)),
        key=lambda finding: _maximum(finding.rule, company),
        default=None,
    )
    outcomes = Counter(finding.outcome for finding in found.findings)
    return {
        "grade": made.grades["conformity"] or "non notée",
        "count": count(len(faults), "écart", "écarts") if faults else None,
        "by_severity": ", ".join(told) or None,
        "fine": _fine(fine, company) if fine else None,
        "risks": [_risk(finding) for finding in _heaviest(faults, company)[:_MAIN_RISKS]],
        "now": [
            typographic(finding.rule.corrective)
            for finding in faults
            if finding.rule.severity == "blocking"
        ],
        "met": str(outcomes["compliant"]),
        "not_applicable": str(outcomes["not_applicable"]),
        "to_verify": str(outcomes["to_verify"]),
    }


def _heaviest(faults: Sequence[Finding], company: Party) -> list[Finding]:
    """Faults by severity, then by the most they may cost."""

    def weight(finding: Finding) -> tuple[int, int]:
        severity = SEVERITIES.index(finding.rule.severity)
        return severity, -_maximum(finding.rule, company)

    return sorted(faults, key=weight)


def _maximum(rule: Rule, company: Party) -> int:
    """The highest fine, in euros, for who sells: a natural or a legal person; 0 for none."""
    sanction = rule.sanction
    is_person = company.type == "individual"
    return (sanction.max_person_eur if is_person else sanction.max_company_eur) or 0


def _risk(finding: Finding) -> str:
    absent = (
        ", absent du texte" if finding.outcome == "missing" and finding.rule.reads_terms else ""
    )
    return typographic(f"{finding.rule.title}{absent} ({_basis(finding.rule)})")


def _fine(finding: Finding, company: Party) -> str:
    amount = integer(_maximum(finding.rule, company))
    return typographic(f"{amount} € ({_basis(finding.rule)})")


def _axis(axis: Axis, made: Scores) -> dict[str, Any]:
    score = made.axes[axis]
    return {
        "name": _AXES[axis],
        "value": _value(score),
        "grade": made.grades[axis] or _DASH,
        "faults": str(score.faults),
        "scored": str(score.scored),
        "to_verify": str(score.to_verify),
        "not_applicable": str(score.not_applicable),
        **_heat(score.level),
    }


def _area(name: str, score: Score, found: Audit) -> dict[str, Any]:
    book = Rulebook.load()
    counted = Counter(f.rule.severity for f in found.faults if book.area(f.rule.area).name == name)
    return {
        "name": typographic(name),
        "value": _value(score),
        **{severity: str(counted[severity]) for severity in _MANY},
        "to_verify": str(score.to_verify),
        **_heat(score.level),
    }


def _value(score: Score) -> str:
    return "non notée" if score.value is None else f"{score.value}{NBSP}/{NBSP}100"


def _heat(level: Level | None) -> dict[str, bool]:
    return {flag: level == each for each, flag in _HEAT.items()}


def _chain(area: ChainScore) -> dict[str, Any]:
    return {
        "name": typographic(area.area),
        "weight": f"{area.weight}{NBSP}%",
        "answered": f"{area.answered} sur {area.asked}",
        "value": "sans réponse" if area.value is None else f"{area.value}{NBSP}/{NBSP}100",
        **_heat(area.level),
    }


def _fault(
    finding: Finding, numbers: dict[str, str], as_of: date, company: Party
) -> dict[str, str]:
    rule = finding.rule
    weight = Rulebook.load().severities[rule.severity]
    clause = finding.passages[0].clause if finding.passages else "Absent du texte"
    if finding.answer and not finding.passages and not rule.reads_terms:
        clause = "Réponse du client"
    return {
        "number": numbers[rule.id],
        "title": typographic(rule.title),
        "severity": weight.label,
        "where": clause,
        "basis": _basis(rule, "\n"),
        "fine": _most(rule, company),
        "owner": Rulebook.load().area(rule.area).owner,
        "action": typographic(rule.corrective),
        "until": date_courte(as_of + timedelta(days=weight.deadline_days)),
    }


def _most(rule: Rule, company: Party) -> str:
    amount = _maximum(rule, company)
    return f"{integer(amount)}{NBSP}€" if amount else _DASH


def _basis(rule: Rule, between: str = " ; ") -> str:
    return typographic(between.join(unbroken_articles(article) for article in rule.articles))


def _clauses(found: Audit, company: Party, numbers: dict[str, str]) -> list[dict[str, Any]]:
    """The faults that have words, under the clause of their first ones, in the text's order."""
    by_clause: dict[str, list[Finding]] = {}
    quoted = [finding for finding in found.faults if finding.passages]
    for finding in sorted(quoted, key=lambda each: each.passages[0].start):
        by_clause.setdefault(finding.passages[0].clause, []).append(finding)
    return [
        {"label": label, "findings": [_detail(each, company, numbers) for each in findings]}
        for label, findings in by_clause.items()
    ]


def _detail(finding: Finding, company: Party, numbers: dict[str, str]) -> dict[str, Any]:
    rule = finding.rule
    severity = Rulebook.load().severities[rule.severity].label
    place = finding.passages[0].clause if finding.passages else None
    return {
        "title": typographic(f"{numbers[rule.id]}. {rule.title}"),
        "severity": f"{severity} {_DASH} {_basis(rule)}",
        "quotes": [
            {
                "words": passage.quote,
                "where": None if passage.clause == place else passage.clause,
            }
            for passage in finding.passages
        ],
        "explanation": finding.explanation,
        "sanction": unbroken_articles(typographic(rule.sanction.text)),
        "recommendation": unbroken_articles(typographic(rule.corrective)),
        "wording": wording(finding, company),
    }


def _doubt(finding: Finding) -> dict[str, str]:
    return {
        "title": typographic(finding.rule.title),
        "basis": _basis(finding.rule, "\n"),
        "why": finding.explanation,
    }


def _met(found: Audit, kind: str) -> list[str]:
    """The rules that are met: what must be there and is, or what must not and was not seen."""
    return [
        typographic(finding.rule.title)
        for finding in found.findings
        if finding.outcome == "compliant" and finding.rule.kind == kind
    ]


def _answers(found: Audit) -> list[str]:
    asked = questionnaire()
    return [
        f"{typographic(asked[key].text)} {_DASH} {answer}"
        for key, answer in found.terms.answers.items()
    ]


def _rates(found: Audit) -> list[str]:
    """What the rates of the text were compared with."""
    percents = found.values.percents
    names = {
        LEGAL: "taux d'intérêt légal (professionnels)",
        FLOOR: "plancher des pénalités de retard (trois fois le taux légal, art. L. 441-10 II C."
        " com.)",
        ECB: "taux de refinancement de la Banque centrale européenne",
        DEFAULT: "taux supplétif des pénalités (BCE et dix points)",
    }
    told = [
        typographic(f"{name} : {percent_short(percents[key].scaleb(-2))}")
        for key, name in names.items()
        if key in percents
    ]
    return [*told, *(typographic(doubt) for doubt in found.values.doubts)]


def _sources(found: Audit) -> list[str]:
    """The articles applied, a line for each code, then the pages on which they were read."""
    used = [f for f in found.findings if f.is_fault or f.outcome == "to_verify"]
    by_code: dict[str, dict[str, None]] = {}
    for article in (article for finding in used for article in finding.rule.articles):
        code = _CODE.match(article)
        name, number = (code[1], code[2]) if code else ("Autres textes", article)
        by_code.setdefault(name, {})[number] = None
    urls: dict[str, None] = {}
    for finding in used:
        urls.update(dict.fromkeys(finding.rule.sources))
    articles = [typographic(f"{name} : {' ; '.join(numbers)}") for name, numbers in by_code.items()]
    return [*articles, *urls]


def _signatory(facts: Facts) -> dict[str, Any]:
    """Who signs the report: the person named, else who acts for the company, else the company."""
    case, person = facts.case, facts.options.signatory
    if person is not None:
        return {"name": person.name, "capacity": person.capacity, "on_behalf_of": None}
    if case.representative is not None:
        name = printed_name(case.representative.party)
        return {"name": name, "capacity": None, "on_behalf_of": None}
    company, person = case.creditor, case.creditor.legal_representative
    if person is None:
        return {"name": printed_name(company), "capacity": None, "on_behalf_of": None}
    return {
        "name": person.name,
        "capacity": person.capacity,
        "on_behalf_of": printed_name(company),
    }
