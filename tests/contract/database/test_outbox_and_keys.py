"""The outbox, idempotency keys and API keys, under concurrency and over time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from core.clock import IdFactory
from storage import acts, idempotency, keys, outbox
from storage.database import Database
from storage.idempotency import (
    ABANDONED_AFTER,
    KEPT_FOR,
    Fresh,
    KeyTaken,
    Outcome,
    Replay,
    Reused,
    Running,
)
from tests.support.database import NOW, Cabinet, add_act

SECOND = timedelta(seconds=1)


def _together(number: int, work: Callable[[], None]) -> None:
    barrier = threading.Barrier(number)

    def run() -> None:
        barrier.wait()
        work()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# The outbox


def test_rows_are_due_in_order_once_their_time_has_come(database: Database) -> None:
    with database.transaction() as tx:
        outbox.add(tx, "produce", {"act_id": "act_1", "number": 1}, now=NOW)
        outbox.add(tx, "seal", {"act_id": "act_2"}, now=NOW, available_at=NOW + SECOND)
        outbox.add(tx, "produce", {"act_id": "act_3", "number": 1}, now=NOW)
    with database.reading() as tx:
        found = outbox.due(tx, now=NOW, limit=10)
        assert [row.payload["act_id"] for row in found] == ["act_1", "act_3"]
        later = outbox.due(tx, now=NOW + SECOND, limit=10)
        assert [row.topic for row in later] == ["produce", "produce", "seal"]
        assert len(outbox.due(tx, now=NOW + SECOND, limit=2)) == 2


def test_a_row_handed_over_comes_up_again_until_its_task_is_done(database: Database) -> None:
    task = "produce", {"act_id": "act_1", "number": 1}
    with database.transaction() as tx:
        outbox.add(tx, *task, now=NOW)
        outbox.defer(tx, [row.id for row in outbox.due(tx, now=NOW, limit=10)], NOW + SECOND)
        outbox.defer(tx, [], NOW)
    with database.transaction() as tx:
        assert outbox.due(tx, now=NOW, limit=10) == []
        assert outbox.is_due(tx, *task)
        assert len(outbox.due(tx, now=NOW + SECOND, limit=10)) == 1
        outbox.finish(tx, *task)
    with database.reading() as tx:
        assert outbox.size(tx) == 0
        assert not outbox.is_due(tx, *task)


def test_a_task_postponed_waits_and_others_do_not(database: Database) -> None:
    with database.transaction() as tx:
        outbox.add(tx, "produce", {"act_id": "act_1", "number": 1}, now=NOW)
        outbox.add(tx, "produce", {"act_id": "act_1", "number": 2}, now=NOW)
        outbox.postpone(tx, "produce", {"act_id": "act_1", "number": 1}, NOW + SECOND)
    with database.reading() as tx:
        assert [row.payload["number"] for row in outbox.due(tx, now=NOW, limit=10)] == [2]


def test_what_a_failed_transaction_did_to_rows_is_undone(database: Database) -> None:
    def die_after_finishing() -> None:
        with database.transaction() as tx:
            outbox.finish(tx, "produce", {})
            raise RuntimeError

    with database.transaction() as tx:
        outbox.add(tx, "produce", {}, now=NOW)
    with pytest.raises(RuntimeError):
        die_after_finishing()
    with database.reading() as tx:
        assert len(outbox.due(tx, now=NOW, limit=10)) == 1


def test_two_dispatchers_and_workers_at_once_end_with_an_empty_outbox(database: Database) -> None:
    with database.transaction() as tx:
        for number in range(40):
            outbox.add(tx, "produce", {"number": number}, now=NOW)

    def dispatch() -> None:
        while True:
            with database.reading() as tx:
                rows = outbox.due(tx, now=NOW, limit=3)
            if not rows:
                return
            with database.transaction() as tx:
                outbox.defer(tx, [row.id for row in rows], NOW + SECOND)
                for row in rows:
                    outbox.finish(tx, row.topic, row.payload)

    _together(4, dispatch)
    with database.reading() as tx:
        assert outbox.size(tx) == 0


# Idempotency


def _begin(
    database: Database,
    fingerprint: str = "f",
    *,
    tenant: str = "ten_1",
    late: timedelta = SECOND * 0,
) -> Outcome:
    return idempotency.begin(database, tenant, "key", fingerprint, NOW + late)


def _fresh(outcome: Outcome) -> Fresh:
    assert isinstance(outcome, Fresh)
    return outcome


def _finish(database: Database, fresh: Fresh) -> None:
    with database.transaction() as tx:
        idempotency.finish(tx, fresh, status=202, headers={"Location": "/x"}, body='{"é":1}')


def test_a_request_is_answered_again_as_it_was(database: Database) -> None:
    fresh = _fresh(_begin(database))
    assert _begin(database) == Running()
    assert _begin(database, "other") == Reused()
    _finish(database, fresh)
    assert _begin(database, late=KEPT_FOR) == Replay(202, {"Location": "/x"}, '{"é":1}')
    assert _begin(database, "other") == Reused()


def test_a_key_is_free_again_after_a_day(database: Database) -> None:
    _finish(database, _fresh(_begin(database)))
    assert isinstance(_begin(database, "other", late=KEPT_FOR + SECOND), Fresh)


def test_tenants_do_not_share_keys(database: Database) -> None:
    _fresh(_begin(database))
    _fresh(_begin(database, tenant="ten_2"))


def test_of_two_at_once_one_is_fresh_and_the_other_is_told_it_runs(database: Database) -> None:
    outcomes: list[Outcome] = []
    _together(5, lambda: outcomes.append(_begin(database)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Fresh", *["Running"] * 4]


def test_of_two_that_find_a_dead_request_one_takes_over(database: Database) -> None:
    _fresh(_begin(database))
    outcomes: list[Outcome] = []
    _together(5, lambda: outcomes.append(_begin(database, late=ABANDONED_AFTER + SECOND)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Fresh", *["Running"] * 4]


def test_an_abandoned_key_is_free_at_once(database: Database) -> None:
    idempotency.abandon(database, _fresh(_begin(database)))
    _fresh(_begin(database, "other"))


def test_an_answer_that_was_given_cannot_be_abandoned(database: Database) -> None:
    fresh = _fresh(_begin(database))
    _finish(database, fresh)
    idempotency.abandon(database, fresh)
    assert isinstance(_begin(database), Replay)


def test_a_request_too_slow_for_its_key_leaves_nothing(
    database: Database, cabinet: Cabinet
) -> None:
    slow = _fresh(_begin(database))
    second = _fresh(_begin(database, late=ABANDONED_AFTER + SECOND))

    def create_at_last() -> None:
        with database.transaction() as tx:
            add_act(tx, cabinet)
            idempotency.finish(tx, slow, status=202, headers={}, body="")

    with pytest.raises(KeyTaken):
        create_at_last()
    idempotency.abandon(database, slow)
    with database.reading() as tx, pytest.raises(acts.ActMissing):
        acts.get_act(tx, cabinet.tenant_id, "act_1")
    _finish(database, second)


def test_a_request_that_ends_while_it_is_given_up_keeps_its_answer(database: Database) -> None:
    slow = _fresh(_begin(database))
    late = ABANDONED_AFTER + SECOND
    outcomes: list[Outcome] = []
    other = threading.Thread(target=lambda: outcomes.append(_begin(database, late=late)))
    with database.transaction() as tx:
        idempotency.finish(tx, slow, status=202, headers={}, body="")
        other.start()
        other.join(0.5)  # it waits for this transaction
        assert outcomes == []
    other.join()
    assert isinstance(outcomes[0], Running | Replay)
    assert isinstance(_begin(database, late=late), Replay)


def test_old_answers_are_forgotten(database: Database) -> None:
    _finish(database, _fresh(_begin(database)))
    _fresh(_begin(database, tenant="ten_2", late=SECOND * 2))
    assert idempotency.forget_old(database, NOW + KEPT_FOR + SECOND) == 1
    assert _begin(database, tenant="ten_2") == Running()


# API keys


def test_a_key_opens_its_tenant_with_its_scopes(database: Database, new_id: IdFactory) -> None:
    with database.transaction() as tx:
        made = keys.create_key(tx, "Cabinet", frozenset({"acts:read"}), NOW, new_id)
        again = keys.create_key(tx, "Cabinet", frozenset({"*"}), NOW, new_id)
        other = keys.create_key(tx, "Autre", frozenset({"*"}), NOW, new_id)
    assert made.tenant_id == again.tenant_id != other.tenant_id
    with database.reading() as tx:
        reader = keys.authenticate(tx, made.secret)
        everything = keys.authenticate(tx, again.secret)
    assert reader is not None
    assert everything is not None
    assert (reader.tenant_id, reader.key_id) == (made.tenant_id, made.id)
    assert (reader.may("acts:read"), reader.may("acts:write")) == (True, False)
    assert everything.may("admin")


@pytest.mark.parametrize("secret", ["", "mk_live_", "mk_live_" + "A" * 43, "é\0", "\udcff"])
def test_what_is_no_key_opens_nothing(database: Database, cabinet: Cabinet, secret: str) -> None:
    with database.reading() as tx:
        assert keys.authenticate(tx, cabinet.secret) is not None
        assert keys.authenticate(tx, secret) is None


def test_a_secret_is_long_random_and_stored_nowhere(database: Database, cabinet: Cabinet) -> None:
    assert cabinet.secret.startswith("mk_live_")
    assert len(cabinet.secret) == 51  # eight characters, and 32 bytes in base64url
    with database.reading() as tx:
        (record,) = keys.list_keys(tx)
        stored = str(tx.exec_driver_sql("SELECT * FROM api_keys").all())
    assert cabinet.secret not in stored
    assert record.prefix == cabinet.secret[:12]
    assert record.tenant == "Cabinet Essai"


def test_a_revoked_key_opens_nothing(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        keys.revoke_key(tx, cabinet.key_id, NOW)
        assert keys.authenticate(tx, cabinet.secret) is None
        with pytest.raises(keys.KeyMissing):
            keys.revoke_key(tx, cabinet.key_id, NOW)


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({"acts:read", "acts:destroy"})])
def test_an_unknown_scope_is_refused(
    database: Database, new_id: IdFactory, scopes: frozenset[str]
) -> None:
    def make() -> None:
        with database.transaction() as tx:
            keys.create_key(tx, "Cabinet", scopes, NOW, new_id)

    with pytest.raises(keys.ScopeUnknown):
        make()


def test_use_is_noted_once_a_minute(database: Database, cabinet: Cabinet) -> None:
    noted = []
    for seconds in (0, 59, 60, 61, 90, 122):
        now = NOW + seconds * SECOND
        with database.transaction() as tx:
            principal = keys.authenticate(tx, cabinet.secret)
            assert principal is not None
            if principal.use_is_worth_noting(now):
                noted.append(seconds)
            keys.note_use(tx, cabinet.key_id, now)
            (record,) = keys.list_keys(tx)
            assert record.last_used_at == NOW + noted[-1] * SECOND
    assert noted == [0, 61, 122]
