"""Each warning of a statement: when it is given, with its article, and when it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Case, Insolvency, LateInterest, PenaltyClause
from law.findings import LegalWarning
from law.french import NBSP
from tests.support.law_facts import (
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    agreed,
    case_of,
    codes,
    computed,
    credited,
    day,
    invoice,
    notice,
    paid,
)

PENALTY = PenaltyClause(amount_cents=50_00)
INSOLVENT = replace(
    OTHER_COMPANY, insolvency=Insolvency(type="safeguard", opened_on=day("2026-05-04"))
)
LEGAL = LateInterest(basis="legal")

GIVEN: dict[str, tuple[Case, str | None]] = {
    "claim-not-due": (case_of(invoice(due="2026-12-31")), "art. 1305-2 C. civ."),
    "interest-needs-formal-notice": (
        case_of(invoice(), debtor=INDIVIDUAL),
        "art. 1231-6 et 1344-1 C. civ.",
    ),
    "notice-day-counted": (
        case_of(invoice(), debtor=INDIVIDUAL, steps=[notice("2026-03-02")]),
        "art. 1344-1 C. civ.",
    ),
    "interest-before-due-date": (
        case_of(invoice(interest_from=day("2026-01-31"))),
        "art. L. 441-10 C. com. ; art. 1344-1 C. civ.",
    ),
    "commercial-penalties-not-assumed": (case_of(invoice(type="other")), "art. L. 441-10 C. com."),
    "recovery-fee-not-in-euros": (case_of(invoice(currency="USD")), "art. D. 441-5 C. com."),
    "public-rate-set-by-law": (
        case_of(invoice(late_interest=agreed("12")), debtor=PUBLIC_BUYER),
        "art. L. 2192-13, L. 2192-14 et R. 2192-31 CCP",
    ),
    "rent-penalty-void": (
        case_of(invoice(type="rent", penalty_clause=PENALTY), debtor=INDIVIDUAL),
        "art. 4 loi n° 89-462 du 6 juillet 1989",
    ),
    "interest-stopped-by-insolvency": (
        case_of(invoice(), debtor=INSOLVENT),
        "art. L. 622-28 C. com.",
    ),
    "recovery-fee-barred-by-insolvency": (
        case_of(invoice(due="2026-05-04", issued_on=day("2026-04-01")), debtor=INSOLVENT),
        "art. L. 441-10 II C. com.",
    ),
    "penalty-clause-needs-formal-notice": (
        case_of(invoice(penalty_clause=PENALTY)),
        "art. 1231-5 C. civ.",
    ),
    "penalty-clause-consumer": (
        case_of(invoice(penalty_clause=PENALTY), debtor=INDIVIDUAL),
        "art. R. 212-2 3° C. conso.",
    ),
    "payment-allocated-by-law": (
        case_of(invoice("c1"), invoice("c2"), payments=[paid("2026-03-02", 100)]),
        "art. 1342-10 C. civ.",
    ),
    "payment-surplus-allocated": (
        case_of(invoice("c1"), invoice("c2"), payments=[paid("2026-02-02", 1_100_00, "c1")]),
        "art. 1342-10 C. civ.",
    ),
    "payment-after-statement-day": (case_of(invoice(), payments=[paid("2026-11-23", 100)]), None),
    "credit-note-after-statement-day": (
        case_of(invoice(), credit_notes=[credited("2026-11-23", 100)]),
        None,
    ),
    "rate-below-floor": (case_of(invoice(late_interest=agreed("5"))), "art. L. 441-10 II C. com."),
    "rate-to-verify": (case_of(invoice(late_interest=LEGAL)), "art. L. 313-2 CMF"),
    "half-year-rate-by-practice": (case_of(invoice()), "art. L. 441-10 II C. com."),
    "interest-needs-judgment": (
        case_of(invoice(legal_basis="damages")),
        "art. 1231-7 C. civ.",
    ),
}
PLAIN = case_of(invoice(due="2026-07-31", late_interest=agreed("12")))


def found(case: Case, code: str) -> LegalWarning | None:
    """The warning of a code as of 22 November 2026, or None."""
    warnings = computed(case, "2026-11-22").warnings
    return next((one for one in warnings if one.code == code), None)


@pytest.mark.parametrize("code", GIVEN)
def test_a_warning_is_given_where_it_belongs_with_its_article(code: str) -> None:
    case, article = GIVEN[code]
    warning = found(case, code)
    assert warning is not None
    assert warning.article == article
    assert warning.detail.endswith(".")
    assert "'" not in warning.detail
    assert " :" not in warning.detail.replace(f"{NBSP}:", "")
    assert "{" not in warning.detail


def test_a_plain_statement_carries_no_warning() -> None:
    assert codes(computed(PLAIN, "2026-11-22")) == set()


def test_each_warning_is_given_once_whatever_the_number_of_claims() -> None:
    many = [
        invoice(f"c{at}", due="2025-01-31", penalty_clause=PENALTY, late_interest=agreed("5"))
        for at in range(12)
    ]
    result = computed(case_of(*many), "2026-11-22")
    given = [warning.code for warning in result.warnings]
    assert len(given) == len(set(given))
    (waiting,) = (w for w in result.warnings if w.code == "penalty-clause-needs-formal-notice")
    assert "7 autres" in waiting.detail
    assert "600,00" in waiting.detail
