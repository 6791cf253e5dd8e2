"""Small Word templates for tests, right or broken on purpose, as an author might upload them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from generators.package import Package, W, open_package
from templates.builder.package import word_file

DOCUMENT = {
    "title": "Acte",
    "subject": "Essai",
    "author": "Exemple SARL",
    "language": "fr-FR",
    "date": "2026-11-22",
}
"""What every context says of its document."""


def paragraph(text: str) -> str:
    """A paragraph whose text is put in as it is: XML must be escaped by the caller."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def template(*texts: str, extra: str = "") -> bytes:
    """A template of the stationery with a paragraph for each text, then more XML."""
    body = "".join(map(paragraph, texts)) + extra
    return word_file("Essai", body, header=("", ""), footer="Essai")


def parts_of(source: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_parts(source: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A Word file with parts put in or changed."""
    return zipped(parts_of(source) | changes)


def opened(source: bytes) -> Package:
    """The package of a file without fault."""
    package, faults = open_package(source)
    assert package is not None, faults
    assert faults == []
    return package


def without_paragraphs(source: bytes, words: str) -> bytes:
    """A template without the paragraphs of its body that hold some words.

    Raises:
        ValueError: no paragraph holds them, so that nothing would be tested.
    """
    tree = opened(source).tree("word/document.xml")
    found = [node for node in tree.iter(f"{W}p") if words in "".join(node.itertext())]
    if not found:
        raise ValueError(f"no paragraph says {words!r}")
    for node in found:
        for text in node.iter(f"{W}t"):
            text.text = ""
    return with_parts(source, {"word/document.xml": etree.tostring(tree)})
