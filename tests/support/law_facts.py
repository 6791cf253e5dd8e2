"""Facts for tests of law: parties and claims that stand for nobody, with what a test changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from law.case import Address, Case, Claim, CreditNote, LateInterest, Party, Payment, Step
from law.rates import RateTables
from law.statement import ClaimStatement, Statement, statement

ADDRESS = Address(lines=["1 rue de l'Essai"], postal_code="63000", city="Clermont-Ferrand")
COMPANY = Party(
    type="company",
    name="Exemple SARL",
    address=ADDRESS,
    legal_form="SARL",
    siren="812345676",
    rcs_city="Clermont-Ferrand",
)
OTHER_COMPANY = replace(COMPANY, name="Modèle SAS", legal_form="SAS")
INDIVIDUAL = Party(type="individual", first_name="Ada", last_name="Témoin", address=ADDRESS)
SOLE_TRADER = replace(INDIVIDUAL, acts_as_professional=True, activity="artisan", legal_form="EI")
PUBLIC_BUYER = Party(type="public_body", name="Commune de l'Essai", address=ADDRESS)
RATES = RateTables.load()


def day(text: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(text)


def days_after(text: str, days: int) -> date:
    """The day some days after another."""
    return day(text) + timedelta(days=days)


def invoice(
    id_: str = "c1", *, due: str = "2026-01-31", cents: int = 100_000, **more: Any
) -> Claim:
    """An invoice, or another claim when ``type`` says so."""
    facts: dict[str, Any] = {"type": "invoice", "number": id_.upper(), **more}
    return Claim(id=id_, due_on=day(due), amount_incl_tax_cents=cents, **facts)


def agreed(percent: str) -> LateInterest:
    """A yearly rate that the parties agreed."""
    return LateInterest(basis="contractual", rate=Decimal(percent) / 100)


def paid(on: str, cents: int, claim_id: str | None = None) -> Payment:
    """A payment received."""
    return Payment(received_on=day(on), amount_cents=cents, claim_id=claim_id)


def credited(on: str, cents: int, claim_id: str = "c1") -> CreditNote:
    """A credit note."""
    number = f"A-{on}"
    return CreditNote(
        number=number, issued_on=day(on), amount_incl_tax_cents=cents, claim_id=claim_id
    )


def notice(on: str) -> Step:
    """A formal notice sent by registered letter."""
    return Step(on=day(on), type="formal_notice", channel="registered_letter")


def case_of(*claims: Claim, **more: Any) -> Case:
    """A case between two companies, unless ``creditor`` and ``debtor`` say otherwise."""
    facts: dict[str, Any] = {"creditor": COMPANY, "debtor": OTHER_COMPANY, **more}
    return Case(reference="T-1", claims=claims, **facts)


def computed(case: Case, as_of: str, *, rates: RateTables = RATES, **more: Any) -> Statement:
    """The statement of a case at a day."""
    return statement(case, day(as_of), rates, **more)


def only(result: Statement) -> ClaimStatement:
    """The one claim of a statement."""
    (claim,) = result.claims
    return claim


def lines(claim: ClaimStatement) -> list[tuple[str, str, int, int, str, int]]:
    """Interest lines as (first, last, days, base, percent, amount)."""
    return [
        (
            line.first_on.isoformat(),
            line.last_on.isoformat(),
            line.days,
            line.base_cents,
            f"{line.rate * 100:.2f}",
            line.amount_cents,
        )
        for line in claim.interest
    ]


def codes(result: Statement) -> set[str]:
    """The codes of the warnings of a statement."""
    return {warning.code for warning in result.warnings}
