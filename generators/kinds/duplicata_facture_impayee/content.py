"""What the duplicate says: the invoice as issued, then the mention with what is unpaid. Pure."""

from __future__ import annotations

from typing import Any

from generators.attestations import (
    attestation_properties,
    issuer_values,
    place_and_date,
    signatory_of,
)
from generators.bad_debt_values import rectification_addressee, unpaid_by_claim
from generators.kind import Context, Facts
from generators.letters import full_identity
from law.bad_debt_vat import Mention, UnpaidVat, mention_on
from law.case import Claim
from law.french import NBSP, date_courte, date_longue, euros, number, percent_short, typographic
from law.statement import Statement

TITLE = "Duplicata de facture impayée"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options, as_of = facts.case, facts.options, facts.as_of
    debtor = case.debtor
    if debtor is None or statement is None:
        raise ValueError("a duplicate needs a debtor and a statement")
    issuer = issuer_values(case.creditor)
    mention = mention_on(options.letter_date or as_of)
    unpaid = unpaid_by_claim(case, statement)
    sheets = [_sheet(claim, vat, mention) for claim, vat in unpaid]
    addressee = rectification_addressee(case)
    return {
        "document": attestation_properties(case, case.creditor, options, as_of, title=TITLE),
        "issuer": issuer,
        "act": {
            "reference": case.reference,
            "place_and_date": place_and_date(options, case.creditor, as_of),
            "running": f"{issuer['name']} \u2013 {TITLE}",
        },
        "client": full_identity(debtor),
        "client_vat": debtor.vat_number,
        "addressee": addressee if debtor.insolvency and debtor.insolvency.officer else None,
        "law": mention.law,
        "sheets": sheets,
        "summary": _summary(unpaid, mention) if len(sheets) > 1 else None,
        "signatory": signatory_of(case.creditor, options),
    }


def _sheet(claim: Claim, vat: UnpaidVat, mention: Mention) -> dict[str, Any]:
    """One invoice as it was issued, and what is printed over it."""
    several = len(vat.rates) > 1
    return {
        "number": claim.number or claim.id,
        "issued_on": date_longue(claim.issued_on) if claim.issued_on else "\u2013",
        "due_on": date_longue(claim.due_on),
        "description": claim.description,
        "lines": [
            {
                "rate": percent_short(rate.rate),
                "base": euros(rate.base_cents),
                "vat": euros(rate.vat_cents),
                "total": euros(rate.base_cents + rate.vat_cents),
            }
            for rate in vat.rates
        ],
        "base": euros(sum(rate.base_cents for rate in vat.rates)),
        "vat": euros(sum(rate.vat_cents for rate in vat.rates)),
        "total": euros(claim.amount_incl_tax_cents),
        "mention": mention_text(mention.duplicate, vat),
        "unpaid": [
            {
                "rate": percent_short(rate.rate),
                "base": euros(rate.unpaid_base_cents),
                "vat": euros(rate.unpaid_vat_cents),
            }
            for rate in vat.rates
        ]
        if several
        else [],
        "unpaid_base": euros(vat.unpaid_base_cents),
        "unpaid_vat": euros(vat.unpaid_vat_cents),
    }


def mention_text(wording: str, vat: UnpaidVat) -> str:
    """The mention with its sums; its words are those prescribed, its spaces those of print."""
    return typographic(wording).format(
        base=number(vat.unpaid_base_cents), vat=number(vat.unpaid_vat_cents)
    )


def _summary(unpaid: list[tuple[Claim, UnpaidVat]], mention: Mention) -> dict[str, Any]:
    """The recapitulative statement of several unpaid invoices of one client.

    Sources:
        DB 3 D 1211 n° 46: number, label, date, price, tax and the mention of each.
    """
    return {
        "rows": [
            {
                "number": claim.number or claim.id,
                "issued_on": date_courte(claim.issued_on) if claim.issued_on else "\u2013",
                "label": claim.description or f"Facture n°{NBSP}{claim.number or claim.id}",
                "base": euros(vat.unpaid_base_cents),
                "vat": euros(vat.unpaid_vat_cents),
                "mention": mention_text(mention.summary, vat),
            }
            for claim, vat in unpaid
        ],
        "base": euros(sum(vat.unpaid_base_cents for _, vat in unpaid)),
        "vat": euros(sum(vat.unpaid_vat_cents for _, vat in unpaid)),
    }


def required(context: Context) -> list[str]:
    """The invoice unchanged, and the mention with its sums.

    Sources:
        DB 3 D 1211 n° 46; BOI-TVA-DED-40-10-20: a duplicate, unchanged, with the mention.
    """
    flat_keys = ("number", "issued_on", "due_on", "description", "base", "vat", "total", "mention")
    summary = context["summary"]
    return [
        "Duplicata",
        context["issuer"]["name"],
        *context["issuer"]["lines"],
        context["client"],
        *(sheet[key] for sheet in context["sheets"] for key in flat_keys if sheet[key]),
        *(
            value
            for sheet in context["sheets"]
            for row in (*sheet["lines"], *sheet["unpaid"])
            for value in row.values()
        ),
        *(value for row in (summary["rows"] if summary else ()) for value in row.values()),
        *((summary["base"], summary["vat"]) if summary else ()),
        *filter(None, (context["client_vat"], context["addressee"])),
        context["law"],
        "La créance subsiste",
        context["act"]["place_and_date"],
        context["act"]["reference"],
        context["signatory"]["name"],
        *filter(None, (context["signatory"]["capacity"],)),
    ]
