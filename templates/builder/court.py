"""What acts before a court have in common, printed from `generators.court_values` and `court_debt`.

No stationery: a sober sheet with the court, the parties, the sums apart, what is asked, the list
of exhibits. Nothing on it looks like an act of a court or of a commissaire de justice.
"""

from __future__ import annotations

from typing import Final, Literal

from templates.builder.blocks import (
    Block,
    Column,
    body,
    bullets,
    each,
    heading,
    lead,
    numbered,
    paragraph,
    subheading,
    subtitle,
    table,
    title,
    when,
)
from templates.builder.package import word_file

HEADER: Final = ("{{ act.continuation }}", "{{ act.reference }}")
FOOTER: Final = "{{ act.footer }}"
_APART: Final = '<w:spacing w:before="240" w:after="0"/>'
_NEAR: Final = '<w:spacing w:before="0" w:after="40"/>'
_ROOM_TO_SIGN: Final = '<w:spacing w:before="0" w:after="1134"/>'


def court_file(name: str, *blocks: Block) -> bytes:
    """An act before a court."""
    return word_file(name, *blocks, header=HEADER, footer=FOOTER)


def writer() -> Block:
    """Who writes: the claimant, or who acts for it (``sender``)."""
    return paragraph("ExpediteurNom", "{{ sender.name }}") + each(
        "line", "sender.lines", paragraph("Expediteur", "{{ line }}")
    )


def addressee() -> Block:
    """To whom the act is addressed: the judge of the court (``court``)."""
    return "".join(
        (
            paragraph(
                "Juridiction",
                "À **Madame ou Monsieur le {{ court.judge }} {{ court.of }}**",
                spacing=_APART,
            ),
            when("court.chamber", paragraph("Juridiction", "{{ court.chamber }}")),
            when("court.address", paragraph("Juridiction", "{{ court.address }}")),
        )
    )


def act_title(text: str, *under: str) -> Block:
    """The title, then what stands under it: the court, the articles it rests on."""
    *first, last = under
    near = "".join(paragraph("SousTitreActe", line, spacing=_NEAR) for line in first)
    return f"{title(text)}{near}{subtitle(last)}"


def party_of(name: str) -> Block:
    """A party in full (``claimant``, ``debtor``)."""
    return paragraph("Partie", f"**{{{{ {name}.name }}}}**, {{{{ {name}.rest }}}}.")


def claims_table() -> Block:
    """The claims, one a line, with the exhibits that prove each (``debt.claims``)."""
    return table(
        "Créances",
        "Une ligne par créance : dates, montant, part réglée ou créditée imputée sur le principal,"
        " principal restant dû, pièces.",
        "claim",
        "debt.claims",
        Column(title="Créance", value="{{ claim.what }}", width=2154, total="Total"),
        Column(title="Date", value="{{ claim.issued_on }}", width=1077),
        Column(title="Échéance", value="{{ claim.due_on }}", width=1077),
        Column(
            title="Montant", value="{{ claim.amount }}", width=1361, number=True,
            total="{{ debt.claim_totals.amount }}",
        ),
        Column(
            title="Imputé", value="{{ claim.applied }}", width=1361, number=True,
            total="{{ debt.claim_totals.applied }}",
        ),
        Column(
            title="Restant dû", value="{{ claim.outstanding }}", width=1361, number=True,
            total="{{ debt.claim_totals.outstanding }}",
        ),
        Column(title="Pièce n°", value="{{ claim.pieces }}", width=963),
    )  # fmt: skip


def interest_table() -> Block:
    """The interest, a line for each claim and period (``debt.interest``)."""
    return table(
        "Calcul des intérêts",
        "Une ligne par créance et par période de même taux et de même base : nombre de jours,"
        " base, taux annuel, montant. Jours × base × taux ÷ 365.",
        "line",
        "debt.interest.lines",
        Column(title="Créance", value="{{ line.what }}", width=2154, total="Total"),
        Column(title="Période (jours inclus)", value="{{ line.period }}", width=2494),
        Column(title="Jours", value="{{ line.days }}", width=680, number=True),
        Column(title="Base", value="{{ line.base }}", width=1418, number=True),
        Column(title="Taux annuel", value="{{ line.rate }}", width=1247, number=True),
        Column(
            title="Intérêts", value="{{ line.amount }}", width=1361, number=True,
            total="{{ debt.interest.total }}",
        ),
    )  # fmt: skip


def recap_table() -> Block:
    """Each sum apart: what it came to, what was set against it, what is left (``debt.recap``)."""
    return table(
        "Récapitulatif des sommes",
        "Une ligne par poste : montant, règlements imputés, reste dû ; puis le total.",
        "item",
        "debt.recap",
        Column(title="Poste", value="{{ item.label }}", width=4819, total="Total"),
        Column(
            title="Montant", value="{{ item.due }}", width=1474, number=True,
            total="{{ debt.recap_totals.due }}",
        ),
        Column(
            title="Règlements", value="{{ item.paid }}", width=1474, number=True,
            total="{{ debt.recap_totals.paid }}",
        ),
        Column(
            title="Reste dû", value="{{ item.left }}", width=1587, number=True,
            total="{{ debt.recap_totals.left }}",
        ),
        keep="whole",
    )  # fmt: skip


def statement_sections(*, with_penalty: bool = True) -> Block:
    """The statement: claims, payments, interest, accessories, recapitulation."""
    return "".join(
        (
            subheading("Principal"),
            claims_table(),
            when(
                "debt.receipts.lines",
                lead("Ce décompte tient compte des opérations suivantes :"),
                bullets("debt.receipts.lines"),
            ),
            when("debt.receipts.allocation", body("{{ debt.receipts.allocation }}")),
            when(
                "debt.interest.lines",
                subheading("Intérêts"),
                when(
                    "debt.interest.in_annex",
                    body(
                        "{{ debt.interest.rates }} Leur calcul, ligne par ligne, est joint à la"
                        " fin du présent acte : {{ debt.interest.total }} au {{ debt.as_of }}."
                    ),
                    otherwise=(
                        lead(
                            "{{ debt.interest.rates }} Chaque ligne : base × taux annuel × jours"
                            " ÷ 365, arrondie au centime."
                        ),
                        interest_table(),
                    ),
                ),
            ),
            when(
                "debt.interest.daily",
                body("Les intérêts courent, au taux actuel, à raison de {{ debt.interest.daily }}"
                     " par jour."),
            ),
            when("debt.fee", body("{{ debt.fee }}")),
            when("debt.penalty", body("{{ debt.penalty }}")) if with_penalty else "",
            subheading("Récapitulatif"),
            recap_table(),
        )
    )  # fmt: skip


def interest_annex() -> Block:
    """The lines of interest on a page of their own, when they are many."""
    return when(
        "debt.interest.in_annex",
        heading("Annexe : calcul des intérêts au {{ debt.as_of }}", page_break=True),
        lead(
            "Chaque ligne : base × taux annuel × nombre de jours ÷ 365, arrondi au centime. Les"
            " jours de début et de fin sont comptés."
        ),
        interest_table(),
    )


def facts_of_file(
    claims: str = "Les sommes suivantes sont dues et impayées :",
) -> Block:
    """The contract, the claims, what was done to be paid, the free paragraph."""
    return "".join(
        (
            when("contract", body("{{ contract }}")),
            lead(claims),
            bullets("facts.claims"),
            when(
                "facts.steps",
                lead("Les démarches suivantes n'ont pas abouti à un règlement intégral :"),
                bullets("facts.steps"),
            ),
            when("facts.note", body("{{ facts.note }}")),
        )
    )


def demands(items: str = "demands", name: str = "demandes") -> Block:
    """What is asked, numbered."""
    return each("line", items, numbered(name, "{{ line }}"))


def exhibits_table() -> Block:
    """The list of exhibits (*bordereau*), numbered as they are stamped (``exhibits``)."""

    def rows(keep: Literal["ends", "whole"]) -> Block:
        return table(
            "Bordereau des pièces",
            "Une ligne par pièce : numéro, désignation, date.",
            "exhibit",
            "exhibits.rows",
            Column(title="Pièce n°", value="{{ exhibit.number }}", width=1020),
            Column(title="Désignation", value="{{ exhibit.label }}", width=6916),
            Column(title="Date", value="{{ exhibit.date }}", width=1418),
            total=False,
            keep=keep,
        )

    return when("exhibits.short", rows("whole"), otherwise=(rows("ends"),))


def signature(number: int = 1, who: str = "signatory") -> Block:
    """Place and day, room for the signature with its bookmark, who signs (``signatory``)."""
    return "".join(
        (
            paragraph("Signature", "{{ act.place_and_date }}", spacing=_APART),
            when(
                f"{who}.on_behalf_of",
                paragraph("Signature", f"Pour {{{{ {who}.on_behalf_of }}}}"),
            ),
            signature_room(number),
            paragraph("Signature", f"**{{{{ {who}.name }}}}**"),
            when(f"{who}.capacity", paragraph("Signature", f"{{{{ {who}.capacity }}}}")),
        )
    )


def signature_room(number: int) -> Block:
    """Room to sign, where a bookmark tells signing software to put the signature."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="signature{number}"/>'
        f"{paragraph('Signature', '', spacing=_ROOM_TO_SIGN)}"
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def power_page(then: str) -> Block:
    """The special power of who signs, on a page of its own, when one is needed (``power``).

    Args:
        then: What else it allows, after whom it bears on.
    """
    return when(
        "power",
        paragraph("TitreActe", "Pouvoir spécial", page_break=True),
        body(
            "Je, {{ power.giver }}, donne par la présente{% if power.mandate %},"
            " {{ power.mandate }},{% endif %} pouvoir spécial à {{ power.holder }}"
            f" {{{{ power.scope }}}}{then}"
        ),
        paragraph("Signature", "{{ act.place_and_date }}", spacing=_APART),
        paragraph("Signature", "« Bon pour pouvoir »"),
        signature_room(2),
        paragraph("Signature", "**{{ power.name }}**"),
        when("power.capacity", paragraph("Signature", "{{ power.capacity }}")),
    )
