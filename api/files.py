"""Files in answers: entity tags, names, media types."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

from flask import Response, request

from storage.acts import Act

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PNG = "image/png"
ZIP = "application/zip"
JSON = "application/json"
BINARY = {"type": "string", "format": "binary"}
HASH = {"ETag": {"schema": {"type": "string"}, "description": "SHA-256 of the content."}}
"""Schema and header of a file, for the description."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_SPACES = re.compile(r"\s+")
_STEM_LENGTH = 120


def is_known(sha256: str) -> bool:
    """Whether the client says that it has this content already."""
    return request.if_none_match.contains_weak(sha256)


def not_modified(sha256: str) -> Response:
    """Answer that what the client has is still right."""
    answer = Response(status=304)
    answer.set_etag(sha256)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def file_answer(
    data: bytes, media_type: str, name: str, *, sha256: str | None = None, inline: bool = False
) -> Response:
    """Answer with a file, or that the client has it already.

    Args:
        data: The content.
        media_type: Its MIME type.
        name: The file's name as a person would give it.
        sha256: Of the content, if it is known.
        inline: Whether it is to be looked at rather than kept.
    """
    tag = sha256 or hashlib.sha256(data).hexdigest()
    if is_known(tag):
        return not_modified(tag)
    answer = Response(data, content_type=media_type)
    answer.set_etag(tag)
    answer.headers["Content-Disposition"] = disposition(name, inline=inline)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def disposition(name: str, *, inline: bool = False) -> str:
    r"""Content-Disposition by RFC 6266: the name in ASCII, and as it is (RFC 8187).

    >>> disposition("Mise en demeure - Étang.pdf")
    'attachment; filename="Mise en demeure - Etang.pdf"; filename*=UTF-8\'\'Mise%20en%20demeure%20-%20%C3%89tang.pdf'
    """  # noqa: E501 - one header
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_name(act: Act, title: str, number: int, extension: str, *, suffix: str = "") -> str:
    """Name of an act's file: what it is, in which file, for whom, in which version.

    No part may hold what a file system forbids.
    """
    parts = [title, act.case_reference, act.debtor_name or act.creditor_name, suffix]
    clean = [safe_name(part) for part in parts]
    stem = " - ".join(part for part in clean if part)[:_STEM_LENGTH].rstrip(" .-")
    return f"{stem} (v{number}).{extension}"


def safe_name(part: str) -> str:
    """A name, or a part of it, without what a file system forbids."""
    return _SPACES.sub(" ", _FORBIDDEN.sub("-", part)).strip(" .-")
