"""Two Word files as one with tracked changes, proved before it is handed out (ADR 0183).

Docxodus compares them: a program in a process of its own, with a limit of time. What it gives is
not believed: accepted it must say what the later file says, rejected what the earlier said.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from core.errors import MinutierError, Unavailable
from generators.package import Package, Packed, W, open_package, write_package
from generators.revisions import TRACKED, accepted_package, text_of, without_comments

TIMEOUT_SECONDS: Final = 60
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Comparisons that a process runs at a time: each takes about 140 MB."""
_NAMED: Final = frozenset({f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")})
_MOST_AUTHOR: Final = 100


class RedlineNotProved(MinutierError):
    """The tracked changes made do not lead from one version to the other: our fault."""

    slug = "redline-not-proved"
    title = "The comparison could not be proved"


class RedlineUnavailable(Unavailable):
    """The program that compares Word files is not there for this machine, or takes too long."""

    slug = "redline-unavailable"
    title = "Word files cannot be compared now"


class RedlineEngine:
    """The program that compares Word files, unpacked once into a folder of ours.

    Args:
        folder: Shared by the processes of the machine; 108 MB of it are taken at the first use.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.version = f"docxodus {version('python-redlines-docxodus')}"

    def redline(self, before: bytes, after: bytes, *, author: str, at: datetime) -> bytes:
        """The later file with tracked changes against the earlier one.

        Args:
            before: The earlier Word file; tracked changes left in it count as accepted.
            after: The later one, likewise.
            author: In whose name the changes are.
            at: When they were made.

        Raises:
            RedlineUnavailable: the program is not there, or took too long.
            RedlineNotProved: what it made is not what it must be; it is not handed out.
        """
        old, new = _settled(before), _settled(after)
        name = " ".join(author.split())[:_MOST_AUTHOR] or "Minutier"
        with _AT_ONCE, tempfile.TemporaryDirectory(prefix="minutier-redline-") as place:
            made = self._run(Path(place), old, new, name, at)
        _prove(made, old, new, name)
        return made

    def _run(self, place: Path, old: bytes, new: bytes, author: str, at: datetime) -> bytes:
        given, changed, made = (place / f"{name}.docx" for name in ("before", "after", "redline"))
        given.write_bytes(old)
        changed.write_bytes(new)
        instant = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        command = [
            str(self._executable()),
            str(given),
            str(changed),
            str(made),
            f"--author={author}",
            "--detect-moves",
            "--no-conflate-spaces",
            f"--date-time={instant}",
        ]
        process = subprocess.Popen(  # noqa: S603 - our program, our files, no shell
            command,
            cwd=place,
            env={"HOME": str(place), "TMPDIR": str(place), "LANG": "C.UTF-8", **_DOTNET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            _, said = process.communicate(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise RedlineUnavailable(f"no answer within {TIMEOUT_SECONDS} seconds") from error
        if process.returncode != 0 or not made.is_file():
            why = said.decode(errors="replace").strip()[:200]
            raise RedlineNotProved(f"the comparison ended with {process.returncode}: {why}")
        return made.read_bytes()

    def _executable(self) -> Path:
        """The program, unpacked by the first process that needs it while others wait."""
        home = self._folder / self.version.replace(" ", "-")
        if not home.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / "unpacking.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not home.is_dir():
                    _unpack(home)
        found = next(home.glob("*/redline"), None)
        if found is None:
            raise RedlineUnavailable("the program that compares is not there")
        return found


_DOTNET: Final = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    "DOTNET_EnableDiagnostics": "0",
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
    "DOTNET_TieredPGO": "0",  # a third less time: the program ends before it would pay
}


def _unpack(home: Path) -> None:
    from python_redlines import DocxodusEngine  # noqa: PLC0415 - loads much that few need

    half_done = home.with_name(f"{home.name}.part")
    shutil.rmtree(half_done, ignore_errors=True)
    try:
        DocxodusEngine(str(half_done))
    except (ImportError, OSError) as error:
        raise RedlineUnavailable("the program that compares cannot be unpacked") from error
    half_done.rename(home)


def _settled(source: bytes) -> bytes:
    """A Word file as it is compared: no comments, what was tracked accepted."""
    package = _opened(without_comments(source))
    return write_package(Packed.of(*part) for part in accepted_package(package).items())


def _opened(source: bytes) -> Package:
    package, faults = open_package(source)
    if package is None or faults:
        raise RedlineNotProved(f"a Word file has {len(faults)} fault(s), first {faults[0].code}")
    return package


def _prove(made: bytes, old: bytes, new: bytes, author: str) -> None:
    """Every change tracked, in the right name: nothing else differs from either file."""
    package = _opened(made)
    for side, source in (("accepted", new), ("rejected", old)):
        if text_of(package, side) != text_of(_opened(source)):  # type: ignore[arg-type] # a side
            raise RedlineNotProved(f"with its changes {side} it does not say what it must")
    for name in package.parts:
        if not name.endswith(".xml"):
            continue
        for change in package.tree(name).iter(*TRACKED):
            if change.tag in _NAMED and change.get(f"{W}author") != author:
                raise RedlineNotProved("a change is in another name")
