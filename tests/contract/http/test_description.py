"""`/v1/openapi.json`: OpenAPI 3.1, complete, and true of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generators.registry import act_kinds
from tests.support.http import House
from tests.support.json_schema_check import KEYWORDS
from tests.support.openapi import Description

_SECTIONS = {"schemas", "responses", "parameters", "headers", "securitySchemes"}


@pytest.fixture
def description(house: House) -> Description:
    answer = house.app.test_client().get("/v1/openapi.json")
    assert answer.mimetype == "application/json"
    return Description(answer.get_json())


def test_it_is_openapi_3_1_with_what_the_standard_asks_for(description: Description) -> None:
    document = description.document
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    assert document["info"]["title"]
    assert document["info"]["version"]
    assert set(document) <= {"openapi", "info", "servers", "paths", "components", "tags"}
    assert set(document["components"]) <= _SECTIONS
    operation_ids = [operation["operationId"] for _, _, operation in description.operations()]
    assert len(set(operation_ids)) == len(operation_ids)
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]+", name) for name in operation_ids)
    tags = {tag["name"] for tag in document["tags"]}
    for path, _, operation in description.operations():
        assert set(operation["tags"]) <= tags
        assert operation["summary"]
        assert not any(key.startswith("x-") for key in operation), path
        assert operation["responses"]
        for status, answer in operation["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d", status)
            assert description.resolved(answer)["description"]


def test_every_address_of_the_application_is_described(
    house: House, description: Description
) -> None:
    served = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule): (rule.methods or set())
        - {"HEAD", "OPTIONS"}
        for rule in house.app.url_map.iter_rules()
        if not rule.rule.startswith(("/docs", "/pages/", "/review/"))  # for people
    }
    described: dict[str, set[str]] = {}
    for path, method, _ in description.operations():
        described.setdefault(path, set()).add(method.upper())
    assert described == served


def test_every_reference_leads_somewhere(description: Description) -> None:
    for reference in _references(description.document):
        assert description.find(reference)


def test_every_component_is_used(description: Description) -> None:
    used = set(_references(description.document))
    kinds = description.document["components"]["schemas"]["ActRequest"]["discriminator"]
    used |= set(kinds["mapping"].values())
    for section in _SECTIONS - {"securitySchemes", "responses"}:
        for name in description.document["components"].get(section, {}):
            assert f"#/components/{section}/{name}" in used, f"{section}: {name}"


def test_every_parameter_of_a_path_is_described(description: Description) -> None:
    for path, item in description.document["paths"].items():
        named = {one["name"] for one in item.get("parameters", []) if one.get("in") == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
    for path, _, operation in description.operations():
        for parameter in operation.get("parameters", []):
            found = description.resolved(parameter)
            assert found["in"] in {"query", "header"}, path
            assert found["description"]
            assert found["schema"]


def test_every_schema_speaks_the_standard(description: Description) -> None:
    for schema in description.document["components"]["schemas"].values():
        for inner in _schemas(schema):
            assert set(inner) <= KEYWORDS, inner
            types = inner.get("type", [])
            allowed = {"array", "boolean", "integer", "null", "number", "object", "string"}
            assert set([types] if isinstance(types, str) else types) <= allowed
            assert "nullable" not in inner
            if "pattern" in inner:
                re.compile(inner["pattern"])


def test_every_operation_has_an_example_that_fits_its_schema(description: Description) -> None:
    for path, method, operation in description.operations():
        contents: list[Any] = []
        if "requestBody" in operation:
            bodies = operation["requestBody"]["content"].items()
            contents += [one for media_type, one in bodies if media_type.endswith("json")]
        for answer in operation["responses"].values():
            for media_type, content in description.resolved(answer).get("content", {}).items():
                if media_type.endswith("json") and content["schema"] != {"type": "object"}:
                    contents.append(content)
        for content in contents:
            examples = [one["value"] for one in content.get("examples", {}).values()]
            examples += [content["example"]] if "example" in content else []
            assert examples, f"{method} {path}"
            for example in examples:
                wrong = description.mismatches(example, content["schema"])
                assert not wrong, f"{method} {path}: {wrong}"


def test_there_is_an_example_for_each_kind(description: Description) -> None:
    body = description.document["paths"]["/v1/acts"]["post"]["requestBody"]
    examples = body["content"]["application/json"]["examples"]
    assert set(examples) == set(act_kinds())
    for slug, kind in act_kinds().items():
        assert examples[slug]["value"] == kind.example


def test_the_problems_that_every_caller_may_meet_are_described(description: Description) -> None:
    for path, method, operation in description.operations():
        statuses = set(operation["responses"])
        if operation["security"]:
            assert {"401", "403", "422", "429", "500", "503"} <= statuses, f"{method} {path}"
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= statuses, f"{method} {path}"
        if "{act_id}" in path:
            assert "404" in statuses, f"{method} {path}"


def test_it_is_served_with_a_tag(house: House) -> None:
    client = house.app.test_client()
    tag = client.get("/v1/openapi.json").headers["ETag"]
    assert client.get("/v1/openapi.json", headers={"If-None-Match": tag}).status_code == 304


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref" and isinstance(inner, str):
                yield inner
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for inner in schema.get("properties", {}).values():
        yield from _schemas(inner)
    for key in ("anyOf", "oneOf"):
        for inner in schema.get(key, []):
            yield from _schemas(inner)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _schemas(schema[key])
