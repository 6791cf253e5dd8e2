"""One stack with one worker process for all tests of faults; each leaves it as it found it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.stack import Whole, WholeStack

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.integration)
            item.add_marker(pytest.mark.xdist_group("jobs"))


@pytest.fixture(scope="session")
def whole_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    directory = tmp_path_factory.mktemp("whole")
    with WholeStack(directory, MINUTIER_OFFICE_TIMEOUT_SECONDS="4") as whole:
        yield whole


@pytest.fixture
def whole(whole_stack: Whole) -> Iterator[Whole]:
    """The stack with a warm worker, before and after."""
    whole_stack.wait_until_warm()
    yield whole_stack
    whole_stack.wait_until_warm()
