"""From its approval to the archive, by real workers and whatever breaks: sealed, once."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from generators.drafting import template_source
from generators.registry import act_kind
from jobs import commands
from jobs.reviewing import DecisionRequest, review
from jobs.seal import seal_act
from jobs.services import SOFTWARE_VERSION
from jobs.tasks import seal_task
from law.rates import RateTables
from storage import archives_db, outbox, trail
from storage.archive import TEMPLATE
from storage.archives_db import ArchivedObject
from storage.evidence import build_package
from storage.verification import verify_online
from tests.support.archive import Wrapped, failed, offline
from tests.support.stack import Whole, wait_for
from tests.support.verapdf import verify_both

OWN = {"act.pdf", "act.docx", "data.json", "statement.json", "law.json", "manifest.json"}
LIFE = ["created", "rendering_started", "rendered", "approved", "archive_requested", "archived"]


def approve(whole: Whole) -> str:
    """A drafted act, approved."""
    act_id = whole.accept()
    whole.wait_for_status(act_id, "draft", "failed")
    wanted = DecisionRequest(version=1, decision="approve")
    review(whole.services, whole.principal, act_id, wanted, actor="avocate@cabinet.example")
    return act_id


def request(whole: Whole, act_id: str) -> None:
    commands.request_archive(whole.services, whole.principal, act_id, actor=None)


def objects(whole: Whole, act_id: str) -> dict[str, ArchivedObject]:
    with whole.services.database.reading() as tx:
        return {item.path: item for item in archives_db.objects_of(tx, act_id, 1)}


def assert_sealed_once(whole: Whole, act_id: str, *, seconds: float = 30) -> None:
    """One generation, one version of each object, one event, nothing left to do."""
    whole.wait_for_status(act_id, "archived", seconds=seconds)
    tenant, store = whole.principal.tenant_id, whole.services.archive
    prefix = f"v1/{tenant}/acts/{act_id}/"
    assert set(store.list(prefix)) == {f"{prefix}g001/{path}" for path in OWN}
    for item in objects(whole, act_id).values():
        assert [version.version_id for version in store.versions(item.key)] == [item.version_id]
    assert whole.actions(act_id) == LIFE
    report = verify_online(whole.services.database, store, tenant, act_id)
    assert failed(report.checks) == {}
    wait_for(lambda: not owed(whole, act_id), "nothing is owed any more", seconds=5)


def owed(whole: Whole, act_id: str) -> bool:
    """Whether a row of the outbox asks for the sealing of an act."""
    task = seal_task(act_id)
    with whole.services.database.reading() as tx:
        return outbox.is_due(tx, task.topic, task.payload)


def test_a_life_to_the_archive_can_be_explained_and_proved(whole: Whole, tmp_path: Path) -> None:
    """All that made the act is named and kept; its PDF is the one that passes veraPDF."""
    act_id = approve(whole)
    request(whole, act_id)
    assert_sealed_once(whole, act_id)
    version, sealed = whole.version(act_id), objects(whole, act_id)
    template = template_source(act_kind(whole.act(act_id).kind))
    assert version.docx_sha256 == sealed["act.docx"].sha256
    assert version.pdf_sha256 == sealed["act.pdf"].sha256
    assert version.data_sha256 == sealed["data.json"].sha256
    assert hashlib.sha256(version.snapshot.encode()).hexdigest() == version.data_sha256
    assert version.template_sha256 == hashlib.sha256(template).hexdigest()
    assert version.law_data_sha256 == RateTables.load().data_sha256
    assert version.software_version == SOFTWARE_VERSION
    assert version.office_version
    assert version.office_version.startswith("LibreOffice ")
    assert version.statement

    kept = sealed[TEMPLATE]
    assert kept.key == f"v1/templates/sha256/{version.template_sha256}.docx"
    archive = whole.services.archive
    assert archive.get(kept.key, kept.version_id) == template
    lock = archive.head(sealed["act.pdf"].key, sealed["act.pdf"].version_id).retain_until
    assert lock is not None
    kept_until = archive.head(kept.key, kept.version_id).retain_until
    assert kept_until is not None
    assert kept_until >= lock

    pdf = tmp_path / "act.pdf"
    pdf.write_bytes(archive.get(sealed["act.pdf"].key, sealed["act.pdf"].version_id))
    assert hashlib.sha256(pdf.read_bytes()).hexdigest() == version.pdf_sha256
    verdict = verify_both([pdf])[pdf]
    assert verdict["3b"].failed == ()
    assert verdict["ua1"].failed == ()

    package = build_package(whole.services.database, archive, whole.principal.tenant_id, act_id)
    (tmp_path / "evidence.zip").write_bytes(package)
    with zipfile.ZipFile(tmp_path / "evidence.zip") as given:
        assert given.read("act/act.pdf") == pdf.read_bytes()
    minutier = str(Path(sys.executable).with_name("minutier"))
    command = [minutier, "verify", "evidence.zip"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout


def test_a_worker_killed_while_it_seals(whole: Whole) -> None:
    """The object store is frozen, so that the worker dies with a PUT under way."""
    act_ids = [approve(whole) for _ in range(2)]
    store = process_of(whole, "SeaweedFS")
    os.kill(store, signal.SIGSTOP)
    try:
        for act_id in act_ids:
            request(whole, act_id)
        wait_for(lambda: begun(whole, act_ids[0]), "a sealing has begun")
        (worker,) = whole.workers.pids
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: worker not in whole.workers.pids, "the worker is gone")
    finally:
        os.kill(store, signal.SIGCONT)
    for act_id in act_ids:
        assert_sealed_once(whole, act_id, seconds=60)


def begun(whole: Whole, act_id: str) -> bool:
    with whole.services.database.reading() as tx:
        return archives_db.find_archive(tx, whole.principal.tenant_id, act_id) is not None


def process_of(whole: Whole, name: str) -> int:
    """The process of one of the stack's servers."""
    pid = whole.server(name).pid
    assert pid is not None
    return pid


def test_the_object_store_away_during_the_seal_and_back(whole: Whole) -> None:
    act_id = approve(whole)
    store = whole.server("SeaweedFS")
    store.kill()
    try:
        request(whole, act_id)
        time.sleep(1.5)
        assert whole.act(act_id).status == "approved"
        assert whole.act(act_id).problem is None
        assert owed(whole, act_id)
    finally:
        store.start()
    assert_sealed_once(whole, act_id)


def test_redis_emptied_while_acts_wait_to_be_sealed(whole: Whole) -> None:
    act_ids = [approve(whole) for _ in range(2)]
    (worker,) = whole.workers.pids
    whole.freeze(worker)
    try:
        for act_id in act_ids:
            request(whole, act_id)
        wait_for(lambda: whole.services.queue.knows(seal_task(act_ids[1]).job_id), "queued")
        with Redis.from_url(whole.services.settings.redis_url) as client:
            client.flushall()
    finally:
        os.kill(worker, signal.SIGCONT)
    for act_id in act_ids:
        assert_sealed_once(whole, act_id)


def test_the_database_locked_for_longer_than_anyone_waits(whole: Whole) -> None:
    act_id = approve(whole)
    request(whole, act_id)
    path = whole.services.database.url.database
    assert path is not None
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    try:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(6)  # SQLite's writers give up after five seconds
        connection.execute("COMMIT")
    finally:
        connection.close()
    assert_sealed_once(whole, act_id)


def test_sealed_by_several_at_once(whole: Whole) -> None:
    """This process seals beside the worker, and twice."""
    act_id = approve(whole)
    request(whole, act_id)
    threads = [threading.Thread(target=seal_act, args=(whole.services, act_id)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_sealed_once(whole, act_id)
    seal_act(whole.services, act_id)
    assert_sealed_once(whole, act_id)


def test_another_content_in_the_way_is_told_on_the_act_and_in_its_trail(whole: Whole) -> None:
    act_id = approve(whole)
    key = f"v1/{whole.principal.tenant_id}/acts/{act_id}/g001/act.docx"
    whole.services.archive.put(
        key, b"other", media_type="text/plain", sha256=hashlib.sha256(b"other").hexdigest()
    )
    request(whole, act_id)
    wait_for(lambda: whole.act(act_id).problem, "the act tells its problem")
    act = whole.act(act_id)
    assert act.status == "approved"
    assert act.problem is not None
    assert act.problem["type"] == "/problems/archive-inconsistent"
    assert key in act.problem["detail"]
    assert whole.actions(act_id)[-1] == "archiving_failed"
    assert not owed(whole, act_id)
    whole.services.archive.delete(key, whole.services.archive.versions(key)[0].version_id)
    request(whole, act_id)
    whole.wait_for_status(act_id, "archived")
    assert whole.act(act_id).problem is None
    package = build_package(
        whole.services.database, whole.services.archive, whole.principal.tenant_id, act_id
    )
    assert offline(package) == {}


def test_a_store_that_fails_half_way_leaves_the_row_that_asks_again(whole: Whole) -> None:
    """The seal's own job, with a store whose third PUT does not come back."""
    act_id = approve(whole)
    puts: list[str] = []

    def fail(key: str) -> None:
        puts.append(key)
        if len(puts) == 3:
            raise ConnectionResetError

    with whole.services.database.transaction() as tx:
        task = seal_task(act_id)
        outbox.add(tx, task.topic, task.payload, now=whole.services.now())
    broken = replace(whole.services, archive=Wrapped(whole.services.archive, after_put=fail))
    with pytest.raises(ConnectionResetError):
        seal_act(broken, act_id)
    whole.wait_for_status(act_id, "archived")
    with whole.services.database.reading() as tx:
        chain = trail.events(tx, whole.principal.tenant_id, act_id)
    assert [event.action for event in chain].count("archived") == 1
