"""Who may call: keys, scopes, tenants."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from api.auth import PrincipalCache
from storage.keys import revoke_key
from tests.support.http import Caller, House, a_request, assert_problem, created

OPEN = ("/healthz", "/readyz", "/metrics", "/v1/openapi.json", "/problems", "/docs")
SCOPES = ("acts:read", "acts:write", "acts:review", "archive:read", "templates:write")
OWN = "/v1/templates/mise_en_demeure"
NEEDS = [
    ("GET", "/v1/kinds", {*SCOPES}),
    ("GET", "/v1/kinds/mise_en_demeure", {*SCOPES}),
    ("POST", "/v1/statements", {"acts:read", "acts:write"}),
    ("POST", "/v1/checks", {"acts:read", "acts:write"}),
    ("POST", "/v1/limitations", {"acts:read", "acts:write"}),
    ("POST", "/v1/schedules", {"acts:read", "acts:write"}),
    ("GET", "/v1/schedules/plans", {*SCOPES}),
    ("GET", "/v1/courts", {*SCOPES}),
    ("GET", "/v1/rates", {*SCOPES}),
    ("PUT", "/v1/rates/ecb_refinancing/2027-S1", {"admin"}),
    ("POST", "/v1/acts", {"acts:write"}),
    ("GET", "/v1/acts", {"acts:read"}),
    ("GET", "/v1/acts/{id}", {"acts:read"}),
    ("POST", "/v1/acts/{id}/void", {"acts:write"}),
    ("POST", "/v1/acts/{id}/retry", {"acts:write"}),
    ("GET", "/v1/acts/{id}/versions", {"acts:read"}),
    ("POST", "/v1/acts/{id}/versions", {"acts:write"}),
    ("GET", "/v1/acts/{id}/versions/1", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/document.docx", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/document.pdf", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/data.json", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/findings.json", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/preview/1.png", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/findings.json", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/findings_changes", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/annotated.docx", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/corrected.docx", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/changes", {"acts:read"}),
    ("GET", "/v1/acts/{id}/versions/1/redline.docx", {"acts:read"}),
    ("GET", "/v1/acts/{id}/comments", {"acts:read"}),
    ("POST", "/v1/acts/{id}/comments", {"acts:review", "acts:write"}),
    ("PATCH", "/v1/acts/{id}/comments/com_1", {"acts:review", "acts:write"}),
    ("GET", "/v1/reviews", {"acts:review"}),
    ("GET", "/v1/settings/review", {"acts:review", "admin"}),
    ("PUT", "/v1/settings/review", {"admin"}),
    ("GET", "/v1/acts/{id}/reviews", {"acts:read"}),
    ("POST", "/v1/acts/{id}/reviews", {"acts:review"}),
    ("GET", "/v1/acts/{id}/audit_trail", {"acts:read", "archive:read"}),
    ("POST", "/v1/acts/{id}/archive", {"acts:write"}),
    ("GET", "/v1/archive", {"archive:read"}),
    ("GET", "/v1/archive/{id}", {"archive:read"}),
    ("GET", "/v1/archive/{id}/evidence.zip", {"archive:read"}),
    ("POST", "/v1/archive/{id}/verify", {"archive:read"}),
    ("GET", "/v1/acts/{id}/versions/1/dossier.pdf", {"acts:read"}),
    ("GET", "/v1/acts/{id}/attachments", {"acts:read"}),
    ("POST", "/v1/acts/{id}/attachments", {"acts:write"}),
    ("POST", "/v1/attachments", {"acts:write"}),
    ("GET", "/v1/attachments/att_1", {"acts:read"}),
    ("DELETE", "/v1/attachments/att_1", {"acts:write"}),
    ("GET", "/v1/attachments/att_1/content", {"acts:read"}),
    ("GET", "/v1/acts/{id}/review_links", {"acts:review"}),
    ("POST", "/v1/acts/{id}/review_links", {"acts:review"}),
    ("DELETE", "/v1/acts/{id}/review_links/rvl_1", {"acts:review"}),
    ("GET", OWN, {"acts:read", "templates:write"}),
    ("PUT", OWN, {"templates:write"}),
    ("DELETE", OWN, {"templates:write"}),
    ("GET", f"{OWN}/template.docx", {"acts:read", "templates:write"}),
    ("GET", f"{OWN}/versions", {"acts:read", "templates:write"}),
    ("GET", f"{OWN}/versions/1/template.docx", {"acts:read", "templates:write"}),
    ("GET", f"{OWN}/versions/1/preview.docx", {"acts:read", "templates:write"}),
    ("GET", f"{OWN}/versions/1/preview.pdf", {"acts:read", "templates:write"}),
    ("POST", f"{OWN}/versions/1/approve", {"templates:write"}),
    ("GET", "/v1/stationery", {"acts:read", "templates:write"}),
    ("PUT", "/v1/stationery", {"templates:write"}),
    ("DELETE", "/v1/stationery", {"templates:write"}),
    ("GET", "/v1/stationery/logo.png", {"acts:read", "templates:write"}),
    ("GET", "/v1/stationery/preview.pdf", {"acts:read", "templates:write"}),
]


def _paths(house: House) -> Iterator[tuple[str, str]]:
    for rule in house.app.url_map.iter_rules():
        path = rule.rule.replace("<int:number>", "1").replace("<int:page>", "1")
        path = path.replace("<act_id>", "{id}").replace("<kind>", "mise_en_demeure")
        path = path.replace("<comment_id>", "com_1").replace("<attachment_id>", "att_1")
        path = path.replace("<link_id>", "rvl_1")
        path = path.replace("<series>/<period>", "ecb_refinancing/2027-S1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, path


def test_the_table_of_scopes_names_every_resource(house: House) -> None:
    guarded = {pair for pair in _paths(house) if pair[1].startswith("/v1/")}
    assert guarded - {("GET", "/v1/openapi.json")} == {need[:2] for need in NEEDS}


@pytest.mark.parametrize("path", OPEN)
def test_what_needs_no_key(house: House, path: str) -> None:
    assert house.app.test_client().get(path).status_code in {200, 503}


@pytest.mark.parametrize(("method", "path", "_scopes"), NEEDS)
def test_without_a_key_401(house: House, method: str, path: str, _scopes: set[str]) -> None:
    answer = house.app.test_client().open(path.replace("{id}", "act_1"), method=method)
    assert_problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Bearer mk_live_unknown", id="unknown"),
        pytest.param("Bearer", id="no key"),
        pytest.param("Bearer  ", id="spaces"),
        pytest.param("Basic bWtfbGl2ZTo=", id="another scheme"),
        pytest.param("Bearer é", id="not ASCII"),
        pytest.param("Bearer " + "x" * 5000, id="long"),
        pytest.param("", id="empty"),
    ],
)
def test_a_key_that_is_none_401(house: House, header: str) -> None:
    answer = house.app.test_client().get("/v1/kinds", headers={"Authorization": header})
    assert_problem(answer, 401, "unauthorized")


def test_the_scheme_is_named_in_any_case(caller: Caller) -> None:
    headers = {"Authorization": f"bEARER {caller.key.secret}"}
    assert caller.client.get("/v1/kinds", headers=headers).status_code == 200


def test_a_revoked_key_401_once_the_memory_of_it_ends(house: House, caller: Caller) -> None:
    house.app.extensions["minutier.keys"] = PrincipalCache(seconds=0)
    assert caller.get("/v1/kinds").status_code == 200
    with house.services.database.transaction() as tx:
        revoke_key(tx, caller.key.id, house.clock())
    assert_problem(caller.get("/v1/kinds"), 401, "unauthorized")


@pytest.mark.parametrize(("method", "path", "scopes"), NEEDS)
def test_a_key_opens_what_its_scopes_name_and_nothing_else(
    house: House, method: str, path: str, scopes: set[str]
) -> None:
    for scope in SCOPES:
        answer = house.caller(scope).send(method, path.replace("{id}", "act_1"))
        if scope in scopes:
            assert answer.status_code not in {401, 403}
        else:
            assert_problem(answer, 403, "missing-scope")
            assert all(needed in answer.get_json()["detail"] for needed in scopes)


@pytest.mark.parametrize(
    ("method", "path", "_scopes"), [need for need in NEEDS if "{id}" in need[1]]
)
def test_the_object_of_another_cabinet_is_not_found(
    house: House, caller: Caller, method: str, path: str, _scopes: set[str]
) -> None:
    act_id = created(caller)["id"]
    other = house.caller(tenant="Autre cabinet")
    bodies = {
        "void": {"reason": "Erreur"},
        "versions": {"note": "Autre"},
        "reviews": {"version": 1, "decision": "approve"},
        "comments": {"version": 1, "body": "Vu"},
        "com_1": {"resolved": True},
        "review_links": {"reviewer": {"name": "Jeanne"}},
    }
    last = path.rsplit("/", 1)[1]
    body = bodies.get(last) if method in {"POST", "PATCH"} else None
    path += "?against=2" if last in {"changes", "findings_changes", "redline.docx"} else ""

    def asked(one: str) -> TestResponse:
        where = path.replace("{id}", one)
        if (method, last) == ("POST", "attachments"):
            return other.attach(where, b"%PDF-1.7")
        return other.send(method, where, body, headers={"Minutier-Actor": "x@y.example"})

    answer, unknown = asked(act_id), asked("act_0")
    assert answer.status_code == 404
    assert answer.get_json()["type"] == unknown.get_json()["type"]
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "queued"
    assert other.get("/v1/acts").get_json()["data"] == []


def test_the_last_use_of_a_key_is_noted(house: House, caller: Caller) -> None:
    caller.post("/v1/checks", a_request())
    with house.services.database.reading() as tx:
        rows = tx.exec_driver_sql("SELECT last_used_at FROM api_keys").all()
    assert [row[0] is not None for row in rows] == [True]
