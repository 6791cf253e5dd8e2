"""What a lawyer does to a Word file, done to its XML as Word does it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from docx import Document
from docx.text.paragraph import Paragraph

from tests.support.word_templates import parts_of, zipped

W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
AUTHOR = 'w:id="900" w:author="Jeanne Martin" w:date="2026-11-25T10:00:00Z"'
_BODY = "word/document.xml"


def edited(word: bytes, change: Callable[[str], str], part: str = _BODY) -> bytes:
    """A Word file with the XML of a part changed; it must have changed."""
    parts = parts_of(word)
    before = parts[part].decode()
    after = change(before)
    assert after != before, "the edit found nothing to change"
    return zipped(parts | {part: after.encode()})


def replaced(word: bytes, old: str, new: str) -> bytes:
    """A Word file in which a text stands instead of another, wherever it was in one run."""
    return edited(word, lambda xml: xml.replace(escape(old), escape(new)))


def with_paragraph(word: bytes, text: str) -> bytes:
    """A Word file with one more paragraph at its end."""
    return _before_end(word, f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>")


def with_tracked_insertion(word: bytes, text: str) -> bytes:
    """A Word file with a paragraph that is tracked as inserted."""
    run = f'<w:ins {AUTHOR}><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:ins>'
    return _before_end(word, f"<w:p>{run}</w:p>")


def with_tracked_deletion(word: bytes, text: str) -> bytes:
    """A Word file whose last paragraph is a text tracked as deleted."""
    run = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return _before_end(word, f"<w:p><w:del {AUTHOR}>{run}</w:del></w:p>")


def with_comment(word: bytes) -> bytes:
    """A Word file with a comment left on its last paragraph."""
    marks = '<w:commentRangeStart w:id="0"/><w:r><w:t>ici</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    reference = '<w:r><w:commentReference w:id="0"/></w:r>'
    made = _before_end(word, f"<w:p>{marks}{reference}</w:p>")
    comment = "<w:p><w:r><w:t>À revoir</w:t></w:r></w:p>"
    parts = parts_of(made)
    parts["word/comments.xml"] = (
        f'<w:comments {W_NS}><w:comment w:id="0" w:author="Jeanne Martin" w:initials="JM">'
        f"{comment}</w:comment></w:comments>"
    ).encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.comments+xml"/></Types>',
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdComments" Type="http://schemas.openxmlformats.org/officeDocument/'
        b'2006/relationships/comments" Target="comments.xml"/></Relationships>',
    )
    return zipped(parts)


def by_word(word: bytes, change: Callable[[Document], None]) -> bytes:
    """A Word file opened, changed and saved by another program, as far as one is at hand."""
    document = Document(io.BytesIO(word))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def paragraph_with(document: Document, text: str) -> Paragraph:
    """The first paragraph of the body, or of its tables, that holds a text."""
    inside = (
        paragraph
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    )
    return next(one for one in [*document.paragraphs, *inside] if text in one.text)


def without_stamp(word: bytes) -> bytes:
    """A Word file that does not say from which act it comes."""
    return edited(
        word,
        lambda xml: re.sub(
            r"<[^<>]*property [^<>]*name=\"Minutier(?:Act|Version)\".*?property>", "", xml
        ),
        "docProps/custom.xml",
    )


def _before_end(word: bytes, xml: str) -> bytes:
    def put(body: str) -> str:
        at = body.rindex("<w:sectPr")
        return body[:at] + xml + body[at:]

    return edited(word, put)
