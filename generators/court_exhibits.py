"""The exhibits of an act before a court: numbered in the order of the case, told where they bear.

An exhibit bears on a claim or a step when its label names it, by number, reference or date. No
other link is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from law.case import Case, Claim, Exhibit, Step
from law.french import NBSP, date_courte, date_longue, date_unbroken, enumerate_and
from law.place_names import plain_place

_SHORT = 25


def exhibit_values(case: Case, *more: str) -> dict[str, Any]:
    """The list of exhibits, and whether it is short enough to stand on one page.

    Args:
        case: The facts.
        more: Documents that the act itself adds, which come last.

    Returns:
        ``rows`` (``number`` from one, ``label``, ``date``) and ``short``.
    """
    rows = [
        {
            "number": str(at),
            "label": exhibit.label,
            "date": date_courte(exhibit.on) if exhibit.on else "\u2013",
        }
        for at, exhibit in enumerate(case.exhibits, start=1)
    ]
    rows += [
        {"number": str(at), "label": label, "date": "\u2013"}
        for at, label in enumerate(more, start=len(rows) + 1)
    ]
    return {"rows": rows, "short": len(rows) <= _SHORT}


def of_claim(case: Case, claim: Claim) -> list[int]:
    """Numbers of the exhibits that name a claim by its number."""
    if not claim.number:
        return []
    return _numbers(case.exhibits, [claim.number])


def of_step(case: Case, step: Step) -> list[int]:
    """Numbers of the exhibits that name a step by its reference or, a notice, by its date."""
    marks = [step.reference] if step.reference else []
    if step.type != "formal_notice":
        return _numbers(case.exhibits, marks)
    days = [date_longue(step.on), date_unbroken(step.on), date_courte(step.on)]
    notices = [
        at
        for at in _numbers(case.exhibits, days)
        if "MISE EN DEMEURE" in plain_place(case.exhibits[at - 1].label)
    ]
    return sorted({*_numbers(case.exhibits, marks), *notices})


def _numbers(exhibits: Sequence[Exhibit], marks: Iterable[str]) -> list[int]:
    wanted = [re.compile(rf"(?<![\w-]){re.escape(mark)}(?![\w-])") for mark in marks]
    return [
        at
        for at, exhibit in enumerate(exhibits, start=1)
        if any(mark.search(exhibit.label) for mark in wanted)
    ]


def pieces(numbers: Sequence[int]) -> str:
    """``pièce n° 3``, ``pièces n° 1 et 4``, or nothing."""
    if not numbers:
        return ""
    noun = "pièce" if len(numbers) == 1 else "pièces"
    return f"{noun} n°{NBSP}{enumerate_and(map(str, numbers))}"
