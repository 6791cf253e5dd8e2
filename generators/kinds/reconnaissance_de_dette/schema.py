"""Options of an acknowledgment of debt."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from generators.fields import One, PercentField, WholeNumber
from generators.instalment_schema import Instalments
from generators.options import (
    MOST_DEADLINE_DAYS,
    ActOptions,
    ActOptionsSchema,
    SignatorySchema,
)
from law.instalments import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgmentOptions(ActOptions):
    """How the debt acknowledged is to be paid.

    Attributes:
        instalments: None when it is due as it was.
        interest_rate: Yearly rate agreed on the principal, from the day of the act.
        originals: How many are made; absent: one for each party.
    """

    instalments: Plan | None = None
    interest_rate: Decimal | None = None
    payment_deadline_days: int | None = None
    originals: int = 2


class AcknowledgmentOptionsSchema(ActOptionsSchema):
    """Options of an acknowledgment of debt."""

    makes: ClassVar[Any] = AcknowledgmentOptions

    signatory = One(
        SignatorySchema, "Who signs for the debtor; absent: its legal representative, or itself."
    )
    instalments = Instalments(
        "Each instalment with its day and sum, adding up to the debt, or so many equal monthly"
        " ones; absent: the debt is due as it was."
    )
    interest_percent = PercentField(
        "Yearly rate agreed on the principal from the day of the act, in percent.",
        attribute="interest_rate",
        above=True,
        example="3.00",
    )
    payment_deadline_days = WholeNumber(
        "Days that a formal notice leaves, after a missed instalment, before the plan is lost.",
        least=1,
        most=MOST_DEADLINE_DAYS,
        example=15,
    )
    originals = WholeNumber(
        "How many originals are made; absent: two, one for each party.",
        least=1,
        most=10,
        example=2,
    )
