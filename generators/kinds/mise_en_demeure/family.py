"""Which case of the formal notice a file is: between professionals, consumer, rent, cheque."""

from __future__ import annotations

from datetime import date
from typing import Literal

from law.case import Case
from law.parameters import parameter

Family = Literal["professional", "public", "consumer", "residential_rent"]


def family_of(case: Case) -> Family:
    """By whom the debt is owed, and whether it is the rent of a home.

    Sources:
        Art. L. 441-10 C. com.; art. L. 2192-13 CCP; loi n° 89-462 of 6 July 1989.
    """
    debtor = case.debtor
    if debtor is not None and debtor.type == "public_body":
        return "public"
    if debtor is not None and debtor.is_professional:
        return "professional"
    return "residential_rent" if has_rent(case) else "consumer"


def has_rent(case: Case) -> bool:
    """Whether rent is claimed."""
    return any(claim.type == "rent" for claim in case.claims)


def has_cheques(case: Case) -> bool:
    """Whether unpaid cheques are claimed."""
    return any(claim.type == "cheque" for claim in case.claims)


def usual_deadline_days(case: Case, as_of: date) -> int:
    """Days that usage leaves: eight to a professional, fifteen to anyone else."""
    is_professional = case.debtor is None or case.debtor.is_professional
    name = "usual_deadline_days" if is_professional else "usual_consumer_deadline_days"
    return int(parameter(f"formal_notice.{name}").on(as_of).value)
