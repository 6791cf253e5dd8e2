"""What changed between two texts: paragraph by paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["inserted", "deleted", "changed", "moved"]
Operation = Literal["equal", "insert", "delete"]

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_COMPARED: Final = 20_000_000
"""Pairs of words compared for one answer; paragraphs beyond are told whole."""
_MANY_LINES: Final = 5_000
"""Beyond it lines that stand everywhere are not used to find what stayed."""
_LARGEST_BLOCK: Final = 120
_LEAST_LIKENESS: Final = 0.4
_SHORTEST_MOVED: Final = 20
"""Characters below which a paragraph that stands elsewhere is no move: « À défaut, »."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a changed paragraph."""

    op: Operation
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One paragraph that is not the same in both texts.

    Attributes:
        part: ``document``, ``header``, ``footer``, ``footnotes`` or ``endnotes``.
        before_at: Its number among the paragraphs of the part that say something, from 1; None
            if it was inserted.
        after_at: The same in the later text; None if it was deleted.
        pieces: Of a paragraph that was changed, its text in both forms, stretch by stretch.
    """

    kind: Kind
    part: str
    before_at: int | None
    after_at: int | None
    before: str | None
    after: str | None
    pieces: Sequence[Piece] = ()


def changes(
    before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> list[Change]:
    """What must be done to the paragraphs of one text to get those of another, in order."""
    budget = _Budget()
    return [
        change
        for part in [*before, *(part for part in after if part not in before)]
        for change in _with_moves(
            list(_of_part(part, before.get(part, ()), after.get(part, ()), budget))
        )
    ]


class _Budget:
    """What may still be compared word by word."""

    def __init__(self) -> None:
        self._left = _MOST_COMPARED

    def allows(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether two paragraphs may be; they are counted."""
        self._left -= len(old) * len(new)
        return self._left >= 0


def _of_part(
    part: str, before: Sequence[str], after: Sequence[str], budget: _Budget
) -> Iterator[Change]:
    many = len(before) + len(after) > _MANY_LINES
    matcher = SequenceMatcher(None, before, after, autojunk=many)
    for op, first, last, new_first, new_last in matcher.get_opcodes():
        if op != "equal":
            pairs = _paired(before[first:last], after[new_first:new_last])
            for old, new in pairs:
                yield _change(
                    part,
                    None if old is None else first + old,
                    None if new is None else new_first + new,
                    before,
                    after,
                    budget,
                )


def _change(
    part: str,
    old: int | None,
    new: int | None,
    before: Sequence[str],
    after: Sequence[str],
    budget: _Budget,
) -> Change:
    was = None if old is None else before[old]
    now = None if new is None else after[new]
    kind: Kind = "inserted" if was is None else "deleted" if now is None else "changed"
    return Change(
        kind=kind,
        part=part,
        before_at=None if old is None else old + 1,
        after_at=None if new is None else new + 1,
        before=was,
        after=now,
        pieces=_pieces(was, now, budget) if was is not None and now is not None else (),
    )


def _paired(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Old and new paragraphs of a block side by side, those alike paired, none crossing."""
    rows, columns = len(before), len(after)
    if rows * columns > _LARGEST_BLOCK**2 or not rows or not columns:
        return [
            *((row, None) for row in range(rows)),
            *((None, column) for column in range(columns)),
        ]
    words = (
        [frozenset(_TOKEN.findall(text)) for text in before],
        [frozenset(_TOKEN.findall(text)) for text in after],
    )
    # The best sum of likenesses from each place on, as for a longest common subsequence.
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[_likeness(old, new) for new in words[1]] for old in words[0]]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            likeness = alike[row][column]
            together = best[row + 1][column + 1] + likeness if likeness >= _LEAST_LIKENESS else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], together)
    return list(_walk(best, alike))


def _walk(
    best: list[list[float]], alike: list[list[float]]
) -> Iterator[tuple[int | None, int | None]]:
    row, column, rows, columns = 0, 0, len(alike), len(alike[0])
    while row < rows and column < columns:
        likeness = alike[row][column]
        together = best[row + 1][column + 1] + likeness
        if likeness >= _LEAST_LIKENESS and best[row][column] == together:
            yield row, column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            yield row, None
            row += 1
        else:
            yield None, column
            column += 1
    yield from ((rest, None) for rest in range(row, rows))
    yield from ((None, rest) for rest in range(column, columns))


def _likeness(before: frozenset[str], after: frozenset[str]) -> float:
    union = len(before | after)
    return len(before & after) / union if union else 0.0


def _pieces(before: str, after: str, budget: _Budget) -> tuple[Piece, ...]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not budget.allows(old, new):
        return Piece(op="delete", text=before), Piece(op="insert", text=after)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, first, last, new_first, new_last in matcher.get_opcodes():
        if op == "equal":
            found.append(Piece(op="equal", text="".join(old[first:last])))
            continue
        if last > first:
            found.append(Piece(op="delete", text="".join(old[first:last])))
        if new_last > new_first:
            found.append(Piece(op="insert", text="".join(new[new_first:new_last])))
    return tuple(found)


def _with_moves(found: list[Change]) -> list[Change]:
    """The same, a paragraph deleted here and inserted there told as moved, where it is now."""
    deleted: dict[str, list[Change]] = {}
    for change in found:
        if change.kind == "deleted" and len(change.before or "") >= _SHORTEST_MOVED:
            deleted.setdefault(change.before or "", []).append(change)
    gone: set[int] = set()
    told: list[Change] = []
    for change in found:
        origins = deleted.get(change.after or "") if change.kind == "inserted" else None
        if not origins:
            told.append(change)
            continue
        origin = origins.pop(0)
        gone.add(id(origin))
        told.append(
            Change(
                kind="moved",
                part=change.part,
                before_at=origin.before_at,
                after_at=change.after_at,
                before=origin.before,
                after=change.after,
            )
        )
    return [change for change in told if id(change) not in gone]
