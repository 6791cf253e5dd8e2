"""The trail as it is kept: linked, whole under concurrency, and telling when it was forged."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from storage import trail
from storage.database import Database
from storage.trail import GENESIS, Event, check_chain
from tests.support.database import NOW, SYSTEM, Cabinet, Place, add_act


@pytest.fixture
def act_id(database: Database, cabinet: Cabinet) -> str:
    with database.transaction() as tx:
        return add_act(tx, cabinet).id


def _append(
    database: Database, cabinet: Cabinet, act_id: str, action: str, **details: Any
) -> Event:
    with database.transaction() as tx:
        return trail.append(
            tx,
            tenant_id=cabinet.tenant_id,
            act_id=act_id,
            at=NOW,
            actor={"type": "key", "key_id": cabinet.key_id, "name": "Zoë Étang"},
            action=action,
            details=details,
        )


def _events(database: Database, cabinet: Cabinet, act_id: str, **page: Any) -> list[Event]:
    with database.reading() as tx:
        return trail.events(tx, cabinet.tenant_id, act_id, **page)


def test_what_is_read_is_what_was_hashed(database: Database, cabinet: Cabinet, act_id: str) -> None:
    made = [
        _append(database, cabinet, act_id, "created", sha256="ab" * 32, amounts=[1, None, True]),
        _append(database, cabinet, act_id, "rendered", nested={"é": "« 1 234,56 € »", "a": {}}),
    ]
    read = _events(database, cabinet, act_id)
    assert read == made
    assert [event.seq for event in read] == [1, 2]
    assert read[0].previous_hash == GENESIS
    assert read[1].previous_hash == read[0].hash
    assert read[0].to_json()["at"] == "2026-11-24T09:30:15.123Z"
    assert check_chain(read) == []


def test_events_are_paged_oldest_first(database: Database, cabinet: Cabinet, act_id: str) -> None:
    for action in ("a", "b", "c", "d"):
        _append(database, cabinet, act_id, action)
    page = _events(database, cabinet, act_id, after_seq=1, limit=2)
    assert [event.action for event in page] == ["b", "c"]


def test_another_tenant_sees_no_event(database: Database, cabinet: Cabinet, act_id: str) -> None:
    _append(database, cabinet, act_id, "created")
    with database.reading() as tx:
        assert trail.events(tx, "ten_other", act_id) == []


def test_the_head_is_the_last_link(database: Database, cabinet: Cabinet, act_id: str) -> None:
    with database.reading() as tx:
        assert trail.head(tx, act_id) == (0, GENESIS)
    _append(database, cabinet, act_id, "created")
    last = _append(database, cabinet, act_id, "rendered")
    with database.reading() as tx:
        assert trail.head(tx, act_id) == (2, last.hash)


def test_an_event_goes_with_its_transaction(
    database: Database, cabinet: Cabinet, act_id: str
) -> None:
    def fail_after_appending() -> None:
        with database.transaction() as tx:
            trail.append(
                tx,
                tenant_id=cabinet.tenant_id,
                act_id=act_id,
                at=NOW,
                actor=SYSTEM,
                action="voided",
                details={},
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_appending()
    assert _events(database, cabinet, act_id) == []


def test_writers_at_once_make_one_chain(database: Database, cabinet: Cabinet, act_id: str) -> None:
    together = threading.Barrier(6)

    def write(name: str) -> None:
        together.wait()
        for _ in range(5):
            _append(database, cabinet, act_id, name)

    threads = [threading.Thread(target=write, args=(f"writer-{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain = _events(database, cabinet, act_id)
    assert [event.seq for event in chain] == list(range(1, 31))
    assert check_chain(chain) == []


def test_a_float_never_enters_a_chain(database: Database, cabinet: Cabinet, act_id: str) -> None:
    with pytest.raises(ValueError, match="float"):
        _append(database, cabinet, act_id, "created", amount=12.5)


@pytest.mark.parametrize(
    "change",
    [
        "action = 'approved'",
        "actor = replace(actor, 'Zoë', 'Zoé')",
        "actor = '[1'",
        "details = replace(details, '\"n\":2', '\"n\":3')",
        "details = '{\"n\":'",
        "details = '\"x\"'",
        "at = '2026-11-24T09:30:16.123000Z'",
        "hash = replace(hash, substr(hash, 1, 1), 'g')",
        "previous_hash = 'not hexadecimal'",
    ],
)
def test_a_changed_event_is_found_and_named(
    place: Place, cabinet: Cabinet, act_id: str, change: str
) -> None:
    for number in (1, 2, 3):
        _append(place.database, cabinet, act_id, "noted", n=number)
    place.drop_guards("trail_events")
    place.execute(f"UPDATE trail_events SET {change} WHERE seq = 2")  # noqa: S608 - our own changes
    problems = check_chain(_events(place.database, cabinet, act_id))
    assert "event 2 was altered: its hash is not that of its content" in problems


@pytest.mark.parametrize("byte", range(0, 60, 7))
def test_any_flipped_byte_of_a_row_is_found(
    place: Place, cabinet: Cabinet, act_id: str, byte: int
) -> None:
    """On SQLite bytes are written that are no UTF-8; PostgreSQL would not take them."""
    _append(place.database, cabinet, act_id, "noted", n=1)
    _append(place.database, cabinet, act_id, "noted", n=2)
    place.drop_guards("trail_events")
    if place.database.is_sqlite:
        flipped = f"CAST(substr(CAST(actor AS BLOB), 1, {byte}) || X'FF' AS TEXT)"
        changed = f"{flipped} || substr(actor, {byte + 2})"
    else:
        changed = f"overlay(actor placing '\u00ff' from {byte + 1} for 1)"
    place.execute(f"UPDATE trail_events SET actor = {changed} WHERE seq = 2")  # noqa: S608 - our own
    problems = check_chain(_events(place.database, cabinet, act_id))
    assert problems == ["event 2 was altered: its hash is not that of its content"]


def test_an_unreadable_instant_is_found_and_named(
    place: Place, cabinet: Cabinet, act_id: str
) -> None:
    if not place.database.is_sqlite:
        pytest.skip("PostgreSQL holds no unreadable instant")
    _append(place.database, cabinet, act_id, "noted")
    place.drop_guards("trail_events")
    place.execute("UPDATE trail_events SET at = '2026-11-24T09:30:1?'")
    problems = check_chain(_events(place.database, cabinet, act_id))
    assert problems == ["event 1 was altered: its hash is not that of its content"]


def test_a_removed_event_is_found_and_named(place: Place, cabinet: Cabinet, act_id: str) -> None:
    for number in (1, 2, 3):
        _append(place.database, cabinet, act_id, "noted", n=number)
    place.drop_guards("trail_events")
    place.execute("DELETE FROM trail_events WHERE seq = 2")
    problems = check_chain(_events(place.database, cabinet, act_id))
    assert problems == [
        "event 2 is missing or out of order before event 3",
        "event 3 does not follow the event before it",
    ]


def test_events_that_changed_places_are_found(place: Place, cabinet: Cabinet, act_id: str) -> None:
    for number in (1, 2, 3):
        _append(place.database, cabinet, act_id, "noted", n=number)
    place.drop_guards("trail_events")
    for old, new in ((2, 99), (3, 2), (99, 3)):
        place.execute(f"UPDATE trail_events SET seq = {new} WHERE seq = {old}")  # noqa: S608 - ours
    problems = check_chain(_events(place.database, cabinet, act_id))
    assert "event 2 does not follow the event before it" in problems
    assert "event 3 was altered: its hash is not that of its content" in problems


def test_instants_keep_their_milliseconds_in_any_zone(
    database: Database, cabinet: Cabinet, act_id: str
) -> None:
    with database.transaction() as tx:
        trail.append(
            tx,
            tenant_id=cabinet.tenant_id,
            act_id=act_id,
            at=NOW + timedelta(microseconds=999),
            actor=SYSTEM,
            action="noted",
            details={},
        )
    assert check_chain(_events(database, cabinet, act_id)) == []
