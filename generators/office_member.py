"""One office process: LibreOffice and its host in one process group, killed together."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from generators.office_profile import (
    Installation,
    OfficeUnavailable,
    allocator,
    environment,
    make_runtime_folder,
    remove_runtime_folder,
)

START_SECONDS: Final = 60
REAP_SECONDS: Final = 1
KILL_SECONDS: Final = 10
_HOST: Final = Path(__file__).with_name("office_host.py")
_SOURCE: Final = "source.docx"
_TARGET: Final = "target.pdf"
_LONGEST_ANSWER: Final = 65536
_LOG_TAIL: Final = 400

LOAD: Final[dict[str, Any]] = {
    "Hidden": True,
    "ReadOnly": True,
    "FilterName": "Office Open XML Text",  # the same importer, without VBA events: 5 % faster
    "MacroExecutionMode": 0,  # never
    "UpdateDocMode": 0,  # no update of links
}
EXPORT: Final[dict[str, Any]] = {
    "SelectPdfVersion": 3,  # PDF/A-3b
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportBookmarks": True,
    "ExportBookmarksToPDFDestination": True,
    "DisplayPDFDocumentTitle": True,
    "UseLosslessCompression": True,
    "ReduceImageResolution": False,
    "ExportFormFields": False,
}

Cause = Literal["crash", "timeout"]


class OfficeDied(Exception):
    """The process died, or had to be killed, during a conversion."""

    def __init__(self, cause: Cause, detail: str) -> None:
        super().__init__(detail)
        self.cause: Cause = cause


class DocumentRefused(Exception):
    """LibreOffice does not open the document; the process is well."""


class Member:
    """A running LibreOffice. Not for two threads at once.

    Attributes:
        version: ``LibreOffice 7.4.7.2``.
        documents: Documents tried since the start.
        memory: Bytes resident after the last one.
        start_seconds: What the start took.
    """

    def __init__(self, installation: Installation, profile: Path) -> None:
        started = time.monotonic()
        self.documents = 0
        self.memory = 0
        self.office_pid: int | None = None
        self._sockets: list[Path] = []
        self._unread = b""
        self._folder, self._lock = make_runtime_folder()
        try:
            self._host = self._start(installation, profile)
        except OSError as error:
            remove_runtime_folder(self._folder, self._lock)
            raise OfficeUnavailable(f"the office host does not start: {error}") from error
        try:
            hello = self._answer(time.monotonic() + START_SECONDS)
        except OfficeDied as error:
            log = self._log()
            self.kill()
            raise OfficeUnavailable(f"LibreOffice does not start: {error} {log}".strip()) from error
        self.version = str(hello["version"])
        self._sockets = [Path(path) for path in hello["sockets"]]
        self.office_pid = int(hello["pid"])
        self.start_seconds = time.monotonic() - started

    @property
    def is_alive(self) -> bool:
        """Whether both processes run; a hung one does."""
        return self._host.poll() is None

    def convert(
        self, docx: bytes, properties: Mapping[str, str], *, timeout_seconds: float
    ) -> bytes:
        """The document as PDF/A-3b, as LibreOffice exports it.

        Raises:
            OfficeDied: crashed, or killed for taking too long; the member is of no more use.
            DocumentRefused: LibreOffice cannot open it.
        """
        deadline = time.monotonic() + timeout_seconds
        self.documents += 1
        source, target = self._folder / _SOURCE, self._folder / _TARGET
        try:
            self._put(source, docx)
            self._send({"source": _SOURCE, "target": _TARGET, "properties": dict(properties)})
            answer = self._answer(deadline)
            self.memory = int(answer["memory"])
            if "refused" in answer:
                raise DocumentRefused(answer["refused"])
            return target.read_bytes()
        except OSError as error:
            raise OfficeDied("crash", f"the office host is gone: {error.strerror}") from error
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    def stop(self) -> None:
        """End both processes; from any thread. Who uses the member then sees it died, and kills it.

        LibreOffice first, so that the host reaps it: where nobody reaps orphans, as in many
        containers, it would otherwise stay as a zombie.
        """
        if self.office_pid is not None and self.is_alive:
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.kill(self.office_pid, signal.SIGKILL)
                self._host.wait(REAP_SECONDS)
        if self.is_alive:  # or it has taken LibreOffice with it
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self._host.pid, signal.SIGKILL)
                self._host.wait(KILL_SECONDS)

    def kill(self) -> None:
        """End both processes and remove what they leave."""
        self.stop()
        for pipe in (self._host.stdin, self._host.stdout):
            if pipe is not None:
                pipe.close()
        for socket in self._sockets:
            socket.unlink(missing_ok=True)
        remove_runtime_folder(self._folder, self._lock)

    def _start(self, installation: Installation, profile: Path) -> subprocess.Popen[bytes]:
        shutil.copytree(profile, self._folder / "profile")
        config = {
            "binary": str(installation.binary),
            "folder": str(self._folder),
            "pipe": self._folder.name,  # made in /tmp whatever we say, so its name is unique
            "profile": str(self._folder / "profile"),
            "preload": allocator(),
            "load": LOAD,
            "export": EXPORT,
        }
        with (self._folder / "log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own script
                [installation.python, "-s", "-B", str(_HOST), json.dumps(config)],
                env=environment(self._folder),
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                start_new_session=True,
            )

    @staticmethod
    def _put(path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise OfficeUnavailable(f"no room to convert in: {error.strerror}") from error

    def _send(self, order: dict[str, Any]) -> None:
        assert self._host.stdin is not None  # noqa: S101 - opened as a pipe above
        self._host.stdin.write(json.dumps(order).encode() + b"\n")

    def _answer(self, deadline: float) -> dict[str, Any]:
        assert self._host.stdout is not None  # noqa: S101 - opened as a pipe above
        descriptor = self._host.stdout.fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while b"\n" not in self._unread:
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise OfficeDied("timeout", "LibreOffice did not answer in time")
            piece = os.read(descriptor, _LONGEST_ANSWER)
            if not piece:
                raise OfficeDied("crash", "LibreOffice ended")
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _log(self) -> str:
        with contextlib.suppress(OSError):
            return (self._folder / "log").read_text("utf-8", "replace")[-_LOG_TAIL:].strip()
        return ""
