"""The golden cases as PDF files, converted once for all tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generators.office import OfficePool
from generators.pdf import finish
from tests.support.golden import CASES, made

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.integration)
            item.add_marker(pytest.mark.xdist_group("acts"))


@pytest.fixture(scope="session")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficePool]:
    with OfficePool(1, tmp_path_factory.mktemp("office")) as pool:
        yield pool


@pytest.fixture(scope="session")
def pdfs(pool: OfficePool, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The finished PDF of each golden case."""
    folder = tmp_path_factory.mktemp("acts")
    files = {}
    for at, case in enumerate(CASES):
        act = made(case)
        described = {"title": act.title, "author": act.author, "subject": act.subject}
        files[case] = folder / f"{at}.pdf"
        files[case].write_bytes(finish(pool.convert(act.docx), language="fr-FR", **described))
    return files
