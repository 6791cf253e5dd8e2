"""An object store in memory, for tests: the same contract as S3, lock and versions included."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from core.clock import Now, utc_now
from storage.objects.port import (
    BucketUnsuitable,
    ObjectConflict,
    ObjectInfo,
    ObjectLocked,
    ObjectMissing,
    ObjectVersion,
    Stored,
    StoreUnavailable,
)


@dataclass(slots=True, kw_only=True)
class _Version:
    version_id: str | None
    data: bytes = b""
    media_type: str = ""
    is_delete_marker: bool = False
    retain_until: datetime | None = None
    legal_hold: bool = False


class MemoryObjectStore:
    """A bucket in memory. Locked or not is said at its creation, as for a real one."""

    def __init__(self, *, locked: bool = False, now: Now = utc_now) -> None:
        self._locked = locked
        self._now = now
        self._versions: defaultdict[str, list[_Version]] = defaultdict(list)
        self._ids = count(1)
        self._mutex = threading.RLock()

    def put(
        self,
        key: str,
        data: bytes,
        *,
        media_type: str,
        sha256: str,
        retain_until: datetime | None = None,
    ) -> Stored:
        """See `ObjectStore.put`."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreUnavailable("the content does not have the SHA-256 that was announced")
        if retain_until is not None and not self._locked:
            raise BucketUnsuitable("the bucket has no Object Lock")
        with self._mutex:
            latest = self._latest(key)
            if latest is None:
                return self._add(key, data, media_type, retain_until)
            if hashlib.sha256(latest.data).hexdigest() != sha256:
                raise ObjectConflict(f"{key} holds another content")
            if retain_until is not None:
                self._extend(latest, retain_until)
            return Stored(version_id=latest.version_id, created=False)

    def get(self, key: str, version_id: str | None = None) -> bytes:
        """See `ObjectStore.get`."""
        with self._mutex:
            return self._version(key, version_id).data

    def head(self, key: str, version_id: str | None = None) -> ObjectInfo:
        """See `ObjectStore.head`."""
        with self._mutex:
            version = self._version(key, version_id)
            return ObjectInfo(
                key=key,
                size=len(version.data),
                sha256=hashlib.sha256(version.data).hexdigest(),
                media_type=version.media_type,
                version_id=version.version_id,
                retain_until=version.retain_until,
                legal_hold=version.legal_hold,
                is_latest=self._versions[key][-1] is version,
            )

    def list(self, prefix: str) -> Iterator[str]:
        """See `ObjectStore.list`."""
        with self._mutex:
            keys = sorted(key for key in self._versions if key.startswith(prefix))
            return iter([key for key in keys if self._latest(key)])

    def versions(self, key: str) -> Sequence[ObjectVersion]:
        """See `ObjectStore.versions`."""
        with self._mutex:
            history = self._versions.get(key, [])
            return [
                ObjectVersion(
                    key=key,
                    version_id=version.version_id,
                    is_latest=version is history[-1],
                    is_delete_marker=version.is_delete_marker,
                )
                for version in reversed(history)
            ]

    def extend_retention(self, key: str, version_id: str | None, until: datetime) -> None:
        """See `ObjectStore.extend_retention`."""
        if not self._locked:
            raise BucketUnsuitable("the bucket has no Object Lock")
        with self._mutex:
            version = self._version(key, version_id)
            if version.retain_until is not None and until < version.retain_until:
                raise ObjectLocked(f"the lock of {key} cannot be shortened")
            self._extend(version, until)

    def set_legal_hold(self, key: str, version_id: str | None, *, on: bool) -> None:
        """See `ObjectStore.set_legal_hold`."""
        if not self._locked:
            raise BucketUnsuitable("the bucket has no Object Lock")
        with self._mutex:
            self._version(key, version_id).legal_hold = on

    def delete(self, key: str, version_id: str | None = None) -> None:
        """See `ObjectStore.delete`."""
        with self._mutex:
            history = self._versions[key]
            if version_id is None and self._locked:
                history.append(_Version(version_id=self._new_id(), is_delete_marker=True))
                return
            for version in [v for v in history if v.version_id == version_id]:
                if version.legal_hold or (version.retain_until or self._now()) > self._now():
                    raise ObjectLocked(f"{key} is locked")
                history.remove(version)
            if not history:
                del self._versions[key]

    def ensure_bucket(self, *, locked: bool) -> None:
        """See `ObjectStore.ensure_bucket`."""
        if locked and not self._locked:
            raise BucketUnsuitable("the bucket has no Object Lock")

    def ping(self) -> None:
        """See `ObjectStore.ping`."""

    def overwrite(self, key: str, data: bytes, *, media_type: str = "") -> None:
        """Put a newer version on top, as anyone with write access to a real bucket can."""
        with self._mutex:
            self._add(key, data, media_type, None)

    def lose(self, key: str) -> None:
        """Lose an object with its versions, locked or not: a failing disk, or a thief of it."""
        with self._mutex:
            self._versions.pop(key, None)

    def _add(self, key: str, data: bytes, media_type: str, retain_until: datetime | None) -> Stored:
        version = _Version(
            version_id=self._new_id(),
            data=bytes(data),
            media_type=media_type,
            retain_until=retain_until,
        )
        self._versions[key].append(version)
        return Stored(version_id=version.version_id, created=True)

    def _new_id(self) -> str | None:
        return f"v{next(self._ids):08d}" if self._locked else None

    def _latest(self, key: str) -> _Version | None:
        history = self._versions.get(key)
        return history[-1] if history and not history[-1].is_delete_marker else None

    def _version(self, key: str, version_id: str | None) -> _Version:
        if version_id is None:
            found = self._latest(key)
        else:
            found = next(
                (v for v in self._versions.get(key, []) if v.version_id == version_id), None
            )
        if found is None or found.is_delete_marker:
            raise ObjectMissing(f"{key} is not in the store")
        return found

    @staticmethod
    def _extend(version: _Version, until: datetime) -> None:
        if version.retain_until is None or version.retain_until < until:
            version.retain_until = until
