"""Acts as people approved them by reading: the text of each, and what its checks warn of.

``tests/golden/<slug>/<case>/facts.json`` is a request, ``expected.txt`` what became of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from generators.drafting import Draft, draft, template_source
from generators.kind import ActKind
from generators.lint import lint
from generators.registry import act_kinds
from generators.request import load_snapshot
from law.rates import RateTables
from tests.support.golden import CASES, case_name, draft_of, made

KINDS = list(act_kinds().values())


def told(act: Draft) -> str:
    """The text of an act, then the checks that did not pass."""
    found = [f"{check.outcome}: {check.code}" for check in act.checks if check.outcome != "pass"]
    return "\n".join([act.text, "", "== checks ==", *found, ""])


@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_the_act_says_what_was_approved(path: Path, write_golden: bool) -> None:  # noqa: FBT001 - a fixture
    expected = path.with_name("expected.txt")
    text = told(made(path))
    if write_golden:
        expected.write_text(text, "utf-8")
    approved = expected.read_text("utf-8") if expected.is_file() else ""
    change = difflib.unified_diff(
        approved.splitlines(), text.splitlines(), "approved", "made", lineterm=""
    )
    assert text == approved, "\n".join(change)


@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_a_case_lies_in_the_folder_of_its_kind(path: Path) -> None:
    assert made(path).kind.slug == path.parent.parent.name


@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_the_same_request_gives_the_same_bytes(path: Path) -> None:
    assert draft_of(path).docx == made(path).docx


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_every_kind_has_a_template_and_two_golden_cases(kind: ActKind) -> None:
    assert template_source(kind)
    assert len(_cases(kind)) >= 2


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_template_of_a_kind_has_no_fault(kind: ActKind) -> None:
    acts = [made(path) for path in _cases(kind)]
    acts.append(draft(load_snapshot(kind.example), RateTables.load()))
    contexts = [act.context for act in acts]
    faults = lint(template_source(kind), contexts, [kind.required(each) for each in contexts])
    assert faults == []


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_golden_cases_of_a_kind_take_every_branch_of_its_template(kind: ActKind) -> None:
    """A branch that no case takes would be approved unread."""
    contexts = [made(path).context for path in _cases(kind)]
    never = [name for name in _optional(contexts) if not any(_at(c, name) for c in contexts)]
    assert never == []


def _cases(kind: ActKind) -> list[Path]:
    return [path for path in CASES if path.parent.parent.name == kind.slug]


def _optional(contexts: Sequence[Any]) -> list[str]:
    """Paths of values that are absent, empty or false in some context, two levels deep."""
    paths = set()
    for context in contexts:
        for key, value in context.items():
            if not value:
                paths.add(key)
            if isinstance(value, dict):
                paths |= {f"{key}.{inner}" for inner, held in value.items() if not held}
    return sorted(paths)


def _at(context: Any, path: str) -> Any:
    value = context
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
