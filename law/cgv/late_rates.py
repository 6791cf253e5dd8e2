"""Yearly rates of late penalties that a text states, as figures on the day of the audit.

A rate may be a number, a multiple of the legal rate, or the legal or the ECB's rate with points
added; only those formulas that depend on a published rate or on months are read here, because
plain yearly percentages are patterns of the rulebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from law.cgv.normalised import sentence_at

LEGAL: Final = "taux_interet_legal_professionnel"
ECB: Final = "taux_bce"
_MONTHS: Final = 12
_NUMBER: Final = (
    r"(?P<n>\d{1,2}(?:,\d+)?|une|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze)"
)
_AGAIN: Final = r"(?: ?\(\d+(?:,\d+)?\))?"
_OF_THE_LAW: Final = r"taux (?:(?:d'|de l'|de )?interets? )?legal(?: en vigueur)?"
_OF_THE_ECB: Final = (
    r"(?:banque centrale europeenne|\bbce\b|taux (?:directeur|refi|de refinancement)|refinancement)"
)
_ADDED: Final = (
    r"(?:majore\w*|augmente\w*|\+)[^.;]{0,12}?"
    rf"\b{_NUMBER}{_AGAIN} ?(?:points?|%|pour ?cent)"
)
_FORMULAS: Final = (
    ("legal_plus", re.compile(rf"{_OF_THE_LAW}[^.;]{{0,20}}?{_ADDED}")),
    ("ecb_plus", re.compile(rf"{_OF_THE_ECB}[^.;]{{0,110}}?{_ADDED}")),
    ("multiple", re.compile(rf"\b{_NUMBER}{_AGAIN} ?fois (?:le |du |au )?{_OF_THE_LAW}")),
    (
        "monthly",
        re.compile(
            r"(?P<n>\d{1,2}(?:,\d+)?) ?(?:%|pour ?cent)(?: \w+)? ?(?:par mois|mensuel\w*|/ ?mois)"
        ),
    ),
)
_IS_LATE_RATE: Final = re.compile(r"penalit|interets? (?:de retard|morat)|retard|porte\w* interet")


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRate:
    """A yearly rate that the text states.

    Attributes:
        percent: On the day of the audit; None while a rate it needs is not published.
        start: Where it stands in the normalised text.
        end: Likewise.
    """

    percent: Decimal | None
    start: int
    end: int


def late_rates(
    text: str, values: Mapping[str, Decimal], number_words: Mapping[str, int]
) -> Iterator[LateRate]:
    """The rates that a normalised text states by a formula, where it speaks of late payment."""
    for formula, pattern in _FORMULAS:
        for found in pattern.finditer(text):
            first, last = sentence_at(text, *found.span())
            if not _IS_LATE_RATE.search(text, first, last):
                continue
            number = _number(found["n"], number_words)
            yield LateRate(
                percent=_percent(formula, number, values), start=found.start(), end=found.end()
            )


def _percent(formula: str, number: Decimal, values: Mapping[str, Decimal]) -> Decimal | None:
    if formula == "monthly":
        return number * _MONTHS
    published = values.get(ECB if formula == "ecb_plus" else LEGAL)
    if published is None:
        return None
    return published * number if formula == "multiple" else published + number


def _number(text: str, number_words: Mapping[str, int]) -> Decimal:
    word = number_words.get(text)
    return Decimal(word) if word is not None else Decimal(text.replace(",", "."))
