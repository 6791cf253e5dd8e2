"""``GET /v1/courts``: who may ask, what is answered, what is refused and where it points."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.courts import EXAMPLE
from core.clock import IdFactory
from core.settings import Settings
from jobs.services import build_services
from storage.keys import create_key
from tests.support.database import NOW

DINAN = {"kind": "requete_injonction_de_payer", "insee_code": "22050"}
CONSUMER = {"creditor_activity": "commercial", "debtor_activity": "none", "amount": "10000.00"}
TRADERS = {"creditor_activity": "commercial", "debtor_activity": "artisan"}
KINDS = ("requete_injonction_de_payer", "assignation_paiement", "assignation_refere_provision")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client whose key may read the archive only; queue and object store are not there."""
    settings = Settings.from_env(
        {
            "MINUTIER_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('courts')}/minutier.db",
            "MINUTIER_REDIS_URL": "redis://127.0.0.1:1/0",
            "MINUTIER_S3_ENDPOINT": "http://127.0.0.1:1",
            "MINUTIER_S3_ACCESS_KEY": "unused",
            "MINUTIER_S3_SECRET_KEY": "unused",
        }
    )
    services = replace(build_services(settings), now=lambda: NOW)
    with closing(services.database) as database:
        database.migrate()
        with database.transaction() as tx:
            scopes = frozenset({"archive:read"})
            secret = create_key(tx, "Cabinet Essai", scopes, NOW, IdFactory()).secret
        client = create_app(services).test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        yield client


def asked(client: FlaskClient, **query: str) -> Any:
    """The body of an answer that is right."""
    answer = client.get("/v1/courts", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def refused(client: FlaskClient, **query: str) -> Any:
    """The problem of an answer that is wrong."""
    answer = client.get("/v1/courts", query_string=query)
    assert answer.status_code == 422, answer.json
    assert answer.content_type == "application/problem+json"
    return answer.json


def test_without_a_key_nobody_is_answered(client: FlaskClient) -> None:
    answer = client.get("/v1/courts", query_string=DINAN, headers={"Authorization": ""})
    assert answer.status_code == 401


def test_the_example_of_the_description_is_what_is_answered(client: FlaskClient) -> None:
    assert asked(client, **DINAN, **CONSUMER) == EXAMPLE


def test_the_description_shows_parameters_answer_and_example(client: FlaskClient) -> None:
    document: Any = client.get("/v1/openapi.json").json
    operation = document["paths"]["/v1/courts"]["get"]
    parameters = {each["name"]: each for each in operation["parameters"]}
    assert set(parameters) == {
        "kind",
        "insee_code",
        "postal_code",
        "creditor_activity",
        "debtor_activity",
        "matter",
        "amount",
    }
    assert parameters["kind"]["required"]
    assert parameters["kind"]["schema"]["enum"] == list(KINDS)
    assert operation["responses"]["200"]["content"]["application/json"]["example"] == EXAMPLE
    assert {"401", "403", "422"} <= set(operation["responses"])
    assert "communes" in document["components"]["schemas"]["Problem"]["properties"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_act_before_a_court_may_be_asked_about(client: FlaskClient, kind: str) -> None:
    (court,) = asked(client, **{**DINAN, **TRADERS, "kind": kind})["courts"]
    assert court["court_id"] == "tc-saint-malo"
    assert court["default"]
    assert court["article"].endswith("art. 1406 CPC" if kind == KINDS[0] else "art. 42 CPC")


def test_an_unknown_address_is_null_and_said(client: FlaskClient) -> None:
    answer = asked(client, **{**DINAN, **TRADERS, "insee_code": "76351"})
    assert answer["courts"][0]["address"] is None
    assert "court-address-unknown" in {warning["code"] for warning in answer["warnings"]}


def test_a_postcode_whose_communes_share_their_courts_is_enough(client: FlaskClient) -> None:
    query = {"kind": KINDS[0], "postal_code": "75012", **TRADERS}
    assert asked(client, **query)["courts"][0]["court_id"] == "tae-paris"


def test_a_postcode_that_straddles_courts_is_refused_with_its_communes(client: FlaskClient) -> None:
    problem = refused(client, kind=KINDS[0], postal_code="01410", **TRADERS)
    assert problem["type"] == "/problems/ambiguous-postal-code"
    assert {"insee_code": "39274", "name": "Lajoux"} in problem["communes"]
    assert {"insee_code": "01247", "name": "Mijoux"} in problem["communes"]
    assert len(problem["communes"]) == 5
    assert problem["errors"][0]["pointer"] == "/postal_code"
    for commune in problem["communes"]:
        asked(client, kind=KINDS[0], insee_code=commune["insee_code"], **TRADERS)


@pytest.mark.parametrize(
    ("change", "slug", "pointer", "code"),
    [
        pytest.param({"kind": None}, "invalid-facts", "/kind", "missing", id="no kind"),
        pytest.param(
            {"kind": "relance"}, "invalid-facts", "/kind", "invalid-choice", id="no act of court"
        ),
        pytest.param(
            {"insee_code": None}, "invalid-facts", "/insee_code", "missing", id="no place"
        ),
        pytest.param(
            {"insee_code": "2205"},
            "invalid-facts",
            "/insee_code",
            "invalid-insee-code",
            id="no INSEE code",
        ),
        pytest.param(
            {"insee_code": "22999"},
            "commune-unknown",
            "/insee_code",
            "commune-unknown",
            id="no such commune",
        ),
        pytest.param(
            {"insee_code": None, "postal_code": "69433"},
            "postal-code-unknown",
            "/postal_code",
            "postal-code-unknown",
            id="a Cedex",
        ),
        pytest.param(
            {"postal_code": "75001"},
            "invalid-facts",
            "/postal_code",
            "contradicts-insee-code",
            id="postcode of another town",
        ),
        pytest.param({"matter": "tort"}, "invalid-facts", "/matter", "invalid-choice", id="matter"),
        pytest.param(
            {"debtor_activity": "trader"},
            "invalid-facts",
            "/debtor_activity",
            "invalid-choice",
            id="activity",
        ),
        pytest.param(
            {"amount": "100"}, "invalid-facts", "/amount", "invalid-amount", id="no decimals"
        ),
        pytest.param(
            {"amount": "-1.00"}, "invalid-facts", "/amount", "negative-amount", id="below nought"
        ),
        pytest.param({"city": "Dinan"}, "invalid-facts", "/city", "unknown-key", id="other key"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    client: FlaskClient, change: dict[str, str | None], slug: str, pointer: str, code: str
) -> None:
    query = {key: value for key, value in {**DINAN, **TRADERS, **change}.items() if value}
    problem = refused(client, **query)
    assert problem["type"] == f"/problems/{slug}"
    assert [(each["pointer"], each["code"]) for each in problem["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(
    "slug", ["ambiguous-postal-code", "commune-unknown", "postal-code-unknown"]
)
def test_each_problem_is_explained(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/problems/{slug}").status_code == 200
