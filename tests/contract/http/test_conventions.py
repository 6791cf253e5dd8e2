"""What every answer and every request has in common."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.http import Caller, House, a_request, assert_problem, set_in

EVERYWHERE = ("/v1/kinds", "/v1/acts/act_1", "/nowhere", "/healthz", "/docs", "/v1/acts?limit=0")


def send(caller: Caller, data: bytes, path: str = "/v1/acts", **headers: str) -> Any:
    """A POST of raw bytes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = caller.client.post(
        path,
        data=data,
        headers={
            "Authorization": f"Bearer {caller.key.secret}",
            "Content-Type": "application/json",
            **named,
        },
    )
    caller.seen("POST", path, answer)
    return answer


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_a_request_id(caller: Caller, path: str) -> None:
    first, second = caller.client.get(path), caller.get(path)
    assert first.headers["Request-Id"].startswith("req_")
    assert first.headers["Request-Id"] != second.headers["Request-Id"]
    assert first.headers["X-Content-Type-Options"] == "nosniff"


def test_a_sane_request_id_is_kept_and_another_is_replaced(caller: Caller) -> None:
    assert caller.get("/v1/kinds", Request_Id="abc-1.2").headers["Request-Id"] == "abc-1.2"
    for insane in ("a" * 65, "a b", "é", "a;b", ""):
        assert caller.get("/v1/kinds", Request_Id=insane).headers["Request-Id"].startswith("req_")


def test_an_address_that_does_not_exist_is_a_problem(caller: Caller) -> None:
    for path in ("/nowhere", "/v1/nothing", "/v1//acts", "/v1/acts/", "/v2/acts", "/v1/acts/%00"):
        assert caller.get(path).status_code in {404, 422}, path
        assert caller.get(path).mimetype == "application/problem+json"


def test_a_method_that_is_not_allowed_says_which_are(caller: Caller) -> None:
    answer = caller.send("DELETE", "/v1/acts")
    assert_problem(answer, 405, "method-not-allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b'{"kind": "a",}', id="trailing comma"),
        pytest.param(b'{"kind": "a", "kind": "b"}', id="a key twice"),
        pytest.param(b'{"case": {"a": {"x": 1, "x": 1}}}', id="a key twice, deep"),
        pytest.param(b'{"kind": NaN}', id="NaN"),
        pytest.param(b'{"kind": -Infinity}', id="Infinity"),
        pytest.param(b'{"kind": "\xff"}', id="not UTF-8"),
        pytest.param('{"kind": "a"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="nested too deeply"),
        pytest.param(b'{"kind": ' + b"9" * 5000 + b"}", id="a number too long"),
        pytest.param(b"{'kind': 'a'}", id="single quotes"),
    ],
)
def test_a_body_that_is_no_json_is_refused(house: House, caller: Caller, data: bytes) -> None:
    assert_problem(send(caller, data), 400, "malformed-json")
    assert_problem(send(caller, data, Idempotency_Key="k"), 400, "malformed-json")
    assert house.is_empty()


@pytest.mark.parametrize("depth", [20, 100, 300, 600, 800, 900, 950, 980])
def test_a_body_nested_deeply_is_refused_and_not_an_error_of_ours(
    house: House, caller: Caller, depth: int
) -> None:
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        data = b'{"kind": "mise_en_demeure", "case": ' + opening * depth + b"1" + closing * depth
        for headers in ({}, {"Idempotency_Key": f"k{depth}"}):
            assert send(caller, data + b"}", **headers).status_code in {400, 422}
    assert house.is_empty()


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"true"])
def test_a_body_that_is_no_object_is_refused(house: House, caller: Caller, body: bytes) -> None:
    errors = assert_problem(send(caller, body), 422, "invalid-facts", "")
    assert errors[0]["code"] == "object-expected"
    assert house.is_empty()


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Content_Type": "text/plain"}, id="text"),
        pytest.param({"Content_Type": "application/x-www-form-urlencoded"}, id="a form"),
        pytest.param({"Content_Type": "multipart/form-data; boundary=x"}, id="multipart"),
        pytest.param({"Content_Type": "application/json; charset=latin-1"}, id="Latin-1"),
        pytest.param({"Content_Type": ""}, id="none"),
        pytest.param({"Content_Encoding": "gzip"}, id="compressed"),
    ],
)
def test_a_body_that_is_not_declared_as_json_is_refused(
    house: House, caller: Caller, headers: dict[str, str]
) -> None:
    body = json.dumps(a_request()).encode()
    assert_problem(send(caller, body, **headers), 415, "unsupported-media-type")
    assert house.is_empty()


def test_a_body_above_one_mebibyte_is_refused(house: House, caller: Caller) -> None:
    padded = json.dumps(a_request()).encode()
    assert_problem(send(caller, padded.ljust(1024 * 1024 + 1)), 413, "payload-too-large")
    assert house.is_empty()
    assert send(caller, padded.ljust(1024 * 1024)).status_code == 202


@pytest.mark.parametrize(("surplus", "status"), [(0, 202), (1, 413), (500_000, 413)])
def test_a_body_without_a_declared_length_is_measured_as_it_comes(
    house: House, caller: Caller, surplus: int, status: int
) -> None:
    body = json.dumps(a_request()).encode().ljust(1024 * 1024 + surplus)
    answer = caller.client.post(
        "/v1/acts",
        input_stream=io.BytesIO(body),
        environ_overrides={"wsgi.input_terminated": True},
        headers={
            "Authorization": f"Bearer {caller.key.secret}",
            "Content-Type": "application/json",
            "Transfer-Encoding": "chunked",
        },
    )
    assert answer.status_code == status
    assert house.rows()["acts"] == (status == 202)


def test_unknown_keys_are_refused_at_their_place(house: House, caller: Caller) -> None:
    body = a_request(colour="red")
    for pointer in ("/case/mood", "/options/font", "/case/claims/0/vat_rate", "/case/debtor/a~b"):
        set_in(body, pointer, 1)
    errors = assert_problem(
        caller.post("/v1/acts", body),
        422,
        "invalid-facts",
        *("/colour", "/case/mood", "/options/font", "/case/claims/0/vat_rate"),
        "/case/debtor/a~0b",
    )
    assert {error["code"] for error in errors} == {"unknown-key"}
    assert house.is_empty()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("void", {"reason": "Erreur", "x": 1}),
        ("versions", {"note": "Erreur", "x": 1}),
        ("reviews", {"version": 1, "decision": "approve", "x": 1}),
        ("retry", {"x": 1}),
        ("archive", {"x": 1}),
    ],
)
def test_unknown_keys_are_refused_by_every_request(
    house: House, caller: Caller, path: str, body: dict[str, Any]
) -> None:
    act_id = house.drafted(caller)
    before = house.rows()
    answer = caller.post(f"/v1/acts/{act_id}/{path}", body, Minutier_Actor="x@y.example")
    assert_problem(answer, 422, "invalid-facts", "/x")
    assert house.rows() == before


@pytest.mark.parametrize(
    "path",
    [
        "/v1/acts?colour=red",
        "/v1/acts?limit=1&limit=2",
        "/v1/archive?colour=red",
        "/v1/kinds?colour=red",
        "/v1/kinds/mise_en_demeure?colour=red",
        "/v1/acts/{id}?colour=red",
        "/v1/acts/{id}/versions?colour=red",
        "/v1/acts/{id}/versions/1?colour=red",
        "/v1/acts/{id}/versions/1/data.json?colour=red",
        "/v1/acts/{id}/versions/1/preview/1.png?dpi=96&colour=red",
        "/v1/acts/{id}/audit_trail?colour=red",
        "/v1/acts/{id}/reviews?colour=red",
    ],
)
def test_unknown_query_keys_are_refused(
    caller: Caller, path: str, an_act: Callable[[], str]
) -> None:
    pointer = "/limit" if "limit" in path else "/colour"
    answer = caller.get(path.replace("{id}", an_act()))
    assert_problem(answer, 422, "invalid-facts", pointer)


@pytest.mark.parametrize("path", ["/v1/acts?colour=red", "/v1/statements?colour=red"])
def test_unknown_query_keys_of_a_post_are_refused(house: House, caller: Caller, path: str) -> None:
    assert_problem(caller.post(path, a_request()), 422, "invalid-facts", "/colour")
    assert house.is_empty()


@pytest.mark.parametrize("limit", ["0", "201", "-1", "abc", "1.5", "", "1e2", "9" * 400])
@pytest.mark.parametrize("path", ["/v1/acts", "/v1/archive", "/v1/acts/{id}/audit_trail"])
def test_a_limit_out_of_bounds_is_refused(
    caller: Caller, an_act: Callable[[], str], path: str, limit: str
) -> None:
    answer = caller.get(f"{path.replace('{id}', an_act())}?limit={limit}")
    assert_problem(answer, 422, "invalid-facts", "/limit")


@pytest.mark.parametrize(
    "cursor",
    ["", "abc", "%00", "é", "eyJ9", "W10", "WyJhIiwiYiJd", "seq_1", "seq_x", "seq_²", "x" * 600],
)
@pytest.mark.parametrize("path", ["/v1/acts", "/v1/archive", "/v1/acts/{id}/audit_trail"])
def test_a_cursor_that_was_not_given_is_refused(
    caller: Caller, an_act: Callable[[], str], path: str, cursor: str
) -> None:
    if (path.endswith("audit_trail"), cursor) == (True, "seq_1"):
        return
    answer = caller.get(f"{path.replace('{id}', an_act())}?cursor={cursor}")
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.get_json()["errors"]} == {"/cursor"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("Minutier-Actor", "x" * 201, id="an actor too long"),
        pytest.param("Minutier-Actor", "a\tb", id="a control character in the actor"),
        pytest.param("Idempotency-Key", "x" * 256, id="a key too long"),
        pytest.param("Idempotency-Key", "é", id="a key beyond ASCII"),
        pytest.param("Idempotency-Key", "", id="an empty key"),
    ],
)
def test_a_header_that_is_not_allowed_is_refused(
    house: House, caller: Caller, name: str, value: str
) -> None:
    answer = caller.send("POST", "/v1/acts", a_request(), headers={name: value})
    assert_problem(answer, 400, "header-invalid")
    assert house.is_empty()


def test_the_actor_is_read_as_utf_8(caller: Caller) -> None:
    name = "Zoé@cabinet.example".encode().decode("latin-1")
    act = caller.post("/v1/acts", a_request(), Minutier_Actor=name).get_json()
    assert act["created_by"] == {"key_id": caller.key.id, "actor": "Zoé@cabinet.example"}


def test_numbers_in_addresses_that_nothing_holds_are_not_found(
    caller: Caller, an_act: Callable[[], str]
) -> None:
    base = f"/v1/acts/{an_act()}/versions"
    for number in ("0", "2", "9" * 18, "9" * 19, "9" * 40, "-1", "x", "9" * 5000):
        for path in (f"{base}/{number}", f"{base}/{number}/document.pdf"):
            assert caller.get(path).status_code in {404, 422}, path


def test_personal_data_is_not_cached_and_pages_are_shut(caller: Caller) -> None:
    answer = caller.get("/v1/acts")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
