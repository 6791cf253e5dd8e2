"""Bodies that the generators load themselves: read here, described in `api.openapi`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from api.blueprint import described
from api.forms import WordForm, is_form, word_form
from api.requests import json_body, word_body

R = TypeVar("R")
WORD_FILE = "WordFile"
"""Name of a body that is a Word file, for the description."""


def json_request(
    component: str, *, problems: tuple[int, ...] = ()
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a view its body as a dict; ``component`` names its schema in the description."""

    def decorator(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def with_body(*args: Any, **kwargs: Any) -> R:
            return view(*args, json_body(), **kwargs)

        return described(with_body, body=[component], problems=[422, *problems])

    return decorator


def word_request(most: int) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a view its body, which is a Word file of at most so many bytes."""

    def decorator(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def with_body(*args: Any, **kwargs: Any) -> R:
            return view(*args, source=word_body(most), **kwargs)

        return described(with_body, body=[WORD_FILE], problems=[422])

    return decorator


def json_or_word_request(
    component: str, form: str, *, problems: tuple[int, ...] = ()
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """As `json_request`, for a view that takes a form with a Word file as well (`WordForm`)."""

    def decorator(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def with_body(*args: Any, **kwargs: Any) -> R:
            body: dict[str, Any] | WordForm = word_form() if is_form() else json_body()
            return view(*args, body, **kwargs)

        return described(with_body, body=[component], word_form=[form], problems=[422, *problems])

    return decorator
