"""Cursors and column types: what goes in comes out, and what is broken is told."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from storage.database.types import UNREADABLE_AT, Json, UtcDateTime
from storage.paging import CursorInvalid, decode, encode

SQLITE = SQLiteDialect_pysqlite()
POSTGRESQL = PGDialect_psycopg()
TRICKY = 'aZ09 \u00e9\u0301\u202f\u2028\u20ac\ue000\U0001f71a"\\/\n\t\b\x00\x1f\x7f'
instants = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9998, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)


@given(instants, st.text(TRICKY, max_size=40))
def test_a_cursor_names_the_place_it_was_made_for(at: datetime, identifier: str) -> None:
    assert decode(encode(at, identifier)) == (at, identifier)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%%%",
        "é",
        "bm90IGEgY3Vyc29y",
        *(
            base64.urlsafe_b64encode(text.encode()).decode()
            for text in (
                "{}",
                "null",
                '"x"',
                "[1,2]",
                '["2026-11-24","a","b"]',
                '["yesterday","a"]',
                '["0001-01-01T00:00:00+14:00","a"]',
                "[" * 3000,
            )
        ),
    ],
)
def test_any_other_text_is_no_cursor(cursor: str) -> None:
    with pytest.raises(CursorInvalid) as refused:
        decode(cursor)
    assert [fault.pointer for fault in refused.value.faults] == ["/cursor"]


@given(instants, instants)
def test_instants_sort_as_text_on_sqlite_as_they_do_in_time(
    first: datetime, second: datetime
) -> None:
    column = UtcDateTime()
    texts = [column.process_bind_param(at, SQLITE) for at in (first, second)]
    assert (texts[0] < texts[1]) == (first < second)
    assert column.process_result_value(texts[0], SQLITE) == first


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
def test_an_instant_of_another_zone_is_stored_in_utc(
    dialect: SQLiteDialect_pysqlite | PGDialect_psycopg,
) -> None:
    paris = timezone(timedelta(hours=1))
    bound = UtcDateTime().process_bind_param(datetime(2026, 11, 24, 0, 30, tzinfo=paris), dialect)
    read = UtcDateTime().process_result_value(bound, dialect)
    assert read == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert read.tzinfo is UTC


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
def test_a_naive_instant_is_a_bug(dialect: SQLiteDialect_pysqlite | PGDialect_psycopg) -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 24), dialect)  # noqa: DTZ001 - the point


@pytest.mark.parametrize("stored", ["", "2026-11-24T09:30:1?", "9999-99-99", 3])
def test_an_unreadable_instant_is_none_that_ever_was(stored: object) -> None:
    assert UtcDateTime().process_result_value(stored, SQLITE) == UNREADABLE_AT


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(TRICKY),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=20,
    )
)
def test_json_comes_back_as_it_went_in(value: object) -> None:
    stored = Json().process_bind_param(value, SQLITE)
    assert Json().process_result_value(stored, SQLITE) == value


def test_json_that_broke_is_shown_and_stops_nobody() -> None:
    assert Json().process_result_value('{"a":', SQLITE) == {"unreadable": '{"a":'}


def test_json_has_no_infinity() -> None:
    with pytest.raises(ValueError, match="JSON"):
        Json().process_bind_param({"a": float("inf")}, SQLITE)


def test_json_text_is_readable_by_a_human() -> None:
    stored = Json().process_bind_param({"b": "é", "a": 1}, SQLITE)
    assert stored == '{"a":1,"b":"é"}'
    assert json.loads(stored)
