"""What a court is asked for, sum by sum, from the statement: each element of the debt apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from generators.court_debt import Debt, RunningInterest, running_interest
from generators.court_options import CourtOptions
from law.case import Case
from law.french import date_unbroken, euros, typographic
from law.statement import Statement

CAPITALISATION: Final = typographic(
    "dire que les intérêts dus pour une année entière au moins produiront eux-mêmes intérêt"
    " (article 1343-2 du Code civil)"
)


def sums_demanded(
    case: Case, statement: Statement, *, first_interest: str, with_penalty: bool = True
) -> list[str]:
    """The sums that make up the debt, one a line, with the interest that goes on.

    Args:
        case: The facts.
        statement: What is owed.
        first_interest: When interest that nothing has started yet begins: ``à compter de la
            présente assignation``.
        with_penalty: Whether the penalty clause is asked for.
    """
    debt = Debt.of_all(statement)
    as_of = date_unbroken(statement.as_of)
    running = running_interest(case, statement)
    lines = []
    if debt.principal.left_cents:
        lines.append(f"la somme de {euros(debt.principal.left_cents)} en principal")
    if debt.interest.left_cents:
        names = {each.name for each in running}
        name = names.pop() if len(names) == 1 else "intérêts de retard"
        lines.append(
            f"la somme de {euros(debt.interest.left_cents)} au titre des {name} arrêtés au {as_of}"
            if name.startswith("intérêts")
            else f"la somme de {euros(debt.interest.left_cents)} au titre des {name} arrêtées au"
            f" {as_of}"
        )
    lines += [_running_line(each, first_interest) for each in running]
    if debt.fee.left_cents:
        lines.append(
            f"la somme de {euros(debt.fee.left_cents)} au titre de l'indemnité forfaitaire pour"
            " frais de recouvrement"
        )
    if debt.penalty.left_cents and with_penalty:
        lines.append(f"la somme de {euros(debt.penalty.left_cents)} au titre de la clause pénale")
    return [typographic(line) for line in lines]


def _running_line(running: RunningInterest, first_interest: str) -> str:
    since = _since(running.starts_on, first_interest)
    base = euros(running.base_cents)
    return (
        f"les {running.name} au {running.rate} ({running.law}), sur la somme de {base},"
        f" {since} et jusqu'à parfait paiement"
    )


def _since(starts_on: date | None, first_interest: str) -> str:
    return f"à compter du {date_unbroken(starts_on)}" if starts_on else first_interest


def depens(statement: Statement) -> str:
    """The *dépens*, with the fees of the registry already paid.

    Sources:
        Art. 695, 696 CPC.
    """
    paid = statement.totals.costs_cents
    advanced = f", dont {euros(paid)} de frais de greffe avancés" if paid else ""
    return f"les dépens{advanced}"


def frais_irrepetibles(options: CourtOptions) -> Iterator[str]:
    """The sum of art. 700 CPC, when one is asked."""
    cents = options.frais_irrepetibles_cents
    if cents:
        yield typographic(
            f"la somme de {euros(cents)} au titre de l'article 700 du Code de procédure civile"
        )
