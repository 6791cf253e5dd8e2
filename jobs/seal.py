"""Sealing an act into the archive in the background."""

from __future__ import annotations

import logging
from datetime import timedelta

from core.errors import MinutierError, Unavailable
from generators.registry import act_kind
from jobs.problems import problem_of
from jobs.services import Services
from jobs.tasks import seal_task
from storage import acts, outbox, trail
from storage.acts import Act, ActMissing
from storage.archive import ARCHIVABLE, NotArchivable, seal
from storage.database import Transaction

_log = logging.getLogger(__name__)
_RETRY_AFTER = timedelta(seconds=2)


def seal_act(services: Services, act_id: str) -> None:
    """Seal an act; done twice, or after a death half-way, it ends in one generation.

    A part of the service that is away is waited for. What time does not mend (the archive holds
    another content, a draft's file is lost) is an incident: the act keeps its status and says
    the problem, its trail tells of it, and a new request tries again.
    """
    incident: MinutierError | None = None
    try:
        act = _act(services, act_id)
        seal(
            services.archive_parts,
            act.tenant_id,
            act_id,
            now=services.now(),
            declared_class=act_kind(act.kind).retention_class,
        )
    except Unavailable as error:
        _log.warning("sealing of %s waits: %s", act_id, error.slug)
        _come_again(services, act_id)
        return
    except (ActMissing, NotArchivable) as error:  # voided meanwhile, or given a new version
        _log.warning("act %s is not to be sealed any more: %s", act_id, error.detail)
    except MinutierError as error:
        _log.exception("act %s is not sealed", act_id)
        incident = error
    task = seal_task(act_id)
    with services.database.transaction() as tx:
        outbox.finish(tx, task.topic, task.payload)
        if incident is not None:
            _tell(services, tx, act, incident)


def _act(services: Services, act_id: str) -> Act:
    with services.database.reading() as tx:
        return acts.get_act(tx, acts.tenant_of(tx, act_id), act_id)


def _tell(services: Services, tx: Transaction, act: Act, incident: MinutierError) -> None:
    act = acts.get_act(tx, act.tenant_id, act.id, lock=True)
    if act.status not in ARCHIVABLE:
        return
    now, problem = services.now(), problem_of(incident)
    acts.set_status(tx, act.id, from_={act.status}, to=act.status, at=now, problem=problem)
    trail.append(
        tx,
        tenant_id=act.tenant_id,
        act_id=act.id,
        at=now,
        actor={"type": "system"},
        action="archiving_failed",
        details={
            "version": act.current_version,
            "problem": problem["type"],
            "detail": problem["detail"],
        },
    )


def _come_again(services: Services, act_id: str) -> None:
    task = seal_task(act_id)
    try:
        with services.database.transaction() as tx:
            outbox.postpone(tx, task.topic, task.payload, services.now() + _RETRY_AFTER)
    except Unavailable:  # then the row comes up again by itself
        _log.warning("sealing of %s not postponed", act_id)
