"""The mandate to a collection agency, a contract of numbered articles."""

from __future__ import annotations

from templates.builder.blocks import (
    Block,
    article,
    at_the_end,
    body,
    bullets,
    field,
    heading,
    lead,
    party,
    subtitle,
    title,
    when,
)
from templates.builder.package import word_file
from templates.builder.stationery import signature_table
from templates.builder.undertakings import debt_recap, debt_table


def document() -> bytes:
    """The Word master."""
    return word_file(
        "Mandat de recouvrement",
        title("Mandat de recouvrement"),
        subtitle(
            "{% if mandate.special %}mandat spécial{% else %}mandat-cadre{% endif %} – article"
            " R. 124-3 du Code des procédures civiles d'exécution – dossier {{ act.reference }}"
        ),
        _parties(),
        _object(),
        _claims(),
        _guarantee(),
        _fees(),
        _remittance(),
        _information(),
        _agency(),
        _creditor(),
        _data(),
        _annexes(),
        _term(),
        _signatures(),
        header=("{{ act.continuation }}", "{{ act.reference }}"),
        footer="{{ act.continuation }}",
    )


def _parties() -> Block:
    return "".join(
        (
            heading("Le mandant"),
            party("{{ creditor.full }}, ci-après « le créancier »,"),
            heading("Le mandataire"),
            party("{{ agency.full }}, ci-après « la société »."),
        )
    )


def _object() -> Block:
    return "".join(
        (
            article("Objet et pouvoirs"),
            when(
                "mandate.special",
                body(
                    "Le créancier donne mandat à la société, qui l'accepte, de recouvrer à"
                    " l'amiable, en son nom et pour son compte, les créances désignées à l'article"
                    " 2."
                ),
                otherwise=(
                    body(
                        "Le créancier donne mandat à la société, qui l'accepte, de recouvrer à"
                        " l'amiable, en son nom et pour son compte, les créances qu'il lui confie"
                        " dans les conditions de l'article 2."
                    ),
                ),
            ),
            body(
                "Il lui donne pouvoir de recevoir pour son compte les sommes dues et d'en donner"
                " quittance. Le mandat ne comprend ni la représentation en justice ni l'exécution"
                " forcée."
            ),
            when(
                "powers.may_grant_time",
                body(
                    "La société peut accorder au débiteur des délais de paiement, sans frais ni"
                    " intérêts pour celui-ci ; elle n'accorde aucune remise de dette sans l'accord"
                    " écrit du créancier."
                ),
                otherwise=(
                    body(
                        "La société n'accorde ni délai ni remise de dette sans l'accord écrit du"
                        " créancier."
                    ),
                ),
            ),
            when(
                "mandate.under",
                body(
                    "Le présent mandat complète la convention {{ mandate.under }}, que le créancier"
                    " reconnaît avoir reçue et dont les stipulations s'appliquent pour ce qu'il ne"
                    " règle pas."
                ),
            ),
        )
    )


def _claims() -> Block:
    return article("Créances confiées (article R. 124-3, 1°)") + when(
        "debt",
        body("Débiteur : {{ debtor.full }}."),
        lead("Fondement et montant des sommes dues, au {{ debt.as_of }} :"),
        debt_table(),
        lead("Ces sommes se décomposent ainsi, chaque élément étant indiqué distinctement :"),
        debt_recap(),
        body(
            "Il reste dû en tout {{ debt.figures }} ({{ debt.words }}). Les intérêts postérieurs"
            " s'y ajoutent comme le contrat et la loi le prévoient."
        ),
        otherwise=(
            body(
                "Chaque créance est confiée par un bordereau de remise, daté et accepté par les"
                " deux parties, qui désigne le débiteur et indique le fondement et le montant des"
                " sommes dues, en distinguant le principal, les intérêts et chacun des autres"
                " accessoires. Le bordereau fait corps avec le présent mandat ; la société"
                " n'engage aucune démarche avant son acceptation."
            ),
        ),
    )


def _fees() -> Block:
    return "".join(
        (
            article("Rémunération (article R. 124-3, 3°)"),
            when(
                "fees",
                lead(
                    "La rémunération de la société est à la charge exclusive du créancier. Elle est"
                    " fixée ainsi :"
                ),
                bullets("fees"),
                otherwise=(
                    body(
                        "La rémunération de la société est à la charge exclusive du créancier. Elle"
                        " est fixée par la convention citée à l'article 1."
                    ),
                ),
            ),
            body(
                "Rien n'en est réclamé au débiteur : les frais de recouvrement entrepris sans titre"
                " exécutoire restent à la charge du créancier (article L. 111-8 du Code des"
                " procédures civiles d'exécution)."
            ),
        )
    )


def _guarantee() -> Block:
    return "".join(
        (
            article("Garantie du créancier (article R. 124-3, 2°)"),
            when(
                "guarantee",
                body(
                    "La société répond envers le créancier de sa responsabilité professionnelle ;"
                    " les conséquences pécuniaires en sont garanties par un contrat d'assurance"
                    " souscrit auprès de l'assureur suivant : {{ guarantee }}."
                ),
                otherwise=(
                    body(
                        "La société répond envers le créancier de sa responsabilité"
                        " professionnelle, garantie dans les conditions que fixe la convention"
                        " citée à l'article 1."
                    ),
                ),
            ),
            body(
                "La société déclare satisfaire à l'article R. 124-2 : assurance de sa"
                " responsabilité, compte affecté aux seuls fonds encaissés pour autrui, déclaration"
                " au procureur de la République. Elle en justifie à première demande."
            ),
        )
    )


def _remittance() -> Block:
    return "".join(
        (
            article("Encaissement et reversement (article R. 124-3, 4°)"),
            body(
                "Les sommes sont encaissées sur un compte exclusivement affecté à cet usage et"
                " reversées au créancier {{ remittance.within }} (article R. 124-6). La société"
                " remet au débiteur une quittance de tout paiement et tient à la disposition du"
                " créancier le compte des sommes reçues et reversées."
            ),
            when("remittance.terms", body("{{ remittance.terms }}")),
            when("agency.iban", field("Compte de la société", "{{ agency.iban }}")),
            when("remittance.iban", field("Compte du créancier", "{{ remittance.iban }}")),
        )
    )


def _information() -> Block:
    return article("Information du créancier (article R. 124-5)") + when(
        "powers.informs_of_offers",
        body(
            "La société informe le créancier de tout paiement, même partiel, sauf s'il résulte d'un"
            " échéancier que celui-ci connaît déjà, et de toute proposition du débiteur autre qu'un"
            " paiement immédiat."
        ),
        otherwise=(
            body(
                "La société informe le créancier de tout paiement, même partiel, sauf s'il résulte"
                " d'un échéancier que celui-ci connaît déjà. Les parties conviennent qu'elle n'a"
                " pas à l'informer des autres propositions du débiteur."
            ),
        ),
    )


def _agency() -> Block:
    return "".join(
        (
            article("Obligations de la société"),
            body(
                "La société adresse d'abord au débiteur la lettre prévue à l'article R. 124-4, dont"
                " elle rappelle les références et la date à chaque démarche. Elle agit avec tact,"
                " sans contrainte, sans menacer d'une mesure qui n'est pas possible et sans"
                " entretenir de confusion avec une procédure de justice. Elle ne réclame que ce que"
                " la loi et le contrat mettent à la charge du débiteur et garde secret ce qu'elle"
                " apprend de lui."
            ),
        )
    )


def _creditor() -> Block:
    return "".join(
        (
            article("Obligations du créancier"),
            body(
                "Le créancier confie des créances qu'il tient pour certaines, liquides et"
                " exigibles, et remet les pièces qui les établissent. Il informe sans délai la"
                " société de tout paiement reçu directement, de toute contestation et de toute"
                " procédure ouverte au bénéfice du débiteur."
            ),
        )
    )


def _data() -> Block:
    return "".join(
        (
            article("Données personnelles"),
            body(
                "Les parties ne traitent les données du débiteur que pour l'exécution du mandat, et"
                " seulement celles qui y sont utiles. La société informe le débiteur de ce"
                " traitement dès sa première lettre (article 14 du RGPD). Les données sont"
                " conservées le temps du recouvrement, puis archivées le temps des prescriptions et"
                " des obligations comptables."
            ),
        )
    )


def _annexes() -> Block:
    return when(
        "enclosures",
        article("Annexes"),
        lead("Sont annexées au mandat les pièces suivantes :"),
        bullets("enclosures"),
    )


def _term() -> Block:
    return "".join(
        (
            article("Durée"),
            when(
                "term.months",
                body(
                    "Le mandat est donné pour {{ term.months }} à compter de sa signature. Chaque"
                    " partie peut y mettre fin avant ce terme par lettre recommandée, avec un"
                    " préavis de {{ term.notice }}."
                ),
                otherwise=(
                    body(
                        "Le mandat est donné sans durée déterminée. Chaque partie peut y mettre fin"
                        " par lettre recommandée, avec un préavis de {{ term.notice }}."
                    ),
                ),
            ),
            lead(
                "À la fin du mandat, la société reverse les sommes encaissées, rend les pièces et"
                " n'entreprend plus aucune démarche."
            ),
        )
    )


def _signatures() -> Block:
    return "".join(
        (
            lead("Fait à {{ act.place_and_date }}, en {{ act.originals }}."),
            at_the_end(
                signature_table(
                    ("Pour le créancier", "{{ signatures.creditor }}"),
                    ("Pour la société de recouvrement", "{{ signatures.agency }}"),
                )
            ),
        )
    )
