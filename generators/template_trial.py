"""A template put to the test before it is accepted: linted, then filled with what acts may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from generators.document_text import flat
from generators.drafting import left_over, not_printed
from generators.lint import lint
from generators.package import LintFault, TemplateRefused
from generators.render import DocumentNotMade, Template

_AROUND: Final = 80
MOST_FAULTS: Final = 200
"""Faults told at once; a file could have a hundred thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Values of an act that a template must be able to print.

    Attributes:
        name: Which act: the kind's example, or in what it differs from it.
        required: What must then be in the text (`ActKind.required`).
    """

    name: str
    context: Mapping[str, Any]
    required: Sequence[str]


def examine(
    source: bytes, trials: Sequence[Trial], shape: Mapping[str, Any]
) -> tuple[list[LintFault], bytes | None]:
    """Every fault of a template, and the first trial as a document when there is none.

    Args:
        source: The .docx.
        trials: What it is filled with; the first is the kind's example.
        shape: Names that it may read beside those of the trials, as a context has them.
    """
    contexts = [trial.context for trial in trials]
    # What the other trials require is looked for in what they become.
    faults = lint(source, [*contexts, shape], [trial.required for trial in trials[:1]])
    if faults:
        return faults[:MOST_FAULTS], None
    try:
        template = Template.compile(source)
    except TemplateRefused as error:
        return list(error.lint_faults)[:MOST_FAULTS], None
    example: bytes | None = None
    told: dict[tuple[str, str], LintFault] = {}
    for trial in trials:
        for fault in _filled_faults(template, trial):
            told.setdefault((fault.code, fault.text), fault)
        if example is None and not told:
            example = template.fill(trial.context).docx
    return list(told.values())[:MOST_FAULTS], None if told else example


def _filled_faults(template: Template, trial: Trial) -> list[LintFault]:
    try:
        text = flat(template.fill(trial.context).text)
    except DocumentNotMade as error:
        return [_fault("not-filled", error.detail, f"The act of the trial {trial.name} fails")]
    faults = [
        _fault(
            "unused-required",
            value,
            f"The act must print this, and does not in the trial {trial.name}: "
            "take the block out of its condition, or print it in the other branch too",
        )
        for value in not_printed(text, trial.required)
    ]
    faults += [
        _fault("left-over", found, f"This is left in the act of the trial {trial.name}")
        for found in left_over(text, trial.context)
    ]
    return faults


def _fault(code: str, text: str, hint: str) -> LintFault:
    return LintFault(code=code, part="", paragraph=None, text=text[:_AROUND], hint=hint)
