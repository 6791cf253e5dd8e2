"""Where LibreOffice is, and the profile that each of its processes gets a copy of.

The profile shuts what a document could open (macros, links, network) and switches off what a
conversion does not need. It is built once, since the first start with an empty profile ends with
code 81, and copied to memory for each process: a process never finds what another left.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from core.errors import Unavailable

BUILD_SECONDS: Final = 120
MAX_STARTS: Final = 3
RUNTIME_PREFIX: Final = "minutier-office-"
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
_ROOM: Final = 64 * 1024**2

_PROGRAMS: Final = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/snap/libreoffice/current/lib/libreoffice/program",
)
_ALLOCATORS: Final = ("libjemalloc.so.2", "libtcmalloc_minimal.so.4")
_LIBRARIES: Final = ("usr/lib/*-linux-gnu", "usr/lib64", "usr/lib", "usr/local/lib")
_SCRIPTING: Final = "/org.openoffice.Office.Common/Security/Scripting"
_MISC: Final = "/org.openoffice.Office.Common/Misc"
_COMPLETION: Final = "/org.openoffice.Office.Writer/AutoFunction/Completion"
_WINDOW: Final = "/org.openoffice.Office.Writer/Layout/Window"
_INET: Final = "/org.openoffice.Inet/Settings"
SETTINGS: Final[tuple[tuple[str, str, str], ...]] = (
    # What a document could open.
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "CheckDocumentEvents", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (_INET, "ooInetProxyType", "2"),  # a proxy where nobody listens: no network
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
    (_INET, "ooInetNoProxy", ""),
    # What a conversion does not need.
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"),
    (_COMPLETION, "Enable", "false"),  # collecting words to complete takes a tenth of the time
    (_COMPLETION, "CollectWords", "false"),
    *((_WINDOW, name, "false") for name in ("HorizontalRuler", "VerticalRuler")),
    *((_WINDOW, name, "false") for name in ("HorizontalScroll", "VerticalScroll")),
    (_MISC, "UseLocking", "false"),
    (_MISC, "FirstRun", "false"),
    (_MISC, "CrashReport", "false"),
    (_MISC, "CollectUsageInformation", "false"),
    (_MISC, "UseOpenCL", "false"),
    ("/org.openoffice.Office.Common/History", "PickListSize", "0"),
)


class OfficeUnavailable(Unavailable):
    """LibreOffice cannot be found or started, or every process of it is busy for too long."""

    slug = "office-unavailable"
    title = "The converter to PDF does not answer"


@dataclass(frozen=True, slots=True)
class Installation:
    """A LibreOffice, and a Python that can drive it.

    Attributes:
        binary: ``soffice.bin`` itself, not the wrapper that would start it and stay.
        python: An interpreter in which ``import uno`` works.
    """

    binary: Path
    python: str

    @classmethod
    def find(cls, binary: Path | None, python: str | None) -> Installation:
        """What was given, or what the machine has.

        Raises:
            OfficeUnavailable: there is no LibreOffice, or no Python with ``uno``.
        """
        found = binary or next(_binaries(), None)
        if found is None or not found.is_file():
            raise OfficeUnavailable(
                f"LibreOffice's soffice.bin is not there ({found or ', '.join(_PROGRAMS)})"
            )
        return cls(found, python or os.environ.get("MINUTIER_OFFICE_PYTHON") or _python(found))

    @property
    def identity(self) -> str:
        """Changes when the program is replaced by another version of it."""
        status = self.binary.stat()
        return f"{self.binary}:{status.st_size}:{status.st_mtime_ns}"


def build_profile(installation: Installation, work_dir: Path) -> Path:
    """The profile to copy, built at first need; other processes that need it wait for it.

    Raises:
        OfficeUnavailable: LibreOffice does not start with an empty profile.
    """
    settings = _registry(SETTINGS)
    key = hashlib.sha256(f"{installation.identity}\n{settings}".encode()).hexdigest()[:16]
    profile = work_dir / f"office-profile-{key}"
    if profile.is_dir():
        return profile
    work_dir.mkdir(parents=True, exist_ok=True)
    with _locked(work_dir / "office-profile.lock"):
        if not profile.is_dir():
            _build(installation, settings, profile)
    return profile


def _build(installation: Installation, settings: str, profile: Path) -> None:
    with runtime_folder() as folder:
        made = folder / "profile"
        (made / "user").mkdir(parents=True)
        (made / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        command = [
            str(installation.binary),
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--terminate_after_init",
            f"-env:UserInstallation={made.as_uri()}",
        ]
        for _ in range(MAX_STARTS):
            code = _start(command, environment(folder))
            if code == 0:
                break
        else:
            raise OfficeUnavailable(f"LibreOffice ends with code {code} at its first starts")
        beside = Path(tempfile.mkdtemp(prefix=f"{profile.name}-", dir=profile.parent))
        shutil.copytree(made, beside, dirs_exist_ok=True)
        beside.rename(profile)


def _start(command: list[str], environ: dict[str, str]) -> int:
    try:
        return subprocess.run(  # noqa: S603 - our own command
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=BUILD_SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise OfficeUnavailable(
            f"LibreOffice has not made its profile in {BUILD_SECONDS} seconds"
        ) from error
    except OSError as error:
        raise OfficeUnavailable(f"LibreOffice does not start: {error.strerror}") from error


def environment(folder: Path) -> dict[str, str]:
    """The environment of an office process: none of ours, and its own folder to write in."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/Paris",
    }


@cache
def allocator() -> str | None:
    """A memory allocator for LibreOffice that is faster than the C library's, if there is one.

    A sixth of a conversion is allocation: jemalloc (Debian: ``libjemalloc2``) takes that away.
    """
    places = (Path("/").glob(f"{folder}/{name}") for name in _ALLOCATORS for folder in _LIBRARIES)
    return next((str(found) for place in places for found in place), None)


@contextmanager
def runtime_folder() -> Iterator[Path]:
    """A private folder, in memory where the machine has room for it; gone at the end."""
    folder, lock = make_runtime_folder()
    try:
        yield folder
    finally:
        remove_runtime_folder(folder, lock)


def make_runtime_folder() -> tuple[Path, int]:
    """A private folder and the lock that says its owner lives; those of the dead are removed."""
    parent = _runtime_parent()
    _sweep(parent)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=RUNTIME_PREFIX, dir=parent))
        lock = os.open(folder / "owner", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "owner").exists():  # a sweep may have passed between the two
            return folder, lock
        os.close(lock)


def remove_runtime_folder(folder: Path, lock: int) -> None:
    """Remove a folder and give up its lock."""
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _sweep(parent: Path) -> None:
    for owner in parent.glob(f"{RUNTIME_PREFIX}*/owner"):
        try:
            lock = os.open(owner, os.O_RDWR | os.O_CLOEXEC)
        except OSError:  # removed meanwhile, or another user's
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            shutil.rmtree(owner.parent, ignore_errors=True)
        finally:
            os.close(lock)


def _runtime_parent() -> Path:
    if os.access(_MEMORY, os.W_OK | os.X_OK):
        room = os.statvfs(_MEMORY)
        if room.f_bavail * room.f_frsize >= _ROOM:
            return _MEMORY
    return Path(tempfile.gettempdir())


def _registry(settings: tuple[tuple[str, str, str], ...]) -> str:
    items = "".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{escape(name)}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>\n"
        for path, name, value in settings
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _binaries() -> Iterator[Path]:
    for pattern in _PROGRAMS:
        for program in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True):
            if (program / "soffice.bin").is_file():
                yield program / "soffice.bin"


def _python(binary: Path) -> str:
    """LibreOffice's own Python where it has one, as upstream's builds do, else the system's."""
    own = binary.with_name("python")
    candidates = [str(own)] if own.is_file() else []
    for python in (*candidates, "/usr/bin/python3"):
        probe = [python, "-c", "import uno"]
        try:
            done = subprocess.run(probe, capture_output=True, check=False, timeout=30)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return python
    raise OfficeUnavailable(
        "no Python can import uno: install python3-uno, or name one in MINUTIER_OFFICE_PYTHON"
    )
