"""Objects changed behind the server's back, or covered by its front door: found, and named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

from storage.evidence import ArchiveDamaged
from storage.objects import S3ObjectStore, StoreUnavailable, s3
from tests.support.archive import FILES, Vault
from tests.support.s3 import REGION, WeedMini

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "minutier-archive"
OWN_FILES = sorted(set(FILES) - {"template.docx"})
"""The template is shared by all acts of a bucket, so tests that harm one use another bucket."""


@pytest.fixture
def door(weed: WeedMini) -> S3Client:
    """The server's own door, with the rights that Minutier has."""
    return boto3.client(
        "s3",
        endpoint_url=weed.endpoint,
        region_name=REGION,
        aws_access_key_id=weed.access_key,
        aws_secret_access_key=weed.secret_key,
        config=Config(s3={"addressing_style": "path"}),
    )


@pytest.mark.parametrize("position", [0, 0.5, 1], ids=["first byte", "middle", "last byte"])
@pytest.mark.parametrize("path", OWN_FILES)
def test_one_flipped_byte_of_an_object_is_found_and_named(
    safe: Vault, weed: WeedMini, act_id: str, path: str, position: float
) -> None:
    item = safe.objects(safe.sealed(act_id))[path]
    data = bytearray(safe.parts.archive.get(item.key, item.version_id))
    data[round((len(data) - 1) * position)] ^= 1
    weed.write_behind(BUCKET, item.key, item.version_id, bytes(data))
    assert safe.parts.archive.get(item.key, item.version_id) == data
    places = safe.verify(act_id)
    assert path in places["objects_sha256"]
    assert "objects_retention" not in places, "the lock was kept: only the bytes differ"
    with pytest.raises(ArchiveDamaged, match=path):
        safe.evidence(act_id)


def test_one_flipped_byte_of_the_template_is_found_and_named(
    safe: Vault, weed: WeedMini, act_id: str
) -> None:
    apart = in_bucket(safe, weed, "minutier-templates")
    item = apart.objects(apart.sealed(act_id))["template.docx"]
    weed.write_behind("minutier-templates", item.key, item.version_id, b"PK\x03\x04 a Word mastes")
    assert apart.verify(act_id)["objects_sha256"] == "template.docx"


@pytest.mark.parametrize("path", OWN_FILES)
def test_an_object_deleted_behind_the_server_is_found_and_named(
    safe: Vault, weed: WeedMini, act_id: str, path: str
) -> None:
    item = safe.objects(safe.sealed(act_id))[path]
    weed.delete_behind(BUCKET, item.key, item.version_id)
    places = safe.verify(act_id)
    assert f"{path} : {item.key} (version {item.version_id})" in places["objects_present"]
    with pytest.raises(ArchiveDamaged, match=path):
        safe.evidence(act_id)


def test_a_byte_that_went_bad_on_disk_is_found_and_named(
    safe: Vault, weed: WeedMini, act_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server notices by itself and keeps silent about the object; it answers for the rest."""
    monkeypatch.setattr(s3, "READ_TIMEOUT_SECONDS", 1)
    monkeypatch.setattr(s3, "ATTEMPTS", 1)
    hasty = replace(safe, parts=replace(safe.parts, archive=weed.store(BUCKET, locked=True)))
    item = hasty.objects(hasty.sealed(act_id))["act.pdf"]
    weed.damage_on_disk(hasty.parts.archive.get(item.key, item.version_id))
    places = hasty.verify(act_id)
    assert places["objects_readable"].startswith("act.pdf : ")
    assert places["files_none_missing"] == "act.pdf"
    assert "objects_present" not in places


def test_a_server_that_is_away_says_nothing_of_the_act(
    safe: Vault, weed: WeedMini, act_id: str
) -> None:
    safe.sealed(act_id)
    away = S3ObjectStore(
        endpoint="http://127.0.0.1:9",
        region=REGION,
        access_key=weed.access_key,
        secret_key=weed.secret_key,
        bucket=BUCKET,
    )
    with pytest.raises(StoreUnavailable):
        replace(safe, parts=replace(safe.parts, archive=away)).verify(act_id)


@pytest.mark.parametrize("path", ["act.pdf", "manifest.json"])
def test_a_newer_version_on_top_is_found_and_the_true_one_still_read(
    safe: Vault, door: S3Client, act_id: str, path: str
) -> None:
    item = safe.objects(safe.sealed(act_id))[path]
    forged = door.put_object(Bucket=BUCKET, Key=item.key, Body=b"%PDF-1.7 forged")["VersionId"]
    assert safe.parts.archive.get(item.key) == b"%PDF-1.7 forged"
    assert safe.verify(act_id) == {
        "objects_latest": f"{path} : version plus récente {forged} par-dessus"
    }
    assert b"forged" not in safe.evidence(act_id)


@pytest.mark.parametrize("path", ["act.pdf", "manifest.json"])
def test_a_delete_marker_on_top_is_found_and_the_true_version_still_read(
    safe: Vault, door: S3Client, act_id: str, path: str
) -> None:
    item = safe.objects(safe.sealed(act_id))[path]
    marker = door.delete_object(Bucket=BUCKET, Key=item.key)["VersionId"]
    assert safe.verify(act_id) == {
        "objects_latest": f"{path} : marqueur de suppression {marker} par-dessus"
    }
    assert safe.evidence(act_id)


def test_an_object_slipped_into_the_generation_is_found_and_named(
    safe: Vault, door: S3Client, act_id: str
) -> None:
    key = safe.objects(safe.sealed(act_id))["act.pdf"].key.replace("act.pdf", "avenant.pdf")
    door.put_object(Bucket=BUCKET, Key=key, Body=b"%PDF-1.7")
    assert safe.verify(act_id) == {"objects_none_extra": key}


def test_another_act_s_manifest_in_the_place_of_ours_is_found(
    safe: Vault, weed: WeedMini, act_id: str
) -> None:
    ours = safe.objects(safe.sealed(act_id))["manifest.json"]
    theirs = safe.objects(safe.sealed(f"{act_id}b"))["manifest.json"]
    manifest = safe.parts.archive.get(theirs.key, theirs.version_id)
    weed.write_behind(BUCKET, ours.key, ours.version_id, manifest)
    places = safe.verify(act_id)
    assert places["objects_sha256"] == "manifest.json"
    assert "manifest.json" in places["trail_archived_event"]
    assert "archives.manifest_sha256" in places["record_row"]
    assert "acts.id" in places["act_row"]


def test_a_hold_that_only_the_database_knows_is_found(safe: Vault, act_id: str) -> None:
    safe.sealed(act_id)
    safe.place.execute("UPDATE archives SET legal_hold = 1")
    assert "act.pdf : non gelé dans l'archive" in safe.verify(act_id)["objects_legal_hold"]


def test_a_hold_that_only_the_store_knows_is_found(safe: Vault, act_id: str) -> None:
    item = safe.objects(safe.sealed(act_id))["act.pdf"]
    safe.parts.archive.set_legal_hold(item.key, item.version_id, on=True)
    assert safe.verify(act_id) == {"objects_legal_hold": "act.pdf : gelé dans l'archive"}


def test_a_retention_shortened_in_the_database_only_is_found(safe: Vault, act_id: str) -> None:
    safe.sealed(act_id)
    safe.place.drop_guards("archives")
    safe.place.execute("UPDATE archives SET retain_until = '2027-01-01T00:00:00.000000Z'")
    places = safe.verify(act_id)
    assert "act.pdf : 2036-11-24T23:00:00.000Z dans l'archive" in places["objects_retention"]
    assert "archives.retain_until" in places["record_row"]


def in_bucket(vault: Vault, weed: WeedMini, name: str) -> Vault:
    return replace(vault, parts=replace(vault.parts, archive=weed.store(name, locked=True)))
