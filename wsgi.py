"""The web process: settings, services, application. ``gunicorn wsgi:app``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from core.settings import Settings


def _share_metrics(data: Path) -> None:
    """Let the processes of one server count together: a directory named after their parent.

    Must happen before prometheus_client is imported, which reads the variable then. Directories
    of servers that are gone are removed.
    """
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return
    home = data / "metrics"
    mine = home / str(os.getppid())
    mine.mkdir(parents=True, exist_ok=True)
    for other in home.iterdir():
        if other.name.isdecimal() and not Path("/proc", other.name).exists():
            shutil.rmtree(other, ignore_errors=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(mine)


_settings = Settings.from_env(os.environ)
_share_metrics(_settings.data)

from api.access_log import configure  # noqa: E402 - after the above
from api.app import create_app  # noqa: E402 - as above
from jobs.services import build_services  # noqa: E402 - as above

configure()
app = create_app(build_services(_settings))
