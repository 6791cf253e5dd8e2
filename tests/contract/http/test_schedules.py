"""Dunning calendars over HTTP: what a client gets, and what is refused."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from generators.registry import act_kind
from law.schedule_plans import plans
from tests.support.http import Caller, House, assert_problem

PATH = "/v1/schedules"


def _case(**changes: Any) -> dict[str, Any]:
    """The example's case with one invoice due on 30 September 2026 and nothing done."""
    case: dict[str, Any] = deepcopy(dict(act_kind("mise_en_demeure").example["case"]))
    claim = {
        "id": "c1",
        "type": "invoice",
        "number": "F-1",
        "issued_on": "2026-08-31",
        "due_on": "2026-09-30",
        "amount_incl_tax": "1000.00",
    }
    kept = {key: case[key] for key in ("reference", "creditor", "debtor")}
    return {**kept, "claims": [claim], **changes}


def _body(**changes: Any) -> dict[str, Any]:
    body = {"case": _case(), "plan": "new_client_small", "as_of": "2026-10-02", **changes}
    return {key: value for key, value in body.items() if value is not None}


def _step(**changes: Any) -> dict[str, Any]:
    return {"offset_days": 5, "kind": "relance", "channel": "email", **changes}


def _answer(caller: Caller, **changes: Any) -> dict[str, Any]:
    answer = caller.post(PATH, _body(**changes))
    assert answer.status_code == 200, answer.get_json()
    found: dict[str, Any] = answer.get_json()
    return found


def _faults(caller: Caller, **changes: Any) -> dict[str, str]:
    answer = caller.post(PATH, _body(**changes))
    assert_problem(answer, 422, "invalid-facts")
    return {fault["pointer"]: fault["code"] for fault in answer.get_json()["errors"]}


def test_each_step_has_its_day_channel_and_act(caller: Caller) -> None:
    found = _answer(caller)
    assert found["plan"] == "new_client_small"
    assert (found["claim_id"], found["due_on"], found["status"]) == ("c1", "2026-09-30", "running")
    assert found["next_step"] == 1
    told = [(s["date"], s["channel"], s["kind"], s["options"]) for s in found["steps"]]
    assert told == [
        ("2026-10-12", "letter", "relance", {"delivery": "simple", "level": 1}),
        ("2026-10-15", "phone", None, {}),
        ("2026-10-20", "letter", "relance", {"delivery": "simple", "level": 2}),
        ("2026-10-26", "registered_letter", "mise_en_demeure", {"delivery": "registered"}),
    ]
    assert found["steps"][0]["moved_from"] == "2026-10-10"
    assert found["steps"][0]["days_from_due"] == 12
    assert {remark["article"] for remark in found["steps"][0]["remarks"]} >= {
        "art. L. 441-10 II et D. 441-5 C. com."
    }


def test_the_act_of_a_step_can_be_made_with_its_options(caller: Caller) -> None:
    step = _answer(caller)["steps"][3]
    body = {"kind": step["kind"], "case": _case(), "options": step["options"]}
    answer = caller.post("/v1/checks", {**body, "as_of": step["date"]})
    assert answer.status_code == 200, answer.get_json()


def test_the_steps_that_the_case_tells_are_done(caller: Caller) -> None:
    steps = [{"date": "2026-10-12", "type": "reminder", "channel": "letter"}]
    found = _answer(caller, case=_case(steps=steps), as_of="2026-10-13")
    assert [step["status"] for step in found["steps"]] == ["done", "next", "planned", "planned"]
    assert found["next_step"] == 2


def test_without_a_day_it_is_today_in_paris(caller: Caller) -> None:
    found = _answer(caller, as_of=None)
    assert found["as_of"] == "2026-11-24"
    assert found["steps"][0]["status"] == "overdue"


def test_a_reminder_before_and_thanks_after_can_be_asked_for(caller: Caller) -> None:
    payments = [{"received_on": "2026-10-01", "amount": "1000.00"}]
    found = _answer(caller, pre_due_reminder=True, thanks=True, case=_case(payments=payments))
    assert found["status"] == "settled"
    assert [found["steps"][at]["kind"] for at in (0, -1)] == [
        "rappel_avant_echeance",
        "remerciement",
    ]
    assert found["steps"][-1]["date"] == "2026-10-02"
    assert found["next_step"] == found["steps"][-1]["number"]


def test_a_custom_calendar_is_followed(caller: Caller) -> None:
    steps = [
        _step(**{"from": "due_on"}),
        {"offset_days": 7, "channel": "phone"},
        _step(offset_days=8),
        _step(
            offset_days=40,
            kind="requete_injonction_de_payer",
            channel="court",
            **{"from": "due_on"},
        ),
    ]
    found = _answer(caller, plan="custom", steps=steps, thanks=True)
    told = [(s["date"], s["label"].replace("\u00a0", " "), s["step_type"]) for s in found["steps"]]
    assert told == [
        ("2026-10-05", "Relance n° 1", "reminder"),
        ("2026-10-12", "Relance téléphonique", "phone_call"),
        ("2026-10-20", "Relance n° 2", "reminder"),
        ("2026-11-09", "Requête en injonction de payer", "other"),
    ]


def test_a_debtor_in_insolvency_stops_the_calendar(caller: Caller) -> None:
    case = _case()
    case["debtor"]["insolvency"] = {"type": "liquidation", "opened_on": "2026-10-01"}
    found = _answer(caller, case=case)
    assert (found["status"], found["next_step"]) == ("stopped", None)
    (warning,) = [one for one in found["warnings"] if one["outcome"] == "refuse"]
    assert warning["pointer"] == "/case/debtor/insolvency"


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        pytest.param({"plan": None}, "/plan", "missing", id="no plan"),
        pytest.param({"plan": "gentle"}, "/plan", "invalid-choice", id="unknown plan"),
        pytest.param({"case": None}, "/case", "missing", id="no case"),
        pytest.param({"case": []}, "/case", "wrong-type", id="no object"),
        pytest.param({"case": {"reference": "1"}}, "/case/creditor", "missing", id="half a case"),
        pytest.param({"case": _case(claims=[])}, "/case/claims", "empty-list", id="no claim"),
        pytest.param({"case": _case(claim=[])}, "/case/claim", "unknown-key", id="in the case"),
        pytest.param({"region": "france"}, "/region", "unknown-key", id="unknown key"),
        pytest.param({"as_of": "2026-13-01"}, "/as_of", "invalid-date", id="no day"),
        pytest.param({"claim_id": "c9"}, "/claim_id", "unknown-claim", id="unknown claim"),
        pytest.param({"thanks": "yes"}, "/thanks", "wrong-type", id="no truth value"),
        pytest.param({"plan": "custom"}, "/steps", "missing", id="custom without steps"),
        pytest.param({"steps": [_step()]}, "/steps", "not-applicable", id="steps, not custom"),
        pytest.param({"plan": "custom", "steps": []}, "/steps", "empty-list", id="no step"),
        pytest.param(
            {"plan": "custom", "steps": [_step()] * 31}, "/steps", "too-many", id="too many steps"
        ),
        pytest.param(
            {"plan": "custom", "steps": [_step()], "pre_due_reminder": True},
            "/pre_due_reminder",
            "not-applicable",
            id="its reminder is a step",
        ),
    ],
)
def test_a_request_that_says_nothing_clear_is_refused(
    caller: Caller, changes: dict[str, Any], pointer: str, code: str
) -> None:
    assert _faults(caller, **changes)[pointer] == code


@pytest.mark.parametrize(
    ("steps", "pointer", "code"),
    [
        pytest.param([_step(offset_days="5")], "0/offset_days", "wrong-type", id="days as text"),
        pytest.param([_step(offset_days=1827)], "0/offset_days", "out-of-range", id="too far"),
        pytest.param([_step(offset_days=0)], "0/offset_days", "before-due-date", id="not late yet"),
        pytest.param(
            [_step(kind="mise_en_demeure", offset_days=-1)],
            "0/offset_days",
            "before-due-date",
            id="notice before it is due",
        ),
        pytest.param(
            [_step(kind="rappel_avant_echeance", offset_days=1)],
            "0/offset_days",
            "after-due-date",
            id="reminder of what is to come, after it",
        ),
        pytest.param(
            [_step(), _step(offset_days=-1)], "1/offset_days", "out-of-order", id="backwards"
        ),
        pytest.param(
            [_step(offset_days=9), _step(offset_days=8, **{"from": "due_on"})],
            "1/offset_days",
            "out-of-order",
            id="backwards from the due date",
        ),
        pytest.param([_step(**{"from": "previous"})], "0/from", "not-applicable", id="no previous"),
        pytest.param([_step(**{"from": "payment"})], "0/from", "invalid-choice", id="payment"),
        pytest.param([_step(kind=None)], "0/kind", "missing", id="an e-mail without act"),
        pytest.param([_step(channel="phone")], "0/kind", "not-applicable", id="an act by phone"),
        pytest.param([_step(kind="fax")], "0/kind", "invalid-choice", id="unknown act"),
        pytest.param([_step(kind="remerciement")], "0/kind", "invalid-choice", id="thanks"),
        pytest.param([_step(channel="fax")], "0/channel", "invalid-choice", id="unknown channel"),
        pytest.param(
            [_step(channel="court")], "0/channel", "channel-contradicts-kind", id="not to a court"
        ),
        pytest.param(
            [_step(kind="requete_injonction_de_payer")],
            "0/channel",
            "channel-contradicts-kind",
            id="only to a court",
        ),
        pytest.param([_step(level=4)], "0/level", "out-of-range", id="no such level"),
        pytest.param(
            [_step(kind="mise_en_demeure", level=1)],
            "0/level",
            "not-applicable",
            id="level of a notice",
        ),
        pytest.param([_step(tone="firm")], "0/tone", "unknown-key", id="unknown key"),
        pytest.param(["relance"], "0", "wrong-type", id="no object"),
    ],
)
def test_a_custom_step_that_cannot_be_is_refused(
    caller: Caller, steps: list[Any], pointer: str, code: str
) -> None:
    assert _faults(caller, plan="custom", steps=steps) == {f"/steps/{pointer}": code}


def test_every_fault_is_told_at_once(caller: Caller) -> None:
    steps = [_step(channel="fax"), _step(offset_days=None)]
    found = _faults(caller, plan="custom", steps=steps, case=_case(claims=[]), as_of="yesterday")
    assert found == {
        "/steps/0/channel": "invalid-choice",
        "/steps/1/offset_days": "missing",
        "/case/claims": "empty-list",
        "/as_of": "invalid-date",
    }


def test_the_named_calendars_are_listed(caller: Caller) -> None:
    answer = caller.get(f"{PATH}/plans")
    assert answer.status_code == 200
    listed = answer.get_json()
    assert listed["next_cursor"] is None
    assert [plan["name"] for plan in listed["data"]] == list(plans())
    for plan in listed["data"]:
        assert _answer(caller, plan=plan["name"])["title"] == plan["title"]


def test_a_key_needs_a_scope_of_acts_to_date_and_none_to_list(house: House) -> None:
    for scope, status in (("acts:read", 200), ("acts:write", 200), ("archive:read", 403)):
        caller = house.caller(scope)
        assert caller.post(PATH, _body()).status_code == status
        assert caller.get(f"{PATH}/plans").status_code == 200


def test_nothing_is_stored(house: House) -> None:
    caller = house.caller()
    before = house.rows()
    caller.post(PATH, _body())
    assert house.rows() == before


def test_the_examples_of_the_description_are_accepted(caller: Caller) -> None:
    document = caller.get("/v1/openapi.json").get_json()
    operation = document["paths"][PATH]["post"]
    content = operation["requestBody"]["content"]["application/json"]
    assert set(content["examples"]) == {"named", "custom"}
    for example in content["examples"].values():
        answer = caller.post(PATH, example["value"])
        assert answer.status_code == 200, answer.get_json()


def test_the_answer_of_the_description_is_a_true_one(caller: Caller) -> None:
    case = _case(steps=[{"date": "2026-10-06", "type": "reminder", "channel": "email"}])
    case["reference"] = "2026-0142"
    case["claims"][0]["disputed"] = True
    steps = [_step(), _step(offset_days=11, kind="mise_en_demeure", channel="registered_letter")]
    found = _answer(caller, case=case, plan="custom", steps=steps, as_of="2026-10-07")
    assert _promised(caller, PATH) == found


def _promised(caller: Caller, path: str) -> Any:
    document = caller.get("/v1/openapi.json").get_json()
    answer = document["paths"][path]["post"]["responses"]["200"]
    return answer["content"]["application/json"]["example"]
