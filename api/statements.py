"""Computing without storing: statements, limitation, the checks of law before an act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, Final

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields

from api.auth import principal, requires
from api.blueprint import Blueprint, also_as, may_answer, services
from api.bodies import json_request
from api.files import DOCX, JSON, PDF, disposition, safe_name
from api.requests import negotiated
from api.schemas import CheckSchema
from core.clock import PARIS, civil_day
from generators import pdf
from generators.decompte import decompte
from generators.limitation_schema import ClaimLimitation, LimitationsSchema
from generators.request import load_request, load_statement_request
from generators.statement_schema import StatementSchema
from generators.statement_xlsx import XLSX, statement_xlsx
from jobs.attachments import with_terms
from jobs.conversion import convert_and_wait
from law.case import Case
from law.findings import Check
from law.french import typographic
from law.limitation import limitation
from law.rates import RateTables
from law.statement import Statement, statement

_FILES = {XLSX: "xlsx", DOCX: "docx", PDF: "pdf"}

blp = Blueprint("statements", __name__, description="Computing and checking, nothing stored.")


LIMITATIONS: Final[Mapping[str, Any]] = {
    "as_of": "2026-11-24",
    "claims": [
        {
            "claim_id": "c1",
            "outcome": "near",
            "article": "art. L. 110-4 C. com.",
            "months": 60,
            "starts_on": "2022-01-10",
            "last_day": "2027-01-10",
            "ends_on": "2027-01-11",
            "interrupted_on": None,
            "is_title": False,
            "if_confirmed_on": "2030-03-03",
            "others": [],
            "doubts": [],
            "notes": [
                typographic(
                    "Une promesse ou un échéancier peut valoir reconnaissance de la dette et "
                    "interrompre la prescription (art. 2240 C. civ.) : à confirmer, non compté."
                ),
                typographic(
                    "Une médiation ou une conciliation convenue, ou l'accord du débiteur à la "
                    "procédure simplifiée (art. L. 125-1 CPCE), suspend la prescription (art. 2238 "
                    "C. civ.) : non compté."
                ),
            ],
        }
    ],
}


class ChecksSchema(Schema):
    """The checks of law of a request; `outcome` is the worst of them."""

    outcome = fields.String(required=True, metadata={"enum": ["pass", "warn", "refuse"]})
    checks = fields.List(fields.Nested(CheckSchema), required=True)


@blp.route("/statements")
class Statements(MethodView):
    """The *décompte* of a case."""

    @requires("acts:read", "acts:write")
    @json_request("StatementRequest")
    @may_answer(406, 422)
    @blp.response(200, StatementSchema)
    @also_as(*_FILES)
    def post(self, body: dict[str, Any]) -> Statement | Response:
        """Compute the statement of a case as of a day.

        Nothing is stored. Without `as_of` the day is today in Paris. `Accept` chooses the form:
        JSON, or the *décompte* as a file: a workbook (XLSX) for accountants, Word or PDF/A as an
        exhibit. Word and PDF do not print the warnings: `Minutier-Warnings` holds their codes. A
        worker makes the PDF; 503 `conversion-late` when none does in time.
        """
        form = negotiated((JSON, *_FILES))
        wanted = load_statement_request(body, today=civil_day(services().now()))
        case, rates = wanted.case, services().rates()
        found = statement(case, wanted.as_of, rates)
        if form == JSON:
            return found
        return _file(form, case, found, rates)


@blp.route("/limitations")
class Limitations(MethodView):
    """Until when the claims of a case may be sued for."""

    @requires("acts:read", "acts:write")
    @json_request("StatementRequest")
    @may_answer(422)
    @blp.response(200, LimitationsSchema, example=LIMITATIONS)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Compute the limitation of every claim of a case.

        Nothing is stored. Only what the law says interrupts is counted; `if_confirmed_on` tells
        where the rest would lead. Without `as_of` the day is today in Paris.
        """
        wanted = load_statement_request(body, today=civil_day(services().now()))
        case, as_of = wanted.case, wanted.as_of
        limits = [ClaimLimitation(one, limitation(case, one, as_of)) for one in case.claims]
        return {"as_of": as_of, "claims": limits}


@blp.route("/checks")
class Checks(MethodView):
    """The checks of law of an act to be."""

    @requires("acts:read", "acts:write")
    @json_request("ActRequest")
    @may_answer(422)
    @blp.response(200, ChecksSchema)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Run the checks of law of a request for an act.

        Nothing is stored. The body is that of `POST /v1/acts`, which would be refused with
        `legal-check-failed` if `outcome` is `refuse`.
        """
        body = with_terms(services(), principal().tenant_id, body)
        request = load_request(body, today=civil_day(services().now()))
        found = request.kind.checks(request.facts, services().rates())
        return {"outcome": worst(found), "checks": found}


def _file(form: str, case: Case, found: Statement, rates: RateTables) -> Response:
    """A statement as a file; what it does not print is told by a header."""
    name = safe_name(f"Décompte - {case.reference} - {found.as_of}")
    answer = Response(_content(form, case, found, rates), content_type=form)
    answer.headers["Content-Disposition"] = disposition(f"{name}.{_FILES[form]}")
    answer.headers["Minutier-Warnings"] = ", ".join(
        sorted({warning.code for warning in found.warnings})
    )
    answer.vary.add("Accept")
    return answer


def _content(form: str, case: Case, found: Statement, rates: RateTables) -> bytes:
    if form == XLSX:
        return statement_xlsx(case, found, rates)
    made = decompte(case, found, rates)
    if form == DOCX:
        return made.docx
    exported = convert_and_wait(services(), principal().tenant_id, made.docx)
    return pdf.finish(
        exported,
        title=made.title,
        author=made.author,
        subject=made.subject,
        language="fr-FR",
        created_at=datetime.combine(found.as_of, time(), tzinfo=PARIS).astimezone(UTC),
    )


def worst(checks: Sequence[Check]) -> str:
    """The worst outcome of some checks."""
    outcomes = {check.outcome for check in checks}
    return next((name for name in ("refuse", "warn") if name in outcomes), "pass")
