"""The golden cases as PDF files, each converted once, by the first test that asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Pdfs(Mapping[Path, Path]):
    """The finished PDF of each golden case, made when it is asked for.

    All of them take longer than one test may on a busy machine.
    """

    def __init__(self, pool: OfficePool, folder: Path) -> None:
        self._pool, self._folder = pool, folder
        self._files: dict[Path, Path] = {}

    def __getitem__(self, case: Path) -> Path:
        if case not in self._files:
            act = made(case)
            described = {"title": act.title, "author": act.author, "subject": act.subject}
            path = self._folder / f"{CASES.index(case)}.pdf"
            path.write_bytes(finish(self._pool.convert(act.docx), language="fr-FR", **described))
            self._files[case] = path
        return self._files[case]

    def __iter__(self) -> Iterator[Path]:
        return iter(CASES)

    def __len__(self) -> int:
        return len(CASES)


@pytest.fixture(scope="session")
def pdfs(pool: OfficePool, tmp_path_factory: pytest.TempPathFactory) -> Pdfs:
    """The finished PDF of each golden case."""
    return Pdfs(pool, tmp_path_factory.mktemp("acts"))
