"""Acts made in tests: from a case, changed, to its text and its findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from core.errors import LegalCheckFailed
from generators.document_text import flat
from generators.drafting import Draft, draft
from generators.request import load_request
from law.rates import RateTables
from tests.support.requests import TODAY

Change = Callable[[dict[str, Any]], object]


def act(body: Mapping[str, Any]) -> Draft:
    """The act of a request."""
    as_of = date.fromisoformat(body.get("as_of", TODAY.isoformat()))
    return draft(load_request(body, as_of), RateTables.load())


def changed_by(body: dict[str, Any], *changes: Change) -> dict[str, Any]:
    """A request after changes."""
    for change in changes:
        change(body)
    return body


def text_of(body: dict[str, Any], *changes: Change) -> str:
    """The text of an act, on one line with plain blanks and apostrophes."""
    return flat(act(changed_by(body, *changes)).text.replace("\u2019", "'"))


def warnings_of(body: dict[str, Any], *changes: Change) -> set[str]:
    """The codes of what is told of an act beside that it can be made."""
    return {
        check.code for check in act(changed_by(body, *changes)).checks if check.outcome != "pass"
    }


def refusals(body: dict[str, Any], *changes: Change) -> dict[str, str]:
    """What the law refuses in an act, as codes by JSON pointer; nothing when it can be made."""
    try:
        act(changed_by(body, *changes))
    except LegalCheckFailed as error:
        return {fault.pointer: fault.code for fault in error.faults}
    return {}


def with_option(**options: Any) -> Change:
    """A change that sets options; None takes one away."""

    def change(body: dict[str, Any]) -> None:
        body["options"] = {
            key: value for key, value in (body["options"] | options).items() if value is not None
        }

    return change
