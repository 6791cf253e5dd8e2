"""The parts a process works with, made once from its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version

from core.clock import IdFactory, Now, utc_now
from core.settings import Settings
from jobs.limits import MemoryRequestCounter, RedisRequestCounter, RequestCounter
from jobs.mail import Mailer, NoMailer, build_mailer
from jobs.queue import JobQueue, RqJobQueue
from jobs.rates import CurrentRates
from law.rates import RateTables
from storage.archive import ArchiveParts
from storage.database import Database
from storage.objects import ObjectStore, S3ObjectStore
from storage.retention import RetentionRules

SOFTWARE_VERSION = version("minutier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything with a life outside the process, and time and identifiers."""

    settings: Settings
    database: Database
    drafts: ObjectStore
    archive: ObjectStore
    queue: JobQueue
    retention: RetentionRules
    counter: RequestCounter = field(default_factory=MemoryRequestCounter)
    mailer: Mailer = field(default_factory=NoMailer)
    now: Now = utc_now
    new_id: IdFactory = field(default_factory=IdFactory)
    _rates: CurrentRates = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Have the rates asked of the database that the services work with."""
        object.__setattr__(self, "_rates", CurrentRates(self.database))

    def rates(self) -> RateTables:
        """The published rates of this instant, the packaged ones and those added since.

        Who needs them twice asks once: between two calls a rate may be added.

        Raises:
            DatabaseUnavailable: it cannot be told whether they are complete.
        """
        return self._rates()

    @property
    def archive_parts(self) -> ArchiveParts:
        """What sealing and verifying work with."""
        return ArchiveParts(
            database=self.database,
            drafts=self.drafts,
            archive=self.archive,
            rules=self.retention,
            software_version=SOFTWARE_VERSION,
        )


def build_services(settings: Settings) -> Services:
    """The real parts. Nothing is contacted yet: a process starts while a part is away."""
    return Services(
        settings=settings,
        database=Database(settings.database_url),
        drafts=_store(settings, settings.drafts_bucket),
        archive=_store(settings, settings.archive_bucket),
        queue=RqJobQueue(settings.redis_url),
        counter=RedisRequestCounter(settings.redis_url),
        mailer=build_mailer(settings.mail_url, settings.mail_from),
        retention=RetentionRules.load(default_years=settings.retention_years),
    )


def prepare(services: Services) -> None:
    """Bring the tables up to date and make sure of the buckets and of the archive's lock.

    Raises:
        Unavailable: a part does not answer, or a bucket is not fit for its use.
    """
    services.database.migrate()
    services.drafts.ensure_bucket(locked=False)
    services.archive.ensure_bucket(locked=True)


def _store(settings: Settings, bucket: str) -> S3ObjectStore:
    return S3ObjectStore(
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
        bucket=bucket,
    )
