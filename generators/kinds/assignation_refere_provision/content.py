"""What a summons for a provision says. Pure.

Sources:
    Art. 835 al. 2 and 873 al. 2 CPC: what is not seriously disputable, provisionally.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from generators.kind import Context, Facts
from generators.summons_content import required_of_summons, summons_values
from law.case import Case
from law.rates import RateTables
from law.statement import Statement, statement

TITLE = "Assignation en référé-provision"
_PROCEDURE: Final = "assignation_refere_provision"


def without_penalty(case: Case) -> Case:
    """The case without its penalty clauses, which a judge on the merits alone may weigh.

    Sources:
        Art. 1231-5 C. civ. ADR 0133.
    """
    return replace(case, claims=[replace(claim, penalty_clause=None) for claim in case.claims])


def statement_of(facts: Facts, rates: RateTables) -> Statement:
    """What is owed on the day of the act, penalty clauses left out."""
    return statement(without_penalty(facts.case), facts.as_of, rates)


def build(facts: Facts, computed: Statement | None) -> Context:
    """The values of the template."""
    provisional = replace(facts, case=without_penalty(facts.case))
    context = dict(summons_values(provisional, computed, _PROCEDURE, title=TITLE))
    debt = {key: value for key, value in context["debt"].items() if key != "penalty"}
    return {**context, "debt": debt}


def required(context: Context) -> list[str]:
    """What such a summons must say."""
    return [
        TITLE,
        "à titre provisionnel",
        "sérieusement contestable",
        *required_of_summons(context),
    ]
