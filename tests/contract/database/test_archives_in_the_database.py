"""What the database knows of the archive: one sealing per generation, found by an auditor."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage import archives_db, reviews
from storage.archives_db import Archive, ArchivedObject, ArchiveFilters, NotArchived
from storage.database import Database
from storage.reviews import Review
from tests.support.database import NOW, Cabinet, add_act


def an_archive(cabinet: Cabinet, act_id: str = "act_1", at: datetime = NOW) -> Archive:
    return Archive(
        act_id=act_id,
        generation=1,
        tenant_id=cabinet.tenant_id,
        status="sealing",
        version=1,
        archived_at=at,
        sealed_at=None,
        manifest_sha256=None,
        retention_class="ten-years",
        retain_until=at + timedelta(days=3653),
        legal_hold=False,
        software_version="0.1.0",
    )


def _object(path: str) -> ArchivedObject:
    return ArchivedObject(
        path=path,
        key=f"v1/t/acts/act_1/g001/{path}",
        version_id=f"version-of-{path}",
        sha256="d" * 64,
        size=2**40,
        media_type="application/pdf",
        role="act",
    )


def test_what_the_first_archiver_fixed_holds_for_the_next(
    database: Database, cabinet: Cabinet
) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        first = archives_db.begin(tx, an_archive(cabinet))
    with database.transaction() as tx:
        later = an_archive(cabinet, at=NOW + timedelta(days=1))
        assert archives_db.begin(tx, later) == first


def test_archivers_at_once_agree_on_one_generation(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
    together = threading.Barrier(5)
    begun: list[Archive] = []

    def begin(number: int) -> None:
        together.wait()
        mine = an_archive(cabinet, at=NOW + timedelta(seconds=number))
        with database.transaction() as tx:
            begun.append(archives_db.begin(tx, mine))

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 5
    assert len(set(begun)) == 1


def test_a_generation_is_sealed_once_with_its_objects(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        archive = archives_db.begin(tx, an_archive(cabinet))
        assert archives_db.find_archive(tx, cabinet.tenant_id, "act_1", status="sealed") is None
        archives_db.record_objects(tx, archive, [_object("b.pdf"), _object("a.pdf")])
        sealed_at = NOW + timedelta(seconds=2)
        marked = [
            archives_db.mark_sealed(tx, "act_1", 1, manifest_sha256="c" * 64, sealed_at=sealed_at)
            for _ in range(2)
        ]
    assert marked == [True, False]
    with database.reading() as tx:
        assert archives_db.objects_of(tx, "act_1", 1) == [_object("a.pdf"), _object("b.pdf")]
        assert archives_db.get_archive(tx, cabinet.tenant_id, "act_1") == replace(
            archive, status="sealed", manifest_sha256="c" * 64, sealed_at=sealed_at
        )
        assert archives_db.find_archive(tx, cabinet.tenant_id, "act_1", status="sealing") is None
        with pytest.raises(NotArchived):
            archives_db.get_archive(tx, "ten_other", "act_1")
        with pytest.raises(NotArchived):
            archives_db.get_archive(tx, cabinet.tenant_id, "act_1", 2)


def test_a_sealing_that_never_ended_is_found(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        archives_db.begin(tx, an_archive(cabinet))
        assert archives_db.unsealed(tx, older_than=NOW, limit=5) == []
        after = NOW + timedelta(seconds=1)
        assert archives_db.unsealed(tx, older_than=after, limit=5) == ["act_1"]
        archives_db.mark_sealed(tx, "act_1", 1, manifest_sha256="c" * 64, sealed_at=NOW)
        assert archives_db.unsealed(tx, older_than=after, limit=5) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["act_3", "act_2", "act_1"]),
        ({"kind": "relance"}, ["act_2"]),
        ({"case_reference": "2026-0002"}, ["act_2"]),
        ({"siren": "732829320"}, ["act_3", "act_2", "act_1"]),
        ({"archived_from": NOW + timedelta(days=1)}, ["act_3", "act_2"]),
        ({"archived_to": NOW + timedelta(days=1)}, ["act_1"]),
        ({"legal_hold": True}, ["act_3"]),
        ({"legal_hold": False}, ["act_2", "act_1"]),
        ({"retention_ended_by": NOW + timedelta(days=3653)}, ["act_1"]),
    ],
)
def test_an_auditor_finds_sealed_generations_by(
    database: Database, cabinet: Cabinet, filters: Mapping[str, Any], expected: list[str]
) -> None:
    with database.transaction() as tx:
        _add_archived(tx, cabinet)
        archives_db.set_legal_hold(tx, cabinet.tenant_id, "act_3", 1, held=True)
    with database.reading() as tx:
        found = archives_db.list_archives(
            tx, cabinet.tenant_id, ArchiveFilters(**filters), limit=50
        )
        assert [archive.act_id for archive in found.items] == expected
        assert archives_db.list_archives(tx, "ten_other", limit=5).items == []


def test_the_archive_s_list_is_paged(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        _add_archived(tx, cabinet)
    with database.reading() as tx:
        first = archives_db.list_archives(tx, cabinet.tenant_id, limit=2)
        second = archives_db.list_archives(tx, cabinet.tenant_id, limit=2, cursor=first.next_cursor)
    assert [archive.act_id for archive in first.items] == ["act_3", "act_2"]
    assert [archive.act_id for archive in second.items] == ["act_1"]
    assert second.next_cursor is None


def test_a_hold_on_what_is_not_archived_is_refused(database: Database, cabinet: Cabinet) -> None:
    def hold() -> None:
        with database.transaction() as tx:
            archives_db.set_legal_hold(tx, cabinet.tenant_id, "act_1", 1, held=True)

    with pytest.raises(NotArchived):
        hold()


def test_decisions_are_listed_oldest_first(database: Database, cabinet: Cabinet) -> None:
    asked = Review(
        id="rev_2",
        act_id="act_1",
        version=1,
        decision="request_changes",
        comment="Préciser l'échéance",
        reviewer="jane@cabinet.example",
        key_id=cabinet.key_id,
        at=NOW,
    )
    approved = replace(
        asked, id="rev_1", decision="approve", comment=None, at=NOW + timedelta(hours=1)
    )
    with database.transaction() as tx:
        add_act(tx, cabinet)
        reviews.insert_review(tx, approved)
        reviews.insert_review(tx, asked)
    with database.reading() as tx:
        assert reviews.list_reviews(tx, "act_1") == [asked, approved]


def _add_archived(tx: Any, cabinet: Cabinet) -> None:
    changes: dict[str, dict[str, str]] = {
        "act_1": {},
        "act_2": {"kind": "relance", "case_reference": "2026-0002"},
        "act_3": {},
    }
    for day, (act_id, change) in enumerate(changes.items()):
        add_act(tx, cabinet, act_id, **change)
        archives_db.begin(tx, an_archive(cabinet, act_id, NOW + timedelta(days=day)))
        archives_db.mark_sealed(tx, act_id, 1, manifest_sha256="c" * 64, sealed_at=NOW)
    add_act(tx, cabinet, "act_4")
    archives_db.begin(tx, an_archive(cabinet, "act_4"))
