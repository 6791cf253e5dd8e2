"""An act sealed into a real S3 server: each object locked by its own PUT, the manifest last."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.archive import ArchiveInconsistent
from storage.archives_db import NotArchived
from storage.objects import ObjectLocked, S3ObjectStore, StoreUnavailable
from storage.retention import last_day
from storage.verification import verify_online
from tests.support.archive import FILES, Killed, Vault, Wrapped, killing_after
from tests.support.s3 import WeedMini

LOCKED_UNTIL = datetime(2036, 11, 24, 23, tzinfo=UTC)
"""Ten years from the day of archiving, to the end of that day in Paris."""
MINUTIER = str(Path(sys.executable).with_name("minutier"))
BARE_PYTHON = str(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}")


def requests_of(store: S3ObjectStore) -> list[tuple[str, dict[str, str], str]]:
    """What the store asks of the server from now on: operation, headers, path."""
    asked: list[tuple[str, dict[str, str], str]] = []

    def note(model: Any, params: dict[str, Any], **_: Any) -> None:
        headers = {name.lower(): str(value) for name, value in params["headers"].items()}
        asked.append((model.name, headers, params["url_path"]))

    store._client.meta.events.register("before-call.s3", note)  # noqa: SLF001 - the wire itself
    return asked


@pytest.fixture
def own_archive(weed: WeedMini) -> S3ObjectStore:
    """A client of its own on the archive's bucket."""
    return weed.store("minutier-archive", locked=True)


def test_each_object_is_locked_by_its_own_put_and_the_manifest_is_last(
    safe: Vault, act_id: str, own_archive: S3ObjectStore
) -> None:
    asked = requests_of(own_archive)
    safe.seal(safe.approve(act_id), archive=own_archive)
    puts = [(headers, path) for name, headers, path in asked if name == "PutObject"]
    assert sorted(path.rpartition("/")[2] for _, path in puts[1:]) == sorted(
        set(FILES) - {"template.docx"}
    )
    assert "/templates/sha256/" in puts[0][1]
    assert puts[-1][1].endswith("manifest.json")
    for headers, path in puts:
        assert headers["x-amz-object-lock-mode"] == "COMPLIANCE", path
        locked_until = datetime.fromisoformat(headers["x-amz-object-lock-retain-until-date"])
        assert locked_until == LOCKED_UNTIL, path
        assert headers["if-none-match"] == "*", path
        assert len(base64.b64decode(headers["x-amz-checksum-sha256"])) == 32, path
    written = {name for name, _, _ in asked if name.startswith(("Put", "Delete", "Copy"))}
    assert written == {"PutObject"}, "nothing is locked afterwards"


def test_the_server_holds_each_object_until_the_last_day_of_its_class(
    safe: Vault, act_id: str
) -> None:
    archive = safe.seal(safe.approve(act_id))
    assert archive.retain_until == LOCKED_UNTIL
    assert last_day(LOCKED_UNTIL) == date(2036, 11, 24)
    objects = safe.objects(act_id)
    assert set(objects) == set(FILES)
    for item in objects.values():
        info = safe.parts.archive.head(item.key, item.version_id)
        assert info.retain_until == LOCKED_UNTIL
        assert hashlib.sha256(safe.parts.archive.get(item.key, item.version_id)).hexdigest() == (
            item.sha256
        )
        with pytest.raises(ObjectLocked):
            safe.parts.archive.delete(item.key, item.version_id)
    assert safe.verify(act_id) == {}
    assert safe.actions(act_id) == ["created", "rendered", "approved", "archived"]


def test_the_template_is_kept_once_under_its_hash(safe: Vault, act_id: str) -> None:
    first, second = safe.sealed(act_id), safe.sealed(f"{act_id}b")
    kept = safe.objects(first)["template.docx"]
    assert kept == safe.objects(second)["template.docx"]
    assert kept.key == f"v1/templates/sha256/{kept.sha256}.docx"
    assert safe.parts.archive.get(kept.key, kept.version_id) == b"PK\x03\x04 a Word master"


@pytest.mark.parametrize("number", range(1, 7))
def test_killed_after_any_put_the_next_attempt_ends_in_one_package(
    safe: Vault, act_id: str, number: int
) -> None:
    safe.approve(act_id)
    with pytest.raises(Killed):
        safe.seal(act_id, archive=Wrapped(safe.parts.archive, after_put=killing_after(number)))
    with pytest.raises(NotArchived):
        safe.evidence(act_id)
    with pytest.raises(NotArchived):
        safe.verify(act_id)
    assert safe.seal(act_id).status == "sealed"
    assert_one_package(safe, act_id)


def test_killed_after_every_put_in_turn_one_package_comes_of_it(safe: Vault, act_id: str) -> None:
    safe.approve(act_id)
    for number in range(1, 7):
        with pytest.raises(Killed):
            safe.seal(act_id, archive=Wrapped(safe.parts.archive, after_put=killing_after(number)))
    safe.seal(act_id)
    assert_one_package(safe, act_id)


def test_archivers_at_once_end_in_one_package(safe: Vault, act_id: str) -> None:
    safe.approve(act_id)
    together, sealed = threading.Barrier(4), []

    def archive() -> None:
        together.wait()
        sealed.append(safe.seal(act_id))

    threads = [threading.Thread(target=archive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sealed) == 4
    assert len({(each.generation, each.manifest_sha256) for each in sealed}) == 1
    assert_one_package(safe, act_id)


def test_another_content_under_a_key_is_an_incident_and_never_a_success(
    safe: Vault, act_id: str
) -> None:
    safe.approve(act_id)
    other = b"%PDF-1.7 what somebody else put there"
    key = f"v1/{safe.cabinet.tenant_id}/acts/{act_id}/g001/act.pdf"
    safe.parts.archive.put(
        key,
        other,
        media_type="application/pdf",
        sha256=hashlib.sha256(other).hexdigest(),
        retain_until=LOCKED_UNTIL,
    )
    for _ in range(2):
        with pytest.raises(ArchiveInconsistent, match=r"act\.pdf"):
            safe.seal(act_id)
    assert safe.parts.archive.get(key) == other
    assert safe.actions(act_id) == ["created", "rendered", "approved"]
    assert "g001/manifest.json" not in safe.generations(act_id)


def test_a_manifest_of_another_act_in_the_way_is_an_incident(safe: Vault, act_id: str) -> None:
    theirs = safe.objects(safe.sealed(f"{act_id}b"))["manifest.json"]
    manifest = safe.parts.archive.get(theirs.key, theirs.version_id)
    safe.approve(act_id)
    safe.parts.archive.put(
        f"v1/{safe.cabinet.tenant_id}/acts/{act_id}/g001/manifest.json",
        manifest,
        media_type="application/json",
        sha256=hashlib.sha256(manifest).hexdigest(),
        retain_until=LOCKED_UNTIL,
    )
    with pytest.raises(ArchiveInconsistent, match="manifest"):
        safe.seal(act_id)


def test_a_server_that_dies_half_way_and_comes_back(
    safe: Vault, act_id: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with WeedMini(tmp_path_factory.mktemp("dying")) as server:
        archive = server.store("minutier-archive", locked=True)
        dying = replace(safe, parts=replace(safe.parts, archive=archive))
        dying.approve(act_id)

        def kill_at_the_word_file(key: str) -> None:
            if key.endswith("act.docx"):
                server.kill()

        with pytest.raises(StoreUnavailable):
            dying.seal(act_id, archive=Wrapped(archive, before_put=kill_at_the_word_file))
        assert dying.actions(act_id) == ["created", "rendered", "approved"]
        server.start()
        dying.seal(act_id)
        assert_one_package(dying, act_id)


def assert_one_package(vault: Vault, act_id: str) -> None:
    """Exactly one complete package: one generation, one version of each object, one event."""
    generation = sorted(f"g001/{path}" for path in set(FILES) - {"template.docx"})
    assert vault.generations(act_id) == generation
    for item in vault.objects(act_id).values():
        (only,) = vault.parts.archive.versions(item.key)
        assert only.version_id == item.version_id
    assert vault.verify(act_id) == {}
    assert vault.actions(act_id).count("archived") == 1
    report = verify_online(
        vault.parts.database, vault.parts.archive, vault.cabinet.tenant_id, act_id
    )
    assert report.generation == 1


# --- The package in the hands of somebody who has nothing of ours --------------------------------


@pytest.fixture
def handed_out(safe: Vault, act_id: str, tmp_path: Path) -> Path:
    """An empty folder with an evidence package in it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "evidence.zip").write_bytes(safe.evidence(safe.sealed(act_id)))
    return folder


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own programs
        command,
        cwd=cwd,
        env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_its_own_verifier_runs_on_a_bare_python(handed_out: Path) -> None:
    with zipfile.ZipFile(handed_out / "evidence.zip") as package:
        package.extract("verify.py", handed_out)
    done = run(BARE_PYTHON, "-I", "verify.py", "evidence.zip", cwd=handed_out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "TIENT pour ce qui peut être vérifié hors ligne" in done.stdout
    data = bytearray((handed_out / "evidence.zip").read_bytes())
    data[data.index(b"%PDF-1.7") + 20] ^= 1
    (handed_out / "evidence.zip").write_bytes(data)
    done = run(BARE_PYTHON, "-I", "verify.py", "evidence.zip", cwd=handed_out)
    assert done.returncode == 1
    assert "act.pdf" in done.stdout


def test_the_bare_python_has_nothing_of_ours(handed_out: Path) -> None:
    done = run(BARE_PYTHON, "-I", "-c", "import storage", cwd=handed_out)
    assert "ModuleNotFoundError" in done.stderr


def test_the_command_verifies_it(handed_out: Path) -> None:
    assert run(MINUTIER, "verify", "evidence.zip", cwd=handed_out).returncode == 0
    (handed_out / "coupé.zip").write_bytes((handed_out / "evidence.zip").read_bytes()[:-300])
    assert run(MINUTIER, "verify", "coupé.zip", cwd=handed_out).returncode == 1
    (handed_out / "act.pdf").write_bytes(b"%PDF-1.7")
    assert run(MINUTIER, "verify", "act.pdf", cwd=handed_out).returncode == 2


def test_a_reader_finds_what_it_is_and_how_to_verify_it(
    handed_out: Path, safe: Vault, act_id: str
) -> None:
    with zipfile.ZipFile(handed_out / "evidence.zip") as package:
        text = package.read("LISEZ-MOI.txt").decode()
        record = json.loads(package.read("record.json"))
    manifest = safe.objects(act_id)["manifest.json"].sha256
    assert record["manifest_sha256"] == manifest
    for told in (act_id, manifest, "python3 verify.py evidence.zip", "2036-11-24"):
        assert told in text
