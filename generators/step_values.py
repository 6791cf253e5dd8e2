"""The steps of a file as the rows of a table, for the creditor's side and not for the debtor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from law.case import Case, Channel, Step, StepType
from law.french import date_courte

STEP_NAMES: Final[Mapping[StepType, str]] = {
    "reminder": "Relance",
    "formal_notice": "Mise en demeure",
    "phone_call": "Appel téléphonique",
    "visit": "Visite",
    "undeliverable": "Courrier non distribué",
    "tracing": "Recherche du débiteur",
    "promise_to_pay": "Promesse de paiement",
    "payment_plan": "Échéancier",
    "dispute": "Contestation",
    "court_order": "Décision de justice",
    "service": "Signification",
    "enforcement": "Mesure d\u2019exécution",
    "other": "Autre démarche",
}
CHANNEL_NAMES: Final[Mapping[Channel, str]] = {
    "letter": "courrier",
    "registered_letter": "lettre recommandée",
    "electronic_registered_letter": "lettre recommandée électronique",
    "email": "courriel",
    "sms": "SMS",
    "phone": "téléphone",
    "in_person": "sur place",
    "court": "tribunal",
}
OFFERS: Final[frozenset[StepType]] = frozenset({"promise_to_pay", "payment_plan"})
_DASH: Final = "\u2013"


def past_steps(case: Case, as_of: date, *, of: Collection[StepType] | None = None) -> list[Step]:
    """The steps up to a day, oldest first, or those of some kinds."""
    kept = [step for step in case.steps if step.on <= as_of and (of is None or step.type in of)]
    return sorted(kept, key=lambda step: step.on)


def step_rows(case: Case, as_of: date) -> list[dict[str, str]]:
    """Every step up to a day: ``on``, ``what``, ``how``, ``reference``, ``outcome``."""
    return [
        {
            "on": date_courte(step.on),
            "what": STEP_NAMES[step.type],
            "how": CHANNEL_NAMES[step.channel] if step.channel else _DASH,
            "reference": step.reference or _DASH,
            "outcome": step.outcome or _DASH,
        }
        for step in past_steps(case, as_of)
    ]
