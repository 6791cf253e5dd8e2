"""A real Redis-compatible server for tests: Valkey on a free loopback port."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from redis import Redis
from redis.exceptions import RedisError

from cli.ports import LOOPBACK, free_port
from cli.stack import valkey_binary

START_SECONDS = 20


class Valkey:
    """A server with its data in a directory; it may be stopped, frozen, emptied."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = free_port()
        self.url = f"redis://{LOOPBACK}:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, on the data there is."""
        self.directory.mkdir(parents=True, exist_ok=True)
        command = [valkey_binary(), "--bind", LOOPBACK, "--port", str(self.port)]
        command += ["--dir", str(self.directory), "--save", "", "--appendonly", "yes"]
        with (self.directory / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - ours
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with Redis.from_url(self.url) as client:
                try:
                    client.ping()
                except RedisError:
                    time.sleep(0.02)
                else:
                    return
        pytest.fail(f"Valkey did not start: see {self.directory / 'valkey.log'}")

    def stop(self) -> None:
        """Stop it; what was written is kept."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()

    def freeze(self) -> None:
        """Let it accept connections and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """End `freeze`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
