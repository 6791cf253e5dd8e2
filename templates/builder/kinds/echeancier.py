"""The payment plan, which the debtor accepts on the same sheet."""

from __future__ import annotations

from typing import Final

from templates.builder.blocks import (
    Block,
    body,
    bullet,
    heading,
    lead,
    leading_demand,
    paragraph,
    when,
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
from templates.builder.undertakings import (
    debt_recap,
    debt_table,
    debtors_hand,
    instalments_table,
)

_APART: Final = '<w:spacing w:before="360" w:after="60"/>'


def document() -> bytes:
    """The Word master."""
    return letter(
        "Échéancier de paiement",
        representative_opening(),
        _debt(),
        debt_table(),
        debt_recap(),
        _plan(),
        instalments_table(),
        _terms(),
        note_paragraph(),
        payment_means(),
        payment_through(),
        representative_mentions(),
        _agreement(),
        signature(),
        enclosures(),
        personal_data(),
        _acceptance(),
    )


def _debt() -> Block:
    return "".join(
        (
            when(
                "terms.by_officer",
                body(
                    "À défaut d'accord ou de paiement, le créancier pourra saisir la juridiction"
                    " compétente, qui pourra vous condamner à payer les sommes dues."
                ),
            ),
            when(
                "contract.reference",
                body(
                    "La dette est née du document suivant : « {{ contract.reference }} »"
                    "{% if contract.signed_on %}, signé le {{ contract.signed_on }}{% endif %}."
                ),
            ),
            lead(
                "Vous devez à {{ creditor.identity }}, au {{ debt.as_of }}, la somme de"
                " {{ debt.figures }} ({{ debt.words }}), au titre de ce qui suit :"
            ),
        )
    )


def _plan() -> Block:
    return "".join(
        (
            heading("Échéancier"),
            when(
                "plan.one",
                leading_demand(
                    "Nous vous accordons pour la payer un délai, jusqu'au {{ plan.last_on }}"
                    " ({{ plan.count }})."
                ),
                otherwise=(
                    leading_demand(
                        "Nous vous accordons de la payer en {{ plan.count }}, du"
                        " {{ plan.first_on }} au {{ plan.last_on }} :"
                    ),
                ),
            ),
        )
    )


def _terms() -> Block:
    return "".join(
        (
            heading("Conditions"),
            when(
                "terms.interest_continues",
                bullet(
                    "Les intérêts de retard continuent de courir sur le principal restant dû et"
                    " feront l'objet d'un décompte après la dernière échéance ; aucuns frais ne"
                    " s'ajoutent."
                ),
                otherwise=(
                    bullet(
                        "Tant que l'échéancier est respecté, ni intérêt, ni pénalité, ni frais ne"
                        " s'ajoute à cette somme. Vous pouvez payer plus tôt, sans indemnité."
                    ),
                ),
            ),
            bullet(
                "Chaque paiement s'impute d'abord sur les intérêts, puis sur le principal (article"
                " 1343-1 du Code civil) ; entre plusieurs dettes, selon l'article 1342-10 du même"
                " code."
            ),
            bullet(
                "Le présent échéancier n'emporte pas novation (article 1330 du Code civil) : la"
                " dette reste celle d'origine, avec ses garanties et sûretés."
            ),
            bullet(
                "Si une échéance n'est pas payée à sa date, l'échéancier prend fin après une mise"
                " en demeure de la payer restée sans effet pendant {{ terms.notice }} à compter de"
                " sa première présentation. Le solde exigible peut alors être réclamé en entier,"
                " dans les conditions de la dette d'origine."
            ),
            when(
                "terms.consumer",
                bullet(
                    "La durée de la prescription n'est ni allongée ni écartée par convention"
                    " (article L. 218-1 du Code de la consommation)."
                ),
            ),
            bullet(
                "Vous conservez la faculté de demander des délais au juge, qui seul peut les"
                " imposer, dans la limite de deux années (article 1343-5 du Code civil)."
            ),
            when(
                "terms.by_agency",
                bullet(
                    "Le créancier est informé de cet échéancier (article R. 124-5 du Code des"
                    " procédures civiles d'exécution)."
                ),
            ),
        )
    )


def _agreement() -> Block:
    return "".join(
        (
            heading("Votre accord"),
            body(
                "Nous vous remercions de nous retourner, avant la première échéance, un exemplaire"
                " de la présente sur lequel l'acceptation qui suit est datée et signée. Elle vaut"
                " reconnaissance de la dette, qui interrompt la prescription (article 2240 du Code"
                " civil). Si vous contestez tout ou partie de cette somme, ne la signez pas et"
                " indiquez-nous pourquoi{% if letter.contact %} ({{ letter.contact }}){% endif %}."
            ),
            closing(),
        )
    )


def _acceptance() -> Block:
    return "".join(
        (
            paragraph("Heading2", "Acceptation du débiteur", spacing=_APART),
            lead(
                "Le débiteur soussigné, {{ debtor.undersigned }}, reconnaît devoir à"
                " {{ creditor.full }}, la somme de {{ debt.words }} ({{ debt.figures }}) pour les"
                " causes ci-dessus, et s'engage à la payer selon l'échéancier ci-dessus."
            ),
            debtors_hand("{{ debt.mention }}", signature=2),
        )
    )
