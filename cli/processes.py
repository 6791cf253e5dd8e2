"""Programs that we start, mind, start again when they die, and never leave behind."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

from cli.errors import CannotRun

_LEASH = Path(__file__).with_name("leash.py")
_LOG = logging.getLogger("minutier.processes")
_FIRST_PAUSE_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 15.0
_STEADY_AFTER_SECONDS = 30.0
_GLANCE_SECONDS = 0.2


class ProgramFails(CannotRun):
    """A program that ends again and again; the message says which, and where its log is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program to run.

    Attributes:
        name: For people.
        command: Absolute path, then arguments.
        environ: Its whole environment.
        folder: Working directory.
        log: File to which its output is added; None shares ours.
        stop_seconds: How long it may take to end when asked, before it is killed.
        max_deaths: Deaths in a row, each soon after a start, before it is given up; None: never.
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    folder: Path | None = None
    log: Path | None = None
    stop_seconds: float = 15
    max_deaths: int | None = None


class Child:
    """A running program. To be used from the main thread, which is what its leash is tied to."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._deaths = 0
        self._start_at: float | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, None when there is none."""
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the program, in a session of its own: Ctrl-C in the terminal is ours to handle."""
        log = self.program.log
        sink: IO[bytes] | None = None
        if log is not None:
            log.parent.mkdir(parents=True, exist_ok=True)
            sink = log.open("ab")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own programs
                self._leashed(),
                env=dict(self.program.environ),
                cwd=self.program.folder,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        finally:
            if sink is not None:
                sink.close()
        self._started_at, self._start_at = time.monotonic(), None

    def tend(self) -> None:
        """Start the program again if it died, at once the first time, then ever later.

        Raises:
            ProgramFails: it has died too often in a row.
        """
        if self._start_at is not None:
            if time.monotonic() >= self._start_at:
                self.start()
            return
        if self._process is None or self._process.poll() is None:
            return
        self._bury(self._process)

    def ask_to_stop(self) -> None:
        """Ask the program to end."""
        self._start_at = None
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self) -> None:
        """Wait for the program to end, kill it after its time, and whatever it leaves."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.wait(self.program.stop_seconds)
        except subprocess.TimeoutExpired:
            _LOG.warning("%s does not stop, killing it", self.program.name)
            process.kill()
            process.wait()
        _end_group(process.pid)

    def kill(self) -> None:
        """End the program now."""
        if self._process is not None:
            self._process.kill()
        self.end()

    def _leashed(self) -> list[str]:
        leash = [sys.executable, "-I", "-S", str(_LEASH)]
        return [*leash, str(os.getpid()), str(int(signal.SIGTERM)), *self.program.command]

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        _end_group(process.pid)
        self._process = None
        was_steady = time.monotonic() - self._started_at > _STEADY_AFTER_SECONDS
        self._deaths = 1 if was_steady else self._deaths + 1
        how = f"ended with code {process.returncode}"
        if process.returncode < 0:
            how = f"was ended by {signal.Signals(-process.returncode).name}"
        most = self.program.max_deaths
        if most is not None and self._deaths >= most:
            where = f"; see {self.program.log}" if self.program.log else ""
            raise ProgramFails(f"{self.program.name} {how}, {self._deaths} times in a row{where}")
        pause = min(_FIRST_PAUSE_SECONDS * 2 ** (self._deaths - 1), _LONGEST_PAUSE_SECONDS)
        self._start_at = time.monotonic() + pause
        _LOG.warning("%s %s; starting it again", self.program.name, how)


def stop_all(*groups: Sequence[Child]) -> None:
    """Stop children, group after group, those of a group at the same time."""
    for group in groups:
        for child in group:
            child.ask_to_stop()
        for child in group:
            child.end()


def mind(children: Sequence[Child], stop: threading.Event) -> None:
    """Tend children until asked to stop.

    Raises:
        ProgramFails: one of them cannot be kept alive.
    """
    while not stop.wait(_GLANCE_SECONDS):
        for child in children:
            child.tend()


@contextmanager
def stopping_on_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C, SIGTERM or a closed terminal sets; a second Ctrl-C interrupts."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            signal.signal(signal.SIGINT, signal.default_int_handler)
        stop.set()

    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    # nohup and the shell's & ask us to ignore a signal: we do.
    wanted = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, ask) for number in wanted}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
