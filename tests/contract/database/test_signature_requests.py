"""What the database keeps of requests for signatures, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage import signature_access as access
from storage import signatures
from storage.database import Transaction
from storage.signature_access import Challenge, Link, Session
from storage.signature_states import SignatureStateConflict
from storage.signatures import (
    Recipient,
    RecipientMissing,
    SignatureRequest,
    SignatureRequestMissing,
)
from tests.support.database import NOW, Cabinet, Place, add_act

LEASE = timedelta(seconds=20)
LATER = NOW + timedelta(days=30)


def a_request(cabinet: Cabinet, **changes: Any) -> SignatureRequest:
    request = SignatureRequest(
        id="sig_1",
        tenant_id=cabinet.tenant_id,
        act_id="act_1",
        version=1,
        public_id="pub_1",
        state="active",
        revision=1,
        legal_level="SES",
        message=None,
        archive_when_signed=True,
        expires_at=LATER,
        extensions=0,
        reminder_days=None,
        remind_at=None,
        source_sha256="a" * 64,
        created_by_key=cabinet.key_id,
        actor_name=None,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(request, **changes)


def a_recipient(cabinet: Cabinet, position: int = 1, **changes: Any) -> Recipient:
    recipient = Recipient(
        id=f"rcp_{position}",
        request_id="sig_1",
        tenant_id=cabinet.tenant_id,
        position=position,
        role="signer",
        group_number=1,
        given_name="Ève",
        family_name="Exemple",
        email="eve@exemple.example",
        phone=None,
        salt="5a" * 16,
        auth_mode="email_code",
        auth_statement=None,
        field={"page": 1, "x": "60.00"},
        mention=False,
        state="notified",
    )
    return replace(recipient, **changes)


def add(tx: Transaction, cabinet: Cabinet, **changes: Any) -> SignatureRequest:
    """An act with a request that has two signers."""
    add_act(tx, cabinet)
    request = a_request(cabinet, **changes)
    signatures.insert_request(tx, request, [a_recipient(cabinet, 1), a_recipient(cabinet, 2)])
    return request


def test_a_request_is_read_as_it_was_written(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        request = add(tx, cabinet, problem={"type": "/problems/x"}, message="Merci.")
    with place.database.reading() as tx:
        assert signatures.get_request(tx, cabinet.tenant_id, "sig_1") == request
        assert signatures.find_public(tx, "pub_1") == request
        assert signatures.requests_of(tx, cabinet.tenant_id, "act_1") == [request]
        found = signatures.recipients_of(tx, "sig_1")
        assert found == [a_recipient(cabinet, 1), a_recipient(cabinet, 2)]


def test_another_tenant_has_no_such_request(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet, final_sha256="f" * 64)
    with place.database.reading() as tx:
        with pytest.raises(SignatureRequestMissing):
            signatures.get_request(tx, "ten_other", "sig_1")
        with pytest.raises(RecipientMissing):
            signatures.get_recipient(tx, "rcp_1", "sig_other")
        assert signatures.requests_of(tx, "ten_other", "act_1") == []
        assert signatures.known_document(tx, "f" * 64, "ten_other") is None
        assert signatures.known_document(tx, "f" * 64) is not None


def test_of_two_that_move_a_request_one_wins(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        request = add(tx, cabinet)
    with place.database.transaction() as tx:
        signatures.move_request(tx, request, "declined", at=LATER)
    with place.database.transaction() as tx:
        with pytest.raises(SignatureStateConflict):
            signatures.move_request(tx, request, "cancelled", at=LATER)
        found = signatures.get_request(tx, cabinet.tenant_id, "sig_1")
    assert (found.state, found.revision, found.updated_at) == ("declined", 2, LATER)


def test_a_recipient_who_moves_changes_the_entity_tag(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet)
        recipient = a_recipient(cabinet)
        signatures.move_recipient(tx, recipient, "opened", at=NOW, opened_at=NOW)
        with pytest.raises(SignatureStateConflict):
            signatures.move_recipient(tx, recipient, "opened", at=NOW)
        assert signatures.get_request(tx, None, "sig_1").revision == 2
        assert signatures.get_recipient(tx, "rcp_1").opened_at == NOW


def test_one_worker_at_a_time_holds_a_document(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet)
        assert signatures.claim(tx, "sig_1", "one", now=NOW, lease=LEASE)
        assert not signatures.claim(tx, "sig_1", "two", now=NOW + LEASE / 2, lease=LEASE)
        assert signatures.claim(tx, "sig_1", "two", now=NOW + 2 * LEASE, lease=LEASE)
        assert not signatures.renew(tx, "sig_1", "one", now=NOW + 2 * LEASE, lease=LEASE)
        signatures.release(tx, "sig_1", "one")  # it is not the first one's to give back
        assert signatures.renew(tx, "sig_1", "two", now=NOW + 2 * LEASE, lease=LEASE)
        signatures.release(tx, "sig_1", "two")
        assert signatures.claim(tx, "sig_1", "one", now=NOW + 2 * LEASE, lease=LEASE)


@pytest.mark.parametrize(
    ("state", "recipient", "found_ids"),
    [
        ("preparing", "waiting", ["sig_1"]),
        ("sealing", "signed", ["sig_1"]),
        ("active", "consented", ["sig_1"]),
        ("active", "opened", []),
        ("completed", "signed", []),
        ("seal_failed", "signed", []),
    ],
)
def test_what_nobody_works_on_is_found(
    place: Place, cabinet: Cabinet, state: str, recipient: str, found_ids: list[str]
) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet, state=state)
        signatures.change_recipient(tx, "rcp_1", state=recipient)

        def found(after: timedelta) -> list[str]:
            return signatures.stuck(tx, now=NOW + after, older_than=LEASE, limit=9)

        assert found(LEASE / 2) == []
        assert found(2 * LEASE) == found_ids
        signatures.claim(tx, "sig_1", "one", now=NOW + LEASE, lease=2 * LEASE)
        assert found(2 * LEASE) == []
        assert found(4 * LEASE) == found_ids


def test_overdue_requests_and_reminders_are_found_on_their_day(
    place: Place, cabinet: Cabinet
) -> None:
    day = timedelta(days=1)
    with place.database.transaction() as tx:
        add(tx, cabinet, reminder_days=3, remind_at=NOW + 3 * day)

        def due(at: timedelta) -> list[str]:
            return [r.id for r in signatures.with_reminders(tx, now=NOW + at, limit=9)]

        assert due(3 * day - LEASE) == []
        assert due(3 * day) == ["sig_1"]
        signatures.change_request(tx, "sig_1", at=NOW, remind_at=NOW + 6 * day)
        assert due(4 * day) == []
        assert signatures.overdue(tx, now=LATER - LEASE, limit=9) == []
        assert signatures.overdue(tx, now=LATER, limit=9) == ["sig_1"]


def a_challenge(number: int) -> Challenge:
    return Challenge(
        id=f"chl_{number}",
        recipient_id="rcp_1",
        session_sha256="5" * 64,
        kind="email",
        salt="00",
        code_hmac="11",
        tries=0,
        created_at=NOW + timedelta(seconds=number),
        expires_at=LATER,
    )


def test_only_the_last_code_is_open(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet)
        access.insert_challenge(tx, a_challenge(1))
        access.insert_challenge(tx, a_challenge(2))
        found = access.open_challenge(tx, "rcp_1", "5" * 64)
        assert found is not None
        assert found.id == "chl_2"
        assert access.open_challenge(tx, "rcp_1", "6" * 64) is None
        assert [c.outcome for c in access.challenges_of(tx, "rcp_1")] == ["superseded", None]


def test_a_code_has_so_many_tries_and_burns_once(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet)
        access.insert_challenge(tx, a_challenge(1))
        assert [access.take_try(tx, "chl_1", 2) for _ in range(3)] == [True, True, False]
        assert access.end_challenge(tx, "chl_1", "verified", NOW)
        assert not access.end_challenge(tx, "chl_1", "verified", NOW)
        assert not access.take_try(tx, "chl_1", 9)


def test_revoking_ends_links_and_other_sessions(place: Place, cabinet: Cabinet) -> None:
    with place.database.transaction() as tx:
        add(tx, cabinet)
        link = Link(token_sha256="1" * 64, recipient_id="rcp_1", created_at=NOW, expires_at=LATER)
        access.insert_link(tx, link)
        for digest in ("5" * 64, "6" * 64):
            session = Session(
                token_sha256=digest,
                recipient_id="rcp_1",
                created_at=NOW,
                expires_at=LATER,
                ip="192.0.2.1",
                user_agent="essai",
            )
            access.insert_session(tx, session)
        access.note_link_use(tx, "1" * 64, NOW)
        access.note_link_use(tx, "1" * 64, LATER)  # the first use stays
        access.authenticate(tx, "5" * 64, NOW)
        access.revoke(tx, "rcp_1", LATER, but="5" * 64)
        assert [s.ended_at for s in access.sessions_of(tx, "rcp_1")] == [None, LATER]
        (found,) = access.links_of(tx, "rcp_1")
        assert (found.first_used_at, found.revoked_at) == (NOW, LATER)
        assert access.find_link(tx, "1" * 64) == found
        session_found = access.find_session(tx, "5" * 64)
        assert session_found is not None
        assert session_found.authenticated_at == NOW
