"""Bodies that the generators load themselves: read here, described in `api.openapi`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from api.blueprint import described
from api.forms import FORM, FileForm, file_form, is_form
from api.problems import BodyNotForm
from api.requests import json_body, word_body
from generators.package import MAX_PACKAGE_BYTES

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
    """As `json_request`, for a view that takes a form with a Word file as well (`FileForm`)."""

    def decorator(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def with_body(*args: Any, **kwargs: Any) -> R:
            body: dict[str, Any] | FileForm = (
                file_form(MAX_PACKAGE_BYTES) if is_form() else json_body()
            )
            return view(*args, body, **kwargs)

        return described(
            with_body,
            body=[component],
            file_form=[(form, MAX_PACKAGE_BYTES)],
            problems=[422, *problems],
        )

    return decorator


def file_request(
    form: str, most: int, *, problems: tuple[int, ...] = ()
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a view its body, a form with a file of at most so many bytes (`FileForm`)."""

    def decorator(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def with_body(*args: Any, **kwargs: Any) -> R:
            if not is_form():
                raise BodyNotForm(f"Send the file in a form: {FORM}, field `file`.")
            return view(*args, file_form(most), **kwargs)

        return described(with_body, file_form=[(form, most)], problems=[422, *problems])

    return decorator
