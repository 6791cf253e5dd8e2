"""The JSON Schema (2020-12) of what a kind reads, for clients that write and check requests.

apispec, which also writes ``openapi.json``, knows marshmallow; OpenAPI 3.1 has the schemas of
JSON Schema 2020-12, so that only the references have to be set right.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_COMPONENTS: Final = "#/components/schemas/"


@cache
def json_schema(schema: type[Schema]) -> dict[str, Any]:
    """The JSON Schema of what a marshmallow schema reads; not to be changed by who asks.

    What it cannot say, because it holds between keys, is told by the faults of a request.
    """
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    spec.components.schema(_name(schema), schema=schema)
    definitions = _referring(spec.to_dict()["components"]["schemas"])
    own = definitions.pop(_name(schema))
    return {"$schema": DIALECT, "title": _name(schema), **own, "$defs": definitions}


def _name(schema: type[Schema] | Schema | str) -> str:
    """Name of a definition: that of the class without its ending."""
    if isinstance(schema, str):
        return schema
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _referring(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _referring(inner) if key != "$ref" else inner.replace(_COMPONENTS, "#/$defs/")
            for key, inner in value.items()
        }
    return [_referring(inner) for inner in value] if isinstance(value, list) else value
