"""Warnings on what a judgment, a payment term or the age of interest may change in a statement."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from law.account import Account
from law.calendar import plus_months
from law.case import Claim
from law.findings import LegalWarning
from law.french import count, date_longue
from law.parameters import parameter, value_on_or_first
from law.regime import Judgment
from law.wording import claim_names, warning


def judgment_warnings(accounts: Sequence[Account]) -> Iterator[LegalWarning]:
    """What was counted, or not, after the decision that the steps of the case tell.

    Sources:
        Art. 1231-7 C. civ., L. 313-3 CMF; Cass. 2e civ., 7 Jan. 2016, n° 14-26.449; ADR 0017.
    """
    judged: dict[Judgment, list[Account]] = {}
    for account in accounts:
        if account.regime.judgment and account.regime.terms:
            judged.setdefault(account.regime.judgment, []).append(account)
    for judgment, group in judged.items():
        increased = [a for a in group if a.lines and _is_increased(a)]
        if increased:
            yield _increased(judgment, increased)
        yield from _not_increased(judgment, group)


def _is_increased(account: Account) -> bool:
    return account.lines[-1].last_on.toordinal() >= account.increased


def _increased(judgment: Judgment, accounts: Sequence[Account]) -> LegalWarning:
    return warning(
        "judgment-interest-increased",
        "art. L. 313-3 CMF",
        "Taux légal majoré de cinq points à compter du {day}, deux mois après la signification du "
        "{served_on} de la décision du {on}, tenue pour exécutoire ce jour-là : date à vérifier "
        "(l'ordonnance d'injonction de payer le devient plus tard) ; le juge de l'exécution peut "
        "réduire ou écarter la majoration ({claims}).",
        day=date_longue(date.fromordinal(accounts[0].increased)),
        served_on=date_longue(judgment.served_on or judgment.on),
        on=date_longue(judgment.on),
        claims=claim_names(account.claim for account in accounts),
    )


def _not_increased(judgment: Judgment, group: Sequence[Account]) -> Iterator[LegalWarning]:
    on = date_longue(judgment.on)
    cheques = [a.claim for a in group if a.claim.type == "cheque"]
    if cheques:
        yield warning(
            "judgment-increase-not-for-cheque",
            "art. L. 313-3 CMF ; Cass. 2e civ., 7 janvier 2016, n° 14-26.449",
            "La majoration de cinq points n'est pas comptée : elle ne s'applique pas au titre "
            "délivré pour un chèque impayé, qui n'est pas un jugement ({claims}).",
            claims=claim_names(cheques),
        )
    others = [a for a in group if a.claim.type != "cheque"]
    at_other_rates = [a.claim for a in others if a.regime.terms and a.regime.terms.basis != "legal"]
    if at_other_rates:
        yield warning(
            "judgment-rate-to-verify",
            "art. 1231-7 C. civ. ; art. L. 313-3 CMF",
            "Le même taux est compté après la décision du {on}, sans majoration : vérifier "
            "qu'elle l'accorde ; sinon, indiquer le taux légal ({claims}).",
            on=on,
            claims=claim_names(at_other_rates),
        )
    unserved = [
        a.claim for a in others if judgment.served_on is None and a.claim not in at_other_rates
    ]
    if unserved:
        yield warning(
            "judgment-not-served",
            "art. L. 313-3 CMF",
            "Aucune signification n'est indiquée après la décision du {on} : la majoration de "
            "cinq points n'est pas comptée ({claims}).",
            on=on,
            claims=claim_names(unserved),
        )


def term_warnings(accounts: Sequence[Account]) -> Iterator[LegalWarning]:
    """Payment terms above what the law allows: interest would have begun earlier.

    Sources:
        Art. R. 2192-10, R. 2192-11 CCP: 30 days; 50 for public health establishments and the
        army health service; 60 for public undertakings.
        Art. L. 441-10 I C. com.: 60 days after the invoice, or 45 days to the end of the month,
        in either way of counting.
    """
    public = [a.claim for a in accounts if a.regime.name == "public" and _is_late_public(a.claim)]
    if public:
        yield warning(
            "public-payment-term",
            "art. L. 2192-10, R. 2192-10 et R. 2192-11 CCP",
            "L'échéance dépasse {days} après la facture : un tel délai n'est permis qu'aux "
            "établissements publics de santé et au service de santé des armées (50 jours) ou aux "
            "entreprises publiques (60 jours) ; les intérêts sont comptés de l'échéance indiquée "
            "({claims}).",
            days=count(_days("public_term_days", public[0].due_on), "jour", "jours"),
            claims=claim_names(public),
        )
    entities = [a.claim for a in accounts if a.regime.name == "public" and a.lines]
    if entities:
        yield warning(
            "public-buyer-may-follow-commerce",
            "art. L. 2192-11 CCP",
            "Si l'acheteur est l'un de ceux que nomment les 2° et 3° de l'article L. 1212-1 du "
            "code de la commande publique, l'article L. 441-10 du code de commerce s'applique à "
            "la place du taux compté ({claims}).",
            claims=claim_names(entities),
        )
    shortest = min(row.value for row in parameter("late_interest.commercial_term_days").values)
    commercial = [
        a.claim
        for a in accounts
        if a.regime.name == "commercial"
        and a.claim.issued_on
        and (a.claim.due_on - a.claim.issued_on).days > shortest
        and a.claim.due_on > longest_commercial_term(a.claim.issued_on)
    ]
    if commercial:
        yield warning(
            "payment-term-above-maximum",
            "art. L. 441-10 I C. com.",
            "L'échéance dépasse le délai maximal entre professionnels (60 jours après la facture, "
            "ou 45 jours fin de mois) ; les intérêts sont comptés de l'échéance indiquée "
            "({claims}).",
            claims=claim_names(commercial),
        )


def _is_late_public(claim: Claim) -> bool:
    if claim.issued_on is None:
        return False
    return claim.due_on > claim.issued_on + timedelta(days=_days("public_term_days", claim.due_on))


def _days(name: str, day: date) -> int:
    return int(value_on_or_first(f"late_interest.{name}", day).value)


def longest_commercial_term(issued_on: date) -> date:
    """The latest due date that professionals may agree for an invoice, whichever way they count.

    >>> longest_commercial_term(date(2026, 1, 2)), longest_commercial_term(date(2026, 1, 31))
    (datetime.date(2026, 3, 17), datetime.date(2026, 4, 1))

    Sources:
        Art. L. 441-10 I C. com.; both ways of counting "45 jours fin de mois" are accepted.
    """
    days = _days("commercial_term_days", issued_on)
    more = _days("commercial_month_end_days", issued_on)
    return max(
        issued_on + timedelta(days=days),
        _month_end(issued_on) + timedelta(days=more),
        _month_end(issued_on + timedelta(days=more)),
    )


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def capitalisation_warnings(accounts: Sequence[Account], as_of: date) -> Iterator[LegalWarning]:
    """Interest unpaid for a whole year might bear interest; none is counted on it.

    The facts of a case do not tell whether a contract or a judgment provides for it (ADR 0019).

    Sources:
        Art. 1343-2 C. civ.
    """
    whole_year_before = _latest_start_of_a_year(as_of).toordinal()
    old = [a.claim for a in accounts if a.interest and _oldest_unpaid(a) <= whole_year_before]
    if old:
        yield warning(
            "interest-not-capitalised",
            "art. 1343-2 C. civ.",
            "Des intérêts sont dus pour une année entière : ils ne portent eux-mêmes intérêt que "
            "si le contrat ou un jugement le prévoit, ce qui n'est pas compté ({claims}).",
            claims=claim_names(old),
        )


def _latest_start_of_a_year(as_of: date) -> date:
    """The last day from which interest to the end of a day makes a whole year."""
    day = plus_months(as_of, -12) + timedelta(days=2)
    while plus_months(day, 12) > as_of + timedelta(days=1):
        day -= timedelta(days=1)
    return day


def _oldest_unpaid(account: Account) -> int:
    """First day of the oldest line whose interest is not all paid (oldest interest first)."""
    left = account.interest
    for line in reversed(account.lines):
        left -= line.amount_cents
        if left <= 0:
            return line.first_on.toordinal()
    return account.start
