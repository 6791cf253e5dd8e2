"""What all letters share: who writes, to whom, when, how, and how to pay, as template values.

The texts of a case come out as they came in; spaces and apostrophes of print are put only into
what we write ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from generators.options import LetterOptions
from law.case import Case, Channel, Exhibit, Party, ShareCapital, Step, StepType
from law.findings import Check
from law.french import (
    NBSP,
    date_unbroken,
    iban_groups,
    integer,
    money,
    of_name,
    siren_groups,
    typographic,
)

WINDOW_LINES = 6
WINDOW_CHARACTERS = 38
_WRAPPED_AT = 44
"""Characters of the address face that the window's width holds; a longer line takes two."""

SENDER_POINTS = 90
"""Room for the sender, from 12 mm below the edge to where a window may begin to show the sheet."""

_SOLE_TRADER = frozenset({"ei", "entrepreneur individuel", "entreprise individuelle"})

_DELIVERY = {
    "registered": typographic("Lettre recommandée avec demande d'avis de réception"),
    "electronic_registered": "Lettre recommandée électronique",
    "email": "Par courrier électronique",
    "simple": None,
}
_ATTENTION = typographic("À l'attention de")
_CHANNELS: dict[Channel, str] = {
    "letter": "par courrier",
    "registered_letter": "par lettre recommandée",
    "electronic_registered_letter": "par lettre recommandée électronique",
    "email": "par courrier électronique",
    "sms": "par SMS",
}
_STEPS: dict[StepType, str] = {
    "reminder": "relance",
    "formal_notice": "mise en demeure",
    "phone_call": "appel téléphonique",
    "visit": "visite",
}


def printed_name(party: Party) -> str:
    """The name of a party as an address bears it, civility included.

    Sources:
        Art. R526-27 C. com.: a sole trader adds "EI" to the name (see `sender`).
    """
    return " ".join(filter(None, (party.civility, party.display_name)))


def sender(party: Party, *, quality: str = "") -> dict[str, Any]:
    """The sender's block.

    Args:
        party: Who writes.
        quality: In what quality, when not for oneself: ``Avocat au barreau de Lyon``.

    Sources:
        Art. R123-237 C. com.: legal form, capital, seat, number and town of registration.
        Art. R526-27 C. com.: "EI" next to the name of a sole trader.
    """
    is_sole_trader = party.type == "individual" and party.is_professional
    name = f"{printed_name(party)}{NBSP}EI" if is_sole_trader else printed_name(party)
    told = is_sole_trader and (party.legal_form or "").casefold() in _SOLE_TRADER
    form = _joined(quality, "" if told else _form_and_capital(party))
    address, contact = _address(party), _contact(party)
    number = _joined(registration(party), f"TVA {party.vat_number}" if party.vat_number else "")
    layouts = (
        [form, *address, number, contact],
        [form, ", ".join(address), number, contact],
        [form, ", ".join(address), _joined(number, contact)],
    )
    for layout in layouts:
        lines = [line for line in layout if line]
        if sender_height(name, lines) <= SENDER_POINTS:
            break
    return {"name": name, "lines": lines}


def _contact(party: Party) -> str:
    return _joined(f"Tél. {unbroken(party.phone)}" if party.phone else "", party.email or "")


def sender_height(name: str, lines: Iterable[str]) -> float:
    """The height in points that a sender takes above the window, long lines being broken."""
    named = -(-len(name) // 70)
    told = sum(-(-len(line) // 105) for line in lines)
    return 16 * named + 2 + 11.6 * told


def recipient(party: Party) -> dict[str, Any]:
    """The recipient's block, and whom the letter is for when the window has no room to say it."""
    name, address = printed_name(party), _address(party)
    person = party.legal_representative
    if person is None:
        return {"lines": [name, *address], "attention": None}
    in_window = [name, f"{_ATTENTION} {person.name}", *address]
    whom = ", ".join(filter(None, (person.name, person.capacity)))
    if window_height(in_window) <= WINDOW_LINES:
        return {"lines": in_window, "attention": None}
    return {"lines": [name, *address], "attention": whom}


def window_height(lines: Iterable[str]) -> int:
    """The lines an address takes in the window, long ones being broken."""
    return sum(-(-len(line) // _WRAPPED_AT) for line in lines)


def address_checks(party: Party, pointer: str) -> list[Check]:
    """Warn of an address that the post or the window of an envelope does not take well.

    Sources:
        Postal usage (norm NF Z 10-011): six lines of 38 characters at most.
    """
    lines = [printed_name(party), *_address(party)]
    long = [line for line in lines if len(line) > WINDOW_CHARACTERS]
    if not long and window_height(lines) <= WINDOW_LINES:
        return []
    what = ", ".join(f"«{NBSP}{line}{NBSP}» ({len(line)} caractères)" for line in long)
    rule = typographic(
        f"L'adresse du destinataire doit tenir en {WINDOW_LINES} lignes de {WINDOW_CHARACTERS}"
        " caractères dans la fenêtre de l'enveloppe"
    )
    detail = f"{rule}{NBSP}: {what or 'trop de lignes'}."
    return [
        Check(code="address-too-long", outcome="warn", article=None, detail=detail, pointer=pointer)
    ]


def registration(party: Party) -> str:
    """``801 234 568 RCS Saint-Étienne``, or the bare SIREN, or nothing."""
    siren = party.siren or (party.siret or "")[:9]
    if not siren:
        return ""
    if party.rcs_city:
        return f"{siren_groups(siren)} RCS{NBSP}{party.rcs_city}"
    return f"SIREN {siren_groups(siren)}"


def identity(party: Party) -> str:
    """A party named so that it cannot be mistaken for another."""
    number = registration(party)
    return f"{printed_name(party)} ({number})" if number else printed_name(party)


def full_identity(party: Party) -> str:
    """A party as contracts and requests to a court name it, in one sentence without its verb.

    What the case does not tell is left out; a kind that must print it checks for it.

    Sources:
        Art. 54 CPC: name, form, seat and representing body of a legal person; names, occupation,
        address, nationality, date and place of birth of a natural one.
    """
    where = f"{', '.join(_address(party))}"
    if party.type == "individual":
        return _joined_by_comma(
            printed_name(party),
            _birth(party),
            f"de nationalité {party.nationality}" if party.nationality else "",
            party.occupation or "",
            registration(party) if party.is_professional else "",
            f"demeurant {where}",
        )
    person = party.legal_representative
    by = _joined_by_comma(person.name, person.capacity or "") if person else ""
    return _joined_by_comma(
        printed_name(party),
        _form_and_capital(party),
        registration(party),
        f"dont le siège est {where}",
        f"représentée par {by}" if by else "",
    )


def _birth(party: Party) -> str:
    if party.birth_date is None:
        return ""
    born = {"M.": "né", "Mme": "née"}.get(party.civility or "", "né(e)")
    where = f" à {party.birth_place}" if party.birth_place else ""
    return f"{born} le {date_unbroken(party.birth_date)}{where}"


def salutation(party: Party) -> str:
    """``Madame, Monsieur,`` unless it is known which."""
    if party.type == "individual" and party.civility:
        return "Monsieur," if party.civility == "M." else "Madame,"
    return "Madame, Monsieur,"


def letter_values(
    case: Case,
    options: LetterOptions,
    recipient_party: Party,
    as_of: date,
    *,
    subject: str,
    writer: Party | None = None,
) -> dict[str, Any]:
    """Place and date, way of sending, references, subject, running lines.

    ``writer`` is who writes, when it is not the creditor.
    """
    who = writer or case.creditor
    written_on = options.letter_date or as_of
    place = options.place or who.address.city
    contacts = filter(None, (unbroken(who.phone or ""), who.email))
    return {
        "place_and_date": f"{place}, le {date_unbroken(written_on)}",
        "as_of": date_unbroken(as_of),
        "delivery": _DELIVERY[options.delivery or "registered"],
        "reference": case.reference,
        "subject": options.subject or subject,
        "salutation": salutation(recipient_party),
        "continuation": f"{sender(who)['name']} \u2013 {date_unbroken(written_on)}",
        "footer": f"{sender(who)['name']}",
        "contact": " ou ".join(contacts) or None,
        "note": options.body_note or None,
    }


def required_of_letter(context: Mapping[str, Any]) -> list[str]:
    """What every letter must print: who writes, to whom, when, of what, how to pay, who signs.

    Sources:
        Art. R123-237 C. com.: the sender's mentions. Art. 1367 C. civ.: whose signature it is.
    """
    letter, payment = context["letter"], context.get("payment") or {}
    return [
        context["sender"]["name"],
        *context["sender"]["lines"],
        *context["recipient"]["lines"],
        letter["place_and_date"],
        letter["reference"],
        letter["subject"],
        context["signatory"]["name"],
        *context.get("enclosures", ()),
        *filter(None, (letter["note"], letter["delivery"], context["signatory"]["capacity"])),
        *filter(None, (payment.get("iban"), payment.get("bic"))),
    ]


def document_properties(
    case: Case, options: LetterOptions, as_of: date, *, title: str, writer: Party | None = None
) -> dict[str, str]:
    """What the Word file and the PDF say of themselves."""
    return {
        "title": f"{title} \u2013 {case.reference}",
        "subject": f"{title} \u2013 {printed_name(case.debtor)}" if case.debtor else title,
        "author": (writer or case.creditor).display_name,
        "language": "fr-FR",
        "date": (options.letter_date or as_of).isoformat(),
    }


def signatory(case: Case, options: LetterOptions, *, writer: Party | None = None) -> dict[str, Any]:
    """Who signs, and for whom: the person named, else whoever acts for the writer, else it."""
    who = writer or case.creditor
    person = options.signatory or who.legal_representative
    if person is None:
        return {"name": printed_name(who), "capacity": None, "on_behalf_of": None}
    by_oneself = who.display_name in person.name
    return {
        "name": person.name,
        "capacity": person.capacity,
        "on_behalf_of": None if by_oneself else sender(who)["name"],
    }


def payment_values(case: Case) -> dict[str, Any]:
    """Where and how to pay; ``order`` is the payee of a cheque, after *à l'ordre*."""
    creditor = case.creditor
    return {
        "payee": creditor.display_name,
        "order": of_name(creditor.display_name),
        "iban": iban_groups(creditor.iban) if creditor.iban else None,
        "bic": creditor.bic,
        "reference": case.reference,
    }


def enclosure_lines(exhibits: Sequence[Exhibit]) -> list[str]:
    """The list of enclosures, each with its date."""
    return [
        f"{exhibit.label} ({date_unbroken(exhibit.on)})" if exhibit.on else exhibit.label
        for exhibit in exhibits
    ]


def step_lines(steps: Sequence[Step], as_of: date) -> list[str]:
    """What was done to obtain payment, by date.

    Only our own acts and the debtor's promises are told, by date, means and reference; what came
    of them is a note of the file, not a statement to the debtor.
    """
    told = [(step, _step(step)) for step in steps if step.on <= as_of]
    ordered = sorted(told, key=lambda pair: pair[0].on)
    return [f"{date_unbroken(step.on)}{NBSP}: {text}" for step, text in ordered if text]


def _step(step: Step) -> str:
    if step.type == "promise_to_pay":
        how = {"phone": " par téléphone", "in_person": " de vive voix"}.get(step.channel or "", "")
        means = _CHANNELS.get(step.channel) if step.channel else None
        return f"engagement de payer pris par vous{f' {means}' if means else how}"
    kind = _STEPS.get(step.type)
    if kind is None:
        return ""
    means = _CHANNELS.get(step.channel) if step.channel else None
    text = f"{kind} {means}" if means else kind
    return f"{text} ({step.reference})" if step.reference else text


def unbroken(text: str | None) -> str:
    """A telephone number that is not cut at the end of a line."""
    return re.sub(r"[ \u00a0]", NBSP, text or "")


def capital(share_capital: ShareCapital) -> str:
    """A share capital, without cents when it is a whole number of euros."""
    if share_capital.amount_cents % 100:
        return money(share_capital.amount_cents, share_capital.currency)
    sign = "€" if share_capital.currency == "EUR" else share_capital.currency
    return f"{integer(share_capital.amount_cents // 100)}{NBSP}{sign}"


def _joined(*parts: str) -> str:
    return " \u2013 ".join(filter(None, parts))


def _joined_by_comma(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _form_and_capital(party: Party) -> str:
    if party.share_capital is None:
        return party.legal_form or ""
    return f"{party.legal_form or 'Société'} au capital de {capital(party.share_capital)}"


def _address(party: Party) -> list[str]:
    return [*party.address.lines, f"{party.address.postal_code} {party.address.city}"]
