"""Holds answers against the description of the API, and the description against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.support.json_schema_check import mismatches

METHODS = ("get", "post", "put", "patch", "delete")


_OPTIONAL_HEADERS = ("RateLimit", "Location", "Preference", "Idempotency", "Minutier-Warnings")


class Description:
    """An OpenAPI 3.1 document, with which answers can be compared."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._paths = [
            (re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path))), path)
            for path in sorted(document["paths"], key=lambda path: path.count("{"))
        ]

    def operations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Every operation: path, method, operation."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method, item[method]

    def find(self, reference: str) -> Any:
        """What a reference names."""
        found: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        return found

    def resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """A value, or what it refers to."""
        return self.find(value["$ref"]) if "$ref" in value else value

    def operation(self, method: str, path: str) -> Mapping[str, Any] | None:
        """The operation of a request; None if the description knows none."""
        for pattern, name in self._paths:
            if pattern.fullmatch(path):
                found: Mapping[str, Any] | None = self.document["paths"][name].get(method.lower())
                return found
        return None

    def mismatches(self, value: Any, schema: Mapping[str, Any]) -> list[str]:
        """What in a value does not fit a schema of the document."""
        return mismatches(value, schema, root=self.document)

    def check(self, method: str, path: str, answer: TestResponse) -> None:
        """Assert that an answer is one that the description promises."""
        if path.startswith("/docs"):
            return
        operation = self.operation(method, urlsplit(path).path)
        if operation is None:
            assert answer.status_code in {404, 405}, f"{method} {path} is not described"
            return
        status = str(answer.status_code)
        assert status in operation["responses"], f"{method} {path} does not promise {status}"
        promised = self.resolved(operation["responses"][status])
        for name in promised.get("headers", {}):
            is_optional = name.startswith(_OPTIONAL_HEADERS)
            assert is_optional or name in answer.headers, f"{method} {path} {status}: no {name}"
        if not promised.get("content"):
            assert not answer.data
            return
        media_type = answer.mimetype
        assert media_type in promised["content"], f"{method} {path} {status}"
        if media_type in {"application/json", "application/problem+json"}:
            schema = promised["content"][media_type]["schema"]
            wrong = self.mismatches(answer.get_json(), schema)
            assert not wrong, f"{method} {path} {status}: {wrong}"
