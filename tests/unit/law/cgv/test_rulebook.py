"""The rulebook: what is packed is what the YAML says, and every rule finds and spares as it says.

The examples are the rulebook's own: texts that are findings and texts that are none.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from law import parameters
from law.cgv.detection import detect
from law.cgv.normalised import normalise
from law.cgv.rulebook import Rulebook
from law.cgv.values import values_on
from law.parameters import CGV_RULES, data_sha256
from law.rates import RateTables
from scripts.cgv_rules import RULES, packed, read

FOLDER = CGV_RULES.parent
BOOK = Rulebook.load()
ROWS: list[Any] = read(FOLDER / "rules.yaml")["rules"]
VALUES = values_on(date(2026, 11, 22), RateTables.load()).percents
FILLED = {
    "identity": "Modèle Fictif SAS au capital de 22 000 €, 812 350 148 RCS Clermont-Ferrand",
    "address": "50 rue du Foyer Imaginaire, 63370 Lempdes",
    "phone": "04 65 71 13 13",
    "email": "direction@poeles-modele.example",
}


def examples(kind: str) -> Iterator[Any]:
    for row in ROWS:
        text = row["detection"]["text"]
        for at, example in enumerate(text["examples"][kind] if text else ()):
            yield pytest.param(row["id"], example, id=f"{row['id']}-{at}")


def folder_with(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the rulebook in which something is wrong."""
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def is_finding(rule: str, text: str) -> bool:
    return detect(BOOK.rule(rule), normalise(text), VALUES, BOOK.number_words).is_finding


def test_the_packed_rulebook_is_what_the_yaml_makes() -> None:
    assert packed(FOLDER) == CGV_RULES.read_text("utf-8")


def test_no_rule_is_lost() -> None:
    assert len(BOOK.rules) == RULES == len(ROWS)


def test_the_rulebook_is_part_of_the_hash_of_the_law_s_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = data_sha256()
    shutil.copytree(CGV_RULES.parent.parent, tmp_path / "data")
    for name in ("CGV_RULES", "COURT_MAP", "DATA"):
        path = getattr(parameters, name).relative_to(CGV_RULES.parent.parent)
        monkeypatch.setattr(parameters, name, tmp_path / "data" / path)
    assert data_sha256.__wrapped__() == before
    with (tmp_path / "data" / "cgv" / "packed.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    assert data_sha256.__wrapped__() != before


@pytest.mark.parametrize("row", [r for r in ROWS if r["detection"]["text"]], ids=lambda r: r["id"])
def test_every_rule_on_text_has_examples_both_ways(row: Any) -> None:
    examples_of = row["detection"]["text"]["examples"]
    assert examples_of["finding"]
    assert examples_of["no_finding"]


@pytest.mark.parametrize(("rule", "text"), list(examples("finding")))
def test_a_rule_finds(rule: str, text: str) -> None:
    assert is_finding(rule, text)


@pytest.mark.parametrize(("rule", "text"), list(examples("no_finding")))
def test_a_rule_spares(rule: str, text: str) -> None:
    assert not is_finding(rule, text)


@pytest.mark.parametrize("rule", list(BOOK.wordings))
def test_a_wording_meets_its_own_rule(rule: str) -> None:
    assert not is_finding(rule, BOOK.wordings[rule].format(**FILLED))


@pytest.mark.parametrize("rule", list(BOOK.wordings))
def test_a_wording_is_no_fault_under_any_rule_that_forbids(rule: str) -> None:
    wording = normalise(BOOK.wordings[rule].format(**FILLED))
    scope = BOOK.rule(rule).scope
    for other in BOOK.rules:
        if other.scope in {scope, "both"} and other.reads_terms:
            found = detect(other, wording, VALUES, BOOK.number_words)
            assert not found.faulty, other.id


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("rules.yaml", "- vend_biens\n", "- vend_du_vent\n", "flags"),
        ("flash.yaml", "poids: 14", "poids: 15", "weights"),
        ("flash.yaml", "regles: [OC-B2B-KYC-01]", "regles: [OC-B2B-KYC-99]", "rules"),
        ("wordings.yaml", "CGV-B2B-ESC-01:", "CGV-B2B-ESC-77:", "wordings"),
        ("profile.yaml", "vente_en_ligne: [", "vente_par_pigeon: [", "profile"),
    ],
)
def test_a_rulebook_that_contradicts_itself_is_refused(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        packed(folder_with(tmp_path, name, old, new))
