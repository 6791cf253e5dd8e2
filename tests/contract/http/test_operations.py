"""What those who run the service see, and what callers see when a part is away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api import limits
from api.app import create_app
from api.problem_pages import catalogue
from jobs.limits import MemoryRequestCounter, RedisRequestCounter
from jobs.queue import RqJobQueue
from jobs.services import SOFTWARE_VERSION
from storage.objects import MemoryObjectStore
from storage.objects.port import StoreUnavailable
from tests.support.http import Caller, House, a_request, assert_problem, created
from tests.support.redis import Valkey

NOBODY = "redis://127.0.0.1:1"


class AwayStore(MemoryObjectStore):
    """A store that does not answer."""

    def get(self, *_: Any, **__: Any) -> bytes:
        raise StoreUnavailable("the object store does not answer")

    def ping(self) -> None:
        raise StoreUnavailable("the object store does not answer")


def with_parts(house: House, **parts: Any) -> House:
    """The same house with some parts replaced."""
    services = replace(house.services, **parts)
    return replace(house, services=services, app=create_app(services))


def test_the_process_lives(house: House) -> None:
    answer = house.app.test_client().get("/healthz")
    assert answer.get_json() == {"status": "ok", "version": SOFTWARE_VERSION}


def test_acts_can_be_made_when_every_part_answers(house: House) -> None:
    house.services.queue.beat("worker", 10)
    answer = house.caller().get("/readyz")
    assert answer.status_code == 200
    parts = answer.get_json()["dependencies"]
    assert set(parts) == {"database", "queue", "object_store", "office"}
    assert {part["status"] for part in parts.values()} == {"ok"}


@pytest.mark.parametrize("part", ["queue", "object_store", "office"])
def test_the_part_that_is_away_is_named(house: House, part: str) -> None:
    house.services.queue.beat("worker", 10)
    if part == "queue":
        house = with_parts(house, queue=RqJobQueue(NOBODY))
    elif part == "object_store":
        house = with_parts(house, drafts=AwayStore())
    else:
        house.services.queue.leave("worker")
    answer = house.caller().get("/readyz")
    assert_problem(answer, 503, "not-ready")
    parts = answer.get_json()["dependencies"]
    away = {name for name, found in parts.items() if found["status"] == "failed"}
    assert away == ({"queue", "office"} if part == "queue" else {part})
    assert house.caller().get("/healthz").status_code == 200


def test_an_act_is_accepted_while_queue_and_store_are_away(house: House) -> None:
    away = with_parts(
        house, queue=RqJobQueue(NOBODY), drafts=AwayStore(), counter=RedisRequestCounter(NOBODY)
    )
    caller = away.caller()
    act = created(caller)
    assert act["status"] == "queued"
    assert caller.get(f"/v1/acts/{act['id']}").get_json()["status"] == "queued"
    house.produce(act["id"])
    answer = caller.get(f"/v1/acts/{act['id']}/versions/1/document.pdf")
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Retry-After"]


def test_a_locked_database_is_503_and_nothing_is_half_done(house: House, caller: Caller) -> None:
    caller.get("/v1/kinds")
    path = str(house.services.database.url.database)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    answer = caller.post("/v1/acts", a_request(), Idempotency_Key="k")
    readable = caller.get("/v1/acts")
    connection.execute("ROLLBACK")
    connection.close()
    assert_problem(answer, 503, "database-unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert readable.status_code == 200
    assert house.is_empty()
    assert caller.post("/v1/acts", a_request(), Idempotency_Key="k").status_code == 202


def test_the_numbers_for_prometheus(house: House, caller: Caller) -> None:
    created(caller)
    caller.get("/v1/acts/act_0")
    text = house.app.test_client().get("/metrics").text
    post = 'method="POST",route="/v1/acts",status="202"'
    assert f"minutier_http_requests_total{{{post}}} 1.0" in text
    assert 'route="/v1/acts/<act_id>",status="404"' in text
    assert "minutier_outbox_rows 1.0" in text
    assert "minutier_http_request_seconds_bucket" in text
    assert SOFTWARE_VERSION in text
    assert caller.key.tenant_id not in text


def test_the_numbers_come_without_a_part_that_is_away(house: House) -> None:
    away = with_parts(house, queue=RqJobQueue(NOBODY))
    text = away.app.test_client().get("/metrics").text
    assert "minutier_outbox_rows" in text
    assert "minutier_queue_jobs" not in text


def test_every_type_of_problem_is_explained(house: House, caller: Caller) -> None:
    client = house.app.test_client()
    listed = caller.get("/problems").get_json()["data"]
    assert {item["code"] for item in listed} == set(catalogue())
    for item in listed:
        assert caller.get(item["type"]).get_json() == item
        assert item["explanation"]
        assert item["remedy"]
        page = client.get(item["type"], headers={"Accept": "text/html"})
        assert page.mimetype == "text/html"
        assert item["title"] in page.text.replace("&#39;", "'")
    assert_problem(caller.get("/problems/nothing"), 404, "not-found")
    assert client.get("/problems", headers={"Accept": "text/html"}).mimetype == "text/html"
    with client.get("/problems/style.css") as style:
        assert style.mimetype == "text/css"


def test_the_problems_that_callers_meet_are_listed() -> None:
    assert {
        "legal-check-failed",
        "idempotency-key-reused",
        "rate-limited",
        "rate-unknown",
        "database-unavailable",
        "object-store-unavailable",
        "queue-unavailable",
        "malformed-json",
    } <= set(catalogue())


@pytest.fixture
def thrifty(house: House) -> House:
    """The application with three requests a minute for each key."""
    return with_parts(
        house,
        settings=replace(house.services.settings, requests_per_minute=3),
        counter=MemoryRequestCounter(),
    )


def test_every_answer_to_a_key_tells_what_is_left(thrifty: House) -> None:
    caller = thrifty.caller()
    left = [caller.get("/v1/kinds").headers for _ in range(3)]
    assert [headers["RateLimit-Limit"] for headers in left] == ["3"] * 3
    assert [headers["RateLimit-Remaining"] for headers in left] == ["2", "1", "0"]
    assert all(0 < int(headers["RateLimit-Reset"]) <= limits.WINDOW_SECONDS for headers in left)
    assert "RateLimit-Limit" in caller.get("/v1/acts/act_0").headers


def test_a_request_too_many_is_refused_until_the_minute_is_over(thrifty: House) -> None:
    caller = thrifty.caller()
    for _ in range(3):
        assert caller.get("/v1/kinds").status_code == 200
    answer = caller.post("/v1/acts", a_request())
    assert_problem(answer, 429, "rate-limited")
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert answer.headers["Retry-After"] == answer.headers["RateLimit-Reset"]
    assert thrifty.is_empty()
    assert thrifty.caller().get("/v1/kinds").status_code == 200, "another key has its own"
    thrifty.clock.move(seconds=int(answer.headers["Retry-After"]))
    assert caller.post("/v1/acts", a_request()).status_code == 202


def test_what_needs_no_key_is_not_counted(thrifty: House) -> None:
    client = thrifty.app.test_client()
    assert {client.get("/healthz").status_code for _ in range(10)} == {200}


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with Valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.mark.parametrize("kind", ["memory", "redis"])
def test_requests_are_counted_by_key_and_window(request: pytest.FixtureRequest, kind: str) -> None:
    counter: MemoryRequestCounter | RedisRequestCounter = MemoryRequestCounter()
    if kind == "redis":
        counter = RedisRequestCounter(request.getfixturevalue("valkey").url)
    assert [counter.count("key_1", 7, 60) for _ in range(3)] == [1, 2, 3]
    assert counter.count("key_2", 7, 60) == 1
    assert counter.count("key_1", 8, 60) == 1


def test_two_processes_count_together(valkey: Valkey) -> None:
    first, second = RedisRequestCounter(valkey.url), RedisRequestCounter(valkey.url)
    assert [first.count("key_3", 1, 60), second.count("key_3", 1, 60)] == [1, 2]


def test_a_redis_that_hangs_lets_everyone_in_and_delays_few(house: House, tmp_path: Path) -> None:
    with Valkey(tmp_path / "valkey") as valkey:
        counting = with_parts(
            house,
            settings=replace(house.services.settings, requests_per_minute=1),
            counter=RedisRequestCounter(valkey.url),
        )
        caller = counting.caller()
        assert caller.get("/v1/kinds").status_code == 200
        assert caller.get("/v1/kinds").status_code == 429
        valkey.freeze()
        answers = [caller.get("/v1/kinds") for _ in range(20)]
        valkey.thaw()
    assert {answer.status_code for answer in answers} == {200}
    assert not any("RateLimit-Limit" in answer.headers for answer in answers)
