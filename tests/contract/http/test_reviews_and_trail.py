"""Decisions on versions, and the trail of all that happened."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import rfc8785

from tests.support.http import LAWYER, Caller, House, assert_problem, created

APPROVE = {"version": 1, "decision": "approve"}


def test_a_version_is_approved_by_a_named_human(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    answer = caller.post(
        f"/v1/acts/{act_id}/reviews", {**APPROVE, "comment": "Bon à partir"}, Minutier_Actor=LAWYER
    )
    assert answer.status_code == 201
    review = answer.get_json()
    assert (review["reviewer"], review["decision"], review["version"]) == (LAWYER, "approve", 1)
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "approved"
    assert caller.get(f"/v1/acts/{act_id}/reviews").get_json()["data"] == [review]


def test_changes_are_requested_and_may_be_approved_later(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    path = f"/v1/acts/{act_id}/reviews"
    asked = {"version": 1, "decision": "request_changes", "comment": "Le taux"}
    assert caller.post(path, asked, Minutier_Actor=LAWYER).status_code == 201
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "changes_requested"
    assert caller.post(path, APPROVE, Minutier_Actor=LAWYER).status_code == 201
    decisions = [item["decision"] for item in caller.get(path).get_json()["data"]]
    assert decisions == ["request_changes", "approve"]


def test_nobody_decides_without_a_name(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    answer = caller.post(f"/v1/acts/{act_id}/reviews", APPROVE)
    assert_problem(answer, 422, "actor-required")
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/version"),
        ({"version": 1}, "/decision"),
        ({"version": "1", "decision": "approve"}, "/version"),
        ({"version": 0, "decision": "approve"}, "/version"),
        ({"version": True, "decision": "approve"}, "/version"),
        ({"version": 1.0, "decision": "approve"}, "/version"),
        ({"version": 1, "decision": "maybe"}, "/decision"),
        ({**APPROVE, "comment": "x" * 5001}, "/comment"),
    ],
)
def test_a_decision_that_is_not_valid_is_refused(
    house: House, caller: Caller, body: dict[str, Any], pointer: str
) -> None:
    act_id = house.drafted(caller)
    answer = caller.post(f"/v1/acts/{act_id}/reviews", body, Minutier_Actor=LAWYER)
    assert_problem(answer, 422, "invalid-facts", pointer)
    assert house.rows()["reviews"] == 0


def test_only_the_current_and_finished_version_is_decided_on(house: House, caller: Caller) -> None:
    act_id = created(caller)["id"]
    path = f"/v1/acts/{act_id}/reviews"
    early = caller.post(path, APPROVE, Minutier_Actor=LAWYER)
    assert_problem(early, 409, "version-not-reviewable")
    house.produce(act_id)
    caller.post(f"/v1/acts/{act_id}/versions", {"note": "Relu"})
    house.produce(act_id, 2)
    old = caller.post(path, APPROVE, Minutier_Actor=LAWYER)
    assert_problem(old, 409, "version-not-reviewable")
    none = caller.post(path, {"version": 3, "decision": "approve"}, Minutier_Actor=LAWYER)
    assert none.status_code == 404


def test_the_trail_tells_all_in_one_chain(house: House, caller: Caller) -> None:
    act_id = house.archived(caller)
    events = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"]
    actions = [event["action"] for event in events]
    assert actions == [
        "created",
        "rendering_started",
        "rendered",
        "approved",
        "archive_requested",
        "archived",
    ]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    previous = "0" * 64
    for event in events:
        body = {key: value for key, value in event.items() if key != "hash"}
        assert event["previous_hash"] == previous
        previous = hashlib.sha256(bytes.fromhex(previous) + rfc8785.dumps(body)).hexdigest()
        assert event["hash"] == previous
    approved = events[3]["actor"]
    assert (approved["name"], approved["key_id"]) == (LAWYER, caller.key.id)
    assert json.dumps(events).find(caller.key.secret) == -1


def test_the_trail_is_paged_oldest_first(house: House, caller: Caller) -> None:
    act_id = house.archived(caller)
    path = f"/v1/acts/{act_id}/audit_trail"
    whole = caller.get(path).get_json()
    assert whole["next_cursor"] is None
    seen: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = caller.get(f"{path}?limit=2{'&cursor=' + cursor if cursor else ''}").get_json()
        assert len(page["data"]) <= 2
        seen += page["data"]
        cursor = page["next_cursor"]
    assert seen == whole["data"]
