"""What a document cannot do from inside LibreOffice, beside the proof that it otherwise could."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest

from generators.office import DocumentNotConvertible, OfficePool
from generators.office_profile import Installation, build_profile, runtime_folder
from generators.pdf_pages import page_png
from tests.support.office import eventually, office_pids
from tests.support.word_letters import with_outside_image, writing_macro

OPEN_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>false</value></prop></item>
</oor:items>"""


class Visited(ThreadingHTTPServer):
    """A local server that remembers who asked for what."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.paths: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: Visited

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names that http.server gives

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Visited]:
    with Visited() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def open_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile in which nothing is shut, to prove that the documents do what they say."""
    profile = tmp_path_factory.mktemp("open")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(OPEN_PROFILE, encoding="utf-8")
    return profile


def convert_as_people_do(source: Path, profile: Path) -> Path:
    """LibreOffice's own command line, on a profile of ours or an open one; the PDF it makes."""
    with runtime_folder() as folder:
        command = ["--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
        for _ in range(3):
            with _office(command, profile, folder) as office:
                if office.wait(60) != 81:
                    break
    return source.with_suffix(".pdf")


def open_as_people_do(source: Path, profile: Path, marker: Path, *, seconds: float) -> bool:
    """Open a document and leave it open until it has made its mark, or for a time."""
    with runtime_folder() as folder:
        for _ in range(3):
            with _office([str(source)], profile, folder) as office:
                made = eventually(
                    lambda: marker.exists() or office.poll() is not None, seconds=seconds
                )
                office.kill()
                if not made or marker.exists():
                    return marker.exists()
    return False


def _office(arguments: list[str], profile: Path, folder: Path) -> subprocess.Popen[bytes]:
    binary = str(Installation.find(None, None).binary)
    options = ["--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    environ = dict(os.environ, HOME=str(folder), SAL_USE_VCLPLUGIN="svp")
    return subprocess.Popen([binary, *options, *arguments], env=environ)  # noqa: S603 - ours


def _images(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return sum(len(page.get_images()) for page in document.pages)


def test_address_in_a_document_is_not_visited(
    pool: OfficePool, server: Visited, open_profile: Path, tmp_path: Path
) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(with_outside_image(f"http://127.0.0.1:{server.server_port}/open.png"))
    convert_as_people_do(source, open_profile)
    assert "/open.png" in server.paths, "the document does not do what the test needs"
    server.paths.clear()
    pool.convert(with_outside_image(f"http://127.0.0.1:{server.server_port}/pool.png"))
    assert server.paths == []


def test_profile_alone_keeps_an_address_from_being_visited(
    work_dir: Path, server: Visited, tmp_path: Path
) -> None:
    """Where the process may not be given a network of its own, this is what stands."""
    profile = build_profile(Installation.find(None, None), work_dir)
    source = tmp_path / "letter.docx"
    source.write_bytes(with_outside_image(f"http://127.0.0.1:{server.server_port}/a.png"))
    assert convert_as_people_do(source, profile).is_file()
    assert server.paths == []


def test_file_of_the_machine_is_not_drawn(
    pool: OfficePool, open_profile: Path, two_pages: bytes, tmp_path: Path
) -> None:
    picture = tmp_path / "secret.png"
    picture.write_bytes(page_png(pool.convert(two_pages), 1, dpi=36))
    source, made = tmp_path / "letter.docx", tmp_path / "pool.pdf"
    source.write_bytes(with_outside_image(picture.as_uri()))
    assert _images(convert_as_people_do(source, open_profile)) == 1, "it is no such document"
    made.write_bytes(pool.convert(source.read_bytes()))
    assert _images(made) == 0


def test_macro_is_not_run(
    pool: OfficePool, work_dir: Path, open_profile: Path, tmp_path: Path
) -> None:
    marker, source = tmp_path / "marker", tmp_path / "macro.odt"
    source.write_bytes(writing_macro(str(marker)))
    assert open_as_people_do(source, open_profile, marker, seconds=20), "it has no such macro"
    marker.unlink()
    with suppress(DocumentNotConvertible):
        pool.convert(source.read_bytes())
    assert not marker.exists()
    profile = build_profile(Installation.find(None, None), work_dir)
    assert not open_as_people_do(source, profile, marker, seconds=4)


def test_process_has_no_network_of_ours_where_that_is_allowed(pool: OfficePool) -> None:
    pool.ping()
    if os.geteuid() != 0:
        pytest.skip("only root may give a process a network of its own")
    ours = Path("/proc/self/ns/net").readlink()
    assert all(Path(f"/proc/{pid}/ns/net").readlink() != ours for pid in office_pids())


def test_environment_of_the_process_has_nothing_of_ours(
    work_dir: Path, two_pages: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINUTIER_S3_SECRET_KEY", "s3cret")
    before = set(office_pids())
    with OfficePool(1, work_dir) as pool:
        pool.convert(two_pages)
        (pid,) = set(office_pids()) - before
        assert b"s3cret" not in Path(f"/proc/{pid}/environ").read_bytes()
