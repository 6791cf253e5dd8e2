"""A template that uses every word of the builder, and values for it."""

from __future__ import annotations

from typing import Any

from templates.builder import blocks, claims, representative, stationery
from tests.support.golden import GOLDEN, made


def every_block() -> bytes:
    """The template."""
    return stationery.letter(
        "Tous les blocs",
        blocks.title("Requête en injonction de payer"),
        blocks.subtitle("Articles 1405 et suivants du Code de procédure civile"),
        blocks.centred("ENTRE"),
        blocks.party("**{{ sender.name }}**, ci-après « le créancier »,"),
        blocks.heading("Titre"),
        blocks.subheading("Sous-titre"),
        blocks.body("Texte de l'article 1231-6 : « {{ letter.reference }} » ; 8 jours."),
        blocks.demand("Demande."),
        blocks.leading_demand("Demande suivie."),
        blocks.quote("Texte cité mot pour mot."),
        blocks.box("Encadré : à lire."),
        blocks.note("Petits caractères."),
        blocks.field("Nom", "{{ signatory.name }}"),
        blocks.article("Objet"),
        blocks.body("Premier article."),
        blocks.when("letter.note", blocks.article("Facultatif"), otherwise=[blocks.body("Non.")]),
        blocks.article("Durée"),
        blocks.lead("Première liste :"),
        blocks.numbered("one", "un"),
        blocks.numbered("one", "deux"),
        blocks.lead("Seconde liste :"),
        blocks.numbered("two", "un"),
        blocks.each("line", "enclosures", blocks.bullet("{{ line }}")),
        blocks.fixed_table(
            "Formulaire",
            "Deux colonnes.",
            ["Nom", "Date"],
            ["", "{{ letter.as_of }}"],
            widths=[4677, 4677],
        ),
        blocks.at_the_end(
            stationery.signature_table(
                ("Pour le créancier", "{{ signatory.name }}"), ("Pour le débiteur", "")
            )
        ),
        representative.representative_opening(),
        claims.claims_table("Créances"),
        claims.receipts(),
        claims.earlier_steps(),
        claims.accessories(),
        claims.account_table(),
        stationery.note_paragraph(),
        stationery.payment_means(),
        representative.payment_through(),
        claims.short_payment_means(),
        representative.representative_mentions(),
        stationery.closing(),
        stationery.signature(),
        stationery.enclosures(),
        representative.personal_data(),
        claims.interest_annex(),
    )


def every_value() -> dict[str, Any]:
    """The values of an act that fills it."""
    return dict(made(GOLDEN / "mise_en_demeure" / "agency_first_letter" / "facts.json").context)
