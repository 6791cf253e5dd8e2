"""`POST /v1/statements` answers in the form that `Accept` asks for; JSON by itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from law.french import money
from tests.support.application import Application, application

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "generators" / "kinds" / "mise_en_demeure" / "example.json"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    with application(tmp_path) as made:
        yield made


def body() -> dict[str, Any]:
    example = json.loads(EXAMPLE.read_text("utf-8"))
    return {"case": example["case"], "as_of": example["as_of"]}


@pytest.mark.parametrize(
    "accept",
    [None, "*/*", "application/json", "application/*", f"{XLSX};q=0.5, application/json"],
)
def test_json_unless_something_else_is_preferred(app: Application, accept: str | None) -> None:
    headers = {**app.key(), **({"Accept": accept} if accept else {})}
    answer = app.post("/v1/statements", body(), headers)
    assert answer.status_code == 200
    assert answer.content_type == "application/json"


def test_a_workbook_with_the_same_total_as_the_json(app: Application) -> None:
    key = app.key()
    told = app.post("/v1/statements", body(), key).json
    answer = app.post("/v1/statements", body(), {**key, "Accept": XLSX})
    assert answer.status_code == 200
    assert answer.content_type == XLSX
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Accept" in answer.headers["Vary"]
    assert ".xlsx" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.data), data_only=True)
    rows = {row[0]: row for row in book["Décompte"].iter_rows(values_only=True)}
    assert f"{rows['Total dû'][8]:.2f}" == told["totals"]["due"]


def test_a_word_file_with_the_total_and_the_codes_of_its_warnings(app: Application) -> None:
    key = app.key()
    told = app.post("/v1/statements", body(), key).json
    answer = app.post("/v1/statements", body(), {**key, "Accept": DOCX})
    assert answer.status_code == 200
    assert answer.content_type == DOCX
    text = "\n".join(
        cell.text
        for table in Document(io.BytesIO(answer.data)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert money(int(told["totals"]["due"].replace(".", ""))) in text
    codes = {warning["code"] for warning in told["warnings"]}
    assert codes
    assert set(answer.headers["Minutier-Warnings"].split(", ")) == codes
    for warning in told["warnings"]:
        assert warning["detail"] not in text


def test_no_pdf_without_a_worker_and_nothing_is_left_of_the_request(app: Application) -> None:
    answer = app.post("/v1/statements", body(), {**app.key(), "Accept": "application/pdf"})
    assert answer.status_code == 503
    assert answer.json["type"] == "/problems/conversion-late"
    assert answer.headers["Retry-After"]
    assert list(app.services.drafts.list("")) == []


def test_a_form_that_is_not_made_is_refused(app: Application) -> None:
    answer = app.post("/v1/statements", body(), {**app.key(), "Accept": "text/csv"})
    assert answer.status_code == 406
    assert answer.json["type"] == "/problems/not-acceptable"
    assert app.client.get("/problems/not-acceptable").status_code == 200
