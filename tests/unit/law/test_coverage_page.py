"""The page that lists each rule with its code and its test names only what exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "law-coverage.md").read_text("utf-8")
NAMES = re.findall(r"`([^`]+)`", PAGE)
LAW = "".join(path.read_text("utf-8") for path in sorted((ROOT / "law").rglob("*.py")))
TESTS = "".join(path.read_text("utf-8") for path in sorted(Path(__file__).parent.rglob("*.py")))


def test_every_test_it_names_is_there() -> None:
    named = [name for name in NAMES if name.startswith("test_") or "/test_" in name]
    assert len(named) > 40
    here = Path(__file__).parent
    for name in named:
        assert (here / name).is_file() if name.endswith(".py") else f"def {name}(" in TESTS, name


def test_every_warning_and_function_it_names_is_in_the_code() -> None:
    for name in NAMES:
        if "test_" in name or name.startswith(("tests/", "interest_from")):
            continue
        last = name.rpartition(".")[2].partition(" ")[0]
        assert last in LAW or (ROOT / "law" / f"{last}.py").is_file(), name
