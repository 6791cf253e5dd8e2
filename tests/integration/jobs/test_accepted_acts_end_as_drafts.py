"""Whatever breaks between its acceptance and its draft, an act is rendered, once."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis

from generators.drafting import template_source
from generators.office import DocumentNotConvertible, OfficeUnavailable
from generators.registry import act_kind
from jobs import commands
from jobs.produce import produce
from jobs.services import SOFTWARE_VERSION
from jobs.tasks import produce_task
from law.rates import RateTables
from storage import outbox
from storage.drafts import get_content
from tests.support.office import office_pids
from tests.support.stack import LEASE_SECONDS, Whole, wait_for


def assert_drafted_once(whole: Whole, *act_ids: str, seconds: float = 30) -> None:
    """Each act becomes a draft with one version, rendered once, whose files are there."""
    for act_id in act_ids:
        whole.wait_for_status(act_id, "draft", "failed", seconds=seconds)
        assert whole.act(act_id).status == "draft", whole.act(act_id).problem
        version = whole.version(act_id)
        assert version.status == "ready"
        assert version.pdf_sha256 is not None
        assert version.docx_sha256 is not None
        actions = whole.actions(act_id)
        assert actions == ["created", "rendering_started", "rendered"]
        drafts, tenant = whole.services.drafts, whole.principal.tenant_id
        assert get_content(drafts, tenant, version.pdf_sha256).startswith(b"%PDF-")
        assert get_content(drafts, tenant, version.docx_sha256).startswith(b"PK")
        assert get_content(drafts, tenant, version.template_sha256).startswith(b"PK")
        assert not is_owed(whole, act_id)


def is_owed(whole: Whole, act_id: str) -> bool:
    """Whether a row of the outbox asks for the rendering of an act."""
    task = produce_task(act_id, 1)
    with whole.services.database.reading() as tx:
        return outbox.is_due(tx, task.topic, task.payload)


def test_an_accepted_act_becomes_a_draft(whole: Whole) -> None:
    assert_drafted_once(whole, whole.accept())


def test_a_worker_killed_in_mid_render(whole: Whole) -> None:
    act_id, office = whole.hold_rendering()
    (worker,) = whole.workers.pids
    os.kill(worker, signal.SIGKILL)
    assert_drafted_once(whole, act_id)
    assert whole.version(act_id).attempts == 2
    wait_for(lambda: office not in office_pids(1), "the dead worker's LibreOffice is gone")


def test_a_worker_that_wakes_too_late_changes_nothing(whole: Whole) -> None:
    """It was frozen so long that its lease ended and its act was rendered by another."""
    act_id, office = whole.hold_rendering()
    (frozen,) = whole.workers.pids
    whole.freeze(frozen)
    second = type(whole.workers)(
        {**whole.stack.environ(), "MINUTIER_LEASE_SECONDS": str(LEASE_SECONDS)}, whole.log
    )
    second.start()
    try:
        assert_drafted_once(whole, act_id)
        rendered = whole.version(act_id)
        os.kill(office, signal.SIGCONT)
        os.kill(frozen, signal.SIGCONT)
        whole.wait_until_warm(2)
        assert_drafted_once(whole, whole.accept(), whole.accept())
        assert whole.version(act_id) == rendered
        assert whole.actions(act_id).count("rendered") == 1
    finally:
        os.kill(frozen, signal.SIGCONT)
        assert second.stop() == 0
    wait_for(lambda: whole.services.queue.workers() == 1, "one worker is left")


def test_redis_emptied_while_acts_wait_in_it(whole: Whole) -> None:
    (worker,) = whole.workers.pids
    whole.freeze(worker)
    try:
        act_ids = [whole.accept() for _ in range(3)]
        wait_for(lambda: whole.services.queue.depth() >= 2, "the acts are in the queue")
        with Redis.from_url(whole.services.settings.redis_url) as client:
            client.flushall()
    finally:
        os.kill(worker, signal.SIGCONT)
    assert_drafted_once(whole, *act_ids)


def test_redis_stopped_while_acts_are_accepted(whole: Whole) -> None:
    valkey = whole.server("Valkey")
    valkey.kill()
    try:
        act_ids = [whole.accept() for _ in range(2)]
        time.sleep(2)
        assert {whole.act(act_id).status for act_id in act_ids} == {"queued"}
    finally:
        valkey.start()
    assert_drafted_once(whole, *act_ids)


def test_redis_stopped_in_mid_render(whole: Whole) -> None:
    act_id, office = whole.hold_rendering()
    valkey = whole.server("Valkey")
    valkey.kill()
    try:
        os.kill(office, signal.SIGCONT)
        assert_drafted_once(whole, act_id)
        later = whole.accept()
    finally:
        valkey.start()
    assert_drafted_once(whole, later)


def test_object_store_stopped_and_started_again(whole: Whole) -> None:
    store = whole.server("SeaweedFS")
    store.kill()
    try:
        act_ids = [whole.accept() for _ in range(2)]
        wait_for(
            lambda: all(whole.version(act_id).retry_at for act_id in act_ids),
            "the acts were tried and given back",
        )
        assert {whole.act(act_id).status for act_id in act_ids} == {"rendering"}
    finally:
        store.start()
    assert_drafted_once(whole, *act_ids)
    assert {whole.version(act_id).attempts for act_id in act_ids} == {1}


def test_libreoffice_killed_in_mid_render(whole: Whole) -> None:
    act_id, office = whole.hold_rendering()
    os.kill(office, signal.SIGKILL)
    assert_drafted_once(whole, act_id)
    assert whole.version(act_id).attempts == 1


def test_libreoffice_hanging(whole: Whole) -> None:
    act_id, office = whole.hold_rendering()
    assert_drafted_once(whole, act_id)
    assert whole.version(act_id).attempts == 1
    wait_for(lambda: office not in office_pids(1), "the process that hung is gone")


def test_database_locked_for_longer_than_anyone_waits(whole: Whole) -> None:
    act_id, office = whole.hold_rendering()
    path = whole.services.database.url.database
    assert path is not None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        os.kill(office, signal.SIGCONT)
        time.sleep(6.5)  # SQLite's writers give up after five seconds
        assert whole.act(act_id).status == "rendering"
        connection.execute("COMMIT")
    finally:
        connection.close()
    assert_drafted_once(whole, act_id)


def test_workers_asked_to_stop_finish_what_they_have_begun(whole: Whole) -> None:
    act_id, office = whole.hold_rendering()
    supervisor = whole.workers
    os.kill(supervisor.supervisor, signal.SIGTERM)
    time.sleep(0.5)
    os.kill(office, signal.SIGCONT)
    assert supervisor.stop() == 0
    assert whole.act(act_id).status == "draft"
    assert_drafted_once(whole, act_id)
    supervisor.start()


class StandIn:
    """A LibreOffice that ends each conversion with an error, once it may."""

    version = "LibreOffice 0"

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.converting, self.may_end = threading.Event(), threading.Event()

    def convert(self, _docx: bytes) -> bytes:
        self.converting.set()
        assert self.may_end.wait(20)
        raise self._error


@contextmanager
def workers_frozen(whole: Whole) -> Iterator[None]:
    (worker,) = whole.workers.pids
    whole.freeze(worker)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def test_a_document_given_up_fails_the_act_which_may_be_tried_again(whole: Whole) -> None:
    """What LibreOffice says of a document that killed two of its processes."""
    office = StandIn(DocumentNotConvertible("it killed two processes", kills=2))
    office.may_end.set()
    with workers_frozen(whole):
        act_id = whole.accept()
        produce(whole.services, office, "here", act_id, 1)  # type: ignore[arg-type]
        act = whole.act(act_id)
        assert act.status == "failed"
        assert act.problem is not None
        assert act.problem["type"] == f"/problems/{DocumentNotConvertible.slug}"
        assert whole.actions(act_id)[-1] == "rendering_failed"
        assert not is_owed(whole, act_id)
        commands.retry_act(whole.services, whole.principal, act_id, actor=None)
    whole.wait_for_status(act_id, "draft")
    assert whole.act(act_id).problem is None
    assert whole.actions(act_id).count("rendered") == 1


def test_rendered_by_two_at_once_it_is_rendered_once(whole: Whole) -> None:
    first, second = (StandIn(OfficeUnavailable("away")) for _ in range(2))
    with workers_frozen(whole):
        act_id = whole.accept()
        one = threading.Thread(target=produce, args=(whole.services, first, "one", act_id, 1))
        one.start()
        assert first.converting.wait(20)
        produce(whole.services, second, "two", act_id, 1)  # type: ignore[arg-type]
        assert not second.converting.is_set(), "the second found it taken and left it"
        first.may_end.set()
        one.join()
    assert_drafted_once(whole, act_id)


def test_a_version_names_what_made_it_not_what_was_there_at_its_acceptance(whole: Whole) -> None:
    """As after an upgrade between the two."""
    act_id, office = whole.hold_rendering()
    with whole.services.database.transaction() as tx:
        tx.exec_driver_sql(
            "UPDATE versions SET template_sha256 = 'old', law_data_sha256 = 'old', "
            "software_version = 'old' WHERE status = 'rendering'"
        )
    os.kill(office, signal.SIGCONT)
    assert_drafted_once(whole, act_id)
    version = whole.version(act_id)
    master = template_source(act_kind(whole.act(act_id).kind))
    assert version.template_sha256 == hashlib.sha256(master).hexdigest()
    assert version.law_data_sha256 == RateTables.load().data_sha256
    assert version.software_version == SOFTWARE_VERSION
