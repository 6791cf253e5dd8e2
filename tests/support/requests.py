"""What a request is refused for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from core.errors import Fault, InvalidFacts
from generators.request import load_request

TODAY = date(2026, 11, 22)
Refusals = Callable[[Any], dict[str, str]]


def faults_of_request(request: Any) -> tuple[Fault, ...]:
    """The faults of a request; none when it is accepted."""
    try:
        load_request(request, TODAY)
    except InvalidFacts as error:
        return error.faults
    return ()


def refusals_of(request: Any) -> dict[str, str]:
    """The faults of a request as codes by pointer; fails when two tell of one place."""
    faults = faults_of_request(request)
    found = {fault.pointer: fault.code for fault in faults}
    assert len(found) == len(faults), f"two faults tell of one place: {faults}"
    return found
