"""What acts that claim money share: interest, fees, clauses, receipts, the time to pay, as values.

Amounts are those of the statement; nothing is computed here but sums of what it holds.
`generators.claim_values` has the rows of the debts themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generators.options import LetterOptions
from law.case import Case, Claim, CreditNote, LateInterest, Payment, ResolutiveClause
from law.french import (
    NBSP,
    count,
    date_courte,
    date_unbroken,
    enumerate_and,
    euros,
    half_year,
    percent,
    percent_short,
    points,
    typographic,
)
from law.half_years import first_day, half_year_of
from law.parameters import parameter
from law.statement import ClaimStatement, InterestLine, Statement

INLINE_LINES = 12
"""Lines of interest shown in the letter itself; more of them go to an annex."""
_NAMED_INVOICES = 4
_NAMED_HALF_YEARS = 4

_METHODS = {
    "transfer": "par virement",
    "cheque": "par chèque",
    "card": "par carte",
    "direct_debit": "par prélèvement",
    "cash": "en espèces",
}


def payment_deadline(options: LetterOptions, as_of: date, *, default_days: int) -> str:
    """When payment is due, from a day that does not hang on the debtor fetching the letter.

    Sources:
        Art. 1231 C. civ.: a reasonable time. Art. R1-1-6 postal code: a registered letter waits
        fifteen days, so that a time counted from receipt could end long after it.
    """
    days = options.payment_deadline_days or default_days
    within = f"dans un délai de {count(days, 'jour', 'jours')}"
    if (options.delivery or "registered") == "registered":
        return f"{within} à compter de la première présentation de la présente lettre"
    last = (options.letter_date or as_of) + timedelta(days=days)
    return (
        f"{within} à compter de la date de la présente, soit au plus tard le {date_unbroken(last)}"
    )


def contract_values(case: Case) -> dict[str, Any]:
    """The contract, and the clauses that the letter relies on or reserves."""
    contract = case.contract
    clause = contract.resolutive_clause if contract else None
    return {
        "reference": contract.reference if contract else None,
        "signed_on": date_unbroken(contract.signed_on) if contract and contract.signed_on else None,
        "retention_of_title": bool(contract and contract.retention_of_title),
        "resolutive_clause": _clause(clause) if clause else None,
    }


def _clause(clause: ResolutiveClause) -> dict[str, str]:
    stop = "" if clause.quote.endswith((".", "!", "?", "\u2026")) else "."
    return {"article": clause.article, "quote": clause.quote, "stop": stop}


def receipts(case: Case, statement: Statement) -> dict[str, Any]:
    """Credit notes and payments in order of date, and where the payments went."""
    claims = {claim.id: claim for claim in case.claims}
    dated = [(note.issued_on, _credit_note(note, claims)) for note in case.credit_notes]
    dated += [(payment.received_on, _payment(payment, claims)) for payment in case.payments]
    lines = [text for on, text in sorted(dated, key=lambda pair: pair[0]) if on <= statement.as_of]
    return {"lines": lines, "allocation": _allocation(statement)}


def _credit_note(note: CreditNote, claims: Mapping[str, Claim]) -> str:
    invoice = claims[note.claim_id].number or note.claim_id
    return (
        f"{date_unbroken(note.issued_on)}{NBSP}: avoir n°{NBSP}{note.number} de"
        f" {euros(note.amount_incl_tax_cents)}, déduit de la facture n°{NBSP}{invoice}"
    )


def _payment(payment: Payment, claims: Mapping[str, Claim]) -> str:
    how = _METHODS.get(payment.method or "", "")
    claim = claims.get(payment.claim_id or "")
    what = f", sur la facture n°{NBSP}{claim.number or claim.id}" if claim else ""
    return (
        f"{date_unbroken(payment.received_on)}{NBSP}: règlement de {euros(payment.amount_cents)}"
        f"{f' {how}' if how else ''}{what}"
    )


def _allocation(statement: Statement) -> str | None:
    """Where the payments went, as art. 1343-1 C. civ. has it."""
    to_principal = to_interest = to_rest = 0
    for row in statement.claims:
        principal = row.principal_cents - row.outstanding_principal_cents
        other = row.paid_cents - principal
        interest = min(other, row.interest_cents)
        to_principal, to_interest = to_principal + principal, to_interest + interest
        to_rest += other - interest
    if not to_interest and not to_rest:
        return None
    parts = [
        f"sur les pénalités de retard échues ({euros(to_interest)})" if to_interest else "",
        f"sur le principal ({euros(to_principal)})" if to_principal else "",
        f"sur les indemnités ({euros(to_rest)})" if to_rest else "",
    ]
    return typographic(
        "Les règlements ont été imputés d'abord sur les intérêts, puis sur le principal (article"
        f" 1343-1 du Code civil), soit{NBSP}: {', '.join(filter(None, parts))}."
    )


def interest_values(claims: Mapping[str, Claim], statement: Statement) -> dict[str, Any]:
    """Interest line by line, its total, what each day adds, and where its rates come from."""
    lines = [
        {
            "number": claims[row.id].number or row.id,
            "period": f"du {date_courte(line.first_on)} au {date_courte(line.last_on)}",
            "days": str(line.days),
            "base": euros(line.base_cents),
            "rate": percent(line.rate),
            "amount": euros(line.amount_cents),
        }
        for row in statement.claims
        for line in row.interest
    ]
    daily = statement.daily_interest_cents
    return {
        "lines": lines,
        "in_annex": len(lines) > INLINE_LINES,
        "total": euros(statement.totals.interest_cents),
        "daily": euros(daily) if daily else None,
        "rates": " ".join(rate_sentences(claims, statement.claims)),
    }


def rate_sentences(
    claims: Mapping[str, Claim], rows_of_claims: Iterable[ClaimStatement], *, named: bool = False
) -> Iterable[str]:
    """How the rate of claims is set, once for all those that share it.

    ``named`` says of which claims even when all share it, for there are others beside them.
    """
    groups: defaultdict[LateInterest | None, list[ClaimStatement]] = defaultdict(list)
    for row in rows_of_claims:
        if row.interest:
            groups[claims[row.id].late_interest].append(row)
    for agreed, rows in groups.items():
        numbers = [claims[row.id].number or row.id for row in rows]
        are_invoices = all(claims[row.id].type == "invoice" for row in rows)
        word = "facture" if are_invoices else "créance"
        if len(numbers) <= _NAMED_INVOICES:
            which = f"{word}{'s' if len(rows) > 1 else ''} n°{NBSP}{enumerate_and(numbers)}"
        else:
            which = f"pour {len(numbers)} {word}s, comme détaillé au décompte"
        of = f" ({which})" if named or len(groups) > 1 else ""
        lines = [line for row in rows for line in row.interest]
        yield typographic(_rate_sentence(agreed, lines)).format(which=of)


def _rate_sentence(agreed: LateInterest | None, lines: Sequence[InterestLine]) -> str:
    ecb = (
        "au taux d'intérêt appliqué par la Banque centrale européenne à son opération de"
        " refinancement la plus récente, majoré de"
    )
    soit = f"soit {_by_half_year(lines)}"
    if agreed is None:
        added = parameter("late_interest.default_points").on(lines[-1].last_on).value
        return (
            f"À défaut de taux convenu, leur taux{{which}} est égal {ecb} {points(added)} de"
            f" pourcentage, {soit}."
        )
    if agreed.basis == "ecb_plus":
        added = agreed.points or Decimal(0)
        return f"Leur taux convenu{{which}} est égal {ecb} {points(added)}, {soit}."
    if agreed.basis == "legal_multiple":
        times = f"{agreed.multiple:f}".replace(".", ",")
        return f"Leur taux convenu{{which}} est de {times} fois le taux d'intérêt légal, {soit}."
    if agreed.basis == "legal":
        return f"Leur taux convenu{{which}} est le taux d'intérêt légal, {soit}."
    yearly = percent_short(lines[0].rate)
    return f"Leur taux{{which}} est celui convenu entre les parties, soit {yearly} l'an."


def _by_half_year(lines: Sequence[InterestLine]) -> str:
    rates = {half_year_of(line.first_on): line.rate for line in lines}
    if len(rates) > _NAMED_HALF_YEARS:
        low, high = min(rates.values()), max(rates.values())
        return (
            f"de {percent(low)} à {percent(high)} selon les semestres, comme détaillé au décompte"
        )
    return enumerate_and(
        f"{percent(rate)} au {half_year(first_day(period))}"
        for period, rate in sorted(rates.items())
    )


def recovery_fee(statement: Statement) -> dict[str, str] | None:
    """The fixed fees for late payment, or None when none is owed.

    Sources:
        Art. D. 441-5 C. com.: one for each invoice paid late.
    """
    fees = [row.fixed_indemnity_cents for row in statement.claims if row.fixed_indemnity_cents]
    if not fees:
        return None
    total = euros(sum(fees))
    if len(fees) == 1 or len(set(fees)) > 1:
        return {"detail": total}
    return {"detail": f"{len(fees)} \u00d7 {euros(fees[0])} = {total}"}


def penalty_clause(case: Case, statement: Statement) -> dict[str, Any] | None:
    """The penalty clause, and whether this act or an earlier notice makes it due.

    Sources:
        Art. 1231-5 C. civ.: incurred by formal notice.
    """
    total = statement.totals.penalty_clause_cents
    if not total:
        return None
    incurred = {row.id for row in statement.claims if row.penalty_clause_cents}
    rates = {
        claim.penalty_clause.rate
        for claim in case.claims
        if claim.penalty_clause and claim.id in incurred
    }
    earlier = any(step.type == "formal_notice" and step.on < statement.as_of for step in case.steps)
    rate = rates.pop() if len(rates) == 1 else None
    if rate is None or earlier:
        return {"detail": euros(total), "by_this_letter": not earlier}
    detail = f"{percent_short(rate)} du principal restant dû, soit {euros(total)}"
    return {"detail": detail, "by_this_letter": True}
