"""What the parties of a case are, and of what nature its claims: what decides the court."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from law.case import Activity, Claim, Party
from law.court_answers import Matter
from law.place_names import plain_place
from law.regime import regime_name

_COMMERCIAL_FORMS: Final = frozenset(
    {"SNC", "SCS", "SARL", "EURL", "SARLU", "SA", "SAS", "SASU", "SCA"}
)
_COMMERCIAL_NAMES: Final = (
    "SOCIETE EN NOM COLLECTIF",
    "SOCIETE EN COMMANDITE",
    "SOCIETE A RESPONSABILITE LIMITEE",
    "ENTREPRISE UNIPERSONNELLE A RESPONSABILITE LIMITEE",
    "SOCIETE ANONYME",
    "SOCIETE PAR ACTIONS SIMPLIFIEE",
)
_CIVIL_FORMS: Final = frozenset({"SCI", "EARL", "SCEA", "GAEC"})
_CIVIL_NAMES: Final = ("SOCIETE CIVILE", "ASSOCIATION", "EXPLOITATION AGRICOLE A RESPONSABILITE")


def activity_of(party: Party) -> Activity | None:
    """What a party does, as far as its form or its data tell; None when they do not.

    Sources:
        Art. L. 210-1 C. com.: SNC, SCS, SARL, SA, SAS, SCA are commercial whatever they do.
        Art. L. 311-1 C. rur.: EARL, SCEA, GAEC are civil.
    """
    if party.type == "individual":
        is_consumer = party.acts_as_professional is False or (
            party.acts_as_professional is None and party.activity is None
        )
        return "none" if is_consumer else party.activity
    if is_commercial_by_form(party):
        return "commercial"
    if party.activity is not None:
        return party.activity
    if party.type == "public_body" or _has_form(party, _CIVIL_FORMS, _CIVIL_NAMES):
        return "civil"
    return None


def is_commercial_by_form(party: Party) -> bool:
    """Whether a company is commercial by its form alone (art. L. 210-1 C. com.)."""
    return party.type == "company" and _has_form(party, _COMMERCIAL_FORMS, _COMMERCIAL_NAMES)


def _has_form(party: Party, acronyms: frozenset[str], names: Sequence[str]) -> bool:
    form = party.legal_form or ""
    plain = plain_place(form)
    return form.upper().replace(".", "").strip() in acronyms or plain.startswith(tuple(names))


def matter_of(creditor: Party, debtor: Party, claim: Claim) -> Matter:
    """The nature of a claim as the parties and its type tell it; co-ownership they do not."""
    if regime_name(creditor, debtor, claim) == "residential_rent":
        return "residential_lease"
    is_consumer = creditor.is_professional and not debtor.is_professional
    return "consumer_credit" if claim.type == "loan" and is_consumer else "contract"
