"""The competent court of a claim, without a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump

from api.auth import requires
from api.blueprint import Blueprint, may_answer, services
from core.clock import civil_day
from core.errors import Fault, InvalidFacts
from generators.faults import Contradiction, Message
from generators.fields import Cents, Choice, FactsSchema, InseeCode, Text, choices
from generators.schema_base import Reading
from law.case import Activity
from law.court_answers import CompetentCourt, CompetentCourts, CourtQuestion, Matter, Procedure
from law.court_map import COURT_KINDS, Commune, CourtMap
from law.courts import courts_for
from law.french import euros, typographic

blp = Blueprint("courts", __name__, description="Which court is competent, and why.")

EXAMPLE: Final[Mapping[str, Any]] = {
    "courts": [
        {
            "court_id": "tprx-dinan",
            "kind": "TPRX",
            "name": "Tribunal de proximité de Dinan",
            "address": "20 PLACE DUGUESCLIN, 22100 DINAN",
            "default": True,
            "reason": typographic(
                f"Débiteur ni commerçant ni artisan, demande de {euros(10_000_00)} au plus : "
                "tribunal de proximité de la commune."
            ),
            "article": "art. L. 212-8 et D. 212-19-1 COJ ; art. 1406 CPC",
        },
        {
            "court_id": "tj-saint-malo",
            "kind": "TJ",
            "name": "Tribunal judiciaire de Saint-Malo",
            "address": "49 AVENUE ARISTIDE BRIAND, 35400 ST MALO",
            "default": False,
            "reason": typographic(
                "Siège du même tribunal : entre lui et sa chambre, simple répartition interne."
            ),
            "article": "art. 82-1 CPC",
        },
    ],
    "warnings": [
        {
            "code": "proximity-list",
            "detail": typographic(
                "La liste des matières du tribunal de proximité (tableau IV-II) n'a pas été "
                "relue ; une erreur entre chambres d'un même tribunal se répare par simple mention."
            ),
            "article": "art. L. 212-8 et D. 212-19-1 COJ",
        }
    ],
}


class CourtQuery(FactsSchema):
    """The claim: where its debtor lives or is established, who the parties are, what is owed."""

    kind = Choice(choices(Procedure), "Kind of act.", required=True)
    insee_code = InseeCode(
        "INSEE code of the debtor's *commune* (of the building for `co_ownership`). This or "
        "`postal_code` is needed.",
        example="22050",
    )
    postal_code = Text("Its postcode, where that is enough to tell the courts.", most=16)
    creditor_activity = Choice(
        choices(Activity),
        "What the creditor does; companies commercial by their form are `commercial`.",
    )
    debtor_activity = Choice(
        choices(Activity), "What the debtor does; `none` for a consumer or a public body."
    )
    matter = Choice(choices(Matter), "Nature of the claim; absent: `contract`.")
    amount = Cents("Sum claimed.", attribute="amount_cents")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Some place is needed."""
        if not any(reading.given.get(key) for key in ("insee_code", "postal_code")):
            yield ("insee_code",), Message("missing", "insee_code or postal_code is needed.")


class CourtSchema(Schema):
    """A court that may be seised."""

    court_id = fields.String(required=True, metadata={"example": "tj-lyon"})
    kind = fields.String(
        required=True,
        metadata={
            "enum": list(COURT_KINDS),
            "description": "`TPRX` tribunal de proximité, a chamber of a tribunal judiciaire; "
            "`TAE` tribunal des activités économiques; `TMC` tribunal mixte de commerce; `TPI` "
            "tribunal de première instance.",
        },
    )
    name = fields.String(required=True)
    address = fields.String(
        required=True, allow_none=True, metadata={"description": "Null where it is not known."}
    )
    default = fields.Boolean(
        required=True,
        metadata={"description": "Whether an act that names no court goes there."},
    )
    reason = fields.String(required=True, metadata={"description": "In French."})
    article = fields.String(required=True)

    @pre_dump
    def _shape(self, found: CompetentCourt, **_: Any) -> dict[str, Any]:
        court = found.court
        return {
            "court_id": court.id,
            "kind": court.kind,
            "name": court.name,
            "address": court.address,
            "default": found.is_default,
            "reason": found.reason,
            "article": found.article,
        }


class CourtWarningSchema(Schema):
    """What must be known of the answer."""

    code = fields.String(required=True)
    detail = fields.String(required=True, metadata={"description": "In French."})
    article = fields.String(required=True, allow_none=True)


class CourtsSchema(Schema):
    """The courts that may be seised, the default first; without a default the facts tell none."""

    courts = fields.List(fields.Nested(CourtSchema), required=True)
    warnings = fields.List(fields.Nested(CourtWarningSchema), required=True)


@blp.route("/courts")
class Courts(MethodView):
    """The competent courts."""

    @requires()
    @may_answer(422)
    @blp.arguments(CourtQuery, location="query")
    @blp.response(200, CourtsSchema, example=EXAMPLE)
    def get(self, query: dict[str, Any]) -> CompetentCourts:
        """Find the court competent for a claim.

        By nature of the claim, activities of the parties, place of the debtor and sum, as the law
        stands today; `article` and `reason` say why. What is not known, or not certain, comes as a
        warning. A postcode whose communes do not share their courts is refused with
        `ambiguous-postal-code` and the communes to choose from.

        Sources: ministère de la Justice, Datainfogreffe, DILA, INSEE - Licence Ouverte 2.0.
        """
        question = CourtQuestion(
            procedure=query["kind"],
            creditor_activity=query.get("creditor_activity"),
            debtor_activity=query.get("debtor_activity"),
            matter=query.get("matter") or "contract",
            amount_cents=query.get("amount_cents"),
            as_of=civil_day(services().now()),
        )
        return courts_for(_commune(query.get("insee_code"), query.get("postal_code")), question)


def _commune(insee_code: str | None, postal_code: str | None) -> Commune:
    courts = CourtMap.load()
    if insee_code is None:
        return courts.commune_at(postal_code or "")
    commune = courts.commune(insee_code)
    if postal_code is not None and not courts.has_postal_code(commune, postal_code):
        detail = f"The postcode {postal_code} does not serve {commune.name} ({insee_code})."
        raise InvalidFacts(
            "The data are not valid; see errors.",
            faults=[Fault(pointer="/postal_code", code="contradicts-insee-code", detail=detail)],
        )
    return commune
