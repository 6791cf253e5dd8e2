"""Versions: one worker at a time makes each, and none is forgotten."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from storage import acts, versions
from storage.database import Database
from storage.versions import VersionMissing
from tests.support.database import NOW, Cabinet, a_version, add_act, an_act
from tests.support.versions import LEASE, rendered

LATE = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def queued(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)


def _claim(database: Database, worker: str, now: datetime = NOW) -> bool:
    with database.transaction() as tx:
        return versions.claim(tx, "act_1", 1, worker, now=now, lease=LEASE)


def _version(database: Database, cabinet: Cabinet) -> versions.Version:
    with database.reading() as tx:
        return versions.get_version(tx, cabinet.tenant_id, "act_1", 1)


def _waiting(database: Database, now: datetime) -> list[tuple[str, int]]:
    with database.reading() as tx:
        return versions.waiting(tx, now=now, older_than=timedelta(minutes=5), limit=10)


def test_a_version_is_read_as_it_was_written(database: Database, cabinet: Cabinet) -> None:
    written = a_version(an_act(cabinet))
    with database.reading() as tx:
        assert versions.get_version(tx, cabinet.tenant_id, "act_1", 1) == written
        assert versions.list_versions(tx, cabinet.tenant_id, "act_1") == [written]
        with pytest.raises(VersionMissing):
            versions.get_version(tx, "ten_other", "act_1", 1)
        with pytest.raises(VersionMissing):
            versions.get_version(tx, cabinet.tenant_id, "act_1", 2)
        assert versions.list_versions(tx, "ten_other", "act_1") == []


def test_of_many_workers_one_wins_the_claim(database: Database) -> None:
    together = threading.Barrier(6)
    won: list[str] = []

    def work(name: str) -> None:
        together.wait()
        if _claim(database, name):
            won.append(name)

    threads = [threading.Thread(target=work, args=(f"worker-{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


def test_a_claimed_version_completes_once(database: Database, cabinet: Cabinet) -> None:
    assert _claim(database, "w1")
    with database.transaction() as tx:
        assert versions.complete(tx, "act_1", 1, "w1", rendered())
        assert not versions.complete(tx, "act_1", 1, "w1", rendered())
    version = _version(database, cabinet)
    assert version.status == "ready"
    assert version.statement == rendered().statement
    assert (version.pdf_sha256, version.pages, version.rendered_at) == ("2" * 64, 2, NOW)
    assert (version.attempts, version.lease_by, version.lease_until) == (1, None, None)
    assert not _claim(database, "w2", LATE)


def test_a_live_lease_keeps_others_away_and_a_dead_one_does_not(database: Database) -> None:
    assert _claim(database, "w1")
    assert not _claim(database, "w2", NOW + LEASE)
    assert _claim(database, "w2", LATE)


def test_a_worker_that_comes_back_late_changes_nothing(
    database: Database, cabinet: Cabinet
) -> None:
    assert _claim(database, "w1")
    assert _claim(database, "w2", LATE)
    with database.transaction() as tx:
        assert not versions.complete(tx, "act_1", 1, "w1", rendered())
        assert not versions.fail(tx, "act_1", 1, "w1", {"slug": "x"})
        assert not versions.renew(tx, "act_1", 1, "w1", now=LATE, lease=LEASE)
        assert not versions.release(tx, "act_1", 1, "w1", retry_at=LATE, counts=True)
    version = _version(database, cabinet)
    assert (version.status, version.lease_by, version.attempts) == ("rendering", "w2", 2)


def test_a_renewed_lease_lasts(database: Database) -> None:
    assert _claim(database, "w1")
    with database.transaction() as tx:
        assert versions.renew(tx, "act_1", 1, "w1", now=LATE, lease=LEASE)
    assert not _claim(database, "w2", LATE + timedelta(seconds=30))


@pytest.mark.parametrize(("counts", "attempts"), [(True, 1), (False, 0)])
def test_a_released_version_waits_for_its_time(
    database: Database,
    cabinet: Cabinet,
    counts: bool,  # noqa: FBT001 - a parameter of the test
    attempts: int,
) -> None:
    retry_at = NOW + timedelta(minutes=1)
    assert _claim(database, "w1")
    with database.transaction() as tx:
        assert versions.release(tx, "act_1", 1, "w1", retry_at=retry_at, counts=counts)
    assert not _claim(database, "w2", retry_at - timedelta(seconds=1))
    assert _waiting(database, retry_at - timedelta(seconds=1)) == []
    assert _waiting(database, retry_at) == [("act_1", 1)]
    assert _version(database, cabinet).attempts == attempts
    assert _claim(database, "w2", retry_at)


def test_a_failed_version_is_tried_again_only_when_asked(
    database: Database, cabinet: Cabinet
) -> None:
    assert _claim(database, "w1")
    with database.transaction() as tx:
        assert versions.fail(tx, "act_1", 1, "w1", {"slug": "document-not-convertible"})
    assert not _claim(database, "w2", LATE)
    assert _waiting(database, LATE + timedelta(days=1)) == []
    with database.transaction() as tx:
        assert versions.requeue_failed(tx, "act_1", 1)
        assert not versions.requeue_failed(tx, "act_1", 1)
    version = _version(database, cabinet)
    assert (version.status, version.attempts, version.problem) == ("queued", 0, None)
    assert _claim(database, "w2", LATE)


def test_a_version_whose_job_was_lost_is_found(database: Database) -> None:
    assert _waiting(database, NOW + timedelta(minutes=4)) == []
    assert _waiting(database, NOW + timedelta(minutes=6)) == [("act_1", 1)]


def test_a_version_whose_worker_died_is_found(database: Database) -> None:
    assert _claim(database, "w1")
    assert _waiting(database, NOW + LEASE) == []
    assert _waiting(database, LATE) == [("act_1", 1)]


def test_a_finished_version_is_not_looked_for(database: Database) -> None:
    assert _claim(database, "w1")
    with database.transaction() as tx:
        versions.complete(tx, "act_1", 1, "w1", rendered())
    assert _waiting(database, LATE + timedelta(days=1)) == []


def test_a_voided_act_s_version_is_not_looked_for(database: Database) -> None:
    with database.transaction() as tx:
        acts.set_status(tx, "act_1", from_={"queued"}, to="voided", at=NOW)
    assert _waiting(database, NOW + timedelta(days=1)) == []
