"""Scores of the audit: of the terms, by axis and by area, and of the receivables chain.

What does not apply or is not known is not scored; a figure never stands without what it leaves
out. Weights, grades and caps are those of the rulebook's notes (ADR 0172).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from law.cgv.audit import Audit, Finding
from law.cgv.questionnaire import chain_points, is_not_concerned
from law.cgv.rulebook import AXES, Axis, ChainQuestion, Rulebook

Grade = Literal["A", "B", "C", "D", "E"]
Level = Literal["solide", "perfectible", "fragile", "critique"]

_GRADES: Final[Sequence[tuple[int, Grade]]] = ((90, "A"), (75, "B"), (60, "C"), (40, "D"), (0, "E"))
_CAPS: Final[Sequence[tuple[int, Grade]]] = ((6, "E"), (3, "D"), (1, "C"))
_LEVELS: Final[Sequence[tuple[int, Level]]] = (
    (80, "solide"),
    (60, "perfectible"),
    (40, "fragile"),
    (0, "critique"),
)
_CRITICAL_CAP: Final = 39
_MOST_POINTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score of a hundred, None when nothing could be scored, with what it counts."""

    value: int | None
    faults: int
    scored: int
    not_applicable: int
    to_verify: int

    @property
    def level(self) -> Level | None:
        """The level in words."""
        return None if self.value is None else level_of(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainScore:
    """The score of an area of the receivables chain, with what to do.

    Attributes:
        value: None when no question of the area was answered.
        recommendations: For the questions answered below the best level.
    """

    area: str
    weight: int
    value: int | None
    answered: int
    asked: int
    recommendations: Sequence[str]

    @property
    def level(self) -> Level | None:
        """The level in words."""
        return None if self.value is None else level_of(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Every score of an audit.

    Attributes:
        axes: Conformity, protection and hygiene.
        grades: Their grades; that of conformity is capped by blocking faults.
        areas: By the name of the area, in the order of the report.
        chain: The areas of the receivables chain.
        chain_total: Of the areas that have a score, by weight.
    """

    axes: Mapping[Axis, Score]
    grades: Mapping[Axis, Grade | None]
    areas: Mapping[str, Score]
    chain: Sequence[ChainScore]
    chain_total: int | None


def scores(found: Audit) -> Scores:
    """The scores of an audit."""
    book = Rulebook.load()
    axes = {
        axis: _score(finding for finding in found.findings if finding.rule.axis == axis)
        for axis in AXES
    }
    chain = [
        _chain_score(area.name, area.weight, [q for q in book.chain if q.area == area.code], found)
        for area in book.chain_areas
    ]
    return Scores(
        axes=axes,
        grades={
            axis: _grade(score, _blocking(found) if axis == "conformity" else 0)
            for axis, score in axes.items()
        },
        areas={
            area.name: _score(f for f in found.findings if f.rule.area == area.id)
            for area in book.areas
        },
        chain=chain,
        chain_total=_total(chain),
    )


def level_of(value: int) -> Level:
    """The level of a score in words."""
    return next(level for least, level in _LEVELS if value >= least)


def _score(findings: Iterable[Finding]) -> Score:
    weights = Rulebook.load().severities
    all_of = list(findings)
    faults = [finding for finding in all_of if finding.is_fault]
    scored = [*faults, *(f for f in all_of if f.outcome == "compliant")]
    whole = sum((weights[f.rule.severity].weight for f in scored), Decimal(0))
    lost = sum((weights[f.rule.severity].weight for f in faults), Decimal(0))
    return Score(
        value=_rounded(100 * (whole - lost) / whole) if whole else None,
        faults=len(faults),
        scored=len(scored),
        not_applicable=sum(f.outcome == "not_applicable" for f in all_of),
        to_verify=sum(f.outcome == "to_verify" for f in all_of),
    )


def _blocking(found: Audit) -> int:
    return sum(f.is_fault and f.rule.severity == "blocking" for f in found.findings)


def _grade(score: Score, blocking: int) -> Grade | None:
    if score.value is None:
        return None
    value = score.value
    grade = next(grade for least, grade in _GRADES if value >= least)
    cap: Grade = next((cap for least, cap in _CAPS if blocking >= least), "A")
    return max(grade, cap)  # E is the lowest grade and the greatest letter


def _chain_score(
    name: str, weight: int, questions: Sequence[ChainQuestion], found: Audit
) -> ChainScore:
    answers = found.terms.answers
    concerned = [q for q in questions if not is_not_concerned(answers, q.id)]
    points = {q.id: p for q in concerned if (p := chain_points(q, answers)) is not None}
    answered = [question for question in concerned if question.id in points]
    value = None
    if answered:
        got = sum(points[q.id] * q.weight for q in answered)
        value = _rounded(Decimal(100 * got) / (_MOST_POINTS * sum(q.weight for q in answered)))
        if any(q.is_critical and points[q.id] == 0 for q in answered):
            value = min(value, _CRITICAL_CAP)
    return ChainScore(
        area=name,
        weight=weight,
        value=value,
        answered=len(answered),
        asked=len(concerned),
        recommendations=[q.recommendation for q in answered if points[q.id] < _MOST_POINTS],
    )


def _total(chain: Sequence[ChainScore]) -> int | None:
    known = [area for area in chain if area.value is not None]
    if not known:
        return None
    whole = sum(area.weight for area in known)
    return _rounded(Decimal(sum((area.value or 0) * area.weight for area in known)) / whole)


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
