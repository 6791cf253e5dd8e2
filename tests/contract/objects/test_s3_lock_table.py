"""What an S3 server must refuse to be an archive, tried with requests that Minutier never makes."""

from __future__ import annotations

import base64
import hashlib
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from storage.objects import S3ObjectStore, StoreUnavailable
from tests.support.s3 import WeedMini, free_ports

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PATH_STYLE = Config(signature_version="s3v4", s3={"addressing_style": "path"})
MEBIBYTE = 1024 * 1024


@pytest.fixture
def bucket(address: Any, bucket_names: Callable[[str], str]) -> str:
    name = bucket_names("archive")
    address.store(name).ensure_bucket(locked=True)
    return name


@pytest.fixture
def s3(address: Any) -> S3Client:
    return boto3.client(
        "s3",
        endpoint_url=address.endpoint,
        region_name=address.region,
        aws_access_key_id=address.access_key,
        aws_secret_access_key=address.secret_key,
        config=PATH_STYLE,
    )


@pytest.fixture
def key() -> str:
    return f"v1/tests/{uuid.uuid4().hex}"


def soon() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=30)


def put_locked(s3: S3Client, bucket: str, key: str, mode: Any = "COMPLIANCE") -> str:
    answer = s3.put_object(
        Bucket=bucket,
        Key=key,
        Body=b"acte",
        ObjectLockMode=mode,
        ObjectLockRetainUntilDate=soon(),
    )
    return answer["VersionId"]


def test_a_batch_delete_does_not_pass_the_lock(s3: S3Client, bucket: str, key: str) -> None:
    version = put_locked(s3, bucket, key)
    answer = s3.delete_objects(
        Bucket=bucket, Delete={"Objects": [{"Key": key, "VersionId": version}]}
    )
    assert [error["Code"] for error in answer["Errors"]] == ["AccessDenied"]
    s3.head_object(Bucket=bucket, Key=key, VersionId=version)


def test_the_bypass_of_governance_does_not_pass_compliance(
    s3: S3Client, bucket: str, key: str
) -> None:
    version = put_locked(s3, bucket, key)
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key=key, VersionId=version, BypassGovernanceRetention=True)
    s3.head_object(Bucket=bucket, Key=key, VersionId=version)


def test_compliance_is_not_turned_into_governance(s3: S3Client, bucket: str, key: str) -> None:
    version = put_locked(s3, bucket, key)
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object_retention(
            Bucket=bucket,
            Key=key,
            VersionId=version,
            Retention={"Mode": "GOVERNANCE", "RetainUntilDate": soon() + timedelta(days=1)},
            BypassGovernanceRetention=True,
        )
    retention = s3.get_object_retention(Bucket=bucket, Key=key, VersionId=version)
    assert retention["Retention"]["Mode"] == "COMPLIANCE"


def test_governance_holds_without_bypass_and_yields_with_it(
    s3: S3Client, bucket: str, key: str
) -> None:
    version = put_locked(s3, bucket, key, mode="GOVERNANCE")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key=key, VersionId=version)
    s3.delete_object(Bucket=bucket, Key=key, VersionId=version, BypassGovernanceRetention=True)
    with pytest.raises(ClientError):
        s3.head_object(Bucket=bucket, Key=key, VersionId=version)


def test_a_lock_under_governance_is_none_to_us(address: Any, s3: S3Client, bucket: str) -> None:
    key = f"v1/tests/{uuid.uuid4().hex}"
    version = put_locked(s3, bucket, key, mode="GOVERNANCE")
    assert address.store(bucket).head(key, version).retain_until is None


def test_versioning_of_a_locked_bucket_is_not_suspended(s3: S3Client, bucket: str) -> None:
    with pytest.raises(ClientError):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


def test_a_bucket_may_lock_by_default(address: Any, s3: S3Client, key: str) -> None:
    name = f"minutier-{uuid.uuid4().hex[:12]}-default"
    address.store(name).ensure_bucket(locked=True)
    s3.put_object_lock_configuration(
        Bucket=name,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
        },
    )
    s3.put_object(Bucket=name, Key=key, Body=b"acte")
    assert s3.head_object(Bucket=name, Key=key)["ObjectLockMode"] == "GOVERNANCE"
    s3.delete_object(
        Bucket=name,
        Key=key,
        VersionId=s3.head_object(Bucket=name, Key=key)["VersionId"],
        BypassGovernanceRetention=True,
    )


def test_a_multipart_upload_keeps_its_lock(s3: S3Client, bucket: str, key: str) -> None:
    upload = s3.create_multipart_upload(
        Bucket=bucket, Key=key, ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=soon()
    )["UploadId"]
    part = s3.upload_part(
        Bucket=bucket, Key=key, UploadId=upload, PartNumber=1, Body=b"x" * 5 * MEBIBYTE
    )
    done = s3.complete_multipart_upload(
        Bucket=bucket,
        Key=key,
        UploadId=upload,
        MultipartUpload={"Parts": [{"ETag": part["ETag"], "PartNumber": 1}]},
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key=key, VersionId=done["VersionId"])


def test_a_wrong_checksum_is_refused(s3: S3Client, bucket: str, key: str) -> None:
    with pytest.raises(ClientError):
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=b"acte",
            ChecksumSHA256=base64.b64encode(hashlib.sha256(b"actf").digest()).decode(),
        )


def test_an_expired_link_is_refused(s3: S3Client, bucket: str, key: str) -> None:
    s3.put_object(Bucket=bucket, Key=key, Body=b"acte")
    link = s3.generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=2
    )
    with urllib.request.urlopen(link) as answer:  # noqa: S310 - the address of our own server
        assert answer.read() == b"acte"
    time.sleep(3)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(link)  # noqa: S310 - the same
    refused.value.close()
    assert refused.value.code == HTTPStatus.FORBIDDEN


def test_a_wrong_secret_is_refused(address: Any, bucket: str) -> None:
    impostor = S3ObjectStore(
        endpoint=address.endpoint,
        region=address.region,
        access_key=address.access_key,
        secret_key="not-the-secret",  # noqa: S106
        bucket=bucket,
    )
    with pytest.raises(StoreUnavailable):
        impostor.ping()


def test_a_server_that_is_not_there_is_unavailable() -> None:
    store = S3ObjectStore(
        endpoint=f"http://127.0.0.1:{free_ports(1)[0]}",
        region="eu-west-3",
        access_key="any",
        secret_key="any",  # noqa: S106
        bucket="any",
    )
    with pytest.raises(StoreUnavailable) as failure:
        store.get("v1/x")
    assert failure.value.__cause__ is not None


def test_lock_date_and_bytes_survive_a_kill_and_the_store_comes_back(
    tmp_path_factory: pytest.TempPathFactory, key: str
) -> None:
    with WeedMini(tmp_path_factory.mktemp("killed")) as server:
        store = server.store("minutier-archive", locked=True)
        until = soon()
        stored = store.put(
            key,
            b"acte",
            media_type="text/plain",
            sha256=hashlib.sha256(b"acte").hexdigest(),
            retain_until=until,
        )
        server.kill()
        with pytest.raises(StoreUnavailable):
            store.head(key, stored.version_id)
        server.start()
        assert store.get(key, stored.version_id) == b"acte"
        assert store.head(key, stored.version_id).retain_until == until
