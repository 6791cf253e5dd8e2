"""The acknowledgment of debt, with room for the debtor's own mention."""

from __future__ import annotations

from templates.builder.blocks import (
    Block,
    article,
    body,
    heading,
    lead,
    note,
    party,
    subtitle,
    title,
    when,
)
from templates.builder.package import word_file
from templates.builder.stationery import enclosures
from templates.builder.undertakings import (
    debt_recap,
    debt_table,
    debtors_hand,
    instalments_table,
)


def document() -> bytes:
    """The Word master."""
    return word_file(
        "Reconnaissance de dette",
        title("Reconnaissance de dette"),
        subtitle("article 1376 du Code civil – dossier {{ act.reference }}"),
        _parties(),
        _acknowledgment(),
        _cause(),
        _payment(),
        _interest(),
        _effects(),
        _signature(),
        enclosures(),
        header=("{{ act.continuation }}", "{{ act.reference }}"),
        footer="{{ act.continuation }}",
    )


def _parties() -> Block:
    return "".join(
        (
            heading("Le débiteur"),
            party("{{ debtor.undersigned }}, ci-après « le débiteur »,"),
            heading("Le créancier"),
            party("{{ creditor.full }}, ci-après « le créancier »."),
        )
    )


def _acknowledgment() -> Block:
    return "".join(
        (
            article("Reconnaissance"),
            body(
                "Le débiteur reconnaît devoir au créancier, au {{ debt.as_of }}, la somme de"
                " **{{ debt.words }}**, soit **{{ debt.figures }}**."
            ),
            body(
                "En cas de différence, la somme écrite en toutes lettres l'emporte (article 1376 du"
                " Code civil)."
            ),
        )
    )


def _cause() -> Block:
    return "".join(
        (
            article("Cause de la dette"),
            when(
                "contract.reference",
                body(
                    "La dette est née du document suivant : « {{ contract.reference }} »"
                    "{% if contract.signed_on %}, signé le {{ contract.signed_on }}{% endif %}."
                ),
            ),
            lead("La dette se compose de ce qui suit :"),
            debt_table(),
            debt_recap(),
        )
    )


def _payment() -> Block:
    lost = body(
        "Si une échéance n'est pas payée à sa date, le débiteur perd le bénéfice de ces délais"
        " après une mise en demeure de la payer restée sans effet pendant {{ terms.notice }} à"
        " compter de sa première présentation ; le solde exigible peut alors être réclamé en"
        " entier. Le débiteur peut payer plus tôt, sans indemnité."
    )
    return article("Paiement") + when(
        "plan",
        when(
            "plan.one",
            lead("Le débiteur s'engage à payer cette somme en une fois :"),
            otherwise=(lead("Le débiteur s'engage à payer cette somme en {{ plan.count }} :"),),
        ),
        instalments_table(),
        lost,
        otherwise=(
            when(
                "terms.is_due",
                body("Cette somme est exigible. Le débiteur s'engage à la payer sans délai."),
                otherwise=(
                    body(
                        "Le débiteur s'engage à payer chaque créance à l'échéance indiquée"
                        " ci-dessus, et sans délai celles qui sont déjà échues."
                    ),
                ),
            ),
        ),
    )


def _interest() -> Block:
    return article("Intérêts") + when(
        "terms.interest",
        body(
            "Le principal restant dû, soit {{ terms.interest_base }} à ce jour, porte intérêt au"
            " taux annuel convenu de {{ terms.interest }} (article 1343-1 du Code civil), à compter"
            " de la date du présent acte et jusqu'à complet paiement. Ces intérêts ne portent pas"
            " eux-mêmes intérêt et se paient avec la dernière échéance du principal."
        ),
        otherwise=(
            when(
                "terms.free",
                body(
                    "Tant que le débiteur tient cet engagement, ni intérêt, ni pénalité, ni frais"
                    " ne s'ajoute à la somme reconnue."
                ),
                otherwise=(
                    body(
                        "Les intérêts et pénalités postérieurs au {{ debt.as_of }} restent régis"
                        " par le contrat et par la loi ; le présent acte n'y ajoute rien."
                    ),
                ),
            ),
        ),
    )


def _effects() -> Block:
    return "".join(
        (
            article("Effets"),
            body(
                "Le présent acte interrompt la prescription (article 2240 du Code civil). Il"
                " n'emporte pas novation (article 1330 du Code civil) : la dette reste celle"
                " d'origine, avec ses garanties et sûretés."
            ),
            when(
                "terms.consumer",
                body(
                    "La durée de la prescription n'est ni allongée ni écartée par convention"
                    " (article L. 218-1 du Code de la consommation)."
                ),
            ),
            lead(
                "Chaque paiement s'impute d'abord sur les intérêts, puis sur le principal (article"
                " 1343-1 du Code civil) ; entre plusieurs dettes, selon l'article 1342-10 du même"
                " code."
            ),
        )
    )


def _signature() -> Block:
    return "".join(
        (
            lead("Acte établi à {{ act.place_and_date }}, en {{ act.originals }}."),
            lead("**{{ signatory }}**"),
            debtors_hand("{{ debt.mention }}"),
            note(
                "La mention est écrite par le débiteur lui-même, de sa main ou, si l'acte est signé"
                " par voie électronique, par un procédé qui garantit que lui seul a pu l'apposer"
                " (article 1174 du Code civil)."
            ),
        )
    )
