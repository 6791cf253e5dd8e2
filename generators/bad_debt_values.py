"""Unpaid invoices by rate of VAT, as values: what certificate and duplicate share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generators.letters import printed_name
from law.bad_debt_vat import UnpaidVat, has_vat, unpaid_vat, vat_lines
from law.case import Case, Claim
from law.findings import Check
from law.french import NBSP, date_courte, euros, percent_short
from law.ledger import PaymentExceedsDebt
from law.rates import RateTables
from law.statement import Statement, statement
from law.wording import check, claim_name

REGIMES: Mapping[str, str] = {
    "recoverable": "TVA exigible sur la facture",
    "due-on-payment": "TVA exigible à l\u2019encaissement, non exigible faute de paiement",
    "no-vat": "opération sans TVA facturée",
}


def unpaid_by_claim(case: Case, statement: Statement) -> list[tuple[Claim, UnpaidVat]]:
    """Each claim of which something is unpaid, with its unpaid part by rate."""
    claims = {claim.id: claim for claim in case.claims}
    return [
        (claims[row.id], unpaid_vat(claims[row.id], row.outstanding_principal_cents))
        for row in statement.claims
        if row.outstanding_principal_cents
    ]


def invoice_rows(found: list[tuple[Claim, UnpaidVat]]) -> list[dict[str, str]]:
    """A row for each claim: what was invoiced, what was set against it, what is unpaid."""
    return [
        {
            "number": claim.number or claim.id,
            "issued_on": date_courte(claim.issued_on) if claim.issued_on else "\u2013",
            "due_on": date_courte(claim.due_on),
            "base": euros(sum(rate.base_cents for rate in vat.rates)),
            "vat": euros(sum(rate.vat_cents for rate in vat.rates)),
            "total": euros(claim.amount_incl_tax_cents),
            "applied": _or_dash(
                claim.amount_incl_tax_cents - vat.unpaid_base_cents - vat.unpaid_vat_cents
            ),
            "unpaid": euros(vat.unpaid_base_cents + vat.unpaid_vat_cents),
        }
        for claim, vat in found
    ]


def rate_rows(found: list[tuple[Claim, UnpaidVat]]) -> list[dict[str, str]]:
    """A row for each claim and rate: unpaid price, unpaid VAT, VAT to recover."""
    return [
        {
            "number": claim.number or claim.id,
            "rate": percent_short(rate.rate),
            "base": euros(rate.base_cents),
            "vat": euros(rate.vat_cents),
            "unpaid_base": euros(rate.unpaid_base_cents),
            "unpaid_vat": euros(rate.unpaid_vat_cents),
            "recoverable": _or_dash(rate.unpaid_vat_cents if vat.recoverable_cents else 0),
        }
        for claim, vat in found
        for rate in vat.rates
    ]


def invoiced_totals(found: list[tuple[Claim, UnpaidVat]]) -> dict[str, str]:
    """The totals of both tables."""
    base = sum(rate.base_cents for _, vat in found for rate in vat.rates)
    tax = sum(rate.vat_cents for _, vat in found for rate in vat.rates)
    unpaid_base = sum(vat.unpaid_base_cents for _, vat in found)
    unpaid_tax = sum(vat.unpaid_vat_cents for _, vat in found)
    return {
        "base": euros(base),
        "vat": euros(tax),
        "total": euros(base + tax),
        "applied": _or_dash(base + tax - unpaid_base - unpaid_tax),
        "unpaid": euros(unpaid_base + unpaid_tax),
        "unpaid_base": euros(unpaid_base),
        "unpaid_vat": euros(unpaid_tax),
        "recoverable": euros(sum(vat.recoverable_cents for _, vat in found)),
    }


def rectification_addressee(case: Case) -> str:
    """To whom the rectified invoice goes: the officer of the proceedings, else the debtor.

    Sources:
        Rép. min. Delnatte n° 3451: in liquidation, the liquidator.
    """
    debtor = case.debtor
    if debtor is None:
        raise ValueError("an unpaid invoice has a debtor")
    if debtor.insolvency and debtor.insolvency.officer:
        return f"{debtor.insolvency.officer}, ès qualités, pour {printed_name(debtor)}"
    address = [*debtor.address.lines, f"{debtor.address.postal_code} {debtor.address.city}"]
    return ", ".join((printed_name(debtor), *address))


def vat_checks(case: Case) -> list[Check]:
    """Whether the case tells the VAT of each claim, and when it fell due.

    Sources:
        CGI 272, 1: only a tax that was due can be recovered. ADR 0140: spread over the rates.
    """
    article, found = "art. 272, 1 CGI", []
    for at, claim in enumerate(case.claims):
        name, pointer = claim_name(claim), f"/case/claims/{at}"
        if vat_lines(claim) is None:
            text = "Le détail de la TVA par taux est nécessaire : {claim}."
            found.append(
                check("vat-breakdown", "refuse", article, f"{pointer}/vat", text, claim=name)
            )
        elif has_vat(claim) and claim.vat_due_on is None:
            text = (
                "Il faut dire si la TVA était exigible sur la facture (biens, option pour les "
                "débits) ou au paiement : {claim}."
            )
            found.append(
                check("vat-regime", "refuse", article, f"{pointer}/vat_due_on", text, claim=name)
            )
        elif has_vat(claim) and claim.vat_due_on == "payment":
            text = "TVA non exigible faute de paiement : rien à récupérer, {claim}."
            found.append(
                check("vat-regime", "warn", article, f"{pointer}/vat_due_on", text, claim=name)
            )
        if len(vat_lines(claim) or ()) > 1 and _is_partly_settled(case, claim):
            text = (
                "Plusieurs taux et un règlement ou avoir partiel : réparti à proportion des "
                "montants facturés, faute de doctrine ; suivre l'affectation du payeur s'il y en a "
                "une ({claim})."
            )
            found.append(check("vat-proportion", "warn", article, pointer, text, claim=name))
    text = "La TVA de chaque créance est connue."
    return found or [check("vat-breakdown", "pass", article, "/case/claims", text)]


def unpaid_principal_check(case: Case, as_of: date, rates: RateTables) -> Check:
    """Whether something of the price itself is unpaid: VAT is of the price, not of the accessories.

    Sources:
        CGI 272, 1; art. 1343-1 C. civ. says what payments were set against.
    """
    code, article, pointer = "principal-paid", "art. 272, 1 CGI", "/case/payments"
    try:
        computed = statement(case, as_of, rates)
    except PaymentExceedsDebt:
        outstanding = 0
    else:
        outstanding = sum(row.outstanding_principal_cents for row in computed.claims)
    if outstanding == 0:
        text = "Le prix est payé : il n'y a plus d'impayé, ni de TVA à récupérer."
        return check(code, "refuse", article, pointer, text)
    return check(code, "pass", article, pointer, "Une partie du prix reste impayée.")


def _is_partly_settled(case: Case, claim: Claim) -> bool:
    return any(paid.claim_id in {None, claim.id} for paid in case.payments) or any(
        note.claim_id == claim.id for note in case.credit_notes
    )


def named_claims(found: list[tuple[Claim, UnpaidVat]]) -> list[str]:
    """What each claim rests on, and when its VAT fell due."""
    return [
        f"{claim_name(claim)[0].upper()}{claim_name(claim)[1:]}{NBSP}: "
        + "".join(
            (f"{claim.description} \u2013 " if claim.description else "", REGIMES[vat.reason])
        )
        + "."
        for claim, vat in found
    ]


def _or_dash(cents: int) -> str:
    return euros(cents) if cents else "\u2013"
