"""What templates are tried with fits every kind, and shows what a template must not do."""

from __future__ import annotations

from functools import cache
from operator import attrgetter

import pytest

from generators.confinement import CONFINEMENT
from generators.drafting import template_source
from generators.kind import ActKind
from generators.registry import act_kind, act_kinds
from generators.template_cases import TemplateCases, template_cases
from generators.template_names import paths_of, shape_of
from generators.template_trial import Trial, examine
from law.rates import RateTables
from tests.support.word_templates import DOCUMENT, template

KINDS = list(act_kinds().values())
FORMAL_NOTICE = "mise_en_demeure"


@cache
def cases_of(slug: str) -> TemplateCases:
    return template_cases(act_kind(slug), RateTables.load())


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_template_of_the_house_passes_every_trial(kind: ActKind) -> None:
    cases = cases_of(kind.slug)
    faults, document = CONFINEMENT.examine(template_source(kind), cases.trials, cases.shape)
    assert faults == []
    assert document


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_the_trials_begin_with_the_example_and_differ(kind: ActKind) -> None:
    names = [trial.name for trial in cases_of(kind.slug).trials]
    assert names[0] == "example"
    assert {"least", "long names"} <= set(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", KINDS, ids=attrgetter("slug"))
def test_a_template_that_says_nothing_is_refused_for_each_kind(kind: ActKind) -> None:
    cases = cases_of(kind.slug)
    faults, document = CONFINEMENT.examine(template("Bonjour"), cases.trials, cases.shape)
    assert document == b""
    assert {fault.code for fault in faults} == {"unused-required"}


def test_a_name_that_only_some_acts_have_may_be_read() -> None:
    cases = cases_of(FORMAL_NOTICE)
    clause = "contract.resolutive_clause.quote"
    names = set(paths_of(cases.names))
    assert clause not in paths_of(shape_of([cases.trials[0].context]))
    assert {clause, "sender.lines[]", "table.rows[].number"} <= names
    assert not any(name.startswith(("loop", "_")) for name in names)


def test_a_mention_that_a_condition_hides_from_some_acts_is_missed_in_these() -> None:
    source = template("{{ name }}", "{%p if note %}", "{{ mention }}", "{%p endif %}")
    shared = {"document": DOCUMENT, "name": "Exemple SARL", "mention": "article 1344"}
    trials = [
        Trial(name=name, context={**shared, "note": note}, required=["article 1344"])
        for name, note in (("example", "x"), ("without a note", None))
    ]
    assert examine(source, trials[:1], {})[0] == []
    (fault,), document = examine(source, trials, {})
    assert (fault.code, fault.text, document) == ("unused-required", "article 1344", None)
    assert "without a note" in fault.hint
