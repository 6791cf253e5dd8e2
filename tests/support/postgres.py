"""A real PostgreSQL server for tests, on a free loopback port, in a directory of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest

from tests.support.s3 import free_ports

START_SECONDS = 30
STOP_SECONDS = 15
_PEOPLE = ("postgres", "nobody")  # PostgreSQL refuses to run as root


def postgres_directory() -> Path:
    """Where the server's programs are; the newest, if there are several.

    A machine without them fails the test: what is not run on PostgreSQL is not known to work.
    """
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    if beside is None:
        pytest.fail(
            "PostgreSQL's initdb is neither under /usr/lib/postgresql/*/bin nor on PATH: "
            "install the server (Debian: apt-get install postgresql)",
            pytrace=False,
        )
    return Path(beside).parent


class PostgresServer:
    """One server with its own data and port. Nothing of it is meant to survive."""

    def __init__(self) -> None:
        self._programs = postgres_directory()
        self._user = _user()
        # Not pytest's directory: only its owner may enter that one.
        self._directory = Path(tempfile.mkdtemp(prefix="minutier-postgres-"))
        self._port = free_ports(1)[0]
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy's address of one of its databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as superuser, outside any transaction."""
        with self._connect(database) as connection:
            connection.execute(statement.encode())

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database, quickly, as a copy of another; its address."""
        with self._connect("postgres") as connection:
            # Version 15 writes each page to its log unless it is told to copy files.
            copy = " STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
        self.execute(f"CREATE DATABASE {database} TEMPLATE {template}{copy}")
        return self.url(database)

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        command = [
            str(self._programs / "postgres"),
            *("-D", str(self._directory / "data")),
            *("-p", str(self._port)),
            *("-c", "listen_addresses=127.0.0.1"),
            *("-c", "unix_socket_directories="),
            *("-c", "fsync=off"),
            *("-c", "max_connections=60"),
        ]
        with (self._directory / "log").open("ab") as log_file:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command, stdout=subprocess.DEVNULL, stderr=log_file, **self._owner()
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connect("postgres").close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log = (self._directory / "log").read_text(errors="replace")
                    pytest.fail(f"PostgreSQL did not start:\n{log}", pytrace=False)
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """End it at once, cutting every connection."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def __enter__(self) -> Self:
        if self._user is not None:
            shutil.chown(self._directory, self._user)
        command = [
            str(self._programs / "initdb"),
            *("-D", str(self._directory / "data")),
            *("-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"),
        ]
        subprocess.run(  # noqa: S603 - our own command
            command, check=True, stdout=subprocess.DEVNULL, cwd=self._directory, **self._owner()
        )
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _owner(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {
            "user": self._user,
            "group": pwd.getpwnam(self._user).pw_gid,
            "extra_groups": [],
        }

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self._port, user="postgres", dbname=database, autocommit=True
        )


def _user() -> str | None:
    """Who runs the server: we, unless we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _PEOPLE if name in known)
