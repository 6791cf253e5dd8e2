"""Whether a file shows enough for a certificate of irrecoverability."""

from __future__ import annotations

from datetime import date

from law.case import Case
from law.findings import Check
from law.french import date_longue
from law.irrecoverability import OutsideTheCase, disputes, grounds
from law.wording import check

_ARTICLE = "art. 272, 1 CGI"


def certificate_steps(case: Case, as_of: date, told: OutsideTheCase | None = None) -> Check:
    """A certificate rests on what was done: one ground at least that the file proves.

    Sources:
        Art. 272, 1 CGI and its official comments: reminders alone, or age, are not enough.
        CAA Nancy, 20 Nov. 2008, n° 07NC00322: attestations that told no investigation attacked.
        ADR 0142: what counts as proof.
    """
    code, pointer = "insufficient-evidence", "/case/steps"
    if not any(step.on <= as_of for step in case.steps):
        text = "Aucune démarche ne figure au dossier : le certificat ne peut rien constater."
        return check(code, "refuse", _ARTICLE, pointer, text)
    found = grounds(case, as_of, told or OutsideTheCase())
    if not found:
        text = (
            "Preuve insuffisante. Il faut l'une de celles-ci : une liquidation judiciaire ; un "
            "titre, puis une mesure d'exécution dont la suite dit l'échec ; un procès-verbal de "
            "l'article 659 CPC, ou un pli retourné et deux recherches datées ; ou trois démarches "
            "amiables par deux moyens, une recherche de solvabilité avec sa suite et l'exposé de "
            "ce qu'une action en justice coûterait."
        )
        return check(code, "refuse", _ARTICLE, pointer, text)
    first = found[0]
    values = {"what": first.label, "day": date_longue(first.established_on)}
    if first.is_for_the_tax_office_to_weigh:
        text = "Le dossier est amiable ({what}) : preuve à apprécier par l'administration."
        return check(code, "warn", _ARTICLE, pointer, text, **values)
    text = "Preuve de l'irrécouvrabilité : {what}, le {day}."
    return check(code, "pass", _ARTICLE, pointer, text, **values)


def litigious_claims(case: Case, as_of: date) -> Check:
    """A claim contested on the merits is not irrecoverable before a judge has decided."""
    code = "litigious-claim"
    pointer = next(disputes(case, as_of), None)
    if pointer is not None:
        text = "Créance litigieuse : contestée, sans décision de justice depuis."
        return check(code, "refuse", _ARTICLE, pointer, text)
    text = "Aucune contestation n'attend de décision."
    return check(code, "pass", _ARTICLE, "/case/claims", text)
