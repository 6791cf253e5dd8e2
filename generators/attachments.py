"""Supporting files: what a stranger's file is by its content, and whether it may be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from core.errors import Fault, InvalidFacts
from generators.confinement import CONFINEMENT, picture_kind
from generators.edited_word import read_edited

MOST_BYTES: Final = 25 * 1024 * 1024
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEAD: Final = 1024
_POINTER: Final = "/file"
_WHY: Final = {
    "empty": "The file is empty.",
    "unknown-type": "A PDF, a PNG, a JPEG or a Word file (.docx) is needed; its content decides.",
    "encrypted": "The PDF is encrypted or needs a password.",
    "damaged": "The file is damaged.",
    "no-page": "The PDF has no page.",
    "too-many-pages": "The PDF has more than 500 pages.",
    "too-many-objects": "The PDF has more than 200,000 objects.",
    "javascript": "The PDF holds JavaScript.",
    "launch-action": "The PDF holds an action that starts a program, sends data or opens a file.",
    "form-xfa": "The PDF holds an XFA form.",
    "embedded-file": "The PDF holds other files; attach them each by itself.",
    "too-many-pixels": "A picture has more than 60 million points, or 150 million in a PDF.",
    "decompression-bomb": "What the PDF holds expands to more than 256 MiB.",
    "too-costly": "Reading the file takes too much time or memory.",
}


class AttachmentRefused(InvalidFacts):
    """A file is none that can be attached; the fault's code says why."""

    slug = "attachment-refused"
    title = "The file is refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedFile:
    """A file that may be attached.

    Attributes:
        media_type: By its content.
        pages: Of its PDF; None for a Word file.
        page: A picture drawn again as a PDF of one page; None for other files.
    """

    media_type: str
    pages: int | None
    page: bytes | None = field(default=None, repr=False)


def examine_file(data: bytes) -> ExaminedFile:
    """Look into a file, whatever it is called.

    Raises:
        AttachmentRefused: no type that is accepted, or one that could run, fetch or hide something.
        WordFileRefused: a Word file that does so; each fault points to its place.
        ConfinementUnavailable: uploaded files cannot be handled now.
    """
    if not data:
        raise refused("empty")
    kind = picture_kind(data)
    if kind is not None:
        told, page = CONFINEMENT.page(data)
        if "refused" in told:
            raise refused(told["refused"])
        return ExaminedFile(media_type=f"image/{kind.lower()}", pages=1, page=page)
    if b"%PDF-" in data[:_HEAD]:
        told = CONFINEMENT.pdf(data)
        if "refused" in told:
            raise refused(told["refused"])
        return ExaminedFile(media_type=PDF, pages=int(told["pages"]))
    if data.startswith(b"PK\x03\x04"):
        read_edited(data)
        return ExaminedFile(media_type=DOCX, pages=None)
    raise refused("unknown-type")


def refused(code: str) -> AttachmentRefused:
    """The refusal of a file for a reason."""
    detail = _WHY[code]
    return AttachmentRefused(detail, faults=[Fault(pointer=_POINTER, code=code, detail=detail)])
