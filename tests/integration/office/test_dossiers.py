"""An act bound with its exhibits: stamps, list, bookmarks, and what the file claims."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from generators.dossier import Dossier, DossierOf, ExhibitFile, bind
from generators.office import OfficePool
from generators.pdf import PdfUnreadable, finish, page_count
from tests.support.verapdf import verify
from tests.support.word_letters import letter

ABOUT = {"author": "Aluminium Fictif SA", "subject": "", "language": "fr-FR"}


OF = DossierOf(title="Requête", reference="IP-1", made_on=date(2026, 11, 22))


@pytest.fixture(scope="module")
def act(pool: OfficePool) -> bytes:
    return finish(pool.convert(letter()), title="Requête", **ABOUT)


@pytest.fixture(scope="module")
def invoice(pool: OfficePool) -> bytes:
    return finish(pool.convert(letter(paragraphs=4, rows=2)), title="Facture", **ABOUT)


def scan(*, turned: int = 0, size: tuple[int, int] = (595, 842)) -> bytes:
    """A page as a scanner makes it: no text, no metadata, perhaps lying on its side."""
    document = pikepdf.new()
    document.add_blank_page(page_size=size)
    document.pages[0].obj["/Rotate"] = turned
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def exhibit(label: str, pdf: bytes) -> ExhibitFile:
    return ExhibitFile(number=1, label=label, on=date(2026, 3, 31), pdf=pdf)


def bound(pool: OfficePool, act: bytes, *exhibits: ExhibitFile) -> Dossier:
    numbered = [replace(one, number=at) for at, one in enumerate(exhibits, start=1)]
    return bind(act, numbered, OF, convert=pool.convert)


def words(pdf: bytes, page: int) -> list[tuple[float, float, str]]:
    """The words of a page where a reader sees them, from its upper left corner in points."""
    done = subprocess.run(  # noqa: S603 - our own file
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"],  # noqa: S607
        input=pdf, capture_output=True, check=True,
    )  # fmt: skip
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', done.stdout.decode()
    )
    return [(float(x), float(y), text) for x, y, text in found]


def test_exhibits_follow_the_act_and_their_list(
    pool: OfficePool, act: bytes, invoice: bytes
) -> None:
    made = bound(pool, act, exhibit("Facture", invoice), exhibit("Bon", scan()))
    first = page_count(act) + 2
    assert made.first_pages == [first, first + page_count(invoice)]
    assert page_count(made.pdf) == page_count(act) + 1 + page_count(invoice) + 1
    listed = [text for _, _, text in words(made.pdf, page_count(act) + 1)]
    assert {"Facture", "Bon", "31/03/2026", str(made.first_pages[1])} <= set(listed)
    assert "Page" not in listed


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595), (300, 200), (1190, 1684)])
def test_each_page_is_stamped_above_on_the_right_as_it_is_seen(
    pool: OfficePool, act: bytes, turned: int, size: tuple[int, int]
) -> None:
    made = bound(pool, act, exhibit("Plan", scan(turned=turned, size=size)))
    seen_width, seen_height = size if turned in {0, 180} else size[::-1]
    stamp = words(made.pdf, made.first_pages[0])
    assert " ".join(text for _, _, text in stamp).replace("\u00a0", " ") == "Pièce n° 1"
    assert all(x > seen_width / 2 and y < seen_height / 3 for x, y, _ in stamp)


def test_a_stamp_has_the_number_of_its_exhibit(
    pool: OfficePool, act: bytes, invoice: bytes
) -> None:
    made = bound(pool, act, exhibit("A", invoice), exhibit("B", scan()))
    printed = " ".join(text for _, _, text in words(made.pdf, made.first_pages[1]))
    assert "2" in printed
    assert "1" not in printed


def test_bookmarks_lead_to_the_exhibits(pool: OfficePool, act: bytes, invoice: bytes) -> None:
    made = bound(pool, act, exhibit("Facture", invoice), exhibit("Bon & <plan>", scan()))
    with pikepdf.open(io.BytesIO(made.pdf)) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root[-3:]]
    assert titles == [
        "Bordereau des pièces",
        "Pièce n°\u00a01 \u2013 Facture",
        "Pièce n°\u00a02 \u2013 Bon & <plan>",
    ]


def test_the_dossier_stays_archival_with_archival_exhibits(
    pool: OfficePool, act: bytes, invoice: bytes, tmp_path: Path
) -> None:
    made = bound(pool, act, exhibit("Facture", invoice), exhibit("Copie", invoice))
    assert (made.is_archival, made.reasons) == (True, [])
    path = tmp_path / "dossier.pdf"
    path.write_bytes(made.pdf)
    assert verify([path], "3b")[path].failed == ()
    with pikepdf.open(path) as document:
        metadata = document.open_metadata()
        assert metadata["pdfaid:part"] == "3"
        assert "pdfuaid:part" not in metadata


def test_it_says_which_exhibit_is_not_archival_and_claims_nothing(
    pool: OfficePool, act: bytes, invoice: bytes
) -> None:
    made = bound(pool, act, exhibit("Facture", invoice), exhibit("Scan", scan()))
    assert made.is_archival is False
    assert made.reasons == [(2, "it does not declare PDF/A")]
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert "pdfaid:part" not in document.open_metadata()


def test_what_runs_in_an_exhibit_does_not_run_in_the_dossier(pool: OfficePool, act: bytes) -> None:
    document = pikepdf.new()
    page = document.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    page.obj["/AA"] = pikepdf.Dictionary(O=script)
    page.obj["/Annots"] = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=script,
                Rect=pikepdf.Array([0, 0, 9, 9]),
            )
        ]
    )  # fmt: skip
    file = io.BytesIO()
    document.save(file)
    made = bound(pool, act, exhibit("Piège", file.getvalue()))
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        last = opened.pages[made.first_pages[0] - 1].obj
        assert "/AA" not in last
        assert len(last["/Annots"]) == 0
    assert b"JavaScript" not in made.pdf


def test_many_exhibits_are_listed_on_as_many_pages_as_they_need(
    pool: OfficePool, act: bytes
) -> None:
    made = bound(pool, act, *(exhibit(f"Bon n° {at}", scan()) for at in range(1, 61)))
    of_list = made.first_pages[0] - 1 - page_count(act)
    assert of_list > 1
    assert page_count(made.pdf) == page_count(act) + of_list + 60
    assert [text for _, _, text in words(made.pdf, made.first_pages[59])][-1].endswith("60")


def test_the_act_is_not_touched(pool: OfficePool, act: bytes) -> None:
    before = bytes(act)
    bound(pool, act, exhibit("Scan", scan()))
    assert act == before


@pytest.mark.parametrize("broken", [b"not a PDF", b""])
def test_a_damaged_exhibit_is_named(pool: OfficePool, act: bytes, broken: bytes) -> None:
    with pytest.raises(PdfUnreadable, match="exhibit 2"):
        bound(pool, act, exhibit("Scan", scan()), exhibit("Cassé", broken))
