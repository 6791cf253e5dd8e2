"""The décompte as Word: every sum of the statement, no warning, the same bytes."""

from __future__ import annotations

import pytest

from generators.decompte import decompte
from law.case import Case
from law.french import money
from law.publication import with_published
from law.rates import ECB, PublishedRate
from tests.support.law_facts import (
    COMPANY,
    RATES,
    agreed,
    case_of,
    computed,
    credited,
    day,
    invoice,
    paid,
)

SIMPLE = case_of(invoice("c1", due="2026-01-31", cents=1_234_57))
FULL = case_of(
    *(invoice(f"c{at}", due=f"2025-{at:02d}-28", cents=1_000_00 + at) for at in range(1, 13)),
    invoice("agreed", due="2024-02-29", cents=77_701, late_interest=agreed("9.87")),
    payments=[paid("2026-03-10", 500_05), paid("2026-04-01", 100_00, "c2")],
    credit_notes=[credited("2026-02-15", 34_57)],
)
NOTHING_LATE = case_of(invoice("c1", due="2026-12-31"))


@pytest.mark.parametrize("case", [SIMPLE, FULL, NOTHING_LATE])
def test_every_sum_of_the_statement_is_printed(case: Case) -> None:
    found = computed(case, "2026-11-22")
    text = decompte(case, found, RATES).text
    for claim in found.claims:
        for cents in (claim.principal_cents, claim.outstanding_cents, claim.paid_cents):
            assert money(cents) in text
        for line in claim.interest:
            assert money(line.amount_cents) in text
    assert f"Total dû | {money(found.totals.due_cents)}" in text


def test_warnings_are_not_for_the_court() -> None:
    found = computed(FULL, "2026-11-22")
    assert found.warnings
    text = decompte(FULL, found, RATES).text
    assert not [warning for warning in found.warnings if warning.detail in text]


def test_the_same_statement_is_the_same_file() -> None:
    found = computed(FULL, "2026-11-22")
    assert decompte(FULL, found, RATES).docx == decompte(FULL, found, RATES).docx


def test_an_added_rate_is_quoted_with_its_publication() -> None:
    new = PublishedRate(
        series=ECB,
        period="2027-S1",
        rate=RATES.ecb(day("2026-07-01")).rate,
        source="Décision de la BCE du 17 décembre 2026",
        published_on=day("2026-12-17"),
    )
    rates = with_published(RATES, [new])
    found = computed(SIMPLE, "2027-02-01", rates=rates)
    text = decompte(SIMPLE, found, rates).text
    assert "2027-S1" in text
    assert "Décision de la BCE du 17 décembre 2026" in text


@pytest.mark.parametrize("name", ["A & B <C>", "{{ 7*7 }}", "=1+1", "Œuvre d\u2019été"])
def test_what_a_client_wrote_is_printed_as_it_is(name: str) -> None:
    case = case_of(invoice("c1", due="2026-01-31", number=name), creditor=COMPANY)
    text = decompte(case, computed(case, "2026-11-22"), RATES).text
    assert name in text
