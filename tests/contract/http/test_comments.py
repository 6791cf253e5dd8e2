"""Comments on versions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.http import LAWYER, Caller, House, assert_problem, created

BODY = {"version": 1, "body": "Le taux convenu est de 15 %."}


def say(caller: Caller, act_id: str, **more: Any) -> Any:
    return caller.post(f"/v1/acts/{act_id}/comments", {**BODY, **more}, Minutier_Actor=LAWYER)


def test_a_comment_has_its_place_its_author_and_its_thread(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    anchor = {"page": 1, "quote": "mettons en demeure"}
    first = say(caller, act_id, anchor=anchor)
    assert first.status_code == 201
    comment = first.get_json()
    assert comment["anchor"] == anchor
    assert comment["created_by"] == {"key_id": caller.key.id, "actor": LAWYER}
    assert (comment["resolved"], comment["in_reply_to"]) == (False, None)
    reply = say(caller, act_id, body="Exact.", in_reply_to=comment["id"]).get_json()
    assert reply["in_reply_to"] == comment["id"]
    assert caller.get(f"/v1/acts/{act_id}/comments").get_json() == {
        "data": [comment, reply],
        "next_cursor": None,
    }
    events = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"]
    assert [event["action"] for event in events[-2:]] == ["commented", "commented"]
    assert events[-1]["details"]["comment_id"] == reply["id"]


def test_a_thread_is_resolved_and_opened_again(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    comment = say(caller, act_id).get_json()
    path = f"/v1/acts/{act_id}/comments/{comment['id']}"
    done = caller.send("PATCH", path, {"resolved": True}, headers={"Minutier_Actor": LAWYER})
    assert done.status_code == 200
    assert done.get_json()["resolved"] is True
    assert done.get_json()["resolved_by"] == LAWYER
    again = caller.send("PATCH", path, {"resolved": True}, headers={"Minutier_Actor": "x"})
    assert again.get_json() == done.get_json()
    opened = caller.send("PATCH", path, {"resolved": False}).get_json()
    assert (opened["resolved"], opened["resolved_at"], opened["resolved_by"]) == (False, None, None)
    actions = [
        event["action"] for event in caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"]
    ]
    assert actions[-2:] == ["comment_resolved", "comment_reopened"]


def test_a_reply_is_not_resolved_nor_replied_to(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    first = say(caller, act_id).get_json()["id"]
    reply = say(caller, act_id, in_reply_to=first).get_json()["id"]
    path = f"/v1/acts/{act_id}/comments/{reply}"
    assert_problem(caller.send("PATCH", path, {"resolved": True}), 422, "reply-not-resolvable")
    assert_problem(say(caller, act_id, in_reply_to=reply), 422, "invalid-facts", "/in_reply_to")


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"body": ""}, "/body"),
        ({"body": 1}, "/body"),
        ({"version": 0}, "/version"),
        ({"anchor": {"page": 99, "quote": "x"}}, "/anchor/page"),
        ({"anchor": {"quote": "x"}}, "/anchor/page"),
        ({"in_reply_to": "com_1"}, "/in_reply_to"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_comment_that_is_not_valid_is_refused(
    house: House, caller: Caller, more: dict[str, Any], pointer: str
) -> None:
    act_id = house.drafted(caller)
    assert_problem(say(caller, act_id, **more), 422, "invalid-facts", pointer)
    assert house.rows()["comments"] == 0


def test_comments_stay_within_their_act_and_their_cabinet(house: House, caller: Caller) -> None:
    one, other = house.drafted(caller), house.drafted(caller)
    comment = say(caller, one).get_json()["id"]
    assert say(caller, one, version=2).status_code == 404
    path = f"/v1/acts/{other}/comments/{comment}"
    assert_problem(caller.send("PATCH", path, {"resolved": True}), 404, "comment-missing")
    assert_problem(say(caller, other, in_reply_to=comment), 422, "invalid-facts", "/in_reply_to")
    stranger = house.caller(tenant="Autre cabinet")
    assert stranger.get(f"/v1/acts/{one}/comments").status_code == 404
    assert say(stranger, one).status_code == 404


def test_what_is_sealed_or_not_yet_made_takes_no_comment(house: House, caller: Caller) -> None:
    assert_problem(say(caller, created(caller)["id"]), 409, "status-conflict")
    archived = house.archived(caller)
    assert_problem(say(caller, archived), 409, "status-conflict")
