"""From the outbox to the queue. Any number may run: handing a task over twice does no harm."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from core.errors import MinutierError, Unavailable
from jobs.attachments import sweep as sweep_attachments
from jobs.review_links import remind
from jobs.services import Services
from jobs.tasks import Task, produce_task
from storage import idempotency, outbox, versions

_log = logging.getLogger(__name__)

_POLL_SECONDS = 0.04
_AFTER_FAULT_SECONDS = 0.5
_BATCH = 100
_HOUSEKEEPING = timedelta(hours=1)


class Dispatcher:
    """Hands work to the queue, and hands it again when the queue or a worker lost it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._swept_at = services.now()
        self._tidied_at = services.now()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; a part that is away is waited for."""
        while not stop.is_set():
            try:
                busy = self.step()
            except Unavailable as error:
                _log.warning("dispatcher waits: %s", error.slug)
                stop.wait(_AFTER_FAULT_SECONDS)
                continue
            except MinutierError:
                _log.exception("dispatcher stumbled")
                stop.wait(_AFTER_FAULT_SECONDS)
                continue
            if not busy:
                stop.wait(_POLL_SECONDS)

    def step(self) -> bool:
        """Hand over what is due; True if there was anything."""
        now, lease = self._services.now(), self._services.settings.lease
        with self._services.database.reading() as tx:
            rows = outbox.due(tx, now=now, limit=_BATCH)
        for row in rows:
            self._hand_over(Task(topic=row.topic, payload=row.payload))
        if rows:
            # A row stays until its task is done. If the queue loses the job, it comes up again.
            with self._services.database.transaction() as tx:
                outbox.defer(tx, [row.id for row in rows], now + 3 * lease)
        if now - self._swept_at > lease / 2:
            self._swept_at = now
            self._retake()
        if now - self._tidied_at > _HOUSEKEEPING:
            self._tidied_at = now
            idempotency.forget_old(self._services.database, now)
            sweep_attachments(self._services)
            remind(self._services)
        return bool(rows)

    def _hand_over(self, task: Task) -> None:
        queue = self._services.queue
        if not queue.enqueue(task.function, task.args, task.job_id) and not queue.waits(
            task.job_id
        ):
            self._hand_over_again(task)

    def _hand_over_again(self, task: Task) -> None:
        """Hand over what was handed over long ago, under an id of this moment.

        A job that failed, or whose worker died, stands in the queue under the usual id.
        """
        lease = self._services.settings.lease.total_seconds()
        job_id = f"{task.job_id}-{int(self._services.now().timestamp() / lease)}"
        self._services.queue.enqueue(task.function, task.args, job_id)

    def _retake(self) -> None:
        """Hand over again what a worker let fall: its lease has ended, or its time has come."""
        now, lease = self._services.now(), self._services.settings.lease
        with self._services.database.reading() as tx:
            fallen = versions.waiting(tx, now=now, older_than=3 * lease, limit=_BATCH)
        for act_id, number in fallen:
            self._hand_over_again(produce_task(act_id, number))
