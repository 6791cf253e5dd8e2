"""Why a finding is what it is, in French sentences that a lawyer can check against the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from law.cgv.detection import Detected
from law.cgv.late_rates import LEGAL
from law.cgv.questionnaire import questionnaire
from law.cgv.rulebook import Comparison, LateRateTest, Number, Rule, Rulebook
from law.cgv.values import FLOOR, Values
from law.french import NBSP, enumerate_and, percent_short, typographic


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a finding rests on.

    Attributes:
        unmet: Why the rule does not apply.
        unknown: Flags of the profile that would say whether it does.
    """

    unmet: str | None = None
    detected: Detected | None = None
    answer: str | None = None
    is_disputed: bool = False
    is_unsettled: bool = False
    unknown: Sequence[str] = ()
    values: Values | None = None


def explanation(rule: Rule, outcome: str, grounds: Grounds) -> str:
    """Why, in one to four sentences."""
    return " ".join(filter(None, _sentences(rule, outcome, grounds)))


def _sentences(rule: Rule, outcome: str, grounds: Grounds) -> Iterator[str]:
    if outcome == "not_applicable":
        unmet = grounds.unmet or "Rien dans le texte ne relève de cette règle."
        yield typographic(unmet)
        return
    detected = grounds.detected
    if detected is not None and detected.faulty:
        yield typographic(_asks(_CONTRARY[rule.kind], rule))
        yield _partly(detected)
    elif detected is not None and detected.missing:
        yield typographic(_asks("Élément attendu et non trouvé dans le texte : {}", rule))
        yield _partly(detected)
    elif detected is not None and outcome == "compliant":
        yield typographic(_met(detected))
    elif detected is None:
        yield typographic(_asks(_UNSEEN[rule.kind], rule))
    yield _measured(rule, grounds)
    yield _answered(outcome, grounds)
    yield typographic(_reserve(grounds))
    if rule.note and outcome != "compliant":
        yield typographic(rule.note)


_CONTRARY = {
    "must_be_present": "Clause contraire à ce que la règle demande : {}",
    "must_not_be_present": "Le texte prévoit ce que la règle écarte : {}",
}
_UNSEEN = {
    "must_be_present": "Le texte remis ne permet pas de vérifier ce point : {}",
    "must_not_be_present": "Le texte remis ne permet pas d'exclure ce point : {}",
}


def _asks(sentence: str, rule: Rule) -> str:
    wanted = rule.requirement[:1].lower() + rule.requirement[1:]
    wanted = rule.requirement if rule.requirement[:3].isupper() else wanted
    return sentence.format(wanted if wanted.endswith(".") else f"{wanted}.")


def _partly(detected: Detected) -> str:
    labels = Rulebook.load().labels
    missing = [labels[label] for label in detected.missing if label in labels]
    if not detected.sound or not missing:
        return ""
    return typographic(f"Il manque {enumerate_and(missing)}.")


def _met(detected: Detected) -> str:
    if detected.sound:
        return "Élément trouvé dans le texte."
    return "Aucune clause de ce genre n'a été relevée dans le texte."


def _measured(rule: Rule, grounds: Grounds) -> str:
    """The figures that were compared, with what they were compared with."""
    if grounds.detected is None:
        return ""
    found = [m for m in grounds.detected.measures if m.is_finding] or grounds.detected.measures
    numbers = list(dict.fromkeys(m.number for m in found if m.number is not None))
    if not numbers:
        return ""
    if any(isinstance(test, LateRateTest) for test in rule.tests):
        return _rates(numbers, grounds)
    test = next(test for test in rule.tests if isinstance(test, Number))
    counts_days = any("jours" in pattern.pattern for pattern in test.extract)
    unit = rule.question.unit or ("jours" if counts_days else "")
    told = enumerate_and(_plain(number) for number in numbers)
    return typographic(f"Relevé : {told}{_unit(unit)} ; {_limit(test.finding_if)}.")


def _rates(numbers: Sequence[Decimal], grounds: Grounds) -> str:
    told = enumerate_and(percent_short(number.scaleb(-2)) for number in numbers)
    values = grounds.values.percents if grounds.values else {}
    if FLOOR not in values or grounds.values is None:
        return typographic(
            f"Relevé : {told} par an ; le plancher de la période n'est pas encore publié."
        )
    period = next(used.period for used in grounds.values.used if "legal" in used.series)
    floor, legal = (percent_short(values[name].scaleb(-2)) for name in (FLOOR, LEGAL))
    return typographic(
        f"Relevé : {told} par an ; plancher : {floor}, trois fois le taux d'intérêt légal de"
        f" {legal} (période {period})."
    )


def _unit(unit: str) -> str:
    return f" {unit}" if unit and not unit.startswith("%") else f"{NBSP}{unit}" if unit else ""


def _limit(comparison: Comparison) -> str:
    word = {"gt": "au plus", "lt": "au moins", "ne": "exactement"}[comparison.op]
    return f"la règle admet {word} {_plain(comparison.value)}"


def _plain(number: Decimal | str) -> str:
    return str(number) if isinstance(number, str) else f"{number.normalize():f}".replace(".", ",")


def _answered(outcome: str, grounds: Grounds) -> str:
    if grounds.answer is None:
        return ""
    told = f"«{NBSP}{grounds.answer}{NBSP}»"
    if grounds.is_disputed:
        return typographic(f"Réponse contraire du client : {told} ; à arbitrer par l'avocat.")
    if outcome == "compliant" and grounds.detected is not None and grounds.detected.sound:
        return ""
    return typographic(f"Réponse du client : {told}.")


def _reserve(grounds: Grounds) -> str:
    if grounds.is_unsettled:
        return "Droit non fixé : question posée à l'avocat."
    if grounds.unknown:
        asked = questionnaire()
        texts = [f"« {asked[flag].text} »" for flag in grounds.unknown]
        return f"Applicable selon la réponse à la question {enumerate_and(texts)}"
    return ""
