"""Problems as the description of the API shows them (RFC 9457)."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields


class ProblemFaultSchema(Schema):
    """One thing wrong in the request."""

    pointer = fields.String(
        required=True,
        metadata={
            "description": "JSON pointer into the body, or `/name` of a query key; empty for all.",
            "example": "/case/claims/0/due_on",
        },
    )
    code = fields.String(required=True, metadata={"example": "due-before-issue"})
    detail = fields.String(
        required=True, metadata={"description": "In French for a check of law, else in English."}
    )
    article = fields.String(metadata={"description": "Legal basis, for a check of law."})
    part = fields.String(
        metadata={
            "description": "Of a Word file: `document`, `header1`…; empty for the whole.",
            "example": "document",
        }
    )
    paragraph = fields.Integer(
        allow_none=True,
        metadata={"description": "Of that part, from 1; null when the fault is in none."},
    )
    text = fields.String(metadata={"description": "The text there, as Word shows it."})
    hint = fields.String(metadata={"description": "What to do."})


class CommuneSchema(Schema):
    """A commune to choose."""

    insee_code = fields.String(required=True, metadata={"example": "01410"})
    name = fields.String(required=True, metadata={"example": "Mijoux"})


class ProblemSchema(Schema):
    """What went wrong; some types tell more, in members of their own."""

    class Meta:
        """Read by marshmallow, and by apispec for `additionalProperties`."""

        unknown = INCLUDE

    type = fields.String(
        required=True,
        metadata={
            "description": "Stable address of the explanation; ends in the code of the error.",
            "example": "/problems/legal-check-failed",
        },
    )
    title = fields.String(required=True)
    status = fields.Integer(metadata={"example": 422})
    detail = fields.String(required=True)
    instance = fields.String(metadata={"example": "/v1/acts"})
    errors = fields.List(fields.Nested(ProblemFaultSchema))
    communes = fields.List(
        fields.Nested(CommuneSchema),
        metadata={"description": "Of `ambiguous-postal-code`: give the INSEE code of one."},
    )
