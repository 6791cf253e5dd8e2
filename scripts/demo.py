"""The demonstration: a case, over HTTP, to an archived act with its proof, in ``./demo-out/``.

Runs the embedded stack on a directory of its own, which is removed at the end, and talks to it as
any case-management system would. Standard library only, besides the `minutier` command.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "demo-out"
CASE = ROOT / "generators" / "kinds" / "mise_en_demeure" / "example.json"
MINUTIER = Path(sys.executable).with_name("minutier")
REVIEWER = "jeanne@cabinet.example"
START_SECONDS = 90


class DemoFailed(Exception):
    """A step did not give what it must."""


class Steps:
    """Says what is being done, and how long it took."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    @contextmanager
    def __call__(self, what: str) -> Iterator[list[str]]:
        """Print a step; what the block appends is printed behind it."""
        print(f"  {what} …", end="", flush=True)
        began, found = time.monotonic(), list[str]()
        try:
            yield found
        except BaseException:
            print(" failed", flush=True)
            raise
        took = time.monotonic() - began
        print(f" {' '.join([*found, f'({took:.2f} s)'])}", flush=True)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._started


class Client:
    """An HTTP client of one API key."""

    def __init__(self, base: str, key: str) -> None:
        self._base, self._key = base, key

    def json(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send JSON, return the JSON of the answer."""
        return json.loads(self._send(method, path, body, expect, headers or {}))

    def save(self, path: str, name: str) -> Path:
        """Download a file into the output folder."""
        target = OUT / name
        target.write_bytes(self._send("GET", path, None, 200, {}))
        return target

    def _send(
        self, method: str, path: str, body: Any, expect: int, headers: Mapping[str, str]
    ) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, method=method)  # noqa: S310 - ours
        request.add_header("Authorization", f"Bearer {self._key}")
        if data is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, content = error.code, error.read()
        if status != expect:
            raise DemoFailed(
                f"{method} {path} answered {status}, not {expect}:\n{content.decode()}"
            )
        return bytes(content)


def main() -> int:
    """Run the demonstration; 0 if every step gave what it must."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    steps = Steps()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    data = Path(tempfile.mkdtemp(prefix="minutier-demo-"))
    try:
        with _running(data, steps) as (base, environ):
            with steps("Making an API key"):
                key = _minutier(environ, "keys", "create", "--tenant", "Démo", "--scope", "*")
            _life_of_an_act(Client(base, key.strip()), steps)
        with steps("Verifying the evidence offline"):
            (OUT / "verification.txt").write_text(
                _minutier({}, "verify", str(OUT / "evidence.zip")), "utf-8"
            )
    except DemoFailed as error:
        sys.stderr.write(f"\nThe demonstration failed. {error}\nLog: {OUT / 'log.txt'}\n")
        return 1
    finally:
        shutil.rmtree(data, ignore_errors=True)
    print(f"\nDone in {steps.seconds:.1f} s; everything is stopped. In {OUT}:")
    for path in sorted(OUT.iterdir()):
        print(f"  {path.name:28} {path.stat().st_size:>9,} bytes".replace(",", " "))
    print("\n`make run` starts the same and leaves it running.")
    return 0


def _life_of_an_act(client: Client, steps: Steps) -> None:
    request = json.loads(CASE.read_text("utf-8"))
    with steps("Asking for the kinds of act") as found:
        kinds = client.json("GET", "/v1/kinds")
        found.append(", ".join(kind["kind"] for kind in kinds["data"]))
    with steps("Computing what case 05 owes before the letter") as found:
        wanted = {"case": request["case"], "as_of": request["as_of"]}
        before = client.json("POST", "/v1/statements", wanted)
        found.append(f"{before['totals']['due']} {before['currency']}")
    with steps("Posting the case, waiting for the draft") as found:
        act = client.json("POST", "/v1/acts", request, expect=201, headers={"Prefer": "wait=30"})
        found.append(f"{act['id']} is {act['status']}")
        if act["status"] != "draft":
            raise DemoFailed(f"the act is {act['status']}: {act.get('problem')}")
    place = f"/v1/acts/{act['id']}"
    with steps("Downloading Word, PDF/A and pages") as found:
        files = f"{place}/versions/1"
        client.save(f"{files}/document.docx", "mise-en-demeure.docx")
        client.save(f"{files}/document.pdf", "mise-en-demeure.pdf")
        version = client.json("GET", files)
        statement, pages = version["statement"], version["pages"]
        _write_json("statement.json", statement)
        for page in range(1, pages + 1):
            client.save(f"{files}/preview/{page}.png", f"page-{page}.png")
        found.append(f"{pages} pages")
    with steps("Approving it") as found:
        review = {"version": 1, "decision": "approve", "comment": "Bon pour envoi."}
        client.json(
            "POST", f"{place}/reviews", review, expect=201, headers={"Minutier-Actor": REVIEWER}
        )
        found.append(f"as {REVIEWER}")
    with steps("Sealing it into the archive") as found:
        wait = {"Prefer": "wait=30", "Minutier-Actor": REVIEWER}
        record = client.json("POST", f"{place}/archive", expect=201, headers=wait)
        _write_json("archive-record.json", record)
        found.append(f"locked until {record['retention']['until']}")
    with steps("Downloading the audit trail and the evidence") as found:
        trail = client.json("GET", f"{place}/audit_trail")
        _write_json("audit-trail.json", trail)
        client.save(f"/v1/archive/{act['id']}/evidence.zip", "evidence.zip")
        found.append(f"{len(trail['data'])} events")
    _print_statement(statement)


@contextmanager
def _running(data: Path, steps: Steps) -> Iterator[tuple[str, dict[str, str]]]:
    """`minutier run` on a directory and a port of its own, stopped at the end."""
    port = _free_port()
    environ = {"MINUTIER_DATA": str(data), "PORT": str(port)}
    base = f"http://127.0.0.1:{port}"
    with (OUT / "log.txt").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - ours
            [MINUTIER, "run"], env=_environ(environ), stdout=log, stderr=log
        )
        try:
            with steps("Starting database, queue, object store, API and a worker"):
                _wait_until_ready(base, process)
            yield base, environ
        finally:
            with steps("Stopping everything"):
                process.send_signal(signal.SIGTERM)
                process.wait(90)


def _wait_until_ready(base: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            last = (OUT / "log.txt").read_text("utf-8", "replace").splitlines()[-15:]
            raise DemoFailed("\n".join(["`minutier run` ended:", *last]))
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5):  # noqa: S310 - ours
                return
        except OSError:
            time.sleep(0.25)
    raise DemoFailed(f"not ready after {START_SECONDS} seconds")


def _free_port() -> int:
    from cli.ports import free_port  # noqa: PLC0415 - only once the packages are installed

    return free_port()


def _minutier(environ: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - ours
        [MINUTIER, *arguments], env=_environ(environ), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise DemoFailed(
            f"minutier {arguments[0]} ended with {done.returncode}:\n{done.stderr}{done.stdout}"
        )
    return done.stdout


def _environ(ours: Mapping[str, str]) -> dict[str, str]:
    """The environment without addresses of another stack."""
    theirs = {name: value for name, value in os.environ.items() if not _is_an_address(name)}
    return {**theirs, "PYTHONUTF8": "1", **ours}


def _is_an_address(name: str) -> bool:
    return name.startswith("MINUTIER_") and not name.startswith("MINUTIER_OFFICE")


def _write_json(name: str, value: Any) -> None:
    (OUT / name).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _print_statement(statement: Mapping[str, Any]) -> None:
    columns = {
        "claim": "id",
        "principal": "principal",
        "paid": "paid",
        "interest": "interest_total",
        "indemnity": "fixed_indemnity",
        "penalty": "penalty_clause",
        "outstanding": "outstanding",
    }
    print(f"\n  The letter's statement as of {statement['as_of']}, in {statement['currency']}")
    rows = [list(columns)]
    rows += [[str(claim[key]) for key in columns.values()] for claim in statement["claims"]]
    totals = statement["totals"]
    total_keys = ["principal", "paid", "interest", "fixed_indemnity", "penalty_clause", "due"]
    rows.append(["total", *(str(totals[key]) for key in total_keys)])
    for row in rows:
        print("    " + row[0].ljust(8) + "".join(cell.rjust(13) for cell in row[1:]))
    print(f"    each further day adds {statement['daily_interest']}\n")


if __name__ == "__main__":
    sys.exit(main())
