"""A worker process: one RQ worker that does not fork, and the warm LibreOffice it owns."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from core.errors import Unavailable
from generators.office import OfficePool
from jobs import produce as production
from jobs.conversion import convert_stored
from jobs.queue import QUEUE_NAME, RqJobQueue
from jobs.review_links import send_link
from jobs.seal import seal_act
from jobs.services import Services

_log = logging.getLogger(__name__)
_BEAT_SECONDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """What the jobs of this process work with."""

    services: Services
    office: OfficePool
    worker_id: str


_runtime: Runtime | None = None


def produce(act_id: str, number: int) -> None:
    """RQ's entry to `jobs.produce`."""
    runtime = _current()
    production.produce(runtime.services, runtime.office, runtime.worker_id, act_id, number)


def seal(act_id: str) -> None:
    """RQ's entry to `jobs.seal`."""
    seal_act(_current().services, act_id)


def mail(link_id: str, number: int) -> None:
    """RQ's entry to `jobs.review_links.send_link`."""
    send_link(_current().services, link_id, number)


def convert(tenant_id: str, conversion_id: str) -> None:
    """RQ's entry to `jobs.conversion`."""
    runtime = _current()
    convert_stored(runtime.services, runtime.office, tenant_id, conversion_id)


def run_worker(services: Services, *, burst: bool = False) -> None:
    """Work until SIGTERM or SIGINT; the job under way is finished first.

    Args:
        services: The parts; the queue is RQ's.
        burst: Stop when the queue is empty.
    """
    if not isinstance(services.queue, RqJobQueue):
        raise TypeError("a worker process needs RQ's queue")
    connection = services.queue.connection
    with _office(services) as office, running(services, office) as runtime:
        queue = Queue(QUEUE_NAME, connection=connection, serializer=JSONSerializer)
        worker = SimpleWorker(
            [queue], connection=connection, serializer=JSONSerializer, name=runtime.worker_id
        )
        worker.log_result_lifespan = False
        worker.work(burst=burst, logging_level="WARNING", with_scheduler=False)


@contextmanager
def running(services: Services, office: OfficePool) -> Iterator[Runtime]:
    """Make the jobs of this process work with these parts, and give its sign of life."""
    global _runtime  # noqa: PLW0603 - RQ calls jobs by name, without arguments of ours
    runtime = Runtime(services=services, office=office, worker_id=_worker_id())
    _runtime = runtime
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(runtime, stop), daemon=True, name="beat")
    beat.start()
    try:
        yield runtime
    finally:
        stop.set()
        beat.join()
        _runtime = None


def _current() -> Runtime:
    if _runtime is None:
        raise RuntimeError("a job was run outside a worker")
    return _runtime


def _office(services: Services) -> OfficePool:
    settings = services.settings
    return OfficePool(
        processes=1,
        work_dir=Path(settings.data) / "office",
        timeout_seconds=settings.office_timeout_seconds,
        max_documents=settings.office_max_documents,
    )


def _beat(runtime: Runtime, stop: threading.Event) -> None:
    """Say every few seconds that this worker can render, once its LibreOffice is warm."""
    queue = runtime.services.queue
    warm = False
    while True:
        try:
            if not warm:
                runtime.office.ping()
                warm = True
            queue.beat(runtime.worker_id, _BEAT_SECONDS * 3)
        except Unavailable as error:
            _log.warning("worker gives no sign of life: %s", error.slug)
        if stop.wait(_BEAT_SECONDS):
            break
    try:
        queue.leave(runtime.worker_id)
    except Unavailable:
        _log.info("the sign of life will end by itself")


def _worker_id() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{os.urandom(3).hex()}"
