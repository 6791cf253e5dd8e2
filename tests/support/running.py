"""`minutier run` as a user starts it, and what is left of it in the process table."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from cli.ports import LOOPBACK, free_port

MINUTIER = str(Path(sys.executable).with_name("minutier"))
READY_SECONDS = 90


class Running:
    """A foreground `minutier run`, with its data in a directory."""

    def __init__(self, data: Path, environ: dict[str, str]) -> None:
        self.data, self.port = data, free_port()
        theirs = {name: value for name, value in environ.items() if not name.startswith("MINUTIER")}
        self.environ = {**theirs, "MINUTIER_DATA": str(data), "PORT": str(self.port)}
        self.output = data.with_name("run.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until acts can be made."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - ours
                [MINUTIER, "run"],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until acts can be made."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            if self.is_ready():
                return
            time.sleep(0.1)
        pytest.fail(f"not ready: {self.output.read_text()[-2000:]}")

    def is_ready(self) -> bool:
        """Whether acts can be made."""
        try:
            with urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/readyz", timeout=5):
                return True
        except OSError:
            return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and wait for its end; the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def minutier(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another `minutier` command with the same settings."""
        return subprocess.run(  # noqa: S603 - ours
            [MINUTIER, *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def pids(self) -> dict[int, str]:
        """Every process that was started for this directory, with its command."""
        mark = str(self.data).encode()
        found: dict[int, str] = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal() or int(entry.name) == os.getpid():
                continue
            try:
                command = (entry / "cmdline").read_bytes()
                # Valkey writes its name over its environment: its folder tells whose it is.
                known = (
                    command + (entry / "environ").read_bytes() + bytes((entry / "cwd").readlink())
                )
            except OSError:
                continue
            if mark in known:
                found[int(entry.name)] = command.replace(b"\0", b" ").decode()
        return found

    def all_of(self, *words: str) -> list[int]:
        """The processes whose command holds all these words, the oldest first."""
        return sorted(
            pid
            for pid, command in self.pids().items()
            if all(word in command for word in words) and "leash.py" not in command
        )

    def kill(self) -> None:
        """End it and whatever is left, at the end of a test."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        deadline = time.monotonic() + 20
        while self.pids() and time.monotonic() < deadline:
            time.sleep(0.1)
