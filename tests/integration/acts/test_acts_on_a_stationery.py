"""The example of every kind on a cabinet's stationery: as valid, and as right in its envelope."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from pathlib import Path

import pikepdf
import pytest

from generators.confinement import CONFINEMENT
from generators.drafting import Draft, draft, template_source
from generators.kind import ActKind
from generators.office import OfficePool
from generators.pdf import finish
from generators.registry import act_kind, act_kinds
from generators.render import compiled
from generators.request import load_snapshot
from generators.stationery import Logo, Stationery, on_stationery
from law.rates import RateTables
from tests.support.own_templates import logo
from tests.support.pdf_words import pages_of, raw_text
from tests.support.verapdf import Verdict, verify_both

KINDS = list(act_kinds().values())
LINES = ("Cabinet Exemple, 12 rue du Modèle, 69000 Lyon", "Membre d'une association agréée")
MAY_SHOW = (90.0, 44.0, 200.0, 90.0)
"""What the window of an envelope may show, in mm (see `test_acts_as_pages`)."""
LOGO = (145.0, 12.0, 190.0, 30.0)


@cache
def example_of(slug: str) -> Draft:
    """The example of a kind, on the stationery of the house."""
    return draft(load_snapshot(act_kind(slug).example), RateTables.load())


LETTERS = [kind for kind in KINDS if {"recipient", "letter"} <= set(example_of(kind.slug).context)]


@pytest.fixture(scope="module")
def pages(pool: OfficePool, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example of each kind, as PDF, with the widest and highest logo there may be."""
    folder = tmp_path_factory.mktemp("stationery")
    picture = CONFINEMENT.picture(logo(900, 360), "")
    stationery = Stationery(
        accent_color="0B5D3B",
        footer_lines=LINES,
        logo=Logo(sha256="0" * 64, alt="Exemple", width=picture.width, height=picture.height),
    )
    files = {}
    for kind in KINDS:
        master = on_stationery(template_source(kind), stationery, picture.png)
        act = draft(load_snapshot(kind.example), RateTables.load(), compiled(master).fill)
        described = {"title": act.title, "author": act.author, "subject": act.subject}
        files[kind.slug] = folder / f"{kind.slug}.pdf"
        files[kind.slug].write_bytes(finish(pool.convert(act.docx), language="fr-FR", **described))
    return files


@pytest.fixture(scope="module")
def verdicts(pages: dict[str, Path]) -> dict[str, dict[str, Verdict]]:
    found = verify_both(pages.values())
    return {slug: found[path] for slug, path in pages.items()}


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_it_is_fit_for_the_archive(kind: ActKind, verdicts: dict[str, dict[str, Verdict]]) -> None:
    assert verdicts[kind.slug]["3b"].failed == ()


@pytest.mark.parametrize("kind", LETTERS, ids=attrgetter("slug"))
def test_a_letter_is_fit_for_readers_of_screens(
    kind: ActKind, verdicts: dict[str, dict[str, Verdict]]
) -> None:
    assert verdicts[kind.slug]["ua1"].failed == ()


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_foot_stands_on_every_page(kind: ActKind, pages: dict[str, Path]) -> None:
    text = re.sub(r"\s", "", raw_text(pages[kind.slug]))
    with pikepdf.open(pages[kind.slug]) as document:
        count = len(document.pages)
    for line in LINES:
        assert text.count(re.sub(r"\s", "", line)) == count


@pytest.mark.parametrize("kind", LETTERS, ids=attrgetter("slug"))
def test_the_window_shows_the_recipient_and_nothing_else(
    kind: ActKind, pages: dict[str, Path]
) -> None:
    seen = [word.text for word in pages_of(pages[kind.slug])[0] if word.touches(*MAY_SHOW)]
    assert seen == " ".join(example_of(kind.slug).context["recipient"]["lines"]).split()


@pytest.mark.parametrize("kind", LETTERS, ids=attrgetter("slug"))
def test_nothing_is_printed_under_the_logo(kind: ActKind, pages: dict[str, Path]) -> None:
    left, top, right, bottom = LOGO
    under = [word for word in pages_of(pages[kind.slug])[0] if word.touches(*LOGO)]
    assert under == []
    with pikepdf.open(pages[kind.slug]) as document:
        assert "/XObject" in document.pages[0].Resources
    assert (right - left, bottom - top) == (45.0, 18.0)
