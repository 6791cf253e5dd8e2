"""The special power of who signs an act for the creditor, to be signed by the creditor."""

from __future__ import annotations

from typing import Any, Final

from generators.court_rules import needs_power
from generators.court_values import address_of
from generators.letters import printed_name
from generators.options import ActOptions
from law.case import Case
from law.french import date_unbroken, of_name, typographic

POWER: Final = "Pouvoir spécial du signataire"
"""What the list of exhibits calls it."""


def power_values(
    case: Case, options: ActOptions, *, to: str, against: str
) -> dict[str, str] | None:
    """The power, or None where who signs needs none.

    Args:
        case: The facts.
        options: Who signs.
        to: What it allows, of our own words: ``de présenter … contre``.
        against: Whom it bears on, as the case has the name.

    Returns:
        ``giver``, ``holder``, ``mandate``, ``scope``, and who signs it: ``name``, ``capacity``.

    Sources:
        Art. 1407, 762, 853 CPC. ADR 0131.
    """
    if not needs_power(case, options):
        return None
    creditor, agent, organ = case.creditor, case.representative, case.creditor.legal_representative
    person = organ.name if organ else printed_name(creditor)
    capacity = organ.capacity if organ and organ.capacity else ""
    name = printed_name(creditor)
    whom = f"de la société {name}" if creditor.type == "company" else of_name(name)
    if agent is not None:
        holder = [printed_name(agent.party), address_of(agent.party)]
    else:
        signatory: Any = options.signatory
        holder = [signatory.name, signatory.capacity]
    return {
        "giver": f"{person}, {capacity} {whom}" if capacity else person,
        "holder": ", ".join(filter(None, holder)),
        "mandate": (
            typographic(
                f"en exécution du mandat de recouvrement du {date_unbroken(agent.mandate_on)}"
            )
            if agent and agent.mandate_on
            else ""
        ),
        "scope": f"{typographic(to)} {against}",
        "name": person,
        "capacity": capacity,
    }


def required_of_power(power: dict[str, str] | None) -> list[str]:
    """What a power must say: who gives it, to whom, for what."""
    if power is None:
        return []
    return ["Pouvoir spécial", power["giver"], power["holder"], power["scope"], power["name"]]
