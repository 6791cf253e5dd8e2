"""The terms to work in: each fault commented where it stands, each remedy a tracked change."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from generators.audit_changes import changes_between
from generators.audit_copies import annotated_copy, corrected_copy
from generators.drafting import draft
from generators.kinds.audit_cgv import KIND
from generators.request import load_request
from law.rates import RateTables

DAY = date(2026, 11, 22)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def audited(text: str | None = None, **given: Any) -> tuple[str, Mapping[str, Any]]:
    """A text and its findings."""
    body = {**KIND.example, "options": {**KIND.example["options"]}}
    audit = {**body["options"]["audit"], **given}
    body["options"] = {
        **body["options"],
        "audit": audit if text is None else {**audit, "text": text},
    }
    request = load_request(body, DAY)
    found = draft(request, RateTables.load()).findings
    assert found is not None
    return request.facts.options.audit.text, found


TEXT, FOUND = audited()
FINDINGS = FOUND["findings"]
FAULTS = [each for each in FINDINGS if each["outcome"] in {"missing", "non_compliant"}]


def annotated() -> bytes:
    return annotated_copy(TEXT, FINDINGS, title="CGV annotées", on=DAY)


def corrected(text: str = TEXT, findings: Any = FINDINGS) -> bytes:
    return corrected_copy(text, findings, title="CGV corrigées", on=DAY)


def body(docx: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def said(docx: bytes, *, refuse: bool) -> str:
    """The text once every tracked change is refused, or accepted."""
    lines = []
    for paragraph in body(docx).iter(f"{W}p"):
        pieces = []
        for piece in paragraph.iter(f"{W}t", f"{W}delText"):
            marks = {parent.tag for parent in piece.iterancestors()}
            is_kept = f"{W}ins" not in marks if refuse else f"{W}del" not in marks
            pieces.append(piece.text or "" if is_kept else "")
        lines.append("".join(pieces))
    return "\n".join(line for line in lines if line.strip())


def lines_of(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def test_the_annotated_copy_is_the_text_word_for_word() -> None:
    assert said(annotated(), refuse=False) == lines_of(TEXT)


def test_every_fault_has_a_comment_with_its_basis_and_its_remedy() -> None:
    comments = [comment.text for comment in Document(io.BytesIO(annotated())).comments]
    for fault in FAULTS:
        [told] = [c for c in comments if fault["title"] in c.split("\n")[0] and "Même" not in c]
        assert " ; ".join(fault["articles"]) in told
        assert fault["explanation"] in told
        assert fault["recommendation"] in told
        assert fault["wording"] is None or fault["wording"] in told


@pytest.mark.parametrize("rule", ["CGV-B2B-DEL-03", "CGV-B2C-ABU-10", "OBS-CIV-01"])
def test_a_comment_stands_on_the_words_it_speaks_of(rule: str) -> None:
    fault = next(each for each in FAULTS if each["rule_id"] == rule)
    docx = annotated()
    number = next(
        comment.comment_id
        for comment in Document(io.BytesIO(docx)).comments
        if fault["title"] in comment.text.split("\n")[0]
    )
    pieces, is_within = [], False
    for element in body(docx).iter():
        if element.get(f"{W}id") == str(number):
            is_within = element.tag == f"{W}commentRangeStart"
        if is_within and element.tag == f"{W}t":
            pieces.append(element.text)
    assert "".join(pieces) == fault["passage"]["quote"]


def test_what_is_missing_is_told_at_the_beginning() -> None:
    docx = annotated()
    fault = next(each for each in FAULTS if each["outcome"] == "missing")
    comments = {c.text.split("\n")[0]: c.comment_id for c in Document(io.BytesIO(docx)).comments}
    number = next(at for told, at in comments.items() if fault["title"] in told)
    first = next(body(docx).iter(f"{W}p"))
    starts = {mark.get(qn("w:id")) for mark in first.iter(f"{W}commentRangeStart")}
    assert str(number) in starts


def test_refusing_every_change_gives_the_text_back() -> None:
    assert said(corrected(), refuse=True) == lines_of(TEXT)


def test_accepting_every_change_mends_what_has_a_wording() -> None:
    mended, found = audited(said(corrected(), refuse=False))
    assert mended
    by_rule = {finding["rule_id"]: finding["outcome"] for finding in found["findings"]}
    with_wording = [fault["rule_id"] for fault in FAULTS if fault["wording"]]
    assert with_wording
    assert {rule: by_rule[rule] for rule in with_wording if by_rule[rule] != "compliant"} == {}


def test_accepting_every_change_makes_no_new_fault() -> None:
    _, found = audited(said(corrected(), refuse=False))
    assert changes_between(FOUND, found)["new"] == []


def test_each_wording_is_inserted_once() -> None:
    text = said(corrected(), refuse=False)
    for wording in {fault["wording"] for fault in FAULTS if fault["wording"]}:
        assert text.count(wording) == 1


def test_terms_without_faults_are_left_alone() -> None:
    sound = [each for each in FINDINGS if each["outcome"] == "compliant"]
    docx = corrected(TEXT, sound)
    assert list(body(docx).iter(f"{W}ins", f"{W}del")) == []


def test_tracked_changes_are_numbered_signed_and_dated() -> None:
    marks = list(body(corrected()).iter(f"{W}ins", f"{W}del"))
    numbers = [mark.get(f"{W}id") for mark in marks]
    assert len(numbers) == len(set(numbers)) > 0
    assert {mark.get(f"{W}author") for mark in marks} == {"Minutier"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2026-11-22T00:00:00Z"}


@pytest.mark.parametrize("write", [annotated, corrected], ids=["annotated", "corrected"])
def test_the_same_findings_give_the_same_bytes(write: Any) -> None:
    assert write() == write()


# -- two audits ----------------------------------------------------------------------------------


def rules(told: Any) -> list[str]:
    return [each["rule_id"] for each in told]


def test_a_second_audit_tells_what_was_mended_what_remains_and_what_is_new() -> None:
    text = TEXT.replace("soixante-quinze jours fin de mois", "quarante-cinq jours fin de mois")
    text = text.replace("tribunal de commerce de Clermont-Ferrand", "tribunal de grande instance")
    _, after = audited(text)
    told = changes_between(FOUND, after)
    assert rules(told["mended"]) == ["CGV-B2B-DEL-03"]
    assert rules(told["new"]) == ["CGV-BOTH-ATT-03"]
    assert len(told["remaining"]) == len(FAULTS) - 1
    assert told["score"]["before"] == {
        "conformity": FOUND["score"]["conformity"],
        "grade": FOUND["score"]["grade"],
    }


def test_what_can_no_longer_be_judged_is_not_mended() -> None:
    answers = {**KIND.example["options"]["audit"]["answers"], "CGV-B2B-ESC-01": "oui"}
    _, after = audited(answers=answers)
    told = changes_between(FOUND, after)
    assert rules(told["unsettled"]) == ["CGV-B2B-ESC-01"]
    assert told["mended"] == []


def test_an_audit_compared_with_itself_has_changed_nothing() -> None:
    told = changes_between(FOUND, FOUND)
    assert (told["mended"], told["new"], told["unsettled"]) == ([], [], [])
    assert len(told["remaining"]) == len(FAULTS)
