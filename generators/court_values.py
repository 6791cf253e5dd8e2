"""What acts before a court share: the court, the parties, the steps, who signs, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from generators.court_exhibits import of_step, pieces
from generators.letters import full_identity, printed_name
from generators.options import ActOptions, Delivery
from law.case import Case, Channel, Party, Representative, Step, StepType
from law.court_map import Court, CourtMap
from law.french import NBSP, date_unbroken, typographic
from law.place_names import plain_place

_CHANNELS: Final[Mapping[Channel, str]] = {
    "letter": "par courrier",
    "registered_letter": "par lettre recommandée",
    "electronic_registered_letter": "par lettre recommandée électronique",
    "email": "par courrier électronique",
    "sms": "par SMS",
    "phone": "par téléphone",
    "in_person": "de vive voix",
    "court": "devant une juridiction",
}
_STEPS: Final[Mapping[StepType, str]] = {
    "reminder": "relance",
    "formal_notice": "mise en demeure",
    "phone_call": "appel téléphonique",
    "visit": "visite",
    "undeliverable": "envoi non distribué",
    "tracing": "recherches sur le débiteur",
    "promise_to_pay": "engagement de payer du débiteur",
    "payment_plan": "échéancier",
    "dispute": "contestation du débiteur",
    "court_order": "décision de justice",
    "service": "signification",
    "enforcement": "mesure d'exécution",
    "other": "démarche",
}
_SAID_BY_CHANNEL: Final = frozenset({("phone_call", "phone"), ("visit", "in_person")})
_DELIVERY: Final[Mapping[Delivery, str | None]] = {
    "registered": typographic("Lettre recommandée avec demande d'avis de réception"),
    "electronic_registered": "Lettre recommandée électronique",
    "email": "Par courrier électronique",
    "simple": None,
}
_ROLES: Final = {
    "collection_agency": "société de recouvrement",
    "lawyer": "avocat",
    "commissaire_de_justice": "commissaire de justice",
}
_VOWEL: Final = re.compile(r"(?=[aeiouyhâàéèêëîïôöûü])", re.IGNORECASE)


# -- the court ---------------------------------------------------------------------------------


def court_values(court: Court, *, is_protection: bool = False) -> dict[str, Any]:
    """The court as an act is addressed to it.

    Args:
        court: The court seised.
        is_protection: Whether its juge des contentieux de la protection is.

    Returns:
        ``judge`` and ``of`` (*du tribunal de commerce de Riom*), ``name`` of the court, ``chamber``
        of a tribunal judiciaire that sits elsewhere, or None, ``address`` or None.

    Sources:
        Art. 1406 CPC: the president, or the juge des contentieux de la protection, is seised.
    """
    seat = CourtMap.load().courts.get(court.parent_tj or "") if court.kind == "TPRX" else None
    named = typographic((seat or court).name)
    return {
        "judge": "Juge des contentieux de la protection" if is_protection else "Président",
        "of": of_court(seat or court),
        "name": named,
        "chamber": typographic(court.name) if seat else None,
        "address": told_address(court),
    }


def of_court(court: Court) -> str:
    """A court after *de*: ``du tribunal de commerce de Lyon``."""
    name = typographic(court.name)
    return f"du {name[0].lower()}{name[1:]}"


def told_address(court: Court) -> str | None:
    """The address of a court as printed, or None where it is not known."""
    return None if court.address is None else typographic(court.address)


# -- the parties -------------------------------------------------------------------------------


def party_values(party: Party) -> dict[str, str]:
    """A party as a court must know it: its name, then the rest of its identity.

    Sources:
        Art. 54 3° and 57 CPC. Art. R526-27 C. com.: "EI" next to the name of a sole trader.
    """
    rest = full_identity(party).removeprefix(printed_name(party)).removeprefix(", ")
    name = printed_name(party)
    if party.type == "individual" and party.is_professional:
        rest = f"entrepreneur individuel (EI), {rest}"
    return {"name": name, "rest": rest}


def address_of(party: Party) -> str:
    """The address of a party on one line."""
    return ", ".join([*party.address.lines, f"{party.address.postal_code} {party.address.city}"])


def representative_line(representative: Representative | None) -> str | None:
    """Who acts for the claimant, in what capacity; None when it acts for itself."""
    if representative is None:
        return None
    party = representative.party
    role = _ROLES[representative.role]
    if representative.role == "lawyer" and representative.bar:
        link = "d\u2019" if _VOWEL.match(representative.bar) else "de "
        role = f"{role} au barreau {link}{representative.bar}"
    return f"{printed_name(party)}, {role}, {address_of(party)}"


def signatory_values(case: Case, options: ActOptions) -> dict[str, Any]:
    """Who signs, in what capacity, and for whom.

    Sources:
        Art. 57 CPC: the request is dated and signed.
    """
    acting = case.representative.party if case.representative else case.creditor
    person = options.signatory or acting.legal_representative
    name = person.name if person else printed_name(acting)
    capacity = person.capacity if person else None
    if capacity is None and case.representative:
        capacity = _ROLES[case.representative.role]
    is_oneself = plain_name(acting.display_name) == plain_name(name)
    return {
        "name": name,
        "capacity": capacity,
        "on_behalf_of": None if is_oneself else printed_name(acting),
    }


def plain_name(name: str) -> str:
    """A person's name in bare capitals, without civility, for comparison.

    >>> plain_name("Mme Odile L'Exemple") == plain_name("Odile L\u2019Exemple")
    True
    """
    return re.sub(r"^(M|MME|MR|ME|MAITRE|MONSIEUR|MADAME) ", "", plain_place(name))


# -- the facts ---------------------------------------------------------------------------------


def step_lines(case: Case, as_of: date) -> list[str]:
    """What was done to be paid, by date, with what came of it and the exhibits that prove it."""
    done = sorted((step for step in case.steps if step.on <= as_of), key=lambda step: step.on)
    return [_step_line(case, step) for step in done]


def _step_line(case: Case, step: Step) -> str:
    what = typographic(_STEPS[step.type])
    if step.channel and (step.type, step.channel) not in _SAID_BY_CHANNEL:
        what = f"{what} {_CHANNELS[step.channel]}"
    reference = f" ({step.reference})" if step.reference else ""
    came = f" \u2013 {step.outcome}" if step.outcome else ""
    seen = pieces(of_step(case, step))
    line = f"{date_unbroken(step.on)}{NBSP}: {what}{reference}{came}"
    return f"{line} ({seen})" if seen else line


def delivery_words(delivery: Delivery | None) -> str | None:
    """How an act that is posted is sent; a registered letter unless it is said."""
    return _DELIVERY[delivery or "registered"]


def contract_line(case: Case) -> str | None:
    """The contract of the parties, where the case names one."""
    contract = case.contract
    if contract is None or not contract.reference:
        return None
    signed = f", signé le {date_unbroken(contract.signed_on)}" if contract.signed_on else ""
    return (
        f"Les relations des parties sont régies par le document suivant{NBSP}:"
        f" «{NBSP}{contract.reference}{NBSP}»{signed}."
    )


def act_values(case: Case, options: ActOptions, *, title: str) -> dict[str, str]:
    """The running lines of an act, and where and when it is made."""
    written_on = options.letter_date
    if written_on is None:
        raise ValueError("the options of an act are dated when it is read")
    acting = case.representative.party if case.representative else case.creditor
    place = options.place or acting.address.city
    return {
        "place_and_date": f"{place}, le {date_unbroken(written_on)}",
        "reference": case.reference,
        "continuation": title,
        "footer": f"{printed_name(case.creditor)} \u2013 {title}",
    }


def document_values(case: Case, options: ActOptions, *, title: str) -> dict[str, str]:
    """What the Word file and the PDF say of themselves."""
    if options.letter_date is None or case.debtor is None:
        raise ValueError("an act before a court has a day and a debtor")
    return {
        "title": f"{title} \u2013 {case.reference}",
        "subject": f"{title} \u2013 {printed_name(case.debtor)}",
        "author": case.creditor.display_name,
        "language": "fr-FR",
        "date": options.letter_date.isoformat(),
    }


def required_of_parties(context: Mapping[str, Any], *parties: str) -> list[str]:
    """What names the parties and the signatory."""
    signatory = context["signatory"]
    return [
        *(value for party in parties for value in context[party].values() if value),
        *filter(None, (signatory["name"], signatory["capacity"], signatory["on_behalf_of"])),
        context["act"]["place_and_date"],
        context["act"]["reference"],
    ]


def required_of_exhibits(context: Mapping[str, Any]) -> list[str]:
    """The list of exhibits, word for word."""
    return [value for row in context["exhibits"]["rows"] for value in row.values()]
