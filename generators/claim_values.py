"""What letters say of debts of any kind: which they are, row by row, what is owed beside them.

Letters to firms, consumers, tenants and public buyers take their words from here. Amounts are
those of the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from generators.debt_values import interest_values, rate_sentences, recovery_fee
from law.case import Case, Claim, ClaimType, CreditNote, Payment, PaymentMethod
from law.french import (
    NBSP,
    count,
    date_courte,
    date_unbroken,
    enumerate_and,
    euros,
    half_year,
    percent,
    points,
    typographic,
)
from law.half_years import first_day, half_year_of
from law.parameters import parameter
from law.regime import RegimeName, regime_name
from law.statement import ClaimStatement, InterestLine, Statement

INLINE_LINES = 8
"""Lines of interest shown in the letter itself; more of them go to an annex."""
_NAMED_CLAIMS = 4
_NAMED_HALF_YEARS = 4
_MINUS = "\u2212"
_DASH = "\u2013"

_NOUNS: Mapping[ClaimType, tuple[str, str]] = {
    "invoice": ("facture", "factures"),
    "rent": ("loyer", "loyers"),
    "loan": ("prêt", "prêts"),
    "cheque": ("chèque", "chèques"),
    "other": ("créance", "créances"),
}
_MASCULINE = frozenset({"rent", "loan", "cheque"})
METHODS: Mapping[PaymentMethod, str] = {
    "transfer": "par virement",
    "cheque": "par chèque",
    "card": "par carte",
    "direct_debit": "par prélèvement",
    "cash": "en espèces",
}
_INTEREST_NAMES: Mapping[RegimeName, str] = {
    "commercial": "pénalités de retard",
    "public": "intérêts moratoires",
    "civil": "intérêts de retard",
}
_LAWS: Mapping[RegimeName, str] = {
    "commercial": "article L. 441-10, II, du Code de commerce",
    "public": "article L. 2192-13 du Code de la commande publique",
    "civil": "articles 1231-6 et 1344-1 du Code civil",
}
_FEE_LAWS: Mapping[RegimeName, str] = {
    "commercial": "articles L. 441-10, II, et D. 441-5 du Code de commerce",
    "public": "articles L. 2192-13 et D. 2192-35 du Code de la commande publique",
}
_LEGAL_RATE = "le taux d'intérêt légal"
_FEE = "indemnité forfaitaire pour frais de recouvrement"


# -- which debts ------------------------------------------------------------------------------


def noun(claims: Sequence[Claim], *, many: bool) -> str:
    """What the claims are called together: ``facture``, ``loyers``, ``créances``."""
    kinds = {claim.type for claim in claims}
    return _NOUNS[kinds.pop() if len(kinds) == 1 else "other"][many]


def which_claims(claims: Sequence[Claim]) -> str:
    """The claims as a subject line names them: by number, or how many there are."""
    numbers = [claim.number or claim.id for claim in claims]
    if len(numbers) == 1:
        return f"{noun(claims, many=False)} n°{NBSP}{numbers[0]}"
    if len(numbers) <= _NAMED_CLAIMS:
        return f"{noun(claims, many=True)} n°{NBSP}{enumerate_and(numbers)}"
    return count(len(numbers), noun(claims, many=False), noun(claims, many=True))


def the_claim(claim: Claim) -> str:
    """A claim within a sentence: ``la facture n° F-1``, ``le loyer n° 2026-09``."""
    article = "le" if claim.type in _MASCULINE else "la"
    return f"{article} {_NOUNS[claim.type][0]} n°{NBSP}{claim.number or claim.id}"


def of_the_claim(claim: Claim) -> str:
    """The same after *de*: ``de la facture``, ``du loyer``."""
    named = the_claim(claim)
    return f"du {named[3:]}" if claim.type in _MASCULINE else f"de {named}"


# -- row by row -------------------------------------------------------------------------------


def claim_table(case: Case, statement: Statement, *, only_open: bool = False) -> dict[str, Any]:
    """The claims as the rows of a table, with its totals and headings.

    Args:
        case: The facts.
        statement: What is owed.
        only_open: Leave out the claims whose principal is settled.

    Returns:
        ``rows`` (``number``, ``what``, ``issued_on``, ``due_on``, ``days`` of delay, ``amount``,
        ``applied`` to the principal, ``outstanding``), the totals ``amount``, ``applied`` and
        ``outstanding``, ``one`` whether there is one row, ``applies`` whether anything was
        applied, ``caption``, ``heading`` and ``amount_heading``.
    """
    claims = {claim.id: claim for claim in case.claims}
    kept = [
        (claims[row.id], row)
        for row in statement.claims
        if row.outstanding_principal_cents or not only_open
    ]
    of = [claim for claim, _ in kept]
    amount = sum(claim.amount_incl_tax_cents for claim in of)
    outstanding = sum(row.outstanding_principal_cents for _, row in kept)
    all_invoices = all(claim.type == "invoice" for claim in of)
    return {
        "rows": [_claim_row(claim, row, statement.as_of) for claim, row in kept],
        "one": len(kept) == 1,
        "applies": amount != outstanding,
        "amount": euros(amount),
        "applied": _or_dash(amount - outstanding),
        "outstanding": euros(outstanding),
        "heading": noun(of, many=False).capitalize() if of else "",
        "amount_heading": "Montant TTC" if all_invoices else "Montant",
    }


def _claim_row(claim: Claim, row: ClaimStatement, as_of: date) -> dict[str, str]:
    days = (as_of - claim.due_on).days
    return {
        "number": claim.number or claim.id,
        "what": claim.description or "",
        "issued_on": date_courte(claim.issued_on) if claim.issued_on else _DASH,
        "due_on": date_courte(claim.due_on),
        "days": count(days, "jour", "jours").replace(" ", NBSP) if days > 0 else _DASH,
        "amount": euros(claim.amount_incl_tax_cents),
        "applied": _or_dash(claim.amount_incl_tax_cents - row.outstanding_principal_cents),
        "outstanding": euros(row.outstanding_principal_cents),
    }


def money_lines(case: Case, as_of: date) -> list[str]:
    """Payments and credit notes by date, each with the claim that it concerns."""
    claims = {claim.id: claim for claim in case.claims}
    dated = [(note.issued_on, _credit_note(note, claims)) for note in case.credit_notes]
    dated += [(payment.received_on, _payment(payment, claims)) for payment in case.payments]
    return [text for on, text in sorted(dated, key=lambda pair: pair[0]) if on <= as_of]


def _credit_note(note: CreditNote, claims: Mapping[str, Claim]) -> str:
    return (
        f"{date_unbroken(note.issued_on)}{NBSP}: avoir n°{NBSP}{note.number} de"
        f" {euros(note.amount_incl_tax_cents)}, déduit {of_the_claim(claims[note.claim_id])}"
    )


def _payment(payment: Payment, claims: Mapping[str, Claim]) -> str:
    return f"{date_unbroken(payment.received_on)}{NBSP}: {payment_text(payment, claims)}"


def payment_text(payment: Payment, claims: Mapping[str, Claim]) -> str:
    """A payment without its day: ``règlement de 100,00 € par virement, pour la facture n° 1``."""
    means = METHODS.get(payment.method or "other")
    how = f" {means}" if means else ""
    claim = claims.get(payment.claim_id or "")
    what = f", pour {the_claim(claim)}" if claim else ""
    return f"règlement de {euros(payment.amount_cents)}{how}{what}"


def allocation(case: Case, statement: Statement) -> str | None:
    """Where the payments went, when not all of them went to the principal.

    Sources:
        Art. 1343-1 C. civ.: to the interest first.
    """
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
        f"sur les {interest_name(case, statement)} ({euros(to_interest)})" if to_interest else "",
        f"sur le principal ({euros(to_principal)})" if to_principal else "",
        f"sur les autres accessoires ({euros(to_rest)})" if to_rest else "",
    ]
    return typographic(
        "Les règlements ont été imputés d'abord sur les intérêts, puis sur le principal (article"
        f" 1343-1 du Code civil), soit : {', '.join(filter(None, parts))}."
    )


# -- what is owed beside the principal ----------------------------------------------------------


def accessories(case: Case, statement: Statement) -> dict[str, Any]:
    """What is owed beside the principal, in the words of the law that governs each claim.

    Returns:
        ``any`` whether there is anything, its ``heading``, the paragraphs ``interest`` and
        ``more``, the ``lines`` of interest with their ``total``, ``in_annex`` whether they are
        many.

    Sources:
        Art. L. 441-10 and D. 441-5 C. com.; art. L. 2192-13, R. 2192-31 and D. 2192-35 CCP;
        art. 1231-5, 1231-6 and 1344-1 C. civ.
    """
    claims = {claim.id: claim for claim in case.claims}
    interest = interest_values(claims, statement)
    more = [*daily_texts(case, statement), *_fee_texts(case, statement)]
    if statement.totals.penalty_clause_cents:
        more.append(_penalty_text(case, statement))
    is_more = bool(statement.totals.fixed_indemnity_cents or statement.totals.penalty_clause_cents)
    headings = [
        interest_name(case, statement) if interest["lines"] else "",
        "indemnités" if is_more else "",
    ]
    reasons = list(interest_texts(case, statement))
    return {
        "any": bool(reasons or more),
        "heading": enumerate_and(filter(None, headings)).capitalize() if any(headings) else "",
        "interest": reasons,
        "more": more,
        "lines": interest["lines"],
        "total": interest["total"],
        "in_annex": len(interest["lines"]) > INLINE_LINES,
    }


def interest_name(case: Case, statement: Statement) -> str:
    """What interest is called between these parties: ``pénalités de retard``, or else."""
    regimes = {regime for regime, _ in _by_regime(case, statement)}
    return _INTEREST_NAMES[regimes.pop()] if len(regimes) == 1 else "intérêts et pénalités"


def accessories_reserved(case: Case, statement: Statement) -> str | None:
    """Says that the sum asked is the principal, and that the rest is not given up.

    None when nothing else is owed.
    """
    names = []
    regimes = _by_regime(case, statement)
    if regimes:
        laws = enumerate_and(_LAWS[regime] for regime, _ in regimes)
        names.append(f"les {interest_name(case, statement)} ({laws})")
    fees = [row for row in statement.claims if row.fixed_indemnity_cents]
    if fees:
        of_each = f" par {noun(case.claims, many=False)}" if len(fees) > 1 else ""
        names.append(f"l'indemnité forfaitaire de {euros(fees[0].fixed_indemnity_cents)}{of_each}")
    if statement.totals.penalty_clause_cents:
        names.append("la clause pénale")
    if not names:
        return None
    return typographic(
        f"Cette somme est le principal, sans {' ni '.join(names)} ; tous droits à ce titre sont"
        " réservés."
    )


def account_lines(
    case: Case, statement: Statement, *, costs: str = "Frais mis à votre charge"
) -> list[dict[str, str]]:
    """The sums by kind that make up what is owed; those that are nil are left out.

    Args:
        case: The facts.
        statement: What is owed.
        costs: How costs borne by the debtor are called to the reader.
    """
    totals = statement.totals
    vat = ", toutes taxes comprises" if all(c.type == "invoice" for c in case.claims) else ""
    credited = " (avoirs déduits)" if case.credit_notes else ""
    fees = sum(1 for row in statement.claims if row.fixed_indemnity_cents)
    interest = f"{interest_name(case, statement).capitalize()} au {date_unbroken(statement.as_of)}"
    rows = [
        (f"Principal{vat}{credited}", totals.principal_cents),
        (interest, totals.interest_cents),
        (f"{_FEE.capitalize()} ({count(fees, 'facture', 'factures')})",
         totals.fixed_indemnity_cents),
        ("Clause pénale", totals.penalty_clause_cents),
        (costs, totals.costs_cents),
        ("Règlements reçus", -totals.paid_cents),
    ]  # fmt: skip
    return [
        {"label": typographic(label), "amount": _signed(cents)} for label, cents in rows if cents
    ]


def _by_regime(case: Case, statement: Statement) -> list[tuple[RegimeName, list[ClaimStatement]]]:
    """The claims that bear interest, by the law that governs it, in the order of the claims."""
    if case.debtor is None:
        return []
    claims = {claim.id: claim for claim in case.claims}
    groups: dict[RegimeName, list[ClaimStatement]] = {}
    for row in statement.claims:
        if row.interest:
            name = regime_name(case.creditor, case.debtor, claims[row.id])
            groups.setdefault("civil" if name == "residential_rent" else name, []).append(row)
    return list(groups.items())


def interest_texts(case: Case, statement: Statement) -> Iterable[str]:
    """Why interest is owed and at which rates, a paragraph for each law that governs it."""
    claims = {claim.id: claim for claim in case.claims}
    for regime, rows in _by_regime(case, statement):
        if regime == "commercial":
            start = typographic(
                "Les pénalités de retard sont exigibles le jour suivant la date de règlement"
                " figurant sur la facture, sans qu'un rappel soit nécessaire"
                f" ({_LAWS[regime]})."
            )
            yield " ".join([start, *rate_sentences(claims, rows)])
        elif regime == "public":
            yield " ".join(_public_interest(claims, rows))
        else:
            yield " ".join(_civil_interest(case, claims, rows))
    yield from _increase_text(statement)


def daily_texts(case: Case, statement: Statement) -> Iterable[str]:
    """What one more day adds, when interest runs."""
    daily = statement.daily_interest_cents
    if daily:
        yield typographic(
            f"Les {interest_name(case, statement)} continuent de courir jusqu'au complet paiement,"
            f" à raison, au taux actuel, de {euros(daily)} par jour."
        )


def _public_interest(claims: Mapping[str, Claim], rows: Sequence[ClaimStatement]) -> Iterable[str]:
    yield typographic(
        "Les intérêts moratoires sont dus de plein droit à compter du lendemain de l'expiration du"
        " délai de paiement (articles L. 2192-13 et R. 2192-32 du Code de la commande publique)."
    )
    by_law = [row for row in rows if claims[row.id].late_interest is None]
    if by_law:
        lines = [line for row in by_law for line in row.interest]
        added = parameter("late_interest.public_points").on(lines[0].first_on).value
        yield typographic(
            "Leur taux est celui de la Banque centrale européenne en vigueur au premier jour du"
            f" semestre où ils ont commencé à courir, majoré de {points(added)} de pourcentage"
            f" (article R. 2192-31 du même code), soit {_frozen_rates(claims, by_law)}."
        )
    yield from rate_sentences(claims, [row for row in rows if row not in by_law])


def _frozen_rates(claims: Mapping[str, Claim], rows: Sequence[ClaimStatement]) -> str:
    """The rate of each claim, which stays what it was when its interest began to run."""
    rates = {row.id: row.interest[0].rate for row in rows}
    low, high = min(rates.values()), max(rates.values())
    if low == high:
        return percent(low)
    if len(rates) > _NAMED_CLAIMS:
        return f"de {percent(low)} à {percent(high)} selon les factures"
    return enumerate_and(
        f"{percent(rate)} pour {the_claim(claims[id_])}" for id_, rate in rates.items()
    )


def _civil_interest(
    case: Case, claims: Mapping[str, Claim], rows: Sequence[ClaimStatement]
) -> Iterable[str]:
    days = sorted({row.interest[0].first_on for row in rows})
    since = enumerate_and(date_unbroken(day) for day in days)
    decided = any(step.type == "court_order" and step.on in days for step in case.steps)
    law = "article 1231-7 du Code civil" if decided else _LAWS["civil"]
    yield typographic(f"Les intérêts de retard courent depuis le {since} ({law}).")
    by_law = [row for row in rows if _is_legal_rate(claims[row.id])]
    agreed = [row for row in rows if row not in by_law]
    if by_law:
        lines = [line for row in by_law for line in row.interest]
        named = enumerate_and(the_claim(claims[row.id]) for row in by_law)
        on = f", pour {named}," if agreed else ""
        yield f"Leur taux est{on} {typographic(_LEGAL_RATE)}, soit {_rates(lines)}."
    yield from rate_sentences(claims, agreed, named=bool(by_law))


def _increase_text(statement: Statement) -> Iterable[str]:
    """The legal rate of a judgment long unpaid (art. L. 313-3 CMF), where it has increased."""
    if any(warning.code == "judgment-interest-increased" for warning in statement.warnings):
        added = parameter("late_interest.judgment_increase").on(statement.as_of).value
        yield typographic(
            f"Le taux d'intérêt légal est majoré de {points(added)} lorsque deux mois se sont"
            " écoulés depuis que la décision de justice est exécutoire (article L. 313-3 du Code"
            " monétaire et financier)."
        )


def _is_legal_rate(claim: Claim) -> bool:
    return claim.late_interest is None or claim.late_interest.basis == "legal"


def _rates(lines: Sequence[InterestLine]) -> str:
    """The rates by half-year, or the only one, or between which bounds they lie."""
    rates = sorted({(half_year_of(line.first_on), line.rate) for line in lines})
    values = [rate for _, rate in rates]
    if min(values) == max(values):
        return percent(values[0])
    periods = {period for period, _ in rates}
    if len(periods) > _NAMED_HALF_YEARS or len(periods) < len(rates):
        return f"de {percent(min(values))} à {percent(max(values))}, comme détaillé ci-après"
    return enumerate_and(
        f"{percent(rate)} au {half_year(first_day(period))}" for period, rate in rates
    )


def _fee_texts(case: Case, statement: Statement) -> Iterable[str]:
    fee = recovery_fee(statement)
    if fee is None or case.debtor is None:
        return
    law = _FEE_LAWS["public" if case.debtor.type == "public_body" else "commercial"]
    yield typographic(
        f"Une {_FEE} est due de plein droit pour chaque facture payée en retard ({law}), soit"
        f" {fee['detail']}. Une indemnisation complémentaire pourra être demandée, sur"
        " justification, si les frais de recouvrement excèdent ce montant."
    )


def _penalty_text(case: Case, statement: Statement) -> str:
    """Since which formal notice the clause is incurred, and its sum (art. 1231-5 C. civ.)."""
    notices = sorted(step.on for step in case.steps if step.type == "formal_notice")
    due_on = {claim.id: claim.due_on for claim in case.claims}
    days = {
        next(day for day in notices if day > due_on[row.id])
        for row in statement.claims
        if row.penalty_clause_cents
    }
    since = enumerate_and(date_unbroken(day) for day in sorted(days))
    return typographic(
        f"La clause pénale stipulée au contrat est encourue depuis la mise en demeure du {since}"
        f" (article 1231-5 du Code civil). Elle s'élève à"
        f" {euros(statement.totals.penalty_clause_cents)}."
    )


def _signed(cents: int) -> str:
    return f"{_MINUS}{NBSP}{euros(-cents)}" if cents < 0 else euros(cents)


def _or_dash(cents: int) -> str:
    return euros(cents) if cents else _DASH
