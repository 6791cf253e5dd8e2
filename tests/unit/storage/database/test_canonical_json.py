"""Canonical JSON by the examples of RFC 8785, and the chain recomputed by a program apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import package_verifier
from storage.canonical import canonical
from storage.trail import GENESIS, Event, event_hash

BOTH = pytest.mark.parametrize(
    "write", [canonical, package_verifier.canonical], ids=["service", "verifier"]
)
Write = Callable[[Any], bytes]


@BOTH
def test_members_are_sorted_by_utf_16_units(write: Write) -> None:
    """RFC 8785, section 3.2.3: the emoji, a pair of surrogates, comes before U+FB33."""
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(write(value))) == order


@BOTH
def test_texts_and_literals_are_written_as_the_rfc_shows(write: Write) -> None:
    """RFC 8785, section 3.2.2, without its floats, which have no place here."""
    value = {
        "numbers": [4, 333333333, 0, -1],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert write(value) == (
        b'{"literals":[null,true,false],"numbers":[4,333333333,0,-1],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@BOTH
@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\b\t\n\f\r", rb'"\b\t\n\f\r"'),
        ("\x00\x1f", rb'"\u0000\u001f"'),
        ("\x7f\u2028\u202f", '"\x7f\u2028\u202f"'.encode()),
        ("</script>", b'"</script>"'),
        ("e\u0301", '"e\u0301"'.encode()),
        ("\U0001f600", b'"\xf0\x9f\x98\x80"'),
    ],
    ids=["short escapes", "other controls", "no escape", "slash", "not normalised", "astral"],
)
def test_escapes_are_those_of_the_rfc(write: Write, text: str, written: bytes) -> None:
    assert write(text) == written


@BOTH
@pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0])
def test_whole_numbers_up_to_the_limit_are_written_in_full(write: Write, number: int) -> None:
    assert write(number) == str(number).encode()


@BOTH
@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", {"\udfff": 1}, {1: 1}])
def test_what_has_no_place_is_refused_by_both(write: Write, value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each in its words
        write(value)


def recomputed(lines: Iterable[bytes]) -> list[str]:
    """The hashes of a chain, by the rule alone: nothing of this repository, no JSON library.

    From each line of a trail the member ``hash`` is cut out as text, and what is left is hashed
    after the 32 bytes of the hash before.
    """
    previous, hashes = bytes(32), []
    for line in lines:
        start = line.index(b',"hash":"')
        cut = line[:start] + line[start + len(',"hash":""') + 64 :]
        previous = hashlib.sha256(previous + cut).digest()
        hashes.append(previous.hex())
    return hashes


def test_the_chain_is_recomputed_by_a_program_apart() -> None:
    chain: list[Event] = []
    for number, details in enumerate(
        [{}, {"é": "« 1 234,56 € »"}, {"objects": {"b": "2", "a": "1"}}, {"\U0001f600": [None]}], 1
    ):
        values: dict[str, Any] = {
            "act_id": "act_1",
            "seq": number,
            "at": datetime(2026, 11, 24, 9, 30, tzinfo=UTC) + timedelta(milliseconds=number),
            "actor": {"type": "key", "name": "Zoë Étang"},
            "action": "noted",
            "details": details,
            "previous_hash": chain[-1].hash if chain else GENESIS,
        }
        chain.append(Event(**values, hash=event_hash(Event(**values, hash=""))))
    lines = [canonical(event.to_json()) for event in chain]
    assert recomputed(lines) == [event.hash for event in chain]
    altered = [line.replace(b"noted", b"notEd") if n == 1 else line for n, line in enumerate(lines)]
    assert [a == b.hash for a, b in zip(recomputed(altered), chain, strict=True)] == [
        True, False, False, False,
    ]  # fmt: skip
