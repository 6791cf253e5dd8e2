"""A cabinet's logo, colour and foot of page: checked, put on acts, kept with them."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from generators.document_text import document_text
from generators.stationery import ACCENT
from templates.builder.styles import NAVY, SHADE
from tests.support.http import LAWYER, Caller, House, assert_problem, created
from tests.support.own_templates import base64_of, logo, own_template
from tests.support.word_templates import parts_of

PATH = "/v1/stationery"
LINES = ["Cabinet Exemple – 12 rue du Modèle, 69000 Lyon", "Tél. 04 65 71 40 40 & fils <ici>"]  # noqa: RUF001 - print
ALL: dict[str, Any] = {
    "accent_color": "#0b5d3b",
    "footer_lines": LINES,
    "logo": {"content": base64_of(logo()), "alt": "Cabinet « Exemple » & associés"},
}


def put(caller: Caller, body: Any, **headers: str) -> dict[str, Any]:
    answer = caller.send("PUT", PATH, body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def docx_of(caller: Caller, act_id: str) -> bytes:
    return caller.get(f"/v1/acts/{act_id}/versions/1/document.docx").data


def test_the_colour_of_the_house_is_the_one_its_templates_have() -> None:
    assert ACCENT == NAVY
    assert SHADE == "EDF0F5"


def test_without_one_the_stationery_is_that_of_the_house(caller: Caller) -> None:
    told = caller.get(PATH).get_json()
    assert told == {
        "object": "stationery", "version": None, "accent_color": None, "footer_lines": [],
        "logo": None, "created_by": None, "created_at": None,
    }  # fmt: skip
    assert_problem(caller.get(f"{PATH}/logo.png"), 404, "stationery-missing")


def test_a_stationery_is_read_as_it_was_put(caller: Caller) -> None:
    told = put(caller, ALL, Minutier_Actor=LAWYER)
    assert (told["version"], told["accent_color"], told["footer_lines"]) == (1, "#0B5D3B", LINES)
    assert (told["logo"]["alt"], told["logo"]["width"]) == (ALL["logo"]["alt"], 600)
    assert told["created_by"]["actor"] == LAWYER
    assert caller.get(PATH).get_json() == told
    picture = caller.get(told["logo"]["url"])
    assert picture.mimetype == "image/png"
    with Image.open(io.BytesIO(picture.data)) as drawn:
        assert drawn.size == (600, 200)


def test_the_same_again_is_no_new_version_and_another_is(caller: Caller) -> None:
    first = put(caller, ALL)
    assert put(caller, ALL) == first
    kept = {"sha256": first["logo"]["sha256"], "alt": "Autre texte"}
    second = put(caller, {"logo": kept})
    assert (second["version"], second["accent_color"], second["footer_lines"]) == (2, None, [])
    assert second["logo"] == first["logo"] | {"alt": "Autre texte"}
    assert put(caller, {})["version"] == 3
    assert caller.send("DELETE", PATH).get_json()["version"] == 3


def undressed(caller: Caller, act_id: str) -> dict[str, bytes]:
    """The parts of an act's Word file, but for the properties that name the act."""
    parts = parts_of(docx_of(caller, act_id))
    assert parts.pop("docProps/custom.xml")
    return parts


def test_an_act_bears_the_stationery_it_was_accepted_with(house: House, caller: Caller) -> None:
    plain = created(caller)["id"]
    put(caller, ALL)
    dressed = created(caller)["id"]
    caller.send("DELETE", PATH)
    again = created(caller)["id"]
    for act_id in (plain, dressed, again):
        house.produce(act_id)
    assert undressed(caller, plain) == undressed(caller, again)
    made = docx_of(caller, dressed)
    assert document_text(made).count(LINES[1]) == 2  # first page, and those that follow
    parts = parts_of(made)
    kept = {name: data for name, data in parts.items() if name.startswith("word/media/")}
    assert list(kept) == ["word/media/logo.png"]
    assert f'"{ACCENT}"'.encode() not in b"".join(parts.values())
    assert b'"0B5D3B"' in parts["word/styles.xml"]
    assert "Cabinet « Exemple » &amp; associés".encode() in parts["word/headerLogo.xml"]
    version = caller.get(f"/v1/acts/{dressed}/versions/1").get_json()
    assert (version["stationery_version"], version["template_version"]) == (1, None)
    others = [caller.get(f"/v1/acts/{act_id}/versions/1").get_json() for act_id in (plain, again)]
    assert [one["stationery_version"] for one in others] == [None, None]
    assert version["template_sha256"] != others[0]["template_sha256"]


def test_the_archive_holds_the_template_with_its_stationery(house: House, caller: Caller) -> None:
    put(caller, ALL)
    act_id = house.archived(caller)
    (key,) = house.services.archive.list("v1/templates/")
    template = house.services.archive.get(key)
    assert LINES[0] in document_text(template)
    assert "word/media/logo.png" in parts_of(template)
    report = caller.post(f"/v1/archive/{act_id}/verify").get_json()
    assert "failed" not in {check["outcome"] for check in report["checks"]}


def test_a_template_of_its_own_is_left_as_the_cabinet_made_it(house: House, caller: Caller) -> None:
    put(caller, ALL)
    caller.put_file("/v1/templates/mise_en_demeure", own_template())
    act_id = house.drafted(caller)
    assert LINES[0] not in document_text(docx_of(caller, act_id))
    version = caller.get(f"/v1/acts/{act_id}/versions/1").get_json()
    assert (version["template_version"], version["stationery_version"]) == (1, None)


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"accent_color": "#CCCCCC"}, "/accent_color", "contrast-too-low"),
        ({"accent_color": "#777777"}, "/accent_color", "contrast-too-low"),
        ({"accent_color": "green"}, "/accent_color", "invalid-color"),
        ({"accent_color": "#0B5D3"}, "/accent_color", "invalid-color"),
        ({"accent_color": 5}, "/accent_color", "invalid-color"),
        ({"footer_lines": ["{{ sender.name }}"]}, "/footer_lines/0", "brace"),
        ({"footer_lines": ["a", "{% if x %}"]}, "/footer_lines/1", "brace"),
        ({"footer_lines": ["a", "b", "c", "d"]}, "/footer_lines", "too-many"),
        ({"footer_lines": ["a" * 121]}, "/footer_lines/0", "too-long"),
        ({"footer_lines": ["a\u202eb"]}, "/footer_lines/0", "control-character"),
        ({"logo": {"alt": "x"}}, "/logo", "one-of"),
        ({"logo": {"content": base64_of(logo())}}, "/logo/alt", "missing"),
        ({"logo": {"content": "%%%%", "alt": "x"}}, "/logo/content", "invalid-base64"),
        (
            {"logo": {"content": base64_of(bytes(512 * 1024 + 1)), "alt": "x"}},
            "/logo/content", "too-large",
        ),
        ({"logo": {"sha256": "0" * 64, "alt": "x"}}, "/logo/sha256", "unknown-logo"),
        ({"logo": {"sha256": "A" * 64, "alt": "x"}}, "/logo/sha256", "invalid-sha256"),
        ({"colour": "#000000"}, "/colour", "unknown-key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    house: House, caller: Caller, body: Any, pointer: str, code: str
) -> None:
    errors = assert_problem(caller.send("PUT", PATH, body), 422, "invalid-facts", pointer)
    assert code in {error["code"] for error in errors if error["pointer"] == pointer}
    assert house.is_empty()


@pytest.mark.parametrize(
    "data", [b"<svg/>", b"GIF89a", b"\x89PNG\r\n\x1a\nnothing", logo()[:-30]], ids=range(4)
)
def test_a_logo_that_is_no_picture_is_refused(house: House, caller: Caller, data: bytes) -> None:
    body = {"logo": {"content": base64_of(data), "alt": "x"}}
    assert_problem(caller.send("PUT", PATH, body), 422, "picture-refused", "/logo/content")
    assert house.is_empty()


def test_a_cabinet_has_its_own_stationery_and_a_scope_for_it(house: House, caller: Caller) -> None:
    told = put(caller, ALL)
    stranger = house.caller(tenant="Cabinet Voisin")
    assert stranger.get(PATH).get_json()["version"] is None
    stolen = {"logo": {"sha256": told["logo"]["sha256"], "alt": "x"}}
    assert_problem(stranger.send("PUT", PATH, stolen), 422, "invalid-facts", "/logo/sha256")
    reader = house.caller("acts:read")
    assert reader.get(PATH).status_code == 200
    assert_problem(reader.send("PUT", PATH, {}), 403, "missing-scope")
    assert_problem(reader.send("DELETE", PATH), 403, "missing-scope")


def test_the_preview_names_a_kind_and_waits_for_no_worker_that_is_not_there(caller: Caller) -> None:
    assert_problem(caller.get(f"{PATH}/preview.pdf"), 422, "invalid-facts", "/kind")
    assert caller.get(f"{PATH}/preview.pdf?kind=imaginaire").status_code == 404
    answer = caller.get(f"{PATH}/preview.pdf?kind=mise_en_demeure")
    assert_problem(answer, 503, "conversion-late")


def test_the_logo_leaves_the_window_of_the_envelope_free(house: House, caller: Caller) -> None:
    """It stands between 12 and 30 mm from the upper edge; a window may begin at 44 mm."""
    tall = {"content": base64_of(logo(100, 400)), "alt": "Haut"}
    put(caller, {"logo": tall})
    header = parts_of(docx_of(caller, house.drafted(caller)))["word/headerLogo.xml"].decode()
    (top,) = re.findall(r"<wp:positionV[^>]*><wp:posOffset>(\d+)", header)
    (left,) = re.findall(r"<wp:positionH[^>]*><wp:posOffset>(\d+)", header)
    ((wide, high),) = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', header)
    assert (int(top) + int(high)) / 36_000 <= 30
    assert (int(left) + int(wide)) / 36_000 == 190
    assert int(high) / int(wide) == pytest.approx(4, rel=0.02)
