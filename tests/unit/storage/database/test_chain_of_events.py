"""The hash chain, without a database: any change is found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.canonical import canonical
from storage.trail import GENESIS, Event, check_chain, event_hash

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

TRICKY = 'aZ09 \u00e9\u0301\u202f\u2028\u20ac\ue000\U0001f71a"\\/\n\t\b\x00\x1f\x7f'
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(TRICKY),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abZ_0", max_size=5), inner, max_size=3)
    ),
    max_leaves=10,
)
details = st.dictionaries(st.text("abZ_0", max_size=8), values, max_size=4)


def a_chain(each_details: list[dict[str, Any]], act_id: str = "act_1") -> list[Event]:
    chain: list[Event] = []
    for number, some in enumerate(each_details, 1):
        event = Event(
            act_id=act_id,
            seq=number,
            at=AT + timedelta(milliseconds=number),
            actor={"type": "system"},
            action="noted",
            details=some,
            previous_hash=chain[-1].hash if chain else GENESIS,
            hash="",
        )
        chain.append(replace(event, hash=event_hash(event)))
    return chain


@given(details)
def test_the_hash_is_recomputed_with_the_standard_library_alone(some: dict[str, Any]) -> None:
    """What an auditor does, whatever we use: sorted keys, no spaces, UTF-8."""
    event = a_chain([{}, some])[1]
    members = {name: value for name, value in event.to_json().items() if name != "hash"}
    text = json.dumps(members, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    hashed = hashlib.sha256(bytes.fromhex(event.previous_hash) + text.encode())
    assert event.hash == hashed.hexdigest()


@given(st.lists(details, max_size=5))
def test_a_true_chain_has_no_fault(each: list[dict[str, Any]]) -> None:
    assert check_chain(a_chain(each)) == []


@given(st.lists(details, min_size=1, max_size=4), st.data())
def test_other_details_are_found_at_their_event(
    each: list[dict[str, Any]], data: st.DataObject
) -> None:
    chain = a_chain(each)
    index = data.draw(st.integers(0, len(chain) - 1))
    other = data.draw(details)
    assume(canonical(other) != canonical(each[index]))
    chain[index] = replace(chain[index], details=other)
    assert check_chain(chain) == [
        f"event {index + 1} was altered: its hash is not that of its content"
    ]


@given(st.permutations(range(4)))
def test_any_other_order_is_found(order: list[int]) -> None:
    chain = a_chain([{"n": number} for number in range(4)])
    faults = check_chain([chain[index] for index in order])
    assert (faults == []) == (order == [0, 1, 2, 3])


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_lost_event_is_named(lost: int) -> None:
    chain = a_chain([{}, {}, {}, {}])
    del chain[lost]
    assert f"event {lost + 1} is missing or out of order before event {lost + 2}" in check_chain(
        chain
    )


def test_an_event_of_another_act_is_named() -> None:
    ours, theirs = a_chain([{}, {}]), a_chain([{}, {}], "act_2")
    assert "event 2 belongs to another act" in check_chain([ours[0], theirs[1]])


def test_a_forger_who_rehashes_one_event_breaks_the_next() -> None:
    chain = a_chain([{}, {}, {}])
    forged = replace(chain[1], action="approved")
    chain[1] = replace(forged, hash=event_hash(forged))
    assert check_chain(chain) == ["event 3 does not follow the event before it"]


@pytest.mark.parametrize("value", [1.0, {"a": [1, {"b": 0.5}]}, (1.5,), float("nan")])
def test_canonical_json_has_no_floats(value: object) -> None:
    with pytest.raises(ValueError, match="float"):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, {1: 2}, "\ud800", object()])
def test_canonical_json_refuses_what_others_could_not_recompute(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words
        canonical(value)
