"""The audit of terms: every rule on a text and on answers, each finding with its evidence. Pure.

The text decides what it can show; an answer decides what only it can tell; where they disagree
both are shown and a lawyer decides. What neither tells is a question, never a finding (ADR 0170).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from law.cgv.clauses import Audience, Clause, clause_at, clauses
from law.cgv.detection import Detected, Span, detect
from law.cgv.explanations import Grounds, explanation
from law.cgv.normalised import NormalisedText, normalise
from law.cgv.questionnaire import (
    AuditQuestion,
    chain_points,
    flag_answer,
    questionnaire,
    rule_answer,
)
from law.cgv.rulebook import Rule, Rulebook
from law.cgv.values import Values, values_on
from law.rates import RateTables

Clients = Literal["b2b", "b2c", "both"]
Outcome = Literal["compliant", "non_compliant", "missing", "not_applicable", "to_verify"]

MOST_QUOTED = 600
"""Characters of a quotation: a longer sentence is cut to what was recognised."""

_FULL_POINTS = 3
_STOP = re.compile(r"[.!?](?=\s|$)")
_HIDDEN: Mapping[str, Audience] = {"B2B": "b2c", "B2C": "b2b"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is audited.

    Attributes:
        text: The terms, word for word.
        clients: Whom the company sells to.
        sector: In the client's words.
        answers: By question (`law.cgv.questionnaire`); keys and answers have been checked.
        is_sole_trader: What the case tells, None when it does not.
    """

    text: str
    clients: Clients
    sector: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    is_sole_trader: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The client's own words, and where they stand: ``text[start:end] == quote``."""

    quote: str
    start: int
    end: int
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of a rule.

    Attributes:
        passages: The words it rests on, in order; none where something is missing or where an
            answer is the evidence.
        answer: The client's answer it rests on, or None.
        is_disputed: Whether text and answer disagree.
        explanation: Why, in French.
        wording: A clause that meets the rule, or None.
        asked: Questions whose answers would settle it.
    """

    rule: Rule
    outcome: Outcome
    passages: Sequence[Passage]
    answer: str | None
    is_disputed: bool
    explanation: str
    wording: str | None
    asked: Sequence[str]

    @property
    def is_fault(self) -> bool:
        """Whether something is to be mended."""
        return self.outcome in {"non_compliant", "missing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The whole audit, findings in the order of the rulebook."""

    as_of: date
    terms: Terms
    clauses: Sequence[Clause]
    findings: Sequence[Finding]
    questions: Sequence[AuditQuestion]
    values: Values

    @property
    def faults(self) -> Sequence[Finding]:
        """What is to be mended: by severity, then in the order of the rulebook."""
        order = list(Rulebook.load().severities)
        faults = [finding for finding in self.findings if finding.is_fault]
        return sorted(faults, key=lambda finding: order.index(finding.rule.severity))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A text as each scope of rules reads it, with what else decides."""

    book: Rulebook
    terms: Terms
    as_of: date
    values: Values
    whole: NormalisedText
    by_scope: Mapping[str, NormalisedText]
    clauses: Sequence[Clause]
    flags: Mapping[str, bool | None]


def audit(terms: Terms, as_of: date, rates: RateTables) -> Audit:
    """Audit terms as of a day.

    Args:
        terms: Text, clients and answers.
        as_of: Day whose law counts.
        rates: Published rates; a rate missing for that day makes rules ``to_verify``.
    """
    reading = _reading(terms, as_of, rates)
    findings = [_finding(rule, reading) for rule in reading.book.rules]
    asked = {question for finding in findings for question in finding.asked}
    asked |= {q.id for q in reading.book.chain if q.id not in terms.answers}
    return Audit(
        as_of=as_of,
        terms=terms,
        clauses=reading.clauses,
        findings=findings,
        questions=[question for key, question in questionnaire().items() if key in asked],
        values=reading.values,
    )


def _reading(terms: Terms, as_of: date, rates: RateTables) -> _Reading:
    book = Rulebook.load()
    whole, found = normalise(terms.text), clauses(terms.text)
    return _Reading(
        book=book,
        terms=terms,
        as_of=as_of,
        values=values_on(as_of, rates),
        whole=whole,
        by_scope={
            scope: whole.without((c.start, c.end) for c in found if c.audience == hidden)
            for scope, hidden in _HIDDEN.items()
        },
        clauses=found,
        flags=_flags(book, terms, whole),
    )


def _flags(book: Rulebook, terms: Terms, whole: NormalisedText) -> Mapping[str, bool | None]:
    """The profile: what the client said, else what follows from the case or shows in the text."""
    flags = {row.flag: flag_answer(terms.answers, row.flag) for row in book.profile}
    known: Mapping[str, bool | None] = {
        "clients_pro": terms.clients != "b2c",
        "clients_conso": terms.clients != "b2b",
        "entrepreneur_individuel": terms.is_sole_trader,
    }
    for flag, value in known.items():
        if flags[flag] is None:
            flags[flag] = value
    for flag, patterns in book.evidence.items():
        if flags[flag] is None and any(pattern.search(whole.text) for pattern in patterns):
            flags[flag] = True
    for flag, entailed in book.entails.items():
        for other in entailed if flags[flag] else ():
            if flags[other] is None:
                flags[other] = True
    return flags


def _finding(rule: Rule, reading: _Reading) -> Finding:
    unmet = _unmet(rule, reading)
    if unmet is not None:
        return _made(rule, reading, "not_applicable", Grounds(unmet=unmet))
    detected = _detected(rule, reading)
    outcome, is_disputed = _outcome(rule, reading, detected)
    unknown = _unknown_flags(rule, reading)
    is_fault = outcome in {"non_compliant", "missing"}
    is_doubtful = (is_fault and (bool(unknown) or rule.confidence == "low")) or (
        # a word of another trade's rule is no proof that the trade complies
        outcome == "compliant" and bool(unknown) and rule.scope == "sector"
    )
    grounds = Grounds(
        detected=detected,
        answer=reading.terms.answers.get(rule.id) or _chain_answer(rule, reading),
        is_disputed=is_disputed,
        is_unsettled=rule.confidence == "low",
        unknown=unknown,
        values=reading.values,
    )
    return _made(rule, reading, "to_verify" if is_doubtful else outcome, grounds)


def _unmet(rule: Rule, reading: _Reading) -> str | None:
    """Why a rule does not apply, in French, or None."""
    clients = reading.terms.clients
    if (rule.scope, clients) in {("B2B", "b2c"), ("B2C", "b2b")}:
        whom = "professionnels" if rule.scope == "B2B" else "consommateurs"
        return f"La règle ne concerne que les ventes aux {whom}."
    if rule.applicable_since and rule.applicable_since > reading.as_of:
        return "La règle n'est pas encore applicable à la date de l'audit."
    flags = reading.flags
    any_of = [flags[flag] for flag in rule.applies_if_any]
    if any(flags[flag] is False for flag in rule.applies_if) or (
        any_of and all(value is False for value in any_of)
    ):
        return "L'activité déclarée n'est pas concernée par cette règle."
    return None


def _unknown_flags(rule: Rule, reading: _Reading) -> Sequence[str]:
    unknown = [flag for flag in rule.applies_if if reading.flags[flag] is None]
    if rule.applies_if_any and not any(reading.flags[flag] for flag in rule.applies_if_any):
        unknown += [flag for flag in rule.applies_if_any if reading.flags[flag] is None]
    return unknown


def _detected(rule: Rule, reading: _Reading) -> Detected | None:
    if not rule.reads_terms:
        return None
    text = reading.by_scope.get(rule.scope, reading.whole)
    return detect(rule, text, reading.values.percents, reading.book.number_words)


def _outcome(rule: Rule, reading: _Reading, detected: Detected | None) -> tuple[Outcome, bool]:
    """The outcome of text and answer, and whether they disagree."""
    answer = rule_answer(rule, reading.terms.answers, reading.values.percents)
    at_fault: Outcome = "missing" if rule.kind == "must_be_present" else "non_compliant"
    if detected is None:
        return _by_answer(rule, reading, at_fault, is_fault=answer), False
    if detected.faulty:
        return "non_compliant", answer is False
    if detected.missing:
        return ("to_verify", True) if answer is False else ("missing", False)
    if detected.is_undecided or (answer is True and detected.sound):
        return "to_verify", not detected.is_undecided
    if answer is True:
        return at_fault, False
    return ("compliant" if detected.applies or answer is False else "not_applicable"), False


def _by_answer(
    rule: Rule, reading: _Reading, at_fault: Outcome, *, is_fault: bool | None
) -> Outcome:
    """The outcome of a rule that the terms do not show.

    An answer on a scale speaks of several rules at once: only its best level settles them.
    """
    if is_fault is not None:
        return at_fault if is_fault else "compliant"
    points = [
        chain_points(question, reading.terms.answers)
        for question in reading.book.chain
        if rule.id in question.rules
    ]
    known = [point for point in points if point is not None]
    return "compliant" if known and min(known) == _FULL_POINTS else "to_verify"


def _chain_answer(rule: Rule, reading: _Reading) -> str | None:
    if rule.reads_terms:
        return None
    answers = [reading.terms.answers.get(q.id) for q in reading.book.chain if rule.id in q.rules]
    return next((answer for answer in answers if answer), None)


def _made(rule: Rule, reading: _Reading, outcome: Outcome, grounds: Grounds) -> Finding:
    detected = grounds.detected
    spans: Sequence[Span] = ()
    if detected is not None and outcome != "not_applicable":
        spans = detected.faulty or (() if detected.missing else detected.sound)
    passages = _passages(spans, reading)
    asked: list[str] = []
    if outcome == "to_verify":
        asked += grounds.unknown
        if rule.id not in reading.terms.answers:
            asked.append(rule.id)
    applies = outcome != "not_applicable"
    return Finding(
        rule=rule,
        outcome=outcome,
        passages=passages,
        answer=grounds.answer,
        is_disputed=grounds.is_disputed,
        explanation=explanation(rule, outcome, grounds),
        wording=reading.book.wordings.get(rule.id) if applies else None,
        asked=asked,
    )


def _passages(spans: Sequence[Span], reading: _Reading) -> Sequence[Passage]:
    """The sentences of the spans, in the client's words; those that overlap as one."""
    wholes: list[Span] = []
    for span in sorted(_quoted(span, reading) for span in spans):
        if wholes and span[0] < wholes[-1][1]:
            wholes[-1] = (wholes[-1][0], max(span[1], wholes[-1][1]))
        else:
            wholes.append(span)
    text = reading.terms.text
    return [
        Passage(
            quote=text[start:end],
            start=start,
            end=end,
            clause=clause_at(reading.clauses, start).label,
        )
        for start, end in wholes
    ]


def _quoted(span: Span, reading: _Reading) -> Span:
    """What is quoted for a span of normalised text: its sentence, without the heading."""
    whole, text = reading.whole, reading.terms.text
    at, until = whole.original_span(*span)
    start, end = whole.original_span(*_sentence(whole.text, *span))
    if end - start > MOST_QUOTED:
        start, end = whole.original_span(*_words(whole.text, *span))
    body = clause_at(reading.clauses, until - 1).body_start
    if start < body < end and body < until:
        start = body
    start = max(start, text.rfind("\n\n", start, at))
    cut = text.find("\n\n", until - 1, end)
    end = cut if cut >= 0 else end
    while start < end and (text[start].isspace() or text[start] in "\u2013\u2014-"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentence(text: str, start: int, end: int) -> Span:
    """The sentence around a span, with its stop; a stop within an address on the web is none."""
    first = max((found.end() for found in _STOP.finditer(text, 0, start)), default=0)
    last = _STOP.search(text, max(start, end - 1))
    return first, last.end() if last else len(text)


def _words(text: str, start: int, end: int) -> Span:
    """A span widened to whole words."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
