"""Figures are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from generators.figures import Figure, differences, figures, names_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la somme de 1 234,56 €", "1234.56"),
        ("la somme de 1.234,56 €", "1234.56"),
        ("12500 euros", "12500.00"),
        ("40 €", "40.00"),
        ("0,50 EUR", "0.50"),
        ("Total | 3 000,00", "3000.00"),
        ("facture n° 2026 500,00 €", "500.00"),
        ("1 000 000,00 €", "1000000.00"),
    ],
)
def test_amounts(text: str, expected: str) -> None:
    assert figures(text) == {Figure("amount", expected): 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 22 novembre 2026", "2026-11-22"),
        ("le 1er Août 2026", "2026-08-01"),
        ("le 03/04/2026", "2026-04-03"),
        ("au 2026-11-22", "2026-11-22"),
        ("le 31/02/2026", "31/02/2026"),
    ],
)
def test_dates_and_days_that_are_none(text: str, expected: str) -> None:
    assert figures(text) == {Figure("date", expected): 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("article L. 441-10 II du Code", {"L441-10"}),
        ("art. L441-10", {"L441-10"}),
        ("articles 1231-5 et 1344 du Code civil", {"1231-5", "1344"}),
        ("articles L. 441-10, D. 441-5 et 1231-6", {"L441-10", "D441-5", "1231-6"}),
        ("en application des L. 313-2 et R. 124-3", {"L313-2", "R124-3"}),
    ],
)
def test_articles(text: str, expected: set[str]) -> None:
    assert figures(text) == {Figure("article", value): 1 for value in expected}


@pytest.mark.parametrize(
    "text",
    [
        "SIREN 811 223 346",
        "27 B rue des Tanneurs, 72100 Le Mans",
        "RCS Paris",
        "2 pages",
        "tél. 01 99 00 12 34",
        "3 fois le taux",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == {}


def test_the_digits_of_an_iban_or_a_rate_are_no_amount() -> None:
    found = figures("IBAN FR76 3000 6000 0112 3456 7890 189, taux 12,15 %")
    assert found == {Figure("iban", "FR7630006000011234567890189"): 1, Figure("rate", "12.15"): 1}


def test_names_of_the_data_and_of_who_is_addressed() -> None:
    snapshot = {
        "debtor": {"name": "Étang & Fils"},
        "x": [{"first_name": "Ana", "last_name": "Roy"}],
    }
    names = names_in(snapshot)
    assert names == {"Étang & Fils", "Ana Roy"}
    found = figures("ÉTANG & FILS, Mme Ana Roy, Me Jean Dubreuil", names)
    assert set(found) == {
        Figure("name", "Étang & Fils"),
        Figure("name", "Ana Roy"),
        Figure("name", "Jean Dubreuil"),
    }


def test_what_stands_in_one_text_only_comes_first_and_swaps_are_seen() -> None:
    before, after = figures("1,00 € 2,00 € 2,00 €"), figures("1,00 € 1,00 € 2,00 € 3,00 €")
    told = [(figure.value, was, now) for figure, was, now in differences(before, after)]
    assert told == [("3.00", 0, 1), ("1.00", 1, 2), ("2.00", 2, 1)]


def test_a_long_text_of_digits_takes_no_time() -> None:
    assert figures("1 " * 20_000) == {}
    assert figures("article " + "1, " * 5_000)


def test_many_articles_take_no_time() -> None:
    assert figures("article L. 441-10. " * 20_000) == {Figure("article", "L441-10"): 20_000}
