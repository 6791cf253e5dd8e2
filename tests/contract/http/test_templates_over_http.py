"""A cabinet's own templates: refused with the place, versioned, captured by acts, given up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from api.app import create_app
from generators.document_text import document_text
from generators.package import MAX_PACKAGE_BYTES
from tests.support.http import LAWYER, Caller, House, a_request, assert_problem, created
from tests.support.own_templates import (
    BODY,
    HOUSE,
    edited,
    own_template,
    with_part,
    without_text,
)
from tests.support.word_templates import parts_of

PATH = "/v1/templates/mise_en_demeure"
OTHER = "jean@cabinet.example"


@pytest.fixture
def strict(house: House) -> House:
    """The same house, where another person must approve a template."""
    settings = replace(house.services.settings, template_approval=True)
    services = replace(house.services, settings=settings)
    return replace(house, services=services, app=create_app(services))


def put(caller: Caller, source: bytes, path: str = PATH, **headers: str) -> dict[str, Any]:
    answer = caller.put_file(path, source, **headers)
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def text_of(caller: Caller, act_id: str, number: int = 1) -> str:
    return document_text(caller.get(f"/v1/acts/{act_id}/versions/{number}/document.docx").data)


def test_without_one_of_its_own_a_cabinet_uses_that_of_the_house(caller: Caller) -> None:
    told = caller.get(PATH).get_json()
    assert (told["source"], told["version"], told["pending"]) == ("house", None, [])
    assert told["sha256"] == hashlib.sha256(HOUSE).hexdigest()
    assert caller.get(told["docx"]).data == HOUSE
    assert {"sender.name", "table.rows[].number", "contract.resolutive_clause.article"} <= set(
        told["names"]
    )
    assert caller.get(f"{PATH}/versions").get_json() == {"data": [], "next_cursor": None}


def test_a_template_is_accepted_with_who_sent_it_and_read_again(caller: Caller) -> None:
    source = own_template()
    answer = caller.put_file(f"{PATH}?note=Nouvelle%20charte", source, Minutier_Actor=LAWYER)
    assert answer.status_code == 201
    told = answer.get_json()
    assert (told["number"], told["state"], told["source"]) == (1, "live", "own")
    assert told["sha256"] == hashlib.sha256(source).hexdigest()
    assert (told["size"], told["note"], told["live_from"]) == (
        len(source), "Nouvelle charte", "2026-11-24",
    )  # fmt: skip
    assert told["created_by"]["actor"] == LAWYER
    assert caller.get(told["docx"]).data == source
    assert "Gabarit du cabinet" in document_text(caller.get(told["preview_docx"]).data)
    now = caller.get(PATH).get_json()
    assert (now["source"], now["version"]) == ("own", told)
    assert caller.get(now["docx"]).data == source


def test_the_same_file_again_is_the_version_that_is_there(caller: Caller) -> None:
    first = put(caller, own_template())
    again = caller.put_file(PATH, own_template())
    assert (again.status_code, again.get_json()) == (200, first)
    assert put(caller, own_template("Autre"))["number"] == 2
    states = [one["state"] for one in caller.get(f"{PATH}/versions").get_json()["data"]]
    assert states == ["live", "superseded"]


def test_another_cabinet_sees_nothing_of_it(house: House, caller: Caller) -> None:
    put(caller, own_template())
    stranger = house.caller(tenant="Cabinet Voisin")
    assert stranger.get(PATH).get_json()["source"] == "house"
    assert_problem(stranger.get(f"{PATH}/versions/1/template.docx"), 404, "template-missing")
    assert_problem(stranger.get(f"{PATH}/versions/1/preview.docx"), 404, "template-missing")


def test_an_act_keeps_the_template_it_was_accepted_with(house: House, caller: Caller) -> None:
    before = created(caller)["id"]
    source = own_template()
    put(caller, source)
    with_own = created(caller)["id"]
    put(caller, own_template("Gabarit suivant"))
    after = created(caller)["id"]
    for act_id in (before, with_own, after):
        house.produce(act_id)
    assert "Gabarit" not in text_of(caller, before)
    assert "Gabarit du cabinet" in text_of(caller, with_own)
    assert "Gabarit suivant" in text_of(caller, after)
    version = caller.get(f"/v1/acts/{with_own}/versions/1").get_json()
    assert (version["template_version"], version["stationery_version"]) == (1, None)
    assert version["template_sha256"] == hashlib.sha256(source).hexdigest()
    event = caller.get(f"/v1/acts/{with_own}/audit_trail").get_json()["data"][0]
    assert event["details"]["template_version"] == 1
    assert event["details"]["template_sha256"] == version["template_sha256"]
    first = caller.get(f"/v1/acts/{before}/versions/1").get_json()
    assert first["template_version"] is None


def test_a_new_version_of_an_act_takes_the_template_that_is_live_then(
    house: House, caller: Caller
) -> None:
    act_id = house.drafted(caller)
    put(caller, own_template())
    caller.post(f"/v1/acts/{act_id}/versions", {"note": "Autre modèle"})
    house.produce(act_id, 2)
    assert "Gabarit du cabinet" not in text_of(caller, act_id, 1)
    assert "Gabarit du cabinet" in text_of(caller, act_id, 2)


def test_an_act_made_with_its_own_template_is_archived_with_it(
    house: House, caller: Caller
) -> None:
    source = own_template()
    put(caller, source)
    act_id = house.archived(caller)
    keys = list(house.services.archive.list("v1/templates/"))
    assert keys == [f"v1/templates/sha256/{hashlib.sha256(source).hexdigest()}.docx"]
    assert house.services.archive.get(keys[0]) == source
    report = caller.post(f"/v1/archive/{act_id}/verify").get_json()
    assert "failed" not in {check["outcome"] for check in report["checks"]}


def test_a_cabinet_goes_back_to_the_template_of_the_house(house: House, caller: Caller) -> None:
    put(caller, own_template())
    put(caller, own_template("Plus tard"), f"{PATH}?live_from=2027-01-01")
    told = caller.send("DELETE", PATH, headers={"Minutier_Actor": LAWYER}).get_json()
    assert (told["source"], told["version"], told["pending"]) == ("house", None, [])
    act_id = house.drafted(caller)
    assert "Gabarit" not in text_of(caller, act_id)
    listed = caller.get(f"{PATH}/versions").get_json()["data"]
    assert [(one["source"], one["state"]) for one in listed] == [
        ("house", "live"), ("own", "superseded"), ("own", "superseded"),
    ]  # fmt: skip
    assert listed[0]["created_by"]["actor"] == LAWYER
    assert_problem(caller.get(f"{PATH}/versions/3/template.docx"), 404, "template-missing")
    assert caller.get(listed[2]["docx"]).data == own_template()
    assert put(caller, own_template())["number"] == 4


def test_going_back_without_a_template_of_its_own_changes_nothing(caller: Caller) -> None:
    assert caller.send("DELETE", PATH).get_json()["source"] == "house"
    assert caller.get(f"{PATH}/versions").get_json()["data"] == []


def test_a_template_is_live_from_its_day(house: House, caller: Caller) -> None:
    put(caller, own_template("Ancien"))
    later = put(caller, own_template("Nouveau"), f"{PATH}?live_from=2026-12-01")
    assert later["state"] == "scheduled"
    told = caller.get(PATH).get_json()
    assert (told["version"]["number"], [one["number"] for one in told["pending"]]) == (1, [2])
    before = house.drafted(caller)
    house.clock.move(days=7)
    after = house.drafted(caller)
    assert "Ancien" in text_of(caller, before)
    assert "Nouveau" in text_of(caller, after)
    assert caller.get(PATH).get_json()["version"]["number"] == 2


def test_the_day_begins_in_paris(house: House, caller: Caller) -> None:
    put(caller, own_template("Nouveau"), f"{PATH}?live_from=2026-11-25")
    house.clock.move(hours=13, minutes=29)  # 23:59 in Paris
    assert caller.get(PATH).get_json()["source"] == "house"
    house.clock.move(minutes=2)
    assert caller.get(PATH).get_json()["source"] == "own"


def test_a_day_that_is_over_is_refused(caller: Caller) -> None:
    answer = caller.put_file(f"{PATH}?live_from=2026-11-23", own_template())
    assert_problem(answer, 422, "live-from-past", "/live_from")
    assert_problem(
        caller.put_file(f"{PATH}?live_from=soon", own_template()),
        422, "invalid-facts", "/live_from",
    )  # fmt: skip
    assert caller.get(f"{PATH}/versions").get_json()["data"] == []


# -- approval ------------------------------------------------------------------------------------


def test_where_it_is_asked_another_person_approves(strict: House) -> None:
    caller = strict.caller()
    told = put(caller, own_template(), Minutier_Actor=LAWYER)
    assert told["state"] == "awaiting_approval"
    assert caller.get(PATH).get_json()["source"] == "house"
    assert "Gabarit" not in text_of(caller, strict.drafted(caller))
    approve = f"{PATH}/versions/1/approve"
    assert_problem(caller.post(approve), 422, "actor-required")
    for same in (LAWYER, LAWYER.upper()):
        answer = caller.post(approve, Minutier_Actor=same)
        assert_problem(answer, 409, "approval-needs-another")
    approved = caller.post(approve, Minutier_Actor=OTHER, Idempotency_Key="k")
    assert approved.status_code == 200
    told = approved.get_json()
    assert (told["state"], told["approved_by"]["actor"]) == ("live", OTHER)
    assert told["approved_at"]
    assert caller.post(approve, Minutier_Actor=OTHER, Idempotency_Key="k").get_json() == told
    assert_problem(caller.post(approve, Minutier_Actor=OTHER), 409, "nothing-to-approve")
    assert "Gabarit du cabinet" in text_of(caller, strict.drafted(caller))


def test_a_template_of_nobody_knows_whom_cannot_be_approved(strict: House) -> None:
    caller = strict.caller()
    put(caller, own_template())
    answer = caller.post(f"{PATH}/versions/1/approve", Minutier_Actor=OTHER)
    assert_problem(answer, 409, "approval-needs-another")


def test_where_it_is_not_asked_there_is_nothing_to_approve(caller: Caller) -> None:
    put(caller, own_template(), Minutier_Actor=LAWYER)
    for number, status, slug in ((1, 409, "nothing-to-approve"), (2, 404, "template-missing")):
        answer = caller.post(f"{PATH}/versions/{number}/approve", Minutier_Actor=OTHER)
        assert_problem(answer, status, slug)


# -- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "code", "part", "says"),
    [
        pytest.param(
            edited(("{{ letter.salutation }}", "{{ letter.salutations }}")),
            "unknown-variable", "document", "did you mean salutation?",
            id="unknown variable",
        ),
        pytest.param(
            edited(("{{ letter.salutation }}", "{{ ''.__class__ }}")),
            "forbidden-construct", "document", "underscore",
            id="a way out of the language",
        ),
        pytest.param(
            without_text("{{ letter.demand }}"),
            "unused-required", "", "letter.demand",
            id="a mandatory mention nowhere",
        ),
        pytest.param(
            with_part("word/vbaProject.bin", b"1"), "macro", "word/vbaProject.bin", "macros",
            id="macro",
        ),
        pytest.param(
            with_part(
                "word/_rels/footer1.xml.rels",
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                b'relationships"><Relationship Id="r" Type="x/image" TargetMode="External"'
                b' Target="http://exemple.example/a.png"/></Relationships>',
            ),
            "external-link", "_rels/footer1.xml.rels", "link to the outside",
            id="external link",
        ),
        pytest.param(
            with_part("word/media/a.bin", bytes(9_000_000)), "too-large", "word/media/a.bin",
            "too many bytes",
            id="bomb",
        ),
        pytest.param(b"%PDF-1.7", "unreadable", "", "not a Word document", id="another format"),
    ],
)  # fmt: skip
def test_a_bad_template_is_refused_with_the_place(
    house: House, caller: Caller, source: bytes, code: str, part: str, says: str
) -> None:
    errors = assert_problem(caller.put_file(PATH, source), 422, "template-refused")
    found = [error for error in errors if error["code"] == code and error["part"] == part]
    assert found, errors
    assert any(says in error["hint"] + error["text"] for error in found)
    assert {"paragraph", "text", "hint"} <= set(found[0])
    if code in {"unknown-variable", "forbidden-construct"}:
        assert found[0]["paragraph"]
        assert found[0]["pointer"] == f"/{part}/{found[0]['paragraph']}"
    assert house.is_empty()


def test_a_mandatory_block_under_a_condition_of_its_own_is_refused(caller: Caller) -> None:
    """It is printed on some acts, so reading the template does not show it; filling it does."""
    body = parts_of(HOUSE)[BODY].decode()
    at = body.index("{{ letter.demand }}")
    start = body.rindex("<w:p>", 0, at)
    end = body.index("</w:p>", at) + len("</w:p>")
    block = body[start:end]
    tag = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
    hidden = f"{tag.format('{%p if letter.note %}')}{block}{tag.format('{%p endif %}')}"
    errors = assert_problem(
        caller.put_file(PATH, with_part(BODY, body.replace(block, hidden).encode())),
        422,
        "template-refused",
    )
    assert {error["code"] for error in errors} == {"unused-required"}
    assert any("trial" in error["hint"] for error in errors)


def test_every_fault_is_told_at_once(caller: Caller) -> None:
    source = edited(
        ("{{ letter.salutation }}", "{{ letter.salutations }}"), ("{{ letter.demand }}", "")
    )
    errors = assert_problem(caller.put_file(PATH, source), 422, "template-refused")
    assert {"unknown-variable", "unused-required"} <= {error["code"] for error in errors}


def test_a_file_above_the_limit_is_refused_unread(house: House, caller: Caller) -> None:
    answer = caller.put_file(PATH, b"PK" + bytes(MAX_PACKAGE_BYTES))
    assert_problem(answer, 413, "payload-too-large")
    assert house.is_empty()


@pytest.mark.parametrize("media_type", ["application/json", "application/zip", "text/plain"])
def test_a_body_that_is_not_declared_as_word_is_refused(caller: Caller, media_type: str) -> None:
    assert_problem(caller.put_file(PATH, own_template(), media_type), 415, "word-file-expected")
    compressed = caller.put_file(PATH, own_template(), Content_Encoding="gzip")
    assert_problem(compressed, 415, "word-file-expected")


def test_a_kind_that_does_not_exist_has_no_template(caller: Caller) -> None:
    for answer in (
        caller.get("/v1/templates/lettre_imaginaire"),
        caller.put_file("/v1/templates/lettre_imaginaire", own_template()),
        caller.send("DELETE", "/v1/templates/lettre_imaginaire"),
        caller.get("/v1/templates/lettre_imaginaire/versions"),
    ):
        assert answer.status_code == 404


def test_only_a_key_with_the_scope_changes_templates(house: House) -> None:
    reader = house.caller("acts:read")
    assert reader.get(PATH).status_code == 200
    assert_problem(reader.put_file(PATH, own_template()), 403, "missing-scope")
    assert_problem(reader.send("DELETE", PATH), 403, "missing-scope")
    writer = house.caller("templates:write")
    put(writer, own_template())
    assert_problem(writer.post("/v1/acts", a_request()), 403, "missing-scope")


def test_the_preview_in_pdf_waits_for_no_worker_that_is_not_there(caller: Caller) -> None:
    put(caller, own_template())
    assert_problem(caller.get(f"{PATH}/versions/1/preview.pdf"), 503, "conversion-late")
