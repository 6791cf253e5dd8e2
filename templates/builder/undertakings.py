"""What acts have in them by which a debtor undertakes to pay.

Printed from the values of `generators.undertakings`: ``debt`` of `debt_summary`, ``plan`` of
`plan_values`.
"""

from __future__ import annotations

from typing import Final

from templates.builder.blocks import Block, Column, at_the_end, fixed_table, table, when

_ROOM: Final = '<w:spacing w:before="0" w:after="1474"/>'
_MENTION: Final = 5726
_DOTS: Final = "\u2026" * 6


def debt_table() -> Block:
    """The claims with their date and due date, and what is left of each."""
    return table(
        "Créances",
        "Une ligne par créance : date, échéance, montant d'origine, reste dû, accessoires compris.",
        "claim",
        "debt.rows",
        Column(title="N°", value="{{ claim.index }}", width=510),
        Column(title="Créance", value="{{ claim.what }}", width=3686, total="Total"),
        Column(title="Date", value="{{ claim.issued_on }}", width=1134),
        Column(title="Échéance", value="{{ claim.due_on }}", width=1134),
        Column(title="Montant", value="{{ claim.amount }}", width=1417, number=True),
        Column(
            title="Reste dû", value="{{ claim.outstanding }}", width=1473, number=True,
            total="{{ debt.outstanding }}",
        ),
    )  # fmt: skip


def debt_recap() -> Block:
    """The sums by kind, when more than the principal is owed or something was paid."""
    return when(
        "debt.recap",
        table(
            "Récapitulatif de la somme due",
            "Une ligne par poste, puis le total.",
            "item",
            "debt.recap",
            Column(title="Poste", value="{{ item.label }}", width=7086, total="Total dû"),
            Column(
                title="Montant", value="{{ item.amount }}", width=2268, number=True,
                total="{{ debt.figures }}",
            ),
            keep="whole",
        ),
    )  # fmt: skip


def instalments_table() -> Block:
    """The instalments: day, sum, what is left once it is paid."""
    return table(
        "Échéances",
        "Une ligne par échéance : date, montant, solde après paiement.",
        "instalment",
        "plan.rows",
        Column(title="N°", value="{{ instalment.index }}", width=850),
        Column(title="Date de paiement", value="{{ instalment.due_on }}", width=3969,
               total="Total"),
        Column(
            title="Montant", value="{{ instalment.amount }}", width=2268, number=True,
            total="{{ plan.total }}",
        ),
        Column(
            title="Solde après paiement", value="{{ instalment.balance }}", width=2267,
            number=True,
        ),
    )  # fmt: skip


def debtors_hand(mention: str, *, signature: int = 1) -> Block:
    """Room for the mention that the debtor writes, and for the debtor's signature beside it.

    Bookmarks tell signing software where they go.

    Args:
        mention: What the debtor is to write, between quotation marks.
        signature: Number of the signature on the act.

    Sources:
        Art. 1376 C. civ.: the mention is written by the debtor, who alone must have been able to
        put it there when it is not handwritten (Cass. 1re civ., 28 Oct. 2015, n° 14-23.110).
    """
    hand = fixed_table(
        "Mention et signature du débiteur",
        "À gauche la mention que le débiteur écrit lui-même, à droite sa date et sa signature.",
        ["Mention écrite par le débiteur lui-même", "Date et signature du débiteur"],
        [
            mention,
            f"Fait à {_DOTS}, le {_DOTS}",
        ],
        widths=[_MENTION, 9354 - _MENTION],
        room=[_room("mention1", 20 + signature), _room(f"signature{signature}", signature)],
    )
    return at_the_end(hand)


def _room(name: str, number: int) -> Block:
    """Room to write, on the page of what follows: the last line of a file would open a new one."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="CelluleLiee"/>{_ROOM}</w:pPr>'
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/></w:p>'
    )
