"""What acts share that are no letters: where and when they are signed, in how many originals."""

from __future__ import annotations

from datetime import date

from generators.options import ActOptions
from law.case import Case
from law.french import date_unbroken
from law.number_words import integer_in_words


def place_and_date(case: Case, options: ActOptions, as_of: date) -> str:
    """Where and when an act is made: the creditor's town and the day of the act, unless said."""
    place = options.place or case.creditor.address.city
    return f"{place}, le {date_unbroken(options.letter_date or as_of)}"


def originals(number: int) -> str:
    """How many originals are made, in words.

    >>> originals(1), originals(3)
    ('un original', 'trois originaux')
    """
    words = integer_in_words(number)
    return f"{words} original" if number == 1 else f"{words} originaux"
