"""What a certificate of irrecoverability may be told beside the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from generators.fields import CivilDate, Text
from generators.options import ActOptions, ActOptionsSchema
from law.irrecoverability import OutsideTheCase


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOptions(ActOptions):
    """Options of the certificate.

    Attributes:
        reasoning: Sentences of the issuer on this file.
        futility: Why suing would cost more than it brings.
        issuer_particulars: What an agency says of its declaration, insurance, dedicated account.
    """

    reasoning: str | None = None
    futility: str | None = None
    claim_declared_on: date | None = None
    gazette_reference: str | None = None
    liquidation_closed_on: date | None = None
    issuer_particulars: str | None = None

    @property
    def told(self) -> OutsideTheCase:
        """What the grounds need of it."""
        return OutsideTheCase(
            liquidation_closed_on=self.liquidation_closed_on, futility=self.futility
        )


class CertificateOptionsSchema(ActOptionsSchema):
    """Options of the certificate of irrecoverability."""

    makes: ClassVar[Any] = CertificateOptions

    reasoning = Text(
        "Reasons of the issuer, in sentences on this file.", most=5_000, multiline=True
    )
    futility = Text(
        "Why a court action would cost more than it brings, with the costs and the amount: needed"
        " when neither a court nor an officer has found anything.",
        most=2_000,
        multiline=True,
    )
    claim_declared_on = CivilDate("Day on which the claim was declared in the proceedings.")
    gazette_reference = Text("Notice of the proceedings in the BODACC.", most=200)
    liquidation_closed_on = CivilDate(
        "Day of the judgment that closed the liquidation for lack of assets."
    )
    issuer_particulars = Text(
        "Declaration of activity, insurance and dedicated account of an agency, as printed.",
        most=1_000,
    )
