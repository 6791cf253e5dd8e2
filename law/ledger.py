"""All claims of a case through time: events in order of day, each applied to its account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from core.errors import Fault, InvalidFacts
from law.account import Account
from law.allocation import DebtsInOrder
from law.case import Case, CreditNote, Party, Payment
from law.rates import RateTables
from law.regime import Regimes


class PaymentExceedsDebt(InvalidFacts):
    """More was paid, or credited, than was owed on that day."""

    slug = "payment-exceeds-debt"
    title = "A payment is above what was owed"


class ClaimsContradict(InvalidFacts):
    """The claims, payments and credit notes of a case do not fit together."""

    slug = "claims-contradict"
    title = "The claims and payments contradict each other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """What was left of a payment once the claim it names was paid."""

    payment: Payment
    cents: int


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The accounts at the end of the day of the statement, and what was decided on the way.

    Attributes:
        undesignated: Payments that named no claim while several were open.
        surpluses: Payments above the claim they name, moved to the others.
        ignored_payments: Received after the day of the statement.
        ignored_credit_notes: Issued after it.
    """

    accounts: list[Account]
    undesignated: list[Payment] = field(default_factory=list)
    surpluses: list[Surplus] = field(default_factory=list)
    ignored_payments: list[Payment] = field(default_factory=list)
    ignored_credit_notes: list[CreditNote] = field(default_factory=list)


def ledger(
    case: Case, debtor: Party, as_of: date, rates: RateTables, notice_on: date | None
) -> Ledger:
    """Every claim brought to the end of a day.

    Raises:
        ClaimsContradict: currencies differ, an id is used twice or names no claim.
        PaymentExceedsDebt: a payment or credit note is above all that was owed on its day.
    """
    _refuse_contradictions(case)
    regimes = Regimes(case, debtor, as_of, rates, notice_on)
    book = Ledger(accounts=[Account(case, claim, regimes.of(claim)) for claim in case.claims])
    for _, _, _, apply in sorted(_events(case, as_of, book), key=lambda event: event[:3]):
        apply()
    for account in book.accounts:
        account.accrue(as_of.toordinal())
    return book


_Event = tuple[int, int, int, Callable[[], None]]


def _events(case: Case, as_of: date, book: Ledger) -> Iterator[_Event]:
    """Events as (day, order within the day, position, effect).

    On one day credit notes come first, for they lower the base of that very day; then the
    payments that name a claim, then those that do not; then formal notices, so that a penalty
    clause is counted on what is left.
    """
    accounts = {account.id: account for account in book.accounts}
    in_order = DebtsInOrder(book.accounts)
    for at, note in enumerate(case.credit_notes):
        if note.issued_on > as_of:
            book.ignored_credit_notes.append(note)
        else:
            yield note.issued_on.toordinal(), 0, at, _crediting(accounts[note.claim_id], note, at)
    for at, payment in enumerate(case.payments):
        if payment.received_on > as_of:
            book.ignored_payments.append(payment)
            continue
        named = accounts[payment.claim_id] if payment.claim_id is not None else None
        effect = _paying(book, in_order, named, payment, at)
        yield payment.received_on.toordinal(), 1 if named else 2, at, effect
    for at, account in enumerate(book.accounts):
        noticed_on = account.regime.noticed_on
        if account.claim.penalty_clause is None or noticed_on is None:
            continue
        if account.regime.name != "residential_rent" and noticed_on.toordinal() < account.stopped:
            yield noticed_on.toordinal(), 3, at, account.incur_penalty


def _crediting(account: Account, note: CreditNote, at: int) -> Callable[[], None]:
    def apply() -> None:
        excess = account.credit(note.issued_on.toordinal(), note.amount_incl_tax_cents)
        if excess:
            raise _exceeds(f"/case/credit_notes/{at}/amount_incl_tax", "credit note", excess)

    return apply


def _paying(
    book: Ledger, in_order: DebtsInOrder, named: Account | None, payment: Payment, at: int
) -> Callable[[], None]:
    def apply() -> None:
        day, left = payment.received_on.toordinal(), payment.amount_cents
        if named is not None:
            left = named.pay(day, left)
            if left:
                book.surpluses.append(Surplus(payment=payment, cents=left))
        elif in_order.are_several_open():
            book.undesignated.append(payment)
        if left:
            left = in_order.pay(day, left)
        if left:
            raise _exceeds(f"/case/payments/{at}/amount", "payment", left)

    return apply


def _exceeds(pointer: str, what: str, excess: int) -> PaymentExceedsDebt:
    amount = f"{excess // 100}.{excess % 100:02d}"
    detail = f"The {what} is {amount} above all that was owed at the end of its day."
    fault = Fault(pointer=pointer, code=PaymentExceedsDebt.slug, detail=detail)
    return PaymentExceedsDebt(detail, faults=[fault])


def _refuse_contradictions(case: Case) -> None:
    faults = [*_claim_faults(case), *_reference_faults(case)]
    if faults:
        raise ClaimsContradict(faults[0].detail, faults=faults)


def _claim_faults(case: Case) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, claim in enumerate(case.claims):
        if claim.currency != case.claims[0].currency:
            yield Fault(
                pointer=f"/case/claims/{at}/currency",
                code="mixed-currencies",
                detail="All claims of a case must be in the same currency.",
            )
        if claim.id in seen:
            yield Fault(
                pointer=f"/case/claims/{at}/id",
                code="duplicate-claim-id",
                detail=f"The claim id {claim.id!r} is used twice.",
            )
        seen.add(claim.id)


def _reference_faults(case: Case) -> Iterator[Fault]:
    known = {claim.id for claim in case.claims}
    credited: dict[str, int] = dict.fromkeys(known, 0)
    owed = {claim.id: claim.amount_incl_tax_cents for claim in case.claims}
    for at, payment in enumerate(case.payments):
        if payment.claim_id is not None and payment.claim_id not in known:
            yield _no_such_claim(f"/case/payments/{at}/claim_id", payment.claim_id)
    for at, note in enumerate(case.credit_notes):
        if note.claim_id not in known:
            yield _no_such_claim(f"/case/credit_notes/{at}/claim_id", note.claim_id)
            continue
        credited[note.claim_id] += note.amount_incl_tax_cents
        if credited[note.claim_id] > owed[note.claim_id]:
            yield Fault(
                pointer=f"/case/credit_notes/{at}/amount_incl_tax",
                code="credit-note-exceeds-claim",
                detail=f"The credit notes of claim {note.claim_id!r} are above its amount.",
            )


def _no_such_claim(pointer: str, claim_id: str) -> Fault:
    return Fault(pointer=pointer, code="unknown-claim", detail=f"No claim has the id {claim_id!r}.")
