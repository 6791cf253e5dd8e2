"""The rates in force in this process: the packaged ones, and those added since by any process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.clock import Now, civil_day
from law.publication import KnownRate, check_published, known_rates, with_published
from law.rates import PublishedRate, RateTables
from storage import rates
from storage.database import Database
from storage.rates import AddedRate
from storage.versions import Version


class CurrentRates:
    """The tables as they stand, asked of the database at each use.

    One count tells whether anything was added; only then are the rows read. A rate is thus in
    force in every process as soon as its adding is answered (ADR 0101).
    """

    def __init__(
        self, database: Database, packaged: Callable[[], RateTables] = RateTables.load
    ) -> None:
        self._database = database
        self._packaged = packaged
        self._known: tuple[int, RateTables] | None = None

    def __call__(self) -> RateTables:
        """The tables of this instant.

        Raises:
            DatabaseUnavailable: it cannot be told whether they are complete.
        """
        with self._database.reading() as tx:
            known, count = self._known, rates.count(tx)
            if known is not None and known[0] == count:
                return known[1]
            added = [row.rate for row in rates.added(tx)]
        tables = with_published(self._packaged(), added) if added else self._packaged()
        self._known = len(added), tables
        return tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who adds a rate: a key and whom it speaks for; neither on the console."""

    tenant_id: str | None
    key_id: str | None
    name: str | None


def add_rate(
    database: Database,
    rate: PublishedRate,
    author: Author,
    *,
    now: Now,
    packaged: Callable[[], RateTables] = RateTables.load,
) -> tuple[KnownRate, bool]:
    """Add a published rate; the rate as known, and whether it is new.

    Raises:
        SeriesUnknown: there is no such series.
        RateNotAddable: it is not the next of its series.
        RateContradicts: its period is known with another rate.
    """
    instant: datetime = now()
    with database.transaction() as tx:
        rates.lock(tx)
        tables = with_published(packaged(), [row.rate for row in rates.added(tx)])
        known = check_published(tables, rate, civil_day(instant))
        if known is not None:
            return known, False
        rates.add(
            tx,
            AddedRate(
                rate=rate,
                added_at=instant,
                tenant_id=author.tenant_id,
                key_id=author.key_id,
                actor_name=author.name,
            ),
        )
    return known_rates(with_published(tables, [rate]), rate.series)[-1], True


def rates_of(database: Database, version: Version) -> RateTables:
    """The rates a version was accepted under, whatever has been published since.

    Versions older than the keeping of rates were accepted under the packaged ones.
    """
    with database.reading() as tx:
        kept = rates.kept_tables(tx, version.law_data_sha256)
    return RateTables.load() if kept is None else kept
