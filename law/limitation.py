"""Until when a claim may be sued for: limitation by nature of claim and parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from law.calendar import next_day_of_presentation, next_working_day, plus_months
from law.case import Case, Claim, Party, Step
from law.french import typographic
from law.parameters import parameter
from law.regime import regime_name

LimitationOutcome = Literal["open", "near", "expired"]

_COMMERCIAL_FORMS = frozenset(
    {"SA", "SAS", "SASU", "SARL", "EURL", "SNC", "SCS", "SCA", "SE", "SELARL", "SELAS"}
)
_INTERRUPTING = frozenset({"court_order", "service", "enforcement"})
_POSSIBLE_ACKNOWLEDGMENT = frozenset({"promise_to_pay", "payment_plan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limitation:
    """The limitation of one claim, as of a day.

    Attributes:
        starts_on: Day from which the period runs; that day itself is not counted (2228).
        last_day: Last day of the period by its own text, over when the day is (2229).
        ends_on: The same, moved to the next working day (641, 642 CPC). These articles are
            written for time limits of procedure: sue by ``last_day`` to be safe.
        outcome: ``near`` from four months before ``last_day``; ``expired`` once ``ends_on``
            is over.
        article: Text that sets the period.
        months: Length of the period.
        interrupted_on: Day of the last act that interrupted, from which the period ran anew.
        notes: In French, what a person must confirm.
    """

    starts_on: date
    last_day: date
    ends_on: date
    outcome: LimitationOutcome
    article: str
    months: int
    interrupted_on: date | None
    notes: Sequence[str]


def limitation(case: Case, claim: Claim, as_of: date) -> Limitation:
    """The limitation of a claim on a day, with what interrupted it.

    Sources:
        Art. 2224 C. civ., L. 110-4 C. com., L. 218-2 C. conso., R. 312-35 C. conso., 7-1 loi
        n° 89-462, L. 131-59 CMF, L. 111-4 CPCE: the periods.
        Art. 2233 3° C. civ.: a debt with a term does not prescribe before it.
        Art. 2240, 2241, 2244 C. civ.: the closed list of what interrupts; a formal notice does
        not (Cass. com., 18 May 2022, n° 20-23.204).
        ADR 0016.
    """
    starts_on, name = _period(case, claim)
    steps = _interrupting(case.steps, starts_on, as_of)
    if steps:
        starts_on = steps[-1].on
        if claim.type != "cheque" and any(step.type == "court_order" for step in steps):
            name = "limitation.enforcement_months"
    period = parameter(name)
    row = period.on(max(starts_on, period.values[0].since))
    last_day = plus_months(starts_on, int(row.value))
    ends_on = next_working_day(last_day)
    return Limitation(
        starts_on=starts_on,
        last_day=last_day,
        ends_on=ends_on,
        outcome=_outcome(as_of, last_day, ends_on),
        article=row.source,
        months=int(row.value),
        interrupted_on=steps[-1].on if steps else None,
        notes=[typographic(note) for note in _notes(case, claim, name, steps, as_of)],
    )


def _period(case: Case, claim: Claim) -> tuple[date, str]:
    debtor = case.debtor or case.creditor
    consumer = case.creditor.is_professional and not debtor.is_professional
    if claim.type == "cheque":
        return presentation_end(claim.due_on), "limitation.cheque_drawer_months"
    if regime_name(case.creditor, debtor, claim) == "residential_rent":
        return claim.due_on, "limitation.residential_rent_months"
    if consumer and claim.legal_basis == "contract":
        if claim.type == "loan":
            return claim.due_on, "limitation.consumer_credit_months"
        return claim.due_on, "limitation.consumer_months"
    if is_trader(case.creditor) or is_trader(debtor):
        return claim.due_on, "limitation.commercial_months"
    return claim.due_on, "limitation.general_months"


def presentation_end(issued_on: date) -> date:
    """Last day to present a cheque issued and payable in mainland France.

    >>> presentation_end(date(2026, 3, 2))
    datetime.date(2026, 3, 10)

    Sources:
        Art. L. 131-32, R. 131-3, R. 131-4 CMF.
    """
    days = parameter("limitation.cheque_presentation_days").on(issued_on).value
    return next_day_of_presentation(issued_on + timedelta(days=int(days)))


def is_trader(party: Party) -> bool:
    """Whether a party is a trader: by its stated activity, else by its commercial form."""
    if party.activity is not None:
        return party.activity == "commercial"
    return party.type == "company" and (party.legal_form or "").upper() in _COMMERCIAL_FORMS


def _interrupting(steps: Sequence[Step], starts_on: date, as_of: date) -> list[Step]:
    found = [s for s in steps if s.type in _INTERRUPTING and starts_on < s.on <= as_of]
    return sorted(found, key=lambda step: step.on)


def _outcome(as_of: date, last_day: date, ends_on: date) -> LimitationOutcome:
    if as_of > ends_on:
        return "expired"
    near = parameter("limitation.near_months").on(as_of).value
    return "near" if plus_months(as_of, int(near)) >= last_day else "open"


def _notes(
    case: Case, claim: Claim, name: str, interrupting: Sequence[Step], as_of: date
) -> list[str]:
    notes = []
    last = interrupting[-1].type if interrupting else None
    if last == "court_order":
        notes.append(
            "Une ordonnance d'injonction de payer n'interrompt la prescription que par sa "
            "signification ; vérifier la nature de la décision."
        )
    if any(step.type in _POSSIBLE_ACKNOWLEDGMENT and step.on <= as_of for step in case.steps):
        notes.append(
            "Une promesse ou un échéancier peut valoir reconnaissance de la dette et interrompre "
            "la prescription (art. 2240 C. civ.) : à confirmer, non compté."
        )
    if any(p.received_on > claim.due_on and p.received_on <= as_of for p in case.payments):
        notes.append(
            "Un paiement partiel peut valoir reconnaissance de la dette (art. 2240 C. civ.) : à "
            "confirmer, non compté."
        )
    if name == "limitation.consumer_months":
        notes.append(
            "Le point de départ retenu est l'échéance ; il peut être antérieur (exécution de la "
            "prestation)."
        )
    if name == "limitation.cheque_drawer_months":
        notes.append(
            "Au-delà subsistent l'action contre le tireur qui n'a pas fait provision et l'action "
            "née de la créance d'origine (art. L. 131-59 CMF)."
        )
    return notes
