"""The other side of an office process: holds one LibreOffice, and does what it is told by the line.

A script, started by `generators.office_member` with a Python that has ``uno`` (LibreOffice's own
or the distribution's); it imports nothing of ours. It starts ``soffice.bin`` as its child, speaks
UNO with it over a pipe in its private folder, reads one JSON object a line on standard input and
answers one a line on standard output. Documents travel as files of that folder.

Nothing outlives its parent: the kernel kills ``soffice.bin`` when this process dies
(PR_SET_PDEATHSIG), and this process kills its whole group as soon as its standard input is closed,
which the kernel does when the parent dies, even while LibreOffice hangs in a call.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, ClassVar, TextIO

import uno  # type: ignore[import-not-found] # LibreOffice's, not in our environment

PR_SET_PDEATHSIG = 1
CLONE_NEWNET = 0x40000000
FIRST_START = 81
"""Exit code of the first start with a new profile: LibreOffice asks to be started again."""
EXIT_OFFICE_GONE = 3
MAX_STARTS = 3
CONNECT_EVERY_SECONDS = 0.01
MAX_MEMORY = 4 * 1024**3
MAX_FILE = 512 * 1024**2
DOCX = "MS Word 2007 XML"
PDF = "writer_pdf_Export"
ARGUMENTS = (
    "--headless",
    "--invisible",
    "--nologo",
    "--nodefault",
    "--norestore",
    "--nolockcheck",
    "--nofirststartwizard",
)


class OfficeGone(Exception):
    """LibreOffice did not start, or is no longer there."""


def main() -> int:
    """Serve until standard input is closed, or LibreOffice is gone."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    config = json.loads(sys.argv[1])
    watch = threading.Thread(target=_die_with_parent, args=(config["folder"],), daemon=True)
    watch.start()
    office = Office(config)
    threading.Thread(target=_die_with_child, args=(office.process,), daemon=True).start()
    try:
        hello = {"version": office.version, "pid": office.process.pid, "sockets": office.sockets}
        _answer(answers, hello)
        for line in sys.stdin:
            _serve(office, json.loads(line), answers)
    finally:
        if _parent_is_gone(wait=False):
            watch.join()  # it cleans up, and ends us
        office.kill()
    return 0


def _serve(office: Office, order: dict[str, Any], answers: TextIO) -> None:
    try:
        document = office.load(order)
    except Refused as error:
        _answer(answers, {"refused": str(error), "memory": office.memory()})
        return
    try:
        office.export(document, order)
        _answer(answers, {"memory": office.memory()})
    finally:
        office.close(document)


def _answer(answers: TextIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value) + "\n")


def _die_with_parent(folder: str) -> None:
    """Wait until nobody holds the other end of standard input, then end the whole group."""
    while not _parent_is_gone(wait=True):
        pass
    for office in Office.started:
        office.process.kill()  # first, or it would write into the folder that is removed
        office.process.wait()
        for socket in office.sockets:
            Path(socket).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _die_with_child(process: subprocess.Popen[bytes]) -> None:
    """Tell the parent at once, by ending, that LibreOffice has ended."""
    process.wait()
    if not _parent_is_gone(wait=False):
        os._exit(EXIT_OFFICE_GONE)


def _parent_is_gone(*, wait: bool) -> bool:
    poll = select.poll()
    poll.register(0, 0)  # that the other end is closed is always told
    return bool(poll.poll(None if wait else 0))


class Refused(Exception):
    """LibreOffice does not open this document."""


class Office:
    """One soffice.bin, and the frame that each document is opened in."""

    started: ClassVar[list[Office]] = []

    def __init__(self, config: dict[str, Any]) -> None:
        self.folder = Path(config["folder"])
        self.process, context = self._start(config)
        self.sockets = _sockets(self.process.pid)
        self.started.append(self)
        self.version = _version(context)
        self._frame = _frame(context)
        self._load = _properties(config["load"])
        self._export = (
            _property("FilterName", PDF),
            _property(
                "FilterData",
                uno.Any("[]com.sun.star.beans.PropertyValue", _properties(config["export"])),
            ),
        )

    def load(self, order: dict[str, Any]) -> Any:
        """Open a document in the frame, without window, macros or links."""
        url = uno.systemPathToFileUrl(str(self.folder / order["source"]))
        try:
            document = self._frame.loadComponentFromURL(url, "_self", 0, self._load)
        except _uno_error("com.sun.star.lang.IllegalArgumentException") as error:
            raise Refused(_message(error)) from error
        except _uno_error("com.sun.star.io.IOException") as error:
            raise Refused(_message(error)) from error
        if document is None:
            raise Refused("it is not a Word document that LibreOffice can open")
        self._describe(document, order.get("properties") or {})
        return document

    def export(self, document: Any, order: dict[str, Any]) -> None:
        """Write the PDF beside the source."""
        url = uno.systemPathToFileUrl(str(self.folder / order["target"]))
        document.storeToURL(url, self._export)

    def close(self, document: Any) -> None:
        """Let go of a document; the frame stays."""
        self._frame.setComponent(None, None)
        document.close(True)  # noqa: FBT003 - UNO has no named arguments

    def memory(self) -> int:
        """Bytes resident."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * resource.getpagesize()

    def kill(self) -> None:
        """End LibreOffice, now."""
        self.process.kill()

    @staticmethod
    def _describe(document: Any, properties: dict[str, str]) -> None:
        """Write into the document the properties that are given; each costs a round trip."""
        if not properties:
            return
        known = document.DocumentProperties
        for name in ("Title", "Author", "Subject"):
            if name in properties:
                setattr(known, name, properties[name])
        if "Language" in properties:
            language, _, country = properties["Language"].partition("-")
            locale = uno.createUnoStruct("com.sun.star.lang.Locale")
            locale.Language, locale.Country = language, country
            known.Language = locale

    def _start(self, config: dict[str, Any]) -> tuple[subprocess.Popen[bytes], Any]:
        pipe = config["pipe"]
        command = [
            config["binary"],
            *ARGUMENTS,
            f"-env:UserInstallation={uno.systemPathToFileUrl(config['profile'])}",
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
        ]
        environ = dict(os.environ)
        if config["preload"]:
            environ["LD_PRELOAD"] = config["preload"]
        for _ in range(MAX_STARTS):
            process = subprocess.Popen(  # noqa: S603 - our own command
                command,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=2,
                preexec_fn=_confine,  # noqa: PLW1509 - before any call to UNO, so one busy thread
            )
            context = _connect(process, pipe)
            if context is not None:
                return process, context
            if process.returncode != FIRST_START:
                raise OfficeGone(f"soffice.bin ended with code {process.returncode} at its start")
        raise OfficeGone(f"soffice.bin asked {MAX_STARTS} times to be started again")


def _confine() -> None:
    """In the child, before soffice.bin: dies with us, has no network, cannot fill the machine."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.unshare(CLONE_NEWNET)  # where it is not allowed, the profile's settings still stand
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for limit, wanted in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_FSIZE, MAX_FILE)):
        hard = resource.getrlimit(limit)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(limit, (most, most))


def _connect(process: subprocess.Popen[bytes], pipe: str) -> Any | None:
    """The component context of a started LibreOffice, or None once it has ended instead."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    while process.poll() is None:
        with contextlib.suppress(_uno_error("com.sun.star.connection.NoConnectException")):
            return resolver.resolve(address)
        time.sleep(CONNECT_EVERY_SECONDS)
    return None


def _sockets(pid: int) -> list[str]:
    """The paths of a process's sockets, which LibreOffice makes in /tmp and leaves when killed."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            target = str(descriptor.readlink())
            if target.startswith("socket:["):
                inodes.add(target[len("socket:[") : -1])
    lines = Path(f"/proc/{pid}/net/unix").read_text(encoding="utf-8").splitlines()[1:]
    named = (line.split(maxsplit=7) for line in lines)
    return [fields[7] for fields in named if len(fields) == 8 and fields[6] in inodes]  # noqa: PLR2004 - columns


def _frame(context: Any) -> Any:
    """An invisible frame without menus and bars, kept for all documents.

    Opening each document in a new frame of the desktop would build menus and bars that nobody
    sees, which takes about a fifth of a short letter's conversion.
    """
    services = context.ServiceManager
    window = uno.createUnoStruct("com.sun.star.awt.WindowDescriptor")
    window.Type = uno.Enum("com.sun.star.awt.WindowClass", "TOP")
    window.WindowServiceName = "window"
    window.ParentIndex = -1
    window.Bounds = uno.createUnoStruct("com.sun.star.awt.Rectangle", 0, 0, 100, 100)
    toolkit = services.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    frame = services.createInstanceWithContext("com.sun.star.frame.Frame", context)
    frame.initialize(toolkit.createWindow(window))
    frame.LayoutManager = None
    return frame


def _version(context: Any) -> str:
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    path = _property("nodepath", "/org.openoffice.Setup/Product")
    product = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", (path,)
    )
    return f"{product.ooName} {product.ooSetupVersionAboutBox}"


def _property(name: str, value: Any) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _properties(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_property(name, value) for name, value in values.items())


def _uno_error(name: str) -> Any:
    return uno.getClass(name)


def _message(error: Any) -> str:
    return str(error.Message).split("\n", 1)[0][:300]


if __name__ == "__main__":
    sys.exit(main())
