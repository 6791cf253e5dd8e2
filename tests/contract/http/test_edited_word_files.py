"""A version from a Word file that a lawyer edited."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from PIL import Image

from generators.document_text import document_text
from tests.support.edits import (
    by_word,
    edited,
    replaced,
    with_comment,
    with_paragraph,
    with_tracked_deletion,
    with_tracked_insertion,
    without_stamp,
)
from tests.support.http import LAWYER, Caller, House, assert_problem, created
from tests.support.word_letters import letter
from tests.support.word_templates import parts_of, zipped

DEMAND = "mettons en demeure"
LINE = "Nous restons ouverts à un règlement amiable."


def test_the_text_is_taken_as_it_is_and_made_a_pdf(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    word = with_paragraph(house.word(caller, act_id), LINE)
    answer = caller.upload(f"/v1/acts/{act_id}/versions", word, "Relu", Minutier_Actor=LAWYER)
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/acts/{act_id}/versions"
    assert answer.get_json()["current_version"] == 2
    house.produce(act_id, 2)
    first, second = caller.get(f"/v1/acts/{act_id}/versions").get_json()["data"]
    assert (second["origin"], second["note"], second["based_on"]) == ("uploaded", "Relu", 1)
    assert second["created_by"]["actor"] == LAWYER
    assert second["statement"] == first["statement"]
    assert second["files"]["data"]["sha256"] == first["files"]["data"]["sha256"]
    assert second["concerns"] == []
    assert document_text(house.word(caller, act_id, 2)) == document_text(word)
    pdf = caller.get(f"/v1/acts/{act_id}/versions/2/document.pdf").data
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfuaid:part"] == "1"
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"


def test_a_file_saved_by_another_program_still_says_what_it_descends_from(
    house: House, caller: Caller
) -> None:
    act_id = house.drafted(caller)
    word = by_word(house.word(caller, act_id), lambda document: document.add_paragraph(LINE))
    version = house.uploaded(caller, act_id, word)
    assert version["based_on"] == 1
    assert [one for one in version["concerns"] if one["effect"] != "notice"] == []
    again = with_paragraph(house.word(caller, act_id, 2), "Encore une ligne.")
    assert house.uploaded(caller, act_id, again, 3)["based_on"] == 2


def test_the_trail_tells_what_was_received_and_from_whom(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    word = with_paragraph(house.word(caller, act_id), LINE)
    caller.upload(f"/v1/acts/{act_id}/versions", word, Minutier_Actor=LAWYER)
    event = caller.get(f"/v1/acts/{act_id}/audit_trail").get_json()["data"][-1]
    assert event["action"] == "version_created"
    assert event["actor"]["name"] == LAWYER
    assert event["details"]["origin"] == "uploaded"
    assert event["details"]["based_on"] == 1
    assert event["details"]["received_sha256"] == hashlib.sha256(word).hexdigest()
    house.produce(act_id, 2)
    stored = hashlib.sha256(house.word(caller, act_id, 2)).hexdigest()
    assert event["details"]["docx_sha256"] == stored


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (with_tracked_insertion, "tracked-changes-left", LINE),
        (with_tracked_deletion, "tracked-changes-left", LINE),
        (lambda word, _: with_comment(word), "comments-left", "ici"),
    ],
)
def test_what_is_left_to_settle_is_told_with_its_place_and_bars_approval(
    house: House, caller: Caller, change: object, code: str, text: str
) -> None:
    act_id = house.drafted(caller)
    word = change(house.word(caller, act_id), LINE)  # type: ignore[operator] # of two arguments
    version = house.uploaded(caller, act_id, word)
    (left,) = version["concerns"]
    assert (left["code"], left["effect"], left["part"]) == (code, "blocks", "document")
    assert left["paragraph"] > 10
    assert left["text"].startswith(text)
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (lambda _: {"word/vbaProject.bin": b"x"}, "macro", "word~1vbaProject.bin"),
        (lambda _: {"word/embeddings/oleObject1.bin": b"x"}, "embedded-object", "embeddings"),
        (
            lambda parts: {
                "word/_rels/document.xml.rels": parts["word/_rels/document.xml.rels"].replace(
                    b"</Relationships>",
                    b'<Relationship Id="rOut" TargetMode="External" Target="https://a.example/x" '
                    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                    b'image"/></Relationships>',
                )
            },
            "external-link",
            "document.xml.rels",
        ),
        (
            lambda parts: {
                "word/document.xml": parts["word/document.xml"].replace(
                    b"<w:sectPr",
                    b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE'
                    b'</w:instrText></w:r><w:r><w:instrText>TEXT "/etc/passwd"</w:instrText></w:r>'
                    b'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr',
                    1,
                )
            },
            "external-link",
            "/file/document/",
        ),
        (lambda _: {"word/document.xml": b"<!DOCTYPE a><a/>"}, "dtd", "/file/document"),
    ],
)
def test_a_dangerous_file_is_refused_with_the_place(
    house: House, caller: Caller, change: object, code: str, place: str
) -> None:
    act_id = house.drafted(caller)
    parts = parts_of(house.word(caller, act_id))
    before = house.rows()
    word = zipped(parts | change(parts))  # type: ignore[operator] # of one argument
    answer = caller.upload(f"/v1/acts/{act_id}/versions", word)
    errors = assert_problem(answer, 422, "word-file-refused")
    assert (code, True) in [(error["code"], place in error["pointer"]) for error in errors]
    assert house.rows() == before
    assert caller.get(f"/v1/acts/{act_id}").get_json()["status"] == "draft"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        (b"", "unreadable"),
        (b"%PDF-1.7", "unreadable"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "encrypted"),
        (b"PK\3\4" + b"\0" * 100, "unreadable"),
        (zipped({"word/document.xml": b"<a/>" + b" " * 30_000_000}), "too-large"),
    ],
)
def test_what_is_no_word_file_is_refused(
    house: House, caller: Caller, word: bytes, code: str
) -> None:
    act_id = house.drafted(caller)
    answer = caller.upload(f"/v1/acts/{act_id}/versions", word)
    assert code in {error["code"] for error in assert_problem(answer, 422, "word-file-refused")}


def test_a_file_that_is_too_large_is_refused_unread(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    answer = caller.upload(f"/v1/acts/{act_id}/versions", b"\0" * (12 * 1024 * 1024))
    assert_problem(answer, 413, "payload-too-large")


def test_the_file_of_another_act_is_refused(house: House, caller: Caller) -> None:
    one, other = house.drafted(caller), house.drafted(caller)
    answer = caller.upload(f"/v1/acts/{one}/versions", house.word(caller, other))
    assert_problem(answer, 422, "word-file-of-another-act")


def test_a_file_of_unknown_descent_is_taken_and_told(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    version = house.uploaded(caller, act_id, without_stamp(house.word(caller, act_id)))
    assert version["based_on"] == 1
    assert [one["code"] for one in version["concerns"]] == ["descent-unknown"]


def test_a_file_that_leaves_a_later_version_out_says_so(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    early = house.word(caller, act_id)
    caller.post(f"/v1/acts/{act_id}/versions", {"as_of": "2026-11-24"})
    house.produce(act_id, 2)
    version = house.uploaded(caller, act_id, early, 3)
    first = caller.get(f"/v1/acts/{act_id}/versions/1").get_json()
    act = caller.get(f"/v1/acts/{act_id}").get_json()
    assert version["based_on"] == 1
    assert version["files"]["data"]["sha256"] == first["files"]["data"]["sha256"]
    assert [one["code"] for one in version["concerns"]] == ["earlier-version-edited"]
    assert act["as_of"] == first["statement"]["as_of"]
    assert act["totals"]["due"] == first["statement"]["totals"]["due"]


def test_a_total_that_no_longer_matches_is_to_be_acknowledged(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    due = caller.get(f"/v1/acts/{act_id}").get_json()["totals"]["due"]
    whole, cents = due.split(".")
    printed = f"{int(whole):,}".replace(",", "\u202f") + f",{cents}"
    word = replaced(house.word(caller, act_id), printed, "9\u202f999,99")
    version = house.uploaded(caller, act_id, word)
    found = {(one["code"], one["effect"]): one["text"] for one in version["concerns"]}
    assert found["amount-not-computed", "acknowledge"] == "9999.99"
    assert printed in found["computed-value-missing", "acknowledge"]


def test_a_mention_that_the_act_must_have_is_missed(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    word = replaced(house.word(caller, act_id), DEMAND, "demandons")
    concerns = house.uploaded(caller, act_id, word)["concerns"]
    assert [one["code"] for one in concerns] == ["computed-value-missing"]
    assert DEMAND in concerns[0]["text"]
    assert concerns[0]["effect"] == "acknowledge"


def test_an_iban_that_is_not_in_the_data_is_to_be_acknowledged(
    house: House, caller: Caller
) -> None:
    act_id = house.drafted(caller)
    line = "Réglez sur le compte FR76 3000 6000 0112 3456 7890 189."
    concerns = house.uploaded(caller, act_id, with_paragraph(house.word(caller, act_id), line))
    (found,) = concerns["concerns"]
    assert (found["code"], found["text"]) == ("iban-not-in-data", "FR7630006000011234567890189")


def _picture(document: Any) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "navy").save(picture, "png")
    picture.seek(0)
    document.add_picture(picture)


def _heading(document: Any) -> None:
    document.styles.add_style("Heading 4", WD_STYLE_TYPE.PARAGRAPH)
    document.add_heading("Sans rien avant lui", 4)


@pytest.mark.parametrize(
    ("change", "code"),
    [(_picture, "image-without-alt"), (_heading, "heading-level-skipped")],
)
def test_what_lacks_for_accessibility_is_told_and_the_pdf_does_not_claim_it(
    house: House, caller: Caller, change: Callable[[Any], None], code: str
) -> None:
    act_id = house.drafted(caller)
    word = by_word(house.word(caller, act_id), change)
    version = house.uploaded(caller, act_id, word)
    assert code in {one["code"] for one in version["concerns"] if one["effect"] == "notice"}
    pdf = caller.get(f"/v1/acts/{act_id}/versions/2/document.pdf").data
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert "pdfuaid:part" not in metadata


def test_an_act_in_the_making_takes_no_file(caller: Caller) -> None:
    act_id = created(caller)["id"]
    answer = caller.upload(f"/v1/acts/{act_id}/versions", letter())
    assert_problem(answer, 409, "status-conflict")


def test_a_form_is_read_strictly(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    path = f"/v1/acts/{act_id}/versions"
    auth = {"Authorization": f"Bearer {caller.key.secret}"}

    def send(**fields: object) -> object:
        answer = caller.client.post(
            path, data=fields, content_type="multipart/form-data", headers=auth
        )
        caller.seen("POST", path, answer)
        return answer

    word = (io.BytesIO(house.word(caller, act_id)), "a.docx")
    assert_problem(send(note="Relu"), 422, "invalid-facts", "/file")  # type: ignore[arg-type] # an answer
    assert_problem(send(file="text"), 422, "invalid-facts", "/file")  # type: ignore[arg-type] # as above
    wrong = send(file=word, colour="red")
    assert_problem(wrong, 422, "invalid-facts", "/colour")  # type: ignore[arg-type] # as above
    other = caller.client.post("/v1/acts", data={"a": "b"}, headers=auth)
    assert_problem(other, 415, "unsupported-media-type")


def test_a_file_sent_twice_with_one_key_makes_one_version(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    path, word = f"/v1/acts/{act_id}/versions", house.word(caller, act_id)
    first = caller.upload(path, word, Idempotency_Key="k1")
    again = caller.upload(path, word, Idempotency_Key="k1")
    assert first.status_code == again.status_code == 202
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    other = caller.upload(path, with_paragraph(word, LINE), Idempotency_Key="k1")
    assert_problem(other, 422, "idempotency-key-reused")
    assert len(caller.get(path).get_json()["data"]) == 2


def test_an_uploaded_version_is_archived_and_verified(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    house.uploaded(caller, act_id, with_paragraph(house.word(caller, act_id), LINE))
    body = {"version": 2, "decision": "approve"}
    assert caller.post(f"/v1/acts/{act_id}/reviews", body, Minutier_Actor=LAWYER).status_code == 201
    caller.post(f"/v1/acts/{act_id}/archive", Prefer="wait=0")
    house.seal(act_id)
    report = caller.post(f"/v1/archive/{act_id}/verify").get_json()
    assert report["outcome"] == "ok", json.dumps(report, indent=1)


def test_a_volatile_field_bars_approval(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    word = edited(
        house.word(caller, act_id),
        lambda xml: xml.replace(
            "<w:sectPr", '<w:p><w:fldSimple w:instr=" DATE "/></w:p><w:sectPr', 1
        ),
    )
    concerns = house.uploaded(caller, act_id, word)["concerns"]
    assert [(one["code"], one["effect"]) for one in concerns] == [("volatile-field", "blocks")]
