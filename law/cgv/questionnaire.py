"""The questions of the audit: the client's profile, the receivables chain, then every rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from law.cgv.detection import holds, number_of
from law.cgv.normalised import normalise
from law.cgv.rulebook import ChainQuestion, Comparison, Rule, Rulebook

PROFILE_AREA = "Profil"
YES, NO, UNKNOWN, NOT_CONCERNED = "oui", "non", "ne_sait_pas", "sans_objet"
_NUMBER = re.compile(r"(?P<n>\d{1,6}(?:[.,]\d{1,4})?)\s*(?:%|€|jours?|mois|euros?)?", re.IGNORECASE)
_NOT_CONCERNED_TOO = "sans objet"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuestion:
    """A question to the client.

    Attributes:
        id: Key of its answer.
        area: Part of the audit, in French.
        type: ``yes_no``, ``number`` (in `unit`) or ``choice`` (of `choices`).
    """

    id: str
    text: str
    area: str
    type: Literal["yes_no", "number", "choice"]
    choices: Sequence[str] = ()
    unit: str | None = None

    def accepts(self, answer: str) -> bool:
        """Whether an answer can be read."""
        said = answer_key(answer)
        if said in {UNKNOWN, answer_key(UNKNOWN)}:
            return True
        if self.type == "number":
            return _NUMBER.fullmatch(answer.strip()) is not None
        if self.type == "choice":
            return said in {*map(answer_key, self.choices), *map(answer_key, _SANS_OBJET)}
        return said in {YES, NO}


_SANS_OBJET = (NOT_CONCERNED, _NOT_CONCERNED_TOO)


@cache
def questionnaire() -> Mapping[str, AuditQuestion]:
    """Every question by its identifier, in the order in which it is asked."""
    return {question.id: question for question in _questions(Rulebook.load())}


def _questions(book: Rulebook) -> Iterator[AuditQuestion]:
    for row in book.profile:
        yield AuditQuestion(id=row.flag, text=row.text, area=PROFILE_AREA, type="yes_no")
    names = {area.code: area.name for area in book.chain_areas}
    for question in book.chain:
        yield AuditQuestion(
            id=question.id,
            text=question.text,
            area=names[question.area],
            type="choice",
            choices=tuple(question.points),
        )
    for rule in book.rules:
        is_number = isinstance(rule.question.finding_if, Comparison)
        yield AuditQuestion(
            id=rule.id,
            text=rule.question.text,
            area=book.area(rule.area).name,
            type="number" if is_number else "yes_no",
            unit=rule.question.unit,
        )


def answer_key(answer: str) -> str:
    """An answer as it is compared: case, accents, apostrophes and spaces say nothing."""
    return normalise(unicodedata.normalize("NFC", answer)).text.strip().rstrip(".")


def flag_answer(answers: Mapping[str, str], flag: str) -> bool | None:
    """What the client said of a flag of the profile, or None."""
    return {YES: True, NO: False}.get(answer_key(answers.get(flag, "")))


def rule_answer(
    rule: Rule, answers: Mapping[str, str], values: Mapping[str, Decimal]
) -> bool | None:
    """Whether the client's answer on a rule is a finding; None when there is none to judge."""
    answer = answers.get(rule.id)
    if answer is None or answer_key(answer) == answer_key(UNKNOWN):
        return None
    wanted = rule.question.finding_if
    if isinstance(wanted, str):
        return answer_key(answer) == wanted
    found = _NUMBER.fullmatch(answer.strip())
    number = number_of(found["n"].replace(".", ","), {}) if found else None
    return None if number is None else holds(wanted, number, values)


def chain_points(question: ChainQuestion, answers: Mapping[str, str]) -> int | None:
    """The points of an answer, from 0 to 3; None when unanswered or not concerned."""
    answer = answers.get(question.id)
    if answer is None:
        return None
    said = answer_key(answer)
    return next((p for text, p in question.points.items() if answer_key(text) == said), None)


def is_not_concerned(answers: Mapping[str, str], question: str) -> bool:
    """Whether the client said that a question does not concern it."""
    return answer_key(answers.get(question, "")) in {answer_key(text) for text in _SANS_OBJET}
