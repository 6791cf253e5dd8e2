"""Requests of golden cases, changed, and what the checks of their kind find."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from generators.request import load_request
from law.findings import Check
from law.rates import RateTables
from tests.support.acts import Change, changed_by
from tests.support.golden import GOLDEN


def golden(name: str, *changes: Change) -> dict[str, Any]:
    """The request of a golden case (``echeancier/monthly``), changed."""
    body: dict[str, Any] = json.loads((GOLDEN / name / "facts.json").read_text("utf-8"))
    return changed_by(body, *changes)


def checks_of(body: dict[str, Any]) -> list[Check]:
    """What the checks of a request find, whether or not they let it through."""
    request = load_request(body, date.fromisoformat(body["as_of"]))
    return list(request.kind.checks(request.facts, RateTables.load()))


def found(body: dict[str, Any], code: str) -> list[tuple[str, str]]:
    """The outcomes and pointers of one check."""
    return [(each.outcome, each.pointer) for each in checks_of(body) if each.code == code]


def setting(path: str, value: Any) -> Change:
    """Sets what stands at a path such as ``case.claims.0.due_on``; makes missing objects."""
    *outer, last = path.split(".")

    def change(body: dict[str, Any]) -> None:
        inner: Any = body
        for key in outer:
            inner = inner[int(key)] if isinstance(inner, list) else inner.setdefault(key, {})
        inner[int(last) if isinstance(inner, list) else last] = value

    return change


def dropping(path: str) -> Change:
    """Drops what stands at a path."""
    *outer, last = path.split(".")

    def change(body: dict[str, Any]) -> None:
        inner: Any = body
        for key in outer:
            inner = inner[int(key)] if isinstance(inner, list) else inner[key]
        del inner[int(last) if isinstance(inner, list) else last]

    return change
