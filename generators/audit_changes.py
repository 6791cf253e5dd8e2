"""What a second audit of the same terms shows: what was mended, what remains, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Findings = Mapping[str, Any]

_FAULTS: Final = frozenset({"non_compliant", "missing"})
_TOLD: Final = ("rule_id", "title", "severity", "outcome", "articles", "passage", "explanation")


def changes_between(before: Findings, after: Findings) -> dict[str, Any]:
    """The faults of two audits set side by side, by rule, in the order of the rulebook.

    A fault is mended when its rule is met or no longer applies; one that can no longer be
    judged is ``unsettled``, which is not mended. A rule that one of the audits did not know
    is told only where it is a fault.

    Args:
        before: The earlier findings, as JSON.
        after: The later ones.
    """
    earlier, later = _by_rule(before), _by_rule(after)
    faults = [rule for rule, found in earlier.items() if found["outcome"] in _FAULTS]
    return {
        "score": {
            "before": _score(before),
            "after": _score(after),
        },
        "mended": _told(
            earlier[rule]
            for rule in faults
            if rule in later and later[rule]["outcome"] in {"compliant", "not_applicable"}
        ),
        "remaining": _told(
            later[rule] for rule in faults if rule in later and later[rule]["outcome"] in _FAULTS
        ),
        "unsettled": _told(
            later.get(rule, earlier[rule])
            for rule in faults
            if rule not in later or later[rule]["outcome"] == "to_verify"
        ),
        "new": _told(
            found
            for rule, found in later.items()
            if found["outcome"] in _FAULTS and rule not in faults
        ),
    }


def _by_rule(findings: Findings) -> dict[str, Mapping[str, Any]]:
    return {finding["rule_id"]: finding for finding in findings["findings"]}


def _score(findings: Findings) -> dict[str, Any]:
    return {key: findings["score"][key] for key in ("conformity", "grade")}


def _told(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: finding[key] for key in _TOLD} for finding in findings]
