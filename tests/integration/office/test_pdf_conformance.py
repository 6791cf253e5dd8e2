"""Our PDF files before veraPDF, beside files that it must refuse."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from generators.office import OfficePool
from generators.pdf import finish, page_png
from tests.support.verapdf import Verdict, verify_both
from tests.support.word_letters import letter

ABOUT = {
    "title": "Mise en demeure de payer – « A & B »",  # noqa: RUF001 - as titles are
    "author": "Société Exemple <SAS>",
    "subject": "Factures impayées",
    "language": "fr-FR",
}


def _in_object_streams(pdf: bytes) -> bytes:
    """The same file in a layout that LibreOffice does not write."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _with_courier_not_embedded(pdf: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.Standard)
        page.contents_add(b"\n/Artifact BMC BT /Standard 9 Tf 20 20 Td (x) Tj ET EMC\n")
        document.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def verdicts(
    pool: OfficePool, two_pages: bytes, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Verdict]]:
    exported = pool.convert(two_pages)
    files = {
        "finished": finish(exported, **ABOUT),
        "long": finish(pool.convert(letter(paragraphs=80, rows=60)), **ABOUT),
        "other layout": finish(_in_object_streams(exported), **ABOUT),
        "as exported": exported,
        "courier": _with_courier_not_embedded(finish(exported, **ABOUT)),
    }
    folder = tmp_path_factory.mktemp("verapdf")
    paths = {name: folder / f"{name}.pdf" for name in files}
    for name, pdf in files.items():
        paths[name].write_bytes(pdf)
    found = verify_both(paths.values())
    return {name: found[path] for name, path in paths.items()}


@pytest.mark.parametrize("name", ["finished", "long", "other layout"])
@pytest.mark.parametrize("flavour", ["3b", "ua1"])
def test_finished_file_passes(
    verdicts: dict[str, dict[str, Verdict]], name: str, flavour: str
) -> None:
    assert verdicts[name][flavour].failed == ()


def test_control_file_as_exported_fails_for_want_of_the_schema(
    verdicts: dict[str, dict[str, Verdict]],
) -> None:
    assert any(rule.startswith("6.6.2.3.1") for rule in verdicts["as exported"]["3b"].failed)


def test_control_border_as_exported_fails_for_want_of_a_mark(
    verdicts: dict[str, dict[str, Verdict]],
) -> None:
    assert "7.1-3" in verdicts["as exported"]["ua1"].failed


def test_control_font_not_embedded_fails(verdicts: dict[str, dict[str, Verdict]]) -> None:
    assert any(rule.startswith("6.2.11.4.1") for rule in verdicts["courier"]["3b"].failed)


def test_metadata_say_the_same_in_both_places(pool: OfficePool, two_pages: bytes) -> None:
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    pdf = finish(pool.convert(two_pages), **ABOUT, created_at=moment)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        information = {name: str(value) for name, value in document.docinfo.items()}
        xmp = document.open_metadata()
        assert information["/Title"] == xmp["dc:title"] == ABOUT["title"]
        assert [information["/Author"]] == xmp["dc:creator"] == [ABOUT["author"]]
        assert information["/Subject"] == xmp["dc:description"] == ABOUT["subject"]
        assert information["/Producer"] == xmp["pdf:Producer"]
        assert information["/Producer"].startswith("LibreOffice")
        assert information["/CreationDate"] == "D:20261122093000Z"
        assert xmp["xmp:CreateDate"] == "2026-11-22T09:30:00Z"
        assert xmp["pdfaid:part"] == "3"
        assert xmp["pdfuaid:part"] == "1"
        assert str(document.Root.Lang) == "fr-FR"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert all(page.obj.Tabs == "/S" for page in document.pages)


def test_same_export_gives_the_same_bytes(pool: OfficePool, two_pages: bytes) -> None:
    exported = pool.convert(two_pages)
    assert finish(exported, **ABOUT) == finish(exported, **ABOUT)


def test_drawing_is_the_same_before_and_after(pool: OfficePool, two_pages: bytes) -> None:
    exported = pool.convert(two_pages)
    finished = finish(exported, **ABOUT)
    for page in (1, 2):
        assert page_png(finished, page) == page_png(exported, page)


@pytest.mark.parametrize(("dpi", "size"), [(96, (794, 1123)), (48, (397, 562))])
def test_picture_of_a_page_has_the_size_of_a4(
    pool: OfficePool, two_pages: bytes, dpi: int, size: tuple[int, int]
) -> None:
    png = page_png(pool.convert(two_pages), 2, dpi=dpi)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == size


def test_bookmarks_lead_to_the_headings(pool: OfficePool, two_pages: bytes) -> None:
    with pikepdf.open(io.BytesIO(finish(pool.convert(two_pages), **ABOUT))) as document:
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Mise en demeure de payer"]
        assert Path(str(document.Root.StructTreeRoot.Type)).name == "StructTreeRoot"
