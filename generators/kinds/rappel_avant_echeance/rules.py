"""What must hold before a reminder of what is not due yet: above all, that nothing is late."""

from __future__ import annotations

import re
from typing import Final

from generators.kind import Facts
from generators.letter_checks import language_check, letter_date_check
from generators.letters import address_checks
from generators.options import LetterOptions
from generators.reach_checks import (
    claims_in_euros_checks,
    consumer_contact_checks,
    debtor_in_france_check,
    free_text_checks,
    free_texts,
    own_name_check,
)
from law.case import ClaimType
from law.checks import PRE_DUE_REMINDER, Subject, run
from law.findings import Check
from law.french import date_longue
from law.rates import RateTables
from law.wording import check, claim_name

_ALLOWED: Final[frozenset[ClaimType]] = frozenset({"invoice", "rent", "loan", "other"})
_WHY: Final[dict[ClaimType, str]] = {
    "cheque": "un chèque est payable à vue (art. L. 131-31 CMF) : il n'a pas d'échéance."
}
_LATE_WORDS: Final = re.compile(
    r"\b(?:retards?|impayée?s?|pénalités?|mise\s+en\s+demeure|intérêts\s+moratoires)\b"
    r"|\b40(?:,00)?\s*(?:€|euros)",
    re.IGNORECASE,
)


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a reminder before the due date."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        own_name_check(case),
        debtor_in_france_check(case),
        *claims_in_euros_checks(case, _ALLOWED, why=_WHY),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(case=case, as_of=facts.as_of, rates=rates, delivery=options.delivery)
    names = (*PRE_DUE_REMINDER, "statement", "electronic-registered-consent", "claim-disputed")
    return [
        *scope,
        *run(names, subject),
        *_letter_not_late(facts),
        *_late_words(options),
        *consumer_contact_checks(case),
        *free_text_checks(options, case.debtor),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


def _letter_not_late(facts: Facts) -> list[Check]:
    """The letter bears a day on which nothing is late either."""
    letter_on = facts.options.letter_date
    for claim in facts.case.claims:
        if letter_on is not None and facts.as_of <= claim.due_on < letter_on:
            text = "La lettre est datée du {day}, après l'échéance : {claim}."
            return [
                check(
                    "claim-already-late",
                    "refuse",
                    "art. L. 441-10 II C. com.",
                    "/options/letter_date",
                    text,
                    day=date_longue(letter_on),
                    claim=claim_name(claim),
                )
            ]
    return []


def _late_words(options: LetterOptions) -> list[Check]:
    """Nothing is late until the day after the due date: no word of the sender's says it is."""
    found = []
    for pointer, text in free_texts(options):
        match = _LATE_WORDS.search(text)
        if match is not None:
            detail = "« {words} » : avant l'échéance rien n'est en retard, et rien ne doit le dire."
            article = "art. L. 441-10 II C. com."
            found.append(
                check("pre-due-words", "refuse", article, pointer, detail, words=match.group())
            )
    return found
