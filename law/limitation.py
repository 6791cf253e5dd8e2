"""Until when a claim may be sued for: limitation by nature of claim and parties.

Only what the law says interrupts is counted. What may interrupt, or may shorten the period, is
told beside the result and left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from law.calendar import (
    OTHER_PROCEDURE,
    Region,
    next_day_of_presentation,
    next_working_day,
    plus_months,
    region_of,
    time_limit,
)
from law.case import Case, Claim, Party
from law.french import date_longue, typographic
from law.parameters import DatedValue, parameter
from law.regime import regime_name

LimitationOutcome = Literal["open", "near", "expired"]

_COMMERCIAL_FORMS: Final = frozenset(
    {"SA", "SAS", "SASU", "SARL", "EURL", "SNC", "SCS", "SCA", "SE", "SELARL", "SELAS"}
)
_ACKNOWLEDGMENTS: Final = frozenset({"promise_to_pay", "payment_plan"})
_EVENTS: Final = frozenset({"court_order", "service", "enforcement", *_ACKNOWLEDGMENTS})
_TITLE: Final = "limitation.enforcement_months"
_CREDIT: Final = "limitation.consumer_credit_months"
_CONSUMER: Final = "limitation.consumer_months"
_CARRIAGE: Final = re.compile(r"\b(?:transport|fret|affr[eè]tement)", re.IGNORECASE)
_MOST_YEARS: Final = 20
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAction:
    """Another action on the same facts, with a period of its own.

    Attributes:
        label: What it is, in French.
        last_day: Last day of its period; None where no text read gives one.
        article: Text that gives the action.
    """

    label: str
    last_day: date | None
    article: str


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
        interrupted_on: Day of the last act that interrupted. The period runs anew from it; from
            the decision, when that act is its service.
        is_title: Whether what runs is the time to enforce a title, no longer to sue.
        is_consumer_law: Whether the period is one of consumer law, which a judge may raise.
        if_confirmed_on: Last day, if all that may have interrupted did; None if nothing may.
        others: Other actions on the same facts.
        doubts: In French, why the period itself may be another one: told whatever the outcome.
        notes: In French, what a person must confirm of its course.
    """

    starts_on: date
    last_day: date
    ends_on: date
    outcome: LimitationOutcome
    article: str
    months: int
    interrupted_on: date | None
    is_title: bool
    is_consumer_law: bool
    if_confirmed_on: date | None
    others: Sequence[OtherAction]
    doubts: Sequence[str]
    notes: Sequence[str]


def limitation(case: Case, claim: Claim, as_of: date) -> Limitation:
    """The limitation of a claim on a day, with what interrupted it.

    Sources:
        Art. 2224 C. civ., L. 110-4 C. com., L. 218-2 C. conso., R. 312-35 C. conso., 7-1 loi
        n° 89-462, L. 131-59 CMF, L. 111-4 CPCE: the periods.
        Art. 2233 3° C. civ.: a debt with a term does not prescribe before it.
        Art. 2228, 2229, 2231 C. civ.: days are counted, a period that is interrupted runs anew.
        Art. 2240, 2241, 2244 C. civ.: the closed list of what interrupts; a formal notice does
        not (Cass. com., 18 May 2022, n° 20-23.204).
        Cass. 1re civ., 10 July 1990, n° 89-13.345; art. 1411 CPC: an order for payment
        interrupts by its service, made in time.
        ADR 0096.
    """
    starts_on, name = _period(case, claim)
    counted = _Course(claim, starts_on, name)
    supposed = _Course(claim, starts_on, name, supposes=True)
    for event in sorted(_events(case, claim, starts_on, as_of)):
        counted.meet(event)
        supposed.meet(event)
    is_open_to_doubt = counted.uncounted and supposed.last_day > counted.last_day
    return Limitation(
        starts_on=counted.starts_on,
        last_day=counted.last_day,
        ends_on=counted.ends_on,
        outcome=_outcome(as_of, counted.last_day, counted.ends_on),
        article=counted.article,
        months=counted.months,
        interrupted_on=counted.interrupted_on,
        is_title=counted.name == _TITLE,
        is_consumer_law=counted.name in {_CONSUMER, _CREDIT},
        if_confirmed_on=supposed.last_day if is_open_to_doubt else None,
        others=tuple(_other_actions(claim)),
        doubts=[typographic(text) for text in _doubts(case, claim, counted)],
        notes=[typographic(text) for text in _notes(case, claim, counted, starts_on, as_of)],
    )


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


class _Event(NamedTuple):
    """A step or a payment that interrupts the period, or may."""

    on: date
    type: str


@dataclass(slots=True)
class _Course:
    """A period as it runs through events; ``supposes`` takes the doubtful ones for granted."""

    claim: Claim
    starts_on: date
    name: str
    supposes: bool = False
    interrupted_on: date | None = None
    order_on: date | None = None
    order_service_on: date | None = None
    is_order_service_late: bool = False
    uncounted: list[_Event] = field(default_factory=list)
    too_late: list[_Event] = field(default_factory=list)

    months: int = field(init=False)
    article: str = field(init=False)
    last_day: date = field(init=False)
    ends_on: date = field(init=False)

    def __post_init__(self) -> None:
        """Find where the period ends, as each time that it runs anew."""
        row, self.last_day, self.ends_on = _end(self.name, self.starts_on)
        self.months, self.article = int(row.value), row.source

    def meet(self, event: _Event) -> None:
        """Let an event have its effect; events come in order of date."""
        if event.on <= self.starts_on:
            return
        if event.on > self.ends_on:
            self.too_late.append(event)
            if not self._is_of_an_order(event):
                return
        if event.type == "enforcement":
            self._run_anew(event, event.on)
        elif event.type == "court_order":
            self.order_on = event.on
            self._suppose(event)
        elif event.type == "service" and self.order_on is not None:
            self._serve(event, self.order_on)
        else:
            self._suppose(event)

    def _is_of_an_order(self, event: _Event) -> bool:
        """Whether it makes a title, which stands whatever became of the claim before it."""
        if self.claim.type == "cheque" or self.name == _TITLE:
            return False
        return event.type == "court_order" or (
            self.order_on is not None and event.type in {"service", "enforcement"}
        )

    def _serve(self, event: _Event, order_on: date) -> None:
        months = _row("limitation.order_service_months", order_on).value
        self.order_service_on = event.on
        if event.on > time_limit(order_on, months=int(months)).ends_on:
            self.is_order_service_late = True
            self._suppose(event)
        else:
            self._run_anew(event, event.on if self.claim.type == "cheque" else order_on)

    def _suppose(self, event: _Event) -> None:
        self.uncounted.append(event)
        if self.supposes:
            self._run_anew(event, event.on)

    def _run_anew(self, event: _Event, starts_on: date) -> None:
        self.interrupted_on, self.starts_on = event.on, max(starts_on, self.starts_on)
        if not self.supposes:
            self.uncounted.clear()
        if self.order_on is not None and self.claim.type != "cheque":
            self.name = _TITLE
        self.__post_init__()


def _events(case: Case, claim: Claim, since: date, as_of: date) -> set[_Event]:
    """What may bear on the period from the day after it begins to run; each once."""
    steps = {
        _Event(step.on, step.type)
        for step in case.steps
        if step.type in _EVENTS and since < step.on <= as_of
    }
    payments = {
        _Event(payment.received_on, "payment")
        for payment in case.payments
        if payment.claim_id in {None, claim.id} and since < payment.received_on <= as_of
    }
    return steps | payments


def _period(case: Case, claim: Claim) -> tuple[date, str]:
    debtor = case.debtor or case.creditor
    if claim.type == "cheque":
        return presentation_end(claim.due_on), "limitation.cheque_drawer_months"
    if regime_name(case.creditor, debtor, claim) == "residential_rent":
        return claim.due_on, "limitation.residential_rent_months"
    if _is_against_consumer(case) and claim.legal_basis == "contract":
        return claim.due_on, _CREDIT if claim.type == "loan" else _CONSUMER
    if is_trader(case.creditor) or is_trader(debtor):
        return claim.due_on, "limitation.commercial_months"
    return claim.due_on, "limitation.general_months"


@lru_cache(maxsize=4096)
def _end(name: str, starts_on: date) -> tuple[DatedValue, date, date]:
    """The period that runs from a day: its row, its last day, the same as moved."""
    row = _row(name, starts_on)
    last_day = plus_months(starts_on, int(row.value))
    return row, last_day, next_working_day(last_day)


def _row(name: str, day: date) -> DatedValue:
    """The value of a day; of the first day verified, for one before it."""
    found = parameter(name)
    return found.on(max(day, found.values[0].since))


def _is_against_consumer(case: Case) -> bool:
    debtor = case.debtor or case.creditor
    return case.creditor.is_professional and not debtor.is_professional


def _outcome(as_of: date, last_day: date, ends_on: date) -> LimitationOutcome:
    if as_of > ends_on:
        return "expired"
    near = parameter("limitation.near_months").on(as_of).value
    return "near" if plus_months(as_of, int(near)) >= last_day else "open"


def _other_actions(claim: Claim) -> Iterator[OtherAction]:
    """The actions of the holder of a cheque beside that against its drawer."""
    if claim.type != "cheque":
        return
    row = _row("limitation.cheque_drawee_months", claim.due_on)
    last_day = plus_months(presentation_end(claim.due_on), int(row.value))
    yield OtherAction(label="action contre la banque tirée", last_day=last_day, article=row.source)
    label = "action contre le tireur qui n'a pas fait provision"
    yield OtherAction(label=typographic(label), last_day=None, article=row.source)
    label = "action née de la créance d'origine, selon sa propre prescription"
    yield OtherAction(label=typographic(label), last_day=None, article="art. 1353 C. civ.")


def _doubts(case: Case, claim: Claim, course: _Course) -> Iterator[str]:
    parties = [case.creditor, *([case.debtor] if case.debtor else [])]
    if any(party.type == "public_body" for party in parties):
        yield (
            "Une personne publique est partie : les délais qui lui sont propres n'ont pas été "
            "vérifiés."
        )
    regions = {region_of(party.address) for party in parties}
    if regions & OTHER_PROCEDURE:
        yield "Une partie relève d'un autre code de procédure (art. 1575 et s. CPC) : à vérifier."
    elif any(region == "france" and p.address.country != "FR" for p, region in _located(parties)):
        yield "Une partie est établie hors de France : la loi applicable est à vérifier."
    if course.name == _TITLE:
        return
    if claim.legal_basis == "bill_of_exchange":
        yield "Un effet de commerce a ses propres délais, qui n'ont pas été vérifiés."
    if claim.description and _CARRIAGE.search(claim.description):
        row = _row("limitation.carriage_months", claim.due_on)
        day = date_longue(plus_months(claim.issued_on or claim.due_on, int(row.value)))
        yield (
            "Si la créance naît d'un transport de marchandises, elle se prescrit par un an de la "
            f"livraison ou de son offre ({row.source}) : au plus tard le {day} pour une livraison "
            "au jour de la facture."
        )


def _located(parties: Iterable[Party]) -> Iterator[tuple[Party, Region]]:
    for party in parties:
        yield party, region_of(party.address)


def _notes(case: Case, claim: Claim, course: _Course, first_on: date, as_of: date) -> Iterator[str]:
    yield from _notes_on_start(claim, course)
    yield from _notes_on_events(claim, course)
    if course.last_day < as_of <= course.ends_on:
        yield (
            "Le dernier jour est passé ; le report au premier jour ouvrable (art. 642 CPC) est "
            "écrit pour les délais de procédure."
        )
    if course.last_day > plus_months(first_on, 12 * _MOST_YEARS):
        yield "Le butoir de vingt ans (art. 2232 C. civ.) est à vérifier."
    if course.name != _TITLE and case.debtor is not None:
        yield (
            "Une médiation ou une conciliation convenue, ou l'accord du débiteur à la procédure "
            "simplifiée (art. L. 125-1 CPCE), suspend la prescription (art. 2238 C. civ.) : non "
            "compté."
        )


def _notes_on_start(claim: Claim, course: _Course) -> Iterator[str]:
    if course.name == _CONSUMER:
        yield (
            "Le point de départ retenu est l'échéance ; il peut être antérieur (exécution de la "
            "prestation)."
        )
    elif course.name == _CREDIT:
        yield (
            "Forclusion que le juge relève d'office ; elle court du premier incident non "
            "régularisé, l'échéance est retenue ici."
        )
    elif claim.type == "cheque":
        yield (
            "Au-delà subsistent l'action contre le tireur qui n'a pas fait provision et l'action "
            "née de la créance d'origine (art. L. 131-59 CMF)."
        )
        yield (
            "Délai de présentation retenu : huit jours, pour un chèque émis et payable en France "
            "métropolitaine (art. L. 131-32 CMF)."
        )
        if presentation_end(claim.due_on).weekday() == _SATURDAY:
            yield (
                "Le délai de présentation finit un samedi ; son report n'est pas établi (art. "
                "R. 131-4 CMF)."
            )


def _notes_on_events(claim: Claim, course: _Course) -> Iterator[str]:
    uncounted = {event.type for event in course.uncounted}
    if "court_order" in uncounted and course.order_service_on is None:
        yield (
            "Une décision figure au dossier sans sa signification. Une ordonnance d'injonction de "
            "payer n'interrompt que par elle (Cass. 1re civ., 10 juillet 1990, n° 89-13.345) ; un "
            "jugement s'exécute pendant dix ans (art. L. 111-4 CPCE) : à confirmer, non compté."
        )
    if course.is_order_service_late and "service" in uncounted:
        yield (
            "L'ordonnance d'injonction de payer signifiée hors délai est non avenue (art. 1411 "
            "CPC) ; un jugement ne l'est que dans le cas de l'article 478 : à confirmer, non "
            "compté."
        )
    elif "service" in uncounted and course.order_on is None:
        yield (
            "Une signification figure au dossier sans décision : une assignation interrompt (art. "
            "2241 C. civ.), une sommation non. À confirmer, non compté."
        )
    if uncounted & _ACKNOWLEDGMENTS:
        yield (
            "Une promesse ou un échéancier peut valoir reconnaissance de la dette et interrompre "
            "la prescription (art. 2240 C. civ.) : à confirmer, non compté."
        )
    if "payment" in uncounted:
        yield (
            "Un paiement partiel peut valoir reconnaissance de la dette (art. 2240 C. civ.) : à "
            "confirmer, non compté."
        )
    if course.order_on is not None and course.interrupted_on is not None:
        yield (
            "L'interruption est perdue si la demande est retirée, périmée ou définitivement "
            "rejetée (art. 2243 C. civ.)."
        )
        if claim.type == "cheque":
            yield (
                "Le titre délivré pour un chèque impayé se prescrit comme la créance qu'il "
                "constate ; une décision de justice s'exécute pendant dix ans (art. L. 111-4 CPCE)."
            )
    if course.too_late:
        yield _too_late(course.too_late[0].on, is_title=course.name == _TITLE)


def _too_late(on: date, *, is_title: bool) -> str:
    if is_title:
        return (
            f"La décision ou l'acte du {date_longue(on)} est postérieur au terme de la "
            "prescription : la demande a dû être formée avant (art. 2241 C. civ.), à vérifier."
        )
    return (
        f"L'acte du {date_longue(on)} est postérieur au terme : il n'interrompt plus rien, sauf "
        "demande en justice formée avant (art. 2241 C. civ.)."
    )
