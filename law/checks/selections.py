"""Which checks each family of acts needs, by the names of the registry."""

from __future__ import annotations

from typing import Final

DEMAND: Final = (
    "debtor-in-insolvency",
    "debtor-over-indebted",
    "limitation",
    "creditor-identity",
    "consumer-penalties",
    "cheque-amount",
)
"""Every act that asks a debtor for money."""

REMINDER: Final = (
    *DEMAND,
    "claim-not-due",
    "collection-costs",
    "statement",
    "electronic-registered-consent",
    "means-of-payment",
    "agency-mandate",
)
FORMAL_NOTICE: Final = (
    *DEMAND,
    "claim-not-due",
    "collection-costs",
    "statement",
    "electronic-registered-consent",
    "payment-deadline",
    "means-of-payment",
    "agency-mandate",
    "lawyer-bar",
)
PRE_DUE_REMINDER: Final = (
    "debtor-in-insolvency",
    "debtor-over-indebted",
    "claim-already-late",
    "creditor-identity",
    "collection-costs",
    "means-of-payment",
)
AGENCY_LETTER: Final = ("agency-mandate", "agency-first-letter")
"""What every letter of an agency after its first adds to those of its kind."""

PAYMENT_ORDER: Final = (
    "debtor-in-insolvency",
    "title-against-over-indebted",
    "limitation-before-court",
    "claim-not-due",
    "claims-contractual",
    "currency-not-euro",
    "claim-disputed",
    "claimant-identity",
    "signatory-power",
    "consumer-penalties",
    "collection-costs",
    "statement",
    "exhibits-missing",
    "formal-notice-missing",
    "penalty-clause-reducible",
)
"""A request for an order; `law.court_checks` finds its court and says what speaks against it."""

SUMMONS: Final = (
    "debtor-in-insolvency",
    "title-against-over-indebted",
    "limitation-before-court",
    "claim-not-due",
    "currency-not-euro",
    "claimant-identity",
    "consumer-penalties",
    "collection-costs",
    "statement",
    "formal-notice-missing",
    "amicable-attempt",
    "lawyer-required",
    "penalty-clause-reducible",
)
"""A summons; in summary proceedings with ``seriously-disputed``, else with ``claim-disputed``."""

CLAIM_DECLARATION: Final = ("debtor-insolvent", "creditor-identity", "signatory-power", "statement")
CHEQUE_CERTIFICATE_REQUEST: Final = (
    "cheque-missing",
    "cheque-amount",
    "cheque-number",
    "cheque-rejection",
    "cheque-guaranteed",
    "cheque-thirty-days",
    "cheque-drawee-limit",
    "agency-mandate",
)
IRRECOVERABILITY_CERTIFICATE: Final = ("insufficient-evidence", "litigious-claim", "statement")
