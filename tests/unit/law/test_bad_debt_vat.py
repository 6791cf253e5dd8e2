"""VAT of unpaid invoices: published examples, to the cent; the mention by date."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.bad_debt_vat import last_day_to_claim, mention_on, unpaid_vat, vat_lines
from law.case import Claim, VatLine
from law.parameters import ValueNotCovered
from tests.support.law_facts import invoice

MENTION = re.compile(
    r"facture\s+(?:demeurée\s+)?impayée\s+pour\s+la\s+somme\s+de\s+[\d\s]+[.,]\d{2}\s*(?:€|euros?)"
    r"\s*\((?:prix\s+net|HT)\)\s+et\s+pour\s+la\s+somme\s+de\s+[\d\s]+[.,]\d{2}\s*(?:€|euros?)\s*"
    r"\((?:TVA|taxe)\s+correspondante\)\s+qui\s+ne\s+peut\s+faire\s+l['\u2019]objet\s+d['\u2019]une"
    r"\s+déduction\s*\((?:article|art\.)\s*272\s+du\s+(?:CGI|code\s+général\s+des\s+impôts)\)",
    re.IGNORECASE,
)


def claim(*lines: tuple[str, int, int], vat_due_on: str | None = "invoice") -> Claim:
    """An invoice of lines of rate, base and VAT."""
    vat = [VatLine(rate=Decimal(r), base_cents=b, amount_cents=a) for r, b, a in lines]
    total = sum(line.base_cents + line.amount_cents for line in vat)
    return invoice(cents=total, vat=vat, vat_due_on=vat_due_on)


@pytest.mark.parametrize(
    ("whole", "unpaid", "base", "tax"),
    [
        pytest.param(("0.196", 1_500_000, 294_000), 358_800, 300_000, 58_800, id="E1"),
        pytest.param(("0.20", 30_000_000, 6_000_000), 30_600_000, 25_500_000, 5_100_000, id="E2"),
    ],
)
def test_published_examples(whole: tuple[str, int, int], unpaid: int, base: int, tax: int) -> None:
    found = unpaid_vat(claim(whole), unpaid)
    assert (found.unpaid_base_cents, found.unpaid_vat_cents) == (base, tax)
    assert (found.recoverable_cents, found.reason) == (tax, "recoverable")


@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(["0.021", "0.055", "0.10", "0.20"]),
            st.integers(1, 10**9),
            st.integers(0, 10**8),
        ),
        min_size=1,
        max_size=6,
    ),
    share=st.integers(0, 1000),
)
def test_no_cent_is_lost_and_no_part_exceeds_what_was_invoiced(
    lines: list[tuple[str, int, int]], share: int
) -> None:
    whole = claim(*lines)
    unpaid = whole.amount_incl_tax_cents * share // 1000
    found = unpaid_vat(whole, unpaid)
    assert found.unpaid_base_cents + found.unpaid_vat_cents == unpaid
    for rate in found.rates:
        assert 0 <= rate.unpaid_base_cents <= rate.base_cents
        assert 0 <= rate.unpaid_vat_cents <= rate.vat_cents


def test_vat_that_falls_due_on_payment_is_not_recovered() -> None:
    found = unpaid_vat(claim(("0.20", 10_000, 2_000), vat_due_on="payment"), 12_000)
    assert (found.unpaid_vat_cents, found.recoverable_cents) == (2_000, 0)
    assert found.reason == "due-on-payment"


def test_lines_of_one_rate_are_one() -> None:
    lines = vat_lines(claim(("0.20", 100, 20), ("0.20", 200, 40), ("0.10", 100, 10)))
    assert lines is not None
    assert [(line.base_cents, line.amount_cents) for line in lines] == [(300, 60), (100, 10)]


def test_the_vat_of_an_invoice_that_does_not_tell_it_is_not_guessed() -> None:
    silent = invoice(cents=12_000, vat=(), amount_excl_tax_cents=None)
    assert vat_lines(silent) is None
    with pytest.raises(ValueError, match="is not told"):
        unpaid_vat(silent, 12_000)


@pytest.mark.parametrize("unpaid", [-1, 12_001])
def test_more_than_the_invoice_is_never_unpaid(unpaid: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        unpaid_vat(claim(("0.20", 10_000, 2_000)), unpaid)


@pytest.mark.parametrize(
    ("day", "is_settled"),
    [("2026-12-31", True), ("2027-01-01", False), ("2027-01-02", False)],
)
def test_the_mention_is_settled_until_the_tax_code_moves(day: str, *, is_settled: bool) -> None:
    mention = mention_on(date.fromisoformat(day))
    assert mention.is_settled is is_settled
    assert ("impositions sur les biens et services" in mention.law) is not is_settled
    for wording in (mention.duplicate, mention.summary):
        assert MENTION.search(wording.format(base="1\u202f021,06", vat="204,21"))


def test_no_mention_is_invented_for_the_franc() -> None:
    assert mention_on(date(2002, 1, 1)).source
    with pytest.raises(ValueNotCovered):
        mention_on(date(2001, 12, 31))


def test_vat_is_claimed_until_the_end_of_the_second_year_after() -> None:
    assert last_day_to_claim(date(2025, 6, 3)) == date(2027, 12, 31)
    assert last_day_to_claim(date(2026, 1, 1)) == last_day_to_claim(date(2026, 12, 31))
