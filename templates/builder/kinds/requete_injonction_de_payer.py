"""The request for an order for payment."""

from __future__ import annotations

from templates.builder.blocks import body, heading, lead, when
from templates.builder.court import (
    act_title,
    addressee,
    court_file,
    demands,
    exhibits_table,
    facts_of_file,
    interest_annex,
    party_of,
    power_page,
    signature,
    statement_sections,
    writer,
)


def document() -> bytes:
    """The Word master."""
    return court_file(
        "Requête en injonction de payer",
        writer(),
        addressee(),
        act_title(
            "Requête en injonction de payer",
            "Articles 1405 et suivants du Code de procédure civile",
        ),
        heading("I. Requérant"),
        party_of("claimant"),
        when("representative", body("Représentation : {{ representative }}.")),
        body("Adresse pour les notifications : {{ notify_at }}."),
        heading("II. Débiteur"),
        party_of("debtor"),
        heading("III. Objet et montant de la demande"),
        body(
            "Obtenir une ordonnance portant injonction de payer la somme de **{{ debt.total }}**,"
            " arrêtée au {{ debt.as_of }} et décomposée ci-après, outre les intérêts à échoir et"
            " les dépens."
        ),
        heading("IV. Faits et fondement"),
        facts_of_file(),
        body("{{ basis }}"),
        heading("V. Décompte arrêté au {{ debt.as_of }}"),
        statement_sections(),
        heading("VI. Demandes"),
        lead(
            "Pour ces motifs et au vu des pièces, le requérant prie Madame ou Monsieur le"
            " {{ court.judge }} d'enjoindre à **{{ debtor.name }}** de lui payer :"
        ),
        demands(),
        body("{{ opposition }}"),
        heading("VII. Bordereau des pièces"),
        exhibits_table(),
        signature(),
        interest_annex(),
        power_page(
            ", pour la somme de {{ debt.total }} arrêtée au {{ debt.as_of }}, outre les intérêts et"
            " les dépens ; de déposer cette requête et les pièces, et de recevoir l'ordonnance. Ce"
            " pouvoir est donné pour cette seule requête."
        ),
    )
