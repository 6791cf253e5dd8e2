"""Settings, read once from the environment, typed; a process refuses to start without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

_SHORTEST_SECRET = 32
EMBEDDED_PARTS = ("MINUTIER_DATABASE_URL", "MINUTIER_REDIS_URL", "MINUTIER_S3_ACCESS_KEY")


class SettingsInvalid(Exception):
    """Settings are missing or contradict each other; the message names every one at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the parts are, and the limits within which the process works.

    Attributes:
        data: Directory for local state: the embedded stack's data, office profiles, caches.
        database_url: SQLAlchemy URL, ``sqlite:///…`` or ``postgresql+psycopg://…``.
        redis_url: ``redis://…`` for the job queue.
        s3_endpoint: Address of the S3 server, or None for AWS.
        drafts_bucket: Bucket of versions under work; no lock.
        archive_bucket: Bucket with Object Lock; sealed generations only.
        office_processes: LibreOffice processes a worker keeps.
        lease: How long a worker holds a version without a sign of life before another takes it.
        retention_years: Years for which an archived act is locked when neither its kind nor
            the tenant says otherwise.
        requests_per_minute: Requests that one API key may make in a minute.
        mail_url: ``smtp://``, ``smtps://`` or, for trials, ``file:///folder``; None: no mail.
        mail_from: Sender of the messages.
        link_secret: From which the tokens of links are made, 32 characters at least; None: there
            are no links.
        template_approval: Whether a cabinet's own template is live only once another person has
            approved it.
    """

    data: Path
    database_url: str
    redis_url: str
    s3_endpoint: str | None
    s3_region: str
    s3_access_key: str
    s3_secret_key: str
    drafts_bucket: str
    archive_bucket: str
    office_processes: int
    office_timeout_seconds: int
    office_max_documents: int
    retention_years: int
    lease: timedelta
    requests_per_minute: int
    public_url: str
    template_approval: bool
    mail_url: str | None = None
    mail_from: str = "Minutier <minutier@localhost>"
    link_secret: str | None = field(default=None, repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read every setting, or say at once all that is missing or contradictory.

        Raises:
            SettingsInvalid: with one line per setting at fault.
        """
        reader = _Reader(environ)
        settings = cls(
            data=Path(environ.get("MINUTIER_DATA", ".data")),
            database_url=reader.required("MINUTIER_DATABASE_URL"),
            redis_url=reader.required("MINUTIER_REDIS_URL"),
            s3_endpoint=environ.get("MINUTIER_S3_ENDPOINT") or None,
            s3_region=environ.get("MINUTIER_S3_REGION", "eu-west-3"),
            s3_access_key=reader.required("MINUTIER_S3_ACCESS_KEY"),
            s3_secret_key=reader.required("MINUTIER_S3_SECRET_KEY"),
            drafts_bucket=environ.get("MINUTIER_DRAFTS_BUCKET", "minutier-drafts"),
            archive_bucket=environ.get("MINUTIER_ARCHIVE_BUCKET", "minutier-archive"),
            office_processes=reader.whole("MINUTIER_OFFICE_PROCESSES", 1, least=1, most=64),
            office_timeout_seconds=reader.whole(
                "MINUTIER_OFFICE_TIMEOUT_SECONDS", 30, least=1, most=600
            ),
            office_max_documents=reader.whole(
                "MINUTIER_OFFICE_MAX_DOCUMENTS", 500, least=1, most=100_000
            ),
            retention_years=reader.whole("MINUTIER_RETENTION_YEARS", 10, least=1, most=100),
            lease=timedelta(seconds=reader.whole("MINUTIER_LEASE_SECONDS", 20, least=1, most=600)),
            requests_per_minute=reader.whole(
                "MINUTIER_REQUESTS_PER_MINUTE", 6_000, least=1, most=10_000_000
            ),
            public_url=environ.get("MINUTIER_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            template_approval=reader.switch("MINUTIER_TEMPLATE_APPROVAL"),
            mail_url=environ.get("MINUTIER_MAIL_URL") or None,
            mail_from=environ.get("MINUTIER_MAIL_FROM") or "Minutier <minutier@localhost>",
            link_secret=reader.secret("MINUTIER_LINK_SECRET"),
        )
        reader.scheme("MINUTIER_DATABASE_URL", ("sqlite", "postgresql+psycopg"))
        reader.scheme("MINUTIER_REDIS_URL", ("redis", "rediss", "unix"))
        reader.scheme("MINUTIER_S3_ENDPOINT", ("http", "https"))
        reader.scheme("MINUTIER_MAIL_URL", ("smtp", "smtps", "file"))
        if settings.mail_url and not environ.get("MINUTIER_MAIL_FROM"):
            reader.faults.append("MINUTIER_MAIL_FROM is missing: who sends the mails?")
        if settings.drafts_bucket == settings.archive_bucket:
            reader.faults.append(
                "MINUTIER_DRAFTS_BUCKET and MINUTIER_ARCHIVE_BUCKET are the same bucket: "
                "drafts would be locked, or archived acts would not"
            )
        if reader.faults:
            raise SettingsInvalid("\n".join(reader.faults))
        return settings


def wants_embedded_stack(environ: Mapping[str, str]) -> bool:
    """Whether the environment names no part of the stack, so that the embedded one is meant."""
    return not any(environ.get(name) for name in (*EMBEDDED_PARTS, "MINUTIER_S3_ENDPOINT"))


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def required(self, name: str) -> str:
        value = self._environ.get(name, "")
        if not value:
            self.faults.append(f"{name} is missing")
        return value

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        text = self._environ.get(name, "")
        if not text:
            return default
        if not text.isdecimal() or not least <= int(text) <= most:
            self.faults.append(
                f"{name} must be a whole number from {least} to {most}, not {text!r}"
            )
            return default
        return int(text)

    def secret(self, name: str) -> str | None:
        value = self._environ.get(name) or None
        if value is not None and len(value) < _SHORTEST_SECRET:
            self.faults.append(f"{name} must have {_SHORTEST_SECRET} characters at least")
        return value

    def switch(self, name: str) -> bool:
        text = self._environ.get(name, "off")
        if text not in {"on", "off"}:
            self.faults.append(f"{name} must be on or off, not {text!r}")
        return text == "on"

    def scheme(self, name: str, allowed: tuple[str, ...]) -> None:
        value = self._environ.get(name, "")
        if value and urlsplit(value).scheme not in allowed:
            self.faults.append(f"{name} must begin with one of {', '.join(allowed)}")
