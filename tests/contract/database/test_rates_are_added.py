"""Added rates: in force at once everywhere, never changed, kept as each version used them."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest

from jobs.rates import Author, CurrentRates, add_rate
from law.publication import RateContradicts
from law.rates import ECB, PublishedRate, RateTables, RateUnknown
from storage.database import Database
from storage.rates import added, keep_tables, kept_tables
from tests.support.database import Place

REFUSED = (
    sqlite3.IntegrityError,
    psycopg.errors.IntegrityConstraintViolation,
    psycopg.errors.UniqueViolation,
)
AGAIN = """INSERT INTO published_rates (series, period, percent, source, published_on, added_at)
SELECT series, period, '9.99', source, published_on, added_at FROM published_rates"""
NOW = datetime(2026, 12, 30, 8, 15, tzinfo=UTC)
AUTHOR = Author(tenant_id="ten_1", key_id="key_1", name="jane@cabinet.example")
IN_2027 = date(2027, 3, 1)


def a_rate(percent: str = "2.65", period: str = "2027-S1") -> PublishedRate:
    return PublishedRate(
        series=ECB,
        period=period,
        rate=Decimal(percent).scaleb(-2),
        source="Décision de la BCE",
        source_url="https://rates.example/2026-12",
        published_on=date(2026, 12, 17),
        effective_on=date(2026, 12, 23),
        doubt="à vérifier",
    )


def put(database: Database, rate: PublishedRate) -> bool:
    return add_rate(database, rate, AUTHOR, now=lambda: NOW)[1]


def test_an_added_rate_counts_at_once_in_every_process(place: Place) -> None:
    url = place.database.url.render_as_string(hide_password=False)
    other = Database(url)
    here, there = CurrentRates(place.database), CurrentRates(other)
    try:
        for rates in (here, there):
            with pytest.raises(RateUnknown):
                rates().ecb(IN_2027)
        assert put(place.database, a_rate())
        for rates in (here, there):
            assert rates().ecb(IN_2027).rate == Decimal("0.0265")
        assert there() is there()
        assert here().data_sha256 == there().data_sha256
    finally:
        other.close()


def test_who_added_a_rate_and_all_that_was_said_of_it_is_kept(place: Place) -> None:
    put(place.database, a_rate())
    with place.database.reading() as tx:
        (row,) = added(tx)
    assert row.rate == a_rate()
    assert (row.added_at, row.tenant_id, row.key_id) == (NOW, "ten_1", "key_1")
    assert row.actor_name == "jane@cabinet.example"


def test_the_same_rate_twice_is_one_and_another_is_refused(place: Place) -> None:
    assert put(place.database, a_rate())
    assert not put(place.database, a_rate("2.650"))
    with pytest.raises(RateContradicts):
        put(place.database, a_rate("2.90"))
    with place.database.reading() as tx:
        assert len(added(tx)) == 1


def test_of_many_who_add_at_once_one_adds_it(place: Place) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: put(place.database, a_rate()), range(8)))
    assert sorted(made) == [False] * 7 + [True]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE published_rates SET percent = '9.99'",
        "DELETE FROM published_rates",
        "UPDATE law_data SET rates = '{}'",
        "DELETE FROM law_data",
        AGAIN,
    ],
)
def test_what_was_added_is_never_changed_nor_deleted(place: Place, statement: str) -> None:
    put(place.database, a_rate())
    with place.database.transaction() as tx:
        keep_tables(tx, RateTables.load(), NOW)
    with pytest.raises(REFUSED):
        place.execute(statement)


@pytest.mark.parametrize("table", ["published_rates", "law_data"])
def test_no_way_around_by_truncate_or_replace(place: Place, table: str) -> None:
    put(place.database, a_rate())
    with place.database.transaction() as tx:
        keep_tables(tx, RateTables.load(), NOW)
    statement = f"TRUNCATE {table}"
    if place.database.is_sqlite:
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608 - ours
    with pytest.raises(REFUSED):
        place.execute(statement)


def test_the_tables_of_a_version_are_found_by_its_hash_whatever_was_added_since(
    place: Place,
) -> None:
    rates = CurrentRates(place.database)
    before = rates()
    with place.database.transaction() as tx:
        keep_tables(tx, before, NOW)
        keep_tables(tx, before, NOW)
    put(place.database, a_rate())
    with place.database.reading() as tx:
        kept = kept_tables(tx, before.data_sha256)
        assert kept_tables(tx, rates().data_sha256) is None
    assert kept is not None
    assert kept.text == before.text
    with pytest.raises(RateUnknown):
        kept.ecb(IN_2027)
