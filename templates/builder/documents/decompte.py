"""The statement of a claim (*décompte*) as an exhibit, printed from `generators.decompte`."""

from __future__ import annotations

from templates.builder.blocks import (
    Block,
    Column,
    body,
    bullets,
    field,
    heading,
    lead,
    note,
    subtitle,
    table,
    title,
    when,
)
from templates.builder.package import word_file


def document() -> bytes:
    """The Word master."""
    return word_file(
        "Décompte de créance",
        title("Décompte de créance"),
        subtitle("arrêté au {{ file.as_of }}"),
        field("Dossier", "{{ file.reference }}"),
        field("Créancier", "{{ file.creditor }}"),
        field("Débiteur", "{{ file.debtor }}"),
        heading("Somme due"),
        _recap(),
        when(
            "file.daily",
            body(
                "Chaque jour de retard supplémentaire ajoute, au taux actuel, {{ file.daily }}"
                " d'intérêts."
            ),
        ),
        heading("Créances"),
        _claims(),
        when("interest", heading("Calcul des intérêts"), lead(_CONVENTION), _interest()),
        when(
            "receipts",
            heading("Paiements et avoirs"),
            lead("Le décompte tient compte des opérations suivantes :"),
            bullets("receipts"),
            body(
                "Les paiements s'imputent d'abord sur les intérêts, puis sur le principal (article"
                " 1343-1 du Code civil), enfin sur l'indemnité forfaitaire et la clause pénale ;"
                " entre plusieurs dettes, selon l'article 1342-10 du Code civil. Un avoir réduit le"
                " principal au jour de son émission."
            ),
        ),
        when("rates", heading("Taux publiés retenus"), _rates()),
        header=("Décompte de créance \u2013 {{ file.reference }}", "{{ file.as_of }}"),
        footer="{{ file.footer }}",
    )


_CONVENTION = (
    "Intérêts simples : base × taux annuel × nombre de jours ÷ 365, chaque ligne arrondie au"
    " centime. Le premier et le dernier jour sont comptés."
)


def _recap() -> Block:
    return table(
        "Récapitulatif de la somme due",
        "Une ligne par poste, puis le total.",
        "item",
        "recap",
        Column(title="Poste", value="{{ item.label }}", width=7087, total="Total dû"),
        Column(
            title="Montant", value="{{ item.amount }}", width=2268, number=True,
            total="{{ file.due }}",
        ),
        keep="whole",
    )  # fmt: skip


def _claims() -> Block:
    return table(
        "Créances",
        "Une ligne par créance : principal, intérêts, indemnité et clause pénale, paiements imputés"
        " et restant dû.",
        "claim",
        "claims",
        Column(title="Créance", value="{{ claim.number }}", width=1644, total="Total"),
        Column(title="Échéance", value="{{ claim.due_on }}", width=1134),
        Column(
            title="Principal", value="{{ claim.principal }}", width=1361, number=True,
            total="{{ sums.principal }}",
        ),
        Column(
            title="Intérêts", value="{{ claim.interest }}", width=1247, number=True,
            total="{{ sums.interest }}",
        ),
        Column(
            title="Indemnité, clause pénale", value="{{ claim.accessories }}", width=1304,
            number=True, total="{{ sums.accessories }}",
        ),
        Column(
            title="Payé", value="{{ claim.paid }}", width=1304, number=True,
            total="{{ sums.paid }}",
        ),
        Column(
            title="Restant dû", value="{{ claim.outstanding }}", width=1361, number=True,
            total="{{ sums.outstanding }}",
        ),
    )  # fmt: skip


def _interest() -> Block:
    return table(
        "Calcul des intérêts",
        "Une ligne par créance et par période de même taux et de même base : nombre de jours,"
        " base, taux annuel et son fondement, montant.",
        "line",
        "interest",
        Column(title="Créance", value="{{ line.number }}", width=1247, total="Total"),
        Column(title="Période (jours inclus)", value="{{ line.period }}", width=2494),
        Column(title="Jours", value="{{ line.days }}", width=680, number=True),
        Column(title="Base", value="{{ line.base }}", width=1361, number=True),
        Column(title="Taux annuel", value="{{ line.rate }}", width=907, number=True),
        Column(title="Fondement", value="{{ line.basis }}", width=1417),
        Column(
            title="Intérêts", value="{{ line.amount }}", width=1249, number=True,
            total="{{ sums.interest }}",
        ),
    )  # fmt: skip


def _rates() -> Block:
    return table(
        "Taux publiés retenus",
        "Une ligne par série et par période : taux et publication.",
        "rate",
        "rates",
        Column(title="Série", value="{{ rate.series }}", width=3685),
        Column(title="Période", value="{{ rate.period }}", width=1134),
        Column(title="Taux", value="{{ rate.percent }}", width=964, number=True),
        Column(title="Publication", value="{{ rate.source }}", width=3572),
        total=False,
    ) + when("file.has_ecb", note(
        "Le taux de la BCE qui compte pour un semestre est celui en vigueur le 1er janvier ou le"
        " 1er juillet (article L. 441-10, II, du Code de commerce)."
    ))  # fmt: skip
