"""Acts accepted over HTTP: ``python -m bench.accept``.

The embedded stack with two web processes, as `make run` starts it, on a directory of its own;
requests are those of a case-management system: `POST /v1/acts` with case 05, a new connection for
each client, then kept alive. Each answer is a 202, after the facts and the law were checked, the
statement computed, and act, version, trail event and outbox row committed with ``fsync``.

Two measures: one client after another, for the time a request takes; several at once, for how
many fit in a second. Both with the worker at rest, then with it rendering what is accepted.
Clients run on the same machine and take their part of it. There is no peer to set beside it:
Carbone's community edition is a library, and takes no orders.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cli.ports import LOOPBACK, free_port
from cli.processes import Child, stop_all
from cli.serve import api_program, workers_program
from cli.stack import EmbeddedStack
from core.clock import IdFactory, utc_now
from core.settings import Settings
from jobs.services import build_services, prepare
from storage.keys import create_key

CASE: Final = Path(__file__).parents[1] / "generators/kinds/mise_en_demeure/example.json"
START_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Measure:
    """Times of the answers of one round."""

    what: str
    clients: int
    milliseconds: Sequence[float]
    seconds: float

    def __str__(self) -> str:
        ordered = sorted(self.milliseconds)
        p95 = ordered[int(len(ordered) * 0.95)]
        rate = len(ordered) / self.seconds
        return (
            f"  {self.what:28} {self.clients:>3} {rate:>9.0f} {statistics.median(ordered):>9.1f}"
            f" {p95:>9.1f} {ordered[-1]:>9.1f}"
        )


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description="Acts accepted over HTTP.")
    parser.add_argument("--requests", type=int, default=600, help="of each round (%(default)s)")
    parser.add_argument("--clients", type=int, default=8, help="at once (%(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="minutier-bench-") as folder:
        stack = EmbeddedStack(Path(folder))
        stack.start()
        try:
            _measure(stack, given.requests, given.clients)
        finally:
            stack.stop()


def _measure(stack: EmbeddedStack, requests: int, clients: int) -> None:
    port = free_port()
    # One key sends more here than a client may elsewhere.
    unlimited = {"MINUTIER_REQUESTS_PER_MINUTE": "10000000"}
    environ = {**os.environ, **stack.environ(), **unlimited}
    secret = _prepare(environ)
    print("POST /v1/acts, two web processes, SQLite with synchronous=FULL; times in ms")
    print(f"  {'':28} {'at once':>3} {'a second':>7} {'p50':>9} {'p95':>9} {'most':>9}")
    log = stack.data / "log.txt"
    with _running(Child(replace(api_program(environ, port), log=log))):
        _wait(port)
        _round(port, secret, "warming up", 1, 50)
        for number in (1, clients):
            print(_round(port, secret, "worker at rest", number, requests))
        with _running(Child(replace(workers_program(environ), log=log))):
            for number in (1, clients):
                print(_round(port, secret, "worker rendering", number, requests))


def _prepare(environ: dict[str, str]) -> str:
    services = build_services(Settings.from_env(environ))
    with closing(services.database):
        prepare(services)
        with services.database.transaction() as tx:
            return create_key(tx, "Bench", frozenset({"*"}), utc_now(), IdFactory()).secret


@contextmanager
def _running(child: Child) -> Iterator[None]:
    child.start()
    try:
        yield
    finally:
        stop_all([child])


def _wait(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit("the API does not start")


def _round(port: int, secret: str, what: str, clients: int, requests: int) -> Measure:
    times: list[list[float]] = [[] for _ in range(clients)]
    threads = [
        threading.Thread(target=_client, args=(port, secret, requests // clients, mine))
        for mine in times
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    return Measure(what, clients, [value for mine in times for value in mine], seconds)


def _client(port: int, secret: str, requests: int, times: list[float]) -> None:
    body = json.dumps(json.loads(CASE.read_text("utf-8"))).encode()
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    for _ in range(requests):
        started = time.perf_counter()
        connection.request("POST", "/v1/acts", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        times.append((time.perf_counter() - started) * 1000)
        if answer.status != http.HTTPStatus.ACCEPTED:
            raise SystemExit(f"{answer.status}: {content.decode()}")
    connection.close()


if __name__ == "__main__":
    main()
