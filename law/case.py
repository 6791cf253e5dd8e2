"""The facts of a case, typed: what the law computes on and what acts are made of.

Money is whole cents, rates are ``Decimal`` fractions (0.04 is 4 %), days are civil days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

PartyType = Literal["company", "individual", "public_body"]
Activity = Literal["commercial", "artisan", "liberal", "agricultural", "civil", "none"]
InsolvencyType = Literal["safeguard", "receivership", "liquidation"]
ClaimType = Literal["invoice", "cheque", "rent", "loan", "other"]
LegalBasis = Literal["contract", "statute", "bill_of_exchange", "damages", "other"]
InterestBasis = Literal["contractual", "ecb_plus", "legal_multiple", "legal", "none"]
PaymentMethod = Literal["transfer", "cheque", "card", "direct_debit", "cash", "other"]
StepType = Literal[
    "reminder",
    "formal_notice",
    "phone_call",
    "visit",
    "undeliverable",
    "tracing",
    "promise_to_pay",
    "payment_plan",
    "dispute",
    "court_order",
    "service",
    "enforcement",
    "other",
]
Channel = Literal[
    "letter",
    "registered_letter",
    "electronic_registered_letter",
    "email",
    "sms",
    "phone",
    "in_person",
    "court",
]
RepresentativeRole = Literal["collection_agency", "lawyer", "commissaire_de_justice"]
RejectionReason = Literal[
    "insufficient_funds", "closed_account", "bank_ban", "opposition", "irregular", "other"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; ``lines`` holds one to four lines above postcode and town."""

    lines: Sequence[str]
    postal_code: str
    city: str
    country: str = "FR"
    insee_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCapital:
    """The *capital social*, printed on the acts of a company."""

    amount_cents: int
    currency: str = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRepresentative:
    """The natural person through whom a company or public body acts."""

    name: str
    capacity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insolvency:
    """An open *procédure collective*."""

    type: InsolvencyType
    opened_on: date
    court: str | None = None
    officer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person of the case: creditor, debtor, representative, recipient.

    ``name`` is set for companies and public bodies; ``civility``, ``first_name`` and
    ``last_name`` for individuals. ``display_name`` serves both.
    """

    type: PartyType
    address: Address
    name: str | None = None
    civility: Literal["M.", "Mme"] | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None
    birth_place: str | None = None
    nationality: str | None = None
    occupation: str | None = None
    acts_as_professional: bool | None = None
    activity: Activity | None = None
    legal_form: str | None = None
    share_capital: ShareCapital | None = None
    siren: str | None = None
    siret: str | None = None
    rcs_city: str | None = None
    vat_number: str | None = None
    legal_representative: LegalRepresentative | None = None
    email: str | None = None
    phone: str | None = None
    iban: str | None = None
    bic: str | None = None
    insolvency: Insolvency | None = None
    over_indebtedness_admitted_on: date | None = None
    electronic_registered_consent_on: date | None = None

    @property
    def display_name(self) -> str:
        """Company name, or first and last name without civility."""
        return self.name or " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def is_professional(self) -> bool:
        """Whether the party acts for business: companies and public bodies always do."""
        return self.type != "individual" or bool(self.acts_as_professional)


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who acts for the creditor."""

    role: RepresentativeRole
    party: Party
    mandate_on: date | None = None
    bar: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VatLine:
    """VAT of one rate on an invoice, as invoiced."""

    rate: Decimal
    base_cents: int
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInterest:
    """What the parties agreed on late interest.

    Attributes:
        basis: Where the rate comes from.
        rate: Yearly rate, for ``contractual``.
        points: Points above the ECB rate as a fraction (0.10 is 10 points), for ``ecb_plus``.
        multiple: Times the legal rate, for ``legal_multiple``.
    """

    basis: InterestBasis
    rate: Decimal | None = None
    points: Decimal | None = None
    multiple: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyClause:
    """A *clause pénale*: a share of the sum due, or a fixed sum (art. 1231-5 C. civ.)."""

    rate: Decimal | None = None
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraweeBank:
    """The bank on which a cheque is drawn."""

    name: str
    branch: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheque:
    """A cheque and what became of it."""

    number: str
    drawee_bank: DraweeBank
    drawer_account: str | None = None
    issued_at: str | None = None
    amount_cents: int | None = None
    amount_in_words: str | None = None
    presented_on: date | None = None
    rejected_on: date | None = None
    rejection_reason: RejectionReason | None = None
    rejection_label: str | None = None
    second_presentation_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One debt: an invoice, a cheque, a month's rent, a loan."""

    id: str
    type: ClaimType
    due_on: date
    amount_incl_tax_cents: int
    number: str | None = None
    issued_on: date | None = None
    description: str | None = None
    currency: str = "EUR"
    amount_excl_tax_cents: int | None = None
    vat: Sequence[VatLine] = ()
    late_interest: LateInterest | None = None
    legal_basis: LegalBasis = "contract"
    vat_due_on: Literal["invoice", "payment"] | None = None
    interest_from: date | None = None
    penalty_clause: PenaltyClause | None = None
    disputed: bool = False
    cheque: Cheque | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money received; without ``claim_id`` the law says which debt it settles (1342-10)."""

    received_on: date
    amount_cents: int
    claim_id: str | None = None
    method: PaymentMethod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something done, or that happened, to obtain payment."""

    on: date
    type: StepType
    channel: Channel | None = None
    reference: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """An *avoir*: reduces the claim from the day it was issued."""

    number: str
    issued_on: date
    amount_incl_tax_cents: int
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """An expense of recovery and who bears it."""

    label: str
    amount_cents: int
    type: Literal["court_fee", "service", "bank_fee", "other"]
    borne_by: Literal["debtor", "creditor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutiveClause:
    """The clause whose effect a formal notice may trigger, quoted (art. 1225 C. civ.)."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The contract the claims come from."""

    reference: str | None = None
    signed_on: date | None = None
    jurisdiction_clause: bool = False
    retention_of_title: bool = False
    resolutive_clause: ResolutiveClause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A supporting document, listed on the act and, when attached, archived with it."""

    label: str
    on: date | None = None
    attachment_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All the facts of one file. ``debtor`` and ``claims`` are absent only for acts of no debt."""

    reference: str
    creditor: Party
    debtor: Party | None = None
    representative: Representative | None = None
    claims: Sequence[Claim] = ()
    payments: Sequence[Payment] = ()
    steps: Sequence[Step] = ()
    credit_notes: Sequence[CreditNote] = ()
    costs: Sequence[Cost] = ()
    contract: Contract | None = None
    exhibits: Sequence[Exhibit] = field(default_factory=tuple)
