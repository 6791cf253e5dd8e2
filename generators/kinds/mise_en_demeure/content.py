"""What the formal notice to pay says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from generators.debt_values import (
    debt_values,
    payment_deadline,
    required_of_debt,
    which_invoices,
)
from generators.kind import Context, Facts
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
)
from law.french import NBSP, euros
from law.statement import Statement

TITLE = "Mise en demeure de payer"
DEFAULT_DEADLINE_DAYS = 8


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a formal notice needs a debtor and a statement")
    debt = debt_values(case, statement)
    enclosures = enclosure_lines(case.exhibits)
    if debt["interest"]["in_annex"]:
        enclosures.append(f"Annexe{NBSP}: calcul des pénalités de retard")
    subject = f"{TITLE} \u2013 {which_invoices(case.claims)}"
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject)
    deadline = payment_deadline(options, facts.as_of, default_days=DEFAULT_DEADLINE_DAYS)
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE),
        "sender": sender(case.creditor),
        "recipient": recipient(case.debtor),
        "letter": {
            **letter,
            "continuation": f"{letter['continuation']} \u2013 {TITLE}",
            "deadline": deadline,
            "total": euros(statement.totals.due_cents),
        },
        "debtor": {"identity": identity(case.debtor)},
        **debt,
        "payment": payment_values(case),
        "signatory": signatory(case, options),
        "enclosures": enclosures,
    }


def required(context: Context) -> list[str]:
    """What a formal notice must say to be one, and to be paid.

    Sources:
        Art. 1344 C. civ.: a sufficient demand, which tells exactly what is claimed.
        Art. 1225 C. civ.: the resolutive clause whose effect is sought.
    """
    letter, clause = context["letter"], context["contract"]["resolutive_clause"]
    return [
        "mettons en demeure",
        "article 1344 du Code civil",
        *(["article 1225 du Code civil", clause["article"], clause["quote"]] if clause else ()),
        *filter(None, (context["contract"]["reference"],)),
        context["debtor"]["identity"],
        letter["deadline"],
        letter["total"],
        *required_of_letter(context),
        *required_of_debt(context),
    ]
