"""The job queue: a hint to workers that there is work. The truth is in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from core.errors import Unavailable

QUEUE_NAME = "acts"
JOB_TIMEOUT_SECONDS = 600
_BEAT = "minutier:worker:"


class QueueUnavailable(Unavailable):
    """The queue does not answer."""

    slug = "queue-unavailable"
    title = "The job queue does not answer"


class JobQueue(Protocol):
    """What the rest of the program asks of a queue."""

    def enqueue(self, function: str, args: Sequence[str | int], job_id: str) -> bool:
        """Queue a call; False if a job of that id is known already.

        Raises:
            QueueUnavailable: the queue does not answer.
        """

    def knows(self, job_id: str) -> bool:
        """Whether a job of that id waits or runs."""

    def waits(self, job_id: str) -> bool:
        """Whether a job of that id waits for a worker: not one that runs, failed, or died."""

    def ping(self) -> None:
        """Raise `QueueUnavailable` unless the queue answers."""

    def depth(self) -> int:
        """Jobs that wait."""

    def workers(self) -> int:
        """Workers able to render, by the sign of life each gives."""

    def beat(self, worker_id: str, ttl_seconds: int) -> None:
        """Give a worker's sign of life, which holds for some seconds."""

    def leave(self, worker_id: str) -> None:
        """Take a worker's sign of life back."""


class RqJobQueue:
    """RQ over Redis; arguments travel as JSON and are ids only."""

    def __init__(self, url: str) -> None:
        self.connection: Redis = Redis.from_url(
            url, socket_connect_timeout=2, socket_timeout=5, health_check_interval=15
        )
        self._queue = Queue(QUEUE_NAME, connection=self.connection, serializer=JSONSerializer)

    def enqueue(self, function: str, args: Sequence[str | int], job_id: str) -> bool:
        """See `JobQueue.enqueue`."""
        with _translated():
            try:
                self._queue.enqueue_call(
                    function,
                    args=list(args),
                    job_id=job_id,
                    unique=True,
                    timeout=JOB_TIMEOUT_SECONDS,
                    result_ttl=0,
                    failure_ttl=3600,
                )
            except DuplicateJobError:
                return False
        return True

    def knows(self, job_id: str) -> bool:
        """See `JobQueue.knows`."""
        with _translated():
            return bool(Job.exists(job_id, connection=self.connection))

    def waits(self, job_id: str) -> bool:
        """See `JobQueue.waits`."""
        with _translated():
            return self._queue.get_job_position(job_id) is not None

    def ping(self) -> None:
        """See `JobQueue.ping`."""
        with _translated():
            self.connection.ping()

    def depth(self) -> int:
        """See `JobQueue.depth`."""
        with _translated():
            return int(self._queue.count)

    def workers(self) -> int:
        """See `JobQueue.workers`."""
        with _translated():
            return sum(1 for _ in self.connection.scan_iter(match=f"{_BEAT}*"))

    def beat(self, worker_id: str, ttl_seconds: int) -> None:
        """See `JobQueue.beat`."""
        with _translated():
            self.connection.set(f"{_BEAT}{worker_id}", "1", ex=ttl_seconds)

    def leave(self, worker_id: str) -> None:
        """See `JobQueue.leave`."""
        with _translated():
            self.connection.delete(f"{_BEAT}{worker_id}")


class MemoryJobQueue:
    """A queue in memory, for tests of what is above and below it."""

    def __init__(self) -> None:
        self.jobs: dict[str, tuple[str, list[str | int]]] = {}
        self._alive: set[str] = set()

    def enqueue(self, function: str, args: Sequence[str | int], job_id: str) -> bool:
        """See `JobQueue.enqueue`."""
        if job_id in self.jobs:
            return False
        self.jobs[job_id] = (function, list(args))
        return True

    def knows(self, job_id: str) -> bool:
        """See `JobQueue.knows`."""
        return job_id in self.jobs

    def waits(self, job_id: str) -> bool:
        """See `JobQueue.waits`; nobody takes a job out of memory."""
        return job_id in self.jobs

    def ping(self) -> None:
        """See `JobQueue.ping`: memory always answers."""

    def depth(self) -> int:
        """See `JobQueue.depth`."""
        return len(self.jobs)

    def workers(self) -> int:
        """See `JobQueue.workers`."""
        return len(self._alive)

    def beat(self, worker_id: str, ttl_seconds: int) -> None:  # noqa: ARG002 - the port's signature
        """See `JobQueue.beat`; the sign holds until `leave`."""
        self._alive.add(worker_id)

    def leave(self, worker_id: str) -> None:
        """See `JobQueue.leave`."""
        self._alive.discard(worker_id)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise QueueUnavailable("the job queue does not answer") from error
