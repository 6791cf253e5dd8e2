"""One profile for all tests of the office, built once, and a pool of one process for most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generators.office import OfficePool
from tests.support.word_letters import letter

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.integration)


@pytest.fixture(scope="session")
def work_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def pool(work_dir: Path) -> Iterator[OfficePool]:
    with OfficePool(1, work_dir) as pool:
        yield pool


@pytest.fixture(scope="session")
def two_pages() -> bytes:
    return letter()


@pytest.fixture(scope="session")
def slow_document() -> bytes:
    """A document that takes some seconds, so that there is a middle to strike at."""
    return letter(paragraphs=3000, rows=600)
