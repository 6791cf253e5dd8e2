"""The kinds of act: what they are, what they take, an example of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from api.auth import requires
from api.blueprint import Blueprint, may_answer
from api.paging import page_of
from api.schemas import constant
from generators.json_schema import json_schema
from generators.kind import ActKind
from generators.registry import act_kind, act_kinds
from generators.render import load_template

blp = Blueprint("kinds", __name__, description="What acts can be made, from what, on what basis.")


class AnswerFormSchema(Schema):
    """What a question takes for an answer."""

    type = fields.String(required=True, metadata={"enum": ["yes_no", "number", "choice"]})
    choices = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "The answers it takes, null for a number."},
    )
    unit = fields.String(required=True, allow_none=True)


class QuestionSchema(Schema):
    """A question to the client, in French."""

    id = fields.String(required=True, metadata={"description": "Key of its answer."})
    text = fields.String(required=True)
    area = fields.String(required=True)
    answer = fields.Nested(AnswerFormSchema, required=True)


class KindSchema(Schema):
    """A kind of act, complete enough to build a form for it."""

    kind = fields.String(required=True, metadata={"example": "mise_en_demeure"})
    object = constant("kind")
    title = fields.String(required=True, metadata={"description": "As printed, in French."})
    legal_basis = fields.List(fields.String(), required=True)
    senders = fields.List(
        fields.String(), required=True, metadata={"description": "Who may send it."}
    )
    case_schema = fields.Dict(
        required=True, metadata={"description": "JSON Schema (2020-12) of `case`."}
    )
    options_schema = fields.Dict(
        required=True, metadata={"description": "JSON Schema (2020-12) of `options`."}
    )
    template_version = fields.String(
        required=True, metadata={"description": "SHA-256 of the Word template in use."}
    )
    retention_class = fields.String(required=True)
    questions = fields.List(
        fields.Nested(QuestionSchema),
        required=True,
        metadata={"description": "What the kind asks; answers go into its options."},
    )
    example = fields.Dict(
        required=True, metadata={"description": "A complete body for `POST /v1/acts`."}
    )


@blp.route("/kinds")
class Kinds(MethodView):
    """All kinds of act."""

    @requires()
    @blp.response(200, page_of(KindSchema, "KindPage"))
    def get(self) -> dict[str, Any]:
        """List the kinds of act; they are few, and so come in one page.

        Each with its legal basis, the JSON Schemas of `case` and `options`, and an example.
        """
        return {"data": [kind_json(slug) for slug in sorted(act_kinds())], "next_cursor": None}


@blp.route("/kinds/<kind>")
class Kind(MethodView):
    """One kind of act."""

    @requires()
    @may_answer(404)
    @blp.response(200, KindSchema)
    def get(self, kind: str) -> Mapping[str, Any]:
        """Read a kind of act."""
        return kind_json(act_kind(kind).slug)


@functools.cache
def kind_json(slug: str) -> Mapping[str, Any]:
    """A kind for `KindSchema`; kinds do not change while a process lives."""
    kind: ActKind = act_kind(slug)
    return {
        "kind": kind.slug,
        "title": kind.title,
        "legal_basis": list(kind.legal_basis),
        "senders": list(kind.senders),
        "case_schema": json_schema(kind.case_schema),
        "options_schema": json_schema(kind.options_schema),
        "template_version": load_template(kind.slug).sha256,
        "retention_class": kind.retention_class,
        "questions": list(kind.questions()) if kind.questions else [],
        "example": kind.example,
    }
