"""Whether claims are still in time."""

from __future__ import annotations

from datetime import date

from law.calendar import next_working_day
from law.case import Case, Claim
from law.findings import Check, Outcome
from law.french import date_longue
from law.limitation import Limitation, limitation
from law.wording import check, claim_name


def limitation_checks(case: Case, as_of: date, *, before_court: bool = False) -> list[Check]:
    """Tells of a claim whose limitation is over, near or doubtful, one finding a claim.

    ``before_court`` says that the act goes to a judge, who may himself raise the limitation of
    consumer law: an act for a claim that is over is then refused (art. R. 632-1 C. conso.).
    """
    limits = [(claim, limitation(case, claim, as_of)) for claim in case.claims]
    found = [
        _limitation_check(claim, limit, as_of, at, before_court=before_court)
        for at, (claim, limit) in enumerate(limits)
        if limit.outcome != "open" or limit.doubts
    ]
    if found:
        return found
    if not limits:
        return [check("limitation", "pass", None, "/case/claims", "Aucune créance.")]
    claim, first = min(limits, key=lambda pair: pair[1].last_day)
    articles = dict.fromkeys(limit.article for _, limit in limits)
    text = "Aucune créance n'est prescrite ni près de l'être ; première échéance : {day}, {claim}."
    return [
        check(
            "limitation",
            "pass",
            " ; ".join(articles),
            "/case/claims",
            text,
            day=date_longue(first.last_day),
            claim=claim_name(claim),
        )
    ]


def _limitation_check(
    claim: Claim, limit: Limitation, as_of: date, at: int, *, before_court: bool
) -> Check:
    """One finding: what is settled, what a person may confirm, what else can be done."""
    sentences = [_LIMITATION_TEXTS["title" if limit.is_title else "suit", limit.outcome]]
    article = limit.article
    outcome: Outcome = "warn"
    if limit.outcome != "open":
        sentences += limit.notes
    confirmed_on = limit.if_confirmed_on
    if confirmed_on is not None:
        sentences.append("Si tout ce qui est à confirmer l'est, le terme est le {confirmed}.")
    is_saved = confirmed_on is not None and next_working_day(confirmed_on) >= as_of
    if before_court and _is_raised_by_judge(limit) and not is_saved:
        outcome, article = "refuse", f"{limit.article} ; art. R. 632-1 C. conso."
        sentences.append("Le juge peut le relever d'office contre un professionnel.")
    sentences += limit.doubts
    return check(
        "limitation",
        outcome,
        article,
        f"/case/claims/{at}/due_on",
        " ".join(sentences),
        day=date_longue(limit.last_day),
        confirmed=date_longue(confirmed_on or limit.last_day),
        claim=claim_name(claim),
    )


def _is_raised_by_judge(limit: Limitation) -> bool:
    return limit.outcome == "expired" and limit.is_consumer_law


_LIMITATION_TEXTS = {
    ("suit", "open"): "Prescription le {day}, sous réserve, {claim}.",
    ("suit", "near"): (
        "Prescription proche, le {day}, {claim} : une mise en demeure ne l'interrompt pas "
        "(Cass. com., 18 mai 2022, n° 20-23.204)."
    ),
    ("suit", "expired"): "Prescription acquise depuis le {day}, {claim}.",
    ("title", "open"): "Le titre s'exécute jusqu'au {day}, sous réserve, {claim}.",
    ("title", "near"): "Le titre ne s'exécutera plus après le {day}, {claim}.",
    ("title", "expired"): "Le titre ne s'exécute plus depuis le {day}, {claim}.",
}
