"""One real S3 server, with Object Lock, for all tests of this folder; a fresh database for each."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.clock import IdFactory
from storage.database import Database
from storage.objects import S3ObjectStore
from tests.support.archive import Vault, vault
from tests.support.database import Place, add_cabinet, execute_sqlite
from tests.support.s3 import WeedMini

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.integration)
            item.add_marker(pytest.mark.xdist_group("archive"))


@pytest.fixture(scope="session")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WeedMini]:
    with WeedMini(tmp_path_factory.mktemp("archive")) as server:
        yield server


@pytest.fixture(scope="session")
def drafts_bucket(weed: WeedMini) -> S3ObjectStore:
    return weed.store("minutier-drafts", locked=False)


@pytest.fixture(scope="session")
def archive_bucket(weed: WeedMini) -> S3ObjectStore:
    return weed.store("minutier-archive", locked=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def act_id() -> str:
    """A new name each time: what a test before has sealed stays locked."""
    return f"act_{uuid.uuid4().hex}"


@pytest.fixture
def safe(
    migrated: Path, drafts_bucket: S3ObjectStore, archive_bucket: S3ObjectStore, tmp_path: Path
) -> Iterator[Vault]:
    """A vault in the real server."""
    path = tmp_path / "minutier.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    place = Place(database, lambda statement: execute_sqlite(path, statement))
    with database.transaction() as tx:
        cabinet = add_cabinet(tx, new_id=IdFactory())
    yield vault(place, cabinet, drafts_bucket, archive_bucket)
    database.close()
