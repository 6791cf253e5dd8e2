"""The debts of a case: invoices, cheques, rents, loans, with their VAT, interest and penalty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, ClassVar, Final

from generators.faults import Contradiction, Message
from generators.fields import (
    Cents,
    Choice,
    CivilDate,
    Currency,
    DecimalText,
    FactsSchema,
    Flag,
    One,
    PercentField,
    Several,
    Text,
    choices,
    money_text,
)
from generators.party_schema import AddressSchema
from generators.schema_base import Reading, part
from law.case import (
    Cheque,
    Claim,
    ClaimType,
    DraweeBank,
    InterestBasis,
    LateInterest,
    LegalBasis,
    PenaltyClause,
    RejectionReason,
    VatLine,
)

MOST_VAT_LINES: Final = 20
_VAT_TOLERANCE_CENTS: Final = 5
_VAT_TOLERANCE_DIVISOR: Final = 1_000
_NUMBERED: Final = ("invoice", "cheque")
_INTEREST_KEYS: Final = {
    "contractual": "percent",
    "ecb_plus": "points",
    "legal_multiple": "multiple",
}


class VatLineSchema(FactsSchema):
    """VAT of one rate, as invoiced."""

    makes: ClassVar[Any] = VatLine

    rate = PercentField("Rate in percent.", required=True, example="20.00")
    base = Cents("Sum taxed.", attribute="base_cents", least=0, required=True, example="2350.00")
    amount = Cents("VAT.", attribute="amount_cents", least=0, required=True, example="470.00")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """The VAT is near its rate of its base.

        Invoices round it by line or by total, so that cents differ; see ADR 0023.
        """
        rate, base, amount = reading.get("rate", "base_cents", "amount_cents")
        if rate is None or base is None or amount is None:
            return
        tolerance = max(_VAT_TOLERANCE_CENTS, base // _VAT_TOLERANCE_DIVISOR)
        expected = int((base * rate).quantize(Decimal(1), ROUND_HALF_UP))
        if abs(amount - expected) > tolerance:
            text = f"At this rate the VAT on the base is {money_text(expected)}."
            yield ("amount",), Message("vat-contradicts-rate", text)


class LateInterestSchema(FactsSchema):
    """What the parties agreed on late interest."""

    makes: ClassVar[Any] = LateInterest

    basis = Choice(choices(InterestBasis), "Where the rate comes from.", required=True)
    percent = PercentField(
        "Yearly rate in percent, for `contractual`.", attribute="rate", example="12.15"
    )
    points = PercentField("Points above the ECB's rate, for `ecb_plus`.", example="10")
    multiple = DecimalText("Times the legal rate, for `legal_multiple`.", above=True, example="3")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Each basis needs its own figure and no other."""
        basis = reading.get("basis")
        if basis is None:
            return
        own = _INTEREST_KEYS.get(basis)
        if own is not None:
            yield from reading.needed(own, why=f"for the basis {basis}")
        others = [key for key in _INTEREST_KEYS.values() if key != own]
        yield from reading.not_applicable(*others, why=f"for the basis {basis}")


class PenaltyClauseSchema(FactsSchema):
    """A *clause pénale*: a share of the sum due, or a fixed sum."""

    makes: ClassVar[Any] = PenaltyClause

    percent = PercentField("Share in percent.", attribute="rate", above=True, example="10.00")
    amount = Cents("Fixed sum.", attribute="amount_cents")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """One of the two, not both."""
        stated = [key for key in ("percent", "amount") if reading.given.get(key) is not None]
        if not stated:
            yield (), Message("missing", "percent or amount is required.")
        elif len(stated) > 1:
            yield (), Message("one-or-the-other", "percent or amount, not both.")


class DraweeBankSchema(FactsSchema):
    """The bank on which a cheque is drawn."""

    makes: ClassVar[Any] = DraweeBank

    name = Text("Name of the bank.", most=200, required=True)
    branch = Text("Branch.", most=200)
    address = One(AddressSchema, "Address of the branch.")


class ChequeSchema(FactsSchema):
    """A cheque and what became of it."""

    makes: ClassVar[Any] = Cheque

    number = Text("Number of the cheque.", most=50, required=True, example="0830047")
    drawee_bank = One(DraweeBankSchema, "The bank on which it is drawn.", required=True)
    drawer_account = Text("Account of the drawer.", most=50)
    issued_at = Text("Place of issue.", most=100)
    amount = Cents("Amount in figures.", attribute="amount_cents")
    amount_in_words = Text("Amount in words.", most=300)
    presented_on = CivilDate("Day of presentation.")
    rejected_on = CivilDate("Day of rejection.")
    rejection_reason = Choice(choices(RejectionReason), "Reason of the rejection.")
    rejection_label = Text("Reason, as the bank wrote it.", most=300)
    second_presentation_on = CivilDate("Day of a second presentation.")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """A cheque is presented, then rejected, then perhaps presented again."""
        keys = ("presented_on", "rejected_on", "second_presentation_on")
        known = [key for key in keys if reading.get(key) is not None]
        for earlier, later in pairwise(known):
            if reading.get(later) < reading.get(earlier):
                yield (later,), Message("dates-out-of-order", f"This day is before {earlier}.")


class ClaimSchema(FactsSchema):
    """One debt."""

    makes: ClassVar[Any] = Claim

    id = Text("Your name for the claim, once in the case.", most=64, required=True, example="c1")
    type = Choice(choices(ClaimType), "What the claim is.", required=True)
    number = Text("Number of the invoice or cheque.", most=100, example="F-2026-0211")
    issued_on = CivilDate("Day of issue.", example="2026-09-30")
    due_on = CivilDate(
        "Day by which to pay; for a cheque its day of issue.", required=True, example="2026-10-30"
    )
    description = Text("What the claim is for.", most=2_000, multiline=True)
    currency = Currency("Currency (ISO 4217), EUR unless said.", example="EUR", default="EUR")
    amount_incl_tax = Cents(
        "Amount with VAT.", attribute="amount_incl_tax_cents", required=True, example="2820.00"
    )
    amount_excl_tax = Cents(
        "Amount without VAT.", attribute="amount_excl_tax_cents", least=0, example="2350.00"
    )
    vat = Several(VatLineSchema, "VAT by rate.", most=MOST_VAT_LINES)
    late_interest = One(
        LateInterestSchema, "What was agreed on late interest; absent: what the law gives."
    )
    legal_basis = Choice(
        choices(LegalBasis), "Where the claim comes from, contract unless said.", default="contract"
    )
    vat_due_on = Choice(("invoice", "payment"), "When the VAT falls due.")
    interest_from = CivilDate("First day of interest, instead of the one the law gives.")
    penalty_clause = One(PenaltyClauseSchema, "Penalty clause.")
    disputed = Flag("Whether the debtor disputes it.", default=False)
    cheque = One(ChequeSchema, "The cheque, for a claim of type `cheque`.")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Dates in order, sums that add up, a cheque that is the claim."""
        kind = reading.get("type")
        if kind in _NUMBERED:
            yield from reading.needed("number", "issued_on", why=f"for a claim of type {kind}")
        if kind not in {None, "cheque"}:
            yield from reading.not_applicable("cheque", why="for anything but a cheque")
        yield from _dates(reading)
        yield from _vat(reading)
        if kind == "cheque":
            yield from _cheque(reading)


def _dates(reading: Reading) -> Iterator[Contradiction]:
    issued_on, due_on = reading.get("issued_on", "due_on")
    if issued_on is None or due_on is None:
        return
    if due_on < issued_on:
        yield ("due_on",), Message("due-before-issue", "The claim falls due before its issue.")
    elif reading.get("type") == "cheque" and due_on != issued_on:
        text = "A cheque is due on its day of issue."
        yield ("due_on",), Message("cheque-due-at-issue", text)


def _vat(reading: Reading) -> Iterator[Contradiction]:
    incl, excl = reading.get("amount_incl_tax_cents", "amount_excl_tax_cents")
    if incl is None:
        return
    if excl is not None and excl > incl:
        text = "The amount without VAT is above the amount with VAT."
        yield ("amount_excl_tax",), Message("amounts-contradict", text)
        return
    lines: Sequence[Any] = reading.get("vat") or ()
    bases = [part(line, "base_cents") for line in lines]
    amounts = [part(line, "amount_cents") for line in lines]
    if not lines or None in bases or None in amounts:
        return
    if sum(bases) + sum(amounts) != incl:
        total = money_text(sum(bases) + sum(amounts))
        text = f"The lines of VAT make {total} with their bases, not the amount with VAT."
        yield ("vat",), Message("amounts-contradict", text)
    elif excl is not None and sum(bases) != excl:
        text = f"The bases make {money_text(sum(bases))}, not the amount without VAT."
        yield ("vat",), Message("amounts-contradict", text)


def _cheque(reading: Reading) -> Iterator[Contradiction]:
    """What figures alone can tell; when there are words, they prevail, and the law reads them."""
    cheque, incl = reading.get("cheque", "amount_incl_tax_cents")
    if not cheque or incl is None:
        return
    figures = part(cheque, "amount_cents")
    if figures is not None and part(cheque, "amount_in_words") is None and figures != incl:
        text = "The claim is not the amount of the cheque."
        yield ("cheque", "amount"), Message("amounts-contradict", text)
    presented_on, issued_on = part(cheque, "presented_on"), reading.get("issued_on")
    if presented_on is not None and issued_on is not None and presented_on < issued_on:
        text = "The cheque was presented before its issue."
        yield ("cheque", "presented_on"), Message("dates-out-of-order", text)
