"""Kinds are found in their folders; one that is broken is told at once."""

from __future__ import annotations

import importlib
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.errors import NotFound
from generators.json_schema import json_schema
from generators.kind import ActKind
from generators.options import ActOptionsSchema
from generators.registry import act_kind, act_kinds, kinds_of
from generators.request import load_request, load_snapshot
from tests.support.json_schema_check import mismatches
from tests.support.requests import TODAY

KINDS = list(act_kinds().values())


def test_the_formal_notice_is_found() -> None:
    assert act_kind("mise_en_demeure").title == "Mise en demeure de payer"


def test_kinds_are_read_once_in_order_and_cannot_be_changed() -> None:
    assert act_kinds() is act_kinds()
    assert list(act_kinds()) == sorted(act_kinds())
    with pytest.raises(TypeError):
        act_kinds()["relance"] = KINDS[0]  # type: ignore[index]  # that it fails is the point


def test_a_kind_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound) as caught:
        act_kind("no_such_kind")
    assert caught.value.slug == "kind-not-found"
    assert "no_such_kind" not in caught.value.detail


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_example_of_a_kind_is_read_and_fits_its_json_schema(kind: ActKind) -> None:
    read = load_snapshot(kind.example)
    assert read.kind is kind
    assert mismatches(kind.example["case"], json_schema(kind.case_schema)) == []
    assert mismatches(kind.example["options"], json_schema(kind.options_schema)) == []


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_options_of_a_kind_are_those_of_all_acts_and_more(kind: ActKind) -> None:
    fields = kind.options_schema().fields
    assert set(ActOptionsSchema().fields) <= set(fields)
    needed = {key: kind.example["options"][key] for key, at in fields.items() if at.required}
    assert load_request({**kind.example, "options": needed}, TODAY).facts.options.letter_date


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "kinds_of_a_test.relance declares no ActKind as KIND"),
        ("KIND = 'relance'", "declares no ActKind"),
        ("from generators.kinds.mise_en_demeure import KIND", "'mise_en_demeure', which is not"),
    ],
)
def test_a_broken_kind_fails_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str
) -> None:
    package = _package(tmp_path, monkeypatch, source)
    with pytest.raises(TypeError, match=message):
        kinds_of(package)


def test_a_kind_that_cannot_be_imported_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = _package(tmp_path, monkeypatch, "import no_such_module_at_all")
    with pytest.raises(ModuleNotFoundError, match="no_such_module_at_all"):
        kinds_of(package)


def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> ModuleType:
    """A package ``kinds_of_a_test`` with one kind, which is forgotten after the test."""
    folder = tmp_path / "kinds_of_a_test"
    (folder / "relance").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "relance" / "__init__.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    modules: dict[str, Any] = importlib.import_module("sys").modules
    for name in ("kinds_of_a_test", "kinds_of_a_test.relance"):
        monkeypatch.delitem(modules, name, raising=False)
    package = importlib.import_module("kinds_of_a_test")
    monkeypatch.setitem(modules, "kinds_of_a_test", package)
    return package
