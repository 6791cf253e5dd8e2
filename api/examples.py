"""Examples of answers for the description, made from the schemas so that they always fit them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_ACT = "act_01KATQ4S9WQ6YB5R7N6EVJ1D3K"
_HASH = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
_INSTANT = "2026-11-22T09:00:00.000Z"
_BY_NAME: Mapping[str, Any] = {
    "act": f"/v1/acts/{_ACT}",
    "act_id": _ACT,
    "action": "created",
    "actor": "jane@cabinet.example",
    "archive": None,
    "article": "art. L. 441-10 C. com.",
    "attempts": 1,
    "audit_trail": f"/v1/acts/{_ACT}/audit_trail",
    "case_reference": "2026-0142",
    "class": "accounting_paper",
    "code": "claim-due",
    "comment": None,
    "currency": "EUR",
    "data": f"/v1/acts/{_ACT}/versions/1/data.json",
    "day_count": 365,
    "detail": "La créance est exigible.",
    "docx": f"/v1/acts/{_ACT}/versions/1/document.docx",
    "evidence": f"/v1/archive/{_ACT}/evidence.zip",
    "key_id": "key_01KATQ0M3J8Y5R1N7C2V9B4D6F",
    "kind": "mise_en_demeure",
    "language": "fr",
    "media_type": "application/pdf",
    "name": "Vérandas & Lumière Modèles SAS",
    "next_cursor": None,
    "note": None,
    "object": "act",
    "office_version": "LibreOffice 24.2.7.2",
    "pages": 2,
    "pdf": f"/v1/acts/{_ACT}/versions/1/document.pdf",
    "pointer": "/case/claims/0/due_on",
    "previews": [f"/v1/acts/{_ACT}/versions/1/preview/1.png"],
    "problem": None,
    "retention_class": "accounting_paper",
    "reviewer": "jane@cabinet.example",
    "self": f"/v1/acts/{_ACT}",
    "siren": "811223346",
    "software_version": "0.1.0",
    "url": f"/v1/acts/{_ACT}/versions/1/document.pdf",
    "verify": f"/v1/archive/{_ACT}/verify",
    "versions": f"/v1/acts/{_ACT}/versions",
    "where": None,
}
_BY_FORMAT: Mapping[str, Any] = {"date": "2026-11-22", "date-time": _INSTANT}
_BY_PATTERN: Mapping[str, Any] = {
    r"^[0-9a-f]{64}$": _HASH,
    r"^(0|[1-9]\d{0,12})\.\d{2}$": "1089.93",
    r"^\d{1,3}(\.\d{1,4})?$": "12.15",
}
_BY_TYPE: Mapping[str, Any] = {
    "boolean": False,
    "integer": 1,
    "null": None,
    "object": {},
    "string": "…",
}


def example_of(
    schema: Mapping[str, Any], find: Callable[[str], Mapping[str, Any]], name: str = ""
) -> Any:
    """A value that fits a schema.

    Args:
        schema: Of an answer.
        find: Gives the schema that a reference names.
        name: Of the member whose value it is.
    """
    if "$ref" in schema:
        schema = find(schema["$ref"])
    if "example" in schema or "enum" in schema:
        return schema.get("example") or schema["enum"][0]
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    known = _BY_NAME.get(name, ...)
    if known is not ... and _is_of(known, types or _types_of(schema.get("anyOf", []), find)):
        return known
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], find, name)
    if "array" in types:
        return [example_of(schema["items"], find)]
    if "properties" in schema:
        return {key: example_of(inner, find, key) for key, inner in schema["properties"].items()}
    return _simple(schema, types)


def _simple(schema: Mapping[str, Any], types: list[str]) -> Any:
    by_pattern = _BY_PATTERN.get(schema.get("pattern", ""))
    by_format = _BY_FORMAT.get(schema.get("format", ""))
    simple = _BY_TYPE[types[0]] if types else schema.get("default")
    return by_pattern or by_format or simple


def _types_of(
    schemas: list[Mapping[str, Any]], find: Callable[[str], Mapping[str, Any]]
) -> list[str]:
    resolved = [find(one["$ref"]) if "$ref" in one else one for one in schemas]
    return [one["type"] for one in resolved if isinstance(one.get("type"), str)]


def _is_of(value: Any, types: list[str]) -> bool:
    name = {str: "string", int: "integer", list: "array", type(None): "null"}[type(value)]
    return name in types
