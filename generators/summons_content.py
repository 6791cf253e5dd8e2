"""What a summons says: the facts and the statement as template values. Pure.

Sources:
    Art. 54, 56, 648, 752, 753, 855 CPC. ADR 0133.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from generators.court_debt import claim_lines, debt_values, required_of_debt
from generators.court_demands import CAPITALISATION, depens, frais_irrepetibles, sums_demanded
from generators.court_exhibits import exhibit_values, of_claim, pieces
from generators.court_power import POWER, power_values, required_of_power
from generators.court_rules import court_of, is_protection
from generators.court_values import (
    act_values,
    contract_line,
    court_values,
    document_values,
    of_court,
    party_values,
    representative_line,
    required_of_exhibits,
    required_of_parties,
    signatory_values,
    step_lines,
)
from generators.kind import Context, Facts
from generators.letters import printed_name
from generators.summons_options import Amicable, AmicableStep, Hearing, SummonsOptions
from generators.summons_rules import Regime, regime_of
from law.case import Case, Claim, LegalBasis
from law.court_map import Court
from law.french import NBSP, NNBSP, count, date_unbroken, typographic
from law.parameters import value_on_or_first
from law.statement import Statement

SummonsProcedure = Literal["assignation_paiement", "assignation_refere_provision"]
BLANK: Final = "\u2026" * 12
_FIRST_INTEREST: Final = typographic("à compter de la présente assignation")
_GROUNDS: Final[Mapping[LegalBasis, str]] = {
    "contract": (
        "Les contrats légalement formés obligent ceux qui les ont faits (article 1103 du Code"
        " civil). Le défendeur n'a pas payé, à leur échéance, les sommes que le contrat met à sa"
        " charge."
    ),
    "statute": (
        "Les sommes réclamées résultent d'une obligation de caractère statutaire, que le défendeur"
        " n'a pas exécutée à son échéance."
    ),
    "bill_of_exchange": (
        "Le défendeur est tenu par un effet de commerce, qu'il n'a pas payé à son échéance."
    ),
    "damages": (
        "Le débiteur qui n'exécute pas son obligation est condamné à des dommages-intérêts (article"
        " 1231-1 du Code civil)."
    ),
    "other": f"Fondement de la créance, à compléter : {BLANK}",
}
_REPRESENTATION: Final[Mapping[Regime, str]] = {
    "civil": (
        "Vous pouvez vous défendre vous-même. Vous pouvez aussi vous faire assister ou représenter"
        " par un avocat ; par votre conjoint, votre concubin ou la personne avec laquelle vous avez"
        " conclu un pacte civil de solidarité ; par vos parents ou alliés en ligne directe ; par"
        " vos parents ou alliés en ligne collatérale jusqu'au troisième degré ; par une personne"
        " exclusivement attachée à votre service personnel ou à votre entreprise. Votre"
        " représentant, s'il n'est avocat, doit justifier d'un pouvoir spécial (articles 761 et 762"
        " du Code de procédure civile)."
    ),
    "commercial_with_lawyer": (
        "Vous êtes tenu de vous faire représenter à l'audience par un avocat (article 853 du Code"
        " de procédure civile)."
    ),
    "commercial": (
        "Vous pouvez vous défendre vous-même, ou vous faire assister ou représenter par toute"
        " personne de votre choix. Votre représentant, s'il n'est avocat, doit justifier d'un"
        " pouvoir spécial (article 853 du Code de procédure civile)."
    ),
}
_AMICABLE: Final[Mapping[AmicableStep, str]] = {
    "conciliation": "une tentative de conciliation menée par un conciliateur de justice",
    "mediation": "une tentative de médiation",
    "participatory_procedure": "une tentative de procédure participative",
    "exempt_urgency": "l'urgence",
    "exempt_impossibility": "une impossibilité tenant aux circonstances de l'espèce",
    "exempt_conciliator_unavailable": "l'indisponibilité de conciliateurs de justice pendant plus"
    " de trois mois",
    "exempt_small_claims_failed": "l'échec de la procédure simplifiée de recouvrement des petites"
    " créances (article L. 125-1 du Code des procédures civiles d'exécution)",
}


def summons_values(
    facts: Facts, statement: Statement | None, procedure: SummonsProcedure, *, title: str
) -> Context:
    """The values of the template of a summons."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a summons needs a debtor and a statement")
    court = court_of(facts, statement, procedure, options).court
    if court is None:
        raise ValueError("a summons is made once its court is known")
    regime = regime_of(case, options, court, statement, facts.as_of)
    seised = _seised(court, procedure, with_protection=is_protection(case, options))
    power = power_values(
        case,
        options,
        to=f"de le représenter devant le {seised}, sur l'assignation de",
        against=printed_name(case.debtor),
    )
    return {
        "document": document_values(case, options, title=title),
        "act": act_values(case, options, title=title),
        "court": court_values(court, is_protection=is_protection(case, options)),
        "seised": seised,
        "articles": _articles(regime, procedure),
        "claimant": party_values(case.creditor),
        "counsel": _counsel(case, regime),
        "commissaire": _commissaire(case),
        "debtor": party_values(case.debtor),
        "hearing": _hearing(options.hearing),
        "appearance": _appearance(regime, procedure, facts.as_of),
        "amicable": _amicable(options.amicable),
        "contract": contract_line(case),
        "facts": {
            "claims": claim_lines(case, facts.as_of),
            "steps": step_lines(case, facts.as_of),
            "note": options.body_note or None,
        },
        "grounds": _grounds(case.claims, court, procedure),
        "reply": options.reply_to_dispute or None,
        "debt": debt_values(case, statement),
        "demands": _demands(case, options, statement, procedure),
        "exhibits": exhibit_values(case, *([POWER] if power else ())),
        "signatory": _signatory(case, options, regime),
        "power": power,
    }


def required_of_summons(context: Context) -> list[str]:
    """What a summons must say, nearly all of it on pain of nullity.

    Sources:
        Art. 54, 56, 648, 752, 753 and 855 CPC.
    """
    hearing, court = context["hearing"], context["court"]
    return [
        "Projet d\u2019assignation",
        "Je soussigné",
        "Le commissaire de justice",
        context["seised"],
        *filter(None, (court["chamber"], court["address"])),
        *required_of_parties(context, "claimant", "debtor"),
        *filter(None, (context["counsel"], context["commissaire"], context["contract"])),
        hearing["when"],
        *filter(None, (hearing["room"], context["amicable"], context["reply"])),
        *filter(None, (context["facts"]["note"],)),
        *context["appearance"],
        *context["facts"]["claims"],
        *context["facts"]["steps"],
        *context["grounds"],
        *required_of_debt(context),
        "PAR CES MOTIFS",
        context["demands"]["condemn"],
        *context["demands"]["sums"],
        *context["demands"]["others"],
        "Elle vaut conclusions",
        "Bordereau des pièces",
        *required_of_exhibits(context),
        *required_of_power(context["power"]),
    ]


def _seised(court: Court, procedure: SummonsProcedure, *, with_protection: bool) -> str:
    """The court, after *devant le*."""
    named = of_court(court).removeprefix("du ")
    if procedure == "assignation_refere_provision":
        judge = "juge des contentieux de la protection" if with_protection else "président"
        return f"{judge} du {named}, statuant en référé"
    if with_protection:
        return f"juge des contentieux de la protection du {named}"
    return named


def _articles(regime: Regime, procedure: SummonsProcedure) -> str:
    own = {
        "civil_with_lawyer": "752",
        "civil": "753",
        "commercial_with_lawyer": "855",
        "commercial": "855",
    }[regime]
    if procedure == "assignation_paiement":
        return f"Articles 54, 56 et {own} du Code de procédure civile"
    provision = "873, alinéa 2," if regime.startswith("commercial") else "835, alinéa 2,"
    return f"Articles 54, 56, {own} et {provision} du Code de procédure civile"


def _counsel(case: Case, regime: Regime) -> str | None:
    """The lawyer of the claimant, or who represents it; a blank where a lawyer must be named."""
    agent = case.representative
    named = representative_line(agent) if agent and agent.role != "commissaire_de_justice" else None
    is_compulsory = regime.endswith("_with_lawyer")
    if named is None:
        if not is_compulsory:
            return None
        named = f"Maître {BLANK}, avocat au barreau de {BLANK}"
    elif agent and agent.role == "collection_agency":
        return typographic("représentée par ") + named
    if regime == "civil_with_lawyer":
        return typographic("ayant pour avocat, constitué sur la présente assignation, ") + named
    return f"ayant pour avocat {named}"


def _commissaire(case: Case) -> str | None:
    agent = case.representative
    is_commissaire = agent is not None and agent.role == "commissaire_de_justice"
    return representative_line(agent) if is_commissaire else None


def _signatory(case: Case, options: SummonsOptions, regime: Regime) -> dict[str, Any]:
    """Who signs the draft: the lawyer where one is compulsory, known or not."""
    has_lawyer = case.representative is not None and case.representative.role == "lawyer"
    if regime.endswith("_with_lawyer") and not has_lawyer:
        return {
            "name": f"Maître {BLANK}",
            "capacity": f"avocat au barreau de {BLANK}",
            "on_behalf_of": printed_name(case.creditor),
        }
    return signatory_values(case, options)


def _hearing(hearing: Hearing | None) -> dict[str, str | None]:
    """When the hearing is, with blanks while the registry has not said."""
    if hearing is None:
        return {"when": f"le {BLANK} à {BLANK} heures", "room": None}
    hour, minutes = hearing.at.split(":")
    at = f"{int(hour)}{NBSP}h" + (f"{NBSP}{minutes}" if minutes != "00" else "")
    return {"when": f"le {date_unbroken(hearing.on)} à {at}", "room": hearing.room}


def _appearance(regime: Regime, procedure: SummonsProcedure, as_of: date) -> list[str]:
    """How the defendant appears, what comes of not appearing, what it may ask in writing.

    Sources:
        Art. 56 4°, 752, 753, 761 to 763, 832, 853, 855 and 861-2 CPC.
    """
    is_on_merits = procedure == "assignation_paiement"
    decision = "qu'un jugement soit rendu" if is_on_merits else "qu'une ordonnance soit rendue"
    failing = (
        f"Faute pour vous de comparaître, vous vous exposez à ce {decision} contre vous sur les"
        " seuls éléments fournis par votre adversaire (article 56 du Code de procédure civile)."
    )
    lines = [_representation(regime, as_of), failing]
    if regime == "civil":
        lines.append(
            "Article 832 du Code de procédure civile : vous pouvez demander un délai de paiement"
            " par courrier remis ou adressé au greffe, vos pièces étant jointes."
        )
    elif regime.startswith("commercial"):
        lines.append(
            "Article 861-2 du Code de procédure civile : vous pouvez demander un délai de paiement"
            " par requête remise ou adressée au greffe, vos pièces étant jointes."
        )
    return [typographic(line) for line in lines]


def _representation(regime: Regime, as_of: date) -> str:
    """Who may appear for the defendant, or the lawyer it must appoint and by when."""
    if regime == "civil_with_lawyer":
        days = int(value_on_or_first("court.appoint_lawyer_days", as_of).value)
        limit = count(days, "jour", "jours")
        return (
            "Vous êtes tenu de vous faire représenter par un avocat (article 760 du Code de"
            f" procédure civile). Vous devez le constituer dans un délai de {limit} à compter de la"
            f" présente assignation ; si elle vous est délivrée {limit} ou moins avant l'audience,"
            " vous le pouvez jusqu'à l'audience (articles 752 et 763)."
        )
    return _REPRESENTATION[regime]


def _amicable(amicable: Amicable | None) -> str | None:
    """The attempt to settle, or why there was none (art. 54 5°, 750-1 CPC)."""
    if amicable is None:
        return None
    what = _AMICABLE[amicable.type]
    day = f" le {date_unbroken(amicable.on)}" if amicable.on else ""
    came = f"{NBSP}: {amicable.detail}" if amicable.detail else "."
    if amicable.type.startswith("exempt_"):
        text = (
            "Le demandeur est dispensé de tentative amiable préalable (article 750-1 du Code de"
            f" procédure civile) en raison de ce motif : {what}{day}"
        )
    else:
        text = (
            f"La demande a été précédée d'{what}{day} (article 750-1 du Code de procédure civile)"
        )
    return f"{typographic(text)}{came}"


def _grounds(claims: Sequence[Claim], court: Court, procedure: SummonsProcedure) -> list[str]:
    """The arguments in law: why the sums are owed, and why a provision may be had."""
    kinds = dict.fromkeys(claim.legal_basis for claim in claims)
    lines = [_GROUNDS[kind] for kind in kinds]
    if procedure == "assignation_refere_provision":
        article = "873" if court.is_commercial else "835"
        lines.append(
            f"Aux termes de l'article {article}, alinéa 2, du Code de procédure civile, le juge des"
            " référés peut accorder une provision au créancier lorsque l'existence de l'obligation"
            " n'est pas sérieusement contestable. Tel est le cas : la créance est établie par les"
            " pièces produites, échue et impayée."
        )
    return [typographic(line) for line in lines]


def _demands(
    case: Case, options: SummonsOptions, statement: Statement, procedure: SummonsProcedure
) -> dict[str, Any]:
    """What is asked, each head apart (art. 768 CPC: nothing else is judged).

    A provision is asked for *à titre provisionnel*, and interest on interest is left to the merits.
    """
    is_provisional = procedure == "assignation_refere_provision"
    debtor, creditor = printed_name(case.debtor or case.creditor), printed_name(case.creditor)
    how = typographic(", à titre provisionnel,") if is_provisional else ""
    sums = sums_demanded(case, statement, first_interest=_FIRST_INTEREST)
    seen = pieces(sorted({at for claim in case.claims for at in of_claim(case, claim)}))
    if sums and seen:
        sums[0] = f"{sums[0]} ({seen})"
    others = []
    if options.interest_capitalisation is not False and not is_provisional:
        others.append(f"D{CAPITALISATION.removeprefix('d')}")
    others += [
        f"Condamner {debtor} à payer à {creditor} {sum_}" for sum_ in frais_irrepetibles(options)
    ]
    others.append(f"Condamner {debtor} aux {depens(statement).removeprefix('les ')}")
    last = (
        "Rappeler que l'exécution provisoire est de droit et que le juge ne peut l'écarter (article"
        " 514-1 du Code de procédure civile)"
        if is_provisional
        else "Rappeler que l'exécution provisoire est de droit (article 514 du Code de procédure"
        " civile)"
    )
    return {
        "condemn": f"Condamner {debtor} à payer{how} à {creditor}{NBSP}:",
        "sums": [f"{line}{NNBSP};" for line in sums],
        "others": [*(f"{line}{NNBSP};" for line in others), f"{typographic(last)}."],
    }
