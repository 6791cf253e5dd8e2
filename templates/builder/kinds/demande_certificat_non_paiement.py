"""The demand to the drawee bank for a certificate of non-payment."""

from __future__ import annotations

from templates.builder.blocks import body, demand, heading, lead, when
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
        "Demande de certificat de non-paiement",
        lead("{{ said.holder }}, nous vous exposons ce qui suit au sujet du chèque ci-après :"),
        cheque_facts(),
        _rejection(),
        demand(
            "En conséquence, nous vous demandons de nous délivrer, en votre qualité de banque"
            " tirée, le certificat de non-paiement de ce chèque (article L. 131-73 du Code"
            " monétaire et financier)."
        ),
        body(
            "Ce certificat est à établir conformément au modèle annexé à l'arrêté du 20 avril 2011,"
            " en identifiant le tireur et le tiré et en indiquant le numéro et le montant du"
            " chèque. Il doit nous parvenir dans les quinze jours de la présente demande (article"
            " R. 131-48 du même code)."
        ),
        _own_motion(),
        _ban(),
        note_paragraph(),
        heading("Calendrier"),
        calendar_table(),
        closing(),
        signature(),
        enclosures(),
    )


def _rejection() -> str:
    return "".join(
        (
            body(
                "Présenté pour la première fois au paiement le {{ cheque.presented_on }}, ce chèque"
                " a été rejeté"
                "{% if cheque.rejected_on %} le {{ cheque.rejected_on }}{% endif %} pour le motif"
                " suivant : « {{ cheque.reason }} »"
                "{% if said.paper %} ({{ said.paper }}, en pièce jointe){% endif %}."
            ),
            when(
                "said.again",
                body("Présenté de nouveau le {{ cheque.again_on }}, il est demeuré impayé."),
            ),
            body(
                "Le délai de trente jours à compter de la première présentation a expiré le"
                " {{ said.funding_ends_on }} sans que le chèque ait été"
                "{% if said.paid %} intégralement{% endif %} payé ni que sa provision ait été"
                " constituée."
            ),
            when(
                "said.paid",
                body(
                    "Le tireur n'a réglé que {{ said.paid }} au porteur ; le montant de l'impayé"
                    " s'établit à {{ said.unpaid }}."
                ),
            ),
        )
    )


def _own_motion() -> str:
    return when(
        "said.own_motion",
        body(
            "Le chèque ayant été présenté de nouveau le {{ cheque.again_on }}, au-delà du délai de"
            " trente jours, sans être payé, le certificat est à délivrer de votre propre initiative"
            " et sans frais (article R. 131-48 du Code monétaire et financier)."
        ),
    )


def _ban() -> str:
    return when(
        "said.ban",
        body(
            "Le chèque ayant été émis au mépris d'une injonction ou d'une interdiction, nous vous"
            " demandons de nous adresser les justifications prévues à l'article L. 131-81, I, du"
            " même code, et réservons les droits que le porteur tient de ce texte."
        ),
    )
