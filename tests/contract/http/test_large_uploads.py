"""A template of two hundred megabytes, sent as it is made, is refused after the first ten."""

from __future__ import annotations

import io
import os
import resource
import time
import zipfile
from collections.abc import Iterator

import pytest

from api.files import DOCX
from generators.package import MAX_PACKAGE_BYTES
from tests.support.http import Caller, House, assert_problem

MEBIBYTE = 1024 * 1024


class _Sink(io.RawIOBase):
    """What was written since it was last emptied; it cannot go back."""

    def __init__(self) -> None:
        self.pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload] # a buffer
        self.pieces += piece
        return len(piece)

    def emptied(self) -> bytes:
        data, self.pieces = bytes(self.pieces), bytearray()
        return data


def zip_of_200_megabytes() -> Iterator[bytes]:
    """A ZIP of incompressible bytes, piece by piece."""
    sink, noise = _Sink(), os.urandom(MEBIBYTE)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        with archive.open("word/media/image1.png", "w", force_zip64=True) as entry:
            for _ in range(200):
                entry.write(noise)
                yield sink.emptied()
        archive.writestr("word/document.xml", b"<a/>")
    yield sink.emptied()


class Upload(io.RawIOBase):
    """The body of a request that is made as it is read."""

    def __init__(self) -> None:
        self._pieces = zip_of_200_megabytes()
        self._left = b""
        self.sent = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type] # a buffer
        if not self._left:
            self._left = next(self._pieces, b"")
        piece, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(piece)] = piece
        self.sent += len(piece)
        return len(piece)


@pytest.mark.parametrize("is_declared", [True, False], ids=["with its length", "in chunks"])
def test_two_hundred_megabytes_are_refused_after_ten(
    house: House,
    caller: Caller,
    is_declared: bool,  # noqa: FBT001 - a parameter
) -> None:
    path, upload = "/v1/templates/mise_en_demeure", Upload()
    told: dict[str, object] = {"wsgi.input": upload}
    if is_declared:
        told["CONTENT_LENGTH"] = str(200 * MEBIBYTE)
    else:
        told |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    answer = caller.client.put(
        path,
        content_type=DOCX,
        headers={"Authorization": f"Bearer {caller.key.secret}"},
        environ_overrides=told,
    )
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert_problem(answer, 413, "payload-too-large")
    assert upload.sent <= MAX_PACKAGE_BYTES + 2 * MEBIBYTE
    assert (upload.sent == 0) is is_declared
    assert grown < 100 * 1024
    assert time.monotonic() - begun < 20
    assert house.is_empty()
