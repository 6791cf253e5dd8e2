"""Supporting files: uploaded, joined to an act, bound with it, archived with it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from docx import Document
from PIL import Image

import jobs.attachments
from generators.pdf_pages import page_count
from generators.registry import act_kind
from jobs.attachments import sweep
from storage.objects import StoreUnavailable
from tests.support.http import LAWYER, Caller, House, a_request, created
from tests.support.http import assert_problem as is_problem
from tests.support.verapdf import verify

ACT = "/v1/acts"


def a_pdf(pages: int = 1, **root: Any) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    Image.new(mode, size).save(made, kind)
    return made.getvalue()


def assert_problem(
    answer: Any, status: int, slug: str, faults: list[tuple[str, str]] | None = None
) -> None:
    errors = is_problem(answer, status, slug)
    if faults is not None:
        assert [(one["pointer"], one["code"]) for one in errors] == faults


def sent(caller: Caller, data: bytes, path: str = "/v1/attachments", **headers: str) -> Any:
    return caller.attach(path, data, **headers)


def uploaded(caller: Caller, data: bytes, path: str = "/v1/attachments") -> dict[str, Any]:
    answer = sent(caller, data, path)
    assert answer.status_code == 201, answer.text
    return dict(answer.get_json())


def with_exhibits(*ids: str | None) -> dict[str, Any]:
    body = a_request()
    body["case"]["exhibits"] = [
        {"label": f"Facture n° {at}", "date": "2026-03-31", "attachment_id": one}
        for at, one in enumerate(ids, start=1)
    ]
    return body


def test_a_file_is_kept_as_it_came(caller: Caller) -> None:
    data = a_pdf(3)
    answer = caller.attach("/v1/attachments", data, name="dossier/Facturé 1.pdf", label="Facture")
    assert answer.status_code == 201
    made = answer.get_json()
    assert answer.headers["Location"] == f"/v1/attachments/{made['id']}"
    assert made["sha256"] == hashlib.sha256(data).hexdigest()
    assert (made["media_type"], made["size"], made["pages"]) == ("application/pdf", len(data), 3)
    assert (made["label"], made["file_name"]) == ("Facture", "Facturé 1.pdf")
    assert (made["act_id"], made["claimed_at"]) == (None, None)
    assert made["expires_at"] is not None
    assert caller.get(answer.headers["Location"]).get_json() == made
    content = caller.get(made["url"])
    assert content.data == data
    assert content.headers["ETag"] == f'"{made["sha256"]}"'
    assert "attachment" in content.headers["Content-Disposition"]
    assert caller.get(made["url"], If_None_Match=f'"{made["sha256"]}"').status_code == 304


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_told_by_its_content(caller: Caller, kind: str, mode: str) -> None:
    made = uploaded(caller, a_picture(kind, mode=mode))
    assert (made["media_type"], made["pages"]) == (f"image/{kind.lower()}", 1)


def javascript() -> Any:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return {"OpenAction": action}


def launch() -> Any:
    return {"OpenAction": pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc"))}


def embedded() -> Any:
    spec = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec, F=pikepdf.String("a"), EF=pikepdf.Dictionary(F=0)
    )
    return {"Names": pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=["a", spec]))}


def xfa() -> Any:
    return {"AcroForm": pikepdf.Dictionary(Fields=[], XFA=pikepdf.String("x"))}


@pytest.mark.parametrize(
    ("root", "code"),
    [
        (javascript, "javascript"),
        (launch, "launch-action"),
        (embedded, "embedded-file"),
        (xfa, "form-xfa"),
    ],
)
def test_a_pdf_that_could_do_something_is_refused(caller: Caller, root: Any, code: str) -> None:
    assert_problem(sent(caller, a_pdf(**root())), 422, "attachment-refused", [("/file", code)])


def test_other_files_are_refused_with_the_reason(house: House, caller: Caller) -> None:
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as document:
        document.save(encrypted, encryption=pikepdf.Encryption(owner="a", user="b"))
    no_page, bomb = pikepdf.new(), io.BytesIO()
    no_page.save(bomb)
    for data, code in (
        (encrypted.getvalue(), "encrypted"),
        (b"%PDF-1.7\n" + bytes(200), "damaged"),
        (bomb.getvalue(), "no-page"),
        (a_pdf(501), "too-many-pages"),
        (a_picture()[:-30], "damaged"),
        (b"<html></html>", "unknown-type"),
        (b"MZ\x90\x00", "unknown-type"),
        (b"", "empty"),
    ):
        assert_problem(sent(caller, data), 422, "attachment-refused", [("/file", code)])
    macro = zipfile.ZipFile(hidden := io.BytesIO(), "w")
    macro.writestr("word/vbaProject.bin", b"x")
    macro.close()
    assert_problem(sent(caller, hidden.getvalue()), 422, "word-file-refused")
    assert house.is_empty()


def bomb(*, filters: int, megabytes: int = 300) -> bytes:
    """A PDF whose page is a drawing of so many megabytes, compressed so many times."""
    deflate = zlib.compressobj(1)
    drawing = b"".join(deflate.compress(b"0 0 m\n" * 174_763) for _ in range(megabytes))
    drawing += deflate.flush()
    for _ in range(filters - 1):
        drawing = zlib.compress(drawing, 9)
    document = pikepdf.new()
    document.add_blank_page()
    page = document.make_stream(b"")
    page.write(drawing, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * filters))
    document.pages[0].Contents = page
    as_it_is = pikepdf.StreamDecodeLevel.none
    document.save(file := io.BytesIO(), compress_streams=False, stream_decode_level=as_it_is)
    return file.getvalue()


def large_picture() -> bytes:
    document = pikepdf.new()
    picture = document.make_stream(
        b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=20_000, Height=20_000
    )
    document.add_blank_page()
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    document.save(file := io.BytesIO())
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(lambda: bomb(filters=1), "decompression-bomb", id="once"),
        pytest.param(lambda: bomb(filters=2), "decompression-bomb", id="twice"),
        pytest.param(large_picture, "too-many-pixels", id="picture"),
    ],
)
def test_what_expands_beyond_measure_is_refused(
    caller: Caller, data: Callable[[], bytes], code: str
) -> None:
    made = data()
    assert len(made) < 2 * 1024**2
    assert_problem(sent(caller, made), 422, "attachment-refused", [("/file", code)])


def test_a_large_drawing_is_no_bomb(caller: Caller) -> None:
    assert uploaded(caller, bomb(filters=2, megabytes=40))["pages"] == 1


def test_a_body_that_is_no_form_or_too_large_is_refused(caller: Caller) -> None:
    assert_problem(caller.post("/v1/attachments", {"file": "x"}), 415, "body-not-form")
    answer = sent(caller, bytes(26 * 1024 * 1024))
    assert_problem(answer, 413, "payload-too-large")


def test_sent_twice_with_one_key_there_is_one(house: House, caller: Caller) -> None:
    first = sent(caller, a_pdf(), Idempotency_Key="one")
    again = sent(caller, a_pdf(), Idempotency_Key="one")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    assert_problem(sent(caller, a_pdf(2), Idempotency_Key="one"), 422, "idempotency-key-reused")
    assert house.rows()["attachments"] == 1


def test_an_act_claims_the_files_of_its_exhibits(house: House, caller: Caller) -> None:
    one, two = uploaded(caller, a_pdf(2)), uploaded(caller, a_picture())
    act_id = created(caller, **with_exhibits(one["id"], None, two["id"]))["id"]
    listed = caller.get(f"{ACT}/{act_id}/attachments").get_json()["data"]
    assert [item["id"] for item in listed] == [one["id"], two["id"]]
    assert {item["act_id"] for item in listed} == {act_id}
    assert {item["expires_at"] for item in listed} == {None}
    events = caller.get(f"{ACT}/{act_id}/audit_trail").get_json()["data"]
    assert [e["details"].get("sha256") for e in events if e["action"] == "attachment_added"] == [
        one["sha256"],
        two["sha256"],
    ]
    # a new version may name them again
    answer = caller.post(f"{ACT}/{act_id}/versions", {"case": with_exhibits(two["id"])["case"]})
    assert answer.status_code == 409  # it is being rendered
    house.produce(act_id)
    answer = caller.post(f"{ACT}/{act_id}/versions", {"case": with_exhibits(two["id"])["case"]})
    assert answer.status_code == 202, answer.text
    assert_problem(
        caller.send("DELETE", f"/v1/attachments/{one['id']}"), 409, "attachment-belongs-to-act"
    )


def test_a_file_that_cannot_be_claimed_is_named(house: House, caller: Caller) -> None:
    taken, word = uploaded(caller, a_pdf()), Document()
    created(caller, **with_exhibits(taken["id"]))
    other = uploaded(house.caller(tenant="Autre cabinet"), a_pdf())
    word.save(terms := io.BytesIO())
    a_word = uploaded(caller, terms.getvalue())
    free = uploaded(caller, a_pdf())
    before = house.rows()
    body = with_exhibits(
        taken["id"], other["id"], "att_nothing", a_word["id"], free["id"], free["id"]
    )
    assert_problem(
        caller.post(ACT, body),
        422,
        "attachment-not-usable",
        [
            ("/case/exhibits/0/attachment_id", "attachment-claimed"),
            ("/case/exhibits/1/attachment_id", "attachment-unknown"),
            ("/case/exhibits/2/attachment_id", "attachment-unknown"),
            ("/case/exhibits/3/attachment_id", "attachment-type"),
            ("/case/exhibits/5/attachment_id", "attachment-twice"),
        ],
    )
    assert house.rows() == before
    assert caller.get(f"/v1/attachments/{free['id']}").get_json()["act_id"] is None


def test_another_cabinet_sees_no_file(house: House, caller: Caller) -> None:
    made = uploaded(caller, a_pdf())
    stranger = house.caller(tenant="Autre cabinet")
    for path in (f"/v1/attachments/{made['id']}", made["url"]):
        assert_problem(stranger.get(path), 404, "attachment-missing")
    assert_problem(
        stranger.send("DELETE", f"/v1/attachments/{made['id']}"), 404, "attachment-missing"
    )
    act_id = created(caller)["id"]
    assert_problem(stranger.get(f"{ACT}/{act_id}/attachments"), 404, "act-missing")
    assert_problem(sent(stranger, a_pdf(), f"{ACT}/{act_id}/attachments"), 404, "act-missing")
    assert_problem(sent(house.caller("acts:read"), a_pdf()), 403, "missing-scope")


def test_what_nobody_claims_is_deleted_after_a_day(house: House, caller: Caller) -> None:
    old, kept = uploaded(caller, a_picture()), uploaded(caller, a_pdf())
    created(caller, **with_exhibits(kept["id"]))
    house.clock.move(hours=23)
    young = uploaded(caller, a_pdf())
    assert sweep(house.services) == 0
    house.clock.move(hours=2)
    assert sweep(house.services) == 1
    assert_problem(caller.get(f"/v1/attachments/{old['id']}"), 404, "attachment-missing")
    assert not [key for key in house.services.drafts.list("") if old["id"] in key]
    for one in (kept, young):
        assert caller.get(one["url"]).status_code == 200
    assert caller.send("DELETE", f"/v1/attachments/{young['id']}").status_code == 204
    assert_problem(caller.get(young["url"]), 404, "attachment-missing")


def test_a_file_is_given_up_before_its_bytes_go(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that is away keeps nothing from being forgotten, nor anything from being claimed."""
    one, two = uploaded(caller, a_pdf()), uploaded(caller, a_pdf(2))

    def away(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(house.services.drafts, "delete", away)
        assert caller.send("DELETE", f"/v1/attachments/{one['id']}").status_code == 204
        house.clock.move(hours=25)
        with pytest.raises(StoreUnavailable):
            sweep(house.services)
    for given_up in (one, two):
        assert_problem(caller.get(f"/v1/attachments/{given_up['id']}"), 404, "attachment-missing")
        assert_problem(
            caller.post(ACT, with_exhibits(given_up["id"])),
            422,
            "attachment-not-usable",
            [("/case/exhibits/0/attachment_id", "attachment-unknown")],
        )
    assert sweep(house.services) == 2
    assert house.rows()["attachments"] == 0
    assert not [key for key in house.services.drafts.list("") if "att_" in key]


def test_what_is_not_accepted_leaves_no_bytes(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)

    def voided(data: bytes) -> Any:
        caller.post(f"{ACT}/{act_id}/void", {"reason": "erreur"})
        return found(data)

    found = jobs.attachments.examine_file
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jobs.attachments, "examine_file", voided)
        assert_problem(sent(caller, a_pdf(), f"{ACT}/{act_id}/attachments"), 409, "status-conflict")
    assert not [key for key in house.services.drafts.list("") if "att_" in key]


def test_the_act_is_bound_with_its_exhibits(house: House, caller: Caller) -> None:
    picture, plain = uploaded(caller, a_picture()), uploaded(caller, a_pdf(2))
    act_id = house.drafted(caller, **with_exhibits(picture["id"], None, plain["id"]))
    version = caller.get(f"{ACT}/{act_id}/versions/1").get_json()
    assert version["dossier"]["pdfa"] is False
    assert version["dossier"]["reasons"] == [{"exhibit": 3, "why": "it does not declare PDF/A"}]
    answer = caller.get(version["files"]["dossier"]["url"])
    assert answer.headers["ETag"] == f'"{version["files"]["dossier"]["sha256"]}"'
    assert page_count(answer.data) == version["dossier"]["pages"] == version["pages"] + 1 + 1 + 2
    with pikepdf.open(io.BytesIO(answer.data)) as bound, bound.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[-2:] == [
        "Pièce n°\u00a01 \u2013 Facture n° 1",
        "Pièce n°\u00a03 \u2013 Facture n° 3",
    ]


def test_bound_with_pictures_alone_it_is_pdf_a(house: House, caller: Caller, tmp_path: Any) -> None:
    ids = [uploaded(caller, a_picture(kind, (60, 90)))["id"] for kind in ("PNG", "JPEG")]
    act_id = house.drafted(caller, **with_exhibits(*ids))
    version = caller.get(f"{ACT}/{act_id}/versions/1").get_json()
    assert version["dossier"] == {"pages": version["pages"] + 3, "pdfa": True, "reasons": []}
    bound = tmp_path / "dossier.pdf"
    bound.write_bytes(caller.get(version["files"]["dossier"]["url"]).data)
    assert verify([bound], "3b")[bound].failed == ()


def test_an_act_without_files_is_bound_with_nothing(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    version = caller.get(f"{ACT}/{act_id}/versions/1").get_json()
    assert version["dossier"] is None
    assert version["files"]["dossier"] is None
    assert_problem(caller.get(f"{ACT}/{act_id}/versions/1/dossier.pdf"), 404, "dossier-missing")


def test_proofs_join_an_approved_act_and_are_archived_with_it(house: House, caller: Caller) -> None:
    exhibit = uploaded(caller, a_picture("JPEG"))
    act_id = house.drafted(caller, **with_exhibits(exhibit["id"]))
    caller.post(
        f"{ACT}/{act_id}/reviews", {"version": 1, "decision": "approve"}, Minutier_Actor=LAWYER
    )
    receipt = uploaded(caller, a_pdf(), f"{ACT}/{act_id}/attachments")
    assert receipt["act_id"] == act_id
    assert caller.get(f"{ACT}/{act_id}").get_json()["status"] == "approved"
    caller.post(f"{ACT}/{act_id}/archive", Prefer="wait=0")
    house.seal(act_id)
    record = caller.get(f"/v1/archive/{act_id}").get_json()
    kept = {item["path"]: item["sha256"] for item in record["objects"]}
    assert kept[f"exhibits/01-{exhibit['id']}.jpg"] == exhibit["sha256"]
    assert kept[f"exhibits/02-{receipt['id']}.pdf"] == receipt["sha256"]
    assert "dossier.pdf" in kept
    report = caller.post(f"/v1/archive/{act_id}/verify").get_json()
    assert {check["outcome"] for check in report["checks"]} <= {"ok", "not_checked"}, report
    package = caller.get(f"/v1/archive/{act_id}/evidence.zip").data
    with zipfile.ZipFile(io.BytesIO(package)) as evidence:
        inside = evidence.read(f"act/exhibits/02-{receipt['id']}.pdf")
    assert hashlib.sha256(inside).hexdigest() == receipt["sha256"]
    assert_problem(sent(caller, a_pdf(), f"{ACT}/{act_id}/attachments"), 409, "status-conflict")


def test_nothing_joins_an_act_that_is_being_sealed(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    act_id = house.approved(caller)
    caller.post(f"{ACT}/{act_id}/archive", Prefer="wait=0")
    assert uploaded(caller, a_pdf(), f"{ACT}/{act_id}/attachments")["act_id"] == act_id

    def away(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(house.services.archive, "put", away)
    house.seal(act_id)
    assert_problem(sent(caller, a_pdf(), f"{ACT}/{act_id}/attachments"), 409, "being-archived")


def test_terms_are_read_in_a_word_file_and_annotated_in_it(house: House, caller: Caller) -> None:
    text = terms()
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line, style="List Bullet" if "retard" in line else None)
    document.save(file := io.BytesIO())
    attachment = uploaded(caller, file.getvalue())
    act_id = house.drafted(caller, **audit_of(attachment["id"]))
    snapshot = caller.get(f"{ACT}/{act_id}/versions/1/data.json").get_json()
    assert snapshot["options"]["audit"]["attachment_id"] == attachment["id"]
    assert snapshot["options"]["audit"]["text"] == text
    findings = caller.get(f"{ACT}/{act_id}/versions/1/findings.json").get_json()["findings"]
    faults = [one for one in findings if one["outcome"] in {"non_compliant", "missing"}]
    passage = next(one["passage"] for one in faults if one["passage"])
    assert text[passage["start"] : passage["end"]] == passage["quote"]
    for name in ("annotated", "corrected"):
        copy = caller.get(f"{ACT}/{act_id}/versions/1/{name}.docx").data
        opened = Document(io.BytesIO(copy))
        styles = [p.style.name for p in opened.paragraphs if p.text]
        assert "List Bullet" in styles, name
    commented = Document(io.BytesIO(caller.get(f"{ACT}/{act_id}/versions/1/annotated.docx").data))
    assert len(list(commented.comments)) >= len(faults)
    assert [p.text for p in commented.paragraphs] == text.split("\n")


def test_a_scan_has_nothing_to_audit(caller: Caller) -> None:
    document = pikepdf.new()
    picture = document.make_stream(
        bytes(100), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    document.add_blank_page()
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    document.save(file := io.BytesIO())
    pointer = "/options/audit/attachment_id"
    for data in (file.getvalue(), a_picture()):
        body = audit_of(uploaded(caller, data)["id"])
        for path in (ACT, "/v1/checks"):
            assert_problem(
                caller.post(path, body),
                422,
                "attachment-not-usable",
                [(pointer, "attachment-without-text")],
            )
    assert_problem(
        caller.post(ACT, audit_of("att_none")), 422, "attachment-not-usable",
        [(pointer, "attachment-unknown")],
    )  # fmt: skip


def test_text_and_file_that_differ_are_refused(caller: Caller) -> None:
    document = Document()
    document.add_paragraph(terms())
    document.save(file := io.BytesIO())
    body = audit_of(uploaded(caller, file.getvalue())["id"])
    body["options"]["audit"]["text"] = "Autre chose."
    assert_problem(
        caller.post(ACT, body),
        422,
        "attachment-not-usable",
        [("/options/audit/text", "text-and-attachment")],
    )


def test_terms_are_read_in_a_pdf_with_text(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    pdf = caller.get(f"{ACT}/{act_id}/versions/1/document.pdf").data
    attachment = uploaded(caller, pdf)
    body = audit_of(attachment["id"])
    checked = caller.post("/v1/checks", body)
    assert checked.status_code == 200, checked.text
    audit_id = created(caller, **body)["id"]
    snapshot = caller.get(f"{ACT}/{audit_id}/versions/1/data.json").get_json()
    assert "mise en demeure" in snapshot["options"]["audit"]["text"].casefold()


def terms() -> str:
    return str(audit_example()["options"]["audit"]["text"])


def audit_of(attachment_id: str) -> dict[str, Any]:
    body = audit_example()
    body["options"]["audit"] = {
        key: value for key, value in body["options"]["audit"].items() if key != "text"
    }
    body["options"]["audit"]["attachment_id"] = attachment_id
    return body


def audit_example() -> dict[str, Any]:
    example: dict[str, Any] = json.loads(json.dumps(dict(act_kind("audit_cgv").example)))
    return example
