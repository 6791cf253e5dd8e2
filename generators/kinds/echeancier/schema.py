"""Options of a payment plan letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from generators.agency_options import AgencyLetterOptions, AgencyLetterOptionsSchema
from generators.fields import Flag, WholeNumber
from generators.instalment_schema import Instalments
from generators.options import MOST_DEADLINE_DAYS
from law.instalments import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions(AgencyLetterOptions):
    """How the debt is to be paid.

    Attributes:
        interest_continues: Whether interest goes on during the plan, to be settled after it.
    """

    instalments: Plan
    interest_continues: bool = False


class PlanOptionsSchema(AgencyLetterOptionsSchema):
    """Options of a payment plan letter."""

    makes: ClassVar[Any] = PlanOptions

    instalments = Instalments(
        "Each instalment with its day and sum, adding up to the debt; or so many equal monthly"
        " ones, the last of which takes the cents left over. Days move to working days.",
        required=True,
    )
    interest_continues = Flag(
        "Whether interest goes on during the plan, to be settled after it; never for a consumer.",
        default=False,
    )
    payment_deadline_days = WholeNumber(
        "Days that a formal notice leaves, after a missed instalment, before the plan is lost.",
        least=1,
        most=MOST_DEADLINE_DAYS,
        example=15,
    )
