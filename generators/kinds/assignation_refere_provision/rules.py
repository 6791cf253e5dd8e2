"""What must hold before a provision is asked for in summary proceedings."""

from __future__ import annotations

from collections.abc import Iterator

from generators.kind import Facts
from generators.kinds.assignation_refere_provision.content import statement_of
from generators.summons_rules import summons_checks
from law.case import Case
from law.checks import claims_undisputed
from law.findings import Check
from law.ledger import PaymentExceedsDebt
from law.rates import RateTables
from law.wording import check, claim_name

_ARTICLES = "art. 835 et 873 CPC"


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a summons for a provision."""
    try:
        computed = statement_of(facts, rates)
    except PaymentExceedsDebt:
        computed = None
    return [
        *_disputes(facts),
        *_damages(facts.case),
        *_penalties(facts.case),
        *_nothing_left(computed),
        *summons_checks(facts, rates, computed, "assignation_refere_provision"),
    ]


def _nothing_left(computed: object) -> Iterator[Check]:
    due = getattr(getattr(computed, "totals", None), "due_cents", None)
    if due == 0:
        text = "Rien n'est plus dû hors clause pénale."
        yield check("nothing-due", "refuse", "art. 1342 C. civ.", "/case/claims", text)


def _disputes(facts: Facts) -> list[Check]:
    """A disputed claim is refused unless the act says why the dispute is not serious."""
    if facts.options.reply_to_dispute:
        text = (
            "Une réponse à la contestation est exposée : le juge des référés appréciera si "
            "celle-ci est sérieuse."
        )
        pointer = "/options/reply_to_dispute"
        return [check("claim-disputed", "warn", _ARTICLES, pointer, text)]
    return claims_undisputed(facts.case, facts.as_of, outcome="refuse", article=_ARTICLES)


def _damages(case: Case) -> Iterator[Check]:
    """No damages provisionally: their amount is for the judge of the merits."""
    for at, claim in enumerate(case.claims):
        if claim.legal_basis == "damages":
            text = (
                "Des dommages-intérêts ne se demandent pas à titre de provision : {claim} ; "
                "préférer l'assignation au fond."
            )
            pointer = f"/case/claims/{at}/legal_basis"
            name = claim_name(claim)
            yield check("amount-undetermined", "refuse", _ARTICLES, pointer, text, claim=name)


def _penalties(case: Case) -> Iterator[Check]:
    """Penalty clauses are left out of what is asked."""
    for at, claim in enumerate(case.claims):
        if claim.penalty_clause:
            text = "Clause pénale non demandée en référé, le juge pouvant la modérer : {claim}."
            pointer = f"/case/claims/{at}/penalty_clause"
            name = claim_name(claim)
            yield check(
                "penalty-clause-left-out", "warn", "art. 1231-5 C. civ.", pointer, text, claim=name
            )
