"""The other side of `generators.confinement`: does what strangers' files are read for, and no more.

Started as ``python -m generators.confinement_child``. This process reads orders on standard input
and forks for each: the child that handles a stranger's file may open nothing (no file, no socket:
the kernel grants it no descriptor), has little memory and little time, knows nothing of our
environment, and ends with its order. Answers are JSON and bytes, never objects.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
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
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

import jinja2.debug  # noqa: F401 - Jinja imports it late, when a template is wrong
from PIL import Image

from generators.package import Packed, TemplateRefused, write_package
from generators.render import DocumentNotMade, Template
from generators.template_trial import Trial, examine

CLONE_NEWNET: Final = 0x40000000
PR_SET_PDEATHSIG: Final = 1
MEMORY_BYTES: Final = 768 * 1024**2
MOST_ANSWER_BYTES: Final = 64 * 1024**2
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
    while True:
        head = _read(0, 8)
        if head is None:
            return 0
        size, extra = struct.unpack(">II", head)
        order, data = _read(0, size), _read(0, extra)
        if order is None or data is None:
            return 0
        _write(answers, _in_a_child(json.loads(order), data))


def packed(told: dict[str, Any], data: bytes) -> bytes:
    """A message: sizes, JSON, bytes."""
    text = json.dumps(told).encode()
    return struct.pack(">II", len(text), len(data)) + text + data


def _in_a_child(order: dict[str, Any], data: bytes) -> bytes:
    """Have an order carried out by a child, and tell how the child ended if it gave no answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with contextlib.suppress(BaseException):
            _confine(order["seconds"])
            _write(writing, packed(*_carry_out(order, data)))
        os._exit(0)
    os.close(writing)
    answer, why = _collected(reading, order["seconds"])
    os.close(reading)
    if why is not None:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM}:
        why = "time"
    if why is None and _is_whole(answer):
        return answer
    return packed({"ended": why or "crash"}, b"")


def _collected(reading: int, seconds: float) -> tuple[bytes, str | None]:
    """What a child wrote, and why it must be ended, if it must."""
    pieces: list[bytes] = []
    deadline, size = time.monotonic() + seconds, 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return b"", "time"
        piece = os.read(reading, 1 << 20)
        if not piece:
            return b"".join(pieces), None
        pieces.append(piece)
        size += len(piece)
        if size > MOST_ANSWER_BYTES:
            return b"", "size"


def _is_whole(answer: bytes) -> bool:
    return len(answer) >= 8 and len(answer) == 8 + sum(struct.unpack(">II", answer[:8]))  # noqa: PLR2004 - two sizes


def _confine(seconds: float) -> None:
    """Give up everything that handling a file does not need, for good."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.unshare(CLONE_NEWNET)  # beside the next limit, where the system allows it
    processor = max(1, int(seconds))
    for limit, most in (
        (resource.RLIMIT_NOFILE, 0),  # no new descriptor: no file, no socket, no pipe
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, processor),
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
    return {}, Template.compile(data).fill(order["context"]).docx


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


_ORDERS: Final[dict[str, Callable[[dict[str, Any], bytes], Answer]]] = {
    "examine": _examine,
    "fill": _fill,
    "picture": _picture,
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
