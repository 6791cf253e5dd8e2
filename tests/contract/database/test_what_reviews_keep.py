"""Comments, rules of review and the queue, as both databases keep them."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import psycopg
import pytest

from storage import acts, comments, review_queue, reviews, tenant_settings, versions
from storage.comments import Comment
from storage.database import Database
from storage.paging import CursorInvalid
from storage.review_queue import QueueFilters, Sort
from storage.reviews import Review
from tests.support.database import NOW, Cabinet, Place, a_version, an_act
from tests.support.versions import LEASE, rendered

REFUSED = (sqlite3.IntegrityError, psycopg.errors.IntegrityConstraintViolation)
COMMENT = Comment(
    id="com_1",
    act_id="act_1",
    version=1,
    body="Le taux",
    page=1,
    quote="12 %",
    in_reply_to=None,
    key_id="key_1",
    actor_name="jane@cabinet.example",
    at=NOW,
)
REVIEW = Review(
    id="rev_1",
    act_id="act_1",
    version=1,
    decision="approve",
    comment=None,
    reviewer="Jane@cabinet.example",
    key_id="key_1",
    at=NOW,
    acknowledged=["c1"],
    on_behalf_of="paul@cabinet.example",
    act_status="approved",
)
PENDING = QueueFilters(status="draft", kinds=["mise_en_demeure"])


def add_draft(
    database: Database, cabinet: Cabinet, act_id: str = "act_1", **of_version: object
) -> None:
    """A draft whose version is ready."""
    with database.transaction() as tx:
        act = an_act(cabinet, act_id, status="draft", due_cents=of_version.pop("due_cents", None))
        acts.insert_act(tx, act)
        at = of_version.pop("rendered_at", NOW)
        versions.insert_version(tx, a_version(act, **of_version))
        assert versions.claim(tx, act_id, 1, "w", now=NOW, lease=LEASE)
        made = replace(rendered(), rendered_at=at)  # type: ignore[arg-type] # an instant
        assert versions.complete(tx, act_id, 1, "w", made)


def put(
    database: Database, cabinet: Cabinet, content: dict[str, object], name: str = "review"
) -> int:
    with database.transaction() as tx:
        return tenant_settings.put(
            tx, cabinet.tenant_id, name, content, at=NOW, key_id=cabinet.key_id, actor_name=None
        ).number


def test_a_comment_is_read_as_it_was_written_and_resolved(
    database: Database, cabinet: Cabinet
) -> None:
    add_draft(database, cabinet)
    with database.transaction() as tx:
        comments.insert_comment(tx, COMMENT)
        assert comments.get_comment(tx, "act_1", "com_1") == COMMENT
        assert comments.count_open(tx, ["act_1", "act_2"]) == {"act_1": 1}
        comments.set_resolved(tx, "com_1", at=NOW, by="x")
        assert comments.list_comments(tx, "act_1") == [
            replace(COMMENT, resolved_at=NOW, resolved_by="x")
        ]
        assert comments.count_open(tx, ["act_1"]) == {}
        with pytest.raises(comments.CommentMissing):
            comments.get_comment(tx, "act_2", "com_1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE comments SET body = 'x'",
        "UPDATE comments SET actor_name = NULL",
        "UPDATE comments SET quote = 'x'",
        "DELETE FROM comments",
        "UPDATE tenant_settings SET content = '{}'",
        "DELETE FROM tenant_settings",
        "UPDATE versions SET based_on = 1",
        "UPDATE reviews SET acknowledged = '[]'",
    ],
)
def test_what_was_said_and_set_stays(place: Place, cabinet: Cabinet, statement: str) -> None:
    add_draft(place.database, cabinet)
    with place.database.transaction() as tx:
        comments.insert_comment(tx, COMMENT)
        reviews.insert_review(tx, REVIEW)
    put(place.database, cabinet, {"a": 1})
    with pytest.raises(REFUSED):
        place.execute(statement)


def test_the_file_of_an_upload_is_fixed_when_it_is_accepted(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        act = an_act(cabinet)
        acts.insert_act(tx, act)
        versions.insert_version(
            tx, a_version(act, origin="uploaded", docx_sha256="1" * 64, based_on=1)
        )
    with pytest.raises(REFUSED):
        place.execute("UPDATE versions SET docx_sha256 = 'x'")
    with place.database.reading() as tx:
        found = versions.get_version(tx, cabinet.tenant_id, "act_1", 1)
    assert (found.origin, found.docx_sha256, found.based_on) == ("uploaded", "1" * 64, 1)


def test_a_decision_keeps_all_that_it_says(database: Database, cabinet: Cabinet) -> None:
    add_draft(database, cabinet)
    with database.transaction() as tx:
        reviews.insert_review(tx, REVIEW)
        assert reviews.list_reviews(tx, "act_1") == [REVIEW]


def test_settings_are_numbered_and_the_last_is_in_force(
    database: Database, cabinet: Cabinet
) -> None:
    assert put(database, cabinet, {"a": 1}) == 1
    assert put(database, cabinet, {"a": 2}) == 2
    assert put(database, cabinet, {"b": 1}, name="other") == 1
    with database.reading() as tx:
        found = tenant_settings.current(tx, cabinet.tenant_id, "review")
        assert tenant_settings.current(tx, "ten_2", "review") is None
    assert found is not None
    assert (found.number, found.content) == (2, {"a": 2})


def test_settings_set_by_several_at_once_are_each_kept(
    database: Database, cabinet: Cabinet
) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda one: put(database, cabinet, {"a": one}), range(8)))
    assert sorted(numbers) == list(range(1, 9))


def walked(database: Database, cabinet: Cabinet, sort: Sort, filters: QueueFilters) -> list[str]:
    """The acts of the queue, asked for one by one."""
    seen: list[str] = []
    cursor = None
    while True:
        with database.reading() as tx:
            page = review_queue.find_waiting(
                tx, cabinet.tenant_id, filters, sort=sort, limit=1, cursor=cursor
            )
        seen += [item.act_id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return seen


def test_the_queue_is_walked_in_each_order_with_nothing_lost(
    database: Database, cabinet: Cabinet
) -> None:
    days = [None, date(2027, 1, 1), date(2026, 12, 1), date(2027, 1, 1), None]
    sums = [5, None, 5, 900, 70]
    for number, day, due in zip(count(1), days, sums, strict=False):
        add_draft(
            database,
            cabinet,
            f"act_{number}",
            deadline_on=day,
            due_cents=due,
            rendered_at=NOW - timedelta(hours=number % 3),
        )
    expected = {
        "deadline": ["act_3", "act_2", "act_4", "act_1", "act_5"],
        "amount": ["act_4", "act_5", "act_1", "act_3", "act_2"],
        "age": ["act_2", "act_5", "act_1", "act_4", "act_3"],
    }
    for sort, order in expected.items():
        assert walked(database, cabinet, sort, PENDING) == order  # type: ignore[arg-type] # a sort


def test_the_queue_leaves_out_what_is_not_for_somebody(
    database: Database, cabinet: Cabinet
) -> None:
    add_draft(database, cabinet)
    kinds = ["mise_en_demeure"]
    own = replace(PENDING, not_made_by=(kinds, "JANE@cabinet.example"))
    assert walked(database, cabinet, "age", own) == []
    assert walked(database, cabinet, "age", replace(own, not_made_by=([], "x"))) == ["act_1"]
    assert walked(database, cabinet, "age", replace(PENDING, kinds=[])) == []
    with database.transaction() as tx:
        reviews.insert_review(tx, REVIEW)
    done = replace(PENDING, not_approved_by="jane@cabinet.example")
    assert walked(database, cabinet, "age", done) == []
    assert walked(database, cabinet, "age", replace(PENDING, not_approved_by="p")) == ["act_1"]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhZ2UiLCAiMjAyNi0wMS0wMSIsICJhIl0", "é"])
def test_a_cursor_of_another_list_is_refused(
    database: Database, cabinet: Cabinet, cursor: str
) -> None:
    with database.reading() as tx, pytest.raises(CursorInvalid):
        review_queue.find_waiting(
            tx, cabinet.tenant_id, PENDING, sort="age", limit=1, cursor=cursor
        )
