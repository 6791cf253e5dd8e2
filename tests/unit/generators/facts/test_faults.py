"""Messages of marshmallow become faults, whatever their shape."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

from marshmallow import Schema, ValidationError, fields, validate

from core.errors import Fault
from generators.faults import Contradiction, Message, faults_of, json_pointer, message_tree
from generators.fields import FactsSchema, Text
from generators.schema_base import Reading


def test_a_message_keeps_its_code_when_formatted_copied_or_sent() -> None:
    message = Message("too-long", "At most {most}.").format(most=5)
    sent = pickle.loads(pickle.dumps(message))  # noqa: S301  # of our own making
    for same in (message, copy.copy(message), copy.deepcopy(message), sent):
        assert (same, same.code) == ("At most 5.", "too-long")


def test_messages_of_marshmallow_itself_become_faults() -> None:
    class Plain(Schema):
        limit = fields.Integer(required=True, validate=validate.Range(1, 200))
        tags = fields.List(fields.String())

    try:
        Plain().load({"limit": "x", "tags": ["a", 1], "other": 2})
    except ValidationError as error:
        found = [(fault.pointer, fault.code) for fault in faults_of(error.messages, "/query")]
    assert found == [
        ("/query/limit", "invalid"),
        ("/query/other", "invalid"),
        ("/query/tags/1", "invalid"),
    ]


def test_faults_come_in_order_of_place_with_items_counted_not_spelled() -> None:
    contradictions = [
        (("b", 10), Message("x", "ten")),
        (("b", 9), Message("x", "nine")),
        ((), Message("x", "whole")),
        (("a",), Message("x", "a")),
    ]
    found = faults_of(message_tree(contradictions), "/case")
    assert [fault.pointer for fault in found] == ["/case", "/case/a", "/case/b/9", "/case/b/10"]
    assert found[0] == Fault(pointer="/case", code="x", detail="whole")


def test_a_rule_and_a_field_tell_of_one_object() -> None:
    class Pair(FactsSchema):
        one = Text(most=3)

        def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
            assert reading.get("one") is None
            yield ("one",), Message("rule", "The rule.")
            yield (), Message("whole", "The whole.")

    try:
        Pair().load({"one": "four"})
    except ValidationError as error:
        found = {(fault.pointer, fault.code) for fault in faults_of(error.messages)}
    assert found == {("", "whole"), ("/one", "rule"), ("/one", "too-long")}


def test_pointers_are_those_of_rfc_6901() -> None:
    assert json_pointer([]) == ""
    assert json_pointer(["a/b", "m~n", 0, ""]) == "/a~1b/m~0n/0/"
