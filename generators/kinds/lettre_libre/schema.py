"""Options of a free letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from generators.fields import One
from generators.options import LetterOptions, LetterOptionsSchema
from generators.party_schema import PartySchema
from law.case import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class LettreLibreOptions(LetterOptions):
    """To whom the letter goes; what it says is `body_note`, what it is about is `subject`."""

    recipient: Party | None = None


class LettreLibreOptionsSchema(LetterOptionsSchema):
    """Options of a free letter: `recipient`, `subject` and `body_note` are needed."""

    makes: ClassVar[Any] = LettreLibreOptions

    recipient = One(PartySchema, "To whom the letter goes: needed.")
