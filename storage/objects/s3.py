"""The S3 adapter: conditional, checksummed, locked PUTs over boto3, its errors translated."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypedDict

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError as URLLib3Error

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

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef, PutObjectRequestTypeDef

CONNECT_TIMEOUT_SECONDS = 2
READ_TIMEOUT_SECONDS = 10
ATTEMPTS = 3
CONNECTIONS = 16
RACES = 5
"""How often a PUT that met another writer of the same key is tried."""

_NO_LOCK = {"ObjectLockConfigurationNotFoundError", "404", "NotFound"}


class S3ObjectStore:
    """A bucket of any S3 service with conditional writes and SHA-256 checksums."""

    def __init__(
        self,
        *,
        endpoint: str | None,
        region: str,
        access_key: str,
        secret_key: str,
        bucket: str,
    ) -> None:
        self.bucket = bucket
        self._region = region
        self._client: S3Client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name=region,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                read_timeout=READ_TIMEOUT_SECONDS,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                max_pool_connections=CONNECTIONS,
                # We send and check SHA-256; some services refuse the CRC that boto3 would add.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

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
        request: PutObjectRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": key,
            "Body": data,
            "ContentType": media_type,
            "ChecksumSHA256": base64.b64encode(bytes.fromhex(sha256)).decode(),
            "IfNoneMatch": "*",
        }
        if retain_until is not None:
            request["ObjectLockMode"] = "COMPLIANCE"
            request["ObjectLockRetainUntilDate"] = retain_until
        for race in range(RACES):
            try:
                with _translated(key):
                    answer = self._client.put_object(**request)
            except _KeyBusy:
                time.sleep(0.05 * 2**race)
            except _KeyTaken:
                return self._same_or_conflict(key, sha256, retain_until)
            else:
                return Stored(version_id=_version_id(answer.get("VersionId")), created=True)
        raise StoreUnavailable(f"other writers keep {key} busy")

    def get(self, key: str, version_id: str | None = None) -> bytes:
        """See `ObjectStore.get`."""
        with _translated(key):
            answer = self._client.get_object(
                Bucket=self.bucket, Key=key, **_with_version(version_id)
            )
            with answer["Body"] as body:
                return body.read()

    def head(self, key: str, version_id: str | None = None) -> ObjectInfo:
        """See `ObjectStore.head`."""
        with _translated(key):
            answer = self._client.head_object(
                Bucket=self.bucket,
                Key=key,
                ChecksumMode="ENABLED",
                **_with_version(version_id),
            )
        is_latest = version_id is None or any(
            version.is_latest and version.version_id == version_id for version in self.versions(key)
        )
        return _info(key, answer, is_latest=is_latest)

    def list(self, prefix: str) -> Iterator[str]:
        """See `ObjectStore.list`."""
        pages = self._client.get_paginator("list_objects_v2")
        with _translated(prefix):
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
                yield from (item["Key"] for item in page.get("Contents", []))

    def versions(self, key: str) -> Sequence[ObjectVersion]:
        """See `ObjectStore.versions`."""
        found: list[tuple[bool, datetime, ObjectVersion]] = []
        pages = self._client.get_paginator("list_object_versions")
        with _translated(key):
            for page in pages.paginate(Bucket=self.bucket, Prefix=key):
                for is_delete_marker, items in (
                    (False, page.get("Versions", [])),
                    (True, page.get("DeleteMarkers", [])),
                ):
                    for item in items:
                        if item["Key"] != key:  # the prefix of another key
                            continue
                        version = ObjectVersion(
                            key=key,
                            version_id=_version_id(item.get("VersionId")),
                            is_latest=item["IsLatest"],
                            is_delete_marker=is_delete_marker,
                        )
                        found.append((version.is_latest, item["LastModified"], version))
        found.sort(key=lambda entry: entry[:2], reverse=True)
        return [version for _, _, version in found]

    def extend_retention(self, key: str, version_id: str | None, until: datetime) -> None:
        """See `ObjectStore.extend_retention`."""
        try:
            with _translated(key):
                self._client.put_object_retention(
                    Bucket=self.bucket,
                    Key=key,
                    Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until},
                    **_with_version(version_id),
                )
        except _Denied as error:
            raise self._locked_or_refused(key, version_id) from error

    def set_legal_hold(self, key: str, version_id: str | None, *, on: bool) -> None:
        """See `ObjectStore.set_legal_hold`."""
        with _translated(key):
            self._client.put_object_legal_hold(
                Bucket=self.bucket,
                Key=key,
                LegalHold={"Status": "ON" if on else "OFF"},
                **_with_version(version_id),
            )

    def delete(self, key: str, version_id: str | None = None) -> None:
        """See `ObjectStore.delete`."""
        try:
            with _translated(key):
                self._client.delete_object(Bucket=self.bucket, Key=key, **_with_version(version_id))
        except _Denied as error:
            raise self._locked_or_refused(key, version_id) from error
        except ObjectMissing:
            return

    def ensure_bucket(self, *, locked: bool) -> None:
        """See `ObjectStore.ensure_bucket`."""
        if not self._exists():
            self._create(locked=locked)
        lock = self._lock_configuration()
        if locked and lock != "enabled":
            raise BucketUnsuitable(
                f"bucket {self.bucket} was made without Object Lock: an archive cannot be kept in "
                "it; name another bucket, which will be created with it"
            )
        if not locked and lock == "enabled":
            raise BucketUnsuitable(
                f"bucket {self.bucket} has Object Lock: drafts must remain erasable; "
                "name another bucket"
            )

    def ping(self) -> None:
        """See `ObjectStore.ping`."""
        if not self._exists():
            raise BucketUnsuitable(f"bucket {self.bucket} does not exist")

    def _exists(self) -> bool:
        try:
            with _translated(self.bucket):
                self._client.head_bucket(Bucket=self.bucket)
        except ObjectMissing:
            return False
        return True

    def _create(self, *, locked: bool) -> None:
        # An empty location constraint means us-east-1, the only region that refuses its name.
        place = {} if self._region == "us-east-1" else {"LocationConstraint": self._region}
        try:
            with _translated(self.bucket):
                self._client.create_bucket(
                    Bucket=self.bucket,
                    ObjectLockEnabledForBucket=locked,
                    **({"CreateBucketConfiguration": place} if place else {}),  # type: ignore[arg-type]  # any region
                )
        except _KeyTaken:  # another process made it meanwhile; what it made is checked next
            return

    def _lock_configuration(self) -> str:
        try:
            answer = self._client.get_object_lock_configuration(Bucket=self.bucket)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _NO_LOCK:
                return "none"
            raise StoreUnavailable(f"the lock of {self.bucket} cannot be read") from error
        except BotoCoreError as error:
            raise StoreUnavailable("the object store does not answer") from error
        enabled = answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"
        return "enabled" if enabled else "none"

    def _same_or_conflict(self, key: str, sha256: str, retain_until: datetime | None) -> Stored:
        """Answer a PUT refused because the key is taken: by the same content, or by another."""
        with _translated(key):
            answer = self._client.head_object(Bucket=self.bucket, Key=key, ChecksumMode="ENABLED")
        there = _info(key, answer, is_latest=True)
        stored_sha256 = there.sha256
        if stored_sha256 is None:  # the service kept no checksum
            stored_sha256 = hashlib.sha256(self.get(key, there.version_id)).hexdigest()
        if stored_sha256 != sha256:
            raise ObjectConflict(f"{key} holds another content")
        ends = there.retain_until
        if retain_until is not None and (ends is None or ends < retain_until):
            self.extend_retention(key, there.version_id, retain_until)
        return Stored(version_id=there.version_id, created=False)

    def _locked_or_refused(self, key: str, version_id: str | None) -> Exception:
        """Tell a lock from a lack of rights: S3 says "access denied" for both."""
        there = self.head(key, version_id)
        if there.retain_until is not None or there.legal_hold:
            return ObjectLocked(f"{key} is locked")
        return StoreUnavailable(f"our credentials may not change {key}")


class _KeyTaken(Exception):
    """The key or the bucket exists."""


class _KeyBusy(Exception):
    """Another writer of the key is at work; AWS answers 409 then."""


class _Denied(StoreUnavailable):
    """Our credentials may not do this, or a lock forbids it: S3 does not say which."""


class _VersionArgument(TypedDict, total=False):
    VersionId: str


def _with_version(version_id: str | None) -> _VersionArgument:
    return {} if version_id is None else {"VersionId": version_id}


def _version_id(value: str | None) -> str | None:
    return None if value in (None, "", "null") else value


def _info(key: str, answer: HeadObjectOutputTypeDef, *, is_latest: bool) -> ObjectInfo:
    checksum = answer.get("ChecksumSHA256")
    locked = answer.get("ObjectLockMode") == "COMPLIANCE"
    return ObjectInfo(
        key=key,
        size=answer["ContentLength"],
        # "…-3" is the checksum of the checksums of a multipart upload, not that of the content.
        sha256=base64.b64decode(checksum).hex() if checksum and "-" not in checksum else None,
        media_type=answer.get("ContentType", ""),
        version_id=_version_id(answer.get("VersionId")),
        retain_until=answer.get("ObjectLockRetainUntilDate") if locked else None,
        legal_hold=answer.get("ObjectLockLegalHoldStatus") == "ON",
        is_latest=is_latest,
    )


@contextmanager
def _translated(key: str) -> Iterator[None]:
    """Raise the port's errors for boto3's; those that mean a bug of ours pass through."""
    try:
        yield
    except ClientError as error:
        translation = _translation(error, key)
        if translation is None:
            raise
        raise translation from error
    except (BotoCoreError, URLLib3Error) as error:
        raise StoreUnavailable(
            f"the object store does not answer ({type(error).__name__})"
        ) from error


def _translation(error: ClientError, key: str) -> Exception | None:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    refusal = f"the object store refuses {error.operation_name} ({code})"
    if code in _MEANING:
        meaning, detail = _MEANING[code]
        return meaning(detail.format(key=key, refusal=refusal))
    if status in _REFUSALS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return StoreUnavailable(refusal)
    return None


_ABSENT = (ObjectMissing, "{key} is not in the store")
_TAKEN = (_KeyTaken, "{key}")
_BUSY = (_KeyBusy, "{key}")
_REFUSALS = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
_MEANING: dict[str, tuple[type[Exception], str]] = {
    "404": _ABSENT,  # a HEAD has no body, hence no code but the status
    "405": _ABSENT,  # the version asked for is a delete marker
    "MethodNotAllowed": _ABSENT,
    "NoSuchKey": _ABSENT,
    "NoSuchVersion": _ABSENT,
    "NotFound": _ABSENT,
    "412": _TAKEN,
    "PreconditionFailed": _TAKEN,
    "BucketAlreadyExists": _TAKEN,
    "BucketAlreadyOwnedByYou": _TAKEN,
    "ConditionalRequestConflict": _BUSY,
    "OperationAborted": _BUSY,
    "NoSuchBucket": (BucketUnsuitable, "the bucket does not exist"),
    "InvalidRequest": (
        BucketUnsuitable,
        "{refusal}; a lock needs a bucket that was made with Object Lock",
    ),
    "AccessDenied": (_Denied, "{refusal}"),
    "BadDigest": (StoreUnavailable, "{refusal}"),
    "RequestTimeout": (StoreUnavailable, "{refusal}"),
    "SlowDown": (StoreUnavailable, "{refusal}"),
}
