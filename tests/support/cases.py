"""The fifteen requests that stand for the practice, of kinds that exist and of kinds to come.

Every party is invented; the identifiers are formally right and stand for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.stem.split("-")[0] for path in _FOLDER.glob("*.json"))


def case_body(number: str) -> dict[str, Any]:
    """The request of a number (``05``, ``13a``), to be changed at will."""
    return deepcopy(_read(number))


@cache
def _read(number: str) -> dict[str, Any]:
    (path,) = _FOLDER.glob(f"{number}-*.json")
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body


def places(value: Any, pointer: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value within a JSON value, the outermost first."""
    yield pointer
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from places(inner, (*pointer, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for at, inner in enumerate(value):
            yield from places(inner, (*pointer, at))


def changed(body: Any, path: Sequence[str | int], value: Any) -> Any:
    """A copy of a JSON value with another value at a path."""
    if not path:
        return value
    copy = deepcopy(body)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


def without(body: Any, path: Sequence[str | int]) -> Any:
    """A copy of a JSON value without what stands at a path."""
    copy = deepcopy(body)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return copy
