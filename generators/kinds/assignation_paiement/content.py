"""What a summons to pay says. Pure."""

from __future__ import annotations

from typing import Final

from generators.kind import Context, Facts
from generators.summons_content import required_of_summons, summons_values
from law.rates import RateTables
from law.statement import Statement, statement

TITLE = "Assignation en paiement"
_PROCEDURE: Final = "assignation_paiement"


def statement_of(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act."""
    return statement(facts.case, facts.as_of, rates)


def build(facts: Facts, computed: Statement | None) -> Context:
    """The values of the template."""
    return summons_values(facts, computed, _PROCEDURE, title=TITLE)


def required(context: Context) -> list[str]:
    """What such a summons must say."""
    return [TITLE, *required_of_summons(context)]
