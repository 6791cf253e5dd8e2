"""The application over a real database, with stores and queue in memory: HTTP without a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from core.clock import IdFactory
from core.settings import Settings
from jobs.queue import MemoryJobQueue
from jobs.services import Services
from storage.database import Database
from storage.keys import create_key
from storage.objects import MemoryObjectStore
from storage.retention import RetentionRules

TODAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@dataclass
class Application:
    """An application, and clients of it."""

    services: Services
    client: FlaskClient

    def key(self, *scopes: str, tenant: str = "Cabinet Essai") -> dict[str, str]:
        """The header of a new key."""
        with self.services.database.transaction() as tx:
            made = create_key(tx, tenant, frozenset(scopes or {"*"}), TODAY, IdFactory())
        return {"Authorization": f"Bearer {made.secret}"}

    def post(self, path: str, body: Any, headers: Mapping[str, str]) -> TestResponse:
        """Send JSON."""
        return self.client.post(path, json=body, headers=dict(headers))


@contextmanager
def application(data: Path, *, now: datetime = TODAY) -> Iterator[Application]:
    """An application of its own, on SQLite in a folder."""
    database = Database(f"sqlite:///{data / 'minutier.db'}")
    database.migrate()
    settings = Settings.from_env(
        {
            "MINUTIER_DATA": str(data),
            "MINUTIER_DATABASE_URL": f"sqlite:///{data / 'minutier.db'}",
            "MINUTIER_REDIS_URL": "redis://127.0.0.1:1",
            "MINUTIER_S3_ACCESS_KEY": "none",
            "MINUTIER_S3_SECRET_KEY": "none",
        }
    )
    services = Services(
        settings=settings,
        database=database,
        drafts=MemoryObjectStore(),
        archive=MemoryObjectStore(locked=True),
        queue=MemoryJobQueue(),
        retention=RetentionRules.load(default_years=10),
        now=lambda: now,
    )
    yield Application(services, create_app(services).test_client())
    database.close()
