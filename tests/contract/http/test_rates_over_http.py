"""`/v1/rates`: read by every key, added to by those with `admin`, in force in the next answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobs.rates import rates_of
from storage import acts, versions
from tests.support.application import Application, application

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "generators" / "kinds" / "mise_en_demeure" / "example.json"
NEW = {
    "percent": "2.65",
    "source": "Décision de la BCE du 10 septembre 2026",
    "published_on": "2026-09-10",
    "effective_on": "2026-09-16",
}
ECB_2027 = "/v1/rates/ecb_refinancing/2027-S1"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    with application(tmp_path) as made:
        yield made


def put(app: Application, path: str = ECB_2027, headers: dict[str, str] | None = None, **changes):
    headers = headers or app.key("admin")
    return app.client.put(path, json={**NEW, **changes}, headers=headers)


def a_case(as_of: str) -> dict[str, Any]:
    body = json.loads(EXAMPLE.read_text("utf-8"))
    for claim in body["case"]["claims"]:
        claim["late_interest"] = None
    return {"case": body["case"], "as_of": as_of}


def test_every_series_tells_its_sources_its_end_and_its_doubts(app: Application) -> None:
    answer = app.client.get("/v1/rates", headers=app.key("acts:read"))
    assert answer.status_code == 200
    series = {item["series"]: item for item in answer.json["data"]}
    assert set(series) == {
        "ecb_refinancing",
        "legal_interest_other",
        "legal_interest_consumer_creditor",
    }
    for item in series.values():
        assert item["complete_until"] == "2026-12-31"
        assert item["next_period"] == "2027-S1"
        assert all(rate["source"] and rate["source_url"] for rate in item["periods"])
    other = series["legal_interest_other"]
    last = other["periods"][-1]
    assert (last["period"], last["percent"]) == ("2026-S2", "2.75")
    assert last["source"] == "Arrêté du 26 juin 2026"
    assert "n'a pas été lu" in last["doubt"]
    assert any("2026-S2" in doubt for doubt in other["doubts"])
    ecb = series["ecb_refinancing"]["periods"][-1]
    assert (ecb["percent"], ecb["in_force_since"]) == ("2.40", "2026-06-17")


def test_a_day_beyond_the_tables_is_computed_once_its_rate_is_added(app: Application) -> None:
    key = app.key()
    before = app.post("/v1/statements", a_case("2027-02-01"), key)
    assert before.status_code == 422
    assert before.json["type"] == "/problems/rate-unknown"
    assert (before.json["series"], before.json["period"]) == ("ecb_refinancing", "2027-S1")
    added = put(app, headers={**key, "Minutier-Actor": "jane@cabinet.example"})
    assert added.status_code == 201
    assert added.json["origin"] == "added"
    assert added.json["added"]["by"]["actor"] == "jane@cabinet.example"
    after = app.post("/v1/statements", a_case("2027-02-01"), key)
    assert after.status_code == 200, after.json
    rates = {
        line["rate_percent"]
        for claim in after.json["claims"]
        for line in claim["interest"]
        if line["from"] >= "2027-01-01"
    }
    assert rates == {"12.65"}
    beyond = app.post("/v1/statements", a_case("2027-07-01"), key)
    assert beyond.json["period"] == "2027-S2"


def test_added_twice_it_is_known_and_with_another_value_refused(app: Application) -> None:
    assert put(app).status_code == 201
    again = put(app, percent="2.650")
    assert again.status_code == 200
    assert again.json["percent"] == "2.65"
    other = put(app, percent="2.90")
    assert other.status_code == 409
    assert other.json["type"] == "/problems/rate-contradicts"


def test_a_packaged_rate_is_never_overwritten(app: Application) -> None:
    path = "/v1/rates/legal_interest_other/2026-S2"
    assert put(app, path, percent="2.76").status_code == 409
    same = put(app, path, percent="2.75")
    assert same.status_code == 200
    assert same.json["origin"] == "packaged"


def test_a_gap_is_refused(app: Application) -> None:
    answer = put(app, "/v1/rates/ecb_refinancing/2027-S2")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["code"] == "period-does-not-follow"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"percent": 2.65}, "/percent"),
        ({"percent": "-1"}, "/percent"),
        ({"percent": "101"}, "/percent"),
        ({"source": " "}, "/source"),
        ({"source_url": "rates.example"}, "/source_url"),
        ({"published_on": "2026-11-25"}, "/published_on"),
        ({"published_on": "10/09/2026"}, "/published_on"),
        ({"effective_on": "2027-01-02"}, "/effective_on"),
        ({"valid_from": "2027-01-01"}, "/valid_from"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    app: Application, changes: dict[str, Any], pointer: str
) -> None:
    answer = put(app, **changes)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_only_an_admin_adds_and_only_to_a_series_that_exists(app: Application) -> None:
    assert put(app, headers=app.key("acts:write", "acts:review")).status_code == 403
    assert put(app, "/v1/rates/euribor/2027-S1").status_code == 404
    assert app.client.put(ECB_2027, json=NEW).status_code == 401


def test_another_cabinet_sees_the_rate_and_not_who_added_it(app: Application) -> None:
    put(app, headers={**app.key("admin"), "Minutier-Actor": "jane@cabinet.example"})
    answer = app.client.get("/v1/rates", headers=app.key("acts:read", tenant="Étude Autre"))
    ecb = next(item for item in answer.json["data"] if item["series"] == "ecb_refinancing")
    assert ecb["next_period"] == "2027-S2"
    assert ecb["periods"][-1]["added"]["by"] is None
    assert "jane" not in answer.text


def test_an_act_is_rendered_under_the_rates_it_was_accepted_under(app: Application) -> None:
    key, body = app.key(), json.loads(EXAMPLE.read_text("utf-8"))
    first = app.post("/v1/acts", body, key)
    assert first.status_code == 202, first.json
    assert put(app).status_code == 201
    second = app.post("/v1/acts", body, key)
    with app.services.database.reading() as tx:
        found = []
        for answer in (first, second):
            tenant = acts.tenant_of(tx, answer.json["id"])
            found.append(versions.get_version(tx, tenant, answer.json["id"], 1))
    tables = [rates_of(app.services.database, version) for version in found]
    assert [t.data_sha256 for t in tables] == [v.law_data_sha256 for v in found]
    assert [len(t.published) for t in tables] == [0, 1]


def test_the_days_left_are_a_metric(app: Application) -> None:
    put(app)
    text = app.client.get("/metrics").text
    assert 'minutier_rates_days_left{series="ecb_refinancing"} 219.0' in text
    assert 'minutier_rates_days_left{series="legal_interest_other"} 38.0' in text


def test_an_added_rate_is_there_after_a_restart(tmp_path: Path) -> None:
    with application(tmp_path) as first:
        assert put(first).status_code == 201
    with application(tmp_path) as second:
        answer = second.client.get("/v1/rates", headers=second.key())
    ecb = next(item for item in answer.json["data"] if item["series"] == "ecb_refinancing")
    assert ecb["complete_until"] == "2027-06-30"
