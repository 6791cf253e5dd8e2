"""A conversion is waited for, handed over once, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.clock import IdFactory
from generators.office import DocumentNotConvertible
from jobs.conversion import (
    ConversionLate,
    ConversionRefused,
    convert_and_wait,
    convert_stored,
)
from jobs.queue import MemoryJobQueue
from tests.support.application import TODAY, Application, application


class Office:
    """What a worker converts with; it knows one document."""

    def convert(self, docx: bytes) -> bytes:
        """The PDF of the one document."""
        if docx != b"word":
            raise DocumentNotConvertible("no Word file", kills=0)
        return b"%PDF-1.7"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    with application(tmp_path) as made:
        made.services.queue.beat("worker", 5)
        yield made


def work(app: Application) -> None:
    """Do what waits in the queue, as a worker does."""
    queue = app.services.queue
    assert isinstance(queue, MemoryJobQueue)
    office: Any = Office()
    for job_id in list(queue.jobs):
        function, arguments = queue.jobs.pop(job_id)
        assert function == "jobs.worker.convert"
        tenant_id, conversion_id = map(str, arguments)
        convert_stored(app.services, office, tenant_id, conversion_id)


def left(app: Application) -> list[str]:
    return list(app.services.drafts.list(""))


def ask(app: Application, docx: bytes = b"word", seconds: float = 5, *, worked: bool = True):
    sleep = (lambda _: work(app)) if worked else (lambda _: None)
    return convert_and_wait(app.services, "ten_1", docx, seconds=seconds, sleep=sleep)


def test_the_pdf_of_a_worker_is_handed_over_and_nothing_is_kept(app: Application) -> None:
    assert ask(app) == b"%PDF-1.7"
    assert left(app) == []


def test_a_document_that_is_refused_is_told(app: Application) -> None:
    with pytest.raises(ConversionRefused, match="no Word file"):
        ask(app, b"other")
    assert left(app) == []


def test_who_waited_too_long_is_told_and_a_late_worker_leaves_nothing(app: Application) -> None:
    with pytest.raises(ConversionLate):
        ask(app, seconds=0.05, worked=False)
    assert left(app) == []
    work(app)
    assert left(app) == []


def test_without_a_worker_nobody_waits(app: Application) -> None:
    app.services.queue.leave("worker")
    with pytest.raises(ConversionLate):
        ask(app)
    assert app.services.queue.depth() == 0


@pytest.mark.parametrize(("minutes", "is_swept"), [(11, True), (9, False)])
def test_what_a_dead_process_left_is_swept_after_ten_minutes(
    app: Application, minutes: int, *, is_swept: bool
) -> None:
    old = IdFactory(lambda: TODAY - timedelta(minutes=minutes))("cnv")
    key = f"v1/ten_1/conversions/{old}.docx"
    sha256 = "98c1eb4ee93476743763878fcb96a25fbc9a175074d64004779ecb5242f645e6"
    app.services.drafts.put(key, b"word", media_type="x/y", sha256=sha256)
    ask(app)
    assert left(app) == ([] if is_swept else [key])
