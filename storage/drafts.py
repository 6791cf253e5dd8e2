"""Contents of acts under work: in the drafts bucket, each under its own hash, never locked."""

from __future__ import annotations

import hashlib

from core.errors import Unavailable
from storage.objects import ObjectStore


class ContentDamaged(Unavailable):
    """The store gave back other bytes than were put; nothing may be made from them."""

    slug = "content-damaged"
    title = "A stored content is damaged"


def content_key(tenant_id: str, sha256: str) -> str:
    """Return the key of a content; tenants share none, so that each can be erased alone."""
    return f"v1/{tenant_id}/content/{sha256[:2]}/{sha256}"


def put_content(store: ObjectStore, tenant_id: str, data: bytes, media_type: str) -> str:
    """Store a content and return its SHA-256; storing it again does no harm."""
    sha256 = hashlib.sha256(data).hexdigest()
    store.put(content_key(tenant_id, sha256), data, media_type=media_type, sha256=sha256)
    return sha256


def get_content(store: ObjectStore, tenant_id: str, sha256: str) -> bytes:
    """Return a content, its hash recomputed.

    Raises:
        ObjectMissing: the store has no such content.
        ContentDamaged: the bytes do not have that hash any more.
    """
    data = store.get(content_key(tenant_id, sha256))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ContentDamaged(f"the content {sha256} came back damaged from the store")
    return data
