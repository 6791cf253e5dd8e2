"""What a status report says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from generators.claim_values import account_lines, claim_table, payment_text, which_claims
from generators.debt_values import interest_values
from generators.kind import Context, Facts
from generators.kinds.releve_de_demarches.schema import ReleveOptions
from generators.letters import (
    document_properties,
    enclosure_lines,
    identity,
    letter_values,
    printed_name,
    recipient,
    required_of_letter,
    signatory,
)
from generators.representatives import sender_of, writer
from generators.step_values import OFFERS, STEP_NAMES, past_steps, step_rows
from law.calendar import plus_months
from law.case import Case, InsolvencyType, Party, Payment
from law.french import NBSP, date_courte, date_unbroken, euros, typographic
from law.parameters import value_on_or_first
from law.statement import Statement

TITLE = "Relevé des démarches"
_DASH = "\u2013"
_PROCEEDINGS: dict[InsolvencyType, str] = {
    "safeguard": "sauvegarde",
    "receivership": "redressement judiciaire",
    "liquidation": "liquidation judiciaire",
}
_BEARERS = {"debtor": "le débiteur", "creditor": "le créancier"}


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a report needs a debtor and a statement")
    options = replace(options, delivery=options.delivery or "simple")
    who, reader = parties(case, options)
    subject = f"{TITLE} \u2013 {printed_name(case.debtor)}, {which_claims(case.claims)}"
    letter = letter_values(case, options, reader, facts.as_of, subject=subject, writer=who)
    claims = {claim.id: claim for claim in case.claims}
    lines = interest_values(claims, statement)
    steps = step_rows(case, facts.as_of)
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE, writer=who),
        "sender": sender_of(case),
        "recipient": recipient(reader),
        "letter": {
            **letter,
            "continuation": f"{letter['continuation']} \u2013 {TITLE}",
            "total": euros(statement.totals.due_cents),
        },
        "file": _file(case, reader, facts.as_of),
        "table": claim_table(case, statement),
        "steps": steps,
        "sums": _sums(case, facts.as_of),
        "received": _received(case, facts.as_of),
        "offers": _told(case, facts.as_of, OFFERS),
        "troubles": _troubles(case, facts.as_of),
        "funds": _funds(case, options, facts.as_of),
        "costs": _costs(case),
        "account": account_lines(case, statement, costs="Frais à la charge du débiteur"),
        "interest": {"lines": lines["lines"], "total": lines["total"], "daily": lines["daily"]},
        "signatory": signatory(case, options, writer=who),
        "enclosures": enclosure_lines(case.exhibits),
    }


def parties(case: Case, options: ReleveOptions) -> tuple[Party, Party]:
    """Who reports, and to whom: who acts for the creditor, to the creditor, unless said."""
    return writer(case), options.recipient or case.creditor


def collected(case: Case, as_of: date) -> list[Payment]:
    """The payments that came under the mandate, which an agency may have to hand over."""
    since = (case.representative.mandate_on if case.representative else None) or date.min
    kept = [payment for payment in case.payments if since <= payment.received_on <= as_of]
    return sorted(kept, key=lambda payment: payment.received_on)


def remit_by(payment: Payment) -> date:
    """The last day to hand a payment over, unless agreed otherwise (art. R. 124-6 CPCE)."""
    months = value_on_or_first("agency.remittance_months", payment.received_on).value
    return plus_months(payment.received_on, int(months))


def is_agency(case: Case) -> bool:
    """Whether a collection agency reports, whom R. 124-5 and R. 124-6 CPCE bind."""
    return case.representative is not None and case.representative.role == "collection_agency"


def _file(case: Case, reader: Party, as_of: date) -> dict[str, str | None]:
    debtor, representative = case.debtor, case.representative
    if debtor is None:
        raise ValueError("a report needs a debtor")
    opened = (
        debtor.insolvency if debtor.insolvency and debtor.insolvency.opened_on <= as_of else None
    )
    proceedings = None
    if opened is not None:
        proceedings = f"{_PROCEEDINGS[opened.type]}, jugement du {date_unbroken(opened.opened_on)}"
    elif debtor.over_indebtedness_admitted_on and debtor.over_indebtedness_admitted_on <= as_of:
        day = date_unbroken(debtor.over_indebtedness_admitted_on)
        proceedings = f"surendettement, dossier recevable le {day}"
    mandate = representative.mandate_on if representative else None
    return {
        "creditor": None if reader is case.creditor else identity(case.creditor),
        "debtor": identity(debtor),
        "claims": euros(sum(claim.amount_incl_tax_cents for claim in case.claims)),
        "mandate": date_unbroken(mandate) if mandate else None,
        "proceedings": proceedings,
    }


def _sums(case: Case, as_of: date) -> list[dict[str, str]]:
    """Every payment, even partial, and every credit note (art. R. 124-5 CPCE)."""
    claims = {claim.id: claim for claim in case.claims}
    rows = [
        (payment.received_on, payment_text(payment, claims), payment.amount_cents)
        for payment in case.payments
    ]
    rows += [
        (note.issued_on, typographic(f"avoir n° {note.number}"), note.amount_incl_tax_cents)
        for note in case.credit_notes
    ]
    return [
        {"on": date_courte(on), "what": f"{what[0].upper()}{what[1:]}", "amount": euros(cents)}
        for on, what, cents in sorted(rows, key=lambda row: row[0])
        if on <= as_of
    ]


def _received(case: Case, as_of: date) -> str:
    paid = sum(p.amount_cents for p in case.payments if p.received_on <= as_of)
    return euros(
        paid + sum(n.amount_incl_tax_cents for n in case.credit_notes if n.issued_on <= as_of)
    )


def _told(case: Case, as_of: date, kinds: Any) -> list[str]:
    return [
        f"{date_unbroken(step.on)}{NBSP}: {STEP_NAMES[step.type].lower()}"
        f"{f' {_DASH} {step.outcome}' if step.outcome else ''}"
        for step in past_steps(case, as_of, of=kinds)
    ]


def _troubles(case: Case, as_of: date) -> list[str]:
    """Disputes and mail that came back."""
    disputed = [claim for claim in case.claims if claim.disputed]
    told = [f"{which_claims([claim])}{NBSP}: contestée par le débiteur" for claim in disputed]
    return [*_told(case, as_of, {"dispute", "undeliverable"}), *told]


def _funds(case: Case, options: ReleveOptions, as_of: date) -> dict[str, Any] | None:
    """What was collected under the mandate and handed over; None when nobody collects for others.

    Sources:
        Art. R. 124-6 CPCE: within one month of actual collection, unless agreed otherwise.
    """
    if options.remittances is None and not is_agency(case):
        return None
    payments = collected(case, as_of)
    given = [each for each in options.remittances or () if each.remitted_on <= as_of]
    paid = sum(payment.amount_cents for payment in payments)
    handed = sum(each.amount_cents for each in given)
    is_told = options.remittances is not None
    return {
        "due": [
            f"{euros(payment.amount_cents)}, reçus le {date_unbroken(payment.received_on)}{NBSP}:"
            f" au plus tard le {date_unbroken(remit_by(payment))}"
            for payment in payments
        ],
        "given": [
            f"{date_unbroken(each.remitted_on)}{NBSP}: {euros(each.amount_cents)}"
            f"{f' ({each.reference})' if each.reference else ''}"
            for each in sorted(given, key=lambda each: each.remitted_on)
        ],
        "collected": euros(paid),
        "handed": euros(handed) if is_told else None,
        "left": euros(paid - handed) if is_told else None,
    }


def _costs(case: Case) -> list[dict[str, str]]:
    return [
        {"what": cost.label, "who": _BEARERS[cost.borne_by], "amount": euros(cost.amount_cents)}
        for cost in case.costs
    ]


def required(context: Context) -> list[str]:
    """What a report must tell: every step, every payment, every offer, every sum.

    Sources:
        Art. R. 124-5 CPCE: any payment, even partial; any offer other than immediate payment.
        Art. R. 124-6 CPCE: what is handed over.
    """
    funds = context["funds"]
    return [
        context["letter"]["total"],
        *_values([context["file"]]),
        *_values(context["table"]["rows"]),
        *_values(context["steps"]),
        *_values(context["sums"]),
        *context["offers"],
        *context["troubles"],
        *_values(context["costs"]),
        *_values(context["account"]),
        *_values(context["interest"]["lines"]),
        *(_required_of_funds(funds) if funds else ()),
        *required_of_letter(context),
    ]


def _required_of_funds(funds: Mapping[str, Any]) -> list[str]:
    found = ["reversés dans le mois de leur encaissement effectif", funds["collected"]]
    if funds["left"] is not None:
        found += ["Reste à reverser", funds["handed"], funds["left"]]
    return [*found, *funds["due"], *funds["given"]]


def _values(rows: Sequence[Any]) -> list[str]:
    return [value for row in rows for value in row.values() if value]
