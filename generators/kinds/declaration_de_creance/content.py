"""What a declaration of claim says: the facts and the statement as template values. Pure.

Sources:
    Art. L. 622-24, L. 622-28, L. 641-3 C. com. ADR 0132.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from generators.court_debt import (
    claim_lines,
    claimed_cents,
    debt_values,
    required_of_debt,
)
from generators.court_exhibits import exhibit_values
from generators.court_power import POWER, power_values, required_of_power
from generators.court_values import (
    act_values,
    contract_line,
    delivery_words,
    document_values,
    party_values,
    representative_line,
    required_of_exhibits,
    required_of_parties,
    signatory_values,
    step_lines,
)
from generators.kind import Context, Facts
from generators.kinds.declaration_de_creance.schema import DeclarationOptions
from generators.letters import printed_name, sender
from law.case import Case, Insolvency, InsolvencyType
from law.french import NBSP, date_unbroken, euros, of_name, typographic
from law.statement import Statement

TITLE = "Déclaration de créance"
_PROCEEDINGS: Mapping[InsolvencyType, tuple[str, str]] = {
    "safeguard": ("sauvegarde", "mandataire judiciaire"),
    "receivership": ("redressement judiciaire", "mandataire judiciaire"),
    "liquidation": ("liquidation judiciaire", "liquidateur"),
}


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    insolvency = case.debtor.insolvency if case.debtor else None
    if case.debtor is None or insolvency is None or statement is None:
        raise ValueError("a claim is declared against a debtor in insolvency proceedings")
    name, role = _PROCEEDINGS[insolvency.type]
    power = power_values(
        case,
        options,
        to=f"de déclarer en son nom sa créance au passif de la procédure de {name}",
        against=of_name(printed_name(case.debtor)),
    )
    return {
        "document": document_values(case, options, title=TITLE),
        "act": act_values(case, options, title=TITLE),
        "sender": sender(case.representative.party if case.representative else case.creditor),
        "officer": {
            "name": insolvency.officer or "",
            "role": role,
            "lines": _address_lines(options),
        },
        "delivery": delivery_words(options.delivery or "registered"),
        "proceedings": _proceedings(insolvency, options, name),
        "claimant": party_values(case.creditor),
        "representative": representative_line(case.representative),
        "debtor": party_values(case.debtor),
        "contract": contract_line(case),
        "facts": {
            "claims": claim_lines(case, insolvency.opened_on - timedelta(days=1)),
            "steps": step_lines(case, facts.as_of),
            "note": options.body_note or None,
        },
        "debt": debt_values(case, statement, due_by=insolvency.opened_on - timedelta(days=1)),
        "stopped": _stopped(statement),
        "rank": _rank(case, options),
        "declared": _declared(case, insolvency, statement),
        "exhibits": exhibit_values(case, *([POWER] if power else ())),
        "signatory": signatory_values(case, options),
        "power": power,
    }


def required(context: Context) -> list[str]:
    """What a declaration must say to be one.

    Sources:
        Art. L. 622-24 C. com.: to the mandataire, for what the claim was before the judgment.
    """
    officer, proceedings = context["officer"], context["proceedings"]
    return [
        "Déclaration de créance",
        "L. 622-24 du Code de commerce",
        officer["name"],
        officer["role"],
        *officer["lines"],
        *filter(None, proceedings.values()),
        *required_of_parties(context, "claimant", "debtor"),
        *filter(None, (context["representative"], context["contract"], context["facts"]["note"])),
        *filter(None, (context["delivery"], context["stopped"])),
        *context["facts"]["claims"],
        *context["facts"]["steps"],
        *required_of_debt(context),
        *context["rank"],
        context["declared"],
        "Bordereau des pièces",
        *required_of_exhibits(context),
        *required_of_power(context["power"]),
    ]


def _address_lines(options: DeclarationOptions) -> list[str]:
    address = options.officer_address
    return [*address.lines, f"{address.postal_code} {address.city}"] if address else []


def _proceedings(
    insolvency: Insolvency, options: DeclarationOptions, name: str
) -> dict[str, str | None]:
    published_on = options.bodacc_published_on
    reference = f" ({options.bodacc_reference})" if options.bodacc_reference else ""
    return {
        "name": name.capitalize(),
        "opened_on": date_unbroken(insolvency.opened_on),
        "court": insolvency.court,
        "published": f"{date_unbroken(published_on)}{reference}" if published_on else None,
    }


def _stopped(statement: Statement) -> str | None:
    """That interest ends with the opening judgment."""
    if not statement.totals.interest_cents:
        return None
    return typographic(
        "Les intérêts sont comptés jusqu'à la veille du jugement d'ouverture, qui en arrête le"
        " cours (article L. 622-28 du Code de commerce)."
    )


def _rank(case: Case, options: DeclarationOptions) -> list[str]:
    """Whether the claim is secured, and what else the creditor relies on."""
    if options.security:
        lines = [f"La créance est assortie des garanties suivantes{NBSP}: {options.security}"]
    else:
        lines = ["La créance est déclarée à titre chirographaire."]
    if case.contract and case.contract.retention_of_title:
        lines.append(
            "Le créancier se prévaut de la clause de réserve de propriété stipulée au contrat."
        )
    return lines


def _declared(case: Case, insolvency: Insolvency, statement: Statement) -> str:
    """The sum declared, due and to come."""
    due_on = {claim.id: claim.due_on for claim in case.claims}
    to_come = sum(
        row.outstanding_cents for row in statement.claims if due_on[row.id] >= insolvency.opened_on
    )
    total = claimed_cents(statement)
    if not to_come:
        return f"{euros(total)}, entièrement échue"
    if to_come == total:
        return f"{euros(total)}, entièrement à échoir"
    return f"{euros(total)}, dont {euros(total - to_come)} échus et {euros(to_come)} à échoir"
