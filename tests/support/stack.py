"""The whole of it for tests: real servers, real worker processes, acts accepted as the API does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from cli.processes import Child
from cli.stack import EmbeddedStack
from core.clock import IdFactory, utc_now
from core.settings import Settings
from generators.request import load_request
from jobs import commands
from jobs.services import Services, build_services, prepare
from storage import acts, trail, versions
from storage.acts import Act
from storage.keys import Principal, create_key
from tests.support.office import office_pids

ROOT = Path(__file__).parents[2]
CASE = ROOT / "generators" / "kinds" / "mise_en_demeure" / "example.json"
LEASE_SECONDS = 2


def children_of(pid: int) -> list[int]:
    """Processes that a process has started and that live."""
    tasks = Path(f"/proc/{pid}/task")
    found: list[int] = []
    for task in tasks.iterdir() if tasks.exists() else ():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def wait_for(holds: Callable[[], object], what: str, *, seconds: float = 60) -> None:
    """Wait until something is true, or fail."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.02)
    pytest.fail(f"{what}: not within {seconds:g} seconds")


class Workers:
    """`minutier worker`: a supervisor with its dispatcher, and worker processes below it."""

    def __init__(self, environ: dict[str, str], log: Path, processes: int = 1) -> None:
        self._environ, self._log, self._processes = environ, log, processes
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start; the workers are warm some time later."""
        command = [sys.executable, "-m", "cli.main", "worker"]
        command += ["--processes", str(self._processes)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - ours
                command, env={**os.environ, **self._environ}, stdout=log, stderr=log
            )

    @property
    def supervisor(self) -> int:
        """Its process identifier."""
        assert self._process is not None
        return self._process.pid

    @property
    def pids(self) -> list[int]:
        """The worker processes that live."""
        return children_of(self.supervisor)

    def stop(self) -> int:
        """Stop as a service manager does; the exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(30)

    def kill(self) -> None:
        """End at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@dataclass
class Whole:
    """A running stack with workers, and a tenant."""

    stack: EmbeddedStack
    services: Services
    workers: Workers
    principal: Principal
    log: Path

    def server(self, name: str) -> Child:
        """One of the stack's servers."""
        return next(child for child in self.stack.children if child.program.name == name)

    def accept(self, **changes: Any) -> str:
        """Accept an act, as the API does; its identifier."""
        body = {**json.loads(CASE.read_text("utf-8")), **changes}
        request = load_request(body, today=utc_now().date())
        return commands.create_act(self.services, self.principal, request, actor=None).id

    def act(self, act_id: str) -> Act:
        """An act as it stands."""
        with self.services.database.reading() as tx:
            return acts.get_act(tx, self.principal.tenant_id, act_id)

    def actions(self, act_id: str) -> list[str]:
        """What happened to an act, after a check of its chain."""
        with self.services.database.reading() as tx:
            chain = trail.events(tx, self.principal.tenant_id, act_id)
        assert trail.check_chain(chain) == []
        return [event.action for event in chain]

    def version(self, act_id: str) -> versions.Version:
        """The only version of an act."""
        with self.services.database.reading() as tx:
            (version,) = versions.list_versions(tx, self.principal.tenant_id, act_id)
        return version

    def wait_for_status(self, act_id: str, *status: str, seconds: float = 60) -> None:
        """Wait until an act has one of some statuses."""
        wait_for(
            lambda: self.act(act_id).status in status,
            f"{act_id} is {' or '.join(status)}",
            seconds=seconds,
        )

    def wait_until_warm(self, number: int = 1) -> None:
        """Wait until so many workers say that they can render."""
        wait_for(lambda: self._warm() >= number, f"{number} warm workers; see {self.log}")

    def office(self) -> int:
        """The soffice.bin process of the first worker."""
        wait_for(lambda: office_pids(self.workers.supervisor), "a LibreOffice process")
        return office_pids(self.workers.supervisor)[0]

    def freeze(self, pid: int) -> None:
        """Stop a process for a while, but never one that holds SQLite's lock for writers.

        Frozen with it, it would keep everyone from writing until it wakes.
        """
        with self.services.database.transaction():
            os.kill(pid, signal.SIGSTOP)

    def hold_rendering(self) -> tuple[str, int]:
        """Accept an act and stop LibreOffice in the middle of it: the act, and the process."""
        office = self.office()
        os.kill(office, signal.SIGSTOP)
        act_id = self.accept()
        self.wait_for_status(act_id, "rendering")
        return act_id, office

    def _warm(self) -> int:
        return self.services.queue.workers()


class WholeStack:
    """Starts and stops a `Whole`."""

    def __init__(self, directory: Path, **environ: str) -> None:
        self._stack = EmbeddedStack(directory)
        self._given = environ
        self._log = directory / "workers.log"
        self._workers: Workers | None = None
        self._services: Services | None = None

    def __enter__(self) -> Whole:
        self._stack.start()
        environ = {
            **self._stack.environ(),
            "MINUTIER_LEASE_SECONDS": str(LEASE_SECONDS),
            **self._given,
        }
        services = self._services = build_services(Settings.from_env(environ))
        prepare(services)
        with services.database.transaction() as tx:
            key = create_key(tx, "Cabinet", frozenset({"*"}), utc_now(), IdFactory())
        principal = Principal(tenant_id=key.tenant_id, key_id=key.id, scopes=frozenset({"*"}))
        workers = self._workers = Workers(environ, self._log)
        workers.start()
        whole = Whole(self._stack, services, workers, principal, self._log)
        whole.wait_until_warm()
        return whole

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._workers is not None:
            self._workers.kill()
        if self._services is not None:
            self._services.database.close()
        self._stack.stop()
