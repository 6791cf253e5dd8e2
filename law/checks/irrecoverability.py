"""Whether a file shows enough for a certificate of irrecoverability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from law.case import Case, Step
from law.findings import Check
from law.french import count, date_longue
from law.wording import check

_ARTICLE = "art. 272, 1 CGI"
_AMICABLE = frozenset({"reminder", "formal_notice", "phone_call", "visit"})
_LEAST_STEPS = 3
_LEAST_CHANNELS = 2
_LEAST_SEARCHES = 2


def certificate_steps(case: Case, as_of: date) -> Check:
    """A certificate rests on what was done: strong evidence, or a complete amicable file.

    Strong: the debtor's liquidation; an attempt at enforcement; a debtor who left no trace (two
    searches). A weaker file (three dated amicable steps by two means) is let through with a
    warning: the tax office weighs it.

    Sources:
        Art. 272, 1 CGI and its official comments: reminders alone, or age, are not enough.
    """
    code, pointer = "insufficient-evidence", "/case/steps"
    past = [step for step in case.steps if step.on <= as_of]
    strong = _strong(case, past, as_of)
    if strong:
        text = "Preuve de l'irrécouvrabilité : {what}."
        return check(code, "pass", _ARTICLE, pointer, text, what=strong)
    amicable = [step for step in past if step.type in _AMICABLE]
    channels = {step.channel for step in amicable if step.channel}
    if len(amicable) >= _LEAST_STEPS and len(channels) >= _LEAST_CHANNELS:
        text = (
            "Le dossier ne contient que des démarches amiables ({steps}) : preuve à apprécier par "
            "l'administration. Y joindre un constat daté d'insolvabilité et pourquoi une action "
            "en justice serait vaine."
        )
        steps = count(len(amicable), "démarche", "démarches")
        return check(code, "warn", _ARTICLE, pointer, text, steps=steps)
    text = (
        "Preuve insuffisante : il faut une liquidation judiciaire, une exécution infructueuse, un "
        "débiteur disparu (deux recherches) ou au moins trois démarches amiables datées par deux "
        "moyens."
    )
    return check(code, "refuse", _ARTICLE, pointer, text)


def _strong(case: Case, past: Sequence[Step], as_of: date) -> str | None:
    insolvency = case.debtor.insolvency if case.debtor else None
    is_open = insolvency is not None and insolvency.opened_on <= as_of
    if insolvency and is_open and insolvency.type == "liquidation":
        return f"liquidation judiciaire du {date_longue(insolvency.opened_on)}"
    enforced = [step for step in past if step.type == "enforcement"]
    if enforced:
        return f"tentative d'exécution du {date_longue(enforced[-1].on)}"
    searches = [step for step in past if step.type in {"tracing", "undeliverable"}]
    if len(searches) >= _LEAST_SEARCHES:
        return f"débiteur disparu, {count(len(searches), 'recherche', 'recherches')}"
    return None


def litigious_claims(case: Case, as_of: date) -> Check:
    """A claim contested on the merits is not irrecoverable before a judge has decided."""
    code, pointer = "litigious-claim", "/case/claims"
    if any(step.type == "court_order" and step.on <= as_of for step in case.steps):
        return check(code, "pass", _ARTICLE, pointer, "Une décision a été rendue.")
    for at, claim in enumerate(case.claims):
        if claim.disputed:
            text = "Créance litigieuse : contestée, sans décision de justice."
            return check(code, "refuse", _ARTICLE, f"/case/claims/{at}/disputed", text)
    return check(code, "pass", _ARTICLE, pointer, "Les créances ne sont pas contestées.")
