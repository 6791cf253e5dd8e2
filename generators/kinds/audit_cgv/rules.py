"""What must hold before an audit of terms is made, and what its reader must be warned of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from generators.kind import Facts
from generators.kinds.audit_cgv.content import terms_of
from generators.letter_checks import language_check, letter_date_check
from law.cgv.audit import audit
from law.cgv.questionnaire import questionnaire
from law.cgv.rulebook import Rulebook
from law.cgv.values import FLOOR, values_on
from law.findings import Check
from law.french import date_longue
from law.rates import RateTables
from law.wording import check

_FEW_CHARACTERS: Final = 400
_FRESH: Final = timedelta(days=183)


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of an audit."""
    return [
        language_check(facts),
        letter_date_check(facts, facts.options),
        *_text(facts),
        *_clients(facts),
        *_law(facts),
        *_rates(facts, rates),
        *_answers(facts, rates),
    ]


def _text(facts: Facts) -> Iterator[Check]:
    code, pointer = "text-short", "/options/audit/text"
    if len(facts.options.audit.text) < _FEW_CHARACTERS:
        text = (
            "Le texte est très court : vérifier qu'il s'agit bien de l'ensemble des conditions"
            " générales."
        )
        yield check(code, "warn", None, pointer, text)
    else:
        yield check(code, "pass", None, pointer, "Le texte a la longueur de conditions générales.")


def _clients(facts: Facts) -> Iterator[Check]:
    code = "clients-contradict-answers"
    given = facts.options.audit
    for flag, other, whom in (
        ("clients_pro", "b2c", "professionnels"),
        ("clients_conso", "b2b", "consommateurs"),
    ):
        if given.answers.get(flag) == "oui" and given.clients == other:
            text = (
                "Le questionnaire mentionne des clients {whom} que « clients » exclut : les règles"
                " qui les concernent ne sont pas appliquées."
            )
            yield check(code, "warn", None, "/options/audit/clients", text, whom=whom)
            return
    text = "La clientèle déclarée et le questionnaire concordent."
    yield check(code, "pass", None, "/options/audit/clients", text)


def _law(facts: Facts) -> Iterator[Check]:
    code, verified = "rulebook-age", Rulebook.load().verified_on
    day = date_longue(verified)
    if abs(facts.as_of - verified) > _FRESH:
        text = (
            "Les règles énoncent le droit vérifié au {day} : l'audit est arrêté à plus de six mois"
            " de cette date."
        )
        yield check(code, "warn", None, "/as_of", text, day=day)
    else:
        text = "Les règles énoncent le droit vérifié au {day}."
        yield check(code, "pass", None, "/as_of", text, day=day)


def _rates(facts: Facts, rates: RateTables) -> Iterator[Check]:
    code, article = "rate-floor-known", "art. L. 441-10 II C. com."
    values = values_on(facts.as_of, rates)
    if FLOOR not in values.percents:
        text = (
            "Le taux d'intérêt légal de la période n'est pas publié : les taux du texte ne sont pas"
            " comparés au plancher."
        )
        yield check(code, "warn", article, "/as_of", text)
    elif values.doubts:
        yield check(code, "warn", article, "/as_of", " ".join(values.doubts))
    else:
        yield check(code, "pass", article, "/as_of", "Le plancher des pénalités est connu.")


def _answers(facts: Facts, rates: RateTables) -> Iterator[Check]:
    code, pointer = "questions-left", "/options/audit/answers"
    found = audit(terms_of(facts), facts.as_of, rates)
    left, whole = len(found.questions), len(questionnaire())
    if left:
        text = "{left} questions sur {whole} restent à poser au client : voir findings.json."
        yield check(code, "warn", None, pointer, text, left=str(left), whole=str(whole))
    else:
        yield check(code, "pass", None, pointer, "Aucune question ne reste à poser.")
    disputed = sum(finding.is_disputed for finding in found.findings)
    if disputed:
        text = "{count} constat(s) où le texte et la réponse du client se contredisent."
        yield check("answers-disputed", "warn", None, pointer, text, count=str(disputed))
