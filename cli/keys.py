"""API keys: made, listed, ended."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from cli.environment import database_url
from core.clock import IdFactory, rfc3339, utc_now
from storage.database import Database
from storage.keys import ALL_SCOPES, KeyRecord, create_key, list_keys, revoke_key


def create(environ: Mapping[str, str], tenant: str, scopes: Sequence[str]) -> None:
    """Make a key, print it alone on standard output; nobody can print it again."""
    wanted = frozenset(scopes or [ALL_SCOPES])
    with _database(environ) as database, database.transaction() as tx:
        key = create_key(tx, tenant, wanted, utc_now(), IdFactory())
    print(key.secret, flush=True)
    if sys.stderr.isatty():
        sys.stderr.write(f"{key.id} of tenant {tenant}. Keep it: it is not shown again.\n")


def show(environ: Mapping[str, str]) -> None:
    """Print every key, without its secret."""
    with _database(environ) as database, database.reading() as tx:
        rows = [_row(key) for key in list_keys(tx)]
    table = [("KEY", "TENANT", "BEGINS", "SCOPES", "CREATED", "LAST USED", "STATE"), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def revoke(environ: Mapping[str, str], key_id: str) -> None:
    """End a key for good.

    Raises:
        KeyMissing: there is no such key, or it is revoked already.
    """
    with _database(environ) as database, database.transaction() as tx:
        revoke_key(tx, key_id, utc_now())
    print(f"{key_id} is revoked")


def _row(key: KeyRecord) -> tuple[str, ...]:
    return (
        key.id,
        key.tenant,
        f"{key.prefix}…",
        ",".join(sorted(key.scopes)),
        rfc3339(key.created_at),
        rfc3339(key.last_used_at) if key.last_used_at else "never",
        f"revoked {rfc3339(key.revoked_at)}" if key.revoked_at else "live",
    )


@contextmanager
def _database(environ: Mapping[str, str]) -> Iterator[Database]:
    """The database, its tables made if this is the first thing that uses it."""
    with closing(Database(database_url(environ))) as database:
        database.migrate()
        yield database
