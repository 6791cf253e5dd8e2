"""The other side of `generators.confinement`: does what strangers' files are read for, and no more.

Started as ``python -m generators.confinement_child``. This process reads orders on standard input
and forks for each: the child that handles a stranger's file may open nothing (no file, no socket:
the kernel grants it no descriptor), has little memory and little time, and knows nothing of our
environment. It ends with its order; one that fills a template stays for the next act with the same
file. Answers are JSON and bytes, never objects.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import io
import json
import os
import resource
import select
import signal
import struct
import sys
import time
import warnings
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import jinja2.debug  # noqa: F401 - Jinja imports it late, when a template is wrong
from PIL import Image

from generators.package import Packed, TemplateRefused, write_package
from generators.render import DocumentNotMade, Template, compiled
from generators.stranger_files import pdf_told, picture_told
from generators.template_trial import Trial, examine

CLONE_NEWNET: Final = 0x40000000
PR_SET_PDEATHSIG: Final = 1
MEMORY_BYTES: Final = 768 * 1024**2
MOST_ANSWER_BYTES: Final = 64 * 1024**2
SIZES: Final = struct.Struct(">II")
KEPT_ORDER: Final = "fill"
"""The order whose child is kept for the next one with the same file."""
MOST_KEPT: Final = 4
MOST_SERVED: Final = 1000
KEPT_PROCESSOR_SECONDS: Final = 600
_MOST_DESCRIPTORS: Final = 4096
MOST_PIXELS: Final = 24_000_000
LARGE_PICTURE_BYTES: Final = 256 * 1024
PICTURE_BOX: Final = (720, 288)
"""Pixels within which a picture is drawn again: 400 dots an inch in the box of a logo."""

Answer = tuple[dict[str, Any], bytes]


def main() -> int:
    """Serve until standard input is closed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    _warm_up()
    gc.freeze()
    children = Children()
    while (message := _message(0)) is not None:
        _write(answers, children.answer(*message))
    return 0


def packed(told: Mapping[str, Any], data: bytes) -> bytes:
    """A message: sizes, JSON, bytes."""
    text = json.dumps(told).encode()
    return SIZES.pack(len(text), len(data)) + text + data


class Ended(Exception):
    """A child gave no answer; why is one of ``time``, ``size``, ``crash``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Child:
    """A fork that gave everything up but two pipes, and carries out orders."""

    def __init__(self, processor_seconds: int) -> None:
        taking, self._orders = os.pipe()
        self._answers, giving = os.pipe()
        self.served = 0
        self._pid = os.fork()
        if self._pid == 0:
            with contextlib.suppress(BaseException):
                _confine((taking, giving), processor_seconds)
                while (message := _message(taking)) is not None:
                    _write(giving, packed(*_carry_out(*message)))
            os._exit(0)
        os.close(taking)
        os.close(giving)
        os.set_blocking(self._orders, False)

    def ask(self, message: bytes, seconds: float) -> bytes:
        """Have an order carried out; the answer as it is passed on.

        Raises:
            Ended: there is none; the child must be ended.
        """
        deadline = time.monotonic() + seconds
        self.served += 1
        try:
            self._give(message, deadline)
            head = self._take(SIZES.size, deadline)
            size = sum(SIZES.unpack(head))
            if size > MOST_ANSWER_BYTES:
                raise Ended("size")
            return head + self._take(size, deadline)
        except OSError as error:
            raise Ended("crash") from error

    def end(self) -> int:
        """End it, if it has not ended; the signal that ended it, or 0."""
        os.close(self._orders)
        os.close(self._answers)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        status = os.waitpid(self._pid, 0)[1]
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    def _give(self, message: bytes, deadline: float) -> None:
        view = memoryview(message)
        while view:
            if not select.select([], [self._orders], [], _left(deadline))[1]:
                raise Ended("time")
            view = view[os.write(self._orders, view) :]

    def _take(self, size: int, deadline: float) -> bytes:
        pieces: list[bytes] = []
        while size:
            if not select.select([self._answers], [], [], _left(deadline))[0]:
                raise Ended("time")
            piece = os.read(self._answers, min(size, 1 << 20))
            if not piece:
                raise Ended("crash")
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


class Children:
    """A child for each order; for each template in use one that stays and has it compiled."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Child] = OrderedDict()

    def answer(self, order: dict[str, Any], data: bytes) -> bytes:
        """Have an order carried out, and tell how the child ended if it gave no answer."""
        key = hashlib.sha256(data).digest() if order["name"] == KEPT_ORDER else None
        kept = self._kept.pop(key, None) if key else None
        if kept is not None:
            with contextlib.suppress(_KeptIsGone):
                return self._asked(kept, key, order, data)
        lifetime = KEPT_PROCESSOR_SECONDS if key else max(1, int(order["seconds"]))
        return self._asked(Child(lifetime), key, order, data)

    def _asked(self, child: Child, key: bytes | None, order: dict[str, Any], data: bytes) -> bytes:
        is_new = child.served == 0
        try:
            answer = child.ask(packed(order, data), order["seconds"])
        except Ended as error:
            by = child.end()
            if error.why == "crash" and not is_new:
                raise _KeptIsGone from error
            return packed({"ended": "time" if by == signal.SIGXCPU else error.why}, b"")
        if key is None or child.served >= MOST_SERVED:
            child.end()
            return answer
        self._kept[key] = child
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)[1].end()
        return answer


class _KeptIsGone(Exception):
    """A child that was kept has ended, not by what it was asked last."""


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


def _confine(keep: Sequence[int], processor_seconds: int) -> None:
    """Give up everything that handling a file does not need, for good.

    Args:
        keep: Descriptors to keep; every other one is closed.
        processor_seconds: Of the whole life.
    """
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.unshare(CLONE_NEWNET)  # beside the next limits, where the system allows it
    begin = 0
    for fd in (*sorted(keep), _MOST_DESCRIPTORS):
        os.closerange(begin, fd)
        begin = fd + 1
    for limit, most in (
        (resource.RLIMIT_NOFILE, 0),  # no new descriptor: no file, no socket, no pipe
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, processor_seconds),
    ):
        resource.setrlimit(limit, (most, most))


def _carry_out(order: dict[str, Any], data: bytes) -> Answer:
    try:
        return _ORDERS[order["name"]](order, data)
    except TemplateRefused as error:
        return {"faults": [asdict(fault) for fault in error.lint_faults]}, b""
    except DocumentNotMade as error:
        return {"not_made": error.detail}, b""
    except MemoryError:
        return {"ended": "memory"}, b""
    except RecursionError:
        return {"ended": "depth"}, b""


def _examine(order: dict[str, Any], data: bytes) -> Answer:
    faults, example = examine(data, [Trial(**trial) for trial in order["trials"]], order["shape"])
    return {"faults": [asdict(fault) for fault in faults]}, example or b""


def _fill(order: dict[str, Any], data: bytes) -> Answer:
    return {}, compiled(data).fill(order["context"]).docx


def _picture(order: dict[str, Any], data: bytes) -> Answer:
    """A picture drawn again: on white, within a box, with nothing but its points."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            opened = Image.open(io.BytesIO(data), formats=[order["format"]])
            if opened.width * opened.height > MOST_PIXELS:
                return {"refused": "too-many-pixels"}, b""
            drawn = opened.convert("RGBA")
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - decoders raise whatever they like
            return {"refused": "unreadable", "why": type(error).__name__}, b""
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    paper.thumbnail(PICTURE_BOX, Image.Resampling.LANCZOS)
    flat = paper.convert("RGB")
    file = io.BytesIO()
    flat.save(file, "PNG", optimize=True)
    if file.tell() > LARGE_PICTURE_BYTES:  # a photograph, which every act would carry
        file = io.BytesIO()
        flat.quantize(256).save(file, "PNG", optimize=True)
    told = {"width": flat.width, "height": flat.height}
    return told, file.getvalue()


def _pdf(_order: dict[str, Any], data: bytes) -> Answer:
    return pdf_told(data), b""


def _page(order: dict[str, Any], data: bytes) -> Answer:
    return picture_told(data, order["format"])


_ORDERS: Final[dict[str, Callable[[dict[str, Any], bytes], Answer]]] = {
    "examine": _examine,
    "fill": _fill,
    "picture": _picture,
    "pdf": _pdf,
    "page": _page,
}


def _warm_up() -> None:
    """Do each thing once: what Python imports late could not be imported in a child."""
    source, broken = _sample("{{ line }} {{ loop.index }}"), _sample("{{ line..name }}")
    unknown = _sample("{{ nobody.name }}")
    trial = Trial(name="warm-up", context={"document": _PROPERTIES, "lines": ["1"]}, required=["1"])
    poor = Trial(name="poor", context={"document": _PROPERTIES}, required=["2"])
    for data in (source, broken, unknown, b"", source[:-9]):
        examine(data, [trial], {})
        examine(data, [poor], {})
    Template.compile(source).fill(trial.context)
    with contextlib.suppress(DocumentNotMade):
        Template.compile(unknown).fill(trial.context)
    for kind in ("PNG", "JPEG"):
        file = io.BytesIO()
        Image.new("RGB", (2, 2)).save(file, kind)
        for data in (file.getvalue(), b"", file.getvalue()[:-20]):
            _picture({"format": kind}, data)
            _, page = picture_told(data, kind)
            pdf_told(page)
    Image.new("CMYK", (2, 2)).convert("RGBA")


def _sample(text: str) -> bytes:
    return write_package(
        Packed.of(name, f"<?xml version='1.0' encoding='UTF-8'?>{xml}".encode())
        for name, xml in {**_SAMPLE, "word/document.xml": _DOCUMENT.format(text=text)}.items()
    )


_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SAMPLE: Final = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    ),
}
_DOCUMENT: Final = (
    f'<w:document xmlns:w="{_WORD}"><w:body>'
    "<w:p><w:r><w:t>{{%p for line in lines %}}</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>{{%p endfor %}}</w:t></w:r></w:p>"
    "</w:body></w:document>"
)
_PROPERTIES: Final = {
    "title": "A", "subject": "A", "author": "A", "language": "fr-FR", "date": "2026-01-01",
}  # fmt: skip


def _message(fd: int) -> tuple[dict[str, Any], bytes] | None:
    """The next message, or None at the end of them."""
    head = _read(fd, SIZES.size)
    if head is None:
        return None
    size, extra = SIZES.unpack(head)
    told, data = _read(fd, size), _read(fd, extra)
    return None if told is None or data is None else (json.loads(told), data)


def _read(fd: int, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        piece = os.read(fd, min(size, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


if __name__ == "__main__":
    sys.exit(main())
