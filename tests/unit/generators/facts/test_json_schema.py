"""The JSON Schema of a case says what the schema that reads it does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generators.case_schema import CaseSchema, DebtCaseSchema
from generators.json_schema import DIALECT, json_schema
from generators.options import LetterOptionsSchema
from tests.support.cases import CASES, case_body, changed, places, without
from tests.support.json_schema_check import mismatches
from tests.support.requests import faults_of_request

SCHEMA = json_schema(DebtCaseSchema)


@pytest.mark.parametrize("number", CASES)
def test_every_case_fits(number: str) -> None:
    assert mismatches(case_body(number)["case"], json_schema(CaseSchema)) == []


def test_it_stands_alone() -> None:
    text = json.dumps(SCHEMA)
    references = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}
    assert SCHEMA["$schema"] == DIALECT
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_every_object_refuses_unknown_keys_and_every_key_is_described() -> None:
    for schema in (SCHEMA, json_schema(LetterOptionsSchema)):
        for described in (schema, *schema["$defs"].values()):
            assert described["additionalProperties"] is False
            for key, value in described["properties"].items():
                assert value.get("description"), key


def test_limits_choices_and_forms_are_told() -> None:
    claim, party = SCHEMA["$defs"]["Claim"], SCHEMA["$defs"]["Party"]
    assert claim["required"] == ["amount_incl_tax", "due_on", "id", "type"]
    assert claim["properties"]["type"]["enum"] == ["invoice", "cheque", "rent", "loan", "other"]
    assert claim["properties"]["due_on"]["format"] == "date"
    assert claim["properties"]["vat"]["maxItems"] == 20
    assert party["properties"]["civility"]["enum"] == ["M.", "Mme", None]
    assert party["properties"]["siren"]["pattern"] == r"^\d{9}$"
    assert SCHEMA["properties"]["claims"]["minItems"] == 1
    assert SCHEMA["required"] == ["claims", "creditor", "debtor", "reference"]
    note = json_schema(LetterOptionsSchema)["properties"]["body_note"]
    assert note["maxLength"] == 5_000


BODY = case_body("05")
KEYS = [path for path in places(BODY["case"]) if path and isinstance(path[-1], str)]


@pytest.mark.parametrize(
    "value", [5, True, "\u00e9", [], {}, {"x": 1}, None, "2026-02-30", "1.234"]
)
def test_what_it_refuses_is_refused_when_read(value: Any) -> None:
    """It may be laxer, since it knows no rule between keys, but never stricter."""
    seen = 0
    for path in KEYS:
        case = changed(BODY["case"], path, value)
        if mismatches(case, SCHEMA):
            seen += 1
            assert faults_of_request(BODY | {"case": case}), path
    assert seen > 10


def test_what_it_requires_is_required_when_read() -> None:
    required = 0
    for path in KEYS:
        case = without(BODY["case"], path)
        if mismatches(case, SCHEMA):
            required += 1
            assert faults_of_request(BODY | {"case": case}), path
    assert required > 30
