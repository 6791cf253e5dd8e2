"""What the formal notice to pay says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from generators.debt_values import debt_values, payment_deadline, which_invoices
from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    identity,
    letter_values,
    payment_values,
    recipient,
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
        Art. R123-237 C. com.: who the sender is.
    """
    letter, clause = context["letter"], context["contract"]["resolutive_clause"]
    return [
        context["sender"]["name"],
        *context["sender"]["lines"],
        *context["recipient"]["lines"],
        context["debtor"]["identity"],
        letter["place_and_date"],
        letter["reference"],
        letter["subject"],
        letter["deadline"],
        letter["total"],
        *(value for claim in context["claims"] for value in claim.values()),
        *(value for line in context["interest"]["lines"] for value in line.values()),
        *(value for item in context["recap"] for value in item.values()),
        *([clause["article"], clause["quote"]] if clause else []),
        *filter(None, (context["payment"]["iban"], context["payment"]["bic"])),
        context["signatory"]["name"],
        *filter(None, (letter["note"], letter["delivery"])),
    ]
