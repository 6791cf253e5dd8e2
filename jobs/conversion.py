"""A PDF for who waits for it: made by a worker, handed over through the drafts bucket, not kept.

The process that answers HTTP has no LibreOffice. It puts the Word file under a key of its own,
queues a job that is given ids only, looks for what the worker puts beside it, and deletes both.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from core.clock import IdFactory
from core.errors import InvalidFacts, Unavailable
from generators.office import DocumentNotConvertible, OfficePool
from jobs.services import Services
from storage.objects import ObjectMissing, ObjectStore

_log = logging.getLogger(__name__)

WAIT_SECONDS: Final = 20.0
_FIRST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 0.2
_FORGOTTEN_AFTER = timedelta(minutes=10)
_BYTES = "application/octet-stream"
_GIVEN, _MADE, _REFUSED = "docx", "pdf", "refused"


class ConversionLate(Unavailable):
    """No worker made the PDF in time; nothing of the request is kept."""

    slug = "conversion-late"
    title = "The PDF could not be made in time"


class ConversionRefused(InvalidFacts):
    """LibreOffice does not make a PDF of this document."""

    slug = "conversion-refused"
    title = "This document cannot be made a PDF"


def convert_and_wait(
    services: Services,
    tenant_id: str,
    docx: bytes,
    *,
    seconds: float = WAIT_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> bytes:
    """A Word file as LibreOffice exports it to PDF, by a worker.

    Raises:
        ConversionLate: no worker is there, or none did it in time.
        ConversionRefused: LibreOffice refuses the document.
        StoreUnavailable: the drafts bucket does not answer.
        QueueUnavailable: the queue does not answer.
    """
    if services.queue.workers() == 0:
        raise ConversionLate("no worker is running")
    store, conversion_id = services.drafts, services.new_id("cnv")
    try:
        _put(store, _key(tenant_id, conversion_id, _GIVEN), docx)
        services.queue.enqueue(
            "jobs.worker.convert", [tenant_id, conversion_id], f"convert-{conversion_id}"
        )
        return _awaited(store, tenant_id, conversion_id, seconds, sleep)
    finally:
        _forget(store, tenant_id, conversion_id)


def convert_stored(
    services: Services, office: OfficePool, tenant_id: str, conversion_id: str
) -> None:
    """Make the PDF of a waiting request, if it still waits.

    Run twice, it has one effect. Nothing is tried again: who waited asks again.
    """
    store = services.drafts
    try:
        docx = store.get(_key(tenant_id, conversion_id, _GIVEN))
        try:
            made, data = _MADE, office.convert(docx)
        except DocumentNotConvertible as error:
            made, data = _REFUSED, error.detail.encode()
        _put(store, _key(tenant_id, conversion_id, made), data)
        store.head(_key(tenant_id, conversion_id, _GIVEN))
    except ObjectMissing:  # nobody waits any more
        _forget(store, tenant_id, conversion_id)
    except Unavailable as error:
        _log.warning("conversion %s is given up: %s", conversion_id, error.slug)
    _sweep(services, tenant_id)


def _awaited(
    store: ObjectStore,
    tenant_id: str,
    conversion_id: str,
    seconds: float,
    sleep: Callable[[float], None],
) -> bytes:
    deadline, pause = time.monotonic() + seconds, _FIRST_PAUSE_SECONDS
    while time.monotonic() < deadline:
        made = _found(store, _key(tenant_id, conversion_id, _MADE))
        if made is not None:
            return made
        refused = _found(store, _key(tenant_id, conversion_id, _REFUSED))
        if refused is not None:
            raise ConversionRefused(refused.decode())
        sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
    raise ConversionLate(f"no worker made the PDF within {seconds:g} seconds")


def _found(store: ObjectStore, key: str) -> bytes | None:
    try:
        return store.get(key)
    except ObjectMissing:
        return None


def _put(store: ObjectStore, key: str, data: bytes) -> None:
    store.put(key, data, media_type=_BYTES, sha256=hashlib.sha256(data).hexdigest())


def _forget(store: ObjectStore, tenant_id: str, conversion_id: str) -> None:
    try:
        for part in (_GIVEN, _MADE, _REFUSED):
            store.delete(_key(tenant_id, conversion_id, part))
    except Unavailable:  # the next sweep finds them
        _log.warning("conversion %s is not deleted yet", conversion_id)


def _sweep(services: Services, tenant_id: str) -> None:
    """Delete what a process that died left behind; ids sort by the time they were made."""
    old = IdFactory(lambda: services.now() - _FORGOTTEN_AFTER)("cnv")
    try:
        for key in list(services.drafts.list(_prefix(tenant_id))):
            if key.removeprefix(_prefix(tenant_id)) < old:
                services.drafts.delete(key)
    except Unavailable:
        _log.info("what is left of conversions is swept later")


def _prefix(tenant_id: str) -> str:
    return f"v1/{tenant_id}/conversions/"


def _key(tenant_id: str, conversion_id: str, part: str) -> str:
    return f"{_prefix(tenant_id)}{conversion_id}.{part}"
