"""The stores on which the contract is run: memory, a real local server, any S3 by variable."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.objects import MemoryObjectStore, ObjectStore, S3ObjectStore
from tests.support.s3 import WeedMini

Make = Callable[..., ObjectStore]


@dataclass(frozen=True)
class Address:
    """A real S3 server."""

    endpoint: str | None
    region: str
    access_key: str
    secret_key: str

    def store(self, bucket: str) -> S3ObjectStore:
        return S3ObjectStore(
            endpoint=self.endpoint,
            region=self.region,
            access_key=self.access_key,
            secret_key=self.secret_key,
            bucket=bucket,
        )


@pytest.fixture(scope="session")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WeedMini]:
    directory: Path = tmp_path_factory.mktemp("weed")
    with WeedMini(directory) as server:
        yield server


@pytest.fixture(scope="session", params=["weed", "provider"])
def address(request: pytest.FixtureRequest) -> Address:
    """A real server: the local one, and the one that the MINUTIER_TEST_S3_* variables name."""
    return _address_named(request.param, request)


@pytest.fixture(scope="session")
def bucket_names() -> Callable[[str], str]:
    """Names of buckets of this run; a provider's are named by MINUTIER_TEST_S3_BUCKET."""
    run = os.environ.get("MINUTIER_TEST_S3_BUCKET") or f"minutier-{uuid.uuid4().hex[:12]}"
    return lambda use: f"{run}-{use}"


@pytest.fixture(params=["memory", "weed", "provider"])
def make_store(
    request: pytest.FixtureRequest, bucket_names: Callable[[str], str]
) -> Iterator[Make]:
    """A function that makes the store of an archive (``locked=True``) or of drafts."""
    if request.param == "memory":
        yield lambda *, locked: MemoryObjectStore(locked=locked)
        return
    server = _address_named(request.param, request)

    def make(*, locked: bool) -> ObjectStore:
        store = server.store(bucket_names("archive" if locked else "drafts"))
        store.ensure_bucket(locked=locked)
        return store

    yield make


def _address_named(name: str, request: pytest.FixtureRequest) -> Address:
    if name == "weed":
        server: WeedMini = request.getfixturevalue("weed")
        return Address(server.endpoint, "eu-west-3", server.access_key, server.secret_key)
    if not os.environ.get("MINUTIER_TEST_S3_ACCESS_KEY"):
        pytest.skip("no provider named by MINUTIER_TEST_S3_*")
    return Address(
        os.environ.get("MINUTIER_TEST_S3_ENDPOINT") or None,
        os.environ.get("MINUTIER_TEST_S3_REGION", "eu-west-3"),
        os.environ["MINUTIER_TEST_S3_ACCESS_KEY"],
        os.environ["MINUTIER_TEST_S3_SECRET_KEY"],
    )
