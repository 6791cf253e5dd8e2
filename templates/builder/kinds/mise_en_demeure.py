"""The formal notice to pay, between professionals."""

from __future__ import annotations

from templates.builder.blocks import body, demand, heading, lead, when
from templates.builder.debt import (
    earlier_steps,
    interest_annex,
    interest_text,
    invoices_table,
    penalty_clause_text,
    recap_table,
    receipts,
    recovery_fee_text,
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
        _contract(),
        _invoices(),
        invoices_table(),
        receipts(),
        earlier_steps(),
        when(
            "accessories",
            heading("Pénalités de retard et indemnités"),
            interest_text(),
            recovery_fee_text(),
            penalty_clause_text(),
        ),
        heading("Somme due au {{ letter.as_of }}"),
        recap_table(),
        _demand(),
        note_paragraph(),
        payment_means(),
        _end(),
        signature(),
        enclosures(),
        interest_annex(),
    )


def _contract() -> str:
    return when(
        "contract.reference",
        body(
            "Nos relations sont régies par le document suivant : « {{ contract.reference }} »"
            "{% if contract.signed_on %}, signé le {{ contract.signed_on }}{% endif %}."
        ),
    )


def _invoices() -> str:
    owed = "{{ debtor.identity }} reste nous devoir, au {{ letter.as_of }}, le principal ci-après,"
    return when(
        "invoices.one",
        lead(f"{owed} au titre d'une facture échue :"),
        otherwise=(lead(f"{owed} au titre de factures toutes échues :"),),
    )


def _demand() -> str:
    return "".join(
        (
            heading("Mise en demeure"),
            demand(
                "En conséquence, nous vous mettons en demeure de nous payer la somme de"
                " {{ letter.total }}, arrêtée au {{ letter.as_of }}, {{ letter.deadline }}"
                "{% if interest.daily %}, outre les pénalités de retard qui continuent de courir"
                " jusqu'au complet paiement{% endif %}."
            ),
            body(
                "La présente lettre vaut mise en demeure au sens de l'article 1344 du Code civil."
                " À défaut de paiement intégral dans ce délai, nous pourrons, sans autre rappel,"
                " saisir le tribunal compétent d'une demande en paiement de l'ensemble des sommes"
                " dues."
            ),
            when(
                "contract.resolutive_clause",
                body(
                    "La présente mise en demeure vise expressément la clause résolutoire stipulée"
                    " à l'article {{ contract.resolutive_clause.article }} du contrat, ainsi"
                    " rédigée : « {{ contract.resolutive_clause.quote }} »"
                    "{{ contract.resolutive_clause.stop }} Si elle reste"
                    " infructueuse dans le délai ci-dessus, nous pourrons nous prévaloir de cette"
                    " clause, dans les conditions qu'elle prévoit (article 1225 du Code civil)."
                ),
            ),
            when(
                "contract.retention_of_title",
                body(
                    "Nous nous réservons expressément le bénéfice de la clause de réserve de"
                    " propriété stipulée à notre profit, selon laquelle les biens livrés restent"
                    " notre propriété jusqu'au complet paiement de leur prix."
                ),
            ),
        )
    )


def _end() -> str:
    return "".join(
        (
            body(
                "Si vous contestez tout ou partie de ces sommes, nous vous invitons à nous en"
                " indiquer les motifs par écrit, pièces à l'appui, dans le même délai. Si vous"
                " rencontrez une difficulté, vous pouvez nous proposer sans attendre un calendrier"
                " de paiement{% if letter.contact %} ({{ letter.contact }}){% endif %} ; toute"
                " proposition sera examinée. Si vous avez payé depuis l'établissement de ce"
                " décompte, nous vous remercions de nous en indiquer la date et les références."
            ),
            lead("La présente vous est adressée sous réserve de tous nos droits et actions."),
            closing(),
        )
    )
