"""What is asked about a court, and what is answered: the words that `law.courts` speaks in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from law.case import Activity
from law.court_map import Court
from law.findings import LegalWarning

Procedure = Literal[
    "requete_injonction_de_payer", "assignation_paiement", "assignation_refere_provision"
]
Matter = Literal["contract", "consumer_credit", "residential_lease", "co_ownership"]

ORDER_FOR_PAYMENT: Final = "requete_injonction_de_payer"
TRADERS: Final[frozenset[Activity]] = frozenset({"commercial", "artisan"})
"""Whose disputes with each other go to the commercial court (art. L. 721-3 C. com.)."""
PROTECTION: Final = {
    "consumer_credit": "Crédit à la consommation",
    "residential_lease": "Bail ou occupation d'un logement",
}
"""Matters of the juge des contentieux de la protection, as a sentence names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtQuestion:
    """What the competent court depends on, beside the place.

    Attributes:
        creditor_activity: None when it is not known; ``none`` for who has no trade.
        debtor_activity: Likewise; companies commercial by their form are ``commercial``.
        amount_cents: Sum claimed; None when it is not known.
        as_of: Day of the act.
        is_bill_of_exchange: Whether the claim is that of a *lettre de change*.
    """

    procedure: Procedure
    creditor_activity: Activity | None
    debtor_activity: Activity | None
    matter: Matter = "contract"
    amount_cents: int | None
    as_of: date
    is_bill_of_exchange: bool = False

    @property
    def is_order_for_payment(self) -> bool:
        """Whether no agreement may change the court (art. 1406 CPC)."""
        return self.procedure == ORDER_FOR_PAYMENT

    @property
    def territorial_article(self) -> str:
        """What sends the claimant to the court of the debtor."""
        return "art. 1406 CPC" if self.is_order_for_payment else "art. 42 CPC"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentCourt:
    """A court that may be seised.

    Attributes:
        is_default: Whether it is the one to take when nothing else is said; of all courts of an
            answer one at most.
        reason: In French.
        article: Legal basis.
    """

    court: Court
    is_default: bool
    reason: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentCourts:
    """The courts that may be seised, the default first, and what must be known of them."""

    courts: Sequence[CompetentCourt]
    warnings: Sequence[LegalWarning]

    @property
    def default(self) -> CompetentCourt | None:
        """The court to take, or None when the facts do not tell one."""
        return self.courts[0] if self.courts and self.courts[0].is_default else None
