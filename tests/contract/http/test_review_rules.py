"""Who may approve what, how many must, and what waits for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.edits import replaced, with_paragraph, with_tracked_insertion
from tests.support.http import LAWYER, Caller, House, a_request, assert_problem, set_in

PAUL = "paul@cabinet.example"
CLERK = "clerk@cabinet.example"
RULES = "/v1/settings/review"


def decide(caller: Caller, act_id: str, by: str, decision: str = "approve", **more: Any) -> Any:
    body = {"version": more.pop("version", 1), "decision": decision, **more}
    return caller.post(f"/v1/acts/{act_id}/reviews", body, Minutier_Actor=by)


def status(caller: Caller, act_id: str) -> str:
    return str(caller.get(f"/v1/acts/{act_id}").get_json()["status"])


def rule(caller: Caller, **rules: Any) -> None:
    answer = caller.send("PUT", RULES, rules, headers={"Minutier_Actor": LAWYER})
    assert answer.status_code == 200, answer.text


def made_by(house: House, caller: Caller, name: str, **changes: Any) -> str:
    answer = caller.post("/v1/acts", a_request(**changes), Minutier_Actor=name)
    assert answer.status_code == 202, answer.text
    act_id = str(answer.get_json()["id"])
    house.produce(act_id)
    return act_id


def test_rules_that_were_never_set_are_the_default(caller: Caller) -> None:
    found = caller.get(RULES).get_json()
    assert (found["number"], found["updated_at"], found["updated_by"]) == (0, None, None)
    assert found["default"] == {
        "four_eyes": False,
        "second_approval_from": None,
        "reviewers": [],
    }
    assert found["kinds"] == found["delegations"] == []


def test_rules_are_set_read_again_and_kept_apart_by_tenant(house: House, caller: Caller) -> None:
    rules = {
        "default": {"four_eyes": True, "second_approval_from": "10000.00"},
        "kinds": [{"kind": "mise_en_demeure", "reviewers": [LAWYER]}],
        "delegations": [
            {
                "reviewer": LAWYER,
                "delegate": PAUL,
                "first_on": "2026-11-20",
                "last_on": "2026-11-30",
            }
        ],
    }
    rule(caller, **rules)
    found = caller.get(RULES).get_json()
    assert found["number"] == 1
    assert found["updated_by"] == {"key_id": caller.key.id, "actor": LAWYER}
    assert found["default"]["second_approval_from"] == "10000.00"
    assert found["kinds"][0]["reviewers"] == [LAWYER]
    assert found["kinds"][0]["four_eyes"] is False
    assert found["delegations"] == rules["delegations"]
    rule(caller)
    assert caller.get(RULES).get_json()["number"] == 2
    assert caller.get(RULES).get_json()["kinds"] == []
    other = house.caller(tenant="Autre cabinet")
    assert other.get(RULES).get_json()["number"] == 0


@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        ({"default": {"four_eyes": "yes"}}, "/default/four_eyes"),
        ({"default": {"second_approval_from": 100}}, "/default/second_approval_from"),
        ({"default": {"reviewers": [1]}}, "/default/reviewers"),
        ({"kinds": [{"kind": "poem"}]}, "/kinds/0/kind"),
        ({"kinds": [{"kind": "mise_en_demeure"}, {"kind": "mise_en_demeure"}]}, "/kinds/1/kind"),
        (
            {
                "delegations": [
                    {
                        "reviewer": "a",
                        "delegate": "b",
                        "first_on": "2026-02-02",
                        "last_on": "2026-02-01",
                    }
                ]
            },
            "/delegations/0/last_on",
        ),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_rules_that_are_not_valid_change_nothing(
    caller: Caller, rules: dict[str, Any], pointer: str
) -> None:
    assert_problem(caller.send("PUT", RULES, rules), 422, "invalid-facts", pointer)
    assert caller.get(RULES).get_json()["number"] == 0


def test_only_an_admin_sets_the_rules(house: House) -> None:
    lawyer = house.caller("acts:review")
    assert lawyer.get(RULES).status_code == 200
    assert_problem(lawyer.send("PUT", RULES, {}), 403, "missing-scope")


def test_four_eyes_means_another_than_the_author(house: House, caller: Caller) -> None:
    rule(caller, default={"four_eyes": True})
    act_id = made_by(house, caller, LAWYER)
    answer = decide(caller, act_id, LAWYER.upper())
    assert_problem(answer, 422, "four-eyes-required")
    assert status(caller, act_id) == "draft"
    assert decide(caller, act_id, LAWYER, "request_changes").status_code == 201
    replaced_by = caller.get(f"/v1/acts/{act_id}/reviews").get_json()["data"][-1]["id"]
    assert decide(caller, act_id, PAUL, replaces=replaced_by).status_code == 201
    assert status(caller, act_id) == "approved"


def test_who_edited_the_text_is_the_author_of_the_edited_version(
    house: House, caller: Caller
) -> None:
    rule(caller, default={"four_eyes": True})
    act_id = made_by(house, caller, CLERK)
    word = with_paragraph(house.word(caller, act_id), "Une ligne de plus.")
    caller.upload(f"/v1/acts/{act_id}/versions", word, Minutier_Actor=LAWYER)
    house.produce(act_id, 2)
    assert_problem(decide(caller, act_id, LAWYER, version=2), 422, "four-eyes-required")
    assert decide(caller, act_id, CLERK, version=2).status_code == 201


def test_a_rule_of_the_kind_stands_before_the_default(house: House, caller: Caller) -> None:
    rule(caller, default={"four_eyes": True}, kinds=[{"kind": "mise_en_demeure"}])
    act_id = made_by(house, caller, LAWYER)
    assert decide(caller, act_id, LAWYER).status_code == 201


@pytest.mark.parametrize(("cents", "needed"), [(-1, 2), (0, 2), (1, 1)])
def test_two_approve_from_a_sum_on(house: House, caller: Caller, cents: int, needed: int) -> None:
    act_id = house.drafted(caller)
    due = caller.get(f"/v1/acts/{act_id}").get_json()["totals"]["due"]
    limit = int(due.replace(".", "")) + cents
    rule(caller, default={"second_approval_from": f"{limit // 100}.{limit % 100:02d}"})
    first = decide(caller, act_id, LAWYER)
    assert first.get_json()["act_status"] == ("approved" if needed == 1 else "draft")
    if needed == 1:
        return
    assert_problem(caller.post(f"/v1/acts/{act_id}/archive"), 409, "not-archivable")
    again = decide(caller, act_id, LAWYER)
    assert again.get_json()["act_status"] == "draft"
    second = decide(caller, act_id, PAUL)
    assert second.get_json()["act_status"] == status(caller, act_id) == "approved"
    actions = [
        event["action"] for event in caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"]
    ]
    assert actions[-3:] == ["approval_given", "approval_given", "approved"]


def test_changes_asked_for_make_an_approval_void(house: House, caller: Caller) -> None:
    rule(caller, default={"second_approval_from": "0.00"})
    act_id = house.drafted(caller)
    decide(caller, act_id, LAWYER)
    approval = caller.get(f"/v1/acts/{act_id}/reviews").get_json()["data"][-1]["id"]
    asked = decide(caller, act_id, PAUL, "request_changes", replaces=approval).get_json()
    assert status(caller, act_id) == "changes_requested"
    decide(caller, act_id, LAWYER, replaces=asked["id"])
    assert status(caller, act_id) == "draft"
    decide(caller, act_id, PAUL)
    assert status(caller, act_id) == "approved"


def test_nobody_overrules_a_decision_that_they_have_not_seen(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    approval = decide(caller, act_id, LAWYER).get_json()
    blind = decide(caller, act_id, PAUL, "request_changes")
    assert_problem(blind, 409, "already-decided")
    assert blind.get_json()["review_id"] == approval["id"]
    assert status(caller, act_id) == "approved"
    wrong = decide(caller, act_id, PAUL, "request_changes", replaces="rev_1")
    assert_problem(wrong, 409, "already-decided")
    knowing = decide(caller, act_id, PAUL, "request_changes", replaces=approval["id"])
    assert knowing.status_code == 201
    assert status(caller, act_id) == "changes_requested"
    assert_problem(decide(caller, act_id, LAWYER), 409, "already-decided")


def test_of_two_decisions_at_once_one_is_told_of_the_other(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    wanted = [(LAWYER, "approve"), (PAUL, "request_changes")]
    callers = [house.caller(), house.caller()]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda one: decide(one[0], act_id, *one[1]), zip(callers, wanted, strict=True))
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (made,) = caller.get(f"/v1/acts/{act_id}/reviews").get_json()["data"]
    assert status(caller, act_id) == made["act_status"]


def test_only_who_is_named_decides_or_who_stands_in_for_them(house: House, caller: Caller) -> None:
    away = {"reviewer": LAWYER, "delegate": PAUL, "first_on": "2026-11-24", "last_on": "2026-11-25"}
    rule(caller, default={"reviewers": [LAWYER]}, delegations=[away])
    act_id = house.drafted(caller)
    assert_problem(decide(caller, act_id, CLERK), 422, "reviewer-not-allowed")
    assert decide(caller, act_id, PAUL).get_json()["on_behalf_of"] == LAWYER
    event = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"][-1]
    assert event["actor"]["name"] == PAUL
    assert event["details"]["on_behalf_of"] == LAWYER
    late = house.drafted(caller)
    house.clock.move(days=2)
    assert_problem(decide(caller, late, PAUL), 422, "reviewer-not-allowed")
    assert decide(caller, late, LAWYER).get_json()["on_behalf_of"] is None


def test_what_is_left_to_settle_bars_approval_until_a_version_settles_it(
    house: House, caller: Caller
) -> None:
    act_id = house.drafted(caller)
    clean = house.word(caller, act_id)
    house.uploaded(caller, act_id, with_tracked_insertion(clean, "À voir"))
    barred = decide(caller, act_id, LAWYER, version=2)
    (fault,) = assert_problem(barred, 409, "changes-pending", "/version")
    assert fault["code"] == "tracked-changes-left"
    assert "À voir" in fault["detail"]
    assert status(caller, act_id) == "draft"
    assert decide(caller, act_id, LAWYER, "request_changes", version=2).status_code == 201
    house.uploaded(caller, act_id, clean, 3)
    assert decide(caller, act_id, LAWYER, version=3).status_code == 201


def test_a_contradiction_is_approved_only_by_naming_it(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    word = replaced(house.word(caller, act_id), "mettons en demeure", "demandons")
    (concern,) = house.uploaded(caller, act_id, word)["concerns"]
    silent = decide(caller, act_id, LAWYER, version=2)
    (fault,) = assert_problem(silent, 422, "concerns-not-acknowledged", "/acknowledged")
    assert concern["id"] in fault["detail"]
    other = decide(caller, act_id, LAWYER, version=2, acknowledged=["c9"])
    assert_problem(other, 422, "invalid-facts", "/acknowledged/0")
    knowing = decide(caller, act_id, LAWYER, version=2, acknowledged=[concern["id"]])
    assert knowing.get_json()["acknowledged"] == [concern["id"]]
    event = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"][-1]
    assert event["details"]["acknowledged"] == [concern["id"]]


# -- the queue -------------------------------------------------------------------------------------


def queue(caller: Caller, query: str = "") -> list[dict[str, Any]]:
    answer = caller.get(f"/v1/reviews{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["data"]
    return found


def test_the_queue_tells_what_a_lawyer_must_know_to_choose(house: House, caller: Caller) -> None:
    act_id = made_by(house, caller, CLERK)
    caller.post(f"/v1/acts/{act_id}/comments", {"version": 1, "body": "Vérifier le taux"})
    house.clock.move(days=3, hours=1)
    (item,) = queue(caller)
    act = caller.get(f"/v1/acts/{act_id}").get_json()
    assert item["act_id"] == act_id
    assert item["totals"] == act["totals"]
    assert item["author"] == CLERK
    assert item["age_days"] == 3
    assert item["deadline_on"] == "2030-05-31"
    assert item["days_left"] == 1281
    assert item["approvals"] == {"given": 0, "needed": 1}
    assert (item["open_comments"], item["to_settle"], item["to_acknowledge"]) == (1, 0, 0)


def test_the_queue_holds_what_stands_where_it_is_asked(house: House, caller: Caller) -> None:
    caller.post("/v1/acts", a_request())
    pending, approved, returned = (house.drafted(caller) for _ in range(3))
    decide(caller, approved, LAWYER)
    decide(caller, returned, LAWYER, "request_changes")
    for state, expected in {
        "pending": pending,
        "approved": approved,
        "changes_requested": returned,
    }.items():
        assert [item["act_id"] for item in queue(caller, f"?state={state}")] == [expected]
    assert queue(house.caller(tenant="Autre cabinet")) == []


def test_the_queue_of_somebody_holds_what_they_may_decide_on(house: House, caller: Caller) -> None:
    own, other = made_by(house, caller, LAWYER), made_by(house, caller, CLERK)
    assert {item["act_id"] for item in queue(caller, f"?assignee={LAWYER}")} == {own, other}
    rule(caller, default={"four_eyes": True, "second_approval_from": "0.00"})
    assert [item["act_id"] for item in queue(caller, f"?assignee={LAWYER}")] == [other]
    decide(caller, other, LAWYER)
    assert queue(caller, f"?assignee={LAWYER}") == []
    found = {item["act_id"]: item["approvals"] for item in queue(caller, f"?assignee={PAUL}")}
    assert found[other] == {"given": 1, "needed": 2}
    away = {"reviewer": LAWYER, "delegate": PAUL, "first_on": "2026-11-24", "last_on": "2026-11-24"}
    rule(caller, default={"reviewers": [LAWYER]}, delegations=[away])
    assert queue(caller, f"?assignee={CLERK}") == []
    assert len(queue(caller, f"?assignee={PAUL}")) == 2
    house.clock.move(days=1)
    assert queue(caller, f"?assignee={PAUL}") == []


@pytest.mark.parametrize("sort", ["deadline", "amount", "age"])
def test_the_queue_is_in_the_order_asked_for_and_paged(
    house: House, caller: Caller, sort: str
) -> None:
    for amount, due_on in (
        ("900.00", "2026-03-01"),
        ("70000.00", "2026-05-01"),
        ("80.00", "2026-01-02"),
    ):
        body = a_request()
        claim = {
            "id": "c1",
            "type": "invoice",
            "number": "F-1",
            "issued_on": "2025-12-01",
            "due_on": due_on,
            "amount_incl_tax": amount,
        }
        set_in(body, "/case/claims", [claim])
        set_in(body, "/case/payments", [])
        set_in(body, "/case/exhibits", ...) if "exhibits" in body["case"] else None
        answer = caller.post("/v1/acts", body)
        assert answer.status_code == 202, answer.text
        house.produce(answer.get_json()["id"])
    keys = {
        "deadline": lambda item: item["deadline_on"],
        "amount": lambda item: -float(item["totals"]["due"]),
        "age": lambda item: item["waiting_since"],
    }
    whole = queue(caller, f"?sort={sort}")
    assert len(whole) == 3
    assert whole == sorted(whole, key=keys[sort])
    seen: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = caller.get(f"/v1/reviews?sort={sort}&limit=1{'&cursor=' + cursor if cursor else ''}")
        seen += page.get_json()["data"]
        cursor = page.get_json()["next_cursor"]
    assert seen == whole
    wrong = {"deadline": "amount", "amount": "age", "age": "deadline"}[sort]
    first = caller.get(f"/v1/reviews?sort={sort}&limit=1").get_json()["next_cursor"]
    answer = caller.get(f"/v1/reviews?sort={wrong}&cursor={first}")
    assert_problem(answer, 422, "cursor-invalid")
