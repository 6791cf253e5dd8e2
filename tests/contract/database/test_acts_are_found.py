"""Acts: kept, moved from status to status, and found."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import IdFactory
from core.errors import InvalidFacts
from storage import acts
from storage.acts import ActFilters, ActMissing, StatusConflict
from storage.database import Database
from storage.paging import CursorInvalid, Page
from tests.support.database import NOW, Cabinet, add_act, add_cabinet, an_act


def _find(
    database: Database,
    tenant_id: str,
    *,
    limit: int = 50,
    cursor: str | None = None,
    **filters: object,
) -> Page[acts.Act]:
    with database.reading() as tx:
        return acts.find_acts(
            tx,
            tenant_id,
            ActFilters(**filters),
            limit=limit,
            cursor=cursor,  # type: ignore[arg-type]
        )


def _ids(page: Page[acts.Act]) -> list[str]:
    return [act.id for act in page.items]


def test_an_act_is_read_as_it_was_written(database: Database, cabinet: Cabinet) -> None:
    act = an_act(
        cabinet, problem={"slug": "document-not-convertible"}, debtor_siren=None, due_cents=2**40
    )
    with database.transaction() as tx:
        acts.insert_act(tx, act)
    with database.reading() as tx:
        assert acts.get_act(tx, cabinet.tenant_id, "act_1") == act
        assert acts.tenant_of(tx, "act_1") == cabinet.tenant_id


def test_another_tenant_s_act_is_missing(
    database: Database, cabinet: Cabinet, new_id: IdFactory
) -> None:
    with database.transaction() as tx:
        other = add_cabinet(tx, "Autre cabinet", new_id=new_id)
        add_act(tx, cabinet)
    with database.reading() as tx:
        with pytest.raises(ActMissing):
            acts.get_act(tx, other.tenant_id, "act_1")
        with pytest.raises(ActMissing):
            acts.get_act(tx, cabinet.tenant_id, "act_2")
    assert _ids(_find(database, other.tenant_id)) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["act_3", "act_2", "act_1"]),
        ({"kind": "relance"}, ["act_2"]),
        ({"status": "draft"}, ["act_3"]),
        ({"case_reference": "2026-0002"}, ["act_2"]),
        ({"case_reference": "2026"}, []),
        ({"siren": "552100554"}, ["act_2"]),
        ({"debtor": "ETANG"}, ["act_3", "act_1"]),
        ({"debtor": "  étang  &"}, ["act_3", "act_1"]),
        ({"debtor": "coeur d'or"}, ["act_2"]),
        ({"debtor": "CŒUR D\N{RIGHT SINGLE QUOTATION MARK}OR"}, ["act_2"]),
        ({"debtor": "%"}, []),
        ({"debtor": "_"}, []),
        ({"debtor": "vexin"}, []),
        ({"q": "vexin 0002"}, ["act_2"]),
        ({"q": "vexin absent"}, []),
        ({"q": "552100554"}, ["act_2"]),
        ({"created_from": NOW + timedelta(hours=1)}, ["act_3", "act_2"]),
        ({"created_to": NOW + timedelta(hours=1)}, ["act_1"]),
        ({"kind": "mise_en_demeure", "created_from": NOW + timedelta(seconds=1)}, ["act_3"]),
    ],
)
def test_acts_are_found_newest_first_by(
    database: Database, cabinet: Cabinet, filters: dict[str, object], expected: list[str]
) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet, "act_1")
        add_act(
            tx,
            cabinet,
            "act_2",
            kind="relance",
            case_reference="2026-0002",
            debtor_name="Cœur d\N{RIGHT SINGLE QUOTATION MARK}Or",
            debtor_siren="552100554",
            created_at=NOW + timedelta(hours=1),
        )
        add_act(tx, cabinet, "act_3", status="draft", created_at=NOW + timedelta(hours=2))
    assert _ids(_find(database, cabinet.tenant_id, **filters)) == expected


def test_pages_hold_every_act_once_even_those_of_one_instant(
    database: Database, cabinet: Cabinet
) -> None:
    with database.transaction() as tx:
        for number in range(7):
            at = NOW + timedelta(seconds=number // 3)  # three share each instant
            add_act(tx, cabinet, f"act_{number}", created_at=at)
    seen: list[str] = []
    cursor = None
    while True:
        page = _find(database, cabinet.tenant_id, limit=2, cursor=cursor)
        seen += _ids(page)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [f"act_{number}" for number in reversed(range(7))]


def test_a_new_act_does_not_move_the_pages_after_it(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet, "act_1")
        add_act(tx, cabinet, "act_2", created_at=NOW + timedelta(seconds=1))
    first = _find(database, cabinet.tenant_id, limit=1)
    with database.transaction() as tx:
        add_act(tx, cabinet, "act_3", created_at=NOW + timedelta(seconds=2))
    second = _find(database, cabinet.tenant_id, limit=1, cursor=first.next_cursor)
    assert (_ids(first), _ids(second), second.next_cursor) == (["act_2"], ["act_1"], None)


def test_a_cursor_of_another_making_is_refused(database: Database, cabinet: Cabinet) -> None:
    with pytest.raises(CursorInvalid):
        _find(database, cabinet.tenant_id, cursor="bm90IGEgY3Vyc29y")


@pytest.mark.parametrize("name", ["case_reference", "debtor", "q", "siren", "kind", "status"])
def test_a_nul_in_a_filter_is_the_client_s_fault_or_finds_nothing(
    database: Database, cabinet: Cabinet, name: str
) -> None:
    try:
        found = _find(database, cabinet.tenant_id, **{name: "a\0b"})
    except InvalidFacts:
        return
    assert _ids(found) == []


def test_a_status_moves_only_from_where_it_may(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        acts.set_status(
            tx, "act_1", from_={"queued"}, to="failed", at=NOW, problem={"slug": "unavailable"}
        )

    def approve() -> None:
        with database.transaction() as tx:
            acts.set_status(tx, "act_1", from_={"draft", "queued"}, to="approved", at=NOW)

    with pytest.raises(StatusConflict, match="the act is failed; this needs draft or queued"):
        approve()
    later = NOW + timedelta(minutes=1)
    with database.transaction() as tx:
        acts.set_status(tx, "act_1", from_={"failed"}, to="draft", at=later, due_cents=108993)
        act = acts.get_act(tx, cabinet.tenant_id, "act_1")
    assert (act.status, act.problem, act.due_cents, act.updated_at) == (
        "draft",
        None,
        108993,
        later,
    )


def test_of_two_that_decide_at_once_one_is_told_no(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet, status="draft")
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def decide(to: acts.Status) -> None:
        together.wait()
        try:
            with database.transaction() as tx:
                acts.set_status(tx, "act_1", from_={"draft"}, to=to, at=NOW)
            outcomes.append("done")
        except StatusConflict:
            outcomes.append("refused")

    threads = [
        threading.Thread(target=decide, args=(to,)) for to in ("approved", "changes_requested")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]


def test_a_new_version_s_case_is_what_the_act_is_found_by(
    database: Database, cabinet: Cabinet
) -> None:
    with database.transaction() as tx:
        act = add_act(tx, cabinet)
        acts.set_current_version(
            tx, replace(act, current_version=2, debtor_name="Forges de Lune", status="queued")
        )
    assert _ids(_find(database, cabinet.tenant_id, debtor="lune")) == ["act_1"]
    assert _ids(_find(database, cabinet.tenant_id, debtor="etang")) == []
