"""The declaration of a claim in insolvency proceedings."""

from __future__ import annotations

from templates.builder.blocks import (
    body,
    bullets,
    demand,
    each,
    field,
    heading,
    lead,
    paragraph,
    when,
)
from templates.builder.court import (
    act_title,
    court_file,
    exhibits_table,
    facts_of_file,
    interest_annex,
    party_of,
    power_page,
    signature,
    statement_sections,
    writer,
)

_APART = '<w:spacing w:before="240" w:after="0"/>'


def document() -> bytes:
    """The Word master."""
    return court_file(
        "Déclaration de créance",
        writer(),
        _officer(),
        act_title("Déclaration de créance", "Article L. 622-24 du Code de commerce"),
        heading("I. Procédure"),
        _proceedings(),
        heading("II. Créancier déclarant"),
        party_of("claimant"),
        when("representative", body("Représentation : {{ representative }}.")),
        heading("III. Débiteur"),
        party_of("debtor"),
        heading("IV. Créance"),
        facts_of_file("La créance se compose des éléments suivants :"),
        heading("V. Décompte au {{ debt.as_of }}, veille du jugement d'ouverture"),
        statement_sections(),
        when("stopped", body("{{ stopped }}")),
        heading("VI. Déclaration"),
        _declared(),
        heading("VII. Bordereau des pièces"),
        exhibits_table(),
        signature(),
        interest_annex(),
        power_page(
            ", pour la somme de {{ debt.total }} ; de signer et d'envoyer la déclaration et les"
            " pièces. Ce pouvoir est donné pour cette seule déclaration."
        ),
    )


def _officer() -> str:
    return "".join(
        (
            paragraph("Juridiction", "**{{ officer.name }}**", spacing=_APART),
            paragraph("Juridiction", "{{ officer.role }}"),
            each("line", "officer.lines", paragraph("Juridiction", "{{ line }}")),
            when("delivery", paragraph("Envoi", "{{ delivery }}", spacing=_APART)),
        )
    )


def _proceedings() -> str:
    return "".join(
        (
            field("Procédure", "{{ proceedings.name }}"),
            field("Jugement d'ouverture", "{{ proceedings.opened_on }}"),
            when("proceedings.court", field("Juridiction", "{{ proceedings.court }}")),
            when("proceedings.published", field("Publication au BODACC",
                                                "{{ proceedings.published }}")),
        )
    )  # fmt: skip


def _declared() -> str:
    return "".join(
        (
            lead("Le créancier déclare, au passif du débiteur ci-dessus, la créance suivante :"),
            demand("{{ declared }}."),
            bullets("rank"),
            body("Le créancier certifie sincère la présente déclaration."),
        )
    )
