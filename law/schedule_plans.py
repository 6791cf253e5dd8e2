"""Plans of dunning: which act follows which, after how many days, by what means.

A plan binds nobody. The named ones are calendars in use; what they leave open and we filled in
is marked step by step (`PlanStep.filled_in`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal

from law.case import Channel, StepType
from law.french import typographic
from law.parameters import DATA

CountedFrom = Literal["due_on", "previous", "payment"]
PlanName = Literal[
    "old_client_large",
    "old_client_small",
    "new_client_large",
    "new_client_small",
    "guide",
    "guide_key_account",
]
DunningKind = Literal[
    "rappel_avant_echeance",
    "relance",
    "echeancier",
    "suspension_livraisons",
    "mise_en_demeure",
    "lettre_libre",
    "requete_injonction_de_payer",
    "remerciement",
]
"""The kinds of act that a plan may hold, by their slugs."""

SPOKEN: Final[frozenset[Channel]] = frozenset({"phone", "in_person", "sms"})
"""Channels by which something is said or sent for which no act is made."""

_STEP_TYPES: Final[Mapping[DunningKind, StepType]] = {
    "rappel_avant_echeance": "reminder",
    "relance": "reminder",
    "echeancier": "payment_plan",
    "mise_en_demeure": "formal_notice",
}
_SPOKEN_TYPES: Final[Mapping[Channel, StepType]] = {
    "phone": "phone_call",
    "in_person": "visit",
    "sms": "reminder",
}
_LABELS: Final[Mapping[DunningKind, str]] = {
    "rappel_avant_echeance": "Rappel avant échéance",
    "echeancier": "Proposition d'échéancier",
    "suspension_livraisons": "Suspension des livraisons",
    "mise_en_demeure": "Mise en demeure",
    "lettre_libre": "Lettre",
    "requete_injonction_de_payer": "Requête en injonction de payer",
    "remerciement": "Remerciement après paiement",
}
_SPOKEN_LABELS: Final[Mapping[Channel, str]] = {
    "phone": "Relance téléphonique",
    "in_person": "Visite",
    "sms": "Message",
}
_TITLES: Final[Mapping[PlanName, str]] = {
    "old_client_large": "Ancien client, grosse créance",
    "old_client_small": "Ancien client, petite créance",
    "new_client_large": "Nouveau client ou récidiviste, grosse créance",
    "new_client_small": "Nouveau client ou récidiviste, petite créance",
    "guide": "Guide : rappel avant échéance, courriels, appel, recommandé, remerciement",
    "guide_key_account": "Guide, gros client : rappel avant échéance par téléphone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of a plan.

    Attributes:
        kind: Slug of the act to make; None where something is said and no act made.
        channel: By what means.
        offset_days: Days after the event it is counted from; negative before it.
        counted_from: Due date, step before, or the payment that settles the debt.
        level: Tone of a ``relance``, 1 to 3.
        filled_in: Which of these the calendar leaves open, so that we chose it.
    """

    kind: DunningKind | None
    channel: Channel
    offset_days: int
    counted_from: CountedFrom
    level: int | None = None
    filled_in: Sequence[str] = ()

    @property
    def label(self) -> str:
        """What the step is, in French."""
        if self.kind is None:
            return _SPOKEN_LABELS[self.channel]
        if self.kind == "relance":
            return f"Relance n°\u00a0{self.level}"
        return typographic(_LABELS[self.kind])

    @property
    def step_type(self) -> StepType:
        """The type under which a case tells that it was done."""
        if self.kind is None:
            return _SPOKEN_TYPES[self.channel]
        return _STEP_TYPES.get(self.kind, "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Steps in order; the thanks after payment, if there are any, come last."""

    name: str
    title: str
    steps: Sequence[PlanStep]

    def with_pre_due_reminder(self, *, wanted: bool) -> Plan:
        """The plan with, or without, a reminder a week before the due date."""
        first = self.steps[0]
        if wanted == (first.counted_from == "due_on" and first.offset_days < 0):
            return self
        steps = (_PRE_DUE, *self.steps) if wanted else self.steps[1:]
        return replace(self, steps=steps)

    def with_thanks(self, *, wanted: bool) -> Plan:
        """The plan with, or without, thanks on the day after payment."""
        if wanted == (self.steps[-1].counted_from == "payment"):
            return self
        return replace(self, steps=(*self.steps, _THANKS) if wanted else self.steps[:-1])


_PRE_DUE: Final = PlanStep(
    kind="rappel_avant_echeance", channel="email", offset_days=-7, counted_from="due_on"
)
_THANKS: Final = PlanStep(
    kind="remerciement",
    channel="email",
    offset_days=1,
    counted_from="payment",
    filled_in=("channel",),
)


@cache
def plans() -> Mapping[str, Plan]:
    """The named plans.

    Sources:
        law/data/reminder_calendars.csv. ADR 0097: what they leave open.
    """
    with (DATA / "reminder_calendars.csv").open(encoding="utf-8", newline="") as file:
        rows = groupby(csv.DictReader(file), key=itemgetter("plan"))
        steps = {name: tuple(map(_plan_step, group)) for name, group in rows}
    return {
        name: Plan(name=name, title=typographic(title), steps=steps[name])
        for name, title in _TITLES.items()
    }


def custom_plan(steps: Sequence[PlanStep]) -> Plan:
    """A plan of the client's own; a ``relance`` without level gets the next one, 3 at most."""
    numbered, level = [], 0
    for step in steps:
        if step.kind == "relance":
            level = step.level or min(level + 1, 3)
            step = replace(step, level=level)  # noqa: PLW2901 - the step, numbered
        numbered.append(step)
    return Plan(name="custom", title="Calendrier propre", steps=tuple(numbered))


def _plan_step(row: Mapping[str, str]) -> PlanStep:
    return PlanStep(
        kind=row["kind"] or None,  # type: ignore[arg-type] # a test compares them with the type
        channel=row["channel"],  # type: ignore[arg-type] # as above
        offset_days=int(row["offset_days"]),
        counted_from=row["from"],  # type: ignore[arg-type] # as above
        level=int(row["level"]) if row["level"] else None,
        filled_in=tuple(row["filled_in"].split()),
    )
