"""A pool of warm LibreOffice processes: a Word file in, a PDF/A out, whatever a document does.

A process that crashes, hangs or has grown is replaced; a document that kills two of them is given
up; a caller waits a bounded time. Nothing of a conversion stays on disk.
"""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from core.errors import InvalidFacts
from generators.office_input import lightened
from generators.office_member import DocumentRefused, Member, OfficeDied
from generators.office_profile import Installation, OfficeUnavailable, build_profile

MAX_KILLS: Final = 2
"""A document that has killed as many processes is not tried again."""
MAX_MEMORY: Final = 400 * 1024**2
PING_FRESH_SECONDS: Final = 2.0
_ZIP_BEGINS: Final = b"PK\x03\x04"
_ZIP_ENDS: Final = b"PK\x05\x06"
_ZIP_END_WITHIN: Final = 65_557

Reason = Literal["crash", "timeout", "documents", "memory", "died_idle"]


class DocumentNotConvertible(InvalidFacts):
    """LibreOffice refuses the document, or died of it as often as we let it."""

    slug = "document-not-convertible"
    title = "The document cannot be converted to PDF"


@dataclass(slots=True)
class OfficeCounters:
    """What the pool has done since it was made.

    Attributes:
        started: Processes started.
        start_seconds: Time their starts took.
        restarts: Processes replaced, by reason.
        conversions: Documents converted.
        refused: Documents given up, or refused by LibreOffice.
        conversion_seconds: Time spent converting, without waiting.
        wait_seconds: Time callers waited for a free process.
        turned_away: Callers that waited in vain.
    """

    started: int = 0
    start_seconds: float = 0.0
    restarts: Counter[Reason] = field(default_factory=Counter)
    conversions: int = 0
    refused: int = 0
    conversion_seconds: float = 0.0
    wait_seconds: float = 0.0
    turned_away: int = 0


class _Slot:
    """A place in the pool: a process, or none yet, and perhaps its successor in preparation."""

    def __init__(self) -> None:
        self.member: Member | None = None
        self.successor: _Successor | None = None


class _Successor:
    """A process started beside a tired one, which goes on serving meanwhile."""

    def __init__(self, pool: OfficePool, reason: Reason) -> None:
        self.reason = reason
        self.member: Member | None = None
        self.error: OfficeUnavailable | None = None
        self._thread = threading.Thread(target=self._start, args=(pool,), daemon=True)
        self._thread.start()

    def _start(self, pool: OfficePool) -> None:
        try:
            self.member = pool.start_member()
        except OfficeUnavailable as error:  # the tired one serves on; tried again later
            self.error = error

    @property
    def is_settled(self) -> bool:
        return not self._thread.is_alive()

    def wait(self) -> Member | None:
        self._thread.join()
        return self.member


class OfficePool:
    """Warm LibreOffice processes; one document at a time in each. Safe for threads.

    Nothing is started before the first conversion or `warm`; a start that fails is tried again by
    the next call.
    """

    def __init__(
        self,
        processes: int = 1,
        work_dir: Path = Path(".data/office"),
        timeout_seconds: float = 30,
        max_documents: int = 500,
        binary: Path | None = None,
        python: str | None = None,
        *,
        wait_seconds: float = 60,
        max_memory: int = MAX_MEMORY,
    ) -> None:
        """Describe the pool.

        Args:
            processes: LibreOffice processes, and so documents at a time.
            work_dir: Where the profile to copy is built and kept.
            timeout_seconds: Longest conversion; then the process is killed.
            max_documents: Documents after which a process is replaced.
            binary: soffice.bin, if not where distributions put it.
            python: A Python with ``uno``, if not LibreOffice's or the distribution's.
            wait_seconds: Longest wait for a free process.
            max_memory: Bytes resident above which a process is replaced.
        """
        self._given = binary, python
        self._work_dir = work_dir
        self._timeout_seconds = timeout_seconds
        self._max_documents = max_documents
        self._max_memory = max_memory
        self._wait_seconds = wait_seconds
        self._slots = [_Slot() for _ in range(processes)]
        self._free = list(self._slots)
        self._change = threading.Condition()
        self._closed = False
        self._counters = OfficeCounters()
        self._installed: tuple[Installation, Path] | None = None
        self._version: str | None = None
        self._well_at: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def version(self) -> str:
        """``LibreOffice 7.4.7.2``, as the running program says.

        Raises:
            OfficeUnavailable: it does not start.
        """
        if self._version is None:
            self.ping()
        return self._version or ""

    @property
    def counters(self) -> OfficeCounters:
        """The figures of this instant, for metrics."""
        with self._change:
            counters = self._counters
            return OfficeCounters(
                started=counters.started,
                start_seconds=counters.start_seconds,
                restarts=Counter(counters.restarts),
                conversions=counters.conversions,
                refused=counters.refused,
                conversion_seconds=counters.conversion_seconds,
                wait_seconds=counters.wait_seconds,
                turned_away=counters.turned_away,
            )

    def convert(
        self,
        docx: bytes,
        *,
        title: str | None = None,
        author: str | None = None,
        subject: str | None = None,
        language: str | None = None,
    ) -> bytes:
        """The document as tagged PDF/A-3b, as LibreOffice exports it; see `generators.pdf.finish`.

        Args:
            docx: A Word file.
            title: Written into the document's properties before the export, as are the next
                three; None leaves what the Word file says, and saves a millisecond.
            author: As title.
            subject: As title.
            language: A tag such as ``fr-FR``.

        Raises:
            DocumentNotConvertible: refused, or it has killed two processes.
            OfficeUnavailable: no process can be started, or none is free in time.
        """
        if not docx.startswith(_ZIP_BEGINS) or _ZIP_ENDS not in docx[-_ZIP_END_WITHIN:]:
            self._count_refusal()  # LibreOffice would make an empty page of nothing
            raise DocumentNotConvertible("it is not a whole Word file", kills=0)
        given = {"Title": title, "Author": author, "Subject": subject, "Language": language}
        properties = {name: value for name, value in given.items() if value is not None}
        light = lightened(docx)
        slot = self._acquire()
        try:
            return self._convert(slot, light, properties)
        finally:
            self._release(slot)

    def warm(self) -> None:
        """Start every process now, at the same time.

        Raises:
            OfficeUnavailable: one could not be started; those that could are kept.
        """
        starts = [_Successor(self, "died_idle") for slot in self._slots if slot.member is None]
        members = [member for start in starts if (member := start.wait()) is not None]
        with self._change:
            for slot in self._free:
                if slot.member is None and members:
                    slot.member = members.pop()
        for unused in members:
            unused.kill()
        for start in starts:
            if start.error is not None:
                raise start.error

    def ping(self) -> None:
        """Convert a tiny document, unless a conversion has just succeeded.

        Raises:
            OfficeUnavailable: the pool does not convert.
        """
        well_at = self._well_at
        if well_at is not None and time.monotonic() - well_at < PING_FRESH_SECONDS:
            return
        try:
            self.convert(tiny_document())
        except DocumentNotConvertible as error:
            raise OfficeUnavailable(f"a tiny document is not converted: {error.detail}") from error

    def close(self) -> None:
        """End every process; conversions under way fail."""
        with self._change:
            self._closed = True
            free, self._free = self._free, []
            self._change.notify_all()
        for slot in self._slots:
            if slot in free:
                self._clear(slot)
            elif (member := slot.member) is not None:
                member.stop()  # whoever uses it clears it

    @staticmethod
    def _clear(slot: _Slot) -> None:
        successor = slot.successor.wait() if slot.successor else None
        for member in (slot.member, successor):
            if member is not None:
                member.kill()
        slot.member = slot.successor = None

    def start_member(self) -> Member:
        """A new process; building the profile to copy if nobody has."""
        if self._closed:
            raise OfficeUnavailable("the pool is closed")
        if self._installed is None:
            installation = Installation.find(*self._given)
            self._installed = installation, build_profile(installation, self._work_dir)
        member = Member(*self._installed)
        with self._change:
            self._version = member.version
            self._counters.started += 1
            self._counters.start_seconds += member.start_seconds
        return member

    def _acquire(self) -> _Slot:
        started = time.monotonic()
        with self._change:
            free = self._change.wait_for(lambda: self._free or self._closed, self._wait_seconds)
            self._counters.wait_seconds += time.monotonic() - started
            if self._closed:
                raise OfficeUnavailable("the pool is closed")
            if not free:
                self._counters.turned_away += 1
                raise OfficeUnavailable(
                    f"every process has been busy for {self._wait_seconds:g} seconds"
                )
            return self._free.pop()

    def _release(self, slot: _Slot) -> None:
        self._plan_succession(slot)
        with self._change:
            if not self._closed:
                self._free.append(slot)
                self._change.notify()
                return
        self._clear(slot)

    def _convert(self, slot: _Slot, docx: bytes, properties: Mapping[str, str]) -> bytes:
        died: OfficeDied | None = None
        for _ in range(MAX_KILLS):
            member = self._member(slot)
            started = time.monotonic()
            try:
                pdf = member.convert(docx, properties, timeout_seconds=self._timeout_seconds)
            except DocumentRefused as error:
                self._count_refusal()
                raise DocumentNotConvertible(
                    f"LibreOffice does not open the document: {error}", kills=0
                ) from error
            except OfficeDied as error:
                self._discard(slot, error.cause)
                died = error
            else:
                self._count_conversion(time.monotonic() - started)
                return pdf
        self._count_refusal()
        raise DocumentNotConvertible(
            f"LibreOffice has died {MAX_KILLS} times of this document; the last time: {died}",
            kills=MAX_KILLS,
        ) from died

    def _member(self, slot: _Slot) -> Member:
        """The process of a slot: its successor if that is ready, a new one if it has died."""
        if slot.successor is not None and slot.successor.is_settled:
            successor, slot.successor = slot.successor, None
            if successor.member is not None:
                self._discard(slot, successor.reason)
                slot.member = successor.member
        if slot.member is not None and not slot.member.is_alive:
            self._discard(slot, "died_idle")
        if slot.member is None and slot.successor is not None:
            successor, slot.successor = slot.successor, None
            slot.member = successor.wait()
        if slot.member is None:
            slot.member = self.start_member()
        return slot.member

    def _discard(self, slot: _Slot, reason: Reason) -> None:
        if slot.member is not None:
            slot.member.kill()
            slot.member = None
            with self._change:
                self._counters.restarts[reason] += 1

    def _plan_succession(self, slot: _Slot) -> None:
        """Start a successor to a process that has grown or has done its share."""
        member = slot.member
        if member is None or slot.successor is not None or self._closed:
            return
        if member.memory > self._max_memory:
            slot.successor = _Successor(self, "memory")
        elif member.documents >= self._max_documents:
            slot.successor = _Successor(self, "documents")

    def _count_conversion(self, seconds: float) -> None:
        self._well_at = time.monotonic()
        with self._change:
            self._counters.conversions += 1
            self._counters.conversion_seconds += seconds

    def _count_refusal(self) -> None:
        with self._change:
            self._counters.refused += 1


@cache
def tiny_document() -> bytes:
    """The smallest Word file that is one."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    wordml = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
        f' PartName="/word/document.xml" ContentType="{wordml}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
        f' Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>.</w:t></w:r>'
        "</w:p></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package_file:
        for name, text in parts.items():
            package_file.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


__all__ = [
    "DocumentNotConvertible",
    "OfficeCounters",
    "OfficePool",
    "OfficeUnavailable",
    "tiny_document",
]
