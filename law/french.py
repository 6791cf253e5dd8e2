"""How acts write figures, dates and sentences in French.

Spaces follow the usage of print: U+202F (narrow, no break) within figures and before ``; ! ?``,
U+00A0 (no break) before ``: % €`` and inside quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

NBSP = "\u00a0"
NNBSP = "\u202f"
APOSTROPHE = "\u2019"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_BEFORE_HIGH_MARK = re.compile(r" ([;!?])")
_BEFORE_COLON = re.compile(r" ([:%€»])")


def integer(value: int) -> str:
    """A whole number in groups of three.

    >>> integer(1234567).replace(NNBSP, "_")
    '1_234_567'
    """
    return f"{value:,}".replace(",", NNBSP)


def number(cents: int) -> str:
    """A sum without its currency.

    >>> number(123456).replace(NNBSP, "_")
    '1_234,56'
    """
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{integer(whole)},{rest:02d}"


def money(cents: int, currency: str = "EUR") -> str:
    """A sum with its currency: the sign for euros, the ISO code for others."""
    return f"{number(cents)}{NBSP}{'€' if currency == 'EUR' else currency}"


def euros(cents: int) -> str:
    """A sum in euros.

    >>> euros(4000).replace(NBSP, "_")
    '40,00_€'
    """
    return money(cents)


def percent(rate: Decimal) -> str:
    """A rate, with two decimals or as many more as it has.

    >>> percent(Decimal("0.15")).replace(NBSP, "_"), percent(Decimal("0.03125")).replace(NBSP, "_")
    ('15,00_%', '3,125_%')
    """
    return f"{_decimal(rate.scaleb(2), least=2)}{NBSP}%"


def percent_short(rate: Decimal) -> str:
    """A rate without needless decimals, for running text.

    >>> percent_short(Decimal("0.10")).replace(NBSP, "_")
    '10_%'
    """
    return f"{_decimal(rate.scaleb(2), least=0)}{NBSP}%"


def points(rate: Decimal) -> str:
    """Percentage points, for running text.

    >>> points(Decimal("0.10")), points(Decimal("0.015"))
    ('10 points', '1,5 point')
    """
    value = rate.scaleb(2)
    return f"{_decimal(value, least=0)} {'points' if abs(value) >= 2 else 'point'}"  # noqa: PLR2004


def _decimal(value: Decimal, *, least: int) -> str:
    exact = value.normalize()
    decimals = max(least, -int(exact.as_tuple().exponent))
    whole, _, rest = f"{exact:.{decimals}f}".partition(".")
    grouped = integer(int(whole)) if not whole.startswith("-0") else whole
    return f"{grouped},{rest}" if rest else grouped


def date_longue(day: date) -> str:
    """A date in full.

    >>> date_longue(date(2026, 12, 1)), date_longue(date(2026, 11, 22))
    ('1er décembre 2026', '22 novembre 2026')
    """
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def date_unbroken(day: date) -> str:
    """A date in full whose day stays on the line of its month, for running text.

    >>> date_unbroken(date(2026, 11, 22)).replace(NBSP, "_")
    '22_novembre 2026'
    """
    return date_longue(day).replace(" ", NBSP, 1)


def date_courte(day: date) -> str:
    """A date in figures, for tables: ``22/11/2026``."""
    return f"{day:%d/%m/%Y}"


def half_year(first: date) -> str:
    """A half-year by its name.

    >>> half_year(date(2026, 7, 1))
    '2nd semestre 2026'
    """
    return f"{'1er' if first.month == 1 else '2nd'} semestre {first.year}"


def siren_groups(siren: str) -> str:
    """A SIREN in three groups.

    >>> siren_groups("801234568").replace(NNBSP, "_")
    '801_234_568'
    """
    return NNBSP.join((siren[:3], siren[3:6], siren[6:]))


def siret_groups(siret: str) -> str:
    """A SIRET: its SIREN, then the five figures of the establishment."""
    return f"{siren_groups(siret[:9])}{NNBSP}{siret[9:]}"


def iban_groups(iban: str) -> str:
    """An IBAN in groups of four, as printed on bank slips."""
    bare = re.sub(r"\s", "", iban)
    return NBSP.join(bare[at : at + 4] for at in range(0, len(bare), 4))


def count(quantity: int, one: str, many: str) -> str:
    """A number with its noun: in French, the plural begins at two.

    >>> count(1, "facture", "factures"), count(0, "facture", "factures")
    ('1 facture', '0 facture')
    """
    return f"{integer(quantity)} {one if abs(quantity) < 2 else many}"  # noqa: PLR2004


def enumerate_and(items: Iterable[str]) -> str:
    """A list in a sentence.

    >>> enumerate_and(["a", "b", "c"])
    'a, b et c'
    """
    *head, last = items
    return f"{', '.join(head)} et {last}" if head else last


def of_name(name: str) -> str:
    """A name after *de*, elided before a vowel; before *h* it is not known which is right.

    >>> [of_name(name).replace(APOSTROPHE, "'") for name in ("Aluminium", "Matériaux", "Écluse")]
    ["d'Aluminium", 'de Matériaux', "d'Écluse"]
    """
    first = unicodedata.normalize("NFD", name[:1]).lower()[:1]
    return f"d{APOSTROPHE}{name}" if first in set("aeiouœæ") else f"de {name}"


def typographic(text: str) -> str:
    """A sentence of ours with the spaces and apostrophes of print; never a client's text."""
    text = text.replace("'", APOSTROPHE).replace("« ", f"«{NBSP}")
    text = _BEFORE_HIGH_MARK.sub(rf"{NNBSP}\1", text)
    return _BEFORE_COLON.sub(rf"{NBSP}\1", text)


def ordinal(value: int, *, is_feminine: bool = False) -> str:
    """An ordinal in figures.

    >>> ordinal(1), ordinal(1, is_feminine=True), ordinal(21)
    ('1er', '1re', '21e')

    Raises:
        ValueError: the number is below 1.
    """
    if value < 1:
        raise ValueError(f"{value} has no ordinal")
    if value == 1:
        return "1re" if is_feminine else "1er"
    return f"{value}e"


Civility = Literal["M.", "Mme"]


def civility_in_full(civility: Civility | None) -> str:
    """A civility in full, as a salutation bears it; both where none is known.

    >>> civility_in_full("Mme"), civility_in_full(None)
    ('Madame', 'Madame, Monsieur')
    """
    return {"M.": "Monsieur", "Mme": "Madame"}.get(civility or "", "Madame, Monsieur")


def agreed(civility: Civility | None, masculine: str, feminine: str) -> str:
    """The form that agrees with a person, or both where the civility is not known.

    >>> agreed("Mme", "né", "née"), agreed(None, "né", "née"), agreed(None, "acheteur", "acheteuse")
    ('née', 'né(e)', 'acheteur ou acheteuse')
    """
    if civility is not None:
        return masculine if civility == "M." else feminine
    if feminine.startswith(masculine):
        return f"{masculine}({feminine.removeprefix(masculine)})"
    return f"{masculine} ou {feminine}"
