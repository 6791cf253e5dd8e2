"""What an act that claims money has in its text, printed from `generators.debt_values`.

The blocks stand alone: a reminder takes the table of invoices and the recapitulation, a formal
notice takes all.
"""

from __future__ import annotations

from templates.builder.blocks import (
    Block,
    Column,
    body,
    bullets,
    heading,
    lead,
    table,
    when,
)


def invoices_table() -> Block:
    """The invoices: what each came to, what was set against it, what is left (``claims``)."""
    return table(
        "Factures impayées",
        "Une ligne par facture : dates, montant toutes taxes comprises, part déjà imputée sur le"
        " principal, principal restant dû.",
        "claim",
        "claims",
        Column(title="N°", value="{{ claim.index }}", width=510),
        Column(title="Facture", value="{{ claim.number }}", width=1871, total="Total"),
        Column(title="Date", value="{{ claim.issued_on }}", width=1134),
        Column(title="Échéance", value="{{ claim.due_on }}", width=1134),
        Column(
            title="Montant TTC", value="{{ claim.amount }}", width=1474, number=True,
            total="{{ invoices.amount }}",
        ),
        Column(
            title="Imputé sur le principal", value="{{ claim.applied }}", width=1587, number=True,
            total="{{ invoices.applied }}",
        ),
        Column(
            title="Principal restant dû", value="{{ claim.outstanding }}", width=1644, number=True,
            total="{{ invoices.outstanding }}",
        ),
    )  # fmt: skip


def receipts() -> Block:
    """Payments and credit notes by date, and what the payments were set against."""
    return when(
        "receipts.lines",
        lead("Ce décompte tient compte des opérations suivantes :"),
        bullets("receipts.lines"),
    ) + when("receipts.allocation", body("{{ receipts.allocation }}"))


def earlier_steps(
    text: str = "Nos démarches amiables n'ont pas abouti à un règlement intégral :",
) -> Block:
    """What was done to be paid, by date."""
    return when("steps", lead(text), bullets("steps"))


def interest_table() -> Block:
    """The interest, a line for each invoice and period of one rate and one base."""
    return table(
        "Calcul des pénalités de retard",
        "Une ligne par facture et par période de même taux et de même base : nombre de jours,"
        " base, taux annuel, montant. Jours × base × taux ÷ 365.",
        "line",
        "interest.lines",
        Column(title="Facture", value="{{ line.number }}", width=1757, total="Total"),
        Column(title="Période (jours inclus)", value="{{ line.period }}", width=2665),
        Column(title="Jours", value="{{ line.days }}", width=737, number=True),
        Column(title="Base", value="{{ line.base }}", width=1474, number=True),
        Column(title="Taux annuel", value="{{ line.rate }}", width=1247, number=True),
        Column(
            title="Pénalités", value="{{ line.amount }}", width=1474, number=True,
            total="{{ interest.total }}",
        ),
    )  # fmt: skip


def interest_text() -> Block:
    """Why interest between professionals is owed, and its sum, with its table or its annex."""
    return when(
        "interest.lines",
        body(
            "Les pénalités de retard sont exigibles le jour suivant la date de règlement figurant"
            " sur la facture, sans qu'un rappel soit nécessaire (article L. 441-10, II, du Code de"
            " commerce). {{ interest.rates }}"
        ),
        when(
            "interest.in_annex",
            body(
                "Elles s'élèvent à {{ interest.total }} au {{ letter.as_of }}. Leur calcul,"
                " facture par facture, figure en annexe."
            ),
            otherwise=(
                lead("Elles s'établissent ainsi, au {{ letter.as_of }} :"),
                interest_table(),
            ),
        ),
        when(
            "interest.daily",
            body(
                "Elles continuent de courir jusqu'au complet paiement, à raison, au taux actuel,"
                " de {{ interest.daily }} par jour."
            ),
        ),
    )


def interest_annex() -> Block:
    """The lines of interest on a page of their own, when they are many."""
    return when(
        "interest.in_annex",
        heading("Annexe : calcul des pénalités de retard au {{ letter.as_of }}", page_break=True),
        lead(
            "Chaque ligne : base × taux annuel × nombre de jours ÷ 365, arrondi au centime. Les"
            " jours de début et de fin sont comptés."
        ),
        interest_table(),
    )


def recovery_fee_text() -> Block:
    """The fixed fee for each late invoice (art. D. 441-5 C. com.)."""
    return when(
        "indemnity",
        body(
            "Une indemnité forfaitaire pour frais de recouvrement est due de plein droit pour"
            " chaque facture payée en retard (articles L. 441-10, II, et D. 441-5 du Code de"
            " commerce), soit {{ indemnity.detail }}. Nous nous réservons de demander, sur"
            " justification, une indemnisation complémentaire si nos frais de recouvrement"
            " excèdent ce montant."
        ),
    )


def penalty_clause_text() -> Block:
    """The penalty clause, incurred by this letter or by an earlier one (art. 1231-5 C. civ.)."""
    return when(
        "penalty",
        when(
            "penalty.by_this_letter",
            body(
                "La clause pénale stipulée au contrat est encourue par l'effet de la présente mise"
                " en demeure (article 1231-5 du Code civil). Elle s'élève à {{ penalty.detail }}."
            ),
            otherwise=(
                body(
                    "La clause pénale stipulée au contrat est encourue (article 1231-5 du Code"
                    " civil). Elle s'élève à {{ penalty.detail }}."
                ),
            ),
        ),
    )


def recap_table() -> Block:
    """The sums by kind, and what is owed in all (``recap``, ``letter.total``)."""
    return table(
        "Récapitulatif de la somme due",
        "Une ligne par poste, puis le total.",
        "item",
        "recap",
        Column(title="Poste", value="{{ item.label }}", width=7087, total="Total dû"),
        Column(
            title="Montant", value="{{ item.amount }}", width=2268, number=True,
            total="{{ letter.total }}",
        ),
        keep="whole",
    )  # fmt: skip
