"""The rulebook of the audit of terms, as packaged: rules, parameters' names, areas, questions.

It is ``data/cgv/packed.json``, made from the YAML files beside it by ``make law-data``
(``scripts/cgv_rules.py``); their origin and what we changed are in ``data/cgv/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args

from law.parameters import CGV_RULES

Severity = Literal["blocking", "major", "minor", "advice"]
Axis = Literal["conformity", "protection", "hygiene"]
Scope = Literal["B2B", "B2C", "both", "sector"]
Kind = Literal["must_be_present", "must_not_be_present"]
Operator = Literal["lt", "gt", "ne"]
Pattern = re.Pattern[str]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
AXES: tuple[Axis, ...] = get_args(Axis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """When a number is a finding: it is less than, more than, or other than a value.

    Attributes:
        value: The value, or the name of one that depends on the day of the audit.
    """

    op: Operator
    value: Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neutral:
    """What near a match makes it harmless.

    Attributes:
        any: Patterns, one of which is enough.
        window: Characters around the match that are looked at; None for its sentence.
    """

    any: Sequence[Pattern]
    window: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Wordings of one element, one of which must be there."""

    label: str
    any: Sequence[Pattern]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A finding when a group is nowhere; the test applies only if one of `only_if` is somewhere."""

    groups: Sequence[Group]
    only_if: Sequence[Pattern]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A finding when a pattern is there and nothing near makes it harmless."""

    any: Sequence[Pattern]
    unless: Neutral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A finding when a number of the text (group ``n`` of a pattern) compares so."""

    extract: Sequence[Pattern]
    finding_if: Comparison
    unless: Neutral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRateTest:
    """A finding when a rate of late penalties, stated by a formula, compares so."""

    finding_if: Comparison


Test = Presence | Absence | Number | LateRateTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the client about a rule.

    Attributes:
        finding_if: The answer (``oui`` or ``non``), or the comparison with a number, that is a
            finding.
        unit: Of the number, in French.
    """

    text: str
    finding_if: str | Comparison
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """The most that the law provides, never a prediction; whole euros, None where no figure is."""

    text: str
    max_person_eur: int | None
    max_company_eur: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the audit.

    Attributes:
        id: Stable name.
        applies_if: Flags of the client's profile, all of which must be true.
        applies_if_any: Flags, one of which must be true; none asks for nothing.
        documents: Which papers of the billing chain it reads.
        requirement: What must, or must not, be there.
        applicable_since: First day it binds, None when before our coverage.
        tests: On the text; none when only an answer can tell.
        corrective: What to do.
        confidence: ``low`` is unsettled law: a question for the lawyer, never a finding.
    """

    id: str
    title: str
    axis: Axis
    scope: Scope
    applies_if: Sequence[str]
    applies_if_any: Sequence[str]
    documents: Sequence[str]
    kind: Kind
    requirement: str
    articles: Sequence[str]
    applicable_since: date | None
    sanction: Sanction
    severity: Severity
    question: Question
    tests: Sequence[Test]
    corrective: str
    sources: Sequence[str]
    confidence: Literal["high", "medium", "low"]
    note: str | None
    area: str

    @property
    def reads_terms(self) -> bool:
        """Whether the terms themselves, and not only other papers, are read for it."""
        return "CGV" in self.documents and bool(self.tests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the audit of terms: its name and who would act, in French."""

    id: str
    name: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileQuestion:
    """A question whose answer says whether rules apply."""

    flag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainArea:
    """An area of the diagnostic flash, with its weight in a hundred."""

    code: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainQuestion:
    """A question of the diagnostic flash.

    Attributes:
        is_critical: Answered with no point, it caps its area at 39.
        points: Of each answer, from 0 to 3, in order.
        rules: Those that the answer speaks of.
    """

    id: str
    area: str
    weight: int
    is_critical: bool
    text: str
    points: Mapping[str, int]
    recommendation: str
    rules: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a severity counts in a score, and by when to act."""

    label: str
    weight: Decimal
    deadline_days: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rulebook:
    """Everything the audit knows, in the order of its report.

    Attributes:
        labels: How a report names the elements of a requirement that has several.
        wordings: Clauses to paste, by rule.
        entails: Flags that follow from a flag that is true.
        evidence: Wordings of the terms that show a flag while the client has not answered.
    """

    verified_on: date
    severities: Mapping[Severity, Weight]
    number_words: Mapping[str, int]
    profile: Sequence[ProfileQuestion]
    areas: Sequence[Area]
    chain_areas: Sequence[ChainArea]
    chain: Sequence[ChainQuestion]
    rules: Sequence[Rule]
    labels: Mapping[str, str]
    wordings: Mapping[str, str]
    entails: Mapping[str, Sequence[str]]
    evidence: Mapping[str, Sequence[Pattern]]

    @classmethod
    def load(cls) -> Rulebook:
        """The packaged rulebook, read once per process."""
        return _packaged()

    def area(self, identifier: str) -> Area:
        """The area of an identifier."""
        return next(area for area in self.areas if area.id == identifier)

    def rule(self, identifier: str) -> Rule:
        """The rule of an identifier."""
        return next(rule for rule in self.rules if rule.id == identifier)


@cache
def _packaged() -> Rulebook:
    return rulebook(json.loads(CGV_RULES.read_text("utf-8")))


def rulebook(plain: Mapping[str, Any]) -> Rulebook:
    """The rulebook of its packed form.

    Raises:
        KeyError: the packed form lacks something (a bug of what packs it).
        re.error: a pattern is none.
    """
    return Rulebook(
        verified_on=date.fromisoformat(plain["verified_on"]),
        severities={
            name: Weight(
                label=row["label"],
                weight=Decimal(str(row["weight"])),
                deadline_days=row["deadline_days"],
            )
            for name, row in plain["severity"].items()
        },
        number_words=plain["number_words"],
        profile=[ProfileQuestion(flag=row["flag"], text=row["text"]) for row in plain["profile"]],
        areas=[Area(**row) for row in plain["areas"]],
        chain_areas=[ChainArea(**row) for row in plain["chain_areas"]],
        chain=[ChainQuestion(**row) for row in plain["chain"]],
        rules=[_rule(row) for row in plain["rules"]],
        labels=plain["labels"],
        wordings=plain["wordings"],
        entails=plain["entails"],
        evidence={flag: _patterns(any_of) for flag, any_of in plain["evidence"].items()},
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    since = row["applicable_since"]
    return Rule(
        **{
            **row,
            "applicable_since": date.fromisoformat(since) if since else None,
            "sanction": Sanction(**row["sanction"]),
            "question": _question(row["question"]),
            "tests": [_test(test) for test in row["tests"]],
        }
    )


def _question(row: Mapping[str, Any]) -> Question:
    found = row["finding_if"]
    compared = found if isinstance(found, str) else _comparison(found)
    return Question(text=row["text"], finding_if=compared, unit=row["unit"])


def _comparison(row: Mapping[str, Any]) -> Comparison:
    value = row["value"]
    return Comparison(op=row["op"], value=value if isinstance(value, str) else Decimal(str(value)))


def _test(row: Mapping[str, Any]) -> Test:
    match row["type"]:
        case "presence":
            groups = [Group(label=g["label"], any=_patterns(g["any"])) for g in row["groups"]]
            return Presence(groups=groups, only_if=_patterns(row.get("only_if", ())))
        case "absence":
            return Absence(any=_patterns(row["any"]), unless=_neutral(row))
        case "number":
            return Number(
                extract=_patterns(row["extract"]),
                finding_if=_comparison(row["finding_if"]),
                unless=_neutral(row),
            )
        case "late_rate":
            return LateRateTest(finding_if=_comparison(row["finding_if"]))
        case other:
            raise KeyError(other)


def _neutral(row: Mapping[str, Any]) -> Neutral | None:
    if "unless" not in row:
        return None
    is_sentence = row.get("unless_scope") == "sentence"
    return Neutral(any=_patterns(row["unless"]), window=None if is_sentence else row["window"])


def _patterns(texts: Sequence[str]) -> Sequence[Pattern]:
    return tuple(re.compile(text) for text in texts)
