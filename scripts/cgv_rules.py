"""The rulebook of the audit of terms, from YAML to the form that is read.

``python -m scripts.cgv_rules`` writes ``law/data/cgv/packed.json`` anew; ``--check`` compares and
writes nothing. What makes no sense (an unknown flag, a pattern that is none, weights that are not
a hundred) is refused, with its place.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from law.cgv.rulebook import rulebook
from law.parameters import CGV_RULES

Row = Mapping[str, Any]

DOCUMENTS: Final = frozenset({"FAC", "DEV", "BC", "OC", "BL", "REL", "OBS"})
RULES: Final = 150
WHOLE: Final = 100
_AS_THEY_ARE: Final = (
    "id",
    "title",
    "axis",
    "scope",
    "applies_if",
    "documents",
    "articles",
    "applicable_since",
    "sanction",
    "severity",
    "corrective",
    "sources",
    "confidence",
)


def main() -> int:
    """Pack, or compare: 0 when all is well."""
    parser = argparse.ArgumentParser(description="The rulebook of the audit from its YAML files.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args()
    text = packed(CGV_RULES.parent)
    if not given.check:
        CGV_RULES.write_text(text, "utf-8")
    elif not CGV_RULES.is_file() or CGV_RULES.read_text("utf-8") != text:
        print(f"{CGV_RULES.name} is not what the YAML files make: make law-data", file=sys.stderr)
        return 1
    print(f"{CGV_RULES.name}: {len(text.encode()):,} bytes, {RULES} rules")
    return 0


def read(path: Path) -> Any:
    """A YAML file."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def packed(folder: Path) -> str:
    """The packed form of the YAML files of a folder: JSON, one rule a line.

    Raises:
        ValueError: a file contradicts itself or another one.
        re.error: a pattern is none.
    """
    book, flash = read(folder / "rules.yaml"), read(folder / "flash.yaml")
    named, profile = read(folder / "areas.yaml"), read(folder / "profile.yaml")
    areas = named["areas"]
    wordings = read(folder / "wordings.yaml")
    rules = [_rule(row, areas) for row in book["rules"]]
    _prove(rules, book, flash, profile, wordings)
    plain = {
        "verified_on": book["meta"]["verified_on"],
        "severity": book["meta"]["severity"],
        "number_words": book["meta"]["text_engine"]["number_words"],
        "profile": [{"flag": row["flag"], "text": row["question"]} for row in book["profil"]],
        "areas": [{key: row[key] for key in ("id", "name", "owner")} for row in areas],
        "chain_areas": [
            {"code": row["code"], "name": row["nom"], "weight": row["poids"]}
            for row in flash["domaines"]
        ],
        "chain": [_chain_question(row) for row in flash["questions"]],
        "entails": profile["entails"],
        "evidence": profile["evidence"],
        "labels": named["labels"],
        "wordings": wordings,
        "rules": rules,
    }
    rulebook(plain)
    return _json(plain)


def _rule(row: Row, areas: Iterable[Row]) -> Row:
    question, text = row["detection"]["question"], row["detection"]["text"]
    return {
        **{key: row[key] for key in _AS_THEY_ARE},
        "applies_if_any": row.get("applies_if_any", []),
        "kind": row["requirement"]["kind"],
        "requirement": row["requirement"]["text"],
        "question": {
            "text": question["text"],
            "finding_if": question["finding_if"],
            "unit": question.get("unit"),
        },
        "tests": text["tests"] if text else [],
        "note": row.get("note"),
        "area": _area(row["id"], areas),
    }


def _area(identifier: str, areas: Iterable[Row]) -> str:
    prefix, scope, name = identifier.split("-")[:3]
    code = prefix if prefix in DOCUMENTS else scope if scope == "SEC" else name
    found = [area["id"] for area in areas if code in area["codes"]]
    _must(len(found) == 1, f"{identifier}: {len(found)} areas")
    return found[0]


def _chain_question(row: Row) -> Row:
    return {
        "id": row["id"],
        "area": row["domaine"],
        "weight": row["poids"],
        "is_critical": row.get("critique", False),
        "text": row["texte"],
        "points": row["reponses"],
        "recommendation": row["reco"],
        "rules": row["regles"],
    }


def _prove(rules: list[Row], book: Row, flash: Row, profile: Row, wordings: Row) -> None:
    """Refuse what contradicts itself."""
    ids = [rule["id"] for rule in rules]
    _must(len(ids) == len(set(ids)) == RULES, f"{len(ids)} rules")
    flags = {row["flag"] for row in book["profil"]}
    for rule in rules:
        unknown = {*rule["applies_if"], *rule["applies_if_any"]} - flags
        _must(not unknown, f"{rule['id']}: flags {unknown}")
        _must(bool(rule["articles"]) and bool(rule["sources"]), f"{rule['id']}: no source")
    entailed = {flag for row in profile["entails"].values() for flag in row}
    _must(flags >= {*profile["entails"], *profile["evidence"], *entailed}, "profile: unknown flag")
    _must(set(wordings) <= set(ids), f"wordings: {set(wordings) - set(ids)}")
    codes = {row["code"] for row in flash["domaines"]}
    _must(sum(row["poids"] for row in flash["domaines"]) == WHOLE, "flash: weights of areas")
    for row in flash["questions"]:
        _must(row["domaine"] in codes, f"{row['id']}: area")
        _must(set(row["regles"]) <= set(ids), f"{row['id']}: rules")
        _must(sorted(row["reponses"].values()) == [0, 1, 2, 3], f"{row['id']}: points")
    for text in wordings.values():
        fields = set(re.findall(r"\{(\w+)\}", text))
        _must(fields <= {"identity", "address", "phone", "email"}, f"wordings: {fields}")


def _json(parts: Row) -> str:
    """JSON with one entry of a list a line, so that a change shows as what it is."""
    found = []
    for name, part in parts.items():
        if isinstance(part, list):
            body = ",\n".join(_line(entry) for entry in part)
            found.append(f"{_line(name)}:[\n{body}\n]")
        else:
            found.append(f"{_line(name)}:{_line(part)}")
    return "{" + ",\n".join(found) + "}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise ValueError(otherwise)


if __name__ == "__main__":
    sys.exit(main())
