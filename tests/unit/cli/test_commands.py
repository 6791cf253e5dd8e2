"""The commands that need no running stack: what they print and how they end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import main
from storage.database import Database
from storage.keys import authenticate
from tests.support.evidence import Dossier


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An embedded stack that never ran, in a folder of its own."""
    for name in ("DATABASE_URL", "REDIS_URL", "S3_ACCESS_KEY", "S3_ENDPOINT", "S3_SECRET_KEY"):
        monkeypatch.delenv(f"MINUTIER_{name}", raising=False)
    folder = tmp_path / "data"
    monkeypatch.setenv("MINUTIER_DATA", str(folder))
    return folder


@pytest.fixture
def database(data: Path) -> Iterator[Database]:
    main(["keys", "list"])
    (path,) = data.glob("**/*.db")
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


def _create(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["keys", "create", *arguments]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    return printed.strip()


def test_a_key_is_printed_alone_and_opens_what_it_names(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    secret = _create(capsys, "--tenant", "Cabinet", "--scope", "acts:read", "--scope", "acts:write")
    with database.reading() as tx:
        principal = authenticate(tx, secret)
    assert principal is not None
    assert principal.scopes == {"acts:read", "acts:write"}


def test_keys_of_one_name_belong_to_one_cabinet(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    secrets = [_create(capsys, "--tenant", name) for name in ("A", "A", "B")]
    with database.reading() as tx:
        found = [authenticate(tx, secret) for secret in secrets]
    tenants = [principal.tenant_id for principal in found if principal]
    assert tenants[0] == tenants[1] != tenants[2]
    assert all(principal and principal.may("admin") for principal in found)


def test_a_secret_is_nowhere_on_the_disk_nor_in_the_list(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = _create(capsys, "--tenant", "Cabinet")
    assert main(["keys", "list"]) == 0
    listed = capsys.readouterr().out
    assert "Cabinet" in listed
    assert secret[:12] in listed
    assert secret not in listed
    files = [path for path in data.rglob("*") if path.is_file()]
    assert files
    assert not any(secret.encode() in path.read_bytes() for path in files)


def test_a_revoked_key_is_shown_so_and_opens_nothing(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    secret = _create(capsys, "--tenant", "Cabinet")
    main(["keys", "list"])
    key_id = capsys.readouterr().out.splitlines()[1].split()[0]
    assert main(["keys", "revoke", key_id]) == 0
    main(["keys", "list"])
    assert "revoked 20" in capsys.readouterr().out
    with database.reading() as tx:
        assert authenticate(tx, secret) is None


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        pytest.param(["keys", "create", "--tenant", "A", "--scope", "fly"], "fly", id="a scope"),
        pytest.param(["keys", "revoke", "key_0"], "key_0", id="a key"),
        pytest.param(["doctor"], "make run", id="a stack that does not run"),
        pytest.param(["verify", "nothing.zip"], "nothing.zip", id="a file"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_names_what_is_wrong(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert named in said.err + said.out


@pytest.mark.parametrize(
    "arguments", [[], ["keys"], ["fly"], ["keys", "create"], ["worker", "--processes", "0"]]
)
def test_a_command_that_is_none_ends_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: minutier" in capsys.readouterr().err


def test_a_half_named_stack_is_refused_setting_by_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINUTIER_REDIS_URL", "http://example.example")
    monkeypatch.setenv("MINUTIER_REQUESTS_PER_MINUTE", "many")
    monkeypatch.setenv("MINUTIER_TEMPLATE_APPROVAL", "yes")
    assert main(["keys", "list"]) == 2
    said = capsys.readouterr().err
    names = (
        "DATABASE_URL", "REDIS_URL", "S3_ACCESS_KEY", "REQUESTS_PER_MINUTE", "TEMPLATE_APPROVAL",
    )  # fmt: skip
    for name in names:
        assert f"MINUTIER_{name}" in said


def test_a_package_that_holds_ends_with_0_and_one_that_does_not_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, forged = Dossier(), Dossier()
    forged.files["act.pdf"] = forged.files["act.pdf"][:-1] + b"!"
    for name, dossier, code in (("whole", whole, 0), ("forged", forged, 1)):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(dossier.zip())
        assert main(["verify", str(path)]) == code
        assert main(["verify", "--json", str(path)]) == code
        capsys.readouterr()


def test_a_report_as_json_names_what_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = Dossier()
    forged.files["act.pdf"] = forged.files["act.pdf"][:-1] + b"!"
    path = tmp_path / "forged.zip"
    path.write_bytes(forged.zip())
    main(["verify", "--json", str(path)])
    report = json.loads(capsys.readouterr().out)
    assert "act.pdf" in json.dumps(report)


def test_no_key_is_made_while_the_database_is_locked(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["keys", "list"])
    (path,) = data.glob("**/*.db")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    capsys.readouterr()
    try:
        assert main(["keys", "create", "--tenant", "A"]) == 2
    finally:
        connection.close()
    said = capsys.readouterr()
    assert said.out == ""
    assert "database" in said.err
