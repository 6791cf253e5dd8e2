"""Whatever breaks between its acceptance and its draft, an act is rendered, once."""

from __future__ import annotations

import os
import signal
import sqlite3
import time

from redis import Redis

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
    os.kill(frozen, signal.SIGSTOP)
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
    os.kill(worker, signal.SIGSTOP)
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
