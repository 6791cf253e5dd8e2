"""One application a test: its database is a copy of one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from generators.office import OfficePool
from jobs.queue import MemoryJobQueue
from jobs.services import Services
from storage.database import Database
from storage.objects import MemoryObjectStore
from storage.retention import RetentionRules
from tests.support.http import Caller, Clock, House, created, services_of, settings_for
from tests.support.openapi import Description

MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "minutier.db"
    migrated = Database(f"sqlite:///{path}")
    migrated.migrate()
    migrated.close()
    return path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], OfficePool]]:
    """LibreOffice, started for the first test that makes a document."""
    pools: list[OfficePool] = []

    def pool() -> OfficePool:
        if not pools:
            pools.append(OfficePool(1, tmp_path_factory.mktemp("office")).__enter__())
        return pools[0]

    yield pool
    for made in pools:
        made.__exit__(None, None, None)


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING)


@pytest.fixture
def services(template: Path, tmp_path: Path, clock: Clock) -> Iterator[Services]:
    shutil.copy(template, tmp_path / "minutier.db")
    settings = settings_for(tmp_path)
    database = Database(settings.database_url)
    yield services_of(
        settings,
        clock,
        database=database,
        drafts=MemoryObjectStore(now=clock),
        archive=MemoryObjectStore(locked=True, now=clock),
        queue=MemoryJobQueue(),
        retention=RetentionRules.load(default_years=10),
    )
    database.close()


@pytest.fixture(scope="session")
def descriptions() -> dict[str, Description]:
    """The description of the API, read once."""
    return {}


@pytest.fixture
def house(
    services: Services,
    clock: Clock,
    office: Callable[[], OfficePool],
    descriptions: dict[str, Description],
) -> House:
    """The application. Each answer it gives a caller is held against its own description."""
    app = create_app(services)
    if not descriptions:
        document: dict[str, Any] = app.test_client().get("/v1/openapi.json").get_json()
        descriptions["the"] = Description(document)
    return House(app, services, clock, office, descriptions["the"].check)


@pytest.fixture
def caller(house: House) -> Caller:
    """A client of the first cabinet that may do everything."""
    return house.caller()


@pytest.fixture
def an_act(caller: Caller) -> Callable[[], str]:
    """Makes an act that waits for its draft; its identifier."""
    return lambda: str(created(caller)["id"])
