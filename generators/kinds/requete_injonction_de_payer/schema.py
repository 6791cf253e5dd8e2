"""The options of an order-for-payment request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from generators.court_options import CourtOptions, CourtOptionsSchema
from generators.fields import FactsSchema, One, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOpposition:
    """What is asked should the debtor oppose (art. 1408 CPC)."""

    referral_court_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions(CourtOptions):
    """The options of a request."""

    on_opposition: OnOpposition | None = None


class OnOppositionSchema(FactsSchema):
    """Referral on opposition."""

    makes: ClassVar[Any] = OnOpposition

    referral_court_id = Text(
        "Court that the creditor holds competent, an id of `GET /v1/courts`.",
        most=100,
        required=True,
        example="tj-lyon",
    )


class RequestOptionsSchema(CourtOptionsSchema):
    """Options of the request."""

    makes: ClassVar[Any] = RequestOptions

    on_opposition = One(
        OnOppositionSchema, "Referral asked for should the debtor oppose; absent: none."
    )
