"""Templates from which a mention was taken, to test that no act is made without it."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from lxml import etree

from generators.drafting import template_source
from generators.registry import act_kind

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def without_mention(slug: str, words: str) -> bytes:
    """The template of a kind without the paragraphs that hold some words; fails if none does.

    Blanks and apostrophes of print count as plain ones.
    """
    source = zipfile.ZipFile(io.BytesIO(template_source(act_kind(slug))))
    parts = {name: source.read(name) for name in source.namelist()}
    tree = etree.fromstring(parts["word/document.xml"])
    found = [each for each in tree.iter(f"{_W}p") if words in _plain(each)]
    assert found, f"no paragraph of {slug} holds {words!r}"
    for paragraph in found:
        for run in list(paragraph.iter(f"{_W}r")):
            run.getparent().remove(run)
    parts["word/document.xml"] = etree.tostring(tree)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def _plain(paragraph: etree._Element) -> str:
    text = "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
    return " ".join(text.replace("\u2019", "'").split())
