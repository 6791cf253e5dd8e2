"""The dunning calendar of a case: which steps are done, which is next, on what working day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from law.calendar import Region, next_working_day, previous_working_day, region_of
from law.case import Case, Claim, Step, StepType
from law.checks import debtor_in_insolvency, debtor_over_indebted, limitation_checks
from law.findings import Check
from law.french import date_longue
from law.schedule_plans import Plan, PlanStep
from law.schedule_remarks import Remark, remarks
from law.wording import check, claim_name

StepStatus = Literal["done", "skipped", "overdue", "next", "planned"]
ScheduleStatus = Literal["running", "completed", "settled", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledStep:
    """A step of a plan on the days of a case.

    Attributes:
        number: Place in the calendar, from 1.
        plan_step: What it is.
        planned_on: Its day if every step before were on time.
        on: Day on which it was done, or is to be done; the planned day of one that was skipped.
        moved_from: The day that is no working day and from which ``on`` was moved.
        status: ``overdue`` is the next step when its day is past.
    """

    number: int
    plan_step: PlanStep
    planned_on: date
    on: date
    moved_from: date | None
    status: StepStatus
    remarks: Sequence[Remark]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The dunning calendar of a case on a day.

    Attributes:
        claim: The claim whose due date the calendar counts from.
        region: Whose holidays are no working days: that of the debtor's address.
        status: ``settled`` when the principal is paid, ``stopped`` when the law forbids to ask.
        next_number: Number of the step to take next, or None.
        warnings: What of the case speaks against the next step, or for haste.
    """

    case_reference: str
    as_of: date
    plan: Plan
    claim: Claim
    region: Region
    status: ScheduleStatus
    next_number: int | None
    steps: Sequence[ScheduledStep]
    warnings: Sequence[Check]


def schedule(case: Case, plan: Plan, as_of: date, *, claim_id: str | None = None) -> Schedule:
    """The calendar of a plan for a case, given the steps that the case tells.

    Args:
        case: A case with at least one claim.
        plan: The plan to follow.
        as_of: The day it is; later steps and payments are not looked at.
        claim_id: The claim to count from; else the unpaid one that fell due first.

    Sources:
        No text: a calendar binds nobody. ADR 0097: plans, ADR 0098: days and matching.
        Art. L. 622-7, L. 622-21 C. com., L. 722-2, L. 722-5 C. conso.: when nothing is asked.
    """
    ledger = _Ledger.of(case, as_of)
    claim = ledger.claim(claim_id)
    settled_on = ledger.settled_on(claim_id)
    debtor = case.debtor or case.creditor
    forbidding = [debtor_in_insolvency(case, as_of), debtor_over_indebted(case, as_of)]
    is_stopped = any(found.outcome == "refuse" for found in forbidding)
    course = _Course(
        case=case,
        claim=claim,
        as_of=as_of,
        region=region_of(debtor.address),
        is_over=is_stopped or ledger.is_settled(claim_id),
    )
    dunning = [step for step in plan.steps if step.counted_from != "payment"]
    steps = course.run(dunning)
    if settled_on is not None and not is_stopped:
        thanks = [step for step in plan.steps if step.counted_from == "payment"]
        steps += [course.thank(step, settled_on, len(steps) + 1) for step in thanks]
    to_do = next((step for step in steps if step.status in {"next", "overdue"}), None)
    status: ScheduleStatus = "running" if to_do else "completed"
    if is_stopped or ledger.is_settled(claim_id):
        status = "stopped" if is_stopped else "settled"
    found = [*forbidding, *limitation_checks(case, as_of), *_open_matters(case, as_of)]
    if status == "settled":
        found.append(_principal_only())
    return Schedule(
        case_reference=case.reference,
        as_of=as_of,
        plan=plan,
        claim=claim,
        region=course.region,
        status=status,
        next_number=to_do.number if to_do else None,
        steps=steps,
        warnings=[one for one in found if one.outcome != "pass"],
    )


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is left of each principal; enough to know whether to ask for money."""

    case: Case
    as_of: date
    left: Mapping[str, int]

    @classmethod
    def of(cls, case: Case, as_of: date) -> _Ledger:
        """Payments without a claim settle the oldest due first, which is precise enough here."""
        left = {claim.id: claim.amount_incl_tax_cents for claim in case.claims}
        for note in case.credit_notes:
            if note.issued_on <= as_of:
                left[note.claim_id] -= note.amount_incl_tax_cents
        free = 0
        for payment in case.payments:
            if payment.received_on <= as_of and payment.claim_id is None:
                free += payment.amount_cents
            elif payment.received_on <= as_of and payment.claim_id is not None:
                left[payment.claim_id] -= payment.amount_cents
        for claim in sorted(case.claims, key=lambda claim: claim.due_on):
            part = min(free, max(left[claim.id], 0))
            left[claim.id] -= part
            free -= part
        return cls(case, as_of, left)

    def claim(self, claim_id: str | None) -> Claim:
        """The claim to count from."""
        if claim_id is not None:
            return next(claim for claim in self.case.claims if claim.id == claim_id)
        by_age = sorted(self.case.claims, key=lambda claim: claim.due_on)
        return next((claim for claim in by_age if self.left[claim.id] > 0), by_age[0])

    def is_settled(self, claim_id: str | None) -> bool:
        """Whether nothing is left, of one claim or of all."""
        wanted = [claim_id] if claim_id is not None else list(self.left)
        return all(self.left[one] <= 0 for one in wanted)

    def settled_on(self, claim_id: str | None) -> date | None:
        """Day of the last payment of what is settled; None without one."""
        if not self.is_settled(claim_id):
            return None
        days = [
            payment.received_on
            for payment in self.case.payments
            if payment.received_on <= self.as_of
            and (claim_id is None or payment.claim_id in {None, claim_id})
        ]
        return max(days, default=None)


@dataclass(slots=True, kw_only=True)
class _Course:
    """A plan run against the days of a case."""

    case: Case
    claim: Claim
    as_of: date
    region: Region
    is_over: bool

    def run(self, plan_steps: Sequence[PlanStep]) -> list[ScheduledStep]:
        """Every step of dunning with its day and status."""
        planned = list(self._targets(plan_steps))
        done = self._done(plan_steps, planned)
        last_done = max(done, default=-1)
        steps, is_next_found = [], False
        previous = self.claim.due_on
        for at, (step, target) in enumerate(zip(plan_steps, planned, strict=True)):
            wanted = (self.claim.due_on if step.counted_from == "due_on" else previous) + timedelta(
                days=step.offset_days
            )
            status: StepStatus
            if at in done:
                status, on = "done", done[at]
                previous = max(day for before, day in done.items() if before <= at)
            elif self._is_skipped(at, last_done, target):
                status, on, previous = "skipped", self._working(target), wanted
            elif not is_next_found:
                is_next_found = True
                on = self._working(wanted)
                status = "overdue" if on < self.as_of else "next"
                previous = max(wanted, self.as_of)
            else:
                wanted = max(wanted, previous)
                status, on, previous = "planned", self._working(wanted), wanted
            moves = status in {"next", "overdue", "planned"} and on != wanted
            moved_from = wanted if moves else None
            planned_on = self._working(target)
            steps.append(self._step(at + 1, step, planned_on, on, status, moved_from=moved_from))
        return steps

    def thank(self, step: PlanStep, settled_on: date, number: int) -> ScheduledStep:
        """The thanks after payment: sooner rather than later, since they are due within a day."""
        wanted = settled_on + timedelta(days=step.offset_days)
        on = previous_working_day(wanted, self.region)
        if on < settled_on:
            on = next_working_day(wanted, self.region)
        planned_on = on
        told = (s.on for s in self.case.steps if s.type == "other" and s.channel == step.channel)
        done_on = min((day for day in told if settled_on <= day <= self.as_of), default=None)
        status: StepStatus = "overdue" if on < self.as_of else "next"
        moved_from = wanted if on != wanted else None
        if done_on is not None:
            status, on, moved_from = "done", done_on, None
        return self._step(number, step, planned_on, on, status, moved_from=moved_from)

    def _step(
        self,
        number: int,
        step: PlanStep,
        planned_on: date,
        on: date,
        status: StepStatus,
        *,
        moved_from: date | None,
    ) -> ScheduledStep:
        return ScheduledStep(
            number=number,
            plan_step=step,
            planned_on=planned_on,
            on=on,
            moved_from=moved_from,
            status=status,
            remarks=remarks(self.case, self.claim, step),
        )

    def _targets(self, plan_steps: Sequence[PlanStep]) -> Iterator[date]:
        previous = self.claim.due_on
        for step in plan_steps:
            base = self.claim.due_on if step.counted_from == "due_on" else previous
            previous = base + timedelta(days=step.offset_days)
            yield previous

    def _working(self, day: date) -> date:
        """The working day: before the due date the one before, so that notice is not cut short."""
        if day <= self.claim.due_on:
            return previous_working_day(day, self.region)
        return next_working_day(day, self.region)

    def _done(self, plan_steps: Sequence[PlanStep], targets: Sequence[date]) -> dict[int, date]:
        """The steps that the case tells: the first of their type not yet taken, by day."""
        done: dict[int, date] = {}
        for told in sorted(self.case.steps, key=lambda step: step.on):
            if told.on > self.as_of or told.on < (self.claim.issued_on or date.min):
                continue
            for at, step in enumerate(plan_steps):
                is_before = targets[at] <= self.claim.due_on
                if at in done or is_before != (told.on <= self.claim.due_on):
                    continue
                if _is_told(step, told):
                    done[at] = told.on
                    break
        return done

    def _is_skipped(self, at: int, last_done: int, target: date) -> bool:
        """Passed over by a later step, out of date, or without object."""
        is_too_late = target <= self.claim.due_on < self.as_of
        return at < last_done or is_too_late or self.is_over


def _is_told(step: PlanStep, told: Step) -> bool:
    wanted: StepType = step.step_type
    return told.type == wanted and (wanted != "other" or told.channel == step.channel)


def _open_matters(case: Case, as_of: date) -> Iterator[Check]:
    """What a person should look at before the next step."""
    for at, claim in enumerate(case.claims):
        if claim.disputed:
            text = "Le débiteur conteste : {claim}. Répondre avant de relancer."
            pointer = f"/case/claims/{at}/disputed"
            yield check(
                "claim-disputed", "warn", "art. 1219 C. civ.", pointer, text,
                claim=claim_name(claim),
            )  # fmt: skip
    for at, step in enumerate(case.steps):
        if step.type in _MATTERS and step.on <= as_of:
            pointer, day = f"/case/steps/{at}", date_longue(step.on)
            yield check("open-matter", "warn", None, pointer, _MATTERS[step.type], day=day)


_MATTERS: Mapping[StepType, str] = {
    "dispute": "Contestation du {day} : vérifier qu'elle a reçu réponse.",
    "payment_plan": "Échéancier du {day} : vérifier qu'il n'est plus en cours.",
    "promise_to_pay": "Promesse de payer du {day} : vérifier qu'elle n'est pas tenue.",
    "undeliverable": "Envoi du {day} non distribué : vérifier l'adresse avant le prochain.",
}


def _principal_only() -> Check:
    text = "Le principal est réglé ; intérêts et indemnités restent à vérifier au décompte."
    return check("principal-settled", "warn", "art. 1343-1 C. civ.", "/case/payments", text)
