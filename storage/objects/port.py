"""The port of an object store: what the rest of Minutier may ask of one, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.errors import Conflict, NotFound, Unavailable


class ObjectMissing(NotFound):
    """There is no such object, or not in that version."""

    slug = "object-missing"
    title = "The object is not in the store"


class ObjectConflict(Conflict):
    """Another content already stands under the key; the store never overwrites."""

    slug = "object-conflict"
    title = "Another content is already stored under this key"


class ObjectLocked(Conflict):
    """The lock of the object forbids the change: a retention or a legal hold."""

    slug = "object-locked"
    title = "The object is locked"


class StoreUnavailable(Unavailable):
    """The object store does not answer, refuses us or is out of order."""

    slug = "object-store-unavailable"
    title = "The object store does not answer"


class BucketUnsuitable(Unavailable):
    """The bucket does not give what it is used for: an archive needs versions and Object Lock."""

    slug = "bucket-unsuitable"
    title = "The bucket is not fit for its use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where a content was put.

    Attributes:
        version_id: Version of the object, to be kept and always read with; None in a bucket
            without versions.
        created: False when the same content was there already.
    """

    version_id: str | None
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectInfo:
    """What the store says of one version of an object.

    Attributes:
        sha256: Lowercase hexadecimal, as the server computed it at the PUT; None when it kept
            none. Not a proof: read and hash the bytes for that.
        retain_until: End of the COMPLIANCE lock; None when there is none.
        is_latest: Whether a read without version id gives this version.
    """

    key: str
    size: int
    sha256: str | None
    media_type: str
    version_id: str | None
    retain_until: datetime | None
    legal_hold: bool
    is_latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectVersion:
    """One line of the version history of a key; a delete marker is one as well."""

    key: str
    version_id: str | None
    is_latest: bool
    is_delete_marker: bool


class ObjectStore(Protocol):
    """One bucket. Objects are written once; keys carry no personal data.

    Every call may raise `StoreUnavailable`; the same call may then succeed later.
    """

    def put(
        self,
        key: str,
        data: bytes,
        *,
        media_type: str,
        sha256: str,
        retain_until: datetime | None = None,
    ) -> Stored:
        """Store a content under a new key, locked in the same request if asked.

        A retry does no harm: when the key holds the same content already, that version is
        the answer, and its lock is extended if it ends before ``retain_until``.

        Args:
            key: Never overwritten.
            data: The content.
            media_type: MIME type told to those who download it.
            sha256: Of ``data``, lowercase hexadecimal; the server recomputes it.
            retain_until: End of a COMPLIANCE lock, which nobody can shorten; aware, in
                whole seconds. None leaves the object unlocked.

        Raises:
            ObjectConflict: the key holds another content; it is left as it was.
            StoreUnavailable: also when the content did not arrive as it was sent.
        """
        ...

    def get(self, key: str, version_id: str | None = None) -> bytes:
        """Return the content of a version, or of the latest one.

        Raises:
            ObjectMissing: no such object, or its latest version is a delete marker.
        """
        ...

    def head(self, key: str, version_id: str | None = None) -> ObjectInfo:
        """Return what the store says of a version, or of the latest one.

        Raises:
            ObjectMissing: no such object, or its latest version is a delete marker.
        """
        ...

    def list(self, prefix: str) -> Iterator[str]:
        """Yield, sorted, the keys that begin with a prefix and can be read without version id."""
        ...

    def versions(self, key: str) -> Sequence[ObjectVersion]:
        """Return every version of one key and every delete marker, the latest first."""
        ...

    def extend_retention(self, key: str, version_id: str | None, until: datetime) -> None:
        """Make the COMPLIANCE lock of a version end later.

        Raises:
            ObjectLocked: it would end sooner; nothing is changed.
        """
        ...

    def set_legal_hold(self, key: str, version_id: str | None, *, on: bool) -> None:
        """Forbid the deletion of a version, whatever its retention, or lift that."""
        ...

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Remove a version for good; without version id, hide a versioned key or remove it.

        Deleting what is not there is no error.

        Raises:
            ObjectLocked: the lock or a legal hold forbids it.
        """
        ...

    def ensure_bucket(self, *, locked: bool) -> None:
        """Create the bucket if it is not there, then check that it is fit for its use.

        Args:
            locked: Whether it is an archive, which needs versions and Object Lock.

        Raises:
            BucketUnsuitable: it is there, with another configuration.
        """
        ...

    def ping(self) -> None:
        """Return if the bucket answers."""
        ...
