"""A lease kept alive while its holder works, so that the holder's death is noticed soon."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from types import TracebackType
from typing import Self

from core.errors import Unavailable
from jobs.services import Services
from storage import versions

_log = logging.getLogger(__name__)


class Heartbeat:
    """Renews the lease on a version from a thread of its own until the block ends."""

    def __init__(
        self, services: Services, act_id: str, number: int, worker_id: str, lease: timedelta
    ) -> None:
        self._services = services
        self._version = act_id, number
        self._worker_id = worker_id
        self._lease = lease
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name="lease")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(self._lease.total_seconds() / 3):
            try:
                with self._services.database.transaction() as tx:
                    held = versions.renew(
                        tx,
                        *self._version,
                        self._worker_id,
                        now=self._services.now(),
                        lease=self._lease,
                    )
            except Unavailable:
                _log.warning("lease not renewed, the database is away: %s", self._version[0])
                continue
            if not held:
                return
