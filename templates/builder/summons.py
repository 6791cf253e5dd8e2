"""The draft of a summons, which a commissaire de justice completes, signs and serves."""

from __future__ import annotations

from templates.builder.blocks import (
    Block,
    body,
    box,
    centred,
    each,
    field,
    heading,
    lead,
    paragraph,
    subheading,
    when,
)
from templates.builder.court import (
    act_title,
    court_file,
    demands,
    exhibits_table,
    facts_of_file,
    interest_annex,
    party_of,
    power_page,
    signature,
    statement_sections,
)

_BLANK = "\u2026" * 12
_APART = '<w:spacing w:before="480" w:after="0"/>'


def summons(name: str, *, with_penalty: bool = True) -> bytes:
    """The Word master of a summons of that name, which asks for a penalty clause or never does."""
    return court_file(
        name,
        draft_notice(),
        act_title(name, "devant le {{ seised }}", "{{ articles }}"),
        body(f"L'an {_BLANK}, le {_BLANK} (date de la signification)"),
        claimant(),
        commissaire(),
        defendant(),
        hearing(),
        appearance(),
        heading("Objet de la demande"),
        body(
            "Obtenir le paiement de la somme de **{{ debt.total }}**, arrêtée au {{ debt.as_of }}"
            " et décomposée ci-après, outre les intérêts à échoir et les dépens."
        ),
        when("amicable", body("{{ amicable }}")),
        heading("I. En fait"),
        facts_of_file(),
        heading("II. Décompte arrêté au {{ debt.as_of }}"),
        statement_sections(with_penalty=with_penalty),
        heading("III. En droit"),
        grounds(),
        heads(),
        heading("Bordereau des pièces, annexé"),
        exhibits_table(),
        signature(),
        commissaire_signature(),
        interest_annex(),
        power_page(
            " ; de signer les actes de la procédure et de comparaître à l'audience. Ce pouvoir est"
            " donné pour cette seule instance."
        ),
    )


def draft_notice() -> Block:
    """That the act is not yet one: a commissaire serves it."""
    return box(
        "**Projet d'assignation**, à relire par l'avocat, puis à compléter, à signer et à signifier"
        " par un commissaire de justice (article 648 du Code de procédure civile)."
    )


def claimant() -> Block:
    """At whose request, and by which lawyer."""
    return "".join(
        (
            centred("**À LA DEMANDE DE**"),
            party_of("claimant"),
            when("counsel", paragraph("Partie", "{{ counsel }}.")),
        )
    )


def commissaire() -> Block:
    """The commissaire, whose name and address are those of art. 648 CPC."""
    return when(
        "commissaire",
        body("Je soussigné, {{ commissaire }},"),
        otherwise=(body(f"Je soussigné, {_BLANK}, commissaire de justice, demeurant à {_BLANK},"),),
    )


def defendant() -> Block:
    """Who is summoned."""
    return centred("**AI DONNÉ ASSIGNATION À**") + party_of("debtor")


def hearing() -> Block:
    """Place, day and hour."""
    return "".join(
        (
            centred("**D'AVOIR À COMPARAÎTRE**"),
            field("Juridiction", "{{ court.name }}"),
            when("court.chamber", field("Siège", "{{ court.chamber }}")),
            when(
                "court.address",
                field("Lieu", "{{ court.address }}"),
                otherwise=(field("Lieu", _BLANK),),
            ),
            field("Audience", "{{ hearing.when }}"),
            when("hearing.room", field("Salle ou chambre", "{{ hearing.room }}")),
        )
    )


def appearance() -> Block:
    """How to appear, and what comes of not appearing."""
    return heading("Très important") + each("line", "appearance", box("{{ line }}"))


def grounds() -> Block:
    """The arguments in law, and the answer to a dispute."""
    return each("line", "grounds", body("{{ line }}")) + when(
        "reply", subheading("Sur la contestation du défendeur"), body("{{ reply }}")
    )


def heads() -> Block:
    """What is asked (*dispositif*)."""
    return "".join(
        (
            centred("**PAR CES MOTIFS**"),
            lead("Il est demandé à la juridiction saisie de :"),
            lead("{{ demands.condemn }}"),
            demands("demands.sums", "sommes"),
            each("line", "demands.others", body("{{ line }}")),
            body(
                "La présente assignation est faite sous toutes réserves. Elle vaut conclusions"
                " (article 56 du Code de procédure civile)."
            ),
        )
    )


def commissaire_signature() -> Block:
    """Where the commissaire signs, as art. 648 CPC asks."""
    return paragraph("Signature", f"Le commissaire de justice : {_BLANK}", spacing=_APART)
