"""What letters have in their text that go to any debtor, printed from `generators.claim_values`."""

from __future__ import annotations

from typing import Literal

from templates.builder.blocks import (
    Block,
    Column,
    body,
    bullets,
    each,
    heading,
    lead,
    table,
    when,
)
from templates.builder.stationery import AFTER_LIST, payment_line


def claims_table(
    caption: str, *, days: bool = True, left: str = "Reste dû", values: str = "table"
) -> Block:
    """The claims, one a row, with what was set against them where something was.

    Args:
        caption: What the table is, for those who cannot see it.
        days: Whether it tells the days of delay.
        left: Heading of what is left to pay.
        values: Name of the values of `generators.claim_values.claim_table`.
    """
    return when(
        f"{values}.applies",
        _claims(caption, values, left, days=days, applies=True),
        otherwise=(_claims(caption, values, left, days=days, applies=False),),
    )


def _claims(caption: str, values: str, left: str, *, days: bool, applies: bool) -> Block:
    columns = [
        Column(
            title=f"{{{{ {values}.heading }}}}",
            value="{{ claim.number }}{% if claim.what %} – {{ claim.what }}{% endif %}",
            width=2495 + (0 if days else 850) + (0 if applies else 1247),
            total="Total",
        ),
        Column(title="Date", value="{{ claim.issued_on }}", width=1106),
        Column(title="Échéance", value="{{ claim.due_on }}", width=1106),
    ]
    if days:
        columns.append(Column(title="Retard", value="{{ claim.days }}", width=850, number=True))
    columns.append(
        Column(
            title=f"{{{{ {values}.amount_heading }}}}", value="{{ claim.amount }}", width=1276,
            number=True, total=f"{{{{ {values}.amount }}}}",
        )
    )  # fmt: skip
    if applies:
        columns.append(
            Column(
                title="Imputé sur le principal", value="{{ claim.applied }}", width=1247,
                number=True, total=f"{{{{ {values}.applied }}}}",
            )
        )  # fmt: skip
    columns.append(
        Column(
            title=left, value="{{ claim.outstanding }}", width=1274, number=True,
            total=f"{{{{ {values}.outstanding }}}}",
        )
    )  # fmt: skip
    return table(
        caption,
        "Une ligne par créance, puis le total : dates, montant, part déjà imputée sur le"
        " principal, principal restant dû.",
        "claim",
        f"{values}.rows",
        *columns,
    )


def receipts() -> Block:
    """Payments and credit notes by date, and what the payments were set against."""
    return when(
        "receipts.lines",
        lead("Ce décompte tient compte des opérations suivantes :"),
        bullets("receipts.lines"),
        when("receipts.allocation", body("{{ receipts.allocation }}")),
    )


def earlier_steps(
    text: str = "Les démarches amiables suivantes n'ont pas abouti à un règlement intégral :",
) -> Block:
    """What was done to be paid, by date."""
    return when("steps", lead(text), bullets("steps"))


def accessories() -> Block:
    """Interest, fees and clauses: why they are owed, and the lines of interest."""
    return when(
        "accessories.any",
        heading("{{ accessories.heading }}"),
        each("text", "accessories.interest", body("{{ text }}")),
        when(
            "accessories.in_annex",
            body(
                "Le calcul des intérêts, arrêté au {{ letter.as_of }}, figure en annexe ; il"
                " s'élève à {{ accessories.total }}."
            ),
            otherwise=(
                when(
                    "accessories.lines",
                    lead("Le calcul, arrêté au {{ letter.as_of }}, est le suivant :"),
                    interest_table(keep="whole"),
                ),
            ),
        ),
        each("text", "accessories.more", body("{{ text }}")),
    )


def interest_table(*, keep: Literal["ends", "whole"] = "ends") -> Block:
    """Interest, a line for each claim and period of one rate and one base."""
    return table(
        "Calcul des intérêts",
        "Une ligne par créance et par période de même taux et de même base : nombre de jours,"
        " base, taux annuel, montant. Jours × base × taux ÷ 365.",
        "line",
        "accessories.lines",
        Column(title="{{ table.heading }}", value="{{ line.number }}", width=1757, total="Total"),
        Column(title="Période (jours inclus)", value="{{ line.period }}", width=2665),
        Column(title="Jours", value="{{ line.days }}", width=737, number=True),
        Column(title="Base", value="{{ line.base }}", width=1474, number=True),
        Column(title="Taux annuel", value="{{ line.rate }}", width=1247, number=True),
        Column(
            title="Intérêts", value="{{ line.amount }}", width=1474, number=True,
            total="{{ accessories.total }}",
        ),
        keep=keep,
    )  # fmt: skip


def interest_annex() -> Block:
    """The lines of interest on a page of their own, when they are many."""
    return when(
        "accessories.in_annex",
        heading("Annexe : calcul des intérêts au {{ letter.as_of }}", page_break=True),
        lead(
            "Chaque ligne : base × taux annuel × nombre de jours ÷ 365, arrondi au centime. Les"
            " jours de début et de fin sont comptés."
        ),
        interest_table(),
    )


def account_table(total: str = "Total dû") -> Block:
    """The sums by kind, and what is owed in all (``account``, ``letter.total``)."""
    return table(
        "Récapitulatif de la somme due",
        "Une ligne par poste, puis le total.",
        "item",
        "account",
        Column(title="Poste", value="{{ item.label }}", width=7087, total=total),
        Column(
            title="Montant", value="{{ item.amount }}", width=2268, number=True,
            total="{{ letter.total }}",
        ),
        keep="whole",
    )  # fmt: skip


def short_payment_means() -> Block:
    """How to pay, without a heading: for a letter that should stay on one page."""
    return when(
        "payment.iban",
        lead("Règlement par virement, en rappelant la référence **{{ payment.reference }}** :"),
        payment_line("Bénéficiaire", "{{ payment.payee }}"),
        when(
            "payment.bic",
            payment_line("IBAN, BIC", "{{ payment.iban }}, {{ payment.bic }}"),
            otherwise=(payment_line("IBAN", "{{ payment.iban }}"),),
        ),
        AFTER_LIST,
        otherwise=(
            body(
                "Règlement par chèque à l'ordre **{{ payment.order }}**, envoyé à l'adresse"
                " figurant en tête de la présente, en rappelant la référence"
                " **{{ payment.reference }}**."
            ),
        ),
    )
