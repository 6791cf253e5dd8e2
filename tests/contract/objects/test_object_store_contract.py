"""What every object store does: run on memory, on a real local server and on any S3 by variable."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from storage.objects import (
    BucketUnsuitable,
    ObjectConflict,
    ObjectLocked,
    ObjectMissing,
    ObjectStore,
    Stored,
    StoreUnavailable,
)

Make = Callable[..., ObjectStore]


@pytest.fixture
def drafts(make_store: Make) -> ObjectStore:
    return make_store(locked=False)


@pytest.fixture
def archive(make_store: Make) -> ObjectStore:
    return make_store(locked=True)


@pytest.fixture
def key() -> str:
    return f"v1/tests/{uuid.uuid4().hex}"


def soon(seconds: int = 30) -> datetime:
    """End of a lock: short, for a lock on a real server cannot be lifted after the test."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)


def put(
    store: ObjectStore, key: str, data: bytes = b"acte", retain_until: datetime | None = None
) -> Stored:
    return store.put(
        key,
        data,
        media_type="application/pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        retain_until=retain_until,
    )


def test_what_was_put_is_read_back(drafts: ObjectStore, key: str) -> None:
    data = bytes(range(256)) * 400
    assert put(drafts, key, data).created
    assert drafts.get(key) == data


def test_an_empty_content_is_a_content(drafts: ObjectStore, key: str) -> None:
    put(drafts, key, b"")
    assert drafts.get(key) == b""
    assert drafts.head(key).size == 0


def test_head_tells_hash_size_and_type(drafts: ObjectStore, key: str) -> None:
    put(drafts, key, b"acte")
    info = drafts.head(key)
    assert (info.key, info.size, info.media_type) == (key, 4, "application/pdf")
    assert info.sha256 == hashlib.sha256(b"acte").hexdigest()
    assert (info.retain_until, info.legal_hold, info.is_latest) == (None, False, True)


@pytest.mark.parametrize("read", ["get", "head"])
def test_an_object_never_put_is_missing(drafts: ObjectStore, key: str, read: str) -> None:
    with pytest.raises(ObjectMissing):
        getattr(drafts, read)(key)


def test_the_same_content_twice_is_one_object(archive: ObjectStore, key: str) -> None:
    first = put(archive, key, retain_until=soon())
    second = put(archive, key, retain_until=soon())
    assert (first.created, second.created) == (True, False)
    assert first.version_id == second.version_id is not None
    assert len(archive.versions(key)) == 1


@pytest.mark.parametrize("locked", [False, True])
def test_another_content_never_overwrites(make_store: Make, key: str, *, locked: bool) -> None:
    store = make_store(locked=locked)
    put(store, key, b"first")
    with pytest.raises(ObjectConflict):
        put(store, key, b"second")
    assert store.get(key) == b"first"


def test_a_content_unlike_its_announced_hash_is_refused(drafts: ObjectStore, key: str) -> None:
    with pytest.raises(StoreUnavailable):
        drafts.put(
            key, b"acte", media_type="text/plain", sha256=hashlib.sha256(b"actf").hexdigest()
        )
    with pytest.raises(ObjectMissing):
        drafts.head(key)


def test_the_lock_comes_with_the_put(archive: ObjectStore, key: str) -> None:
    until = soon()
    stored = put(archive, key, retain_until=until)
    assert archive.head(key, stored.version_id).retain_until == until


def test_a_locked_version_cannot_be_deleted(archive: ObjectStore, key: str) -> None:
    stored = put(archive, key, retain_until=soon())
    with pytest.raises(ObjectLocked):
        archive.delete(key, stored.version_id)
    assert archive.get(key, stored.version_id) == b"acte"


def test_a_lock_is_extended_but_never_shortened(archive: ObjectStore, key: str) -> None:
    until = soon()
    stored = put(archive, key, retain_until=until)
    later = until + timedelta(seconds=5)
    archive.extend_retention(key, stored.version_id, later)
    with pytest.raises(ObjectLocked):
        archive.extend_retention(key, stored.version_id, until)
    assert archive.head(key, stored.version_id).retain_until == later


def test_a_second_put_extends_a_shorter_lock_and_leaves_a_longer_one(
    archive: ObjectStore, key: str
) -> None:
    until = soon()
    put(archive, key, retain_until=until)
    put(archive, key, retain_until=until + timedelta(seconds=5))
    put(archive, key, retain_until=until)
    assert archive.head(key).retain_until == until + timedelta(seconds=5)


def test_a_lock_that_has_ended_no_longer_holds(archive: ObjectStore, key: str) -> None:
    stored = put(archive, key, retain_until=soon(2))
    with pytest.raises(ObjectLocked):
        archive.delete(key, stored.version_id)
    _wait_past(soon(3))
    archive.delete(key, stored.version_id)
    assert archive.versions(key) == []


def test_a_legal_hold_outlives_the_retention_until_it_is_lifted(
    archive: ObjectStore, key: str
) -> None:
    stored = put(archive, key)
    archive.set_legal_hold(key, stored.version_id, on=True)
    assert archive.head(key, stored.version_id).legal_hold
    with pytest.raises(ObjectLocked):
        archive.delete(key, stored.version_id)
    archive.set_legal_hold(key, stored.version_id, on=False)
    archive.delete(key, stored.version_id)
    assert archive.versions(key) == []


def test_a_delete_marker_hides_but_the_version_remains(archive: ObjectStore, key: str) -> None:
    stored = put(archive, key, retain_until=soon())
    archive.delete(key)
    with pytest.raises(ObjectMissing):
        archive.get(key)
    with pytest.raises(ObjectMissing):
        archive.head(key)
    assert archive.get(key, stored.version_id) == b"acte"
    assert not archive.head(key, stored.version_id).is_latest
    assert [v.is_delete_marker for v in archive.versions(key)] == [True, False]
    assert key not in set(archive.list(key))


def test_a_version_never_made_is_missing(archive: ObjectStore, key: str) -> None:
    put(archive, key)
    with pytest.raises(ObjectMissing):
        archive.get(key, "00000000000000000000000000000000")


def test_a_lock_asked_of_a_bucket_without_lock_is_refused(drafts: ObjectStore, key: str) -> None:
    with pytest.raises(BucketUnsuitable):
        put(drafts, key, retain_until=soon())
    with pytest.raises(ObjectMissing):
        drafts.head(key)


def test_a_bucket_without_lock_is_no_archive(make_store: Make) -> None:
    store = make_store(locked=False)
    with pytest.raises(BucketUnsuitable, match="Object Lock"):
        store.ensure_bucket(locked=True)


def test_an_archive_bucket_is_checked_twice_without_harm(archive: ObjectStore) -> None:
    archive.ensure_bucket(locked=True)
    archive.ping()


def test_a_draft_can_be_deleted_and_deleting_again_is_no_error(
    drafts: ObjectStore, key: str
) -> None:
    put(drafts, key)
    drafts.delete(key)
    drafts.delete(key)
    with pytest.raises(ObjectMissing):
        drafts.get(key)


def test_keys_are_listed_in_order_beyond_a_page_of_results(drafts: ObjectStore, key: str) -> None:
    names = [f"{key}/{number:04d}" for number in range(1005)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: put(drafts, name, b"x"), reversed(names)))
    assert list(drafts.list(f"{key}/")) == names


def test_the_versions_of_a_key_are_not_those_of_a_longer_key(
    archive: ObjectStore, key: str
) -> None:
    put(archive, key)
    put(archive, f"{key}.tsr")
    assert [version.key for version in archive.versions(key)] == [key]


@pytest.mark.parametrize("locked", [False, True])
def test_one_of_eight_writers_wins_a_key(make_store: Make, key: str, *, locked: bool) -> None:
    store = make_store(locked=locked)
    contents = [f"writer {number}".encode() for number in range(8)]

    def outcome(data: bytes) -> bytes | None:
        try:
            return data if put(store, key, data).created else None
        except ObjectConflict:
            return None

    with ThreadPoolExecutor(8) as threads:
        winners = [data for data in threads.map(outcome, contents) if data]
    assert winners == [store.get(key)]


def _wait_past(instant: datetime) -> None:
    import time  # noqa: PLC0415 - the one test that must let real time pass

    time.sleep(max(0.0, (instant - datetime.now(UTC)).total_seconds()))
