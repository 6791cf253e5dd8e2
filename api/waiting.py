"""Waiting, for a client that prefers it, until an act has moved on."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from api.blueprint import services
from storage import acts
from storage.acts import Act, Status

_FIRST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 0.25
UNFINISHED: frozenset[Status] = frozenset({"queued", "rendering"})


def wait_until(
    tenant_id: str, act_id: str, seconds: int | None, has_ended: Callable[[Act], bool]
) -> Act | None:
    """The act once it has moved on; None if it has not within the time, or no time is given.

    Asks the database, which is the truth, at growing intervals; holds no connection meanwhile.
    """
    deadline = time.monotonic() + (seconds or 0)
    pause = _FIRST_PAUSE_SECONDS
    while seconds and time.monotonic() < deadline:
        with services().database.reading() as tx:
            act = acts.get_act(tx, tenant_id, act_id)
        if has_ended(act):
            return act
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
    return None


def is_not(statuses: Collection[Status]) -> Callable[[Act], bool]:
    """Whether an act stands in none of some statuses."""
    return lambda act: act.status not in statuses
