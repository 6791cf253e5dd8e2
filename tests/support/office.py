"""What the tests of the office see from outside: its processes, and files through poppler."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def office_pids(ancestor: int | None = None) -> list[int]:
    """The soffice.bin processes below a process, this one by default."""
    top = os.getpid() if ancestor is None else ancestor
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            name, rest = (
                (entry / "stat").read_text(encoding="utf-8").split("(", 1)[1].rsplit(")", 1)
            )
            state, parent = rest.split()[:2]
            if state != "Z":
                parents[int(entry.name)], names[int(entry.name)] = int(parent), name
    return sorted(
        pid for pid, name in names.items() if name == "soffice.bin" and _below(pid, top, parents)
    )


def run_tool(name: str, *arguments: str, given: bytes = b"") -> str:
    """What a program of poppler prints."""
    command = [name, *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603 - ours
    return done.stdout.decode()


def is_running(pid: int) -> bool:
    """Whether a process is there and is not a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


def eventually(holds: Callable[[], object], *, seconds: float = 20) -> bool:
    """Whether something becomes true within a time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.005)
    return bool(holds())


def _below(pid: int, top: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == top:
            return True
    return False
