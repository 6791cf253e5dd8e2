"""The state of each part that acts need, asked as a process of Minutier would ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from cli.environment import full_environ
from core.errors import MinutierError
from core.settings import Settings
from generators.office import OfficePool
from jobs.services import build_services


def doctor(environ: Mapping[str, str]) -> int:
    """Print the state of each part; 0 if acts can be made, else 1."""
    settings = Settings.from_env(full_environ(environ))
    services = build_services(settings)
    with closing(services.database):
        parts: dict[str, Callable[[], object]] = {
            "database": services.database.ping,
            "queue": services.queue.ping,
            "drafts": services.drafts.ping,
            "archive": lambda: services.archive.ensure_bucket(locked=True),
            "office": lambda: _office_version(settings),
        }
        states = [_ask(name, question) for name, question in parts.items()]
    return 0 if all(states) else 1


def _ask(name: str, question: Callable[[], object]) -> bool:
    started = time.monotonic()
    try:
        found = question()
    except MinutierError as error:
        print(f"{name:10} DOWN  {error.detail}")
        return False
    took = (time.monotonic() - started) * 1000
    print(f"{name:10} ok    {found or ''} ({took:.0f} ms)".replace("  (", " ("))
    return True


def _office_version(settings: Settings) -> str:
    with OfficePool(1, Path(settings.data) / "office") as office:
        office.ping()
        return office.version
