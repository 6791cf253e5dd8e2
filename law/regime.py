"""Which law of late payment governs a claim: rate, first day, flat fee.

The qualities of the parties and the nature of the claim decide; what the parties agreed comes
next. The choices that the texts leave open are in ``docs/decisions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from law.calendar import plus_months
from law.case import Case, Claim, InterestBasis, LateInterest, Party
from law.half_years import first_day, half_year_of, label
from law.parameters import parameter
from law.rates import ECB, LegalColumn, RateTables, RateUnknown, RateUsed

DAY_COUNT = 365
_ECB_PLUS = LateInterest(basis="ecb_plus")
_LEGAL = LateInterest(basis="legal")

RegimeName = Literal["commercial", "public", "civil", "residential_rent"]


@dataclass(frozen=True, slots=True)
class YearlyRate:
    """The rate of one half-year, also as whole numbers for exact arithmetic.

    Interest in cents is ``base * days * numerator / denominator``; the denominator holds the
    365 days of the year.
    """

    rate: Decimal
    numerator: int
    denominator: int
    used: tuple[RateUsed, ...]


class Terms:
    """A rule that gives the yearly rate of any half-year; each is looked up once.

    Attributes:
        basis: What the rate rests on, as printed beside it.
        is_agreed: Whether the parties agreed it, so that the floor of the law applies to it.
        frozen_on: Day whose half-year fixes the rate for the whole delay (public buyers).
        increase: Added to the legal rate once a judgment has long been unpaid.
        counted: Half-years of which an account has counted interest at this rule.
    """

    def __init__(
        self,
        interest: LateInterest,
        tables: RateTables,
        column: LegalColumn,
        *,
        is_agreed: bool,
        frozen_on: date | None = None,
        increase: Decimal = Decimal(0),
    ) -> None:
        self.basis: InterestBasis = interest.basis
        self.is_agreed = is_agreed
        self.frozen_on = frozen_on
        self.increase = increase
        self.counted: set[int] = set()
        self._interest = interest
        self._tables = tables
        self._column = column
        self._by_half_year: dict[int, YearlyRate] = {}

    @property
    def varies(self) -> bool:
        """Whether the rate may change from one half-year to the next."""
        return self.basis != "contractual" and self.frozen_on is None

    def at(self, half_year: int) -> YearlyRate:
        """The rate of a half-year.

        Raises:
            RateUnknown: a published rate it rests on is not in the tables.
        """
        known = self._by_half_year.get(half_year)
        if known is None:
            known = self._by_half_year[half_year] = self._look_up(half_year)
        return known

    def _look_up(self, half_year: int) -> YearlyRate:
        on = self.frozen_on or first_day(half_year)
        interest = self._interest
        used: tuple[RateUsed, ...] = ()
        if interest.rate is not None and self.basis == "contractual":
            rate = interest.rate
        elif self.basis == "ecb_plus":
            ecb = self._tables.ecb(on)
            rate, used = ecb.rate + self._points(on), (ecb,)
        else:
            legal = self._tables.legal(on, self._column)
            multiple = interest.multiple if self.basis == "legal_multiple" else None
            rate = legal.rate * (1 if multiple is None else multiple) + self.increase
            used = (legal,)
        numerator, denominator = rate.as_integer_ratio()
        return YearlyRate(rate, numerator, denominator * DAY_COUNT, used)

    def _points(self, on: date) -> Decimal:
        if self._interest.points is not None:
            return self._interest.points
        points = parameter(
            "late_interest.public_points" if self.frozen_on else "late_interest.default_points"
        )
        if not points.covers(on):
            since = points.values[0].since
            why = f"the rule that adds points to it was verified from {since} only"
            raise RateUnknown.of(ECB, label(half_year_of(on)), why, pointer="/case/claims")
        return points.on(on).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """The decision that ordered payment of a claim, as the steps of the case tell it.

    Attributes:
        on: Day of the decision.
        served_on: Day of its service, from which it is taken to be enforceable; None if it was
            not served.
    """

    on: date
    served_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """What governs one claim.

    Attributes:
        terms: Rule of the rate; None when no interest is claimed.
        starts_on: First day counted; None when nothing has started interest yet.
        noticed_on: Day of the first formal notice after the due date, by a step or by the act.
        fee: Name of the parameter of the flat recovery fee, or None.
        judgment: The first decision after the due date, if there is one.
        increased: Rule of the rate from ``increased_from`` on; None where nothing increases it.
        increased_from: First day at the legal rate plus five points.
    """

    name: RegimeName
    terms: Terms | None
    starts_on: date | None
    noticed_on: date | None
    fee: str | None
    judgment: Judgment | None = None
    increased: Terms | None = None
    increased_from: date | None = None


class Regimes:
    """Finds the regime of each claim of a case; claims on equal terms share one rule."""

    def __init__(
        self, case: Case, debtor: Party, as_of: date, tables: RateTables, notice_on: date | None
    ) -> None:
        self._creditor, self._debtor = case.creditor, debtor
        self._tables = tables
        self._notice_on = notice_on if notice_on and notice_on <= as_of else None
        self._notices = sorted(
            step.on for step in case.steps if step.type == "formal_notice" and step.on <= as_of
        )
        past = [step for step in case.steps if step.on <= as_of]
        self._decisions = sorted(step.on for step in past if step.type == "court_order")
        self._services = sorted(step.on for step in past if step.type == "service")
        self._terms: dict[object, Terms] = {}

    def of(self, claim: Claim) -> Regime:
        """The regime of a claim."""
        name = regime_name(self._creditor, self._debtor, claim)
        judgment = self._judgment(claim)
        starts_on = self._starts_on(claim, name, judgment)
        terms = self._terms_of(claim, name, starts_on)
        increased_from = _increased_from(claim, terms, judgment)
        return Regime(
            name=name,
            terms=terms,
            starts_on=starts_on,
            noticed_on=self._noticed_on(claim),
            fee=_FEES.get(name),
            judgment=judgment,
            increased=self._increased(increased_from) if increased_from else None,
            increased_from=increased_from,
        )

    def _judgment(self, claim: Claim) -> Judgment | None:
        on = min((day for day in self._decisions if day >= claim.due_on), default=None)
        if on is None:
            return None
        served_on = min((day for day in self._services if day >= on), default=None)
        return Judgment(on=on, served_on=served_on)

    def _noticed_on(self, claim: Claim) -> date | None:
        days = [*self._notices, *([self._notice_on] if self._notice_on else [])]
        return min((day for day in days if day > claim.due_on), default=None)

    def _starts_on(self, claim: Claim, name: RegimeName, judgment: Judgment | None) -> date | None:
        if claim.interest_from is not None:
            return claim.interest_from
        if name in {"commercial", "public"}:
            return claim.due_on + timedelta(days=1)
        if claim.legal_basis == "damages":
            return judgment.on if judgment else None
        days = [day for day in self._notices if day > claim.due_on]
        if self._notice_on and self._notice_on > claim.due_on:
            # The letter leaves on its day: it puts the debtor on notice from the next at most.
            days.append(self._notice_on + timedelta(days=1))
        if judgment:
            days.append(judgment.on)
        return min(days, default=None)

    def _terms_of(self, claim: Claim, name: RegimeName, starts_on: date | None) -> Terms | None:
        agreed = claim.late_interest
        if name == "residential_rent" and agreed and agreed.basis != "none":
            agreed = None
        if agreed is not None and agreed.basis == "none":
            return None
        default = _ECB_PLUS if name in _FEES else _LEGAL
        frozen_on = None
        if agreed is None and name == "public" and starts_on:
            frozen_on = first_day(half_year_of(starts_on))
        interest = agreed or default
        key = (interest, agreed is None, frozen_on)
        if key not in self._terms:
            self._terms[key] = Terms(
                interest,
                self._tables,
                legal_column(self._creditor),
                is_agreed=agreed is not None and name == "commercial",
                frozen_on=frozen_on,
            )
        return self._terms[key]

    def _increased(self, increased_from: date) -> Terms:
        increase = parameter("late_interest.judgment_increase").on(increased_from).value
        key = ("increased", increase)
        if key not in self._terms:
            self._terms[key] = Terms(
                _LEGAL,
                self._tables,
                legal_column(self._creditor),
                is_agreed=False,
                increase=increase,
            )
        return self._terms[key]


def _increased_from(claim: Claim, terms: Terms | None, judgment: Judgment | None) -> date | None:
    """First day at the legal rate plus five points, or None.

    Sources:
        Art. L. 313-3 CMF: once two months have passed since the decision became enforceable.
        Cass. 2e civ., 7 Jan. 2016, n° 14-26.449: not for the title of an unpaid cheque.
        ADR 0017: enforceable on the day of service, which is counted within the two months.
    """
    if terms is None or terms.basis != "legal" or claim.type == "cheque":
        return None
    if judgment is None or judgment.served_on is None:
        return None
    months = int(parameter("late_interest.judgment_months").on(judgment.served_on).value)
    return plus_months(judgment.served_on, months) + timedelta(days=1)


_FEES: dict[RegimeName, str] = {
    "commercial": "late_interest.recovery_fee_cents",
    "public": "late_interest.public_recovery_fee_cents",
}


def regime_name(creditor: Party, debtor: Party, claim: Claim) -> RegimeName:
    """The law that governs late payment of a claim between two parties.

    Sources:
        Art. L. 441-10 C. com.: between professionals, for the price of goods and services.
        Art. L. 2192-13 CCP: public buyers.
        Art. 1231-6 C. civ.: everyone else.
        Art. 4 loi n° 89-462: a residential tenant owes no penalty.
        ADR 0014: only an invoice is taken for such a price.
    """
    if claim.type == "rent":
        return "civil" if debtor.is_professional else "residential_rent"
    is_price = claim.type == "invoice" and claim.legal_basis != "damages"
    if not (is_price and creditor.is_professional and debtor.is_professional):
        return "civil"
    return "public" if debtor.type == "public_body" else "commercial"


def legal_column(creditor: Party) -> LegalColumn:
    """The column of the legal rate: it depends on the creditor alone (art. L. 313-2 CMF)."""
    return "other" if creditor.is_professional else "consumer_creditor"


def rates_below_floor(
    terms: Terms, tables: RateTables, half_years: Sequence[int]
) -> tuple[list[tuple[int, RateUsed, Decimal]], list[int]]:
    """The half-years in which an agreed rate lies below three times the legal rate.

    Returns:
        The half-years at fault, each with its legal rate and the floor; and those for which
            the floor is not known.

    Sources:
        Art. L. 441-10 II C. com.
    """
    multiple = parameter("late_interest.floor_multiple")
    below: list[tuple[int, RateUsed, Decimal]] = []
    unknown: list[int] = []
    for half_year in half_years:
        on = first_day(half_year)
        try:
            legal = tables.legal(on, "other")
        except RateUnknown:
            unknown.append(half_year)
            continue
        if not multiple.covers(on):
            unknown.append(half_year)
        elif terms.at(half_year).rate < (floor := legal.rate * multiple.on(on).value):
            below.append((half_year, legal, floor))
    return below, unknown
