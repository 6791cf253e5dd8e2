"""What a letter of thanks says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from dataclasses import replace

from generators.claim_values import METHODS, money_lines, the_claim, which_claims
from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    letter_values,
    recipient,
    required_of_letter,
    sender,
    signatory,
)
from law.case import Case, Claim, Payment
from law.french import NBSP, date_unbroken, euros
from law.statement import Statement

TITLE = "Remerciement"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a letter of thanks needs a debtor and a statement")
    options = replace(options, delivery=options.delivery or "simple")
    received = [payment for payment in case.payments if payment.received_on <= facts.as_of]
    last = max(received, key=lambda payment: payment.received_on)
    lines = money_lines(case, facts.as_of)
    subject = f"Votre règlement \u2013 {which_claims(case.claims)}"
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject)
    one = case.claims[0] if len(case.claims) == 1 else None
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE),
        "sender": sender(case.creditor),
        "recipient": recipient(case.debtor),
        "letter": letter,
        "payment": {"amount": euros(last.amount_cents), "how": _how(last)},
        "lines": lines if len(lines) > 1 else [],
        "claim": _settled(case, one) if one else None,
        "claims": [] if one else [_listed(claim) for claim in case.claims],
        "balance": euros(0) if statement.totals.due_cents == 0 else None,
        "signatory": signatory(case, options),
        "enclosures": enclosure_lines(case.exhibits),
    }


def _how(payment: Payment) -> str:
    means = METHODS.get(payment.method or "other")
    return f"{f'{means} ' if means else ''}le {date_unbroken(payment.received_on)}"


def _settled(case: Case, claim: Claim) -> dict[str, str]:
    """The only claim, with what agrees with its gender and tells of a credit note."""
    named = the_claim(claim)
    ending = "entièrement réglé" if named.startswith("le ") else "entièrement réglée"
    is_credited = any(note.claim_id == claim.id for note in case.credit_notes)
    return {
        "name": f"{named[0].upper()}{named[1:]}{_issued(claim)}",
        "amount": euros(claim.amount_incl_tax_cents),
        "settled": f"{ending}, avoir déduit" if is_credited else ending,
    }


def _listed(claim: Claim) -> str:
    named = the_claim(claim).partition(" ")[2]
    return f"{named}{_issued(claim)}{NBSP}: {euros(claim.amount_incl_tax_cents)}"


def _issued(claim: Claim) -> str:
    return f" du {date_unbroken(claim.issued_on)}" if claim.issued_on else ""


def required(context: Context) -> list[str]:
    """What thanks must say: how much came, when, and what it settles."""
    claim = context["claim"]
    return [
        context["payment"]["amount"],
        context["payment"]["how"],
        *context["lines"],
        *context["claims"],
        *((claim["name"], claim["amount"]) if claim else ()),
        *([claim["settled"]] if claim and context["balance"] else ()),
        *filter(None, (context["balance"],)),
        *required_of_letter({**context, "payment": None}),
    ]
