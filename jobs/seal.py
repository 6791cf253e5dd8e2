"""Sealing an act into the archive in the background."""

from __future__ import annotations

import logging
from datetime import timedelta

from core.errors import Conflict, MinutierError, Unavailable
from generators.registry import act_kind
from jobs.services import Services
from jobs.tasks import seal_task
from storage import acts, outbox
from storage.archive import seal

_log = logging.getLogger(__name__)
_RETRY_AFTER = timedelta(seconds=2)


def seal_act(services: Services, act_id: str) -> None:
    """Seal an act; done twice, or after a death half-way, it ends in one generation."""
    task = seal_task(act_id)
    try:
        with services.database.reading() as tx:
            tenant_id = acts.tenant_of(tx, act_id)
            act = acts.get_act(tx, tenant_id, act_id)
        seal(
            services.archive_parts,
            tenant_id,
            act_id,
            now=services.now(),
            declared_class=act_kind(act.kind).retention_class,
        )
    except Unavailable as error:
        _log.warning("sealing of %s waits: %s", act_id, error.slug)
        _come_again(services, act_id)
        return
    except Conflict as error:  # voided meanwhile, or an incident: nothing that time mends
        _log.error("act %s is not sealed: %s", act_id, error.detail)
    except MinutierError:
        _log.exception("act %s is not sealed", act_id)
    with services.database.transaction() as tx:
        outbox.finish(tx, task.topic, task.payload)


def _come_again(services: Services, act_id: str) -> None:
    task = seal_task(act_id)
    try:
        with services.database.transaction() as tx:
            outbox.postpone(tx, task.topic, task.payload, services.now() + _RETRY_AFTER)
    except Unavailable:  # then the row comes up again by itself
        _log.warning("sealing of %s not postponed", act_id)
