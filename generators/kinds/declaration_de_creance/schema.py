"""The options of a declaration of claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from generators.fields import Choice, CivilDate, One, Text, choices
from generators.options import MOST_NOTE, ActOptions, ActOptionsSchema, Delivery
from generators.party_schema import AddressSchema
from law.case import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationOptions(ActOptions):
    """The options of a declaration.

    Attributes:
        bodacc_published_on: Day from which the time to declare runs.
        security: Privilege or security of the claim, in words; None for an ordinary claim.
        officer_address: Where the officer receives declarations.
    """

    delivery: Delivery | None = None
    bodacc_published_on: date | None = None
    bodacc_reference: str | None = None
    security: str | None = None
    officer_address: Address | None = None
    body_note: str | None = None


class DeclarationOptionsSchema(ActOptionsSchema):
    """Options of the declaration."""

    makes: ClassVar[Any] = DeclarationOptions

    delivery = Choice(choices(Delivery), "How it is sent; absent: registered letter.")
    bodacc_published_on = CivilDate(
        "Day on which the opening judgment was published in the BODACC.", example="2026-10-12"
    )
    bodacc_reference = Text("Reference of that publication.", most=100, example="A n° 198")
    security = Text(
        "Privilege or security of the claim, as printed; absent: an ordinary claim.", most=500
    )
    officer_address = One(AddressSchema, "Address of the officer who receives declarations.")
    body_note = Text("A free paragraph at the end of the facts.", most=MOST_NOTE, multiline=True)
