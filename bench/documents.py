"""Template to Word and Word to PDF/A beside Carbone, in one run: ``python -m bench.documents``.

Both fill the same letter, from templates of the same parts, and convert the same Word file with
the same LibreOffice and as many processes of it. Rounds alternate, so that what else the machine
does falls on both; times are medians over all documents, or over rounds where two run at once.
Carbone's community edition makes a plain PDF: it cannot ask for PDF/A or for tags. Ours does both,
and its repair and metadata are within its times.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pikepdf

from bench.letter import Letter, carbone_template, letters, text_of
from generators.office import OfficePool
from generators.office_profile import Installation
from generators.pdf import finish, page_count

ROOT: Final = Path(__file__).parents[1]
PEER: Final = Path(__file__).parent / "peers" / "carbone"
TOOLS: Final = ROOT / ".tools" / "carbone"
POOLS: Final = (1, 2)


@dataclass(slots=True)
class Timed:
    """What one side needed, in ms: each document, and each round divided by its documents."""

    documents: list[float] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)
    sample: bytes = b""

    def add(self, times: list[float], total: float, sample: bytes) -> None:
        self.documents += times
        self.rounds.append(total / len(times))
        self.sample = sample


class Carbone:
    """Carbone in a Node process, with its own LibreOffice factories."""

    def __init__(self, folder: Path, factories: int) -> None:
        program = str(Installation.find(None, None).binary.parent)
        # Carbone looks for soffice.bin on the path, then for a python3 that has uno beside it.
        environ = dict(os.environ, PATH=f"{program}:/usr/bin:/bin")
        node = shutil.which("node") or "node"
        files = [str(folder / name) for name in ("template.docx", "filled.docx", "data.json")]
        self._node = subprocess.Popen(  # noqa: S603 - our own script
            [node, str(TOOLS / "peer.js"), *files, str(factories)],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._node.communicate(timeout=30)

    def run(self, operation: str, count: int, parallel: int) -> tuple[list[float], float, bytes]:
        assert self._node.stdin is not None  # noqa: S101 - opened as a pipe
        order = {"op": operation, "count": count, "parallel": parallel}
        self._node.stdin.write(json.dumps(order) + "\n")
        self._node.stdin.flush()
        answer = self._answer()
        return answer["times"], answer["total"], base64.b64decode(answer["sample"])

    def _answer(self) -> dict[str, Any]:
        assert self._node.stdout is not None  # noqa: S101 - opened as a pipe
        for line in self._node.stdout:
            if line.startswith("{"):
                answer: dict[str, Any] = json.loads(line)
                if "error" in answer:
                    raise RuntimeError(f"Carbone: {answer['error']}")
                return answer
        raise RuntimeError("Carbone ended")


class Ours:
    """The same operations on our side."""

    def __init__(self, letter: Letter, pool: OfficePool) -> None:
        self._letter, self._pool = letter, pool
        self._actions: dict[str, Callable[[], bytes]] = {
            "render": lambda: letter.template.render(letter.context),
            "convert": lambda: self._pdf(letter.docx),
            "both": lambda: self._pdf(letter.template.render(letter.context)),
        }

    def _pdf(self, docx: bytes) -> bytes:
        return finish(self._pool.convert(docx), **self._letter.description)

    def run(self, operation: str, count: int, parallel: int) -> tuple[list[float], float, bytes]:
        action = self._actions[operation]

        def timed(_: int) -> tuple[float, bytes]:
            started = time.perf_counter()
            made = action()
            return (time.perf_counter() - started) * 1000, made

        started = time.perf_counter()
        if parallel == 1:
            done = [timed(number) for number in range(count)]
        else:
            with ThreadPoolExecutor(parallel) as threads:
                done = list(threads.map(timed, range(count)))
        total = (time.perf_counter() - started) * 1000
        return [spent for spent, _ in done], total, done[-1][1]


def compare(
    ours: Ours, peer: Carbone, operation: str, *, parallel: int, rounds: int, count: int
) -> tuple[Timed, Timed]:
    """Rounds of both sides in turn, after one round that is not counted."""
    results = (Timed(), Timed())
    sides = (ours, peer)
    for side in sides:
        side.run(operation, count, parallel)
    for number in range(rounds):
        order = (0, 1) if number % 2 else (1, 0)
        for which in order:
            results[which].add(*sides[which].run(operation, count, parallel))
    return results


def main() -> None:
    """Measure, and print a Markdown table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=8)
    arguments.add_argument("--count", type=int, default=12, help="documents a round")
    options = arguments.parse_args()
    install()
    for name, letter in letters().items():
        with tempfile.TemporaryDirectory() as folder_name:
            folder = Path(folder_name)
            template, data = carbone_template(letter)
            (folder / "template.docx").write_bytes(template)
            (folder / "filled.docx").write_bytes(letter.docx)
            (folder / "data.json").write_text(data, encoding="utf-8")
            lines = measure(name, letter, folder, options.rounds, options.count)
        print("\n".join(lines), flush=True)


def measure(name: str, letter: Letter, folder: Path, rounds: int, count: int) -> list[str]:
    """The lines of the table, and what the files of both sides are."""
    lines: list[str] = []
    notes: list[str] = []
    for processes in POOLS:
        with (
            OfficePool(processes, ROOT / ".data" / "office") as pool,
            Carbone(folder, processes) as peer,
        ):
            pool.warm()
            ours = Ours(letter, pool)
            for operation, label in _measures(processes):
                parallel = 1 if operation == "render" else processes
                results = compare(
                    ours, peer, operation, parallel=parallel, rounds=rounds, count=count
                )
                lines.append(_line(label, results, parallel))
                notes += _checked(operation, processes, results)
            version = pool.version
    pages = page_count(results[0].sample)
    versions = f"{version}, Carbone community {_peer_version()}, {os.cpu_count()} cores"
    head = [
        f"### Formal notice, {name}: {pages} pages, {rounds} rounds of {count}",
        "",
        "| measure | Minutier | Carbone | ratio |",
        "| --- | --- | --- | --- |",
    ]
    notes = [f"{versions}.", *notes]
    return [*head, *lines, "", " ".join(notes), ""]


def _measures(processes: int) -> list[tuple[str, str]]:
    pool = f"warm pool of {('one', 'two')[processes - 1]}"
    measures = [("convert", f"Word to PDF, {pool}"), ("both", f"template to PDF, {pool}")]
    return [("render", "template to Word"), *measures] if processes == 1 else measures


def _line(label: str, results: tuple[Timed, Timed], parallel: int) -> str:
    if parallel == 1:
        ours, theirs = (statistics.median(result.documents) for result in results)
        return f"| {label}, a document | {ours:.1f} ms | {theirs:.1f} ms | {theirs / ours:.1f} |"
    ours, theirs = (1000 / statistics.median(result.rounds) for result in results)
    return f"| {label}, documents a second | {ours:.0f} | {theirs:.0f} | {ours / theirs:.1f} |"


def _checked(operation: str, processes: int, results: tuple[Timed, Timed]) -> list[str]:
    """Refuse to compare different letters; say what kind of PDF each side made."""
    ours, theirs = (result.sample for result in results)
    if operation == "render":
        if text_of(ours) != text_of(theirs):
            raise RuntimeError("the two sides do not make the same letter")
        return ["Word: both letters have the same text."]
    if operation == "both" and processes == 1:
        return [f"PDF: ours is {_kind(ours)}; Carbone's is {_kind(theirs)}."]
    return []


def _kind(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        standard = f"PDF/A-{metadata['pdfaid:part']}" if "pdfaid:part" in metadata else "plain PDF"
        tagged = "tagged" if "/StructTreeRoot" in document.Root else "not tagged"
        return f"{standard}, {tagged}, {len(document.pages)} pages, {len(pdf) // 1000} kB"


def install() -> None:
    """Carbone from npm, under .tools/, if it is not there."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "peer.js"):
        shutil.copy(PEER / name, TOOLS / name)
    if (TOOLS / "node_modules" / "carbone").is_dir():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not there: install Node.js to run this benchmark")
    command = [npm, "install", "--no-package-lock", "--no-fund", "--no-audit", "--silent"]
    subprocess.run(command, cwd=TOOLS, check=True)  # noqa: S603 - a fixed command


def _peer_version() -> str:
    installed = TOOLS / "node_modules" / "carbone" / "package.json"
    return str(json.loads(installed.read_text(encoding="utf-8"))["version"])


if __name__ == "__main__":
    main()
