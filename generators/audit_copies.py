"""The audited terms as Word files to work in: with a comment at each finding, and corrected.

Both are made from the text and from the findings as they were kept, so that they say what the
report says. The corrected copy changes nothing by itself: deletions and insertions are tracked,
and the lawyer accepts or rejects each.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from generators.word_terms import WordLine, read_lines
from law.cgv.clauses import Clause, clause_at, clauses
from law.cgv.rulebook import SEVERITIES

Finding = Mapping[str, Any]
Span = tuple[int, int]

AUTHOR: Final = "Minutier"
_INITIALS: Final = "M"
_FAULTS: Final = frozenset({"non_compliant", "missing"})
_LABELS: Final = {
    "blocking": "BLOQUANT",
    "major": "MAJEUR",
    "minor": "MINEUR",
    "advice": "CONSEIL",
}
_COLOURS: Final = {
    "blocking": "F6D5D2",
    "major": "FBE3C0",
    "minor": "F5F0C0",
    "advice": "DDE7F3",
}
_DATE: Final = re.compile(rb'(<w:comment [^>]*?w:date=")[^"]*(")')
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_NOTICE: Final = (
    "Projet de correction : chaque suppression et chaque insertion est suivie et reste à accepter"
    " ou à refuser par l\u2019avocat. Les mentions entre crochets sont à compléter."
)
_ABSENT: Final = "Absent du texte"


@dataclass(slots=True)
class _Line:
    """A line of the text in the Word file."""

    start: int
    end: int
    paragraph: Paragraph
    runs: list[tuple[Span, Run]] = field(default_factory=list)


def annotated_copy(
    text: str,
    findings: Sequence[Finding],
    *,
    title: str,
    on: date,
    source: bytes | None = None,
) -> bytes:
    """The text with a comment at each fault, and those on what is missing at its beginning.

    Args:
        text: The terms as they were audited.
        findings: Those of the audit, as JSON.
        title: Of the file, if it is not the client's own.
        on: Day that comments bear.
        source: The client's own Word file that the text was read from; it is written into, and
            keeps its looks.
    """
    faults = _faults(findings)
    cuts = {place for finding in faults for span in _spans(finding) for place in span}
    document, lines = _prepared(source, text, cuts, title, on)
    runs = [piece for line in lines for piece in line.runs]
    for finding in faults:
        spans = _spans(finding) or [runs[0][0]]
        for at, span in enumerate(spans):
            # A run that could not be cut is taken whole.
            within = [run for place, run in runs if place[0] < span[1] and span[0] < place[1]]
            if finding["passages"]:
                for run in within:
                    _shade(run, _COLOURS[finding["severity"]])
            told = _comment(finding) if at == 0 else f"Même constat : {finding['title']}"
            document.add_comment(
                [within[0], within[-1]], text=told, author=AUTHOR, initials=_INITIALS
            )
    return _saved(document, on)


def corrected_copy(
    text: str,
    findings: Sequence[Finding],
    *,
    title: str,
    on: date,
    source: bytes | None = None,
) -> bytes:
    """The text with the clauses proposed as tracked insertions, what they replace as deletions.

    A passage is deleted only where a clause is proposed for it; where sound words go with it, the
    clause that says the same is inserted too. What is missing is inserted after the last clause
    of its area, or at the end.

    Args:
        text: The terms as they were audited.
        findings: Those of the audit, as JSON.
        title: Of the file, if it is not the client's own.
        on: Day that changes bear.
        source: The client's own Word file, as for `annotated_copy`.
    """
    faults = [finding for finding in _faults(findings) if finding["wording"]]
    deleted = _union(span for finding in faults for span in _spans(finding))
    cuts = {place for span in deleted for place in span}
    document, lines = _prepared(source, text, cuts, title, on)
    changes = _Changes(on)
    first = lines[0].runs[0][1]
    document.add_comment([first, first], text=_NOTICE, author=AUTHOR, initials=_INITIALS)
    for line in lines:
        for place, run in line.runs:
            if any(start <= place[0] and place[1] <= end for start, end in deleted):
                changes.delete(run)
    lost = [finding for finding in findings if _is_lost(finding, deleted)]
    after = _insertions(text, [*faults, *lost], findings)
    ends = [*(line.start for line in lines[1:]), len(text) + 1]
    for line, until in zip(lines, ends, strict=True):
        previous = line.paragraph
        for at in sorted(at for at in after if line.start < at <= until):
            for wording in after[at]:
                previous = changes.insert(previous, wording)
    return _saved(document, on)


def _faults(findings: Sequence[Finding]) -> list[Finding]:
    faults = [finding for finding in findings if finding["outcome"] in _FAULTS]
    return sorted(faults, key=lambda finding: SEVERITIES.index(finding["severity"]))


def _spans(finding: Finding) -> list[Span]:
    return [(passage["start"], passage["end"]) for passage in finding["passages"]]


def _shade(run: Run, colour: str) -> None:
    """Colour what is behind a run, once: the gravest finding comes first."""
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx knows highlights only
    if properties.find(qn("w:shd")) is None:
        shade = OxmlElement("w:shd")
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
            shade.set(qn(name), value)
        properties.append(shade)


def _comment(finding: Finding) -> str:
    absent = "" if finding["passages"] else f" \u2013 {_ABSENT}"
    told = [
        f"{_LABELS[finding['severity']]}{absent} \u2013 {finding['title']}",
        " ; ".join(finding["articles"]),
        finding["explanation"],
        finding["sanction"],
        f"Recommandation : {finding['recommendation']}",
    ]
    if finding["wording"]:
        told.append(f"Rédaction proposée : {finding['wording']}")
    return "\n".join(told)


def _is_lost(finding: Finding, deleted: Sequence[Span]) -> bool:
    """Whether all that meets a rule is deleted, and a clause can take its place."""
    spans = _spans(finding)
    return bool(finding["outcome"] == "compliant" and finding["wording"] and spans) and all(
        any(first <= start and end <= last for first, last in deleted) for start, end in spans
    )


def _union(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _insertions(
    text: str, faults: Sequence[Finding], findings: Sequence[Finding]
) -> dict[int, list[str]]:
    """The clauses to insert by the place they come after; each clause once."""
    found = clauses(text)
    after: dict[int, list[str]] = {}
    known: set[str] = set()
    # a clause that replaces words stands where they were, even if something missing asks for it too
    for finding in sorted(faults, key=lambda each: not each["passages"]):
        wording = finding["wording"]
        if wording in known:
            continue
        known.add(wording)
        after.setdefault(_place(text, finding, findings, found), []).append(wording)
    return after


def _place(
    text: str, finding: Finding, findings: Sequence[Finding], found: Sequence[Clause]
) -> int:
    if finding["passages"]:
        return int(finding["passages"][0]["end"])
    akin = [
        other["passages"][0]["start"]
        for other in findings
        if other["passages"]
        and other["area"] == finding["area"]
        and _scope(other) == _scope(finding)
    ]
    return clause_at(found, max(akin)).end if akin else len(text)


def _scope(finding: Finding) -> str:
    return str(finding["rule_id"]).split("-")[1]


def _prepared(
    source: bytes | None, text: str, cuts: set[int], title: str, on: date
) -> tuple[Any, list[_Line]]:
    """The client's own file if the text is its text, cut as `_written` cuts; else one written."""
    if source is not None:
        document = Document(io.BytesIO(source))
        found, lines = read_lines(document)
        if found == text:
            return document, [_cut(document, line, cuts) for line in lines]
    return _written(text, cuts, title, on)


def _cut(document: Any, line: WordLine, cuts: set[int]) -> _Line:
    """A paragraph of a client's file whose runs begin and end at the places given."""
    cut = _Line(
        start=line.start,
        end=line.start + len(line.text),
        paragraph=Paragraph(line.paragraph, document),
    )
    at = line.start
    for element, text in line.runs:
        places = [
            at,
            *sorted(place for place in cuts if at < place < at + len(text)),
            at + len(text),
        ]
        pieces = _split(element, text, [place - at for place in places[1:-1]])
        spans = list(pairwise(places)) if len(pieces) == len(places) - 1 else [(at, at + len(text))]
        cut.runs += [
            (span, Run(piece, cut.paragraph)) for span, piece in zip(spans, pieces, strict=True)
        ]
        at += len(text)
    return cut


def _split(element: Any, text: str, places: Sequence[int]) -> list[Any]:
    """A run as several, if it holds nothing but one text; else as it is."""
    words = element.findall(qn("w:t"))
    others = [child for child in element if child.tag not in {qn("w:rPr"), qn("w:t")}]
    if not places or others or len(words) != 1 or words[0].text != text:
        return [element]
    pieces = [element]
    for first, last in pairwise([*places, len(text)]):
        piece = copy.deepcopy(element)
        _say(piece, text[first:last])
        pieces[-1].addnext(piece)
        pieces.append(piece)
    _say(element, text[: places[0]])
    return pieces


def _say(element: Any, text: str) -> None:
    words = element.find(qn("w:t"))
    words.text = text
    words.set(qn("xml:space"), "preserve")


def _written(text: str, cuts: set[int], title: str, on: date) -> tuple[Any, list[_Line]]:
    """The text as paragraphs, a line each, cut into runs at the places given."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = AUTHOR
    document.core_properties.language = "fr-FR"
    document.core_properties.created = document.core_properties.modified = _instant(on)
    headings = {clause.start for clause in clauses(text) if clause.heading or clause.number}
    lines: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        if raw.strip():
            line = _Line(start=start, end=end, paragraph=document.add_paragraph())
            places = [start, *sorted(place for place in cuts if start < place < end), end]
            for first, last in pairwise(places):
                run = line.paragraph.add_run(text[first:last])
                run.bold = True if start in headings else None
                line.runs.append(((first, last), run))
            lines.append(line)
        start = end + 1
    return document, lines


class _Changes:
    """Tracked changes of one author on one day, numbered through the file."""

    def __init__(self, on: date) -> None:
        self.at = _instant(on).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.number = 0

    def delete(self, run: Run) -> None:
        """Mark a run as deleted."""
        element = run._r  # noqa: SLF001 - python-docx knows no tracked changes
        mark = self._mark("w:del")
        element.addprevious(mark)
        mark.append(element)
        for piece in element.findall(qn("w:t")):
            piece.tag = qn("w:delText")
            piece.set(qn("xml:space"), "preserve")

    def insert(self, after: Paragraph, text: str) -> Paragraph:
        """Insert a paragraph after another; it is the one that was inserted."""
        element = OxmlElement("w:p")
        after._p.addnext(element)  # noqa: SLF001 - as above
        inserted = Paragraph(element, after._parent)  # noqa: SLF001 - as above
        run = inserted.add_run(text)
        mark = self._mark("w:ins")
        run._r.addprevious(mark)  # noqa: SLF001 - as above
        mark.append(run._r)  # noqa: SLF001 - as above
        properties = element.get_or_add_pPr()
        of_mark = OxmlElement("w:rPr")
        of_mark.append(self._mark("w:ins"))
        properties.append(of_mark)
        return inserted

    def _mark(self, name: str) -> Any:
        self.number += 1
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(self.number))
        mark.set(qn("w:author"), AUTHOR)
        mark.set(qn("w:date"), self.at)
        return mark


def _instant(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=UTC)


def _saved(document: Any, on: date) -> bytes:
    """The file, with the same bytes each time: no clock, entries in order."""
    made = io.BytesIO()
    document.save(made)
    at = _instant(on).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "word/comments.xml":
                data = _DATE.sub(rb"\g<1>" + at + rb"\g<2>", data)
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, data)
    return out.getvalue()
