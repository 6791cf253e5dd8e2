"""Who issues a certificate of non-payment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from generators.fields import One
from generators.options import ActOptions, ActOptionsSchema
from generators.party_schema import PartySchema
from law.case import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOptions(ActOptions):
    """Options of the certificate.

    Attributes:
        issuer: The bank that issues it: only the drawee may.
    """

    issuer: Party | None = None


class CertificateOptionsSchema(ActOptionsSchema):
    """Options of the certificate of non-payment."""

    makes: ClassVar[Any] = CertificateOptions

    issuer = One(PartySchema, "The bank that issues it: the drawee of the cheque.")
