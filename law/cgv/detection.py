"""What the tests of a rule find in a text: what is there that must not be, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from law.cgv.late_rates import late_rates
from law.cgv.normalised import NormalisedText, sentence_at
from law.cgv.rulebook import (
    Absence,
    Comparison,
    LateRateTest,
    Neutral,
    Number,
    Pattern,
    Presence,
    Rule,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number that a test compared, and where it stands.

    Attributes:
        is_finding: None while what it compares with is not published.
    """

    number: Decimal | None
    span: Span
    is_finding: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """What the tests of a rule found; spans are of the normalised text, in order.

    Attributes:
        applies: Whether any test had something to judge.
        faulty: What must not be there.
        missing: Labels of the elements that are nowhere.
        sound: What meets the rule.
        measures: The numbers that were compared.
    """

    applies: bool
    faulty: Sequence[Span]
    missing: Sequence[str]
    sound: Sequence[Span]
    measures: Sequence[Measure]

    @property
    def is_finding(self) -> bool:
        """Whether the rule is not met."""
        return bool(self.faulty or self.missing)

    @property
    def is_undecided(self) -> bool:
        """Whether a number could not be compared, for want of a published rate."""
        return any(measure.is_finding is None for measure in self.measures)


@dataclass(slots=True)
class _Found:
    applies: bool = False
    faulty: list[Span] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    sound: list[Span] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)


def detect(
    rule: Rule,
    text: NormalisedText,
    values: Mapping[str, Decimal],
    number_words: Mapping[str, int],
) -> Detected:
    """Run the tests of a rule on a text.

    Args:
        rule: Of the rulebook.
        text: What of the terms the rule reads.
        values: Values that depend on the day of the audit, by the name rules give them.
        number_words: Numbers written in letters.
    """
    found = _Found()
    for test in rule.tests:
        match test:
            case Presence():
                _look_for(test, text.text, found)
            case Absence():
                found.applies = True
                found.faulty.extend(_matches(test.any, test.unless, text.text))
            case Number():
                numbers = _numbers(test, text.text, number_words)
                _measure(test.finding_if, numbers, values, found)
            case LateRateTest():
                rates = (
                    ((rate.start, rate.end), rate.percent)
                    for rate in late_rates(text.text, values, number_words)
                )
                _measure(test.finding_if, rates, values, found)
    return Detected(
        applies=found.applies,
        faulty=_merged(found.faulty),
        missing=found.missing,
        sound=_merged(found.sound),
        measures=sorted(found.measures, key=lambda measure: measure.span),
    )


def _look_for(test: Presence, text: str, found: _Found) -> None:
    if test.only_if and not any(pattern.search(text) for pattern in test.only_if):
        return
    found.applies = True
    for group in test.groups:
        span = _first(group.any, text)
        if span is None:
            found.missing.append(group.label)
        else:
            found.sound.append(span)


def _measure(
    comparison: Comparison,
    numbers: Iterable[tuple[Span, Decimal | None]],
    values: Mapping[str, Decimal],
    found: _Found,
) -> None:
    for span, number in numbers:
        found.applies = True
        is_finding = None if number is None else holds(comparison, number, values)
        found.measures.append(Measure(number=number, span=span, is_finding=is_finding))
        if is_finding is not None:
            (found.faulty if is_finding else found.sound).append(span)


def holds(comparison: Comparison, number: Decimal, values: Mapping[str, Decimal]) -> bool | None:
    """Whether a number compares so; None when what it compares with is not known."""
    known = isinstance(comparison.value, Decimal)
    value = comparison.value if known else values.get(str(comparison.value))
    if not isinstance(value, Decimal):
        return None
    match comparison.op:
        case "lt":
            return number < value
        case "gt":
            return number > value
        case "ne":
            return number != value


def number_of(text: str, number_words: Mapping[str, int]) -> Decimal | None:
    """A number in figures or letters, or None."""
    word = number_words.get(text)
    if word is not None:
        return Decimal(word)
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _first(patterns: Sequence[Pattern], text: str) -> Span | None:
    spans = [found.span() for pattern in patterns if (found := pattern.search(text))]
    return min(spans, default=None)


def _matches(patterns: Sequence[Pattern], unless: Neutral | None, text: str) -> Iterator[Span]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            if found.end() > found.start() and not _is_neutral(unless, text, found.span()):
                yield found.span()


def _numbers(
    test: Number, text: str, number_words: Mapping[str, int]
) -> Iterator[tuple[Span, Decimal]]:
    for pattern in test.extract:
        for found in pattern.finditer(text):
            number = number_of(found["n"], number_words)
            if number is not None and not _is_neutral(test.unless, text, found.span()):
                yield found.span(), number


def _is_neutral(unless: Neutral | None, text: str, span: Span) -> bool:
    if unless is None:
        return False
    if unless.window is None:
        first, last = sentence_at(text, *span)
    else:
        first, last = max(0, span[0] - unless.window), span[1] + unless.window
    near = text[first:last]
    return any(pattern.search(near) for pattern in unless.any)


def _merged(spans: Sequence[Span]) -> Sequence[Span]:
    """Spans in order, those that touch as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
