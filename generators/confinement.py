"""Strangers' files, handled by a process that can reach nothing and that ends by itself.

What a tenant uploads (a Word template, a logo) is opened, compiled and filled outside of the
process that knows the database, the stores and their keys. A process is kept warm that forks for
each order (`generators.confinement_child`); the fork may open no file and no socket, has little
memory and little time. What comes back is JSON and bytes, which are read again with suspicion.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from core.errors import Fault, InvalidFacts, Unavailable
from generators.confinement_child import SIZES
from generators.document_text import document_text
from generators.kind import Context
from generators.package import MAX_PACKAGE_BYTES, LintFault, TemplateRefused
from generators.render import DocumentNotMade, Filled
from generators.sandbox import check_plain
from generators.template_trial import Trial

EXAMINE_SECONDS: Final = 20.0
FILL_SECONDS: Final = 10.0
PICTURE_SECONDS: Final = 5.0
FILE_SECONDS: Final = 20.0
_STARTED_WITHIN_SECONDS: Final = 30.0
_GRACE_SECONDS: Final = 5.0
_ROOT: Final = Path(__file__).resolve().parent.parent
_TOO_MUCH: Final = {
    "time": "Reading it takes too long",
    "memory": "Reading it takes too much memory",
    "depth": "It is nested too deeply",
    "size": "What it makes is too large",
    "crash": "It could not be read to its end",
}


class ConfinementUnavailable(Unavailable):
    """The process that handles uploaded files does not start."""

    slug = "confinement-unavailable"
    title = "Uploaded files cannot be handled now"


class PictureRefused(InvalidFacts):
    """A picture cannot be used as a logo."""

    slug = "picture-refused"
    title = "The picture is refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture drawn again as PNG, on white, with nothing else of the file it came in."""

    png: bytes
    width: int
    height: int


class Confinement:
    """Has strangers' files handled; for use by the threads of a process, one order at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def examine(
        self, source: bytes, trials: Sequence[Trial], shape: Mapping[str, Any]
    ) -> tuple[list[LintFault], bytes]:
        """Every fault of a template, and the first trial as a document if there is none.

        See `generators.template_trial.examine`.
        """
        if len(source) > MAX_PACKAGE_BYTES:
            return [_whole_file("too-large", f"larger than {MAX_PACKAGE_BYTES} bytes")], b""
        order = {"trials": [asdict(trial) for trial in trials], "shape": shape}
        told, document = self._ask("examine", order, source, EXAMINE_SECONDS)
        if "ended" in told:
            return [_whole_file("too-costly", _TOO_MUCH[told["ended"]])], b""
        return [LintFault(**fault) for fault in told["faults"]], document

    def fill(self, source: bytes, context: Context) -> Filled:
        """Fill a template of a tenant's own, as `Template.fill` fills one of the house.

        Raises:
            TemplateRefused: it is unsafe or is no template any more.
            DocumentNotMade: the values do not fit it, or filling it costs too much.
        """
        check_plain(dict(context))
        told, document = self._ask("fill", {"context": context}, source, FILL_SECONDS)
        if "faults" in told:
            raise TemplateRefused(LintFault(**fault) for fault in told["faults"])
        if "ended" in told:
            raise DocumentNotMade(f"the cabinet's own template: {_TOO_MUCH[told['ended']]}")
        if "not_made" in told:
            raise DocumentNotMade(f"the cabinet's own template: {told['not_made']}")
        return Filled(docx=document, text=document_text(document))

    def picture(self, data: bytes, pointer: str) -> Picture:
        """Draw a picture (PNG or JPEG, by its first bytes) again.

        Args:
            data: The file.
            pointer: Where the request holds it.

        Raises:
            PictureRefused: it is neither, is damaged, or has too many points.
        """
        kind = picture_kind(data)
        if kind is None:
            raise _picture_fault(pointer, "not-a-picture", "A PNG or a JPEG is needed.")
        told, png = self._ask("picture", {"format": kind}, data, PICTURE_SECONDS)
        if "ended" in told:
            raise _picture_fault(pointer, "too-costly", f"{_TOO_MUCH[told['ended']]}.")
        if "refused" in told:
            detail = _PICTURE_FAULTS[told["refused"]]
            raise _picture_fault(pointer, told["refused"], detail)
        return Picture(png=png, width=int(told["width"]), height=int(told["height"]))

    def pdf(self, data: bytes) -> dict[str, Any]:
        """What a PDF holds: ``pages``, or the code of why it is ``refused``.

        See `generators.stranger_files.pdf_told`; ``too-costly`` if it cannot be read to its end.
        """
        told, _ = self._ask("pdf", {}, data, FILE_SECONDS)
        return {"refused": "too-costly"} if "ended" in told else told

    def page(self, data: bytes) -> tuple[dict[str, Any], bytes]:
        """A picture (PNG or JPEG, by its first bytes) as a PDF of one page, or why not."""
        told, page = self._ask("page", {"format": picture_kind(data)}, data, FILE_SECONDS)
        return ({"refused": "too-costly"}, b"") if "ended" in told else (told, page)

    def close(self) -> None:
        """End the warm process."""
        with self._lock:
            self._end()

    def _ask(
        self, name: str, order: Mapping[str, Any], data: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        text = json.dumps({"name": name, "seconds": seconds, **order}).encode()
        message = SIZES.pack(len(text), len(data)) + text + data
        with self._lock:
            for attempt in (1, 2):
                process = self._started()
                try:
                    return _exchange(process, message, seconds + _GRACE_SECONDS)
                except (OSError, TimeoutError) as error:
                    self._end()  # whatever state it is in, the next order has a new one
                    if attempt == 2:  # noqa: PLR2004 - the last
                        raise ConfinementUnavailable(
                            "uploaded files are not handled now"
                        ) from error
        raise AssertionError("unreachable")  # pragma: no cover

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid():
            if self._process.poll() is None:
                return self._process
            self._end()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "generators.confinement_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        self._owner = os.getpid()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return  # a fork's copy of its parent's
        process.kill()
        process.communicate()


CONFINEMENT: Final = Confinement()
"""The one of this process, started at its first order."""
atexit.register(CONFINEMENT.close)


def _exchange(
    process: subprocess.Popen[bytes], message: bytes, seconds: float
) -> tuple[dict[str, Any], bytes]:
    if process.stdin is None or process.stdout is None:  # pragma: no cover - both are pipes
        raise AssertionError
    deadline = time.monotonic() + seconds + _STARTED_WITHIN_SECONDS
    process.stdin.write(message)
    process.stdin.flush()
    source = process.stdout.fileno()
    size, extra = SIZES.unpack(_read(source, SIZES.size, deadline))
    told = json.loads(_read(source, size, deadline))
    return told, _read(source, extra, deadline)


def _read(source: int, size: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    while size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            raise TimeoutError("the process that handles uploaded files does not answer")
        piece = os.read(source, min(size, 1 << 20))
        if not piece:
            raise BrokenPipeError("the process that handles uploaded files has ended")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _whole_file(code: str, why: str) -> LintFault:
    return LintFault(code=code, part="", paragraph=None, text="", hint=f"{why}: simplify the file")


def picture_kind(data: bytes) -> str | None:
    """``PNG`` or ``JPEG`` by the first bytes; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "JPEG" if data.startswith(b"\xff\xd8\xff") else None


_PICTURE_FAULTS: Final = {
    "too-many-pixels": "The picture has more than 24 million points.",
    "unreadable": "The picture is damaged.",
}


def _picture_fault(pointer: str, code: str, detail: str) -> PictureRefused:
    return PictureRefused(detail, faults=[Fault(pointer=pointer, code=code, detail=detail)])
