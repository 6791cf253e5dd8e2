"""Tests of the processes of `minutier`, each started as a user would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.running import Running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.integration)
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`minutier run`, ready; each test leaves it so."""
    shared = Running(tmp_path_factory.mktemp("shared") / "data", dict(os.environ))
    shared.start()
    yield shared
    shared.kill()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """`minutier run` on a directory of its own, not yet started."""
    running = Running(tmp_path / "data", dict(os.environ))
    yield running
    running.kill()
