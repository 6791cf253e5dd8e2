"""The instruction to serve a certificate of non-payment."""

from __future__ import annotations

from templates.builder.attestation import entry
from templates.builder.blocks import (
    Column,
    body,
    bullets,
    demand,
    heading,
    lead,
    numbered,
    table,
    when,
)
from templates.builder.cheques import calendar_table, cheque_facts
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
        "Demande de signification d'un certificat de non-paiement",
        demand(
            "{{ said.holder }}, nous vous requérons de signifier au tireur le certificat de"
            " non-paiement ci-après et d'en poursuivre les effets."
        ),
        entry("Requérant", "{{ said.applicant }}"),
        cheque_facts(),
        body(
            "Ce chèque, présenté pour la première fois le {{ cheque.presented_on }}, a été rejeté"
            "{% if cheque.rejected_on %} le {{ cheque.rejected_on }}{% endif %}. La banque tirée,"
            " {{ said.bank }}, a délivré le {{ said.issued_on }} le certificat de non-paiement"
            "{% if said.reference %} (référence {{ said.reference }}){% endif %}, dont l'original"
            " est à signifier."
        ),
        _mission(),
        _account(),
        heading("Calendrier"),
        calendar_table(),
        when("tracing", heading("Renseignements sur le tireur"), bullets("tracing")),
        note_paragraph(),
        lead(
            "Nous nous engageons à vous signaler sans délai tout paiement que le porteur recevrait."
            " Le chèque et les originaux seront restitués au tireur contre paiement."
        ),
        closing("Nous vous prions d'agréer, Maître, nos salutations distinguées."),
        signature(),
        enclosures(),
    )


def _mission() -> str:
    return "".join(
        (
            heading("Mission"),
            numbered(
                "mission",
                "signifier le certificat au tireur, sans tentative préalable de notification :"
                " cette signification vaut commandement de payer (article L. 131-73 du Code"
                " monétaire et financier) ;",
            ),
            numbered(
                "mission",
                "si vous n'avez pas reçu justification du paiement du montant du chèque et des"
                " frais dans les quinze jours de la réception de la signification, délivrer le"
                " titre exécutoire prévu au même article, puis le signifier ;",
            ),
            numbered(
                "mission",
                "poursuivre l'exécution forcée, sur nos instructions (article L. 111-3, 5° du Code"
                " des procédures civiles d'exécution).",
            ),
            body(
                "Une saisie conservatoire, que l'article L. 511-2 du même code dispense"
                " d'autorisation préalable pour un chèque impayé, peut être proposée si elle vous"
                " paraît utile."
            ),
        )
    )


def _account() -> str:
    return "".join(
        (
            heading("Décompte au {{ letter.as_of }}"),
            table(
                "Décompte",
                "Une ligne par somme, puis le total.",
                "row",
                "account",
                Column(title="Somme", value="{{ row.label }}", width=7086, total="Total"),
                Column(
                    title="Montant", value="{{ row.amount }}", width=2268, number=True,
                    total="{{ total }}",
                ),
                keep="whole",
            ),
            body(
                "S'y ajoutent le coût de la signification et les autres frais qu'occasionne le"
                " rejet, à la charge du tireur (article L. 131-73 du Code monétaire et financier)."
                " Les intérêts ne sont pas compris dans ce décompte ; le porteur les réserve."
            ),
        )
    )  # fmt: skip
