"""flask-smorest's blueprint with the conventions of this API in code and in its description."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar, cast

from flask import current_app
from flask_smorest import Blueprint as SmorestBlueprint

from api.requests import StrictParser
from jobs.services import Services

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_SERVICES = "minutier.services"
HOUSE = "house"
"""Key under which `described` leaves what the decorators of a view know of it."""


def attach(app: Any, services: Services) -> None:
    """Give an application the services that its views use."""
    app.extensions[_SERVICES] = services


def services() -> Services:
    """The services of the application that answers."""
    found: Services = current_app.extensions[_SERVICES]
    return found


def described(view: F, **facts: list[Any]) -> F:
    """Leave facts about a view for its description; lists grow from decorator to decorator."""
    documented: Any = view
    documented._apidoc = deepcopy(getattr(view, "_apidoc", {}))  # noqa: SLF001 - flask-smorest's way
    known = documented._apidoc.setdefault(HOUSE, {})  # noqa: SLF001 - as above
    for name, values in facts.items():
        known[name] = [*known.get(name, []), *values]
    return view


def takes_of(view: Any) -> tuple[bool, bool]:
    """Whether a view, as it is decorated so far, reads query keys, and a body."""
    documented = getattr(view, "_apidoc", {})
    read = {parameter["in"] for parameter in documented.get("arguments", {}).get("parameters", [])}
    takes_body = not read.isdisjoint({"json", "form", "files"}) or "body" in documented.get(
        HOUSE, {}
    )
    return "query" in read, takes_body or form_limit(view) is not None


def form_limit(view: Any) -> int | None:
    """Bytes of the file in the form that a view, as it is decorated so far, reads, if it does."""
    (known,) = getattr(view, "_apidoc", {}).get(HOUSE, {}).get("file_form") or [None]
    return known[1] if known else None


def may_answer(*statuses: int) -> Callable[[F], F]:
    """Document problems that a view may answer beside those that all share."""
    return lambda view: described(view, problems=list(statuses))


def also_as(*media_types: str) -> Callable[[F], F]:
    """Document files that a view may answer instead of JSON, chosen by `Accept`."""
    return lambda view: described(view, forms=list(media_types))


def may_be(*media_types: str) -> Callable[[F], F]:
    """Document other media types that the file which a view answers may have."""
    return lambda view: described(view, media_types=list(media_types))


def takes_headers(*names: str) -> Callable[[F], F]:
    """Document request headers, named as in `api.openapi.HEADERS`."""
    return lambda view: described(view, headers=list(names))


class Blueprint(SmorestBlueprint):  # type: ignore[misc] # flask-smorest has no types
    """A blueprint that reads strictly; its decorators keep the types of what they decorate."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.append(_prepare_house_doc)

    def route(self, *args: Any, **kwargs: Any) -> Callable[[T], T]:
        """See flask-smorest."""
        return cast("Callable[[T], T]", super().route(*args, **kwargs))

    def arguments(self, *args: Any, **kwargs: Any) -> Callable[[F], F]:
        """See flask-smorest."""
        return cast("Callable[[F], F]", super().arguments(*args, **kwargs))

    def response(self, *args: Any, **kwargs: Any) -> Callable[[F], F]:
        """See flask-smorest."""
        return cast("Callable[[F], F]", super().response(*args, **kwargs))

    def alt_response(self, *args: Any, **kwargs: Any) -> Callable[[F], F]:
        """See flask-smorest."""
        return cast("Callable[[F], F]", super().alt_response(*args, **kwargs))


def _prepare_house_doc(doc: dict[str, Any], doc_info: dict[str, Any], **_: Any) -> dict[str, Any]:
    house = doc_info.get(HOUSE, {})
    doc["security"] = list(house.get("security", []))
    if house.get("headers"):
        references = list(house["headers"])  # apispec turns the names into references
        doc["parameters"] = [*doc.get("parameters", []), *references]
    doc["x-problems"] = sorted(set(house.get("problems", [])))  # made whole in `api.openapi`
    doc["x-media-types"] = list(house.get("media_types", []))  # as above
    doc["x-forms"] = list(house.get("forms", []))  # as above
    if house.get("body"):
        (doc["x-body"],) = house["body"]
    if house.get("file_form"):
        ((doc["x-file-form"], _),) = house["file_form"]
    return doc
