"""Every test of this folder runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from core.clock import IdFactory
from storage.database import Database
from tests.support.database import Cabinet, Place, add_cabinet
from tests.support.postgres import PostgresServer

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        server.execute("CREATE DATABASE template_minutier")
        migrated = Database(server.url("template_minutier"))
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
        yield Place(database, lambda statement: _execute_sqlite(path, statement))
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE template_minutier")
    database = Database(server.url(name))
    yield Place(database, lambda statement: server.execute(statement, name))
    database.close()
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deeper' / 'minutier.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name}")
    return server.url(name)


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


def _execute_sqlite(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()
