"""VAT of unpaid invoices: what is left unpaid at each rate, what may be recovered, until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from law.case import Claim, VatLine
from law.parameters import ValueNotCovered, read_toml

VatReason = Literal["recoverable", "due-on-payment", "no-vat"]
_YEARS_TO_CLAIM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpaidRate:
    """One rate of an invoice: what was invoiced and what is unpaid, in cents."""

    rate: Decimal
    base_cents: int
    vat_cents: int
    unpaid_base_cents: int
    unpaid_vat_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpaidVat:
    """The unpaid part of a claim by rate of VAT.

    Attributes:
        recoverable_cents: VAT that may be recovered: nothing when it never fell due.
        reason: Why that much.
    """

    claim_id: str
    rates: Sequence[UnpaidRate]
    unpaid_base_cents: int
    unpaid_vat_cents: int
    recoverable_cents: int
    reason: VatReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The mention of an unpaid invoice as of a day.

    Attributes:
        duplicate: Wording on the duplicate of one invoice, with ``{base}`` and ``{vat}``.
        summary: The same for a line of a recapitulative statement.
        law: The text it rests on, as a sentence names it.
        article: The same, short, for a check.
        is_settled: Whether the wording of that day is published.
    """

    since: date
    duplicate: str
    summary: str
    law: str
    article: str
    is_settled: bool
    source: str
    checked_on: date


def mention_on(day: date) -> Mention:
    """The mention for a document of a day.

    Raises:
        ValueNotCovered: the day lies before the first wording that was read.

    Sources:
        CGI 272, 1; DB 3 D 1211 n° 46. ADR 0141: what is printed from 2027.
    """
    known = [row for row in _mentions() if row.since <= day]
    if not known:
        first = _mentions()[0]
        raise ValueNotCovered(
            f"The mention is verified from {first.since}, not on {day}.",
            parameter="bad_debts.mention",
            source=first.source,
        )
    return known[-1]


@cache
def _mentions() -> tuple[Mention, ...]:
    return tuple(
        Mention(
            since=row["since"],
            duplicate=row["duplicate"],
            summary=row["summary"],
            law=row["law"],
            article=row["article"],
            is_settled=row["settled"],
            source=row["source"],
            checked_on=row["checked_on"],
        )
        for row in read_toml("bad_debts.toml")["mention"]["values"]
    )


def vat_lines(claim: Claim) -> list[VatLine] | None:
    """The VAT of a claim, one line a rate, as invoiced; None when the case does not tell it.

    A rent or a loan of which nothing is said bears none.
    """
    if claim.vat:
        bases: defaultdict[Decimal, int] = defaultdict(int)
        amounts: defaultdict[Decimal, int] = defaultdict(int)
        for line in claim.vat:
            bases[line.rate] += line.base_cents
            amounts[line.rate] += line.amount_cents
        return [
            VatLine(rate=rate, base_cents=bases[rate], amount_cents=amounts[rate]) for rate in bases
        ]
    incl, excl = claim.amount_incl_tax_cents, claim.amount_excl_tax_cents
    if excl == incl or (excl is None and claim.type in {"rent", "loan"}):
        return [VatLine(rate=Decimal(0), base_cents=incl, amount_cents=0)]
    return None


def has_vat(claim: Claim) -> bool:
    """Whether some VAT was invoiced."""
    return any(line.amount_cents for line in vat_lines(claim) or ())


def unpaid_vat(claim: Claim, unpaid_cents: int) -> UnpaidVat:
    """What is unpaid of a claim, by rate, to the cent.

    Args:
        claim: A claim whose VAT the case tells.
        unpaid_cents: Unpaid principal, VAT included: from 0 to the amount of the claim.

    Raises:
        ValueError: the VAT is not told, or the unpaid part is out of bounds (a bug in the caller).

    Sources:
        CGI 272, 1; BOI-TVA-DED-40-10-20 § 10: a part of the price may be unpaid.
        ADR 0140: a payment is spread over the rates in proportion; cents to the largest remainders.

    Examples:
        >>> from law.case import Claim
        >>> lines = [
        ...     VatLine(rate=Decimal("0.20"), base_cents=80000, amount_cents=16000),
        ...     VatLine(rate=Decimal("0.055"), base_cents=30000, amount_cents=1650),
        ... ]
        >>> claim = Claim(id="c", type="invoice", due_on=date(2026, 1, 1), vat=lines,
        ...     amount_incl_tax_cents=127650, vat_due_on="invoice")
        >>> [(r.unpaid_base_cents, r.unpaid_vat_cents) for r in unpaid_vat(claim, 77650).rates]
        [(48664, 9733), (18249, 1004)]
    """
    lines = vat_lines(claim)
    if lines is None:
        raise ValueError(f"the VAT of the claim {claim.id!r} is not told")
    if not 0 <= unpaid_cents <= claim.amount_incl_tax_cents:
        raise ValueError(f"{unpaid_cents} is not between 0 and {claim.amount_incl_tax_cents}")
    sums = [cents for line in lines for cents in (line.base_cents, line.amount_cents)]
    parts = _shares(sums, unpaid_cents)
    rates = [
        UnpaidRate(
            rate=line.rate,
            base_cents=line.base_cents,
            vat_cents=line.amount_cents,
            unpaid_base_cents=parts[2 * at],
            unpaid_vat_cents=parts[2 * at + 1],
        )
        for at, line in enumerate(lines)
    ]
    unpaid = sum(rate.unpaid_vat_cents for rate in rates)
    reason: VatReason = "recoverable"
    if not has_vat(claim):
        reason = "no-vat"
    elif claim.vat_due_on != "invoice":
        reason = "due-on-payment"
    return UnpaidVat(
        claim_id=claim.id,
        rates=rates,
        unpaid_base_cents=sum(rate.unpaid_base_cents for rate in rates),
        unpaid_vat_cents=unpaid,
        recoverable_cents=unpaid if reason == "recoverable" else 0,
        reason=reason,
    )


def _shares(sums: Sequence[int], part: int) -> list[int]:
    """A part of a whole spread over the sums that make it, without losing a cent."""
    whole = sum(sums)
    shares = [cents * part // whole for cents in sums]
    by_remainder = sorted(range(len(sums)), key=lambda at: -(sums[at] * part % whole))
    for at in by_remainder[: part - sum(shares)]:
        shares[at] += 1
    return shares


def last_day_to_claim(event_on: date) -> date:
    """Last day to recover the VAT: the end of the second year after that of the event.

    Sources:
        Annexe II CGI 208, I; LPF R*196-1.
    """
    return date(event_on.year + _YEARS_TO_CLAIM, 12, 31)
