"""Contents by hash: what comes back is what was put, or an error."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from storage.drafts import ContentDamaged, content_key, get_content, put_content
from storage.objects import MemoryObjectStore, ObjectMissing, ObjectStore


@pytest.fixture
def drafts(make_store: Callable[..., ObjectStore]) -> ObjectStore:
    return make_store(locked=False)


def test_a_content_comes_back_by_its_hash(drafts: ObjectStore) -> None:
    sha256 = put_content(drafts, "ten_1", b"%PDF-1.7 acte", "application/pdf")
    assert sha256 == hashlib.sha256(b"%PDF-1.7 acte").hexdigest()
    assert get_content(drafts, "ten_1", sha256) == b"%PDF-1.7 acte"


def test_the_same_content_is_stored_once(drafts: ObjectStore) -> None:
    first = put_content(drafts, "ten_1", b"same", "text/plain")
    assert put_content(drafts, "ten_1", b"same", "text/plain") == first


def test_a_tenant_does_not_reach_the_content_of_another(drafts: ObjectStore) -> None:
    sha256 = put_content(drafts, "ten_1", b"secret of one", "text/plain")
    with pytest.raises(ObjectMissing):
        get_content(drafts, "ten_2", sha256)


def test_a_damaged_content_is_not_given_out() -> None:
    drafts = MemoryObjectStore()
    sha256 = put_content(drafts, "ten_1", b"acte", "text/plain")
    drafts.overwrite(content_key("ten_1", sha256), b"actf")
    with pytest.raises(ContentDamaged):
        get_content(drafts, "ten_1", sha256)
