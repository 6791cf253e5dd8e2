"""The thanks for a payment: warm, short, and without any demand."""

from __future__ import annotations

from templates.builder.blocks import Block, body, bullets, lead, when
from templates.builder.stationery import (
    closing,
    enclosures,
    letter,
    note_paragraph,
    signature,
)


def document() -> bytes:
    """The Word master."""
    return letter(
        "Remerciement",
        body(
            "Nous avons bien reçu votre règlement de **{{ payment.amount }}**, {{ payment.how }},"
            " et nous vous en remercions vivement."
        ),
        when(
            "lines",
            lead("Nous avons ainsi enregistré :"),
            bullets("lines"),
        ),
        when("balance", _settled(), otherwise=(_covered(),)),
        note_paragraph(),
        body("Nous vous savons gré de votre confiance et restons à votre disposition."),
        closing(
            "Nous vous prions d'agréer, {{ letter.salutation }} nos salutations les meilleures."
        ),
        signature(),
        enclosures(),
    )


def _settled() -> Block:
    return when(
        "claim",
        body(
            "{{ claim.name }}, d'un montant de {{ claim.amount }}, est désormais"
            " **{{ claim.settled }}**."
        ),
        otherwise=(
            lead("Sont désormais entièrement réglés les montants suivants :"),
            bullets("claims"),
        ),
    ) + body("Le solde de votre compte, pour ce qui précède, est de **{{ balance }}**.")


def _covered() -> Block:
    """When accessories are left, no word of settlement, and none of what is left either."""
    return when(
        "claim",
        body(
            "{{ claim.name }} s'élève à {{ claim.amount }} : les sommes que nous avons enregistrées"
            " atteignent ce montant."
        ),
        otherwise=(
            lead("Les sommes que nous avons enregistrées atteignent les montants suivants :"),
            bullets("claims"),
        ),
    )
