"""The certificate of non-payment: the model of the arrêté of 20 April 2011, front and back."""

from __future__ import annotations

from templates.builder.attestation import attestation
from templates.builder.blocks import body, each, heading, note, paragraph, quote, title
from templates.builder.stationery import signature


def document() -> bytes:
    """The Word master."""
    return attestation(
        "Certificat de non-paiement",
        title("CERTIFICAT DE NON-PAIEMENT"),
        body("La banque certifie que le chèque :"),
        _line("N° : **{{ cheque.number }}**"),
        _line("De **{{ cheque.amount }}** (1)"),
        _line("Tiré par **{{ cheque.drawer }}** (2)"),
        _line("Titulaire du compte n° **{{ cheque.account }}**"),
        _line("Ouvert sur les livres de **{{ cheque.bank }}** (3)"),
        _line("Présenté au paiement le **{{ cheque.presented_on }}**"),
        body("A été rejeté par elle pour défaut de provision suffisante."),
        body("Montant de l'impayé : **{{ cheque.unpaid }}** (1)."),
        body(
            "Le titulaire du compte n'a pas justifié avoir régularisé cet incident dans le délai de"
            " trente jours à compter de sa première présentation."
        ),
        body(
            "Le présent certificat de non-paiement est destiné à permettre au porteur du chèque"
            " d'exercer les recours prévus par la législation en vigueur (cf. extrait en annexe ou"
            " au verso)."
        ),
        paragraph("Signature", "A {{ act.place_and_date }}", spacing=_DONE),
        signature(),
        _GAP,
        note(
            "(1) Montant en euros ou en devises. (2) Nom et prénoms ou dénomination sociale,"
            " adresse. (3) Indiquer les références de l'établissement tiré."
        ),
        heading(
            "Annexe – Article L. 131-73 du code monétaire et financier (extrait).", page_break=True
        ),
        each("paragraph", "extract", quote("{{ paragraph }}")),
    )


def _line(text: str) -> str:
    return paragraph("Partie", text)


_GAP = '<w:p><w:pPr><w:pStyle w:val="Corps"/></w:pPr></w:p>'
_DONE = '<w:spacing w:before="240" w:after="60"/>'
