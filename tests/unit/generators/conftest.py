"""What the tests of generators share: a request that is accepted, and a way to see refusals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import case_body
from tests.support.requests import Refusals, refusals_of


@pytest.fixture
def body() -> dict[str, Any]:
    """Case 05: a formal notice for three invoices, to be changed at will."""
    return case_body("05")


@pytest.fixture
def refusals() -> Refusals:
    """The faults of a request, as codes by pointer."""
    return refusals_of
