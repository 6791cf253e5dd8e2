"""The whole case as a client sends it: every key of the contract, loaded to `law.case.Case`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, ClassVar, Final, Literal

from generators.claim_schema import ClaimSchema
from generators.faults import Contradiction, Message
from generators.fields import (
    Cents,
    Choice,
    CivilDate,
    FactsSchema,
    Flag,
    One,
    Several,
    Text,
    choices,
)
from generators.party_schema import AddressSchema, PartySchema, RepresentativeSchema
from generators.schema_base import Reading, part
from law.case import (
    Case,
    Channel,
    Contract,
    Cost,
    CreditNote,
    Exhibit,
    Payment,
    PaymentMethod,
    ResolutiveClause,
    Step,
    StepType,
)

__all__ = ["AddressSchema", "CaseSchema", "ClaimSchema", "DebtCaseSchema", "PartySchema"]

MOST_ITEMS: Final = 1_000
CostType = Literal["court_fee", "service", "bank_fee", "other"]


class PaymentSchema(FactsSchema):
    """Money received."""

    makes: ClassVar[Any] = Payment

    received_on = CivilDate("Day of receipt.", required=True, example="2026-11-05")
    amount = Cents("Sum.", attribute="amount_cents", required=True, example="1500.00")
    claim_id = Text(
        "Claim that the debtor said it pays; absent: the law says which.", most=64, example="c1"
    )
    method = Choice(choices(PaymentMethod), "Means of payment.")


class StepSchema(FactsSchema):
    """Something done, or that happened, to obtain payment."""

    makes: ClassVar[Any] = Step

    date = CivilDate("Day.", attribute="on", required=True, example="2026-06-22")
    type = Choice(choices(StepType), "What it was.", required=True)
    channel = Choice(choices(Channel), "By what means.")
    reference = Text("Reference, such as a tracking number.", most=300)
    outcome = Text("What came of it.", most=2_000, multiline=True)


class CreditNoteSchema(FactsSchema):
    """An *avoir*."""

    makes: ClassVar[Any] = CreditNote

    number = Text("Number.", most=100, required=True)
    issued_on = CivilDate("Day of issue.", required=True)
    amount_incl_tax = Cents("Sum with VAT.", attribute="amount_incl_tax_cents", required=True)
    claim_id = Text("Claim that it lowers.", most=64, required=True)


class CostSchema(FactsSchema):
    """An expense of recovery."""

    makes: ClassVar[Any] = Cost

    label = Text("What it is, as printed.", most=300, required=True)
    amount = Cents("Sum.", attribute="amount_cents", required=True)
    type = Choice(choices(CostType), "Kind of expense.", required=True)
    borne_by = Choice(("debtor", "creditor"), "Who bears it.", required=True)


class ResolutiveClauseSchema(FactsSchema):
    """The clause whose effect a formal notice may trigger."""

    makes: ClassVar[Any] = ResolutiveClause

    article = Text("Its article in the contract.", most=100, required=True, example="12")
    quote = Text("Its words.", most=5_000, multiline=True, required=True)


class ContractSchema(FactsSchema):
    """The contract from which the claims come."""

    makes: ClassVar[Any] = Contract

    reference = Text("What it is called.", most=300)
    signed_on = CivilDate("Day of signature.")
    jurisdiction_clause = Flag("Whether it names the court.", default=False)
    retention_of_title = Flag("Whether title passes on payment only.", default=False)
    resolutive_clause = One(ResolutiveClauseSchema, "Resolutive clause.")


class ExhibitSchema(FactsSchema):
    """A supporting document."""

    makes: ClassVar[Any] = Exhibit

    label = Text("What it is, as printed.", most=300, required=True)
    date = CivilDate("Its date.", attribute="on")
    attachment_id = Text("The file, once uploaded.", most=64)


class CaseSchema(FactsSchema):
    """The facts of one file."""

    makes: ClassVar[Any] = Case

    reference = Text("Your file number.", most=100, required=True, example="2026-0142")
    creditor = One(PartySchema, "To whom the debt is owed.", required=True)
    debtor = One(PartySchema, "Who owes it.")
    representative = One(RepresentativeSchema, "Who acts for the creditor, if anyone.")
    claims = Several(ClaimSchema, "The debts.", most=MOST_ITEMS)
    payments = Several(PaymentSchema, "What was received.", most=MOST_ITEMS)
    steps = Several(StepSchema, "What was done to obtain payment.", most=MOST_ITEMS)
    credit_notes = Several(CreditNoteSchema, "Credit notes.", most=MOST_ITEMS)
    costs = Several(CostSchema, "Expenses of recovery.", most=MOST_ITEMS)
    contract = One(ContractSchema, "The contract.")
    exhibits = Several(ExhibitSchema, "Supporting documents, in order.", most=MOST_ITEMS)

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Claims are told apart and have one currency; payments name one that is there."""
        claims: Sequence[Any] = reading.get("claims") or ()
        ids = [part(claim, "id") for claim in claims]
        yield from _told_apart(ids)
        yield from _one_currency(claims, reading.given["claims"] if claims else ())
        is_told_already = self.fields["claims"].required or reading.given.get("claims")
        if None not in ids and (claims or not is_told_already):
            for key in ("payments", "credit_notes"):
                yield from _named(key, reading.get(key) or (), frozenset(ids))
        yield from _two_parties(reading)


class DebtCaseSchema(CaseSchema):
    """The facts of a file about a debt: there is a debtor and something owed."""

    debtor = One(PartySchema, "Who owes it.", required=True)
    claims = Several(ClaimSchema, "The debts.", least=1, most=MOST_ITEMS, required=True)


def _told_apart(ids: Sequence[str | None]) -> Iterator[Contradiction]:
    counted: Counter[str] = Counter()
    for at, id_ in enumerate(ids):
        if id_ is None:
            continue
        counted[id_] += 1
        if counted[id_] > 1:
            yield ("claims", at, "id"), Message("duplicate-id", "Another claim has this id.")


def _one_currency(claims: Sequence[Any], given: Sequence[Any]) -> Iterator[Contradiction]:
    """A statement adds claims up, which no sum of two currencies allows."""
    read = [
        (at, part(claim, "currency") or "EUR")
        for at, (claim, sent) in enumerate(zip(claims, given, strict=True))
        if part(claim, "currency") or not part(sent, "currency")
    ]
    for at, currency in read:
        if currency != read[0][1]:
            text = "The claims of a case are in one currency."
            yield ("claims", at, "currency"), Message("mixed-currencies", text)


def _named(key: str, items: Sequence[Any], ids: Collection[str | None]) -> Iterator[Contradiction]:
    for at, item in enumerate(items):
        claim_id = part(item, "claim_id")
        if claim_id is not None and claim_id not in ids:
            yield (key, at, "claim_id"), Message("unknown-claim", "No claim has this id.")


def _two_parties(reading: Reading) -> Iterator[Contradiction]:
    creditor, debtor = (part(reading.get(key), "siren") for key in ("creditor", "debtor"))
    if creditor is not None and creditor == debtor:
        text = "Nobody is their own debtor: this is the creditor's SIREN."
        yield ("debtor", "siren"), Message("same-party", text)
