"""Options of an audit of terms: the text, whom the company sells to, the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from marshmallow import ValidationError

from generators.faults import Contradiction, Message
from generators.fields import Choice, Fact, FactsSchema, One, Text, choices
from generators.options import ActOptions, ActOptionsSchema
from generators.schema_base import Reading
from law.cgv.audit import Clients
from law.cgv.questionnaire import questionnaire

MOST_TEXT: Final = 400_000
"""Characters: some 130 pages."""

_MOST_ANSWER: Final = 200
_MOST_WORD: Final = 500
_MOST_DIGITS: Final = 60
_LONG_WORD: Final = re.compile(rf"\S{{{_MOST_WORD + 1},}}|\d{{{_MOST_DIGITS + 1},}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditInput:
    """What is audited.

    Attributes:
        attachment_id: The file that the text was read from.
    """

    text: str
    clients: Clients
    attachment_id: str | None = None
    sector: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions(ActOptions):
    """The audit, and who signs it where and when."""

    audit: AuditInput


class TermsText(Text):
    """Terms, which have words: a run without a blank that no word or address reaches is refused.

    Patterns read a text in time that grows with its length, but with the square of such a run.
    """

    messages: ClassVar[Mapping[str, Message]] = {
        "word": Message(
            "word-too-long",
            "At character {position} begins a run that is no word, number or address.",
        ),
    }

    def read(self, value: Any) -> str:
        """The cleaned text."""
        text = super().read(value)
        if found := _LONG_WORD.search(text):
            raise self.make_error("word", position=found.start() + 1)
        return text


class Answers(Fact[Mapping[str, str]]):
    """Answers by question; each must be one that the question takes."""

    json: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": _MOST_ANSWER},
    }
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "An object of answers is needed."),
        "question": Message("unknown-question", "The questionnaire has no such question."),
        "choice": Message("invalid-choice", "One of these is needed: {allowed}."),
        "number": Message("invalid-number", "A number is needed, or ne_sait_pas."),
    }

    def __init__(self, description: str = "", **kwargs: Any) -> None:
        self.text = Text(most=_MOST_ANSWER)
        super().__init__(description, **kwargs)

    def read(self, value: Any) -> Mapping[str, str]:
        """The answers as given; the faults of all of them at once."""
        if not isinstance(value, dict):
            raise self.make_error("type")
        answers, messages = {}, {}
        for key, answer in value.items():
            try:
                answers[key] = self._answer(key, answer)
            except ValidationError as error:
                messages[key] = error.messages
        if messages:
            raise ValidationError(messages)
        return answers

    def write(self, value: Mapping[str, str]) -> dict[str, str]:
        """The answers, as a JSON object."""
        return dict(value)

    def _answer(self, key: str, answer: Any) -> str:
        question = questionnaire().get(key)
        if question is None:
            raise self.make_error("question")
        text = self.text.read(answer)
        if question.accepts(text):
            return text
        if question.type == "number":
            raise self.make_error("number")
        allowed = question.choices or ("oui", "non")
        raise self.make_error("choice", allowed=", ".join([*allowed, "ne_sait_pas"]))


class AuditInputSchema(FactsSchema):
    """What is audited."""

    makes: ClassVar[Any] = AuditInput

    text = TermsText(
        "The terms, word for word. Positions of findings count its characters, as `data.json`"
        " keeps it.",
        most=MOST_TEXT,
        multiline=True,
    )
    attachment_id = Text(
        "The terms as a file instead: Word, or a PDF that has text; it was uploaded before.",
        most=64,
    )
    clients = Choice(choices(Clients), "Whom the company sells to.", required=True, example="both")
    sector = Text("Its trade, in its own words.", most=200, example="négoce de matériaux")
    answers = Answers(
        "Answers by question: `oui`, `non`, `ne_sait_pas`, a number, or one of the texts of the"
        " question (see `questions` of this kind).",
        example={"vend_biens": "oui", "DEV-2": "au dos, non signées"},
    )

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """There is something to audit: words, or the file whose words were read before."""
        yield from reading.needed("text", why="or attachment_id")


class AuditOptionsSchema(ActOptionsSchema):
    """Options of an audit of terms."""

    makes: ClassVar[Any] = AuditOptions

    audit = One(AuditInputSchema, "What is audited.", required=True)
