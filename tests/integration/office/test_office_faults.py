"""Processes that die, hang or grow: the caller gets a PDF or a fact, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from generators.office import DocumentNotConvertible, OfficePool, OfficeUnavailable
from generators.pdf import page_count
from tests.support.office import eventually, is_running, office_pids

ROOT = Path(__file__).parents[3]


@contextmanager
def striking(signal_number: int, *, times: int) -> Iterator[list[int]]:
    """Send a signal to each process that converts, shortly after its conversion has begun."""
    struck: list[int] = []
    spared = set(office_pids())
    over = threading.Event()

    def strike() -> None:
        while len(struck) < times and not over.is_set():
            for pid in set(office_pids()) - spared - set(struck):
                if _is_converting(pid):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal_number)
                    struck.append(pid)
            time.sleep(0.002)

    thread = threading.Thread(target=strike)
    thread.start()
    try:
        yield struck
    finally:
        over.set()
        thread.join()


def _is_converting(pid: int) -> bool:
    """Whether the process has the document in its folder, which it has only meanwhile."""
    with suppress(OSError):
        environ = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        home = next(item[5:] for item in environ if item.startswith(b"HOME="))
        return (Path(home.decode()) / "source.docx").exists()
    return False


def test_document_survives_the_death_of_its_process(work_dir: Path, slow_document: bytes) -> None:
    with OfficePool(1, work_dir, timeout_seconds=120) as pool:
        with striking(signal.SIGKILL, times=1) as struck:
            pdf = pool.convert(slow_document)
        assert len(struck) == 1
        assert page_count(pdf) > 100
        assert pool.counters.restarts == {"crash": 1}
        assert pool.counters.started == 2


def test_hung_process_is_killed_in_time_and_the_document_converted(
    work_dir: Path, two_pages: bytes
) -> None:
    with OfficePool(1, work_dir, timeout_seconds=2) as pool:
        with striking(signal.SIGSTOP, times=1) as struck:
            started = time.monotonic()
            while not struck and time.monotonic() - started < 60:
                pdf = pool.convert(two_pages)
        assert page_count(pdf) == 2
        assert pool.counters.restarts == {"timeout": 1}
        assert not is_running(struck[0])


def test_document_that_kills_two_processes_is_given_up(
    work_dir: Path, slow_document: bytes, two_pages: bytes
) -> None:
    with OfficePool(1, work_dir, timeout_seconds=120) as pool:
        with (
            striking(signal.SIGKILL, times=9) as struck,
            pytest.raises(DocumentNotConvertible) as caught,
        ):
            pool.convert(slow_document)
        assert caught.value.extensions == {"kills": 2}
        assert len(struck) == 2
        assert page_count(pool.convert(two_pages)) == 2


def test_process_that_died_between_documents_costs_the_next_one_nothing(
    work_dir: Path, two_pages: bytes
) -> None:
    with OfficePool(1, work_dir) as pool:
        others = set(office_pids())
        pool.convert(two_pages)
        (pid,) = set(office_pids()) - others
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: not is_running(pid))
        time.sleep(0.2)  # the host needs a moment to notice and end
        assert page_count(pool.convert(two_pages)) == 2
        assert pool.counters.restarts == {"died_idle": 1}


def test_process_is_replaced_after_its_share_without_a_caller_waiting(
    work_dir: Path, two_pages: bytes
) -> None:
    with OfficePool(1, work_dir, max_documents=3) as pool:
        pool.warm()
        longest = 0.0
        for _ in range(60):
            started = time.monotonic()
            pool.convert(two_pages)
            longest = max(longest, time.monotonic() - started)
            time.sleep(0.02)
        counters = pool.counters
        assert counters.restarts["documents"] >= 1
        assert counters.restarts.total() == counters.restarts["documents"]
        assert counters.started >= 1 + counters.restarts["documents"]
        assert longest < counters.start_seconds / counters.started


def test_process_that_has_grown_is_replaced(work_dir: Path, two_pages: bytes) -> None:
    with OfficePool(1, work_dir, max_memory=1) as pool:
        pool.convert(two_pages)
        assert eventually(lambda: pool.counters.started == 2)
        pool.convert(two_pages)
        assert pool.counters.restarts["memory"] == 1


def test_failed_first_start_is_tried_again_by_the_next_call(
    work_dir: Path, two_pages: bytes, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    python.chmod(0o755)
    with OfficePool(1, work_dir, python=str(python)) as pool:
        with pytest.raises(OfficeUnavailable, match="does not start"):
            pool.convert(two_pages)
        python.write_text('#!/bin/sh\nexec /usr/bin/python3 "$@"\n', encoding="utf-8")
        assert page_count(pool.convert(two_pages)) == 2


def test_missing_libreoffice_is_said_by_name(work_dir: Path, tmp_path: Path) -> None:
    with (
        OfficePool(1, work_dir, binary=tmp_path / "soffice.bin") as pool,
        pytest.raises(OfficeUnavailable, match=r"soffice\.bin"),
    ):
        pool.ping()


@pytest.mark.parametrize("moment", ["idle", "converting", "hung"])
def test_nothing_outlives_a_parent_that_is_killed(
    work_dir: Path, slow_document: bytes, tmp_path: Path, moment: str
) -> None:
    (tmp_path / "slow.docx").write_bytes(slow_document)
    program = (
        "import sys, pathlib; from generators.office import OfficePool;"
        "pool = OfficePool(2, pathlib.Path(sys.argv[1])); pool.warm(); print('warm', flush=True);"
        "pool.convert(pathlib.Path(sys.argv[2]).read_bytes()) if sys.argv[3] != 'idle' else input()"
    )
    parent = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", program, work_dir, tmp_path / "slow.docx", moment],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"warm\n"
        offices = office_pids(parent.pid)
        assert len(offices) == 2
        folders = [_folder(pid) for pid in offices]
        if moment != "idle":
            assert eventually(lambda: any(_is_converting(pid) for pid in offices))
        if moment == "hung":
            for pid in offices:
                os.kill(pid, signal.SIGSTOP)
        parent.kill()
    assert eventually(lambda: not any(is_running(pid) for pid in offices))
    assert eventually(lambda: not any(folder.exists() for folder in folders))


def _folder(pid: int) -> Path:
    environ = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return Path(next(item[5:] for item in environ if item.startswith(b"HOME=")).decode())
