"""The pages of every act: valid, whole, and right on paper and in its envelope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from generators.kind import Context
from tests.support.golden import CASES, case_name, made
from tests.support.pdf_words import Word, pages_of, raw_text
from tests.support.verapdf import verify_both

pytestmark = pytest.mark.timeout(600)  # one test converts and judges all of a kind
LETTERS = [case for case in CASES if "recipient" in made(case).context]
FITTING = [
    case for case in LETTERS if all(check.code != "address-too-long" for check in made(case).checks)
]
MAY_SHOW = (90.0, 44.0, 200.0, 90.0)
"""What the window of a DL envelope may show of a sheet folded in three that slips in it, in mm."""
ALWAYS_SHOWS = (100.0, 55.0, 190.0, 79.0)
NEW_SHEETS = {"Annexe", "Duplicata", "État", "Pouvoir"}
"""First words of pages that begin of purpose: an annex, a power, the next of several documents."""
_FOOT = 275.0
_BODY_HEIGHT = 251.0


KINDS = sorted({case.parent.parent.name for case in CASES})


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_are_fit_for_the_archive_and_for_readers_of_screens(
    kind: str, pdfs: Mapping[Path, Path]
) -> None:
    """All files of a kind at once: a Java machine takes longer to start than to read them."""
    of_kind = {pdfs[case]: case_name(case) for case in CASES if case.parent.parent.name == kind}
    failed = {
        (of_kind[path], flavour): verdict.failed
        for path, verdicts in verify_both(of_kind).items()
        for flavour, verdict in verdicts.items()
        if not verdict.passed
    }
    assert failed == {}


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_every_required_value_is_on_the_pages(case: Path, pdfs: Mapping[Path, Path]) -> None:
    act = made(case)
    running = list(_running(act.context))
    printed = _bare(raw_text(pdfs[case]), running)
    missing = [
        value for value in act.kind.required(act.context) if _bare(value, running) not in printed
    ]
    assert missing == []


def _running(context: Context) -> Iterator[str]:
    """What is drawn between the end of one page and the beginning of the next."""
    letter = context.get("letter", {})
    yield from (letter[name] for name in ("continuation", "reference", "footer") if name in letter)
    if "recipient" in context:
        yield context["sender"]["name"]
        yield from (*context["sender"]["lines"], *context["recipient"]["lines"])


def _bare(text: str, running: list[str]) -> str:
    """A text without blanks, which the ends of lines change, nor what stands between pages."""
    bare = re.sub(r"\s|Page\s+\d+\s+sur\s+\d+", "", text)
    for line in running:
        bare = bare.replace(re.sub(r"\s", "", line), "")
    return bare


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_its_only_font_is_ours_and_embedded(case: Path, pdfs: Mapping[Path, Path]) -> None:
    with pikepdf.open(pdfs[case]) as document:
        fonts = {
            str(descriptor.FontName)
            for descriptor in document.objects
            if isinstance(descriptor, pikepdf.Dictionary)
            and descriptor.get("/Type") == pikepdf.Name.FontDescriptor
        }
    assert fonts
    assert {re.sub(r"^/[A-Z]{6}\+|-.*", "", font) for font in fonts} == {"Carlito"}


@pytest.mark.parametrize("case", LETTERS, ids=case_name)
def test_the_window_shows_the_recipient_and_nothing_else(
    case: Path, pdfs: Mapping[Path, Path]
) -> None:
    seen = [word for word in pages_of(pdfs[case])[0] if word.touches(*MAY_SHOW)]
    address = " ".join(made(case).context["recipient"]["lines"]).split()
    assert [word.text for word in seen] == address


@pytest.mark.parametrize("case", FITTING, ids=case_name)
def test_the_recipient_stands_where_the_window_always_shows(
    case: Path, pdfs: Mapping[Path, Path]
) -> None:
    left, top, right, bottom = ALWAYS_SHOWS
    for word in _address(pages_of(pdfs[case])[0]):
        assert left <= word.left, word
        assert word.right <= right, word
        assert top <= word.top, word
        assert word.bottom <= bottom, word


def _address(words: list[Word]) -> list[Word]:
    return [word for word in words if word.touches(*MAY_SHOW)]


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_no_page_has_a_hole(case: Path, pdfs: Mapping[Path, Path]) -> None:
    """A quarter of a page may be left by what must stay together; more looks like a mistake."""
    pages = pages_of(pdfs[case])
    for page, following in pairwise(pages):
        body = [word for word in page if word.bottom < _FOOT]
        begins = min((word for word in following if word.top > 20), key=lambda word: word.top)
        left = _FOOT - max(word.bottom for word in body)
        assert left < _BODY_HEIGHT / 4 or begins.text in NEW_SHEETS, f"{left:.0f} mm are left"


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_everything_lies_within_the_margins_that_printers_need(
    case: Path, pdfs: Mapping[Path, Path]
) -> None:
    for number, page in enumerate(pages_of(pdfs[case]), start=1):
        for word in page:
            inside = word.left > 20 and word.right < 195 and word.top > 8 and word.bottom < 290
            assert inside, (number, word)
