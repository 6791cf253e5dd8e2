"""Checks a JSON value against a JSON Schema, as far as our schemas use the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

KEYWORDS = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description",
    "discriminator", "enum", "example", "examples", "format", "items", "maxItems", "maxLength",
    "maximum", "minItems", "minLength", "minimum", "oneOf", "pattern", "properties", "required",
    "title", "type",
}  # fmt: skip
_TYPES: Mapping[str, Any] = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "object": dict,
    "string": str,
}


def mismatches(
    value: Any, schema: Mapping[str, Any], *, root: Mapping[str, Any] | None = None
) -> list[str]:
    """What in a value does not fit a schema: place and keyword of each.

    Args:
        value: Any JSON value.
        schema: What it shall fit.
        root: The document that references of the schema lead into; absent: the schema itself.
    """
    return list(_of(value, schema, schema if root is None else root, ""))


def _of(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
    unknown = set(schema) - KEYWORDS
    assert not unknown, f"the check does not know {unknown}"
    if "$ref" in schema:
        yield from _of(value, _named(schema["$ref"], root), root, at)
    if "const" in schema and value != schema["const"]:
        yield f"{at} const"
    if "oneOf" in schema and _fitting(value, schema["oneOf"], root) != 1:
        yield f"{at} oneOf"
    if "anyOf" in schema and not _fitting(value, schema["anyOf"], root):
        yield f"{at} anyOf"
    if "type" in schema and not _is_of_type(value, schema["type"]):
        yield f"{at} type"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} enum"
    if isinstance(value, dict):
        yield from _of_object(value, schema, root, at)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _of(item, schema.get("items", {}), root, f"{at}/{index}")
    yield from (f"{at} {keyword}" for keyword in _bounds(value, schema))


def _fitting(value: Any, schemas: list[Mapping[str, Any]], root: Mapping[str, Any]) -> int:
    return sum(not list(_of(value, one, root, "")) for one in schemas)


def _named(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _bounds(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    measured, names = (len(value), ("minItems", "maxItems")) if isinstance(value, list) else (0, ())
    if isinstance(value, str):
        measured, names = len(value), ("minLength", "maxLength")
        if not re.search(schema.get("pattern", ""), value):
            yield "pattern"
    elif isinstance(value, int):
        measured, names = value, ("minimum", "maximum")
    if names and not schema.get(names[0], measured) <= measured <= schema.get(names[1], measured):
        yield " or ".join(names)


def _of_object(
    value: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    properties = schema.get("properties", {})
    for key in schema.get("required", []):
        if key not in value:
            yield f"{at} required {key}"
    for key, inner in value.items():
        if key in properties:
            yield from _of(inner, properties[key], root, f"{at}/{key}")
        elif schema.get("additionalProperties") is False:
            yield f"{at} additional {key}"
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from _of(inner, schema["additionalProperties"], root, f"{at}/{key}")


def _is_of_type(value: Any, types: str | list[str]) -> bool:
    wanted = [types] if isinstance(types, str) else types
    return any(
        isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in wanted
    )
