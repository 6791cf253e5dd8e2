"""Properties of the lives of requests and recipients, whatever the order of what happens."""

from __future__ import annotations

from typing import get_args

import pytest

from storage.signature_states import (
    ENDED,
    HAS_ACTED,
    RECIPIENT_MOVES,
    REQUEST_MOVES,
    RecipientState,
    RequestState,
    SignatureStateConflict,
    check_recipient_move,
    check_request_move,
)


def test_every_state_has_its_moves() -> None:
    assert set(REQUEST_MOVES) == set(get_args(RequestState))
    assert set(RECIPIENT_MOVES) == set(get_args(RecipientState))


def test_only_an_expired_request_goes_on_after_its_end() -> None:
    assert {state for state in ENDED if REQUEST_MOVES[state]} == {"expired"}
    assert REQUEST_MOVES["expired"] == {"active"}


def test_a_request_in_trouble_can_be_tried_again() -> None:
    assert "preparing" in REQUEST_MOVES["preparation_failed"]
    assert "sealing" in REQUEST_MOVES["seal_failed"]


def test_once_all_have_signed_nothing_ends_a_request_but_its_sealing() -> None:
    assert REQUEST_MOVES["sealing"] == {"completed", "seal_failed"}
    assert REQUEST_MOVES["seal_failed"] == {"sealing"}


def test_who_has_acted_does_not_act_again() -> None:
    assert RECIPIENT_MOVES["consented"] == {"signed"}
    assert not any(RECIPIENT_MOVES[state] for state in HAS_ACTED - {"consented"})


def test_nobody_consents_before_they_are_authenticated() -> None:
    before = {state for state, moves in RECIPIENT_MOVES.items() if "consented" in moves}
    assert before == {"authenticated"}
    assert {state for state, moves in RECIPIENT_MOVES.items() if "signed" in moves} == {"consented"}


def test_what_a_life_does_not_have_is_refused() -> None:
    with pytest.raises(SignatureStateConflict, match="completed"):
        check_request_move("completed", "cancelled")
    with pytest.raises(SignatureStateConflict, match="signed"):
        check_recipient_move("signed", "declined")
