"""Who is to serve the certificate, and which certificate it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from generators.fields import CivilDate, FactsSchema, One, Text
from generators.options import LetterOptions, LetterOptionsSchema
from generators.party_schema import PartySchema
from law.case import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOfBank:
    """The certificate that the drawee issued."""

    issued_on: date
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOptions(LetterOptions):
    """Options of the instruction.

    Attributes:
        recipient: The commissaire de justice, when the case does not name one.
        certificate: The certificate; absent: the one among the exhibits or the steps.
    """

    recipient: Party | None = None
    certificate: CertificateOfBank | None = None


class CertificateOfBankSchema(FactsSchema):
    """The certificate that the drawee issued."""

    makes: ClassVar[Any] = CertificateOfBank

    issued_on = CivilDate("Day of the certificate.", required=True, example="2026-11-18")
    reference = Text("Its reference at the bank.", most=100)


class ServiceOptionsSchema(LetterOptionsSchema):
    """Options of the instruction to serve a certificate of non-payment."""

    makes: ClassVar[Any] = ServiceOptions

    recipient = One(PartySchema, "The *commissaire de justice*; absent: the one of the case.")
    certificate = One(
        CertificateOfBankSchema, "The certificate; absent: the one of the exhibits or steps."
    )
