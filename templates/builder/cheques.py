"""An unpaid cheque in print: what it is, and its calendar (`generators.cheque_values`)."""

from __future__ import annotations

from templates.builder.attestation import entry
from templates.builder.blocks import Block, Column, table, when

_AFTER: Block = '<w:p><w:pPr><w:pStyle w:val="ApresTableau"/></w:pPr></w:p>'


def cheque_facts() -> Block:
    """The cheque line by line (``cheque``)."""
    return "".join(
        (
            entry("Chèque n°", "**{{ cheque.number }}**"),
            entry("Montant", "**{{ cheque.amount }}** ({{ cheque.words }})"),
            entry("Émis le", "{{ cheque.issued }}"),
            entry("Tiré sur", "{{ cheque.bank }}"),
            when("cheque.account", entry("Compte", "{{ cheque.account }}")),
            entry("Tireur", "{{ cheque.drawer }}"),
            entry("Bénéficiaire", "{{ cheque.payee }}"),
            when("cheque.purpose", entry("Objet", "{{ cheque.purpose }}")),
            _AFTER,
        )
    )


def calendar_table() -> Block:
    """The days of the cheque (``calendar``)."""
    return table(
        "Calendrier du chèque impayé",
        "Une ligne par date : étape, jour, fondement.",
        "row",
        "calendar",
        Column(title="Étape", value="{{ row.what }}", width=4819),
        Column(title="Jour", value="{{ row.day }}", width=2268),
        Column(title="Fondement", value="{{ row.basis }}", width=2267),
        total=False,
        keep="whole",
    )
