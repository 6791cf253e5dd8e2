"""Supporting files: claimed once and then fixed, or given up and then forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.attachments import (
    Attachment,
    AttachmentMissing,
    attachments_of,
    claim,
    forget,
    get_attachment,
    give_up,
    give_up_old,
    given_up,
    insert_attachment,
)
from storage.database import Database
from tests.support.database import NOW, Cabinet, Place, add_act

LATER = NOW + timedelta(hours=1)


def a_file(cabinet: Cabinet, attachment_id: str = "att_1", **changes: Any) -> Attachment:
    attachment = Attachment(
        id=attachment_id,
        tenant_id=cabinet.tenant_id,
        act_id=None,
        label="Facture",
        file_name="F-1.pdf",
        media_type="application/pdf",
        size=3_000_000_000,
        sha256="a" * 64,
        pdf_sha256="a" * 64,
        pages=2,
        key_id=cabinet.key_id,
        actor_name=None,
        created_at=NOW,
        claimed_at=None,
    )
    return replace(attachment, **changes)


def test_a_file_is_claimed_once_and_then_stays_as_it_is(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add_act(tx, cabinet)
        add_act(tx, cabinet, "act_2")
        insert_attachment(tx, a_file(cabinet))
        assert get_attachment(tx, cabinet.tenant_id, "att_1") == a_file(cabinet)
        assert not claim(tx, "ten_other", "att_1", "act_1", at=LATER)
        assert claim(tx, cabinet.tenant_id, "att_1", "act_1", at=LATER)
        assert not claim(tx, cabinet.tenant_id, "att_1", "act_2", at=LATER)
        assert not give_up(tx, "att_1", at=LATER)
        assert give_up_old(tx, before=LATER, at=LATER) == 0
    kept = a_file(cabinet, act_id="act_1", claimed_at=LATER)
    for statement in (
        "UPDATE attachments SET act_id = 'act_2'",
        "UPDATE attachments SET sha256 = 'b'",
        "UPDATE attachments SET act_id = NULL",
        "DELETE FROM attachments",
    ):
        with pytest.raises(Exception, match="stays as it is"):
            place.execute(statement)
    with place.database.transaction() as tx:
        forget(tx, "att_1")
        assert attachments_of(tx, cabinet.tenant_id, "act_1") == [kept]
        assert attachments_of(tx, "ten_other", "act_1") == []


def test_what_was_given_up_is_claimed_by_nobody(database: Database, cabinet: Cabinet) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        insert_attachment(tx, a_file(cabinet))
        assert give_up(tx, "att_1", at=LATER)
        assert not give_up(tx, "att_1", at=LATER)
        assert not claim(tx, cabinet.tenant_id, "att_1", "act_1", at=LATER)
        with pytest.raises(AttachmentMissing):
            get_attachment(tx, cabinet.tenant_id, "att_1")
        assert [one.id for one in given_up(tx, limit=9)] == ["att_1"]
        forget(tx, "att_1")
        assert given_up(tx, limit=9) == []


def test_the_old_ones_that_nobody_claimed_are_given_up(
    database: Database, cabinet: Cabinet
) -> None:
    with database.transaction() as tx:
        add_act(tx, cabinet)
        for number, hours in enumerate((3, 2, 1), start=1):
            at = NOW - timedelta(hours=hours)
            insert_attachment(tx, a_file(cabinet, f"att_{number}", created_at=at))
        assert claim(tx, cabinet.tenant_id, "att_1", "act_1", at=NOW)
        assert give_up_old(tx, before=NOW - timedelta(hours=2), at=NOW) == 0
        assert give_up_old(tx, before=NOW - timedelta(hours=1), at=NOW) == 1
        assert [one.id for one in given_up(tx, limit=9)] == ["att_2"]
        forget(tx, "att_3")  # free, but not given up
        assert get_attachment(tx, cabinet.tenant_id, "att_3").act_id is None
