"""What a notice of suspension says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from generators.claim_values import (
    accessories,
    account_lines,
    allocation,
    claim_table,
    money_lines,
)
from generators.debt_values import contract_values
from generators.kind import Context, Facts
from generators.kinds.suspension_livraisons.schema import SuspensionOptions
from generators.letters import (
    document_properties,
    enclosure_lines,
    identity,
    letter_values,
    payment_values,
    recipient,
    required_of_letter,
    sender,
    signatory,
    step_lines,
)
from law.case import Case
from law.french import NBSP, count, date_unbroken, euros, typographic
from law.statement import Statement

TITLE = "Suspension des livraisons et prestations"
_SCOPE = "l'exécution de toutes nos livraisons et prestations à venir"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a suspension needs a debtor and a statement")
    more = accessories(case, statement)
    waits = any(claim.due_on > facts.as_of for claim in case.claims)
    if waits:
        more = {**more, "any": False, "interest": [], "more": [], "lines": [], "in_annex": False}
    enclosures = enclosure_lines(case.exhibits)
    if more["in_annex"]:
        enclosures.append(f"Annexe{NBSP}: calcul des intérêts")
    late = _late(case, statement, facts.as_of)
    overdue = sum(late.values())
    subject = f"{TITLE} \u2013 sommes impayées" if overdue else TITLE
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject)
    total = overdue if waits else statement.totals.due_cents
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE),
        "sender": sender(case.creditor),
        "recipient": recipient(case.debtor),
        "letter": {
            **letter,
            "continuation": f"{letter['continuation']} \u2013 Suspension",
            "total": euros(total),
        },
        "debtor": {"identity": identity(case.debtor)},
        "contract": _contract(contract_values(case)),
        "table": claim_table(case, statement),
        "default": _default(case, late, facts.as_of) if overdue else None,
        "receipts": {
            "lines": money_lines(case, facts.as_of),
            "allocation": None if waits else allocation(case, statement),
        },
        "steps": step_lines(case.steps, facts.as_of),
        "accessories": more,
        "account": account_lines(case, statement) if more["any"] else [],
        "suspension": _suspension(options, waits=waits, overdue=overdue, total=euros(total)),
        "payment": payment_values(case),
        "signatory": signatory(case, options),
        "enclosures": enclosures,
    }


def effective_on(options: SuspensionOptions) -> date:
    """The first day of the suspension."""
    if options.letter_date is None:
        raise ValueError("the options of a request that was read bear a day")
    if options.effective_on is not None:
        return options.effective_on
    if options.payment_deadline_days is None:
        return options.letter_date
    return options.letter_date + timedelta(days=options.payment_deadline_days + 1)


def _contract(values: dict[str, Any]) -> dict[str, Any]:
    return {"reference": values["reference"], "signed_on": values["signed_on"]}


def _late(case: Case, statement: Statement, as_of: date) -> dict[str, int]:
    """Principal that is due and not paid, by claim."""
    late = {claim.id for claim in case.claims if claim.due_on < as_of}
    return {
        row.id: row.outstanding_principal_cents
        for row in statement.claims
        if row.id in late and row.outstanding_principal_cents
    }


def _default(case: Case, late: Mapping[str, int], as_of: date) -> dict[str, str]:
    """How grave the default is, by its sum and its age."""
    first_on = min(claim.due_on for claim in case.claims if claim.id in late)
    days = (as_of - first_on).days
    return {
        "principal": euros(sum(late.values())),
        "days": count(days, "jour", "jours").replace(" ", NBSP),
        "since": date_unbroken(first_on),
    }


def _suspension(
    options: SuspensionOptions, *, waits: bool, overdue: int, total: str
) -> dict[str, Any]:
    on = effective_on(options)
    clause, ahead = options.clause, options.anticipatory
    if not waits:
        resumption = f"réception du règlement intégral de la somme de {total}"
    elif overdue:
        resumption = (
            "que les sommes échues auront été réglées et que le paiement des sommes à échoir aura"
            " été garanti"
        )
    else:
        resumption = "que le paiement des sommes à échoir aura été garanti"
    return {
        "at_once": options.letter_date is not None and on <= options.letter_date,
        "on": date_unbroken(on),
        "unless": "règlement ou garantie de ces sommes" if waits else "règlement intégral",
        "scope": options.scope or typographic(_SCOPE),
        "resumption": options.resumption or typographic(resumption),
        "clause": _clause(clause.article, clause.quote) if clause else None,
        "anticipatory": {
            "grounds": _sentence(ahead.grounds),
            "consequences": _sentence(ahead.consequences),
        }
        if ahead
        else None,
    }


def _clause(article: str, quote: str) -> dict[str, str]:
    """A clause, with the stop that its words lack after the quotation mark."""
    return {"article": article, "quote": quote, "stop": "" if _is_ended(quote) else "."}


def _sentence(text: str) -> str:
    """A client's text with the stop that it lacks."""
    return text if _is_ended(text) else f"{text}."


def _is_ended(text: str) -> bool:
    return text.endswith((".", "!", "?", "\u2026"))


def required(context: Context) -> list[str]:
    """What a notice of suspension must say for the suspension to be lawful.

    Sources:
        Art. 1219 C. civ.: a default serious enough, of the same contract or of linked ones.
        Art. 1220 C. civ.: a default to come that is manifest, its serious consequences, and
        notice as soon as possible.
    """
    suspension, default = context["suspension"], context["default"]
    clause, ahead = suspension["clause"], suspension["anticipatory"]
    return [
        suspension["on"],
        suspension["scope"],
        suspension["resumption"],
        context["debtor"]["identity"],
        "ni résolution ni résiliation",
        "même contrat ou à des contrats liés",
        *(["article 1219 du Code civil", *default.values()] if default else ()),
        *(["article 1220 du Code civil", *ahead.values()] if ahead else ()),
        *([clause["article"], clause["quote"]] if clause else ()),
        *filter(None, context["contract"].values()),
        *(value for row in context["table"]["rows"] for value in row.values()),
        *context["receipts"]["lines"],
        *filter(None, (context["receipts"]["allocation"],)),
        *context["steps"],
        *context["accessories"]["interest"],
        *context["accessories"]["more"],
        *(value for line in context["accessories"]["lines"] for value in line.values()),
        *(value for item in context["account"] for value in item.values()),
        *required_of_letter(context),
    ]
