"""The debt as a court reads it: claims with their exhibits, interest, what is left of each sum.

Amounts are those of the statement; nothing is computed here but sums and differences of what it
holds, so that each table adds up to the cent. `templates.builder.court` prints these values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generators.claim_values import noun
from generators.court_exhibits import of_claim, pieces
from law.case import Case, Claim, CreditNote, LateInterest, Payment
from law.french import (
    NBSP,
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
from law.regime import RegimeName, regime_name
from law.statement import ClaimStatement, InterestLine, Statement
from law.wording import some_of

INLINE_LINES = 12
"""Lines of interest shown in the act itself; more of them go to an annex."""
_NAMED_HALF_YEARS = 4
_MINUS = "\u2212"
_DASH = "\u2013"

_METHODS = {
    "transfer": "par virement",
    "cheque": "par chèque",
    "card": "par carte",
    "direct_debit": "par prélèvement",
    "cash": "en espèces",
}
_NAMES: Mapping[RegimeName, str] = {
    "commercial": "pénalités de retard",
    "public": "intérêts moratoires",
    "civil": "intérêts de retard",
    "residential_rent": "intérêts de retard",
}
_LAWS: Mapping[RegimeName, str] = {
    "commercial": "article L. 441-10, II, du Code de commerce",
    "public": "articles L. 2192-13 et R. 2192-31 du Code de la commande publique",
    "civil": "articles 1231-6 et 1344-1 du Code civil",
    "residential_rent": "articles 1231-6 et 1344-1 du Code civil",
}
_FEE_LAWS: Mapping[RegimeName, str] = {
    "commercial": "articles L. 441-10, II, et D. 441-5 du Code de commerce",
    "public": "articles L. 2192-13 et D. 2192-35 du Code de la commande publique",
}
_ECB = (
    "taux d'intérêt appliqué par la Banque centrale européenne à son opération de refinancement la"
    " plus récente, majoré de"
)


_LEGAL = "taux d'intérêt légal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a sum came to, what payments were set against it, what is left; all in cents."""

    due_cents: int
    paid_cents: int

    @property
    def left_cents(self) -> int:
        """What is left."""
        return self.due_cents - self.paid_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """The sums of one claim or of all, apart: principal, interest, flat fee, penalty clause.

    Sources:
        Art. 1343-1 C. civ. and ADR 0012: payments go to interest, principal, fee, penalty.
    """

    principal: Sums
    interest: Sums
    fee: Sums
    penalty: Sums

    @classmethod
    def of(cls, row: ClaimStatement) -> Debt:
        """The sums of a claim of the statement."""
        to_principal = row.principal_cents - row.outstanding_principal_cents
        rest = row.paid_cents - to_principal
        to_interest = min(rest, row.interest_cents)
        to_fee = min(rest - to_interest, row.fixed_indemnity_cents)
        return cls(
            principal=Sums(due_cents=row.principal_cents, paid_cents=to_principal),
            interest=Sums(due_cents=row.interest_cents, paid_cents=to_interest),
            fee=Sums(due_cents=row.fixed_indemnity_cents, paid_cents=to_fee),
            penalty=Sums(
                due_cents=row.penalty_clause_cents, paid_cents=rest - to_interest - to_fee
            ),
        )

    @classmethod
    def of_all(cls, statement: Statement) -> Debt:
        """The sums of all claims."""
        rows = [cls.of(row) for row in statement.claims]
        return cls(
            principal=_sum(row.principal for row in rows),
            interest=_sum(row.interest for row in rows),
            fee=_sum(row.fee for row in rows),
            penalty=_sum(row.penalty for row in rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningInterest:
    """Interest that goes on after the statement, for claims of one rule.

    Attributes:
        base_cents: Principal that bears it.
        name: What it is called: ``pénalités de retard``.
        rate: How its rate is set, after *au*: ``taux d'intérêt légal``.
        law: Article that gives it, None where the parties alone do.
        starts_on: First day; None when nothing has started it yet.
    """

    base_cents: int
    name: str
    rate: str
    law: str
    starts_on: date | None


def claimed_cents(statement: Statement) -> int:
    """The sum claimed; fees of the registry are asked for apart, as *dépens*.

    Sources:
        Art. 695, 696 CPC.
    """
    return statement.totals.due_cents - statement.totals.costs_cents


def debt_values(case: Case, statement: Statement, *, due_by: date | None = None) -> dict[str, Any]:
    """The debt as values of a template.

    Args:
        case: The facts.
        statement: What is owed.
        due_by: Day that parts the principal due from the principal to come, where an act tells
            them apart.

    Returns:
        ``claims`` and ``claim_totals``, ``receipts`` (``lines``, ``allocation``), ``interest``
        (``lines``, ``in_annex``, ``rates``, ``total``, ``daily``), ``fee``, ``penalty`` (a
        sentence or None each), ``recap``, ``recap_totals``, ``total``, ``as_of``.
    """
    claims = {claim.id: claim for claim in case.claims}
    debt = Debt.of_all(statement)
    return {
        "as_of": date_unbroken(statement.as_of),
        "claims": [_claim_row(at, case, claims[row.id], row) for at, row in _counted(statement)],
        "claim_totals": _claim_totals(case, debt),
        "receipts": {"lines": _receipts(case, statement), "allocation": _allocation(debt)},
        "interest": _interest(case, statement),
        "fee": _fee(case, statement),
        "penalty": _penalty(case, statement),
        "recap": [
            {"label": label, "due": euros(due), "paid": _or_dash(paid), "left": euros(due - paid)}
            for label, due, paid in _posts(case, statement, debt, due_by)
        ],
        "recap_totals": _recap_totals(statement),
        "total": euros(claimed_cents(statement)),
    }


def required_of_debt(context: Mapping[str, Any]) -> list[str]:
    """What a court must read of the debt: each element of it apart, and its total.

    Sources:
        Art. 1407 CPC: the exact sum, the statement of its elements, its ground.
    """
    debt = context["debt"]
    return [
        *(
            value
            for row in debt["claims"]
            for name, value in row.items()
            if value and name != "index"  # which no paper prints
        ),
        *(value for row in debt["interest"]["lines"] for value in row.values()),
        *(value for row in debt["recap"] for value in row.values()),
        *debt["recap_totals"].values(),
        *debt["receipts"]["lines"],
        *filter(None, (debt["receipts"]["allocation"], debt["fee"], debt.get("penalty"))),
        *filter(None, (debt["interest"]["rates"],)),
        debt["total"],
    ]


def running_interest(case: Case, statement: Statement) -> list[RunningInterest]:
    """The interest that goes on, one for each rule; claims settled or without any are left out."""
    claims = {claim.id: claim for claim in case.claims}
    groups: defaultdict[RunningInterest, int] = defaultdict(int)
    for row in statement.claims:
        found = _running(case, claims[row.id], row, statement.as_of)
        if found is not None:
            groups[found] += row.outstanding_principal_cents
    return [
        RunningInterest(
            base_cents=base, name=key.name, rate=key.rate, law=key.law, starts_on=key.starts_on
        )
        for key, base in groups.items()
    ]


def _running(case: Case, claim: Claim, row: ClaimStatement, as_of: date) -> RunningInterest | None:
    agreed = claim.late_interest
    if not row.outstanding_principal_cents or (agreed and agreed.basis == "none"):
        return None
    regime = _regime(case, claim)
    starts_on: date | None = as_of + timedelta(days=1)
    if regime in {"civil", "residential_rent"} and not row.interest:
        starts_on = None
    return RunningInterest(
        base_cents=0,
        name=_NAMES[regime],
        rate=_rate(regime, agreed, row.interest, as_of),
        law=_LAWS[regime],
        starts_on=starts_on,
    )


def _rate(
    regime: RegimeName, agreed: LateInterest | None, lines: Sequence[InterestLine], as_of: date
) -> str:
    """How a rate is set, after *au*."""
    if agreed is not None and regime != "residential_rent":
        return typographic(_agreed_rate(agreed))
    if regime == "commercial":
        added = parameter("late_interest.default_points").on(as_of).value
        return typographic(f"{_ECB} {points(added)} de pourcentage")
    if regime == "public" and lines:
        return typographic(f"taux de {percent_short(lines[-1].rate)} l'an")
    return typographic(_LEGAL)


def _agreed_rate(agreed: LateInterest) -> str:
    if agreed.basis == "ecb_plus" and agreed.points is not None:
        return f"taux convenu, égal au {_ECB} {points(agreed.points)} de pourcentage"
    if agreed.basis == "legal_multiple" and agreed.multiple is not None:
        times = f"{agreed.multiple:f}".replace(".", ",")
        return f"taux convenu de {times} fois le {_LEGAL}"
    if agreed.basis == "contractual" and agreed.rate is not None:
        return f"taux convenu de {percent_short(agreed.rate)} l'an"
    return _LEGAL


def _regime(case: Case, claim: Claim) -> RegimeName:
    if case.debtor is None:
        raise ValueError("a debt has a debtor")
    return regime_name(case.creditor, case.debtor, claim)


def _counted(statement: Statement) -> Iterable[tuple[int, ClaimStatement]]:
    return enumerate(statement.claims, start=1)


# -- the claims --------------------------------------------------------------------------------


def _claim_row(at: int, case: Case, claim: Claim, row: ClaimStatement) -> dict[str, str]:
    numbers = of_claim(case, claim)
    return {
        "index": str(at),
        "what": _what(claim),
        "issued_on": date_courte(claim.issued_on) if claim.issued_on else _DASH,
        "due_on": date_courte(claim.due_on),
        "amount": euros(claim.amount_incl_tax_cents),
        "applied": _or_dash(claim.amount_incl_tax_cents - row.outstanding_principal_cents),
        "outstanding": euros(row.outstanding_principal_cents),
        "pieces": enumerate_and(map(str, numbers)) if numbers else _DASH,
    }


def _what(claim: Claim) -> str:
    """A claim as a table names it."""
    named = _name(claim)
    return f"{named[0].upper()}{named[1:]}"


def _name(claim: Claim) -> str:
    """A claim within a sentence, by its number or its due date, never by the client's id of it."""
    kind = noun([claim], many=False)
    if claim.number:
        return f"{kind} n°{NBSP}{claim.number}"
    return f"{kind}, échéance du {date_courte(claim.due_on)}"


def _claim_totals(case: Case, debt: Debt) -> dict[str, str]:
    amount = sum(claim.amount_incl_tax_cents for claim in case.claims)
    return {
        "amount": euros(amount),
        "applied": _or_dash(amount - debt.principal.left_cents),
        "outstanding": euros(debt.principal.left_cents),
    }


def claim_lines(case: Case, as_of: date) -> list[str]:
    """Each claim as the facts tell it: what it is for, its sum, when it falls due, its exhibits."""
    return [_claim_line(case, claim, as_of) for claim in case.claims]


def _claim_line(case: Case, claim: Claim, as_of: date) -> str:
    masculine = claim.type in {"cheque", "rent", "loan"}
    issued = f" du {date_unbroken(claim.issued_on)}" if claim.issued_on else ""
    is_due = "échu" if masculine else "échue"
    due = f"{is_due if claim.due_on <= as_of else 'à échoir'} le {date_unbroken(claim.due_on)}"
    name = _name(claim) if claim.number else noun([claim], many=False)
    what = f"{NBSP}: {claim.description}" if claim.description else ""
    tax = " toutes taxes comprises" if claim.vat or claim.type == "invoice" else ""
    where = pieces(of_claim(case, claim))
    seen = f" ({where})" if where else ""
    amount = euros(claim.amount_incl_tax_cents)
    return f"{name}{issued}, {due}, de {amount}{tax}{what}{seen}"


# -- payments ----------------------------------------------------------------------------------


def _receipts(case: Case, statement: Statement) -> list[str]:
    claims = {claim.id: claim for claim in case.claims}
    dated = [(note.issued_on, _credit_note(note, claims)) for note in case.credit_notes]
    dated += [(payment.received_on, _payment(payment, claims)) for payment in case.payments]
    return [text for on, text in sorted(dated, key=lambda pair: pair[0]) if on <= statement.as_of]


def _credit_note(note: CreditNote, claims: Mapping[str, Claim]) -> str:
    return (
        f"{date_unbroken(note.issued_on)}{NBSP}: avoir n°{NBSP}{note.number} de"
        f" {euros(note.amount_incl_tax_cents)} ({_name(claims[note.claim_id])})"
    )


def _payment(payment: Payment, claims: Mapping[str, Claim]) -> str:
    how = _METHODS.get(payment.method or "", "")
    claim = claims.get(payment.claim_id or "")
    return (
        f"{date_unbroken(payment.received_on)}{NBSP}: règlement de {euros(payment.amount_cents)}"
        f"{f' {how}' if how else ''}{f' ({_name(claim)})' if claim else ''}"
    )


def _allocation(debt: Debt) -> str | None:
    """Where the payments went, as art. 1343-1 C. civ. has it."""
    rest = debt.fee.paid_cents + debt.penalty.paid_cents
    if not debt.interest.paid_cents and not rest:
        return None
    parts = [
        f"sur les intérêts ({euros(debt.interest.paid_cents)})" if debt.interest.paid_cents else "",
        f"sur le principal ({euros(debt.principal.paid_cents)})"
        if debt.principal.paid_cents
        else "",
        f"sur les autres accessoires ({euros(rest)})" if rest else "",
    ]
    return typographic(
        "Les règlements ont été imputés d'abord sur les intérêts, puis sur le principal (article"
        f" 1343-1 du Code civil), soit{NBSP}: {', '.join(filter(None, parts))}."
    )


# -- interest, fee, penalty ----------------------------------------------------------------------


def _interest(case: Case, statement: Statement) -> dict[str, Any]:
    claims = {claim.id: claim for claim in case.claims}
    lines = [
        {
            "what": _what(claims[row.id]),
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
        "rates": " ".join(_rate_sentences(case, statement)),
    }


def _rate_sentences(case: Case, statement: Statement) -> Iterable[str]:
    """How each rate is set, once for all claims that share it."""
    claims = {claim.id: claim for claim in case.claims}
    groups: defaultdict[tuple[RegimeName, LateInterest | None], list[ClaimStatement]]
    groups = defaultdict(list)
    for row in statement.claims:
        if row.interest:
            claim = claims[row.id]
            groups[_regime(case, claim), claim.late_interest].append(row)
    for (regime, agreed), rows in groups.items():
        lines = [line for row in rows for line in row.interest]
        which = f" ({some_of([_name(claims[row.id]) for row in rows])})" if len(groups) > 1 else ""
        name = _NAMES[regime]
        rate = _rate(regime, agreed, lines, statement.as_of)
        told = "" if _is_told(rate, lines) else f", soit {_by_half_year(lines)}"
        yield f"Les {name}{which} courent au {rate}{told} ({_LAWS[regime]})."


def _is_told(rate: str, lines: Sequence[InterestLine]) -> bool:
    """Whether the rule itself says the only rate there is."""
    return len({line.rate for line in lines}) == 1 and percent_short(lines[0].rate) in rate


def _by_half_year(lines: Sequence[InterestLine]) -> str:
    rates = {half_year_of(line.first_on): line.rate for line in lines}
    if len(rates) > _NAMED_HALF_YEARS:
        low, high = min(rates.values()), max(rates.values())
        return f"de {percent(low)} à {percent(high)} selon les semestres"
    return enumerate_and(
        f"{percent(rate)} au {half_year(first_day(period))}"
        for period, rate in sorted(rates.items())
    )


def _fee(case: Case, statement: Statement) -> str | None:
    """Why a flat fee is owed for each late invoice.

    Sources:
        Art. L. 441-10 II, D. 441-5 C. com.; art. L. 2192-13, D. 2192-35 CCP.
    """
    claims = {claim.id: claim for claim in case.claims}
    owed = [row for row in statement.claims if row.fixed_indemnity_cents]
    if not owed:
        return None
    laws = enumerate_and(dict.fromkeys(_FEE_LAWS[_regime(case, claims[row.id])] for row in owed))
    total = euros(sum(row.fixed_indemnity_cents for row in owed))
    fees = {row.fixed_indemnity_cents for row in owed}
    if len(owed) > 1 and len(fees) == 1:
        total = f"{len(owed)} \u00d7 {euros(fees.pop())} = {total}"
    return typographic(
        "Une indemnité forfaitaire pour frais de recouvrement est due de plein droit pour chaque"
        f" facture payée en retard ({laws}), soit {total}."
    )


def _penalty(case: Case, statement: Statement) -> str | None:
    """Why a penalty clause is owed (art. 1231-5 C. civ.)."""
    total = statement.totals.penalty_clause_cents
    if not total:
        return None
    incurred = {row.id for row in statement.claims if row.penalty_clause_cents}
    rates = {
        claim.penalty_clause.rate
        for claim in case.claims
        if claim.penalty_clause and claim.id in incurred
    }
    rate = rates.pop() if len(rates) == 1 else None
    how = f" de {percent_short(rate)} du principal" if rate is not None else ""
    return typographic(
        f"La clause pénale{how} stipulée au contrat a été encourue par l'effet de la mise en"
        f" demeure (article 1231-5 du Code civil), soit {euros(total)}."
    )


# -- the sums ------------------------------------------------------------------------------------


def _posts(
    case: Case, statement: Statement, debt: Debt, due_by: date | None
) -> list[tuple[str, int, int]]:
    """The sums by kind: label, what it came to, what was set against it."""
    names = {_NAMES[_regime(case, claim)] for claim in case.claims}
    name = names.pop() if len(names) == 1 else "intérêts de retard"
    rows = [
        *_principal_posts(case, statement, debt, due_by),
        (f"{name.capitalize()} au {date_unbroken(statement.as_of)}", debt.interest),
        ("Indemnité forfaitaire pour frais de recouvrement", debt.fee),
        ("Clause pénale", debt.penalty),
    ]
    return [(label, sums.due_cents, sums.paid_cents) for label, sums in rows if sums.due_cents]


def _principal_posts(
    case: Case, statement: Statement, debt: Debt, due_by: date | None
) -> list[tuple[str, Sums]]:
    credited = " (avoirs déduits)" if case.credit_notes else ""
    if due_by is None:
        return [(f"Principal{credited}", debt.principal)]
    due_on = {claim.id: claim.due_on for claim in case.claims}
    parts: dict[bool, list[Sums]] = {True: [], False: []}
    for row in statement.claims:
        parts[due_on[row.id] <= due_by].append(Debt.of(row).principal)
    return [
        (f"Principal {label}{credited}", _sum(parts[is_due]))
        for is_due, label in ((True, "échu"), (False, "à échoir"))
    ]


def _sum(sums: Iterable[Sums]) -> Sums:
    found = list(sums)
    return Sums(
        due_cents=sum(each.due_cents for each in found),
        paid_cents=sum(each.paid_cents for each in found),
    )


def _recap_totals(statement: Statement) -> dict[str, str]:
    claimed, paid = claimed_cents(statement), statement.totals.paid_cents
    return {"due": euros(claimed + paid), "paid": _or_dash(paid), "left": euros(claimed)}


def _or_dash(cents: int) -> str:
    return f"{_MINUS}{NBSP}{euros(cents)}" if cents else _DASH
