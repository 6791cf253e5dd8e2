"""The formal notice to pay: to anyone, for any claim, by the creditor or whoever acts for it."""

from __future__ import annotations

from templates.builder.blocks import body, bullets, demand, each, heading, lead, when
from templates.builder.claims import (
    accessories,
    account_table,
    claims_table,
    earlier_steps,
    interest_annex,
    receipts,
)
from templates.builder.representative import (
    payment_through,
    personal_data,
    representative_mentions,
    representative_opening,
)
from templates.builder.stationery import (
    closing,
    enclosures,
    letter,
    note_paragraph,
    payment_means,
    signature,
)


def document() -> bytes:
    """The Word master."""
    return letter(
        "Mise en demeure de payer",
        representative_opening(),
        _contract(),
        lead("{{ letter.owed }}"),
        _claims(),
        receipts(),
        earlier_steps(
            "Les démarches amiables suivantes n'ont pas abouti à un règlement intégral :"
        ),
        accessories(),
        heading("Somme due au {{ letter.as_of }}"),
        account_table(),
        heading("Mise en demeure"),
        demand("{{ letter.demand }}"),
        each("text", "letter.effects", body("{{ text }}")),
        note_paragraph(),
        payment_means(),
        payment_through(),
        each("text", "letter.talk", body("{{ text }}")),
        representative_mentions(),
        personal_data(after=160),
        body("{{ letter.reserved }}"),
        closing("{{ letter.closing }}"),
        signature(),
        enclosures(),
        interest_annex(),
    )


def _contract() -> str:
    return when(
        "contract.reference",
        body(
            "Les relations des parties sont régies par le document suivant :"
            " « {{ contract.reference }} »"
            "{% if contract.signed_on %}, signé le {{ contract.signed_on }}{% endif %}."
        ),
    )


def _claims() -> str:
    """The claims; what became of cheques is told one by one, for they have no delay."""
    return when(
        "cheques",
        claims_table("Chèques impayés", days=False),
        bullets("cheques"),
        otherwise=(claims_table("Créances impayées"),),
    )
