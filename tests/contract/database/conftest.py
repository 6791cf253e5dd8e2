"""Every test of this folder runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from core.clock import IdFactory
from storage.database import Database
from storage.database.tables import metadata
from tests.support.database import Cabinet, Place, add_cabinet, execute_sqlite
from tests.support.postgres import PostgresServer

_numbers = count(1)
# Making a database takes a quarter of a second, emptying one a few milliseconds. Replicas fire
# no triggers; a test may have disabled them.
_EMPTYING = [
    "; ".join(
        ["SET session_replication_role = replica"]
        + [f"DELETE FROM {table.name}" for table in metadata.sorted_tables]  # noqa: S608 - ours
    ),
    "; ".join(f"ALTER TABLE {table.name} ENABLE TRIGGER USER" for table in metadata.sorted_tables),
]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        for name in ("minutier", "template_minutier"):
            migrated = Database(server.create(name))
            migrated.migrate()
            migrated.close()
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrated = Database(f"sqlite:///{path}")
    migrated.migrate()
    migrated.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A fresh database with all its tables."""
    if request.param == "sqlite":
        path = tmp_path / "minutier.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        database = Database(f"sqlite:///{path}")
        yield Place(database, lambda statement: execute_sqlite(path, statement))
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    database = Database(server.url("minutier"))
    yield Place(database, lambda statement: server.execute(statement, "minutier"))
    database.close()
    for statement in _EMPTYING:
        server.execute(statement, "minutier")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deeper' / 'minutier.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{next(_numbers)}"
    return server.create(name)


@pytest.fixture
def database(place: Place) -> Database:
    return place.database


@pytest.fixture
def new_id() -> IdFactory:
    return IdFactory()


@pytest.fixture
def cabinet(database: Database, new_id: IdFactory) -> Cabinet:
    with database.transaction() as tx:
        return add_cabinet(tx, new_id=new_id)
