"""What changed between two versions, over HTTP."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from docx import Document

from tests.support.edits import by_word, paragraph_with, replaced, with_paragraph
from tests.support.http import LAWYER, Caller, House, assert_problem, created

DUE = "15\u202f380,76"


def compared(caller: Caller, act_id: str, number: int = 2, against: int = 1) -> dict[str, Any]:
    answer = caller.get(f"/v1/acts/{act_id}/versions/{number}/changes?against={against}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_changed_amount_comes_first_with_both_values(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    house.uploaded(caller, act_id, replaced(house.word(caller, act_id), DUE, "15\u202f830,76"))
    found = compared(caller, act_id)
    first, second = found["figures"][:2]
    assert {first["value"], second["value"]} == {"15380.76", "15830.76"}
    assert all(0 in (one["before"], one["after"]) for one in (first, second))
    assert found["counts"]["changed"] == len(found["paragraphs"]) > 0
    change = found["paragraphs"][0]
    struck = [piece["text"] for piece in change["pieces"] if piece["op"] == "delete"]
    put = [piece["text"] for piece in change["pieces"] if piece["op"] == "insert"]
    assert (struck, put) == (["380"], ["830"])
    kept = ("equal", "insert")
    now = "".join(piece["text"] for piece in change["pieces"] if piece["op"] in kept)
    assert now == change["after"]


def test_each_kind_of_figure_is_found(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    line = (
        "Réglez 1 234,50 € avant le 3 mars 2027 au taux de 7,5 % à Me Dubreuil, compte "
        "FR76 3000 6000 0112 3456 7890 189, article L. 313-3 du Code monétaire et financier."
    )
    house.uploaded(caller, act_id, with_paragraph(house.word(caller, act_id), line))
    found = compared(caller, act_id)
    assert {(one["type"], one["value"]) for one in found["figures"] if not one["before"]} == {
        ("amount", "1234.50"),
        ("date", "2027-03-03"),
        ("rate", "7.50"),
        ("name", "Dubreuil"),
        ("iban", "FR7630006000011234567890189"),
        ("article", "L313-3"),
    }
    assert [change["change"] for change in found["paragraphs"]] == ["inserted"]
    back = compared(caller, act_id, 1, 2)
    assert [change["change"] for change in back["paragraphs"]] == ["deleted"]


def test_a_name_that_disappears_is_told(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    name = caller.get(f"/v1/acts/{act_id}").get_json()["debtor"]["name"]
    house.uploaded(caller, act_id, replaced(house.word(caller, act_id), name, "Autre SARL"))
    found = compared(caller, act_id)
    gone = [one for one in found["figures"] if one["type"] == "name" and not one["after"]]
    assert name in {one["value"] for one in gone}


def test_a_moved_paragraph_is_moved_not_deleted_and_inserted(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)

    def move(document: Any) -> None:
        long_ones = [one for one in document.paragraphs if len(one.text) > 60]
        long_ones[-1]._element.addnext(long_ones[0]._element)  # noqa: SLF001 - its XML

    house.uploaded(caller, act_id, by_word(house.word(caller, act_id), move))
    (change,) = compared(caller, act_id)["paragraphs"]
    assert change["change"] == "moved"
    assert change["before"] == change["after"]
    assert change["after_at"] > change["before_at"]


def test_versions_made_from_other_facts_are_compared_too(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    caller.post(f"/v1/acts/{act_id}/versions", {"as_of": "2026-11-24"})
    house.produce(act_id, 2)
    found = compared(caller, act_id)
    dates = {one["value"] for one in found["figures"] if one["type"] == "date"}
    assert {"2026-11-22", "2026-11-24"} <= dates


def test_the_redline_is_a_word_file_with_tracked_changes(house: House, caller: Caller) -> None:
    act_id = house.drafted(caller)
    word = by_word(
        house.word(caller, act_id),
        lambda document: paragraph_with(document, "mettons").add_run(" Ajouté."),
    )
    caller.upload(f"/v1/acts/{act_id}/versions", word, Minutier_Actor=LAWYER)
    house.produce(act_id, 2)
    path = f"/v1/acts/{act_id}/versions/2/redline.docx?against=1"
    answer = caller.get(path)
    assert answer.status_code == 200, answer.text
    assert "modifications" in answer.headers["Content-Disposition"]
    xml = Document(io.BytesIO(answer.data)).element.xml
    assert f'w:author="{LAWYER}"' in xml
    assert "Ajouté." in xml
    assert caller.get(path, If_None_Match=answer.headers["ETag"]).status_code == 304
    reverse = caller.get(f"/v1/acts/{act_id}/versions/1/redline.docx?against=2")
    assert reverse.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize("name", ["changes", "redline.docx"])
def test_what_cannot_be_compared_is_refused(house: House, caller: Caller, name: str) -> None:
    act_id = house.drafted(caller)
    base = f"/v1/acts/{act_id}/versions"
    assert_problem(caller.get(f"{base}/1/{name}"), 422, "invalid-facts", "/against")
    assert_problem(caller.get(f"{base}/1/{name}?against=x"), 422, "invalid-facts", "/against")
    assert_problem(caller.get(f"{base}/1/{name}?against=1"), 422, "invalid-facts", "/against")
    assert_problem(caller.get(f"{base}/1/{name}?against=2"), 404, "version-missing")
    caller.post(base, {"note": "Relu"})
    assert_problem(caller.get(f"{base}/2/{name}?against=1"), 409, "version-not-ready")
    stranger = house.caller(tenant="Autre cabinet")
    assert stranger.get(f"{base}/1/{name}?against=2").status_code == 404


def test_a_version_in_the_making_is_not_compared(caller: Caller) -> None:
    act_id = created(caller)["id"]
    answer = caller.get(f"/v1/acts/{act_id}/versions/1/changes?against=2")
    assert answer.status_code == 404
    assert json.loads(answer.data)["type"] == "/problems/version-missing"
