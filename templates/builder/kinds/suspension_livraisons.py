"""The notice that deliveries or services are suspended."""

from __future__ import annotations

from templates.builder.blocks import Block, body, bullets, demand, heading, lead, when
from templates.builder.claims import (
    accessories,
    account_table,
    claims_table,
    interest_annex,
    receipts,
    short_payment_means,
)
from templates.builder.stationery import (
    closing,
    enclosures,
    letter,
    note_paragraph,
    signature,
)


def document() -> bytes:
    """The Word master."""
    return letter(
        "Suspension des livraisons et prestations",
        _contract(),
        when(
            "default",
            lead(
                "{{ debtor.identity }} reste nous devoir, au {{ letter.as_of }}, le principal"
                " ci-après :"
            ),
            otherwise=(lead("{{ debtor.identity }} doit nous régler le principal ci-après :"),),
        ),
        claims_table("Sommes impayées"),
        receipts(),
        when("steps", lead("Nous rappelons les échanges suivants :"), bullets("steps")),
        accessories(),
        when("account", heading("Somme due au {{ letter.as_of }}"), account_table()),
        _suspension(),
        _effects(),
        note_paragraph(),
        short_payment_means(),
        _end(),
        signature(),
        enclosures(),
        interest_annex(),
    )


def _contract() -> Block:
    return when(
        "contract.reference",
        body(
            "Nos relations sont régies par le document suivant : « {{ contract.reference }} »"
            "{% if contract.signed_on %}, signé le {{ contract.signed_on }}{% endif %}."
        ),
    )


def _suspension() -> Block:
    return "".join(
        (
            heading("Suspension"),
            when(
                "default",
                body(
                    "Ce défaut de paiement est suffisamment grave : il porte sur"
                    " {{ default.principal }} de principal, et dure depuis l'échéance du"
                    " {{ default.since }}, soit {{ default.days }}. L'article 1219 du Code civil"
                    " nous permet dès lors de ne pas exécuter nos propres obligations."
                ),
            ),
            when("suspension.anticipatory", _anticipation()),
            when(
                "suspension.at_once",
                demand(
                    "En conséquence, nous suspendons {{ suspension.scope }} à compter du"
                    " {{ suspension.on }}."
                ),
                otherwise=(
                    demand(
                        "En conséquence, nous suspendrons {{ suspension.scope }} à compter du"
                        " {{ suspension.on }}, sauf {{ suspension.unless }} avant cette date."
                    ),
                ),
            ),
            when(
                "suspension.clause",
                body(
                    "Cette suspension est aussi prévue à l'article {{ suspension.clause.article }}"
                    " de nos conditions, ainsi rédigé : « {{ suspension.clause.quote }} »"
                    "{{ suspension.clause.stop }}"
                ),
            ),
        )
    )


def _anticipation() -> Block:
    return "".join(
        (
            body(
                "Il est manifeste que vous n'exécuterez pas à l'échéance :"
                " {{ suspension.anticipatory.grounds }}"
            ),
            body(
                "Les conséquences de cette inexécution sont suffisamment graves pour nous :"
                " {{ suspension.anticipatory.consequences }}"
            ),
            body(
                "L'article 1220 du Code civil nous permet de suspendre nos obligations sans"
                " attendre l'échéance ; la présente lettre vous notifie cette suspension dans les"
                " meilleurs délais."
            ),
        )
    )


def _effects() -> Block:
    return "".join(
        (
            body(
                "Les obligations suspendues et les sommes ci-dessus se rattachent au même contrat"
                " ou à des contrats liés."
            ),
            body("Nous reprendrons l'exécution dès {{ suspension.resumption }}."),
            body(
                "La suspension n'emporte ni résolution ni résiliation du contrat, et ne met pas fin"
                " à nos relations. Elle ne vous dispense pas du règlement des sommes dues. Nous"
                " réservons tous nos droits."
            ),
        )
    )


def _end() -> Block:
    return "".join(
        (
            lead(
                "Si vous contestez ces sommes, indiquez-nous vos motifs par écrit. Si vous"
                " rencontrez une difficulté, proposez-nous sans attendre un calendrier de"
                " règlement{% if letter.contact %} ({{ letter.contact }}){% endif %} : toute"
                " proposition sera examinée."
            ),
            closing(),
        )
    )
