"""`minutier run`: starts everything, keeps it alive, stops everything, leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import stat

import pytest

from cli.ports import LOOPBACK
from tests.support.office import eventually
from tests.support.running import Running


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, id="SIGTERM"),
    ],
)
def test_a_signal_stops_everything(running: Running, number: signal.Signals) -> None:
    running.start()
    assert len(running.pids()) >= 7, "servers, API, workers and LibreOffice"
    assert running.stop(number) == 0
    assert eventually(lambda: not running.pids(), seconds=3), running.pids()
    assert running.output.read_text().rstrip().endswith("Stopped.")


def test_a_run_that_is_killed_leaves_nothing_behind(running: Running) -> None:
    running.start()
    running.stop(signal.SIGKILL)
    assert eventually(lambda: not running.pids()), running.pids()
    assert running.minutier("keys", "list").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("valkey-server",), id="Valkey"),
        pytest.param(("weed", "mini"), id="SeaweedFS"),
        pytest.param(("gunicorn",), id="the API"),
        pytest.param(("cli.main", "worker-process"), id="a worker"),
        pytest.param(("cli.main", "worker", "--processes"), id="the workers' supervisor"),
    ],
)
def test_a_part_that_dies_is_started_again(shared: Running, words: tuple[str, ...]) -> None:
    before = shared.all_of(*words)
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: before[0] not in shared.pids())
    # Not only another one of those that were there: they end with their parent.
    assert eventually(lambda: set(shared.all_of(*words)) - set(before))
    shared.wait_until_ready()


def test_keys_are_made_before_during_and_after_a_run(running: Running) -> None:
    made = [running.minutier("keys", "create", "--tenant", "A", "--scope", "*")]
    running.start()
    made += [running.minutier("keys", "create", "--tenant", "A", "--scope", "acts:read")]
    assert running.stop() == 0
    made += [running.minutier("keys", "create", "--tenant", "B")]
    for done in made:
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("mk_live_")
        assert done.stdout.count("\n") == 1
    listed = running.minutier("keys", "list").stdout
    assert listed.count("key_") == 3
    assert not any(done.stdout.strip() in listed for done in made)


def test_a_key_is_revoked_once(running: Running) -> None:
    running.minutier("keys", "create", "--tenant", "A")
    key = running.minutier("keys", "list").stdout.splitlines()[1].split()[0]
    assert running.minutier("keys", "revoke", key).returncode == 0
    assert "revoked" in running.minutier("keys", "list").stdout
    again = running.minutier("keys", "revoke", key)
    assert again.returncode == 2
    assert key in again.stderr


def test_a_scope_that_does_not_exist_is_refused(running: Running) -> None:
    refused = running.minutier("keys", "create", "--tenant", "A", "--scope", "acts:fly")
    assert refused.returncode == 2
    assert "acts:fly" in refused.stderr
    assert refused.stdout == ""


def test_data_and_secrets_are_the_owner_s_alone(shared: Running) -> None:
    assert stat.S_IMODE(shared.data.stat().st_mode) == 0o700
    for name in ("secrets.json", "valkey/valkey.conf"):
        assert stat.S_IMODE((shared.data / name).stat().st_mode) == 0o600
    commands = " ".join(shared.pids().values())
    secrets = (shared.data / "secrets.json").read_text().split('"')[3::4]
    assert len(secrets) == 4
    assert not any(secret in commands for secret in secrets)


def test_two_runs_on_one_directory_are_refused(shared: Running) -> None:
    other = Running(shared.data, shared.environ)
    refused = other.minutier("run")
    assert refused.returncode == 2
    assert "in use by another" in refused.stderr
    assert shared.is_ready()


def test_a_port_in_use_is_named(running: Running) -> None:
    with socket.create_server((LOOPBACK, running.port)):
        refused = running.minutier("run")
    assert refused.returncode == 2
    assert str(running.port) in refused.stderr
    assert not running.data.exists()


def test_the_doctor_names_what_is_down(running: Running, shared: Running) -> None:
    without = running.minutier("doctor")
    assert without.returncode == 2
    assert "make run" in without.stderr
    well = shared.minutier("doctor")
    assert well.returncode == 0, well.stdout + well.stderr
    assert "LibreOffice" in well.stdout


def test_half_a_production_setting_is_refused_by_name(running: Running) -> None:
    running.environ["MINUTIER_DATABASE_URL"] = "postgresql+psycopg://nowhere/minutier"
    refused = running.minutier("api")
    assert refused.returncode == 2
    for name in ("MINUTIER_REDIS_URL", "MINUTIER_S3_ACCESS_KEY", "MINUTIER_S3_SECRET_KEY"):
        assert name in refused.stderr
