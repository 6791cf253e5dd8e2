"""The status report to the client: every step, every sum."""

from __future__ import annotations

from templates.builder.blocks import (
    Block,
    Column,
    body,
    bullets,
    field,
    heading,
    lead,
    table,
    when,
)
from templates.builder.claims import account_table, claims_table
from templates.builder.stationery import AFTER_LIST, closing, enclosures, letter, signature


def document() -> bytes:
    """The Word master."""
    return letter(
        "Relevé des démarches",
        body(
            "Vous trouverez ci-après l'état de ce dossier au {{ letter.as_of }} : les démarches"
            " accomplies, les sommes reçues et ce qui reste dû."
        ),
        _file(),
        heading("Créances"),
        claims_table("Créances confiées"),
        heading("Démarches accomplies"),
        when(
            "steps",
            _steps(),
            otherwise=(body("Aucune démarche n'a été enregistrée à ce jour."),),
        ),
        heading("Règlements et avoirs"),
        when("sums", _sums(), otherwise=(body("Aucune somme n'a été reçue à ce jour."),)),
        when("funds", _funds()),
        heading("Propositions du débiteur"),
        when(
            "offers",
            lead("Le débiteur a proposé autre chose qu'un paiement immédiat :"),
            bullets("offers"),
            otherwise=(body("Le débiteur n'a fait aucune proposition à ce jour."),),
        ),
        when("troubles", heading("Contestations et retours de courrier"), bullets("troubles")),
        when("costs", heading("Frais"), _costs()),
        heading("Compte du débiteur au {{ letter.as_of }}"),
        account_table("Reste dû"),
        when("interest.lines", lead("Les intérêts se calculent ainsi :"), _interest()),
        when(
            "interest.daily",
            body("Chaque jour de plus ajoute {{ interest.daily }} d'intérêts."),
        ),
        when("letter.note", heading("Suite proposée"), body("{{ letter.note }}")),
        lead(
            "Nous restons à votre disposition pour toute précision"
            "{% if letter.contact %} ({{ letter.contact }}){% endif %}."
        ),
        closing(),
        signature(),
        enclosures(),
    )


def _file() -> Block:
    return "".join(
        (
            when("file.creditor", field("Créancier", "{{ file.creditor }}")),
            field("Débiteur", "{{ file.debtor }}"),
            when("file.mandate", field("Mandat du", "{{ file.mandate }}")),
            field("Créances confiées", "{{ file.claims }}"),
            when("file.proceedings", field("Procédure ouverte", "{{ file.proceedings }}")),
            field("Reste dû", "{{ letter.total }}"),
            AFTER_LIST,
        )
    )


def _steps() -> Block:
    return table(
        "Démarches accomplies",
        "Une ligne par démarche : date, nature, moyen, référence, suite.",
        "step",
        "steps",
        Column(title="Date", value="{{ step.on }}", width=1106),
        Column(title="Démarche", value="{{ step.what }}", width=1871),
        Column(title="Moyen", value="{{ step.how }}", width=1587),
        Column(title="Référence", value="{{ step.reference }}", width=2268),
        Column(title="Suite", value="{{ step.outcome }}", width=2522),
        total=False,
    )


def _sums() -> Block:
    return table(
        "Sommes reçues",
        "Une ligne par règlement ou avoir, puis le total.",
        "sum",
        "sums",
        Column(title="Date", value="{{ sum.on }}", width=1106, total="Total"),
        Column(title="Opération", value="{{ sum.what }}", width=6520),
        Column(
            title="Montant", value="{{ sum.amount }}", width=1728, number=True,
            total="{{ received }}",
        ),
    )  # fmt: skip


def _funds() -> Block:
    return "".join(
        (
            heading("Fonds encaissés et reversés"),
            body(
                "Sauf convention contraire, les fonds encaissés sous le mandat"
                " ({{ funds.collected }}) sont reversés dans le mois de leur encaissement effectif"
                " (article R. 124-6 du Code des procédures civiles d'exécution)."
            ),
            when(
                "funds.due",
                lead("Dernier jour pour reverser chaque encaissement :"),
                bullets("funds.due"),
            ),
            when("funds.given", lead("Reversements effectués :"), bullets("funds.given")),
            when(
                "funds.left",
                body(
                    "Total reversé : {{ funds.handed }}. Reste à reverser : **{{ funds.left }}**."
                ),
            ),
        )
    )


def _costs() -> Block:
    return table(
        "Frais",
        "Une ligne par dépense, et qui la supporte.",
        "cost",
        "costs",
        Column(title="Dépense", value="{{ cost.what }}", width=5386),
        Column(title="Supportée par", value="{{ cost.who }}", width=2240),
        Column(title="Montant", value="{{ cost.amount }}", width=1728, number=True),
        total=False,
    )


def _interest() -> Block:
    return table(
        "Calcul des intérêts",
        "Une ligne par créance et par période de même taux et de même base : nombre de jours,"
        " base, taux annuel, montant. Jours × base × taux ÷ 365.",
        "line",
        "interest.lines",
        Column(title="{{ table.heading }}", value="{{ line.number }}", width=1757, total="Total"),
        Column(title="Période (jours inclus)", value="{{ line.period }}", width=2665),
        Column(title="Jours", value="{{ line.days }}", width=737, number=True),
        Column(title="Base", value="{{ line.base }}", width=1474, number=True),
        Column(title="Taux annuel", value="{{ line.rate }}", width=1247, number=True),
        Column(
            title="Intérêts", value="{{ line.amount }}", width=1474, number=True,
            total="{{ interest.total }}",
        ),
    )  # fmt: skip
