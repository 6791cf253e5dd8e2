"""The page that lists the checks of a formal notice names each that it may answer, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from law.checks import FORMAL_NOTICE, RULES
from tests.support.golden import CASES, made

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "formal-notice.md").read_text("utf-8")
LISTED = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE))
SOURCES = "".join(
    path.read_text("utf-8")
    for folder in ("law/checks", "generators/kinds/mise_en_demeure")
    for path in sorted((ROOT / folder).glob("*.py"))
) + "".join(
    (ROOT / "generators" / f"{name}.py").read_text("utf-8")
    for name in ("letter_checks", "reach_checks", "letters")
)


def test_every_code_that_a_golden_notice_answers_is_listed() -> None:
    answered = {
        check.code
        for path in CASES
        if path.parent.parent.name == "mise_en_demeure"
        for check in made(path).checks
    }
    assert len(answered) > 40
    assert answered - LISTED == set()


def test_every_code_of_the_rules_that_it_chooses_is_listed() -> None:
    chosen = {code for name in FORMAL_NOTICE for code in RULES[name].codes}
    assert chosen - LISTED == set()


def test_every_code_of_its_own_rules_is_listed() -> None:
    own = (ROOT / "generators/kinds/mise_en_demeure/rules.py").read_text("utf-8")
    own += (ROOT / "law/checks/representative.py").read_text("utf-8")
    codes = set(re.findall(r'code(?:, \w+)* = "([a-z-]+)"', own))
    codes |= set(re.findall(r'check\(\s*"([a-z-]+)"', own))
    assert len(codes) > 15
    assert codes - LISTED == set()


def test_no_code_is_listed_that_nothing_answers() -> None:
    assert {code for code in LISTED if f'"{code}"' not in SOURCES} == set()
