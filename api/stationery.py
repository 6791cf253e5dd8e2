"""A cabinet's stationery: logo, colour and foot on the templates of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.bodies import json_request
from api.files import BINARY, HASH, PDF, PNG, file_answer
from api.instants import Instant
from api.requests import actor
from api.schemas import SHA256, AuthorSchema, constant
from api.templates import pdf_preview
from generators.drafting import template_source
from generators.registry import act_kind
from generators.render import compiled
from generators.stationery import Stationery
from generators.stationery_schema import StationerySchema as RequestSchema
from generators.template_cases import template_cases
from jobs import templates as own
from storage.drafts import get_content
from storage.stationeries import StationeryMissing, StationeryVersion, newest_stationery

blp = Blueprint("stationery", __name__, description="A cabinet's logo, colour and foot of page.")


class LogoSchema(Schema):
    """The logo in use; give its hash to keep it."""

    sha256 = fields.String(required=True, metadata=SHA256)
    alt = fields.String(required=True)
    url = fields.String(required=True)
    width = fields.Integer(required=True, metadata={"description": "In points of the picture."})
    height = fields.Integer(required=True)


class StationerySchema(Schema):
    """The stationery in use."""

    object = constant("stationery")
    version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Null as long as there never was one."},
    )
    accent_color = fields.String(required=True, allow_none=True, metadata={"example": "#0B5D3B"})
    footer_lines = fields.List(fields.String(), required=True)
    logo = fields.Nested(LogoSchema, required=True, allow_none=True)
    created_by = fields.Nested(AuthorSchema, required=True, allow_none=True)
    created_at = Instant(required=True, allow_none=True)


class PreviewQuery(Schema):
    """Which act is shown."""

    kind = fields.String(required=True, metadata={"description": "Slug of the kind of act."})


@blp.route("/stationery")
class StationeryInUse(MethodView):
    """The stationery in use."""

    @requires("acts:read", "templates:write")
    @blp.response(200, StationerySchema)
    def get(self) -> Mapping[str, Any]:
        """Read the stationery in use."""
        return _json(_newest())

    @requires("templates:write")
    @json_request("StationeryRequest")
    @takes_headers("MinutierActor")
    @blp.response(200, StationerySchema)
    def put(self, body: dict[str, Any]) -> Mapping[str, Any]:
        """Use a stationery for the acts accepted from now on; it replaces all of the one before.

        It is put on the templates of the house, not on a template of your own. The colour must be
        dark enough to be read. The logo is drawn again, so that nothing but its picture is kept;
        `sha256` instead of `content` keeps the one in use.
        """
        wanted = RequestSchema().load(body)
        return _json(own.put_stationery(services(), principal(), wanted, actor=actor()))

    @requires("templates:write")
    @takes_headers("MinutierActor")
    @blp.response(200, StationerySchema)
    def delete(self) -> Mapping[str, Any]:
        """Go back to the stationery of the house."""
        own.drop_stationery(services(), principal(), actor=actor())
        return _json(_newest())


@blp.route("/stationery/logo.png")
class LogoFile(MethodView):
    """The logo in use."""

    @requires("acts:read", "templates:write")
    @may_answer(404)
    @blp.response(200, BINARY, content_type=PNG, headers=HASH)
    @blp.alt_response(304, description="You have it.")
    def get(self) -> Response:
        """Look at the logo in use, as it was drawn again."""
        newest = _newest()
        logo = Stationery.of_content(newest.content).logo if newest and newest.content else None
        if newest is None or logo is None:
            raise StationeryMissing("there is no logo")
        data = get_content(services().drafts, newest.tenant_id, logo.sha256)
        return file_answer(data, PNG, "logo.png", sha256=logo.sha256, inline=True)


@blp.route("/stationery/preview.pdf")
class StationeryPreview(MethodView):
    """An act on the stationery in use."""

    @requires("acts:read", "templates:write")
    @may_answer(404, 422)
    @blp.arguments(PreviewQuery, location="query")
    @blp.response(200, BINARY, content_type=PDF, headers=HASH)
    @blp.alt_response(304, description="You have it.")
    def get(self, query: dict[str, Any]) -> Response:
        """Look at the example of a kind on the stationery in use; a worker makes the PDF."""
        kind = act_kind(query["kind"])
        newest, master = _newest(), template_source(kind)
        if newest is not None:
            master = own.dressed(services(), newest, master)
        example = template_cases(kind, services().rates()).trials[0]
        docx = compiled(master).fill(example.context).docx
        return pdf_preview(kind, docx, f"{kind.title} (papier à en-tête).pdf")


def _newest() -> StationeryVersion | None:
    with services().database.reading() as tx:
        return newest_stationery(tx, principal().tenant_id)


def _json(version: StationeryVersion | None) -> Mapping[str, Any]:
    content = version.content if version else None
    used = Stationery.of_content(content) if content else Stationery()
    logo = used.logo
    return {
        "version": version.number if version else None,
        "accent_color": f"#{used.accent_color}" if used.accent_color else None,
        "footer_lines": list(used.footer_lines),
        "logo": {
            "sha256": logo.sha256,
            "alt": logo.alt,
            "url": "/v1/stationery/logo.png",
            "width": logo.width,
            "height": logo.height,
        }
        if logo
        else None,
        "created_by": {"key_id": version.key_id, "actor": version.actor_name} if version else None,
        "created_at": version.created_at if version else None,
    }
