"""Forms that bring a file: `multipart/form-data`, read once and strictly."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import Fault, InvalidFacts
from generators.faults import UNKNOWN_KEY, json_pointer

FORM = "multipart/form-data"
_AROUND_BYTES = 256 * 1024
_MOST_PARTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """A form with a file.

    Attributes:
        file: The field `file`; not looked into yet.
        file_name: What the client calls it.
        texts: The other fields, as they came.
    """

    file: bytes = field(repr=False)
    file_name: str
    texts: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """The same for two forms that say the same, whatever parts them."""
        said = [
            hashlib.sha256(self.file).hexdigest(),
            self.file_name,
            *map(repr, sorted(self.texts.items())),
        ]
        return "\n".join(said)


def is_form() -> bool:
    """Whether the request brings a form rather than JSON."""
    return request.mimetype == FORM


def file_form(most: int) -> FileForm:
    """The form of the request, parsed once.

    Args:
        most: Bytes that the file may have.

    Raises:
        InvalidFacts: the file is missing, or a field is unknown or given twice.
        RequestEntityTooLarge: the request is larger.
    """
    if "file_form" not in g:
        g.file_form = _parsed(most + _AROUND_BYTES)
    form: FileForm = g.file_form
    return form


def _parsed(limit: int) -> FileForm:
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
    request.max_content_length = limit
    request.max_form_memory_size = _AROUND_BYTES
    request.max_form_parts = _MOST_PARTS
    files, texts = request.files, request.form
    faults = [
        _fault(name, UNKNOWN_KEY, "There is no such file here.") for name in files if name != "file"
    ]
    faults += [
        _fault(name, "given-twice", "This is given twice.")
        for parts in (files, texts)
        for name, values in parts.lists()
        if len(values) > 1
    ]
    if "file" in texts:
        faults.append(_fault("file", "wrong-type", "A file is needed: a part with a file name."))
    elif "file" not in files:
        faults.append(_fault("file", "missing", "This key is required."))
    if faults:
        raise InvalidFacts("The data are not valid; see errors.", faults=faults)
    file = files["file"]
    return FileForm(file=file.read(), file_name=file.filename or "", texts=texts.to_dict())


def _fault(name: str, code: str, detail: str) -> Fault:
    return Fault(pointer=json_pointer([name]), code=code, detail=detail)
