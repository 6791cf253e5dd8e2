"""What a free letter says: the sender's own words, on the stationery. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    letter_values,
    recipient,
    required_of_letter,
    sender,
    signatory,
)
from law.statement import Statement

TITLE = "Lettre"
_SHORT = 600
"""Characters of a last paragraph that may stay with the signature without leaving a hole."""
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def build(facts: Facts, _: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if options.recipient is None:
        raise ValueError("a letter needs a recipient")
    options = replace(options, delivery=options.delivery or "simple")
    letter = letter_values(
        case, options, options.recipient, facts.as_of, subject=options.subject or ""
    )
    text = paragraphs(options.body_note or "")
    ending = text[-1] if text and len(text[-1]) <= _SHORT else None
    addressed = replace(case, debtor=options.recipient)
    return {
        "document": document_properties(addressed, options, facts.as_of, title=TITLE),
        "sender": sender(case.creditor),
        "recipient": recipient(options.recipient),
        "letter": {key: value for key, value in letter.items() if key != "note"},
        "paragraphs": text if ending is None else text[:-1],
        "ending": ending,
        "signatory": signatory(case, options),
        "enclosures": enclosure_lines(case.exhibits),
    }


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which blank lines part; other ends of lines stay."""
    return [part.strip() for part in _BLANK_LINES.split(text.strip()) if part.strip()]


def required(context: Context) -> list[str]:
    """What a letter must print: who, to whom, when, of what, and each of its paragraphs."""
    letter = {**context["letter"], "note": None}
    ending = filter(None, (context["ending"],))
    return [*context["paragraphs"], *ending, *required_of_letter({**context, "letter": letter})]
