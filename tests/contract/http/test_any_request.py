"""Whatever is sent, the answer is one that the description promises, and never an error of ours."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.http import LAWYER, Caller, a_request, created

PATHS = [
    ("GET", "/v1/kinds/{text}"),
    ("GET", "/v1/acts"),
    ("GET", "/v1/acts/{text}"),
    ("GET", "/v1/acts/{id}/versions/{text}"),
    ("GET", "/v1/acts/{id}/versions/{text}/document.pdf"),
    ("GET", "/v1/acts/{id}/versions/1/preview/{text}.png"),
    ("GET", "/v1/acts/{id}/audit_trail"),
    ("GET", "/v1/archive"),
    ("GET", "/v1/archive/{text}"),
    ("GET", "/problems/{text}"),
    ("GET", "/v1/templates/{text}"),
    ("GET", "/v1/templates/mise_en_demeure/versions/{text}/template.docx"),
    ("GET", "/v1/stationery"),
    ("POST", "/v1/templates/mise_en_demeure/versions/{text}/approve"),
    ("PUT", "/v1/stationery"),
    ("POST", "/v1/acts"),
    ("POST", "/v1/checks"),
    ("POST", "/v1/statements"),
    ("POST", "/v1/acts/{id}/void"),
    ("POST", "/v1/acts/{id}/versions"),
    ("POST", "/v1/acts/{id}/reviews"),
    ("POST", "/v1/acts/{text}/archive"),
]
QUERY_KEYS = ["limit", "cursor", "created_from", "created_to", "q", "debtor", "dpi", "status"]
BODY_KEYS = ["kind", "case", "options", "as_of", "note", "reason", "version", "decision", "logo"]
TEXT = st.text(max_size=20) | st.sampled_from(["1", "0", "-1", "9" * 25, "seq_1", "2026-11-24"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
CALM = settings(
    max_examples=100,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def met(caller: Caller) -> tuple[Caller, str]:
    """A caller and an act of its own."""
    return caller, created(caller)["id"]


@CALM
@given(data=st.data())
def test_no_request_is_an_error_of_ours(met: tuple[Caller, str], data: st.DataObject) -> None:
    caller, act_id = met
    method, path = data.draw(st.sampled_from(PATHS))
    text = quote(data.draw(TEXT) or "x", safe="", errors="replace")
    query = data.draw(st.dictionaries(st.sampled_from(QUERY_KEYS), TEXT, max_size=2))
    keys = st.sampled_from(BODY_KEYS) | TEXT
    body = (
        data.draw(st.dictionaries(keys, ANYTHING, max_size=4))
        if method in {"POST", "PUT"}
        else None
    )
    answer = caller.client.open(
        path.replace("{id}", act_id).replace("{text}", text),
        method=method,
        query_string={key: value.encode("utf-8", "replace") for key, value in query.items()},
        data=None if body is None else json.dumps(body),
        content_type=None if body is None else "application/json",
        headers={"Authorization": f"Bearer {caller.key.secret}", "Minutier-Actor": LAWYER},
    )
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"


@CALM
@given(data=st.data())
def test_a_request_damaged_anywhere_is_refused_or_made_and_never_breaks(
    met: tuple[Caller, str], data: st.DataObject
) -> None:
    caller, _ = met
    body = a_request()
    places = list(_places(body))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(ANYTHING)
    answer = caller.client.post(
        "/v1/checks",
        data=json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {caller.key.secret}"},
    )
    assert answer.status_code in {200, 400, 422}, answer.text
    if answer.status_code == 400:  # a number that JSON does not know, such as NaN
        assert answer.get_json()["type"] == "/problems/malformed-json"
    if answer.status_code == 422:
        assert answer.get_json()["errors"] or answer.get_json()["detail"]


def _places(value: Any) -> Any:
    """Every place of a JSON value: what holds it, and under which key."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
