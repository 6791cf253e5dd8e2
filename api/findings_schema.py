"""What ``findings.json`` answers, for the description."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields

from api.kinds import QuestionSchema
from core.errors import NotFound
from law.cgv.rulebook import AXES, SEVERITIES


class FindingsMissing(NotFound):
    """Only some kinds of act find something; this one does not."""

    slug = "findings-missing"
    title = "The version has no findings"


_HUNDRED: Final = {"minimum": 0, "maximum": 100}
_OUTCOMES: Final = ("compliant", "non_compliant", "missing", "not_applicable", "to_verify")


class PassageSchema(Schema):
    """The client's own words: ``text[start:end] == quote``, in characters of `data.json`."""

    quote = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    clause = fields.String(required=True)


class MaxFineSchema(Schema):
    """The most that the law provides, null where it has no figure; never a prediction."""

    individual = fields.String(required=True, allow_none=True)
    company = fields.String(required=True, allow_none=True)
    currency = fields.String(required=True)


class FindingSchema(Schema):
    """What came of one rule."""

    rule_id = fields.String(required=True)
    title = fields.String(required=True)
    outcome = fields.String(required=True, metadata={"enum": list(_OUTCOMES)})
    axis = fields.String(required=True, metadata={"enum": list(AXES)})
    area = fields.String(required=True)
    severity = fields.String(required=True, metadata={"enum": list(SEVERITIES)})
    confidence = fields.String(required=True, metadata={"enum": ["high", "medium", "low"]})
    articles = fields.List(fields.String(), required=True)
    passage = fields.Nested(
        PassageSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The first of `passages`."},
    )
    passages = fields.List(fields.Nested(PassageSchema), required=True)
    answer = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The client's answer it rests on."},
    )
    disputed = fields.Boolean(
        required=True, metadata={"description": "Text and answer disagree: a lawyer decides."}
    )
    explanation = fields.String(required=True)
    sanction = fields.String(required=True)
    max_fine = fields.Nested(MaxFineSchema, required=True)
    recommendation = fields.String(required=True)
    wording = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "A clause that meets the rule; […] is to be completed."},
    )
    questions = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Questions whose answers would settle it."},
    )
    sources = fields.List(fields.String(), required=True)


class AxisScoreSchema(Schema):
    """The score of an axis, with what it counts and what it leaves out."""

    axis = fields.String(required=True, metadata={"enum": list(AXES)})
    grade = fields.String(required=True, allow_none=True, metadata={"enum": [*"ABCDE", None]})
    score = fields.Integer(required=True, allow_none=True, metadata=_HUNDRED)
    level = fields.String(required=True, allow_none=True)
    faults = fields.Integer(required=True)
    scored = fields.Integer(required=True)
    not_applicable = fields.Integer(required=True)
    to_verify = fields.Integer(required=True)


class AreaScoreSchema(Schema):
    """The score of an area of the terms, or of the receivables chain."""

    area = fields.String(required=True)
    part = fields.String(required=True, metadata={"enum": ["terms", "chain"]})
    score = fields.Integer(required=True, allow_none=True, metadata=_HUNDRED)
    level = fields.String(required=True, allow_none=True)
    faults = fields.Integer(metadata={"description": "Of the terms."})
    scored = fields.Integer(metadata={"description": "Of the terms."})
    not_applicable = fields.Integer(metadata={"description": "Of the terms."})
    to_verify = fields.Integer(metadata={"description": "Of the terms."})
    answered = fields.Integer(metadata={"description": "Of the chain."})
    asked = fields.Integer(metadata={"description": "Of the chain."})
    recommendations = fields.List(fields.String(), metadata={"description": "Of the chain."})


class AuditScoreSchema(Schema):
    """The scores; a figure is null when nothing could be scored."""

    conformity = fields.Integer(required=True, allow_none=True, metadata=_HUNDRED)
    grade = fields.String(required=True, allow_none=True, metadata={"enum": [*"ABCDE", None]})
    axes = fields.List(fields.Nested(AxisScoreSchema), required=True)
    areas = fields.List(fields.Nested(AreaScoreSchema), required=True)
    chain = fields.Integer(required=True, allow_none=True, metadata=_HUNDRED)


class FindingsSchema(Schema):
    """Every rule's outcome with its evidence."""

    as_of = fields.Date(required=True)
    score = fields.Nested(AuditScoreSchema, required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    questions = fields.List(
        fields.Nested(QuestionSchema),
        required=True,
        metadata={"description": "What is left to ask the client."},
    )


class ChangedFindingSchema(Schema):
    """A fault of one of two audits."""

    rule_id = fields.String(required=True)
    title = fields.String(required=True)
    severity = fields.String(required=True, metadata={"enum": list(SEVERITIES)})
    outcome = fields.String(required=True, metadata={"enum": list(_OUTCOMES)})
    articles = fields.List(fields.String(), required=True)
    passage = fields.Nested(PassageSchema, required=True, allow_none=True)
    explanation = fields.String(required=True)


class GradeSchema(Schema):
    """The conformity of one of two audits."""

    conformity = fields.Integer(required=True, allow_none=True, metadata=_HUNDRED)
    grade = fields.String(required=True, allow_none=True, metadata={"enum": [*"ABCDE", None]})


class ScoreChangeSchema(Schema):
    """The conformity of both audits."""

    before = fields.Nested(GradeSchema, required=True)
    after = fields.Nested(GradeSchema, required=True)


class ChangesSchema(Schema):
    """Two audits of the same terms side by side."""

    score = fields.Nested(ScoreChangeSchema, required=True)
    mended = fields.List(
        fields.Nested(ChangedFindingSchema),
        required=True,
        metadata={"description": "As they were: the rule is met now, or no longer applies."},
    )
    remaining = fields.List(fields.Nested(ChangedFindingSchema), required=True)
    unsettled = fields.List(
        fields.Nested(ChangedFindingSchema),
        required=True,
        metadata={"description": "Faults that can no longer be judged: not mended."},
    )
    new = fields.List(fields.Nested(ChangedFindingSchema), required=True)
