"""A document counts as made once what it must say was found in it, and nothing else was left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators import drafting
from generators.drafting import ContentNotProved, draft, template_sha256
from generators.render import Template
from generators.request import ActRequest, load_request
from law.rates import RateTables
from tests.support.cases import case_body
from tests.support.requests import TODAY
from tests.support.word_templates import opened, template

RATES = RateTables.load()


@pytest.fixture
def request_05(body: dict[str, Any]) -> ActRequest:
    return load_request(body, TODAY)


def _with_template(monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
    monkeypatch.setattr(drafting, "load_template", lambda _: Template.compile(template(*texts)))


def _with_required(request: ActRequest, *values: str) -> ActRequest:
    kind = replace(request.kind, required=lambda _: values)
    return replace(request, kind=kind)


def test_a_draft_holds_its_document_and_what_it_was_made_from(request_05: ActRequest) -> None:
    made = draft(request_05, RATES)
    assert made.title == "Mise en demeure de payer \u2013 CTX-2026-17"
    assert made.author == "Aluminium Fictif du Forez SA"
    assert made.statement is not None
    assert template_sha256(made.kind).encode() in _custom(made.docx)


def _custom(docx: bytes) -> bytes:
    return opened(docx).parts["docProps/custom.xml"]


def test_a_value_that_must_be_there_and_is_not_stops_the_act(
    request_05: ActRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_template(monkeypatch, "{{ sender.name }}")
    with pytest.raises(ContentNotProved, match="not printed, first 'En conséquence, nous vous"):
        draft(request_05, RATES)


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", " ", "\n"])
def test_a_value_is_found_whatever_its_blanks(
    request_05: ActRequest, monkeypatch: pytest.MonkeyPatch, blank: str
) -> None:
    _with_template(monkeypatch, "somme de 1 234,00 €")
    assert draft(_with_required(request_05, f"1{blank}234,00{blank}€"), RATES).text
    with pytest.raises(ContentNotProved):
        draft(_with_required(request_05, f"11{blank}234,00{blank}€"), RATES)


@pytest.mark.parametrize("left", ["{{ '{{' }} x", "None", "nan", "undefined", "fin {{ '%}' }}"])
def test_what_a_template_leaves_by_mistake_stops_the_act(
    request_05: ActRequest, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    _with_template(monkeypatch, left)
    with pytest.raises(ContentNotProved, match="left in the document"):
        draft(_with_required(request_05), RATES)


def test_what_a_client_wrote_is_no_mistake_of_a_template(
    body: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    body["options"]["body_note"] = "Réf. {{ nan }} None %}"
    _with_template(monkeypatch, "{{ letter.note }}")
    made = draft(_with_required(load_request(body, TODAY), "Réf. {{ nan }} None %}"), RATES)
    assert "Réf. {{ nan }} None %}" in made.text


def test_a_refusal_of_law_is_told_with_its_article_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = case_body("06")
    body["case"]["debtor"]["insolvency"] = {"type": "receivership", "opened_on": "2026-10-01"}
    monkeypatch.setattr(drafting, "load_template", None)
    with pytest.raises(LegalCheckFailed) as caught:
        draft(load_request(body, TODAY), RATES)
    assert ("debtor-in-insolvency", "/case/debtor/insolvency") in {
        (fault.code, fault.pointer) for fault in caught.value.faults
    }
    assert all(fault.article for fault in caught.value.faults)
