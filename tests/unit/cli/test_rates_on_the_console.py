"""`minutier rates`: what will be missing, told to people and, by its exit code, to a monitor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cli import rates
from cli.main import main
from jobs.rates import CurrentRates
from storage.database import Database
from storage.rates import added


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATABASE_URL", "REDIS_URL", "S3_ACCESS_KEY", "S3_ENDPOINT"):
        monkeypatch.delenv(f"MINUTIER_{name}", raising=False)
    monkeypatch.setenv("MINUTIER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def environ(data: Path) -> dict[str, str]:
    return {"MINUTIER_DATA": str(data)}


@pytest.mark.parametrize(
    ("today", "code"),
    [
        pytest.param("2026-11-30", 0, id="32 days left"),
        pytest.param("2026-12-01", 0, id="31 days left"),
        pytest.param("2026-12-02", 1, id="30 days left"),
        pytest.param("2027-01-01", 1, id="missing today"),
    ],
)
def test_the_exit_code_tells_whether_every_series_lasts(data: Path, today: str, code: int) -> None:
    assert rates.check(environ(data), 31, date.fromisoformat(today)) == code


def test_each_series_names_what_is_missing_from_when_and_what_is_uncertain(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rates.check(environ(data), 31, date(2026, 12, 2))
    told = capsys.readouterr().out
    for series in ("ecb_refinancing", "legal_interest_other", "legal_interest_consumer_creditor"):
        assert f"{series}: 2027-S1 is missing from 2027-01-01, in 30 days" in told
    assert "uncertain: 2026-S2: l'arrêté du 26 juin 2026" in told
    rates.check(environ(data), 31, date(2027, 1, 2))
    assert "2027-S1 is missing from 2027-01-01, already" in capsys.readouterr().out


def test_a_rate_added_on_the_console_is_kept_with_who_did_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given: dict[str, str | None] = {
        "series": "ecb_refinancing",
        "period": "2026-S2",
        "percent": "2,40",
        "source": "BCE",
        "published_on": "2026-06-11",
        "source_url": None,
        "effective_on": None,
        "doubt": None,
    }
    rates.add(environ(data), given)
    assert "known" in capsys.readouterr().out
    database = Database(f"sqlite:///{data / 'minutier.db'}")
    with database.reading() as tx:
        assert added(tx) == []
    assert CurrentRates(database)().published == {}
    database.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ["ecb_refinancing", "2027-S2", "2.65", "--source", "BCE", "--published-on", "2026-09-10"],
        ["ecb_refinancing", "2026-S2", "9.99", "--source", "BCE", "--published-on", "2026-09-10"],
        ["ecb_refinancing", "2027-S1", "many", "--source", "BCE", "--published-on", "2026-09-10"],
        ["ecb_refinancing", "2027-S1", "2.65", "--source", "BCE", "--published-on", "10/09/2026"],
        ["euribor", "2027-S1", "2.65", "--source", "BCE", "--published-on", "2026-09-10"],
    ],
)
def test_what_cannot_be_added_is_refused_with_code_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rates", "add", *arguments]) == 2
    assert capsys.readouterr().err.startswith("minutier: ")


def test_every_rate_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rates", "list"]) == 0
    told = capsys.readouterr().out
    assert "2,40\u00a0%" in told
    assert told.count("uncertain") == 2
