"""Published rates: what is known, from which source, with which doubt; adding the next one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.instants import Instant
from api.requests import actor
from api.schemas import AuthorSchema, constant
from generators.faults import Contradiction, Message
from generators.fields import CivilDate, FactsSchema, PercentField
from generators.schema_base import Reading
from generators.texts import Text
from jobs.rates import Author, add_rate
from law.half_years import label
from law.publication import (
    KnownRate,
    known_rates,
    next_half_year,
    packaged_source,
    series_note,
)
from law.rates import ECB, SERIES, PublishedRate, RateTables
from storage import rates
from storage.keys import Principal
from storage.rates import AddedRate

blp = Blueprint(
    "rates", __name__, description="The published rates that interest is computed with."
)

_SERIES = {"enum": list(SERIES), "example": ECB}
_PERIOD = {"description": "Half-year, or year before 2015.", "example": "2026-S2"}
_EXAMPLE = {
    "percent": "2.40",
    "source": "Décision de la BCE, taux applicable à compter du 17 juin 2026",
    "published_on": "2026-06-11",
    "effective_on": "2026-06-17",
}


class NewRateSchema(FactsSchema):
    """A rate as it was published."""

    percent = PercentField("The rate in percent, at most 4 decimals.", required=True)
    source = Text(
        "Where it was published, as a statement may quote it: the order, or the decision.",
        most=300,
        required=True,
        example="Arrêté du 26 juin 2026, JO du 30 juin 2026",
    )
    source_url = Text("Address of the publication.", most=500)
    published_on = CivilDate("Day of the publication.", required=True)
    effective_on = CivilDate(
        "ECB series only: day from which the rate was in force, if known; on or before the "
        "first day of the half-year."
    )
    doubt = Text(
        "Why the value is not certain, in French; each statement that uses it will warn.", most=500
    )

    def contradictions(self, found: Reading) -> Iterator[Contradiction]:
        """An address is one of the web."""
        url = found.get("source_url")
        if url is not None and not url.startswith(("https://", "http://")):
            yield ("source_url",), Message("invalid-url", "An address begins with https://.")


class AdditionSchema(Schema):
    """How a rate that is not packaged came in."""

    at = Instant(required=True)
    by = fields.Nested(
        AuthorSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Null to other cabinets' keys, and if added on the console."},
    )
    published_on = fields.Date(required=True)


class RateSchema(Schema):
    """A rate of one period; a statement computes with it."""

    object = constant("rate")
    series = fields.String(required=True, metadata=_SERIES)
    period = fields.String(required=True, metadata=_PERIOD)
    percent = PercentField("Rate in percent.", attribute="rate", required=True, example="2.40")
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True)
    in_force_since = fields.Date(
        required=True,
        allow_none=True,
        metadata={
            "description": "ECB series: since when it had been in force on `valid_from`, if known."
        },
    )
    source = fields.String(required=True, metadata={"description": "In French."})
    source_url = fields.String(required=True, allow_none=True)
    doubt = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why it is not certain, in French; statements warn of it."},
    )
    origin = fields.String(required=True, metadata={"enum": ["packaged", "added"]})
    added = fields.Nested(AdditionSchema, required=True, allow_none=True)


class SeriesSchema(Schema):
    """A series of published rates."""

    object = constant("rate_series")
    series = fields.String(required=True, metadata=_SERIES)
    label = fields.String(required=True, metadata={"description": "In French."})
    article = fields.String(required=True, metadata={"description": "What makes it count."})
    complete_until = fields.Date(
        required=True, metadata={"description": "Last day for which a rate is known."}
    )
    next_period = fields.String(
        required=True,
        metadata={"description": "The first that is missing.", "example": "2027-S1"},
    )
    doubts = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "What is uncertain or not known yet, in French."},
    )
    periods = fields.List(
        fields.Nested(RateSchema), required=True, metadata={"description": "Oldest first."}
    )


class RatesSchema(Schema):
    """All series; they are few, and so come in one page."""

    data = fields.List(fields.Nested(SeriesSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


_RATE_EXAMPLE = {
    "object": "rate",
    "series": ECB,
    "period": "2026-S2",
    "percent": "2.40",
    "valid_from": "2026-07-01",
    "valid_to": "2026-12-31",
    "in_force_since": "2026-06-17",
    "source": "Taux de la BCE en vigueur depuis le 17 juin 2026",
    "source_url": "https://rates.example/2026-06-17",
    "doubt": None,
    "origin": "packaged",
    "added": None,
}
_RATES_EXAMPLE = {
    "data": [
        {
            "object": "rate_series",
            "series": ECB,
            "label": "Taux de refinancement de la BCE (opérations principales)",
            "article": SERIES[ECB],
            "complete_until": "2026-12-31",
            "next_period": "2027-S1",
            "doubts": [],
            "periods": [_RATE_EXAMPLE],
        }
    ],
    "next_cursor": None,
}


@blp.route("/rates")
class Rates(MethodView):
    """All series of rates."""

    @requires()
    @blp.response(200, RatesSchema, example=_RATES_EXAMPLE)
    def get(self) -> dict[str, Any]:
        """Read the rates: every period with its source, and what is uncertain.

        `rate-unknown` names a series and a period of this list: nothing is computed beyond it.
        """
        tables = services().rates()
        with services().database.reading() as tx:
            additions = {(row.rate.series, row.rate.period): row for row in rates.added(tx)}
        found = [_series_json(tables, series, additions, principal()) for series in SERIES]
        return {"data": found, "next_cursor": None}


@blp.route("/rates/<series>/<period>")
class Rate(MethodView):
    """One rate."""

    @requires("admin")
    @may_answer(404, 409, 422)
    @takes_headers("MinutierActor")
    @blp.arguments(NewRateSchema, example=_EXAMPLE)
    @blp.response(201, RateSchema, example={**_RATE_EXAMPLE, "period": "2027-S1"})
    @blp.alt_response(200, schema=RateSchema, example=_RATE_EXAMPLE)
    def put(self, body: dict[str, Any], series: str, period: str) -> Response:
        """Add a published rate.

        It counts at once, for every cabinet of this service, and is never changed: 201 when it
        is new, 200 when the same rate is known, 409 when another one is. The period is the
        series' `next_period`, and begins in two months at most. Who added it, and when, is kept.
        """
        caller = principal()
        author = Author(tenant_id=caller.tenant_id, key_id=caller.key_id, name=actor())
        new = PublishedRate(
            series=series,
            period=period,
            rate=body["percent"],
            source=body["source"],
            source_url=body.get("source_url"),
            published_on=body["published_on"],
            effective_on=body.get("effective_on"),
            doubt=body.get("doubt"),
        )
        database = services().database
        known, is_new = add_rate(database, new, author, now=services().now)
        with database.reading() as tx:
            additions = {(row.rate.series, row.rate.period): row for row in rates.added(tx)}
        found = _rate_json(known, additions.get((series, period)), caller)
        return answer_of(RateSchema(), found, 201 if is_new else 200).response()


def _series_json(
    tables: RateTables,
    series: str,
    additions: dict[tuple[str, str], AddedRate],
    caller: Principal,
) -> dict[str, Any]:
    note, known = series_note(series), known_rates(tables, series)
    doubts = [f"{rate.period}\u00a0: {rate.doubt}" for rate in known if rate.doubt]
    if known[-1].published is None:
        doubts.append(note.beyond)
    return {
        "series": series,
        "label": note.label,
        "article": note.article,
        "complete_until": known[-1].last_on,
        "next_period": label(next_half_year(tables, series)),
        "doubts": doubts,
        "periods": [
            _rate_json(rate, additions.get((series, rate.period)), caller) for rate in known
        ],
    }


def _rate_json(known: KnownRate, addition: AddedRate | None, caller: Principal) -> dict[str, Any]:
    published = known.published
    return {
        "series": known.series,
        "period": known.period,
        "rate": known.rate,
        "valid_from": known.first_on,
        "valid_to": known.last_on,
        "in_force_since": known.in_force_since,
        "source": published.source if published else packaged_source(known),
        "source_url": known.source_url,
        "doubt": known.doubt,
        "origin": "added" if published else "packaged",
        "added": _addition_json(addition, caller) if published and addition else None,
    }


def _addition_json(addition: AddedRate, caller: Principal) -> dict[str, Any]:
    """How it came in; another cabinet is not told by which of a cabinet's people."""
    may_see = addition.tenant_id == caller.tenant_id and addition.key_id is not None
    by = {"key_id": addition.key_id, "actor": addition.actor_name} if may_see else None
    return {"at": addition.added_at, "by": by, "published_on": addition.rate.published_on}
