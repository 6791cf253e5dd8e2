"""What a reminder before the due date says: the facts and the statement as values. Pure."""

from __future__ import annotations

from dataclasses import replace

from generators.claim_values import claim_table, money_lines, which_claims
from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    letter_values,
    payment_values,
    recipient,
    required_of_letter,
    sender,
    signatory,
)
from law.case import Claim
from law.french import date_unbroken
from law.statement import Statement

TITLE = "Rappel avant échéance"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a reminder needs a debtor and a statement")
    options = replace(options, delivery=options.delivery or "simple")
    table = claim_table(case, statement, only_open=True)
    settled = {row.id for row in statement.claims if not row.outstanding_principal_cents}
    claims = [claim for claim in case.claims if claim.id not in settled]
    first_on = date_unbroken(min(claim.due_on for claim in claims))
    when = f"échéance du {first_on}" if _on_one_day(claims) else "prochaines échéances"
    which = which_claims(claims)
    subject = f"{which[0].upper()}{which[1:]}, {when}"
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject)
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE),
        "sender": sender(case.creditor),
        "recipient": recipient(case.debtor),
        "letter": {
            **letter,
            "total": table["outstanding"],
            "due_on": first_on if _on_one_day(claims) else None,
            "first_on": first_on,
            "asks_satisfaction": all(claim.type == "invoice" for claim in claims),
        },
        "table": table,
        "receipts": money_lines(case, facts.as_of),
        "payment": payment_values(case),
        "signatory": signatory(case, options),
        "enclosures": enclosure_lines(case.exhibits),
    }


def _on_one_day(claims: list[Claim]) -> bool:
    return len({claim.due_on for claim in claims}) == 1


def required(context: Context) -> list[str]:
    """What such a reminder must say: what falls due, when, and how to pay it."""
    letter = context["letter"]
    return [
        letter["total"],
        letter["first_on"],
        "nous permettons de vous rappeler",
        *(
            value
            for row in context["table"]["rows"]
            for name, value in row.items()
            if name not in {"days", "applied"}
        ),
        *context["receipts"],
        *required_of_letter(context),
    ]
