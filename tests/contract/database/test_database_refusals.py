"""What the database itself refuses, to whoever asks, by plain SQL."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from storage import archives_db, reviews, trail, versions
from storage.archives_db import Archive, ArchivedObject
from storage.reviews import Review
from tests.support.database import NOW, SYSTEM, Cabinet, Place, a_version, add_act
from tests.support.versions import make_ready

REFUSED = (sqlite3.IntegrityError, psycopg.errors.IntegrityConstraintViolation)


@pytest.fixture
def full(place: Place, cabinet: Cabinet) -> Place:
    """One row in each table: act and two versions, the first ready; event, review, archive."""
    with place.database.transaction() as tx:
        act = add_act(tx, cabinet)
        versions.insert_version(tx, a_version(act, 2))
        trail.append(
            tx,
            tenant_id=cabinet.tenant_id,
            act_id=act.id,
            at=NOW,
            actor=SYSTEM,
            action="created",
            details={},
        )
        make_ready(tx, act.id)
        reviews.insert_review(tx, _review())
        archive = archives_db.begin(tx, _archive(cabinet))
        archives_db.record_objects(tx, archive, [_object()])
        archives_db.mark_sealed(tx, act.id, 1, manifest_sha256="c" * 64, sealed_at=NOW)
    return place


@pytest.mark.parametrize(
    "table", ["trail_events", "reviews", "acts", "versions", "archives", "archive_objects"]
)
def test_rows_that_prove_are_never_deleted(full: Place, table: str) -> None:
    with pytest.raises(REFUSED):
        full.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables


@pytest.mark.parametrize(
    "table", ["trail_events", "reviews", "acts", "versions", "archives", "archive_objects"]
)
def test_tables_that_prove_are_never_emptied(full: Place, table: str) -> None:
    if full.database.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(REFUSED):
        full.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_events SET action = 'other'",
        "UPDATE trail_events SET hash = hash",
        "UPDATE reviews SET decision = 'request_changes'",
        "UPDATE archive_objects SET version_id = 'other'",
        "UPDATE acts SET id = 'act_2'",
        "UPDATE acts SET tenant_id = 'ten_2'",
        "UPDATE acts SET kind = 'relance'",
        "UPDATE versions SET snapshot = '{}' WHERE number = 2",
        "UPDATE versions SET data_sha256 = 'x' WHERE number = 2",
        "UPDATE versions SET number = 3 WHERE number = 2",
        "UPDATE versions SET pdf_sha256 = 'x' WHERE number = 1",
        "UPDATE versions SET checks = '[]' WHERE number = 1",
        "UPDATE versions SET status = 'queued' WHERE number = 1",
        "UPDATE archives SET status = 'sealing'",
        "UPDATE archives SET manifest_sha256 = 'x'",
        "UPDATE archives SET archived_at = sealed_at, version = 2",
        "UPDATE archives SET retain_until = '2027-01-01T00:00:00.000000Z'",
    ],
)
def test_what_was_fixed_is_never_changed(full: Place, statement: str) -> None:
    with pytest.raises(REFUSED):
        full.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts SET status = 'approved'",
        "UPDATE versions SET status = 'rendering', attempts = 1 WHERE number = 2",
        "UPDATE archives SET legal_hold = (1 = 1)",
        "UPDATE archives SET retain_until = '2099-01-01T00:00:00.000000Z'",
    ],
)
def test_what_may_move_still_moves(full: Place, statement: str) -> None:
    full.execute(statement)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("acts", {"id": "act_1"}),
        ("versions", {"act_id": "act_1", "number": 1}),
        ("reviews", {"id": "rev_1"}),
        ("archives", {"act_id": "act_1", "generation": 1}),
        ("archive_objects", {"act_id": "act_1", "generation": 1, "path": "act.pdf"}),
        ("trail_events", {"act_id": "act_1"}),
    ],
)
def test_replacing_a_row_is_no_way_around(full: Place, table: str, key: dict[str, Any]) -> None:
    if not full.database.is_sqlite:
        pytest.skip("PostgreSQL has no REPLACE; its ON CONFLICT fires the triggers of UPDATE")
    same = " AND ".join(f"{name} = {value!r}" for name, value in key.items())
    with pytest.raises(REFUSED):
        full.execute(
            f"INSERT OR REPLACE INTO {table} "  # noqa: S608 - our own tables
            f"SELECT * FROM {table} WHERE {same}"
        )


@pytest.mark.parametrize(
    ("seq", "previous_hash"),
    [
        pytest.param("1", "previous_hash", id="a place that is taken"),
        pytest.param("3", "hash", id="a gap before it"),
        pytest.param("2", "previous_hash", id="not linked to the last"),
    ],
)
def test_an_event_that_is_not_the_next_link_is_refused(
    full: Place, seq: str, previous_hash: str
) -> None:
    with pytest.raises(REFUSED):
        full.execute(_insert_event(seq, previous_hash))
    full.execute(_insert_event("2", "hash"))  # the next link


def _insert_event(seq: str, previous_hash: str) -> str:
    return (
        "INSERT INTO trail_events "  # noqa: S608 - our own values
        "(act_id, tenant_id, seq, at, actor, action, details, previous_hash, hash) "
        f"SELECT act_id, tenant_id, {seq}, at, actor, action, details, {previous_hash}, 'x' "
        "FROM trail_events WHERE seq = 1"
    )


def _review() -> Review:
    return Review(
        id="rev_1",
        act_id="act_1",
        version=1,
        decision="approve",
        comment=None,
        reviewer="jane@cabinet.example",
        key_id="key_1",
        at=NOW,
    )


def _archive(cabinet: Cabinet) -> Archive:
    return Archive(
        act_id="act_1",
        generation=1,
        tenant_id=cabinet.tenant_id,
        status="sealing",
        version=1,
        archived_at=NOW,
        sealed_at=None,
        manifest_sha256=None,
        retention_class="ten-years",
        retain_until=NOW + timedelta(days=3653),
        legal_hold=False,
        software_version="0.1.0",
    )


def _object() -> ArchivedObject:
    return ArchivedObject(
        path="act.pdf",
        key="v1/t/acts/act_1/g001/act.pdf",
        version_id="v",
        sha256="d" * 64,
        size=3,
        media_type="application/pdf",
        role="act",
    )
