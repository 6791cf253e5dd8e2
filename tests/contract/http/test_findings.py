"""The findings of an audit over HTTP: what was found stays what it was."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from generators.kinds.audit_cgv import KIND
from generators.registry import act_kinds
from tests.support.http import LAWYER, Caller, House, assert_problem

AUDIT: dict[str, Any] = dict(KIND.example)


def test_an_audit_is_accepted_made_and_its_findings_read(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller, **AUDIT)
    answer = caller.get(f"/v1/acts/{act_id}/versions/1/findings.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    found = json.loads(answer.data)
    text = json.loads(caller.get(f"/v1/acts/{act_id}/versions/1/data.json").data)
    text = text["options"]["audit"]["text"]
    by_rule = {finding["rule_id"]: finding for finding in found["findings"]}
    late = by_rule["CGV-B2B-DEL-03"]
    assert (late["outcome"], late["severity"]) == ("non_compliant", "blocking")
    passage = late["passage"]
    assert text[passage["start"] : passage["end"]] == passage["quote"]
    assert found["score"]["grade"] == "E"
    assert {question["id"] for question in found["questions"]} >= {"COM-1", "transport"}


def test_the_findings_have_the_hash_that_the_version_tells(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller, **AUDIT)
    path = f"/v1/acts/{act_id}/versions/1"
    answer = caller.get(f"{path}/findings.json")
    sha256 = hashlib.sha256(answer.data).hexdigest()
    told = caller.get(path).get_json()["files"]["findings"]
    assert told == {
        "url": f"{path}/findings.json",
        "media_type": "application/json",
        "sha256": sha256,
    }
    assert answer.headers["ETag"] == f'"{sha256}"'
    assert caller.get(f"{path}/findings.json", If_None_Match=f'"{sha256}"').status_code == 304


def test_an_act_of_another_kind_has_no_findings(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    assert caller.get(f"/v1/acts/{act_id}/versions/1").get_json()["files"]["findings"] is None
    answer = caller.get(f"/v1/acts/{act_id}/versions/1/findings.json")
    assert_problem(answer, 404, "findings-missing")


def test_findings_wait_for_the_version_to_be_made(caller: Caller) -> None:
    act_id = caller.post("/v1/acts", AUDIT).get_json()["id"]
    answer = caller.get(f"/v1/acts/{act_id}/versions/1/findings.json")
    assert_problem(answer, 409, "version-not-ready")


def test_the_questionnaire_is_read_with_the_kind(caller: Caller) -> None:
    questions = caller.get("/v1/kinds/audit_cgv").get_json()["questions"]
    by_id = {question["id"]: question for question in questions}
    assert len(by_id) == len(questions)
    assert by_id["vend_biens"]["answer"]["choices"] == ["oui", "non", "ne_sait_pas"]
    assert by_id["DEV-2"]["area"] == "Devis et offre"
    assert "au dos, non signées" in by_id["DEV-2"]["answer"]["choices"]
    assert by_id["CGV-B2B-PEN-02"]["answer"]["type"] == "number"


def test_kinds_that_ask_nothing_have_no_questions(caller: Caller) -> None:
    kinds = caller.get("/v1/kinds").get_json()["data"]
    assert {kind["kind"] for kind in kinds} == set(act_kinds())
    assert [kind["kind"] for kind in kinds if kind["questions"]] == ["audit_cgv"]


def test_a_new_version_is_audited_anew(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller, **AUDIT)
    mended = json.loads(json.dumps(AUDIT["options"]))
    mended["audit"]["text"] = mended["audit"]["text"].replace(
        "soixante-quinze jours fin de mois", "quarante-cinq jours fin de mois"
    )
    caller.post(f"/v1/acts/{act_id}/versions", {"options": mended})
    house.produce(act_id, 2)
    outcomes = []
    for number in (1, 2):
        found = json.loads(caller.get(f"/v1/acts/{act_id}/versions/{number}/findings.json").data)
        by_rule = {finding["rule_id"]: finding["outcome"] for finding in found["findings"]}
        outcomes.append(by_rule["CGV-B2B-DEL-03"])
    assert outcomes == ["non_compliant", "compliant"]


def test_findings_are_archived_with_the_report(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller, **AUDIT)
    found = caller.get(f"/v1/acts/{act_id}/versions/1/findings.json").data
    body = {"version": 1, "decision": "approve"}
    caller.post(f"/v1/acts/{act_id}/reviews", body, Minutier_Actor=LAWYER)
    caller.post(f"/v1/acts/{act_id}/archive", Prefer="wait=0")
    house.seal(act_id)
    package = caller.get(f"/v1/archive/{act_id}/evidence.zip").data
    with zipfile.ZipFile(io.BytesIO(package)) as evidence:
        [name] = [name for name in evidence.namelist() if name.endswith("findings.json")]
        assert evidence.read(name) == found
    report = caller.post(f"/v1/archive/{act_id}/verify").get_json()
    assert report["outcome"] == "ok"


def test_checks_tell_what_is_left_to_ask(caller: Caller) -> None:
    checks = caller.post("/v1/checks", AUDIT).get_json()["checks"]
    assert {check["code"] for check in checks if check["outcome"] == "warn"} >= {"questions-left"}


def test_an_answer_to_no_question_is_refused_with_its_place(caller: Caller) -> None:
    body = json.loads(json.dumps(AUDIT))
    body["options"]["audit"]["answers"] = {"PRO-99": "oui"}
    answer = caller.post("/v1/acts", body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/options/audit/answers/PRO-99"


@pytest.mark.parametrize("name", ["annotated.docx", "corrected.docx"])
def test_the_terms_are_read_as_word_to_work_in(house: House, caller: Caller, name: str) -> None:
    act_id = house.drafted(caller, **AUDIT)
    path = f"/v1/acts/{act_id}/versions/1/{name}"
    answer = caller.get(path)
    assert answer.status_code == 200
    assert answer.mimetype.endswith("wordprocessingml.document")
    assert answer.data.startswith(b"PK")
    tag = answer.headers["ETag"]
    assert tag == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert caller.get(path, If_None_Match=tag).status_code == 304


@pytest.mark.parametrize("name", ["annotated.docx", "corrected.docx", "findings_changes?against=1"])
def test_only_an_audit_has_terms_to_work_in(house: House, caller: Caller, name: str) -> None:
    act_id = house.drafted(caller)
    answer = caller.get(f"/v1/acts/{act_id}/versions/1/{name}")
    assert_problem(answer, 404, "findings-missing")


def test_two_versions_are_set_side_by_side(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller, **AUDIT)
    mended = json.loads(json.dumps(AUDIT["options"]))
    mended["audit"]["text"] = mended["audit"]["text"].replace(
        "soixante-quinze jours fin de mois", "quarante-cinq jours fin de mois"
    )
    caller.post(f"/v1/acts/{act_id}/versions", {"options": mended})
    path = f"/v1/acts/{act_id}/versions/2/findings_changes"
    assert_problem(caller.get(f"{path}?against=1"), 409, "version-not-ready")
    house.produce(act_id, 2)
    told = caller.get(f"{path}?against=1").get_json()
    assert [each["rule_id"] for each in told["mended"]] == ["CGV-B2B-DEL-03"]
    assert told["new"] == []
    assert told["remaining"]
    assert_problem(caller.get(f"{path}?against=7"), 404, "version-missing")
    assert caller.get(path).status_code == 422
