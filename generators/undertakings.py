"""What acts share by which a debtor undertakes to pay: the debt, its instalments, who undertakes.

Amounts are those of the statement and of `law.instalments`; nothing is computed here but sums of
what they hold. The blocks of `templates.builder.undertakings` print these values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from generators.letters import full_identity, printed_name, sender
from law.calendar import region_of
from law.case import Case, Party
from law.french import (
    NBSP,
    agreed,
    count,
    date_courte,
    date_unbroken,
    euros,
    typographic,
)
from law.instalments import (
    Plan,
    PlannedInstalment,
    planned,
)
from law.number_words import amount_in_words
from law.statement import Statement
from law.wording import claim_name

BLANK: Final = "\u2026" * 14
"""What a person fills in by hand."""
_MINUS: Final = "\u2212"
_NOTICE_DAYS: Final = 8
CONSUMER_NOTICE_DAYS: Final = 15


def words_of(cents: int) -> str:
    """A sum in words, as printed."""
    return typographic(amount_in_words(cents))


def mention_of(cents: int) -> str:
    """What the debtor writes himself: the sum in words and in figures (art. 1376 C. civ.)."""
    told = f"Je reconnais devoir la somme de {amount_in_words(cents)}, soit"
    return f"«{NBSP}{typographic(told)} {euros(cents)}.{NBSP}»"


def debt_summary(case: Case, statement: Statement) -> dict[str, Any]:
    """The debt claim by claim, by kind of sum, and in all, for any kind of claim and debtor.

    Returns:
        ``rows`` (``index``, ``what``, ``issued_on``, ``due_on``, ``amount``, ``outstanding``),
        ``outstanding`` their total, ``recap`` the sums by kind (empty when principal alone is
        owed), ``figures`` and ``words`` of all that is owed, ``mention`` which the debtor writes,
        ``as_of``.
    """
    claims = {claim.id: claim for claim in case.claims}
    rows = []
    for index, row in enumerate(statement.claims, start=1):
        claim = claims[row.id]
        name = claim_name(claim)
        what = f" \u2013 {claim.description}" if claim.description else ""
        rows.append(
            {
                "index": str(index),
                "what": f"{name[0].upper()}{name[1:]}{what}",
                "issued_on": date_courte(claim.issued_on) if claim.issued_on else "\u2013",
                "due_on": date_courte(claim.due_on),
                "amount": euros(claim.amount_incl_tax_cents),
                "outstanding": euros(row.outstanding_cents),
            }
        )
    due = statement.totals.due_cents
    return {
        "rows": rows,
        "outstanding": euros(sum(row.outstanding_cents for row in statement.claims)),
        "recap": _recap(case, statement),
        "figures": euros(due),
        "words": words_of(due),
        "mention": mention_of(due),
        "as_of": date_unbroken(statement.as_of),
    }


def _recap(case: Case, statement: Statement) -> list[dict[str, str]]:
    """Each kind of sum apart; an agency tells it even when there is one (R. 124-4 3° CPCE)."""
    totals = statement.totals
    credited = " (avoirs déduits)" if case.credit_notes else ""
    lines = [
        (f"Principal{credited}", totals.principal_cents),
        (f"Intérêts de retard au {date_unbroken(statement.as_of)}", totals.interest_cents),
        ("Indemnité forfaitaire pour frais de recouvrement", totals.fixed_indemnity_cents),
        ("Clause pénale", totals.penalty_clause_cents),
        ("Frais à la charge du débiteur", totals.costs_cents),
        ("Règlements reçus", -totals.paid_cents),
    ]
    kept = [(label, cents) for label, cents in lines if cents]
    through_agency = case.representative and case.representative.role == "collection_agency"
    if len(kept) == 1 and not through_agency:
        return []
    return [
        {"label": label, "amount": euros(cents) if cents > 0 else f"{_MINUS}{NBSP}{euros(-cents)}"}
        for label, cents in kept
    ]


def contract_named(case: Case) -> dict[str, str | None]:
    """The contract from which the debt comes, when the case tells it."""
    contract = case.contract
    signed_on = contract.signed_on if contract else None
    return {
        "reference": contract.reference if contract else None,
        "signed_on": date_unbroken(signed_on) if signed_on else None,
    }


def plan_of(case: Case, plan: Plan, total_cents: int) -> list[PlannedInstalment]:
    """The instalments of a debt, on the working days of the debtor's place.

    Raises:
        PlanImpossible: as `law.instalments.planned`.
    """
    if case.debtor is None:
        raise ValueError("instalments need a debtor")
    return planned(plan, total_cents, region_of(case.debtor.address))


def plan_values(instalments: Sequence[PlannedInstalment]) -> dict[str, Any]:
    """The instalments as the rows of a table, how many they are, when the first and last fall."""
    total = sum(instalment.amount_cents for instalment in instalments)
    return {
        "rows": [
            {
                "index": str(index),
                "due_on": date_unbroken(instalment.due_on),
                "amount": euros(instalment.amount_cents),
                "balance": euros(instalment.balance_cents),
            }
            for index, instalment in enumerate(instalments, start=1)
        ],
        "one": len(instalments) == 1,
        "count": count(len(instalments), "échéance", "échéances"),
        "first_on": date_unbroken(instalments[0].due_on),
        "last_on": date_unbroken(instalments[-1].due_on),
        "total": euros(total),
    }


def party_in_full(party: Party) -> str:
    """A party as contracts name it, a sole trader as such.

    Sources:
        Art. R526-27 C. com.: "EI" next to the name.
    """
    return full_identity(party).replace(printed_name(party), str(sender(party)["name"]), 1)


def undersigned(party: Party) -> str:
    """A party that binds itself, named in full, with blanks for what the case does not tell.

    Sources:
        Art. 1376 C. civ. wants the debtor's act; practice names birth, or who represents.
    """
    named = party_in_full(party)
    if party.type == "individual" and not party.is_professional:
        born = agreed(party.civility, "né", "née")
        missing = [
            *([f"{born} le {BLANK}"] if party.birth_date is None else []),
            *([f"à {BLANK}"] if party.birth_place is None else []),
        ]
        return ", ".join([named, " ".join(missing)]) if missing else named
    if party.type != "individual" and party.legal_representative is None:
        return f"{named}, représentée par {BLANK}"
    return named


def is_consumer_matter(case: Case) -> bool:
    """Whether a professional asks one who is none."""
    debtor = case.debtor
    return case.creditor.is_professional and debtor is not None and not debtor.is_professional


def notice_days(case: Case, wanted: int | None) -> int:
    """Days that a formal notice leaves before a plan is lost.

    Sources:
        Art. 1231 C. civ.: a reasonable time; eight days are too few for a consumer (Cass. 1re
        civ., 22 March 2023, n° 21-16.044, which does not say how many are enough).
    """
    is_professional = case.debtor is not None and case.debtor.is_professional
    return wanted or (_NOTICE_DAYS if is_professional else CONSUMER_NOTICE_DAYS)


def notice_period(days: int) -> str:
    """The same as printed."""
    return count(days, "jour", "jours").replace(" ", NBSP)


def required_of_undertaking(context: Mapping[str, Any]) -> list[str]:
    """The debt and its instalments, each line of them.

    Sources:
        Art. 1376 C. civ.: the sum in words and in figures. Art. 1342: the instalments.
    """
    debt, plan = context["debt"], context.get("plan")
    return [
        debt["figures"],
        debt["words"],
        debt["mention"],
        *(value for row in debt["rows"] for value in row.values()),
        *(value for row in debt["recap"] for value in row.values()),
        *((value for row in plan["rows"] for value in row.values()) if plan else ()),
    ]
