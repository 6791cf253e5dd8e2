"""The engine and its transactions: the only place that knows how each database is spoken to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import Unavailable

Transaction = Connection
"""An open transaction, passed to the queries of `storage`; opaque to everyone else."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_MS = 5000


class DatabaseUnavailable(Unavailable):
    """The database does not answer, or stays locked."""

    slug = "database-unavailable"
    title = "The database does not answer"


class Database:
    """A SQLite or PostgreSQL database.

    SQLite runs in WAL mode with ``synchronous=FULL``: an accepted act survives a power cut,
    not only a killed process. Writers take the write lock when they begin, so that a
    transaction never fails half-way because another one wrote in between.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that writes: committed at the end, rolled back on any error.

        Raises:
            DatabaseUnavailable: the database does not answer or stayed locked.
        """
        with _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view for reading; takes no write lock.

        Raises:
            DatabaseUnavailable: the database does not answer.
        """
        with _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    def ping(self) -> None:
        """Ask the database for one value.

        Raises:
            DatabaseUnavailable: it does not give it.
        """
        with self.reading() as tx:
            tx.execute(text("SELECT 1"))

    def migrate(self) -> None:
        """Bring the tables to this software's revision; safe to call from several processes."""
        with _translated(), self._engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(7463112)"))
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise DatabaseUnavailable("the database does not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailable("the connection to the database was lost") from error
        raise


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": _BUSY_TIMEOUT_MS / 1000},
        pool_size=16,
        max_overflow=48,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, and which kind
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        url,
        pool_size=16,
        max_overflow=16,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 3},
    )
