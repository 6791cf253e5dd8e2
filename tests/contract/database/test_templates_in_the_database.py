"""Templates and stationery of cabinets: numbered, live from a day, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.stationeries import (
    StationeryMissing,
    StationeryVersion,
    get_stationery,
    insert_stationery,
    newest_stationery,
)
from storage.templates import (
    Approval,
    TemplateMissing,
    TemplateVersion,
    get_template,
    insert_approval,
    insert_template,
    list_templates,
    live_template,
    lock_templates,
    newest_template,
    next_number,
)
from storage.versions import get_version, insert_version
from tests.support.database import NOW, Cabinet, Place, a_version, add_act, add_cabinet

TODAY = date(2026, 11, 24)
TOMORROW = TODAY + timedelta(days=1)
KIND = "mise_en_demeure"


def a_template(cabinet: Cabinet, number: int = 1, **changes: Any) -> TemplateVersion:
    version = TemplateVersion(
        tenant_id=cabinet.tenant_id,
        kind=KIND,
        number=number,
        sha256=f"{number:064x}",
        size=1234,
        note=None,
        live_from=TODAY,
        needs_approval=False,
        created_at=NOW,
        key_id=cabinet.key_id,
        actor_name="jane@cabinet.example",
    )
    return replace(version, **changes)


def a_stationery(cabinet: Cabinet, number: int = 1, **changes: Any) -> StationeryVersion:
    version = StationeryVersion(
        tenant_id=cabinet.tenant_id,
        number=number,
        sha256="c" * 64,
        content={"accent_color": "0B5D3B", "footer_lines": ["Été"], "logo": None},
        created_at=NOW,
        key_id=cabinet.key_id,
        actor_name=None,
    )
    return replace(version, **changes)


def add(database: Database, *versions: TemplateVersion) -> None:
    with database.transaction() as tx:
        for version in versions:
            insert_template(tx, version)


def live(database: Database, cabinet: Cabinet, on: date = TODAY) -> int | None:
    with database.reading() as tx:
        found = live_template(tx, cabinet.tenant_id, KIND, on)
    return found.version.number if found else None


def test_a_version_comes_back_as_it_was_stored(database: Database, cabinet: Cabinet) -> None:
    version = a_template(cabinet, note="Charte")
    add(database, version)
    with database.reading() as tx:
        known = get_template(tx, cabinet.tenant_id, KIND, 1)
        assert (known.version, known.approval, known.waits) == (version, None, False)
        assert list_templates(tx, cabinet.tenant_id, KIND) == [known]
        assert newest_template(tx, cabinet.tenant_id, KIND) == known
        assert list_templates(tx, cabinet.tenant_id, "relance") == []
        with pytest.raises(TemplateMissing):
            get_template(tx, cabinet.tenant_id, KIND, 2)


def test_numbers_follow_each_other_for_each_kind_and_cabinet(
    database: Database, cabinet: Cabinet, new_id: Any
) -> None:
    add(database, a_template(cabinet), a_template(cabinet, 2))
    with database.transaction() as tx:
        other = add_cabinet(tx, "Cabinet Voisin", new_id=new_id)
        lock_templates(tx, cabinet.tenant_id)
        assert next_number(tx, cabinet.tenant_id, KIND) == 3
        assert next_number(tx, cabinet.tenant_id, "relance") == 1
        assert next_number(tx, other.tenant_id, KIND) == 1


def test_the_latest_day_that_has_come_is_live_and_then_the_latest_version(
    database: Database, cabinet: Cabinet
) -> None:
    assert live(database, cabinet) is None
    add(database, a_template(cabinet), a_template(cabinet, 2, live_from=TOMORROW))
    add(database, a_template(cabinet, 3))
    assert live(database, cabinet, TODAY - timedelta(days=1)) is None
    assert live(database, cabinet) == 3
    assert live(database, cabinet, TOMORROW) == 2


def test_the_way_back_ends_what_came_before_also_for_later_days(
    database: Database, cabinet: Cabinet
) -> None:
    add(
        database,
        a_template(cabinet),
        a_template(cabinet, 2, live_from=TOMORROW),
        a_template(cabinet, 3, sha256=None, size=None),
    )
    with database.reading() as tx:
        found = live_template(tx, cabinet.tenant_id, KIND, TOMORROW)
        assert found is None or found.version.sha256 is None
        with pytest.raises(TemplateMissing):
            get_template(tx, cabinet.tenant_id, KIND, 3)
    add(database, a_template(cabinet, 4))
    assert live(database, cabinet) == 4


def test_what_waits_for_an_approval_is_not_live(database: Database, cabinet: Cabinet) -> None:
    waiting = a_template(cabinet, 2, needs_approval=True)
    add(database, a_template(cabinet), waiting)
    assert live(database, cabinet) == 1
    approval = Approval(approved_at=NOW, key_id=cabinet.key_id, actor_name="jean@cabinet.example")
    with database.transaction() as tx:
        assert get_template(tx, cabinet.tenant_id, KIND, 2).waits
        insert_approval(tx, waiting, approval)
        known = get_template(tx, cabinet.tenant_id, KIND, 2)
        assert (known.approval, known.waits) == (approval, False)
    assert live(database, cabinet) == 2


def test_the_stationery_added_last_is_in_use(database: Database, cabinet: Cabinet) -> None:
    first, second = a_stationery(cabinet), a_stationery(cabinet, 2, sha256=None, content=None)
    with database.transaction() as tx:
        assert newest_stationery(tx, cabinet.tenant_id) is None
        insert_stationery(tx, first)
        assert newest_stationery(tx, cabinet.tenant_id) == first
        insert_stationery(tx, second)
        assert newest_stationery(tx, cabinet.tenant_id) == second
        assert get_stationery(tx, cabinet.tenant_id, 1) == first
        with pytest.raises(StationeryMissing):
            get_stationery(tx, cabinet.tenant_id, 3)


@pytest.mark.parametrize(
    "table", ["template_versions", "template_approvals", "stationery_versions"]
)
@pytest.mark.parametrize(
    "verb", ["DELETE FROM {}", "UPDATE {} SET key_id = 'other'", "UPDATE {} SET number = 9"]
)
def test_the_database_refuses_to_change_or_forget_them(
    place: Place, cabinet: Cabinet, table: str, verb: str
) -> None:
    version = a_template(cabinet, needs_approval=True)
    approval = Approval(approved_at=NOW, key_id=cabinet.key_id, actor_name="jean@cabinet.example")
    with place.database.transaction() as tx:
        insert_template(tx, version)
        insert_approval(tx, version, approval)
        insert_stationery(tx, a_stationery(cabinet))
    with pytest.raises(Exception, match=r"never|refused"):
        place.execute(verb.format(table))
    with place.database.reading() as tx:
        assert get_template(tx, cabinet.tenant_id, KIND, 1).approval == approval
        assert newest_stationery(tx, cabinet.tenant_id) == a_stationery(cabinet)


def test_a_number_is_given_once(database: Database, cabinet: Cabinet) -> None:
    add(database, a_template(cabinet))
    with pytest.raises(DBAPIError):
        add(database, a_template(cabinet))


@pytest.mark.parametrize("column", ["template_version", "stationery_version"])
def test_a_version_keeps_the_templates_it_was_accepted_with(
    place: Place, cabinet: Cabinet, column: str
) -> None:
    with place.database.transaction() as tx:
        act = add_act(tx, cabinet)
        insert_version(tx, a_version(act, 2, template_version=4, stationery_version=None))
    for number in (1, 2):
        with pytest.raises(Exception, match="never changes"):
            place.execute(f"UPDATE versions SET {column} = 7 WHERE number = {number}")  # noqa: S608 - ours
    with place.database.reading() as tx:
        kept = get_version(tx, cabinet.tenant_id, "act_1", 2)
        assert (kept.template_version, kept.stationery_version) == (4, None)
        kept = get_version(tx, cabinet.tenant_id, "act_1", 1)
        assert (kept.template_version, kept.stationery_version) == (None, None)
