"""Whatever is sent as a template ends as a refusal, or as a document: soon, and in little memory.

Each file is examined as an upload is. The process that examines has limits of its own
(`test_confinement`); here a second process with limits of its own stands around the whole.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.confinement import CONFINEMENT
from generators.package import open_package
from generators.template_trial import Trial
from tests.support.word_templates import DOCUMENT, parts_of, template, zipped

CONTEXT: dict[str, Any] = {
    "document": DOCUMENT,
    "sender": {"name": "Exemple SARL", "lines": ["1 rue du Test"]},
    "claims": [{"number": "F-1"}, {"number": "F-2"}],
    "note": None,
}
TRIAL = Trial(name="example", context=CONTEXT, required=[])
GOOD = parts_of(template("{{ sender.name }}"))
SECONDS = 20.0
CALM = settings(
    max_examples=120,
    deadline=timedelta(seconds=SECONDS),
    suppress_health_check=[HealthCheck.too_slow],
)
TOKENS = [
    "{{", "}}", "{%", "%}", "{%p ", "{%tr ", "{%r ", "{#", "#}", "{{-", "-%}", "{%+", "{{r ",
    "sender", ".name", "claims", "note", "loop", "self", "cycler", "namespace", "lipsum", "joiner",
    " for ", " in ", " if ", " else ", "endfor", "endif", "set ", "macro ", "endmacro", "call ",
    "include 'x'", "import 'x' as x", "extends 'x'", "block x", "raw", "endraw", "filter upper",
    "with ", "do ", "autoescape false", "trans", "debug", "|", "|attr('__class__')", "|map('x')",
    "|format(1)", "|safe", "|tojson", "|length", "()", "[0]", "[", "]", "__class__", "._x",
    ".__init__", ".mro()", ".append(1)", "**9**9**9", "*1000000000", "'a'", '"', "~", "==", " is ",
    " not ", "range(9999999)", "\n", "\t", "&", "<", ">", "<w:t>", "</w:t>", "&#x0;", "é", "\u202e",
]  # fmt: skip
"""What the language is made of, and what those who leave it use."""


def codes(source: bytes) -> set[str]:
    """What is refused in a file, which takes no longer than it may."""
    begun = time.monotonic()
    faults, document = CONFINEMENT.examine(source, [TRIAL], {})
    assert time.monotonic() - begun < SECONDS + 10
    assert bool(document) != bool(faults)
    return {fault.code for fault in faults}


@CALM
@given(st.lists(st.lists(st.sampled_from(TOKENS), max_size=12), min_size=1, max_size=4))
def test_any_jinja_is_refused_or_harmless(texts: list[list[str]]) -> None:
    lines = [escape("".join(tokens)) for tokens in texts]
    faults, document = CONFINEMENT.examine(template(*lines), [TRIAL], {})
    if faults:
        assert all(fault.code and fault.hint for fault in faults)
        assert all("broken" not in fault.code for fault in faults)
        assert "crash" not in {fault.hint for fault in faults}
    else:
        package, wrong = open_package(document)
        assert package is not None
        assert wrong == []
    assert not any("could not be read to its end" in fault.hint for fault in faults), faults


@CALM
@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=8)), min_size=1, max_size=6))
def test_a_file_with_bytes_changed_is_refused_or_whole(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(zipped(GOOD, zipfile.ZIP_STORED))
    for at, put in changes:
        place = at % len(data)
        data[place : place + len(put)] = put
    faults, document = CONFINEMENT.examine(bytes(data), [TRIAL], {})
    assert bool(document) != bool(faults)
    assert not any("could not be read to its end" in fault.hint for fault in faults), faults


@CALM
@given(st.sampled_from(sorted(GOOD)), st.text(max_size=60), st.integers(0, 10**6))
def test_a_part_with_text_put_in_is_refused_or_whole(name: str, text: str, at: int) -> None:
    part = GOOD[name]
    place = at % len(part)
    changed = part[:place] + text.encode("utf-8", "replace") + part[place:]
    faults, document = CONFINEMENT.examine(zipped({**GOOD, name: changed}), [TRIAL], {})
    assert bool(document) != bool(faults)
    assert not any("could not be read to its end" in fault.hint for fault in faults), faults


def _with(name: str, data: bytes) -> bytes:
    """Not compressed, so that it is not refused for what it would unpack to."""
    return zipped({**GOOD, name: data}, zipfile.ZIP_STORED)


def _document(inner: str, prologue: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:body>{inner}</w:body>"
    return _with(
        "word/document.xml", f"{head}{prologue}<w:document {space}>{body}</w:document>".encode()
    )


def _laughs(depth: int = 30) -> str:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, depth)
    )
    return f"<!DOCTYPE d [{entities}]>"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(
            lambda: _document("<w:p>&l29;</w:p>", _laughs()), "unreadable", id="billion laughs"
        ),
        pytest.param(
            lambda: _document("<w:p>&l2;</w:p>", _laughs(3)), "dtd", id="a hundred laughs"
        ),
        pytest.param(
            lambda: _document("<w:p>&e;</w:p>", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
            "dtd",
            id="entity of a file",
        ),
        pytest.param(
            lambda: _document("", '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'),
            "dtd",
            id="DTD from an address",
        ),
        pytest.param(
            lambda: _document(
                "", '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
            ),
            "dtd",
            id="parameter entity",
        ),
        pytest.param(
            lambda: _document("<w:p>&q;</w:p>", f'<!DOCTYPE d [<!ENTITY q "{"x" * 900_000}">]>'),
            "dtd",
            id="quadratic blow-up",
        ),
        pytest.param(
            lambda: _document("<w:sdt>" * 100_000), "unreadable", id="elements nested deeply"
        ),
        pytest.param(
            lambda: _with("word/vbaProject.bin", b"Attribute VB_Name"), "macro", id="macros"
        ),
        pytest.param(
            lambda: _with("word/activeX/activeX1.bin", b"1"), "macro", id="ActiveX"
        ),
        pytest.param(
            lambda: _with("word/embeddings/oleObject1.bin", b"1"), "embedded-object", id="OLE"
        ),
        pytest.param(
            lambda: template("{{ note }}", extra="<w:altChunk/>"), "embedded-object", id="altChunk"
        ),
        pytest.param(
            lambda: template("x" * 2_000_000 + "{{ nobody }}"), "unknown-variable", id="a long line"
        ),
        pytest.param(
            lambda: template("{{ a" + ".b" * 50_000 + " }}"), "too-costly", id="a long chain"
        ),
        pytest.param(
            lambda: template(escape("{{ sender.name " + "== 1 " * 50_000 + "}}")),
            None,
            id="a long comparison",
        ),
    ],
)  # fmt: skip
def test_a_file_made_to_harm_is_refused(source: Callable[[], bytes], code: str | None) -> None:
    found = codes(source())
    assert found
    assert code is None or code in found


def test_text_of_two_megabytes_of_tags_is_told_in_a_bounded_answer() -> None:
    found = codes(template(*["{{ nobody }}"] * 20_000))
    assert found == {"unknown-variable"}


PROGRAM = """
import json, re, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1536 * 1024**2,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from generators.confinement import CONFINEMENT
from generators.template_trial import Trial
with open(sys.argv[1], "rb") as file:
    source = file.read(11 * 1024**2)
begun = time.monotonic()
faults, _ = CONFINEMENT.examine(source, [Trial(name="x", context={}, required=[])], {})
CONFINEMENT.close()
print(json.dumps({
    "codes": sorted({fault.code for fault in faults}),
    "seconds": time.monotonic() - begun,
    "own": int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]),
    "children": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
}))
"""


def _zip_of_200_megabytes(path: Path, *, stored: bool) -> None:
    """Written piece by piece: never whole in memory."""
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in GOOD.items():
            archive.writestr(name, data)
        with archive.open("word/media/image1.png", "w", force_zip64=True) as entry:
            for _ in range(200):
                entry.write(bytes(1024 * 1024))


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "deflated"])
def test_two_hundred_megabytes_are_refused_within_limits(tmp_path: Path, stored: bool) -> None:  # noqa: FBT001 - a parameter
    path = tmp_path / "bomb.docx"
    _zip_of_200_megabytes(path, stored=stored)
    assert (path.stat().st_size > 200 * 1024**2) is stored
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, str(path)],
        cwd=Path(__file__).parents[4], capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    path.unlink()
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["codes"] == ["too-large"]
    assert told["seconds"] < SECONDS
    kibibytes = 400 * 1024
    assert max(told["own"], told["children"]) < kibibytes
