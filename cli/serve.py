"""The processes: the API server, workers with their dispatcher, and all of it at once."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from cli.environment import DEFAULT_PORT, embedded_stack, full_environ, with_stack
from cli.errors import CannotRun
from cli.ports import LOOPBACK, is_free
from cli.processes import Child, Program, mind, stop_all, stopping_on_signals
from cli.stack import EmbeddedStack
from core.settings import Settings
from jobs.dispatcher import Dispatcher
from jobs.services import build_services, prepare
from jobs.worker import run_worker

_ROOT = Path(__file__).resolve().parent.parent
_READY_SECONDS = 60.0
_MAX_DEATHS = 3
_LOG = logging.getLogger("minutier")


def migrate(environ: Mapping[str, str]) -> None:
    """Bring the tables up to date and make sure of the buckets."""
    services = build_services(Settings.from_env(full_environ(environ)))
    with closing(services.database):
        prepare(services)
    print("The database and both buckets are ready.")


def api(environ: Mapping[str, str], *, bind: str, workers: int, threads: int) -> None:
    """Become the API server."""
    command = _gunicorn(bind, workers=workers, threads=threads)
    complete = full_environ(environ)
    Settings.from_env(complete)  # say what is missing before there are several processes
    os.execve(command[0], command, complete)  # noqa: S606 - ours, not a shell's


def worker(environ: Mapping[str, str], processes: int) -> None:
    """Run workers and a dispatcher until asked to stop; the acts under way are finished."""
    complete = full_environ(environ)
    services = build_services(Settings.from_env(complete))
    children = [Child(_worker_process(complete, n)) for n in range(1, processes + 1)]
    with stopping_on_signals() as stop, closing(services.database):
        dispatcher = threading.Thread(
            target=Dispatcher(services).run, args=(stop,), name="dispatcher"
        )
        try:
            for child in children:
                child.start()
            dispatcher.start()
            mind(children, stop)
        finally:
            stop.set()
            stop_all(children)
            dispatcher.join()


def worker_process(environ: Mapping[str, str]) -> None:
    """Be one worker."""
    run_worker(build_services(Settings.from_env(full_environ(environ))))


def dispatcher(environ: Mapping[str, str]) -> None:
    """Be a dispatcher alone; any number may run."""
    services = build_services(Settings.from_env(full_environ(environ)))
    with stopping_on_signals() as stop, closing(services.database):
        Dispatcher(services).run(stop)


def run(environ: Mapping[str, str]) -> None:
    """Run everything in the foreground until asked to stop; nothing is left behind."""
    port = _port(environ)
    stack = embedded_stack(environ)
    with stopping_on_signals() as stop:
        try:
            complete = _start_stack(stack, environ, port)
            services = build_services(Settings.from_env(complete))
            with closing(services.database):
                prepare(services)
            ours = [Child(api_program(complete, port)), Child(workers_program(complete))]
            servers = stack.children if stack else []
            try:
                for child in ours:
                    child.start()
                announcer = threading.Thread(target=_announce, args=(port, stack, stop))
                announcer.start()
                mind([*servers, *ours], stop)
            finally:
                stop.set()
                stop_all(ours)
        finally:
            if stack is not None:
                stack.stop()
    _say("Stopped.")


def is_ready(port: int) -> bool:
    """Whether acts can be made through the API of this port."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - OK
    except (OSError, urllib.error.HTTPError):
        return False


def _start_stack(
    stack: EmbeddedStack | None, environ: Mapping[str, str], port: int
) -> dict[str, str]:
    public = {"MINUTIER_PUBLIC_URL": f"http://{LOOPBACK}:{port}"}
    if stack is None:
        return {**public, **environ}
    _say(f"Starting the embedded stack on {stack.data} …")
    stack.start()
    return with_stack({**public, **environ}, stack)


def _port(environ: Mapping[str, str]) -> int:
    text = environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:  # noqa: PLR2004 - a port
        raise CannotRun(f"PORT must be a port number, not {text!r}")
    if not is_free(int(text)):
        raise CannotRun(f"port {text} is in use; choose another one: PORT=8001 make run")
    return int(text)


def api_program(environ: Mapping[str, str], port: int) -> Program:
    """The API server of `run`, with two processes."""
    return Program(
        name="API",
        command=_gunicorn(f"{LOOPBACK}:{port}", workers=2, threads=8),
        environ=environ,
        stop_seconds=35,
        max_deaths=_MAX_DEATHS,
    )


def workers_program(environ: Mapping[str, str]) -> Program:
    """The worker of `run`, with its dispatcher."""
    return Program(
        name="worker",
        command=[sys.executable, "-m", "cli.main", "worker", "--processes", "1"],
        environ=environ,
        stop_seconds=60,
        max_deaths=_MAX_DEATHS,
    )


def _worker_process(environ: Mapping[str, str], number: int) -> Program:
    return Program(
        name=f"worker {number}",
        command=[sys.executable, "-m", "cli.main", "worker-process"],
        environ=environ,
        stop_seconds=45,
    )


def _gunicorn(bind: str, *, workers: int, threads: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", str(workers)]
    command += ["--worker-class", "gthread", "--threads", str(threads)]
    command += ["--timeout", "60", "--graceful-timeout", "30", "--keep-alive", "15"]
    # A heartbeat file on a slow disk would block a worker.
    command += ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108 - gunicorn makes private files
    command += ["--no-control-socket", "--log-level", "warning"]
    return [*command, "--pythonpath", str(_ROOT), "wsgi:app"]


def _announce(port: int, stack: EmbeddedStack | None, stop: threading.Event) -> None:
    """Say when acts can be made, or what they wait for."""
    deadline = time.monotonic() + _READY_SECONDS
    while not stop.wait(0.3):
        if is_ready(port):
            _say(f"Minutier is ready: http://{LOOPBACK}:{port}  (documentation: /docs)")
            if stack is not None:
                _say("  a key:  .venv/bin/minutier keys create --tenant Cabinet --scope '*'")
            _say("  Ctrl-C stops everything.")
            return
        if time.monotonic() > deadline:
            _say(f"Acts cannot be made yet; /readyz says: {_readiness(port)}")
            return


def _readiness(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=5) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with suppress(ValueError):
            return json.dumps(json.load(error))
        return f"HTTP {error.code}"
    except OSError as error:
        return str(error)


def _say(text: str) -> None:
    with suppress(BrokenPipeError):
        print(text, flush=True)
