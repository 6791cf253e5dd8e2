"""Statements computed: ``python -m bench.law``.

A thousand invoices over ten years with five hundred payments that name none of them, so that the
law must choose for each; then a case of one invoice, which is what most requests hold. There is
no peer to set beside it: the computing is ours alone, and pure Python. Times are of the processor,
which other work of the machine does not lengthen.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from datetime import date, timedelta
from random import Random
from typing import Final

from law.case import Address, Case, Claim, Party, Payment
from law.rates import RateTables
from law.statement import statement

AS_OF: Final = date(2026, 11, 22)
FIRST: Final = date(2016, 11, 22)
CLAIMS: Final = 1_000
PAYMENTS: Final = 500
TARGET_MS: Final = 60.0
_ADDRESS: Final = Address(lines=["1 rue de l'Essai"], postal_code="63000", city="Clermont-Ferrand")


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description="Statements computed.")
    parser.add_argument("--rounds", type=int, default=15, help="of each case (%(default)s)")
    rounds = parser.parse_args().rounds
    rates = RateTables.load()
    print("statements of the law, pure Python, one process; processor times in ms")
    print(f"  {'':44} {'lines':>7} {'p50':>9} {'least':>9}")
    large, small = _case(CLAIMS, PAYMENTS), _case(1, 0)
    for what, case in (("1 invoice", small), ("1,000 invoices, 500 payments, 10 years", large)):
        lines, times = _times(case, rates, rounds)
        print(f"  {what:44} {lines:>7} {statistics.median(times):>9.2f} {min(times):>9.2f}")
    print(f"  target for the second: {TARGET_MS:.0f} ms")


def _case(claims: int, payments: int) -> Case:
    """Invoices and payments of a fixed sequence, so that two runs compute the same."""
    random = Random(20261122)  # noqa: S311 - a sample, not a secret
    invoices = []
    for at in range(claims):
        issued_on = FIRST + timedelta(days=random.randrange(3_600))
        invoices.append(
            Claim(
                id=f"c{at}",
                type="invoice",
                number=f"F-{at:04}",
                issued_on=issued_on,
                due_on=issued_on + timedelta(days=30),
                amount_incl_tax_cents=random.randrange(50_000, 900_000),
            )
        )
    received = [
        Payment(
            received_on=FIRST + timedelta(days=random.randrange(100, 3_650)),
            amount_cents=random.randrange(1_000, 90_000),
        )
        for _ in range(payments)
    ]
    creditor, debtor = (
        Party(type="company", name=name, legal_form="SAS", address=_ADDRESS)
        for name in ("Exemple SAS", "Modèle SAS")
    )
    return Case(
        reference="BENCH", creditor=creditor, debtor=debtor, claims=invoices, payments=received
    )


def _times(case: Case, rates: RateTables, rounds: int) -> tuple[int, list[float]]:
    times = []
    lines = 0
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        result = statement(case, AS_OF, rates)
        times.append((time.process_time() - start) * 1_000)
        lines = sum(len(claim.interest) for claim in result.claims)
    return lines, times


if __name__ == "__main__":
    main()
