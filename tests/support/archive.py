"""Acts approved and sealed without LibreOffice, where a test may tamper with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from storage import acts, archives_db, trail, versions
from storage.archive import ArchiveParts, seal
from storage.archives_db import Archive, ArchivedObject
from storage.canonical import canonical, sha256_hex
from storage.drafts import put_content
from storage.evidence import build_package
from storage.generation import DOCX, PDF
from storage.objects import ObjectInfo, ObjectStore, Stored
from storage.package_verifier import Check, verify_package
from storage.retention import RetentionRules
from storage.verification import verify_online
from storage.versions import Rendered
from tests.support.database import Cabinet, Place, a_version, an_act
from tests.support.versions import LEASE

ARCHIVED_AT = datetime(2026, 11, 24, 15, 42, 7, 654321, tzinfo=UTC)
FILES = ("act.docx", "act.pdf", "data.json", "manifest.json", "statement.json", "template.docx")


@dataclass(frozen=True)
class Vault:
    """A database, its two stores, and a cabinet whose acts are sealed there."""

    place: Place
    parts: ArchiveParts
    cabinet: Cabinet

    def approve(self, act_id: str = "act_1") -> str:
        """Store an approved act, its version rendered, its trail as a life leaves it."""
        drafts, tenant = self.parts.drafts, self.cabinet.tenant_id
        act = an_act(self.cabinet, act_id, status="approved")
        snapshot = canonical({"kind": act.kind, "case": {"reference": act_id, "é": "créance"}})
        version = replace(
            a_version(act), snapshot=snapshot.decode(), data_sha256=sha256_hex(snapshot)
        )
        made = Rendered(
            statement={"totals": {"due": "1089.93"}, "lines": [{"label": "Intérêts « B2B »"}]},
            template_sha256=put_content(drafts, tenant, b"PK\x03\x04 a Word master", DOCX),
            law_data_sha256="a" * 64,
            software_version="0.1.0",
            due_cents=108993,
            docx_sha256=put_content(drafts, tenant, b"PK\x03\x04 Word " + act_id.encode(), DOCX),
            pdf_sha256=put_content(drafts, tenant, b"%PDF-1.7\n" + act_id.encode() * 40, PDF),
            office_version="LibreOffice 7.4.7.2",
            pages=1,
            rendered_at=ARCHIVED_AT,
        )
        with self.parts.database.transaction() as tx:
            acts.insert_act(tx, act)
            versions.insert_version(tx, version)
            versions.claim(tx, act_id, 1, "worker", now=ARCHIVED_AT, lease=LEASE)
            versions.complete(tx, act_id, 1, "worker", made)
            for action in ("created", "rendered", "approved"):
                self._tell(tx, act_id, action)
        return act_id

    def seal(self, act_id: str = "act_1", **parts: Any) -> Archive:
        """Seal an act, with some of the parts replaced."""
        return seal(replace(self.parts, **parts), self.cabinet.tenant_id, act_id, now=ARCHIVED_AT)

    def sealed(self, act_id: str = "act_1") -> str:
        """Approve and seal an act."""
        self.seal(self.approve(act_id))
        return act_id

    def verify(self, act_id: str = "act_1") -> dict[str, str]:
        """Names of the checks that fail online, each with its place."""
        report = verify_online(
            self.parts.database, self.parts.archive, self.cabinet.tenant_id, act_id
        )
        assert (report.outcome == "failed") == bool(failed(report.checks))
        return failed(report.checks)

    def evidence(self, act_id: str = "act_1") -> bytes:
        """The evidence package of an act."""
        return build_package(
            self.parts.database, self.parts.archive, self.cabinet.tenant_id, act_id
        )

    def objects(self, act_id: str = "act_1") -> dict[str, ArchivedObject]:
        """The recorded objects by path."""
        with self.parts.database.reading() as tx:
            return {item.path: item for item in archives_db.objects_of(tx, act_id, 1)}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query by plain SQL finds."""
        with self.parts.database.reading() as tx:
            return [tuple(row) for row in tx.exec_driver_sql(query)]

    def generations(self, act_id: str = "act_1") -> list[str]:
        """The keys that hold the act's generations in the store."""
        prefix = f"v1/{self.cabinet.tenant_id}/acts/{act_id}/"
        return [key.removeprefix(prefix) for key in self.parts.archive.list(prefix)]

    def actions(self, act_id: str = "act_1") -> list[str]:
        """What happened to an act, its chain checked."""
        with self.parts.database.reading() as tx:
            chain = trail.events(tx, self.cabinet.tenant_id, act_id)
        assert trail.check_chain(chain) == []
        return [event.action for event in chain]

    def _tell(self, tx: Any, act_id: str, action: str) -> None:
        trail.append(
            tx,
            tenant_id=self.cabinet.tenant_id,
            act_id=act_id,
            at=ARCHIVED_AT,
            actor={"type": "key", "key_id": self.cabinet.key_id, "name": "Zoë Étang"},
            action=action,
            details={"version": 1, "note": "« 1 234,56 € »"},
        )


def vault(place: Place, cabinet: Cabinet, drafts: ObjectStore, archive: ObjectStore) -> Vault:
    """A vault over stores that are there."""
    parts = ArchiveParts(
        database=place.database,
        drafts=drafts,
        archive=archive,
        rules=RetentionRules.load(),
        software_version="0.1.0",
    )
    return Vault(place, parts, cabinet)


def failed(checks: Any) -> dict[str, str]:
    """Names of the checks that fail, each with its place."""
    found: dict[str, str] = {}
    for check in checks:
        if check.outcome == "failed":
            assert check.where, f"{check.name} fails and says not where"
            found[check.name] = f"{found.get(check.name, '')} {check.where}".strip()
    return found


def offline(package: bytes) -> dict[str, str]:
    """Names of the checks of a package that fail, each with its place."""
    checks: list[Check] = verify_package(package)
    return failed(checks)


class Wrapped:
    """A store that does something before or after each PUT; all else is the store's."""

    def __init__(
        self,
        store: ObjectStore,
        *,
        before_put: Callable[[str], None] = lambda _key: None,
        after_put: Callable[[str], None] = lambda _key: None,
    ) -> None:
        self._store = store
        self._before, self._after = before_put, after_put

    def put(
        self,
        key: str,
        data: bytes,
        *,
        media_type: str,
        sha256: str,
        retain_until: datetime | None = None,
    ) -> Stored:
        self._before(key)
        stored = self._store.put(
            key, data, media_type=media_type, sha256=sha256, retain_until=retain_until
        )
        self._after(key)
        return stored

    def get(self, key: str, version_id: str | None = None) -> bytes:
        return self._store.get(key, version_id)

    def head(self, key: str, version_id: str | None = None) -> ObjectInfo:
        return self._store.head(key, version_id)

    def list(self, prefix: str) -> Iterator[str]:
        return self._store.list(prefix)

    def versions(self, key: str) -> Any:
        return self._store.versions(key)

    def extend_retention(self, key: str, version_id: str | None, until: datetime) -> None:
        self._store.extend_retention(key, version_id, until)

    def set_legal_hold(self, key: str, version_id: str | None, *, on: bool) -> None:
        self._store.set_legal_hold(key, version_id, on=on)

    def delete(self, key: str, version_id: str | None = None) -> None:
        self._store.delete(key, version_id)

    def ensure_bucket(self, *, locked: bool) -> None:
        self._store.ensure_bucket(locked=locked)

    def ping(self) -> None:
        self._store.ping()


class Killed(BaseException):
    """A process that ends there and then: nothing catches it."""


def killing_after(number: int) -> Callable[[str], None]:
    """A callback that kills at its n-th call."""
    calls = iter(range(1, 10_000))

    def count(_key: str) -> None:
        if next(calls) == number:
            raise Killed

    return count
