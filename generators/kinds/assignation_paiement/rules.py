"""What must hold before a debtor is summoned to pay."""

from __future__ import annotations

from generators.court_rules import disputed_checks
from generators.kind import Facts
from generators.kinds.assignation_paiement.content import statement_of
from generators.summons_rules import summons_checks
from law.findings import Check
from law.ledger import PaymentExceedsDebt
from law.rates import RateTables


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a summons to pay."""
    try:
        computed = statement_of(facts, rates)
    except PaymentExceedsDebt:
        computed = None
    return [
        *disputed_checks(
            facts.case,
            "Contestation ({what}) : y répondre dans les moyens de l'assignation.",
            "art. 56 2° CPC",
        ),
        *summons_checks(facts, rates, computed, "assignation_paiement"),
    ]
