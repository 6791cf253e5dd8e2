"""What certificates share: who certifies, of whom, on which day, after which steps, as values.

A certificate is no letter: it has no recipient and claims nothing. Texts of a case come out as
they came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from generators.letters import printed_name, sender
from generators.options import ActOptions
from law.case import Case, Channel, Party, RepresentativeRole, StepType
from law.french import date_courte, date_unbroken, typographic

STEPS: Final[Mapping[StepType, str]] = {
    "reminder": "Relance",
    "formal_notice": "Mise en demeure",
    "phone_call": "Appel téléphonique",
    "visit": "Visite",
    "undeliverable": "Pli non distribué",
    "tracing": "Recherche",
    "promise_to_pay": "Promesse de paiement",
    "payment_plan": "Échéancier",
    "dispute": "Contestation",
    "court_order": "Décision de justice",
    "service": "Signification",
    "enforcement": typographic("Mesure d'exécution"),
    "other": "Démarche",
}
CHANNELS: Final[Mapping[Channel, str]] = {
    "letter": "Courrier",
    "registered_letter": "Lettre recommandée",
    "electronic_registered_letter": "Lettre recommandée électronique",
    "email": "Courrier électronique",
    "sms": "SMS",
    "phone": "Téléphone",
    "in_person": "Sur place",
    "court": "Voie judiciaire",
}
CAPACITIES: Final[Mapping[RepresentativeRole, str]] = {
    "collection_agency": typographic(
        "société de recouvrement amiable pour le compte d'autrui (articles R. 124-1 et suivants du"
        " Code des procédures civiles d'exécution)"
    ),
    "lawyer": "avocat",
    "commissaire_de_justice": "commissaire de justice",
}


def place_and_date(options: ActOptions, issuer: Party, as_of: date) -> str:
    """``Lyon, le 22 novembre 2026``: the issuer's town unless another place is said."""
    place = options.place or issuer.address.city
    return f"{place}, le {date_unbroken(options.letter_date or as_of)}"


def issuer_values(issuer: Party) -> dict[str, Any]:
    """Who certifies, as the head of the sheet bears it (``name`` and ``lines``), on few lines."""
    head = sender(issuer)
    address = [*issuer.address.lines, f"{issuer.address.postal_code} {issuer.address.city}"]
    rest = [line for line in head["lines"] if line not in address]
    at = 1 if len(rest) < len(head["lines"]) and issuer.legal_form else 0
    lines = [*rest[:at], ", ".join(address), *rest[at:]] if len(rest) < len(head["lines"]) else rest
    return {"name": head["name"], "lines": lines}


def signatory_of(issuer: Party, options: ActOptions) -> dict[str, Any]:
    """Who signs for the issuer: the person named, else its representative, else itself."""
    person = options.signatory or issuer.legal_representative
    if person is None:
        return {"name": printed_name(issuer), "capacity": None, "on_behalf_of": None}
    by_oneself = issuer.display_name in person.name
    return {
        "name": person.name,
        "capacity": person.capacity,
        "on_behalf_of": None if by_oneself else printed_name(issuer),
    }


def attestation_properties(
    case: Case, issuer: Party, options: ActOptions, as_of: date, *, title: str
) -> dict[str, str]:
    """What the Word file and the PDF say of themselves."""
    return {
        "title": f"{title} \u2013 {case.reference}",
        "subject": f"{title} \u2013 {printed_name(case.debtor)}" if case.debtor else title,
        "author": issuer.display_name,
        "language": "fr-FR",
        "date": (options.letter_date or as_of).isoformat(),
    }


def step_rows(case: Case, as_of: date) -> list[dict[str, str]]:
    """Every step up to a day, in order of date, with its means, reference and outcome."""
    past = sorted((step for step in case.steps if step.on <= as_of), key=lambda step: step.on)
    return [
        {
            "date": date_courte(step.on),
            "what": STEPS[step.type],
            "means": CHANNELS[step.channel] if step.channel else "\u2013",
            "reference": step.reference or "\u2013",
            "outcome": step.outcome or "\u2013",
        }
        for step in past
    ]
