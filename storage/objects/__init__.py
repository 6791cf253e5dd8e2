"""Objects by key: a port, its S3 adapter, and a memory adapter that obeys the same contract."""

from storage.objects.memory import MemoryObjectStore
from storage.objects.port import (
    BucketUnsuitable,
    ObjectConflict,
    ObjectInfo,
    ObjectLocked,
    ObjectMissing,
    ObjectStore,
    ObjectVersion,
    Stored,
    StoreUnavailable,
)
from storage.objects.s3 import S3ObjectStore

__all__ = [
    "BucketUnsuitable",
    "MemoryObjectStore",
    "ObjectConflict",
    "ObjectInfo",
    "ObjectLocked",
    "ObjectMissing",
    "ObjectStore",
    "ObjectVersion",
    "S3ObjectStore",
    "StoreUnavailable",
    "Stored",
]
