"""A Word file in, a PDF out, and what the pool tells of itself."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pikepdf
import pytest

from generators.office import DocumentNotConvertible, OfficePool, OfficeUnavailable
from generators.office_member import Member
from generators.office_profile import Installation
from generators.pdf import page_count
from tests.support.office import eventually, office_pids, run_tool
from tests.support.word_letters import letter


def _text(pdf: bytes) -> str:
    return run_tool("pdftotext", "-layout", "-", "-", given=pdf)


def test_letter_becomes_a_pdf_of_two_pages_with_its_text(
    pool: OfficePool, two_pages: bytes
) -> None:
    pdf = pool.convert(two_pages)
    assert page_count(pdf) == 2
    text = _text(pdf)
    assert "Mise en demeure de payer" in text
    assert text.count("FA-2026-00") == 8
    assert "1 240,50 €" in text


def test_properties_given_are_those_of_the_pdf(pool: OfficePool, two_pages: bytes) -> None:
    pdf = pool.convert(
        two_pages, title="Titre é", author="Auteur", subject="Sujet", language="fr-FR"
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        info = {name: str(document.docinfo[name]) for name in ("/Title", "/Author", "/Subject")}
    assert info == {"/Title": "Titre é", "/Author": "Auteur", "/Subject": "Sujet"}


def test_property_not_given_stays_that_of_the_word_file(pool: OfficePool, two_pages: bytes) -> None:
    with pikepdf.open(io.BytesIO(pool.convert(two_pages))) as document:
        assert str(document.docinfo["/Title"]) == "Mise en demeure de payer"


def test_nothing_of_one_document_is_in_the_next(pool: OfficePool) -> None:
    pool.convert(letter(reference="PREMIERE"), title="Premier titre")
    after = pool.convert(letter(reference="SECONDE"))
    assert "SECONDE" in _text(after)
    assert b"PREMIERE" not in after
    assert "PREMIERE" not in _text(after)
    with pikepdf.open(io.BytesIO(after)) as document:
        assert str(document.docinfo["/Title"]) == "Mise en demeure de payer"


def test_every_font_is_embedded(pool: OfficePool, two_pages: bytes, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(pool.convert(two_pages))
    listing = run_tool("pdffonts", str(tmp_path / "letter.pdf")).splitlines()[2:]
    assert len(listing) >= 2
    assert all("Carlito" in line or "Liberation" in line for line in listing), listing
    assert all(line.split()[-5] == "yes" for line in listing), listing


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"not a Word file", id="text"),
        pytest.param(letter()[:4000], id="cut short"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, id="encrypted container"),
    ],
)
def test_what_is_not_a_word_file_is_refused_and_the_process_lives(
    pool: OfficePool, two_pages: bytes, data: bytes
) -> None:
    pool.ping()
    restarts = pool.counters.restarts.total()
    with pytest.raises(DocumentNotConvertible):
        pool.convert(data)
    assert pool.counters.restarts.total() == restarts
    assert page_count(pool.convert(two_pages)) == 2


def test_pool_of_two_converts_two_documents_at_once(
    work_dir: Path, slow_document: bytes, two_pages: bytes
) -> None:
    with OfficePool(2, work_dir, timeout_seconds=120) as pool:
        pool.warm()
        assert len(office_pids()) >= 2
        slow = threading.Thread(target=pool.convert, args=(slow_document,))
        slow.start()
        assert eventually(lambda: len(pool._free) == 1)  # noqa: SLF001 - the slow one is under way
        for _ in range(3):
            pool.convert(two_pages)
        assert slow.is_alive()
        slow.join()
        assert pool.counters.conversions == 4
        assert pool.counters.started == 2


def test_caller_of_a_busy_pool_is_turned_away_in_time(
    work_dir: Path, slow_document: bytes, two_pages: bytes
) -> None:
    with OfficePool(1, work_dir, timeout_seconds=120, wait_seconds=0.05) as pool:
        pool.warm()
        slow = threading.Thread(target=pool.convert, args=(slow_document,))
        slow.start()
        assert eventually(lambda: not pool._free)  # noqa: SLF001 - the slow one is under way
        with pytest.raises(OfficeUnavailable, match="busy"):
            pool.convert(two_pages)
        slow.join()
        assert pool.counters.turned_away == 1
        assert page_count(pool.convert(two_pages)) == 2


def test_version_is_that_of_the_running_program(pool: OfficePool) -> None:
    name, number = pool.version.split()
    assert name == "LibreOffice"
    assert number.count(".") == 3


def test_ping_converts_once_within_two_seconds(work_dir: Path) -> None:
    with OfficePool(1, work_dir) as pool:
        for _ in range(5):
            pool.ping()
        assert pool.counters.conversions == 1


def test_empty_profile_is_started_again_when_it_asks_so(tmp_path: Path, two_pages: bytes) -> None:
    (tmp_path / "empty").mkdir()
    member = Member(Installation.find(None, None), tmp_path / "empty")
    try:
        assert page_count(member.convert(two_pages, {}, timeout_seconds=30)) == 2
    finally:
        member.kill()


def test_closed_pool_says_so(work_dir: Path, two_pages: bytes) -> None:
    pool = OfficePool(1, work_dir)
    pool.convert(two_pages)
    pool.close()
    with pytest.raises(OfficeUnavailable, match="closed"):
        pool.convert(two_pages)


def test_closing_ends_a_conversion_under_way_and_leaves_nothing(
    work_dir: Path, slow_document: bytes
) -> None:
    before = set(office_pids())
    pool = OfficePool(1, work_dir, timeout_seconds=120)
    pool.warm()
    told: list[Exception] = []

    def convert() -> None:
        try:
            pool.convert(slow_document)
        except OfficeUnavailable as error:
            told.append(error)

    slow = threading.Thread(target=convert)
    slow.start()
    assert eventually(lambda: not pool._free)  # noqa: SLF001 - it is under way
    pool.close()
    slow.join()
    assert [str(error) for error in told] == ["the pool is closed"]
    assert eventually(lambda: set(office_pids()) <= before)


def test_warming_says_why_a_process_does_not_start(work_dir: Path) -> None:
    with (
        OfficePool(2, work_dir, python="/bin/false") as pool,
        pytest.raises(OfficeUnavailable, match="does not start"),
    ):
        pool.warm()
