"""Marks on a page's drawing: what is neither text nor picture is there for the eye only."""

from __future__ import annotations

import re
from typing import Final

_MARK_ENDS: Final = re.compile(rb"C\n")  # found ten times faster than the three operators
_BEGINS: Final = (b"BD", b"BM")
_SHORTEST_DRAWING: Final = len(b" 0 0 1 1 re f\n")
_PAINTS_A_PATH: Final = re.compile(rb"(?<![^\s])(?:S|s|f|F|f\*|B|B\*|b|b\*)(?![^\s])")
_SHOWS: Final = re.compile(rb"(?<![^\s])(?:BT|Tj|TJ|'|\"|Do|sh|BI)(?![^\s])")


def lines_marked(content: bytes) -> bytes:
    """A page's content, its stray lines marked as artifacts.

    LibreOffice draws the borders of paragraphs last, outside of any mark, and PDF/UA wants all
    content marked. Only lines and surfaces are: unmarked text or pictures would be a defect to
    show, not to hide from a reader's voice.

    Args:
        content: Decompressed, as LibreOffice writes it: text in hexadecimal, so that the names
            of operators are found nowhere else; marks at the end of a line.

    Returns:
        The content given, itself, when nothing had to be marked, or its marks are not in pairs.
    """
    pieces: list[bytes] = []
    done = start = depth = 0
    for found in _MARK_ENDS.finditer(content):
        operator_at = found.start() - 2
        operator = content[operator_at : operator_at + 2]
        if operator == b"EM":
            depth -= 1
            if depth < 0:
                return content
            start = operator_at + 3
        elif operator in _BEGINS:
            if depth == 0 and operator_at - start > _SHORTEST_DRAWING:
                done = _marked(content, start, _operand(content, operator_at), done, pieces)
            depth += 1
    if depth:
        return content
    done = _marked(content, start, len(content), done, pieces)
    return b"".join((*pieces, content[done:])) if pieces else content


def _marked(content: bytes, start: int, end: int, done: int, pieces: list[bytes]) -> int:
    """Add what precedes a stretch outside of marks, and the stretch with marks if it draws."""
    stretch = content[start:end]
    if not _PAINTS_A_PATH.search(stretch) or _SHOWS.search(stretch):
        return done
    pieces += (content[done:start], b"\n/Artifact BMC", stretch, b"\nEMC\n")
    return end


def _operand(content: bytes, operator_at: int) -> int:
    """Where the operands of BMC or BDC begin: LibreOffice writes them on the operator's line."""
    return content.rfind(b"\n", 0, operator_at) + 1
