"""The friendly reminder of what is about to fall due: it has no word of delay."""

from __future__ import annotations

from templates.builder.blocks import Block, body, bullets, lead, when
from templates.builder.claims import claims_table, short_payment_means
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
        "Rappel avant échéance",
        _what(),
        claims_table("Sommes à échoir", days=False, left="À régler"),
        when(
            "receipts",
            lead("Nous vous remercions des règlements suivants, déjà pris en compte :"),
            bullets("receipts"),
        ),
        when(
            "letter.asks_satisfaction",
            body(
                "Nous espérons que notre travail vous a donné entière satisfaction. Si un point"
                " appelle une précision ou une correction, ou si un document vous manque,"
                " dites-le-nous sans attendre : nous nous en occuperons."
            ),
            otherwise=(
                body(
                    "Si un point appelle une précision ou si un document vous manque, dites-le-nous"
                    " sans attendre : nous nous en occuperons."
                ),
            ),
        ),
        note_paragraph(),
        short_payment_means(),
        lead(
            "Si votre règlement est déjà en route, nous vous en remercions ; cette lettre est alors"
            " sans objet.{% if letter.contact %} Pour toute question :"
            " {{ letter.contact }}.{% endif %}"
        ),
        closing(),
        signature(),
        enclosures(),
    )


def _what() -> Block:
    return when(
        "letter.due_on",
        lead(
            "Nous vous remercions de votre confiance et nous permettons de vous rappeler l'échéance"
            " du **{{ letter.due_on }}**, d'un montant de **{{ letter.total }}** :"
        ),
        otherwise=(
            lead(
                "Nous vous remercions de votre confiance et nous permettons de vous rappeler vos"
                " prochaines échéances, d'un montant total de **{{ letter.total }}**, dont la"
                " première est le **{{ letter.first_on }}** :"
            ),
        ),
    )
