"""What must hold before a free letter is made: it has a recipient, a subject and a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generators.kind import Facts
from generators.letter_checks import language_check
from generators.letters import address_checks
from generators.reach_checks import free_text_checks
from law.checks import creditor_identity, electronic_consent
from law.findings import Check
from law.wording import check


def checks(facts: Facts, _: object) -> list[Check]:
    """All checks of a free letter."""
    case, options = facts.case, facts.options
    return [
        language_check(facts),
        *_needed(facts),
        *_sender(facts),
        creditor_identity(case),
        *_to_recipient(facts),
        *free_text_checks(options, options.recipient),
    ]


def _needed(facts: Facts) -> Iterator[Check]:
    """A letter is nothing without these; other kinds make them from the case."""
    texts = {
        "recipient": "Le destinataire de la lettre manque.",
        "subject": "L'objet de la lettre manque.",
        "body_note": "Le texte de la lettre manque.",
    }
    for key, text in texts.items():
        code, pointer = f"{key.replace('_', '-')}-missing", f"/options/{key}"
        value = getattr(facts.options, key)
        if value is None or (isinstance(value, str) and not value.strip()):
            yield check(code, "refuse", None, pointer, text)
        else:
            yield check(code, "pass", None, pointer, "La lettre est complète sur ce point.")


def _sender(facts: Facts) -> Iterator[Check]:
    code, pointer = "sender-in-own-name", "/case/representative"
    if facts.case.representative is None:
        yield check(code, "pass", None, "/case/creditor", "Le créancier écrit en son nom.")
        return
    text = (
        "La lettre part au nom du créancier, non de son mandataire. Si elle est une démarche de "
        "recouvrement, celle d'une société de recouvrement doit rappeler sa première lettre."
    )
    yield check(code, "warn", "art. R. 124-4 CPCE", pointer, text)


def _to_recipient(facts: Facts) -> Iterator[Check]:
    to = facts.options.recipient
    if to is None:
        return
    found = electronic_consent(replace(facts.case, debtor=to), facts.options.delivery)
    yield replace(found, pointer=found.pointer.replace("/case/debtor", "/options/recipient"))
    yield from address_checks(to, "/options/recipient/address")
