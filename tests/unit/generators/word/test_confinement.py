"""A stranger's file is handled where nothing can be reached, in bounded memory and time."""

from __future__ import annotations

import io
import json
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from generators.confinement import CONFINEMENT, Confinement, PictureRefused
from generators.render import DocumentNotMade, compiled
from generators.template_trial import Trial
from tests.support.own_templates import logo
from tests.support.word_templates import DOCUMENT, template

ROOT = Path(__file__).parents[4]
CONTEXT = {"document": DOCUMENT, "lines": ["un", "deux"], "name": "Étang & Fils <SAS>"}
TRIAL = Trial(name="example", context=CONTEXT, required=["Étang & Fils <SAS>"])
ATTEMPTS = {
    "read a file": "open('/etc/passwd').read()",
    "write a file": "open('/tmp/minutier-escape', 'w').write('x')",
    "list a folder": "import os; os.listdir('/etc')",
    "reach the network": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "make a socket": "import socket; socket.socket()",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "take all memory": "bytearray(2 * 1024**3)",
}


@pytest.fixture
def own() -> Iterator[Confinement]:
    confinement = Confinement()
    yield confinement
    confinement.close()


def confined(code: str, *, seconds: int = 5) -> subprocess.CompletedProcess[str]:
    """Run code as a child that handles a file does, after it gave everything up."""
    program = (
        "import os, resource, socket, subprocess, sys\n"
        "from generators.confinement_child import _confine\n"
        f"_confine((1, 2), {seconds})\n"
        "try:\n"
        f"    exec({code!r})\n"
        "except (OSError, MemoryError) as error:\n"
        "    os.write(1, type(error).__name__.encode()); os._exit(7)\n"
        "os._exit(0)\n"
    )
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_kernel_refuses_what_a_file_does_not_need(attempt: str) -> None:
    ended = confined(ATTEMPTS[attempt])
    assert ended.returncode == 7, ended.stderr
    assert ended.stdout in {"OSError", "MemoryError", "PermissionError", "BlockingIOError"}


def test_without_confinement_the_same_attempts_succeed() -> None:
    """Else the test above would show nothing."""
    for attempt in ("read a file", "list a folder", "make a socket", "start a program"):
        code = f"import socket, subprocess\n{ATTEMPTS[attempt]}"
        subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)  # noqa: S603 - as above


def test_an_endless_loop_is_ended_by_the_limit_of_processor_time() -> None:
    begun = time.monotonic()
    assert confined("while True: pass", seconds=1).returncode != 0
    assert time.monotonic() - begun < 30


def test_it_fills_as_the_house_does() -> None:
    source = template("{{ name }}", "{%p for line in lines %}", "{{ line }}", "{%p endfor %}")
    made, expected = CONFINEMENT.fill(source, CONTEXT), compiled(source).fill(CONTEXT)
    assert (made.docx, made.text) == (expected.docx, expected.text)


def test_it_knows_nothing_of_our_environment(
    own: Confinement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINUTIER_S3_SECRET_KEY", "a secret")
    own.fill(template("{{ name }}"), CONTEXT)
    process = own._process  # noqa: SLF001 - what it was started with is seen nowhere else
    assert process is not None
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"MINUTIER" not in environment
    assert Path(f"/proc/{process.pid}/cwd").readlink() == Path("/")


def test_a_template_that_does_not_fit_says_so() -> None:
    with pytest.raises(DocumentNotMade, match="nobody"):
        CONFINEMENT.fill(template("{{ nobody.name }}"), CONTEXT)


def test_the_process_that_dies_is_replaced(own: Confinement) -> None:
    source = template("{{ name }}")
    own.fill(source, CONTEXT)
    process = own._process  # noqa: SLF001 - to kill it
    assert process is not None
    process.kill()
    process.wait()
    assert own.fill(source, CONTEXT).text


def test_the_process_that_hangs_is_given_up(
    own: Confinement, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = template("{{ name }}")
    own.fill(source, CONTEXT)
    process = own._process  # noqa: SLF001 - to stop it
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    monkeypatch.setattr("generators.confinement._STARTED_WITHIN_SECONDS", -5.0)
    begun = time.monotonic()
    assert own.fill(source, CONTEXT).text
    assert time.monotonic() - begun < 20


def _children(own: Confinement) -> list[int]:
    process = own._process  # noqa: SLF001 - whose children are looked at
    assert process is not None
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in told.split()]


def test_a_template_in_use_is_compiled_once_in_a_process_of_its_own(own: Confinement) -> None:
    first, second = template("{{ name }}"), template("{{ name }} bis")
    own.fill(first, CONTEXT)
    kept = _children(own)
    own.fill(first, CONTEXT | {"name": "Autre SARL"})
    assert _children(own) == kept
    assert "Autre SARL bis" in own.fill(second, CONTEXT | {"name": "Autre SARL"}).text
    assert len(_children(own)) == 2
    for pid in _children(own):
        assert len(list(Path(f"/proc/{pid}/fd").iterdir())) == 2


def test_few_templates_are_kept_and_none_is_mistaken_for_another(own: Confinement) -> None:
    sources = [template(f"{{{{ name }}}} numéro {at}") for at in range(6)]
    for _ in range(2):
        for at, source in enumerate(sources):
            assert f"numéro {at}" in own.fill(source, CONTEXT).text
    assert len(_children(own)) == 4


def test_a_template_whose_process_was_killed_is_filled_by_another(own: Confinement) -> None:
    source = template("{{ name }}")
    expected = own.fill(source, CONTEXT)
    (pid,) = _children(own)
    os.kill(pid, signal.SIGKILL)
    assert own.fill(source, CONTEXT) == expected
    assert _children(own) != [pid]


def test_a_template_that_did_not_fit_one_act_fits_the_next(own: Confinement) -> None:
    source = template("{{ name }}{% if more %}{{ nobody.name }}{% endif %}")
    with pytest.raises(DocumentNotMade):
        own.fill(source, CONTEXT | {"more": "x"})
    assert own.fill(source, CONTEXT | {"more": None}).text


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        pytest.param(
            ["{%p for a in lines %}", *["{{ a }}"] * 3000, "{%p endfor %}"], None, id="long"
        ),
        pytest.param(["{{ " + "not " * 20_000 + "name }}"], "too-costly", id="nested expression"),
        pytest.param(
            ["{% if name %}" * 3_000 + "x" + "{% endif %}" * 3_000], "too-costly", id="nested ifs"
        ),
    ],
)
def test_a_template_that_costs_too_much_is_refused(texts: list[str], code: str | None) -> None:
    faults, _ = CONFINEMENT.examine(template("{{ name }}", *texts), [TRIAL], {})
    codes = {fault.code for fault in faults}
    assert codes == ({code} if code else set())


def test_a_loop_over_loops_may_not_grow_without_end() -> None:
    many = {**CONTEXT, "lines": ["x" * 100] * 400}
    loops = "{%p for a in lines %}", "{%p for b in lines %}", "{%p for c in lines %}"
    source = template("{{ name }}", *loops, "{{ a }}{{ b }}{{ c }}", *["{%p endfor %}"] * 3)
    begun = time.monotonic()
    trial = Trial(name="many", context=many, required=[])
    faults, document = CONFINEMENT.examine(source, [trial], {})
    assert document == b""
    assert {fault.code for fault in faults} <= {"not-filled", "too-costly"}
    assert faults
    assert time.monotonic() - begun < 40


# -- pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_again_without_what_it_told(kind: str) -> None:
    told = logo(1440, 480, kind, {"Author": "Jeanne Exemple"})
    assert b"Jeanne" in told
    picture = CONFINEMENT.picture(told, "/logo/content")
    assert (picture.width, picture.height) == (720, 240)
    assert b"Jeanne" not in picture.png
    with Image.open(io.BytesIO(picture.png)) as drawn:
        assert (drawn.format, drawn.mode) == ("PNG", "RGB")
        red, green, blue = drawn.getpixel((10, 10))  # type: ignore[misc] # of an RGB picture
        assert max(abs(red - 0x0B), abs(green - 0x5D), abs(blue - 0x3B)) < 4


def test_what_is_see_through_becomes_paper() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    with Image.open(io.BytesIO(CONFINEMENT.picture(file.getvalue(), "").png)) as drawn:
        assert drawn.getpixel((5, 5)) == (255, 255, 255)


def test_a_small_picture_keeps_its_size() -> None:
    picture = CONFINEMENT.picture(logo(30, 10), "")
    assert (picture.width, picture.height) == (30, 10)


def _bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, of which nothing else is there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "not-a-picture", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture", id="SVG"),
        pytest.param(b"GIF89a" + bytes(50), "not-a-picture", id="GIF"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "unreadable", id="PNG in name only"),
        pytest.param(logo()[:-40], "unreadable", id="cut off"),
        pytest.param(_bomb(100_000, 100_000), "unreadable", id="bomb that Pillow refuses"),
        pytest.param(_bomb(6_000, 6_000), "too-many-pixels", id="too many points"),
    ],
)
def test_what_is_no_fit_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        CONFINEMENT.picture(data, "/logo/content")
    assert [(f.pointer, f.code) for f in refused.value.faults] == [("/logo/content", code)]


def test_what_comes_back_from_a_child_that_breaks_is_told_as_a_crash() -> None:
    """An order that the child does not know breaks it before it answers."""
    told, data = CONFINEMENT._ask("unheard-of", {}, b"", 5.0)  # noqa: SLF001 - no such order is public
    assert (told, data) == ({"ended": "crash"}, b"")
    assert json.dumps(told)
