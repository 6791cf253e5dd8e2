"""What every test may use."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden",
        action="store_true",
        help="write the expected texts of acts anew instead of comparing with them",
    )


@pytest.fixture(scope="session")
def write_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected texts are to be written, not compared (`make golden`)."""
    return bool(request.config.getoption("--write-golden"))
