"""What transactions promise on both databases, and how their failures look."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.clock import IdFactory
from core.errors import InvalidFacts, Unavailable
from storage import acts, outbox, trail
from storage.acts import ActFilters
from storage.database import Database, DatabaseUnavailable
from storage.database.tables import metadata
from storage.versions import insert_version
from tests.support.database import NOW, SYSTEM, Cabinet, Place, a_version, add_act, add_cabinet
from tests.support.postgres import PostgresServer

ROOT = Path(__file__).parents[3]


def test_migrations_make_from_nothing_the_tables_that_queries_name(empty_url: str) -> None:
    database = Database(empty_url)
    database.migrate()
    with database.reading() as tx:
        context = MigrationContext.configure(
            tx, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, metadata)
    database.close()
    assert differences == []


def test_migrating_again_changes_nothing(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
    database.migrate()
    with database.reading() as tx:
        assert acts.get_act(tx, cabinet.tenant_id, "act_1").status == "queued"


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    program = "import sys; from storage.database import Database; Database(sys.argv[1]).migrate()"
    started = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program, empty_url], cwd=ROOT, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    ended = [(process.communicate()[1].decode(), process.returncode) for process in started]
    assert ended == [("", 0)] * 4


def test_an_error_undoes_the_whole_transaction(database: Database, cabinet: Cabinet) -> None:
    def interrupted() -> None:
        with database.transaction() as tx:
            add_act(tx, cabinet)
            outbox.add(tx, "produce", {"act_id": "act_1"}, now=NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with database.reading() as tx:
        assert outbox.size(tx) == 0
        assert acts.find_acts(tx, cabinet.tenant_id, ActFilters(), limit=5).items == []


def test_reading_refuses_to_write(database: Database, cabinet: Cabinet) -> None:
    def write_while_reading() -> None:
        with database.reading() as tx:
            add_act(tx, cabinet)

    with pytest.raises((DBAPIError, Unavailable)):
        write_while_reading()
    with database.transaction() as tx:  # and the connection is as good as new
        add_act(tx, cabinet)


def test_reading_sees_one_moment(database: Database, cabinet: Cabinet) -> None:
    with database.reading() as tx:
        before = acts.find_acts(tx, cabinet.tenant_id, ActFilters(), limit=5)
        with database.transaction() as other:
            add_act(other, cabinet)
        after = acts.find_acts(tx, cabinet.tenant_id, ActFilters(), limit=5)
    assert before == after


def test_reading_does_not_wait_for_a_writer(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        with database.reading() as other:
            assert acts.find_acts(other, cabinet.tenant_id, ActFilters(), limit=5).items == []


def test_many_threads_write_without_losing_or_refusing_one(
    database: Database, cabinet: Cabinet
) -> None:
    failures: list[BaseException] = []

    def write(thread: int) -> None:
        try:
            for number in range(10):
                with database.transaction() as tx:
                    add_act(tx, cabinet, f"act_{thread}_{number}")
        except BaseException as error:  # noqa: BLE001 - told below, in the main thread
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as tx:
        found = acts.find_acts(tx, cabinet.tenant_id, ActFilters(), limit=200)
    assert (failures, len(found.items)) == ([], 80)


def test_a_forked_child_has_connections_of_its_own(database: Database, cabinet: Cabinet) -> None:
    with database.reading() as tx:
        idle = id(tx.connection.driver_connection)  # back in the pool when the child is born
    child = os.fork()
    if child == 0:
        os._exit(_child_writes(database, cabinet, idle))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with database.transaction() as tx:
        add_act(tx, cabinet)
        found = acts.find_acts(tx, cabinet.tenant_id, ActFilters(), limit=5)
    assert [act.id for act in found.items] == ["act_child", "act_1"]


def _child_writes(database: Database, cabinet: Cabinet, parents: int) -> int:
    try:
        with database.transaction() as tx:
            add_act(tx, cabinet, "act_child")
            # SQLite's parent has none left; another may lie where it lay.
            shared = not database.is_sqlite and id(tx.connection.driver_connection) == parents
            return int(shared)
    except BaseException:  # noqa: BLE001 - a child of a test must not go on as the test
        return 2


def test_a_sqlite_connection_is_not_carried_over_a_fork(
    tmp_path: Path, sqlite_template: Path
) -> None:
    path = tmp_path / "forked.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    database.ping()
    child = os.fork()
    if child == 0:
        signal.pause()
    held = {str(Path(fd).resolve()) for fd in Path(f"/proc/{child}/fd").iterdir()}
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    database.close()
    assert held  # what it holds was seen
    assert not {name for name in held if name.startswith(str(path))}


def test_processes_that_open_a_new_file_at_once_all_come_through(tmp_path: Path) -> None:
    for number in range(8):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        ready, go = os.pipe()
        children = [os.fork() for _ in range(1)]
        while children[-1] != 0 and len(children) < 4:
            children.append(os.fork())
        if children[-1] == 0:
            os.close(go)
            os.read(ready, 1)  # until the parent closes its end
            os._exit(_child_migrates(url))
        os.close(go)
        os.close(ready)
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert ended == [0] * 4


def _child_migrates(url: str) -> int:
    try:
        Database(url).migrate()
    except BaseException:  # noqa: BLE001 - as above
        return 1
    return 0


def test_an_accepted_act_outlives_a_killed_process(place: Place, cabinet: Cabinet) -> None:
    program = (
        "import os, signal, sys\n"
        "from storage.database import Database\n"
        "from tests.support.database import Cabinet, add_act\n"
        "database = Database(sys.argv[1])\n"
        "with database.transaction() as tx:\n"
        "    add_act(tx, Cabinet(sys.argv[2], sys.argv[3], ''))\n"
        "half = database.transaction()\n"
        "add_act(half.__enter__(), Cabinet(sys.argv[2], sys.argv[3], ''), 'act_half')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    url = place.database.url.render_as_string(hide_password=False)
    killed = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, url, cabinet.tenant_id, cabinet.key_id],
        cwd=ROOT,
        check=False,
    )
    assert killed.returncode == -9
    with place.database.transaction() as tx:
        found = acts.find_acts(tx, cabinet.tenant_id, ActFilters(), limit=5)
    assert [act.id for act in found.items] == ["act_1"]


def test_a_value_no_database_can_hold_is_the_client_s_fault(
    database: Database, cabinet: Cabinet
) -> None:
    def far_too_much() -> None:
        with database.transaction() as tx:
            add_act(tx, cabinet, due_cents=10**30)

    with pytest.raises(InvalidFacts):
        far_too_much()


@pytest.mark.integration
def test_a_postgresql_that_is_gone_is_unavailable_and_comes_back(
    postgres: PostgresServer,
) -> None:
    database = Database(postgres.create("comes_and_goes", "template_minutier"))
    database.ping()
    postgres.stop()
    try:
        with pytest.raises(DatabaseUnavailable) as refused:
            database.ping()
        assert refused.value.__cause__ is not None
    finally:
        postgres.start()
    database.ping()
    database.close()


@pytest.mark.integration
def test_a_connection_cut_in_the_middle_is_unavailable(postgres: PostgresServer) -> None:
    database = Database(postgres.url("template_minutier"))

    def cut() -> None:
        with database.transaction() as tx:
            pid = tx.scalar(text("SELECT pg_backend_pid()"))
            postgres.execute(f"SELECT pg_terminate_backend({pid})")
            tx.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable):
        cut()
    database.ping()
    database.close()


@pytest.mark.integration
def test_two_that_add_rows_to_an_act_and_then_tell_of_it_do_not_wait_for_each_other(
    postgres: PostgresServer, new_id: IdFactory
) -> None:
    database = Database(postgres.create("no_deadlock", "template_minutier"))
    with database.transaction() as tx:
        cabinet = add_cabinet(tx, new_id=new_id)
        act = add_act(tx, cabinet)
    both_have_a_row = threading.Barrier(2)
    failures: list[BaseException] = []

    def add_version(number: int) -> None:
        try:
            with database.transaction() as tx:
                insert_version(tx, a_version(act, number))
                both_have_a_row.wait(10)
                trail.append(
                    tx,
                    tenant_id=cabinet.tenant_id,
                    act_id=act.id,
                    at=NOW,
                    actor=SYSTEM,
                    action="version_added",
                    details={"number": number},
                )
        except BaseException as error:  # noqa: BLE001 - told below, in the main thread
            failures.append(error)

    threads = [threading.Thread(target=add_version, args=(number,)) for number in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as tx:
        chain = trail.events(tx, cabinet.tenant_id, act.id)
    database.close()
    assert (failures, len(chain), trail.check_chain(chain)) == ([], 2, [])


def test_a_sqlite_file_locked_by_another_program_is_unavailable(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.engine._BUSY_TIMEOUT_SECONDS", 0.2)
    path = tmp_path / "locked.db"
    path.write_bytes(sqlite_template.read_bytes())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = Database(f"sqlite:///{path}")

    def write() -> None:
        with database.transaction():
            pass

    with pytest.raises(DatabaseUnavailable):
        write()
    database.ping()  # readers go on
    other.execute("ROLLBACK")
    other.close()
    write()
    database.close()


def test_sqlite_waits_for_the_disk_before_it_says_yes(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.transaction() as tx:
        pragmas = [
            tx.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert pragmas == ["wal", 2, 1]


def test_a_sqlite_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        Database("sqlite://")
