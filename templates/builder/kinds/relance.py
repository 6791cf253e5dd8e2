"""The reminder of a debt that has fallen due."""

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
    signature,
)


def document() -> bytes:
    """The Word master."""
    return letter(
        "Relance",
        representative_opening(),
        when("level.first", _first()),
        when("level.second", _second()),
        when("level.last", _last()),
        note_paragraph(),
        short_payment_means(),
        payment_through(),
        representative_mentions(),
        _help(),
        closing(),
        signature(),
        enclosures(),
        personal_data(),
        interest_annex(),
    )


def _one_or_more(one: str, many: str) -> Block:
    return when("table.one", lead(one), otherwise=(lead(many),))


def _of_the_sums(before: str, after: str = "") -> Block:
    return _one_or_more(
        f"{before} de la somme suivante, arrivée à échéance{after} :",
        f"{before} des sommes suivantes, arrivées à échéance{after} :",
    )


# -- level 1: an oversight ---------------------------------------------------------------


def _first() -> Block:
    return "".join(
        (
            when(
                "tone.usual",
                _of_the_sums(
                    "Sauf erreur ou omission, {{ voice.has_not }} encore reçu le règlement"
                ),
            ),
            when(
                "tone.negligent",
                when(
                    "voice.own",
                    body("Nous vous remercions de la confiance que vous nous accordez."),
                ),
                _of_the_sums(
                    "Parmi vos occupations, vous avez sans doute perdu de vue le règlement"
                ),
            ),
            when(
                "tone.bad_payer", _of_the_sums("À ce jour, {{ voice.has_not }} reçu le règlement")
            ),
            when(
                "tone.administrative",
                _of_the_sums(
                    "À ce jour, {{ voice.has_not }} encore reçu le règlement",
                    " et peut-être en cours de traitement dans vos services",
                ),
            ),
            claims_table("Sommes à régler"),
            receipts(),
            _sums(),
            when(
                "tone.usual",
                body(
                    "Il s'agit sans doute d'un simple oubli. Nous vous remercions de bien vouloir"
                    " régler la somme de **{{ letter.total }}** au plus tard le"
                    " **{{ letter.deadline }}**."
                ),
            ),
            when(
                "tone.negligent",
                body(
                    "Quelques instants suffisent pour clore ce point : nous vous serions"
                    " reconnaissants de régler la somme de **{{ letter.total }}** dès"
                    " réception de cette lettre, et au plus tard le **{{ letter.deadline }}**. Si"
                    " un duplicata ou une précision peut vous aider, un mot de votre part suffit et"
                    " vous l'aurez le jour même."
                ),
            ),
            when(
                "tone.bad_payer",
                body(
                    "Nous vous demandons de régler la somme de **{{ letter.total }}** au plus"
                    " tard le **{{ letter.deadline }}**, et de nous confirmer par retour le jour et"
                    " le moyen de ce règlement. Si un motif s'y oppose, indiquez-le-nous par écrit"
                    " dans le même délai."
                ),
            ),
            when("tone.administrative", _circuit()),
            when("letter.reserved", body("{{ letter.reserved }}")),
        )
    )


def _circuit() -> Block:
    return body(
        "Nous vous remercions de nous indiquer à quelle étape en est ce dossier, quel service et"
        " quelle personne en autorisent le paiement puis l'exécutent, et quelle pièce leur"
        " manquerait (bon de commande, référence d'engagement, justificatif de livraison ou de"
        " service fait) : nous vous l'adresserons aussitôt. Le règlement de **{{ letter.total }}**"
        " est attendu au plus tard le **{{ letter.deadline }}**."
    )


# -- level 2: the figures, and why -------------------------------------------------------------


def _second() -> Block:
    return "".join(
        (
            when(
                "steps",
                _of_the_sums(
                    "Malgré les démarches rappelées ci-après, {{ voice.has_not }} reçu le règlement"
                    " intégral"
                ),
                otherwise=(
                    _of_the_sums("À ce jour, {{ voice.has_not }} reçu le règlement intégral"),
                ),
            ),
            _account(),
            when("tone.administrative", _circuit(), otherwise=(_ask(),)),
            when(
                "tone.usual",
                _cause(),
            ),
            when(
                "tone.negligent",
                body(
                    "Un règlement dès réception de cette lettre rendra toute autre démarche"
                    " inutile{% if voice.own %}, et nous tenons à la qualité de nos"
                    " relations{% endif %}."
                ),
                _cause(),
            ),
            when("tone.bad_payer", _cause(), _announcement()),
        )
    )


# -- level 3: what follows -----------------------------------------------------------------------


def _last() -> Block:
    return "".join(
        (
            when(
                "steps",
                _of_the_sums(
                    "Les démarches rappelées ci-après n'ont pas abouti au règlement intégral"
                ),
                otherwise=(
                    _of_the_sums("À ce jour, {{ voice.has_not }} reçu le règlement intégral"),
                ),
            ),
            _account(),
            _ask(),
            _announcement("Cette lettre est notre dernière relance. "),
            when(
                "tone.administrative",
                body(
                    "Si le paiement est déjà autorisé, indiquez-nous avant cette date le service"
                    " qui l'exécute et le jour prévu ; si une pièce y fait défaut, nous vous"
                    " l'adresserons aussitôt."
                ),
            ),
            when(
                "tone.bad_payer",
                body(
                    "Aucun autre délai ne sera accordé sans engagement écrit de votre part,"
                    " comportant les dates et les montants de vos règlements."
                ),
                otherwise=(_cause(),),
            ),
        )
    )


def _announcement(before: str = "") -> Block:
    return when(
        "debtor.was_noticed",
        body(
            f"{before}À défaut de règlement intégral à cette date, {{{{ voice.may }}}}, à compter"
            " du **{{ letter.next_on }}**, saisir la juridiction compétente d'une demande en"
            " paiement."
        ),
        otherwise=(
            body(
                f"{before}À défaut de règlement intégral à cette date, une mise en demeure de payer"
                " vous sera adressée à compter du **{{ letter.next_on }}**."
            ),
        ),
    )


def _account() -> Block:
    return "".join(
        (
            claims_table("Sommes à régler"),
            receipts(),
            when("steps", lead("Nous rappelons les échanges suivants :"), bullets("steps")),
            _sums(),
        )
    )


def _sums() -> Block:
    """What is owed beside the principal, and in all: nothing where the principal alone is asked."""
    return accessories() + when(
        "account", heading("Somme due au {{ letter.as_of }}"), account_table()
    )


def _ask() -> Block:
    return demand(
        "Nous vous demandons de régler la somme de {{ letter.total }}, arrêtée au"
        " {{ letter.as_of }}, au plus tard le {{ letter.deadline }}."
    )


def _cause() -> Block:
    return body(
        "Si un motif explique cette situation (désaccord, livraison ou prestation incomplète,"
        " document égaré, difficulté de trésorerie), faites-le-nous connaître d'ici là : il y sera"
        " répondu, et un règlement échelonné peut être étudié."
    )


# -- whom to speak to ------------------------------------------------------------------------------


def _help() -> Block:
    return "".join(
        (
            when(
                "debtor.is_tenant",
                body(
                    "Si vous traversez des difficultés, l'organisme qui vous verse une aide au"
                    " logement et le fonds de solidarité pour le logement (FSL) de votre"
                    " département peuvent vous renseigner."
                ),
            ),
            when(
                "debtor.is_consumer",
                when(
                    "level.first",
                    body(
                        "En cas de difficulté, dites-le-nous : nous chercherons avec vous une"
                        " solution."
                    ),
                    otherwise=(
                        body(
                            "En cas de désaccord, vous pouvez aussi vous adresser gratuitement à un"
                            " conciliateur de justice et, si vos difficultés tiennent à l'ensemble"
                            " de vos dettes, à la commission de surendettement."
                        ),
                    ),
                ),
            ),
            lead(
                "Si vous avez effectué ce règlement entre-temps, nous vous en remercions et vous"
                " prions de ne pas tenir compte de cette lettre.{% if letter.contact %} Pour toute"
                " question : {{ letter.contact }}.{% endif %}"
            ),
        )
    )
