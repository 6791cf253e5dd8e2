"""What a forger with every right on the database changes: verification fails, and says where."""

from __future__ import annotations

import pytest

from core.errors import MinutierError
from storage.database.tables import trail_events
from storage.objects import MemoryObjectStore
from tests.support.archive import Vault, offline, vault
from tests.support.database import Cabinet, Place

PROVING = ("trail_events", "archives", "archive_objects", "versions", "acts")


@pytest.fixture
def safe(place: Place, cabinet: Cabinet) -> Vault:
    """A sealed act, and another of the same cabinet, with every guard of the database dropped."""
    safe = vault(place, cabinet, MemoryObjectStore(), MemoryObjectStore(locked=True))
    safe.sealed("act_1")
    safe.sealed("act_2")
    assert safe.verify() == {}
    for table in PROVING:
        place.drop_guards(table)
    return safe


def places(vault: Vault, act_id: str = "act_1") -> str:
    """All that verification says is at fault, as one text."""
    try:
        found = vault.verify(act_id)
    except MinutierError as error:  # the act is not even found as archived: said, with a reason
        return f"{type(error).__name__}: {error.detail}"
    return "\n".join(f"{name}: {where}" for name, where in found.items())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("position = position + 1000", "trail_rows: événement 3 : position"),
        ("act_id = 'act_3'", "événement 3 (approved) : le numéro 2 était attendu"),
        ("tenant_id = 'ten_other'", "trail_rows: événement 2 : cabinet 'ten_other'"),
        ("seq = 22", "le numéro"),
        ("at = '2026-11-24T15:42:08.654000Z'", "événement 2 (rendered) : son contenu"),
        ("at = '2026-11-24T15:42:07.654001Z'", "événement 2 (rendered) : son contenu"),
        ("actor = replace(actor, 'Zoë', 'Zoé')", "événement 2 (rendered) : son contenu"),
        ("actor = replace(actor, ',', ', ')", "événement 2 (rendered) : son contenu"),
        ("action = 'Rendered'", "événement 2 (Rendered) : son contenu"),
        ("details = replace(details, '1', '2')", "événement 2 (rendered) : son contenu"),
        ("previous_hash = replace(previous_hash, 'a', 'A')", "événement 2 (rendered)"),
        ("hash = upper(hash)", "événement 2 (rendered) : son contenu"),
    ],
)
def test_every_column_of_an_event(safe: Vault, change: str, expected: str) -> None:
    safe.place.forge(f"UPDATE trail_events SET {change} WHERE seq = 2 AND act_id = 'act_1'")  # noqa: S608 - ours
    assert expected in places(safe)


def test_every_column_of_an_event_is_in_the_list_above() -> None:
    marks = test_every_column_of_an_event.pytestmark  # type: ignore[attr-defined]
    changed = {change.partition(" ")[0] for change, _ in marks[0].args[1]}
    assert changed == {column.name for column in trail_events.columns}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM trail_events WHERE act_id = 'act_1' AND seq = 2", "le numéro 2 était"),
        ("DELETE FROM trail_events WHERE act_id = 'act_1' AND seq = 4", "0 événement(s) archived"),
        ("DELETE FROM trail_events WHERE act_id = 'act_1'", "aucun événement"),
    ],
)
def test_events_removed(safe: Vault, statement: str, expected: str) -> None:
    safe.place.forge(statement)
    assert expected in places(safe)


def test_events_that_changed_places(safe: Vault) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        safe.place.forge(
            f"UPDATE trail_events SET seq = {new} WHERE seq = {old} AND act_id = 'act_1'"  # noqa: S608 - ours
        )
    assert "événement 2 (approved) : previous_hash" in places(safe)


def test_an_event_of_another_act_in_the_place_of_ours(safe: Vault) -> None:
    safe.place.forge("UPDATE trail_events SET seq = 99 WHERE act_id = 'act_1' AND seq = 2")
    safe.place.forge("UPDATE trail_events SET act_id = 'act_1' WHERE act_id = 'act_2' AND seq = 2")
    safe.place.forge("DELETE FROM trail_events WHERE seq = 99")
    found = places(safe)
    assert "événement 2 (rendered) : previous_hash" in found
    assert "événement 3 (approved) : previous_hash" in found
    assert "événement 3 (approved) : le numéro 2 était attendu" in places(safe, "act_2")


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        ("archives", "status = 'sealing'", "archives.status : sealing"),
        ("archives", "version = 2", "archives.version"),
        ("archives", "archived_at = '2026-11-24T15:42:07.655000Z'", "archives.archived_at"),
        ("archives", "archived_at = '2026-11-24T15:42:07.654001Z'", "archives.archived_at"),
        ("archives", "sealed_at = '2026-11-24T15:42:07.654001Z'", "archives.sealed_at"),
        ("archives", "sealed_at = NULL", "archives.sealed_at"),
        ("archives", "manifest_sha256 = upper(manifest_sha256)", "archives.manifest_sha256"),
        ("archives", "retention_class = 'short'", "archives.retention_class"),
        ("archives", "retain_until = '2036-11-24T22:59:59.999999Z'", "archives.retain_until"),
        ("archives", "retain_until = '2036-11-24T23:00:00.000001Z'", "objects_retention: act.docx"),
        ("archives", "legal_hold = (1 = 1)", "objects_legal_hold: act.docx"),
        ("archives", "software_version = '0.1.1'", "archives.software_version"),
        ("archive_objects", "path = 'act.odf'", "archive_objects : act.pdf manque"),
        ("archive_objects", "key = replace(key, 'act_1', 'act_2')", "clé de act.pdf"),
        ("archive_objects", "version_id = '9'", "version de act.pdf"),
        ("archive_objects", "sha256 = upper(sha256)", "archive_objects : act.pdf, sha256"),
        ("archive_objects", "size = size + 1", "archive_objects : act.pdf, size"),
        ("archive_objects", "media_type = 'text/html'", "archive_objects : act.pdf, media_type"),
        ("archive_objects", "role = 'source'", "archive_objects : act.pdf, role"),
        ("versions", "status = 'queued'", "versions.status"),
        ("versions", "snapshot = replace(snapshot, 'é', 'e')", "versions.snapshot"),
        ("versions", "snapshot = replace(snapshot, ',', ', ')", "versions.snapshot"),
        ("versions", "data_sha256 = upper(data_sha256)", "versions.data_sha256"),
        ("versions", "law_data_sha256 = 'b'", "versions.law_data_sha256"),
        ("versions", "template_sha256 = 'b'", "versions.template_sha256"),
        ("versions", "software_version = '0.1.1'", "versions.software_version"),
        ("versions", "statement = replace(statement, '93', '94')", "versions.statement"),
        ("versions", "statement = replace(statement, ',', ', ')", "versions.statement"),
        ("versions", "statement = NULL", "versions.statement"),
        ("versions", "docx_sha256 = 'b'", "versions.docx_sha256"),
        ("versions", "pdf_sha256 = 'b'", "versions.pdf_sha256"),
        ("versions", "findings_sha256 = 'b'", "versions.findings_sha256"),
        ("versions", "office_version = 'LibreOffice 7.4.7.3'", "versions.office_version"),
        ("acts", "status = 'approved'", "acts.status : approved"),
        ("acts", "kind = 'relance'", "acts.kind"),
    ],
)
def test_rows_of_what_was_sealed(safe: Vault, table: str, change: str, expected: str) -> None:
    key = "id" if table == "acts" else "act_id"
    only = " AND path = 'act.pdf'" if table == "archive_objects" else ""
    safe.place.forge(f"UPDATE {table} SET {change} WHERE {key} = 'act_1'{only}")  # noqa: S608 - ours
    assert expected in places(safe)
    assert places(safe, "act_2") == "", "the act beside it is not accused"


@pytest.mark.parametrize("path", ["manifest.json", "template.docx"])
@pytest.mark.parametrize("column", ["sha256", "size", "media_type", "role", "key", "version_id"])
def test_rows_of_the_manifest_and_of_the_template(safe: Vault, path: str, column: str) -> None:
    value = "size + 1" if column == "size" else "'other'"
    safe.place.forge(
        f"UPDATE archive_objects SET {column} = {value} "  # noqa: S608 - ours
        f"WHERE act_id = 'act_1' AND path = '{path}'",
    )
    assert path in places(safe)


def test_the_row_of_the_archive_removed(safe: Vault) -> None:
    safe.place.forge("DELETE FROM archive_objects WHERE act_id = 'act_1'")
    safe.place.forge("DELETE FROM archives WHERE act_id = 'act_1'")
    assert places(safe) == (
        "ArchiveInconsistent: acts.status is archived, and archives has no row of the act"
    )


def test_any_flipped_byte_of_any_column_of_any_event(safe: Vault) -> None:
    """Byte by byte, in three ways: the last bit, the case of a letter, the highest bit.

    In SQLite's texts; PostgreSQL would refuse many of these bytes.
    """
    if not safe.place.database.is_sqlite:
        pytest.skip("bytes that are no UTF-8 cannot be written to PostgreSQL")
    columns = ("at", "actor", "action", "details", "previous_hash", "hash", "tenant_id", "act_id")
    rows = safe.rows(
        f"SELECT seq, position, {', '.join(columns)} "  # noqa: S608 - ours
        "FROM trail_events WHERE act_id = 'act_1'"
    )
    missed = []
    for seq, position, *values in rows:
        for column, value in zip(columns, values, strict=True):
            data = value.encode()
            for at in range(0, len(data), 1 if seq == 2 else 5):
                flipped = bytearray(data)
                flipped[at] ^= (0x01, 0x20, 0x80)[(at + seq) % 3]
                if not _is_found(safe, position, column, value.encode(), bytes(flipped)):
                    missed.append((seq, column, at))
    assert missed == []


def _is_found(safe: Vault, position: int, column: str, value: bytes, flipped: bytes) -> bool:
    """Whether a change, undone afterwards, makes verification fail."""
    forge = f"UPDATE trail_events SET {column} = CAST(? AS TEXT) WHERE position = {position}"  # noqa: S608 - ours
    safe.place.forge(forge, flipped)
    found = bool(places(safe))
    safe.place.forge(forge, value)
    return found


def test_a_package_made_from_tampered_rows_does_not_hold_either(safe: Vault) -> None:
    """Who verifies offline finds the same fault: the package is made of what is there."""
    safe.place.forge(
        "UPDATE trail_events SET details = replace(details, '1', '2') "
        "WHERE seq = 2 AND act_id = 'act_1'",
    )
    assert "événement 2 (rendered) : son contenu" in offline(safe.evidence())["trail_chain"]
