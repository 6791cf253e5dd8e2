"""The engine and its transactions: the only place that knows how each database is spoken to."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import InvalidFacts, Unavailable

Transaction = Connection
"""An open transaction, passed to the queries of `storage`; opaque to everyone else."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_SECONDS = 5.0
_RETRY_SECONDS = (0.001, 0.004)
_MIGRATION_LOCK = 7463112  # any number, the same in every process


class DatabaseUnavailable(Unavailable):
    """The database does not answer, or stays locked."""

    slug = "database-unavailable"
    title = "The database does not answer"


class ValueNotStorable(InvalidFacts):
    """A value that the database cannot hold or compare: a NUL, a number beyond 64 bits."""

    slug = "value-not-storable"
    title = "A value cannot be stored"


class Database:
    """A SQLite or PostgreSQL database, for use by the threads of a process (ADR 0050).

    SQLite runs in WAL mode with ``synchronous=FULL``: an accepted act survives a power cut,
    not only a killed process. Writers take the write lock when they begin, so that a
    transaction never fails half-way because another one wrote in between; the threads of one
    process queue for it in memory, because SQLite's own waiting is sleep and try again.

    A process may fork between transactions: the child opens connections of its own. SQLite's
    are closed before, because the library remembers in memory which locks its process holds,
    and a child would believe it holds those of its parent.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _require_file(self.url.database)
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._writers = threading.Lock()
        _mind_forks(self)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that writes: committed at the end, rolled back on any error.

        On PostgreSQL it is READ COMMITTED: lock the act's row before deciding from what was
        read. On SQLite nobody else writes meanwhile.

        Raises:
            DatabaseUnavailable: the database does not answer or stayed locked.
            ValueNotStorable: a value is none that it can hold.
        """
        with self._turn(), _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                _begin_immediate(connection)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One view for all that is read in it; writing is refused, and no write lock is taken.

        Raises:
            DatabaseUnavailable: the database does not answer.
            ValueNotStorable: a value is none that it can compare.
        """
        with _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("PRAGMA query_only=ON")
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            try:
                yield connection
            finally:
                connection.rollback()
                if self.is_sqlite and not connection.invalidated:
                    connection.exec_driver_sql("PRAGMA query_only=OFF")

    def ping(self) -> None:
        """Ask the database for one value.

        Raises:
            DatabaseUnavailable: it does not give it.
        """
        with self.reading() as tx:
            tx.execute(text("SELECT 1"))

    def migrate(self) -> None:
        """Bring the tables to this software's revision; safe to call from several processes.

        All or nothing: both databases roll back changes of tables.
        """
        with self.transaction() as tx:
            if not self.is_sqlite:
                tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            config = Config()
            # ConfigParser's interpolation would trip over a % in the path.
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = tx
            command.upgrade(config, "head")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for this process's other writers, if the database lets only one write."""
        if not self.is_sqlite:
            yield
            return
        writers = self._writers
        if not writers.acquire(timeout=_BUSY_TIMEOUT_SECONDS):
            raise DatabaseUnavailable("the database stays locked by another writer")
        try:
            yield
        finally:
            writers.release()

    def _before_fork(self) -> None:
        if self.is_sqlite:
            self._engine.dispose()

    def _after_fork_in_child(self) -> None:
        if not self.is_sqlite:
            self._engine.dispose(close=False)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise DatabaseUnavailable("the database does not answer") from error
    except (DataError, OverflowError) as error:
        raise ValueNotStorable("a value is none that the database can hold") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailable("the connection to the database was lost") from error
        raise


def _begin_immediate(connection: Connection) -> None:
    """Take SQLite's write lock, asking again often.

    SQLite itself would sleep up to 100 ms between two tries, and so hardly ever meet the gap
    that a busy process leaves between two transactions.
    """
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    _until_free(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_SECONDS * 1000:.0f}")


def _until_free(statement: Callable[[], object]) -> None:
    deadline = time.monotonic() + _BUSY_TIMEOUT_SECONDS
    while True:
        try:
            statement()
        except (sqlite3.OperationalError, OperationalError) as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(*_RETRY_SECONDS))  # noqa: S311 - no secret: out of step with others
        else:
            return


def _is_busy(error: BaseException) -> bool:
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return isinstance(code, int) and code & 0xFF == sqlite3.SQLITE_BUSY


def _require_file(path: str | None) -> None:
    if not path or path == ":memory:":
        raise ValueError("a SQLite database needs a file: its processes share it")
    Path(path).parent.mkdir(parents=True, exist_ok=True)


def _mind_forks(database: Database) -> None:
    def hook(method: Callable[[], None]) -> Callable[[], None]:
        known = weakref.WeakMethod(method)

        def run() -> None:
            alive = known()
            if alive is not None:
                alive()

        return run

    os.register_at_fork(
        before=hook(database._before_fork),  # noqa: SLF001 - of this module
        after_in_child=hook(database._after_fork_in_child),  # noqa: SLF001 - as above
    )


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": _BUSY_TIMEOUT_SECONDS},
        pool_size=16,
        max_overflow=48,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, and which kind
        # A damaged text is read, and found out by its hash; it does not stop every reader.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        # Two processes that open a new file at once: SQLite tells one that it is locked, and
        # does not wait, because each might wait for the other.
        _until_free(lambda: connection.execute("PRAGMA journal_mode=WAL"))
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        url,
        pool_size=16,
        max_overflow=16,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 3},
    )
