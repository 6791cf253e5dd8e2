"""Options of a mandate to a collection agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from generators.faults import Contradiction, Message
from generators.fields import (
    Cents,
    Choice,
    CivilDate,
    FactsSchema,
    Flag,
    One,
    PercentField,
    Text,
    WholeNumber,
    choices,
)
from generators.options import ActOptions, ActOptionsSchema, Signatory, SignatorySchema
from generators.schema_base import Reading

MandateType = Literal["special", "framework"]
_MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """How the pay of the agency is set, which the creditor bears."""

    success_rate: Decimal | None = None
    fixed_cents: int | None = None
    terms: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """The insurance that covers the agency's liability to the creditor."""

    insurer: str
    policy: str | None = None
    ceiling_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remittance:
    """How the funds collected come to the creditor."""

    within_days: int | None = None
    terms: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkContract:
    """An earlier contract that holds what the mandate does not repeat."""

    reference: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateOptions(ActOptions):
    """What creditor and agency agree on.

    Attributes:
        mandate_type: None: special when the case has claims, framework when it has none.
        framework: Contract to which a special mandate refers.
        may_grant_time: Whether the agency may agree to instalments by itself.
        informs_of_offers: Whether it tells the creditor of each offer of a debtor.
        duration_months: None for no fixed term.
    """

    mandate_type: MandateType | None = None
    framework: FrameworkContract | None = None
    fees: Fees | None = None
    guarantee: Guarantee | None = None
    remittance: Remittance | None = None
    may_grant_time: bool = False
    informs_of_offers: bool = True
    duration_months: int | None = None
    notice_days: int = 30
    originals: int = 2
    agency_signatory: Signatory | None = None


class FeesSchema(FactsSchema):
    """The pay of the agency: a share of what it collects, a sum for each file, or in words."""

    makes: ClassVar[Any] = Fees

    success_percent = PercentField(
        "Share of the sums collected, in percent, without VAT.",
        attribute="success_rate",
        above=True,
        example="12.00",
    )
    fixed_amount = Cents("Sum for each file, without VAT.", attribute="fixed_cents")
    terms = Text("Other terms, as printed.", most=_MOST_WORDS)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """At least one way to set the pay."""
        if not any(reading.given.get(key) for key in ("success_percent", "fixed_amount", "terms")):
            yield ("success_percent",), Message("missing", "The pay must be set in some way.")


class GuaranteeSchema(FactsSchema):
    """The insurance of the agency's liability."""

    makes: ClassVar[Any] = Guarantee

    insurer = Text("Insurer.", most=200, required=True, example="Assurances Fictives SA")
    policy = Text("Number of the policy.", most=100, example="RC-2026-118")
    ceiling = Cents("Ceiling of the guarantee.", attribute="ceiling_cents")


class RemittanceSchema(FactsSchema):
    """How the funds collected come to the creditor."""

    makes: ClassVar[Any] = Remittance

    within_days = WholeNumber(
        "Days from actual collection; absent: one month, as the law has it.",
        least=1,
        most=366,
        example=15,
    )
    terms = Text("Other terms, as printed.", most=_MOST_WORDS)


class FrameworkContractSchema(FactsSchema):
    """A framework contract signed before."""

    makes: ClassVar[Any] = FrameworkContract

    reference = Text("What it is called.", most=300, required=True, example="Convention C-118")
    signed_on = CivilDate("Day of signature.", required=True, example="2026-03-01")


class MandateOptionsSchema(ActOptionsSchema):
    """Options of a mandate to a collection agency."""

    makes: ClassVar[Any] = MandateOptions

    mandate_type = Choice(
        choices(MandateType),
        "Whether it is for the claims of the case, or for those to be handed over; absent: as the"
        " case has claims or none.",
    )
    framework = One(FrameworkContractSchema, "Contract to which a special mandate refers.")
    fees = One(FeesSchema, "How the pay of the agency is set, which the creditor bears.")
    guarantee = One(GuaranteeSchema, "Insurance of the agency's liability to the creditor.")
    remittance = One(
        RemittanceSchema, "How the funds come to the creditor; absent: within one month."
    )
    may_grant_time = Flag("Whether the agency may agree to instalments by itself.", default=False)
    informs_of_offers = Flag(
        "Whether it tells the creditor of each offer other than payment at once.", default=True
    )
    duration_months = WholeNumber(
        "Months for which it is given; absent: no fixed term.", least=1, most=120, example=12
    )
    notice_days = WholeNumber(
        "Days of notice to end it; absent: 30.", least=1, most=366, example=30
    )
    originals = WholeNumber("How many originals are made; absent: 2.", least=2, most=10, example=2)
    signatory = One(
        SignatorySchema, "Who signs for the creditor; absent: its legal representative, or itself."
    )
    agency_signatory = One(
        SignatorySchema, "Who signs for the agency; absent: its legal representative."
    )
