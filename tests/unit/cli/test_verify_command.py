"""`minutier verify`: 0 it holds, 1 it does not, 2 unreadable, and says so in plain words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cli.main import main
from tests.support.evidence import Dossier, contents_of

ZIPPED = Dossier().zip()


def letters() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("courrier.docx", b"letter")
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_package_that_holds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "evidence.zip").write_bytes(ZIPPED)
    assert main(["verify", "evidence.zip"]) == 0
    said = capsys.readouterr()
    assert "Le dossier TIENT pour ce qui peut être vérifié hors ligne" in said.out
    assert said.err == ""


def test_a_package_that_does_not_hold(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = bytearray(ZIPPED)
    changed[ZIPPED.index(b"%PDF-1.7")] ^= 1
    (folder / "evidence.zip").write_bytes(changed)
    assert main(["verify", "evidence.zip"]) == 1
    said = capsys.readouterr().out
    assert "Le dossier NE TIENT PAS" in said
    assert "où : act.pdf" in said


def test_the_folder_it_was_unpacked_to(folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(ZIPPED)) as archive:
        archive.extractall(folder / "dossier")
    assert main(["verify", "dossier"]) == 0
    (folder / "dossier/act/avenant.pdf").write_bytes(b"%PDF-1.7")
    assert main(["verify", "dossier"]) == 1


def test_a_package_cut_short(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "evidence.zip").write_bytes(ZIPPED[:-500])
    assert main(["verify", "evidence.zip"]) == 1
    assert "table des matières du zip illisible" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("vide.zip", b"", "le fichier est vide"),
        ("acte.pdf", b"%PDF-1.7\n%", "c'est un PDF, non un dossier de preuve"),
        ("début.zip", ZIPPED[:600], "coupé avant la fin de son premier fichier"),
        ("notes.txt", b"bonjour", "ce n'est pas un fichier zip"),
        ("-x.zip", b"bonjour", "ce n'est pas un fichier zip"),
        ("autre.zip", letters(), "ce fichier zip n'est pas un dossier de preuve"),
    ],
)
def test_what_is_no_package(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, words: str
) -> None:
    (folder / name).write_bytes(data)
    assert main(["verify", "--", name]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert "Illisible : " in said.err
    assert ascii(name)[1:-1] in said.err, "the file is named"
    assert said.out == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [("nulle-part.zip", "ce fichier n'existe pas"), (".", "n'est pas un dossier de preuve")],
)
def test_what_is_not_there(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (folder / "something.txt").write_text("else")
    assert main(["verify", name]) == 2
    assert words in capsys.readouterr().err


def test_no_file_named_is_a_use_that_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["verify"])
    assert ended.value.code == 2
    assert "usage: minutier verify" in capsys.readouterr().err


def test_a_package_without_its_manifest_does_not_hold(folder: Path) -> None:
    kept = {name: data for name, data in contents_of(ZIPPED).items() if name != "manifest.json"}
    with zipfile.ZipFile(folder / "evidence.zip", "w") as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
    assert main(["verify", "evidence.zip"]) == 1
