# ruff: noqa: SLF001 - python-docx says how to reach the XML of its objects
"""Redlines of edited documents: every change tracked, true both ways, opened by LibreOffice."""

from __future__ import annotations

import copy
import io
import json
import resource
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx.table import _Row
from lxml import etree

from generators.drafting import draft
from generators.office import OfficePool
from generators.package import W
from generators.redline import RedlineEngine, RedlineNotProved, RedlineUnavailable
from generators.request import load_request
from law.rates import RateTables
from tests.support.edits import by_word, with_comment, with_tracked_insertion
from tests.support.http import EXAMPLE
from tests.support.pdf_words import raw_text
from tests.support.word_letters import letter

AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
AUTHOR = "Jeanne Martin"
DUE = "15\u202f380,76"


@pytest.fixture(scope="module")
def act() -> bytes:
    """A formal notice as it is generated."""
    request = load_request(json.loads(json.dumps(dict(EXAMPLE))), date(2026, 11, 24))
    return draft(request, RateTables.load()).docx


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> RedlineEngine:
    return RedlineEngine(tmp_path_factory.mktemp("engines"))


def long_ones(document: Any) -> list[Any]:
    return [paragraph for paragraph in document.paragraphs if len(paragraph.text) > 60]


def largest_table(document: Any) -> Any:
    return max(document.tables, key=lambda table: len(table.rows))


def insert_paragraph(document: Any) -> None:
    long_ones(document)[2].insert_paragraph_before("Un paragraphe de plus, avant celui-ci.")


def delete_paragraph(document: Any) -> None:
    gone = long_ones(document)[2]._element
    gone.getparent().remove(gone)


def move_paragraph(document: Any) -> None:
    found = long_ones(document)
    found[-1]._element.addnext(found[0]._element)


def change_words(document: Any) -> None:
    run = long_ones(document)[1].runs[0]
    run.text = run.text.replace(" ", " très ", 2)


def change_amount(document: Any) -> None:
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    everywhere = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    runs = [run for one in everywhere for run in one.runs if DUE in run.text]
    assert runs
    for run in runs:
        run.text = run.text.replace(DUE, "15\u202f830,76")


def delete_row(document: Any) -> None:
    row = largest_table(document).rows[2]._element
    row.getparent().remove(row)


def add_row(document: Any) -> None:
    table = largest_table(document)
    made = copy.deepcopy(table.rows[2]._element)
    table.rows[2]._element.addnext(made)
    _Row(made, table).cells[0].text = "Ligne ajoutée"


def change_header_and_footer(document: Any) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].add_run(" CONFIDENTIEL")
    section.footer.paragraphs[0].add_run(" — exemplaire relu")


def split_paragraph(document: Any) -> None:
    paragraph = long_ones(document)[1]
    text = paragraph.text
    paragraph.insert_paragraph_before(text[:40])
    paragraph.runs[0].text = text[40:]
    for run in paragraph.runs[1:]:
        run.text = ""


def change_all_at_once(document: Any) -> None:
    for change in (move_paragraph, change_amount, delete_row, change_header_and_footer):
        change(document)
    document.add_paragraph("Et une ligne à la fin.")


EDITS: list[Callable[[Any], None]] = [
    insert_paragraph,
    delete_paragraph,
    move_paragraph,
    change_words,
    change_amount,
    delete_row,
    add_row,
    change_header_and_footer,
    split_paragraph,
    change_all_at_once,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_accepted_it_is_the_new_text_and_rejected_the_old_one(
    act: bytes, engine: RedlineEngine, edit: Callable[[Any], None], pool: OfficePool
) -> None:
    edited = by_word(act, edit)
    made = engine.redline(act, edited, author=AUTHOR, at=AT)
    assert said(made, gone=("del", "moveFrom")) == said(edited)
    assert said(made, gone=("ins", "moveTo")) == said(act)
    changes = tracked(made)
    assert changes
    for change in changes:
        assert change.get(f"{W}author") == AUTHOR
        assert change.get(f"{W}date") == "2026-11-25T10:00:00Z"
    assert pool.convert(made).startswith(b"%PDF-")


def test_libreoffice_opens_it_and_shows_what_was_struck_and_what_was_put(
    act: bytes, engine: RedlineEngine, pool: OfficePool, tmp_path: Path
) -> None:
    made = engine.redline(act, by_word(act, change_all_at_once), author=AUTHOR, at=AT)
    (tmp_path / "redline.pdf").write_bytes(pool.convert(made))
    shown = raw_text(tmp_path / "redline.pdf")
    assert "380,76" in shown
    assert "830,76" in shown
    assert "CONFIDENTIEL" in shown


def test_versions_that_say_the_same_have_no_change(act: bytes, engine: RedlineEngine) -> None:
    assert tracked(engine.redline(act, act, author=AUTHOR, at=AT)) == []


def test_what_a_version_left_tracked_counts_as_accepted(act: bytes, engine: RedlineEngine) -> None:
    left = with_comment(with_tracked_insertion(act, "Une phrase proposée."))
    made = engine.redline(act, left, author="--help", at=AT)
    assert "Unephraseproposée." in said(made, gone=("del", "moveFrom"))
    assert said(made, gone=("ins", "moveTo")) == said(act)
    assert {change.get(f"{W}author") for change in tracked(made)} == {"--help"}


def test_sixty_pages_with_three_hundred_edits_take_less_than_five_seconds(
    engine: RedlineEngine,
) -> None:
    def tell_apart(document: Any) -> None:
        for number, paragraph in enumerate(document.paragraphs[4:]):
            for run in paragraph.runs[:1]:
                run.text = f"{number}. {run.text} Pièce {number * 7919 % 1000}."

    before = by_word(letter(paragraphs=520, rows=8), tell_apart)

    def edit(document: Any) -> None:
        for number, paragraph in enumerate(document.paragraphs[6:506]):
            if number % 5 < 3:
                paragraph.runs[0].text = paragraph.runs[0].text.replace(
                    "huit jours", f"{number + 9} jours"
                )

    after = by_word(before, edit)
    engine.redline(before, before, author=AUTHOR, at=AT)  # unpacked before the clock runs
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = engine.redline(before, after, author=AUTHOR, at=AT)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len([one for one in tracked(made) if one.tag == f"{W}ins"]) >= 300
    assert end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime < 5


def test_a_comparison_that_is_not_true_is_not_handed_out(
    act: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = RedlineEngine(tmp_path)
    program = tmp_path / "redline"
    program.write_text('#!/bin/sh\ncp "$2" "$3"\n')
    program.chmod(0o755)
    monkeypatch.setattr(RedlineEngine, "_executable", lambda _: program)
    with pytest.raises(RedlineNotProved):
        engine.redline(act, by_word(act, change_amount), author=AUTHOR, at=AT)
    program.write_text("#!/bin/sh\necho broken >&2; exit 3\n")
    with pytest.raises(RedlineNotProved, match="broken"):
        engine.redline(act, act, author=AUTHOR, at=AT)


def test_a_comparison_that_takes_too_long_is_ended(
    act: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "redline"
    program.write_text("#!/bin/sh\nsleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(RedlineEngine, "_executable", lambda _: program)
    monkeypatch.setattr("generators.redline.TIMEOUT_SECONDS", 0.2)
    with pytest.raises(RedlineUnavailable):
        RedlineEngine(tmp_path).redline(act, act, author=AUTHOR, at=AT)


def said(word: bytes, gone: tuple[str, ...] = ()) -> str:
    """All letters of a file, header and footer last, without what is inside some marks.

    Written apart from the code that it judges: it knows nothing of paragraphs.
    """
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        around = [
            name
            for name in package.namelist()
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
        ]
        parts = [package.read("word/document.xml"), *map(package.read, around)]
    for data in parts:
        root = etree.fromstring(data)
        rows = [
            row
            for row in root.iter(f"{W}tr")
            if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone)
        ]
        for element in [*rows, *root.iter(*(f"{W}{name}" for name in gone))] if gone else []:
            if element.getparent() is not None:
                element.getparent().remove(element)
        texts = root.iter(f"{W}t", f"{W}delText")
        found.append("".join("".join((text.text or "").split()) for text in texts))
    return "|".join([found[0], *sorted(found[1:])])


def tracked(word: bytes) -> list[Any]:
    """Every tracked insertion, deletion and move of a file."""
    names = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
    found: list[Any] = []
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                found += etree.fromstring(package.read(name)).iter(*names)
    return found
