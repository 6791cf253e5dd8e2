"""What an order-for-payment request says: the facts and the statement as template values. Pure.

Sources:
    Art. 54, 57 and 1407 CPC.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.court_debt import claim_lines, debt_values, required_of_debt
from generators.court_demands import (
    CAPITALISATION,
    depens,
    frais_irrepetibles,
    sums_demanded,
)
from generators.court_exhibits import exhibit_values
from generators.court_power import POWER, power_values, required_of_power
from generators.court_rules import court_of, is_protection
from generators.court_values import (
    act_values,
    address_of,
    contract_line,
    court_values,
    document_values,
    party_values,
    representative_line,
    required_of_exhibits,
    required_of_parties,
    signatory_values,
    step_lines,
)
from generators.kind import Context, Facts
from generators.letters import printed_name, sender
from law.case import Claim
from law.court_answers import ORDER_FOR_PAYMENT
from law.court_map import CourtMap
from law.french import NNBSP, typographic
from law.statement import Statement

TITLE = "Requête en injonction de payer"
_FIRST_INTEREST = typographic("à compter de la signification de l'ordonnance")


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a request needs a debtor and a statement")
    court = court_of(facts, statement, ORDER_FOR_PAYMENT, options).court
    if court is None:
        raise ValueError("a request is made once its court is known")
    judge = court_values(court, is_protection=is_protection(case, options))
    power = power_values(
        case,
        options,
        to=f"de présenter et de signer en son nom, devant le {judge['judge']} {judge['of']}, une"
        " requête en injonction de payer contre",
        against=printed_name(case.debtor),
    )
    return {
        "document": document_values(case, options, title=TITLE),
        "act": act_values(case, options, title=TITLE),
        "sender": sender(case.representative.party if case.representative else case.creditor),
        "court": judge,
        "claimant": party_values(case.creditor),
        "notify_at": address_of(case.creditor),
        "representative": representative_line(case.representative),
        "debtor": party_values(case.debtor),
        "contract": contract_line(case),
        "facts": {
            "claims": claim_lines(case, facts.as_of),
            "steps": step_lines(case, facts.as_of),
            "note": options.body_note or None,
        },
        "basis": _basis(case.claims),
        "debt": debt_values(case, statement),
        "demands": _demands(facts, statement),
        "opposition": _opposition(facts),
        "exhibits": exhibit_values(case, *([POWER] if power else ())),
        "signatory": signatory_values(case, options),
        "power": power,
    }


def required(context: Context) -> list[str]:
    """What a request must say, on pain of nullity or of being refused.

    Sources:
        Art. 54 CPC: court, object, claimant. Art. 57 CPC: debtor, exhibits, day, signature.
        Art. 1407 CPC: exact sum, statement of its elements, ground, list of exhibits.
        Art. 1408 CPC: referral.
    """
    court = context["court"]
    return [
        "Requête en injonction de payer",
        "Articles 1405 et suivants du Code de procédure civile",
        court["judge"],
        court["of"],
        *filter(None, (court["chamber"], court["address"])),
        *required_of_parties(context, "claimant", "debtor"),
        context["notify_at"],
        *filter(None, (context["representative"], context["contract"], context["facts"]["note"])),
        *context["facts"]["claims"],
        *context["facts"]["steps"],
        context["basis"],
        *required_of_debt(context),
        "d\u2019enjoindre à",
        *context["demands"],
        context["opposition"],
        "Bordereau des pièces",
        *required_of_exhibits(context),
        *required_of_power(context["power"]),
    ]


def _basis(claims: Sequence[Claim]) -> str:
    """The ground of the claim, as art. 1405 CPC has it."""
    kinds = {claim.legal_basis for claim in claims}
    grounds = []
    if "contract" in kinds:
        grounds.append(
            "La créance a une cause contractuelle et son montant est déterminé en vertu des"
            " stipulations du contrat (article 1405, 1°, du Code de procédure civile)."
        )
    if "statute" in kinds:
        also = " également" if grounds else ""
        grounds.append(
            f"La créance résulte{also} d'une obligation de caractère statutaire et s'élève à un"
            " montant déterminé (article 1405, 1°, du Code de procédure civile)."
        )
    if "bill_of_exchange" in kinds:
        also = " également" if grounds else ""
        grounds.append(
            f"La créance résulte{also} d'un effet de commerce (article 1405, 2°, du Code de"
            " procédure civile)."
        )
    grounds.append("Elle est échue et demeure impayée.")
    return typographic(" ".join(grounds))


def _demands(facts: Facts, statement: Statement) -> list[str]:
    options = facts.options
    sums = sums_demanded(facts.case, statement, first_interest=_FIRST_INTEREST)
    asked = [*sums, *frais_irrepetibles(options), depens(statement)]
    lines = [f"{line}{NNBSP};" for line in asked]
    if options.interest_capitalisation:
        return [*lines, f"et {CAPITALISATION}."]
    return [*lines[:-1], f"{asked[-1]}."]


def _opposition(facts: Facts) -> str:
    """What is asked should the debtor oppose.

    Sources:
        Art. 1408 CPC: referral to the court that the creditor holds competent.
    """
    asked = facts.options.on_opposition
    if asked is None:
        return typographic(
            "En cas d'opposition, le requérant maintiendra l'ensemble de ses demandes devant la"
            " juridiction saisie."
        )
    court = CourtMap.load().courts[asked.referral_court_id]
    return typographic(
        "En cas d'opposition, le requérant demande, en application de l'article 1408 du Code de"
        f" procédure civile, que l'affaire soit renvoyée devant le {_lower(court.name)}, qu'il"
        " estime compétent."
    )


def _lower(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"
