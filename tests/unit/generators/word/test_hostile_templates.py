"""What a template may not do: every way known out of the language of templates, one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from generators.package import TemplateRefused
from generators.render import DocumentNotMade, Template
from generators.sandbox import ValueNotPlain, check_plain, environment, forbidden
from tests.support.word_templates import DOCUMENT, template

CONTEXT: dict[str, Any] = {
    "document": DOCUMENT,
    "name": "Exemple",
    "items": ["a", "b"],
    "person": {"name": "Mme Exemple", "items": ["x"]},
}

HOSTILE = [
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__ }}",
    "{{ name['__class__'] }}",
    "{{ name|attr('__class__') }}",
    "{{ name.format(name) }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ name % name }}",
    "{{ name|format(name) }}",
    "{{ items.append(9) }}",
    "{{ items.clear() }}",
    "{{ person.update(name=1) }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ items|join(name) }}",
    "{{ name|replace('e', name) }}",
    "{{ name|center(1000000000) }}",
    "{{ name|safe }}",
    "{{ name|map(attribute='x')|list }}",
    "{{ name ~ name }}",
    "{{ name + name }}",
    "{{ -name }}",
    "{{ [name] }}",
    "{{ {'a': name} }}",
    "{{ (name, name) }}",
    "{{ name[0:1000] }}",
    "{{ person[name] }}",
    "{{ range(1000000000) }}",
    "{{ dict(a=1) }}",
    "{{ namespace(a=1) }}",
    "{{ self }}{% block b %}{% endblock %}",
    "{{ _name }}",
    "{{ person._name }}",
    "{% set x = 1 %}",
    "{% set loop = 1 %}",
    "{% include 'x' %}",
    "{% import 'x' as x %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% macro m() %}{% endmacro %}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape false %}{{ name }}{% endautoescape %}",
    "{% for a in items recursive %}{{ loop(items) }}{% endfor %}",
    "{% for a in [1, 2, 3] %}{% endfor %}",
    "{% for a in range(9) %}{% endfor %}",
    "{% for a in items|upper %}{% endfor %}",
    f"{'{% for a in items %}' * 4}x{'{% endfor %}' * 4}",
    "{% if name is divisibleby(3) %}{% endif %}",
    "{% if name is callable %}{% endif %}",
    "{% for loop in items %}{% endfor %}",
    "{% raw %}{{ name }}{% endraw %}",
    "{% debug %}",
    "{% do items.append(1) %}",
    "{% trans %}x{% endtrans %}",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_a_template_that_leaves_its_language_is_refused_before_it_runs(source: str) -> None:
    with pytest.raises(TemplateRefused) as caught:
        Template.compile(template(escape(source)))
    assert {fault.code for fault in caught.value.lint_faults} <= {"forbidden-construct", "syntax"}


def test_no_call_of_a_template_reaches_a_file(tmp_path: Path) -> None:
    target = tmp_path / "stolen"
    with pytest.raises(TemplateRefused):
        Template.compile(template(f"{{{{ name.tpl.save('{target}') }}}}"))
    assert not target.exists()


def test_every_fault_of_a_template_is_told_at_once_with_its_place() -> None:
    with pytest.raises(TemplateRefused) as caught:
        Template.compile(template("Bonjour", "{{ a() }}", "{{ b.c + 1 }}", "{% set d = 1 %}"))
    told = [(fault.code, fault.paragraph) for fault in caught.value.lint_faults]
    assert told == [("forbidden-construct", number) for number in (2, 3, 4)]
    assert all(fault.part == "document" for fault in caught.value.lint_faults)
    assert caught.value.faults[0].pointer == "/document/2"


def test_a_value_stands_only_in_the_text_of_a_paragraph() -> None:
    with pytest.raises(TemplateRefused) as caught:
        Template.compile(
            template(extra='<w:p><w:bookmarkStart w:id="1" w:name="{{ name }}"/></w:p>')
        )
    assert [fault.code for fault in caught.value.lint_faults] == ["forbidden-construct"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ name }}",
        "{{ person.name|upper }}",
        "{{ items[0] }}",
        "{{ items|length }}",
        "{% for a in person.items %}{{ loop.index }}{{ a }}{% endfor %}",
        "{% if name is defined and not name == 'x' %}{{ name }}{% else %}x{% endif %}",
        "{{ name if items|length > 1 else 'x' }}",
        "{% for a in items if a != 'a' %}{{ a }}{% endfor %}",
    ],
)
def test_what_laying_out_needs_is_allowed(source: str) -> None:
    assert list(forbidden(environment().parse(source))) == []
    assert Template.compile(template(escape(source))).render(CONTEXT)


def test_what_runs_has_no_global_and_few_filters() -> None:
    env = environment()
    assert env.globals == {}
    assert set(env.filters) == {"length", "lower", "upper"}
    assert set(env.tests) == {"defined", "none"}
    assert env.autoescape is True


class _Thing:
    def __str__(self) -> str:
        return "thing"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (_Thing(), "a.b is a _Thing"),
        (1.5, "a.b is a float"),
        ((1, 2), "a.b is a tuple"),
        (b"x", "a.b is a bytes"),
        ([{"c": object()}], r"a.b\[0\].c is a object"),
        ({"_c": 1}, "a.b has the key '_c'"),
        ({1: 1}, "a.b has the key 1"),
        ("lone \ud800", r"a.b holds the character U\+D800"),
        ("null \x00", r"a.b holds the character U\+0000"),
        ("end \uffff", r"a.b holds the character U\+FFFF"),
        ("return \r", r"a.b holds the character U\+000D"),
    ],
)
def test_only_plain_values_reach_a_template(value: object, why: str) -> None:
    with pytest.raises(ValueNotPlain, match=why):
        check_plain({"a": {"b": value}})


def test_a_subclass_of_a_plain_type_is_not_plain() -> None:
    class Loud(str):
        __slots__ = ()

    with pytest.raises(ValueNotPlain):
        check_plain({"a": Loud("x")})


def test_a_whole_list_or_truth_value_is_not_printed() -> None:
    with pytest.raises(ValueNotPlain):
        Template.compile(template("{{ items }}")).render(CONTEXT)
    with pytest.raises(ValueNotPlain):
        Template.compile(template("{{ name == 'x' }}")).render(CONTEXT)


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody }}",
        "{{ person.nobody }}",
        "{{ nobody.name }}",
        "{{ name.upper }}",
        "{{ items.append }}",
        "{{ person.keys }}",
        "{% for a in items %}{{ loop.nextitem }}{% endfor %}",
    ],
)
def test_a_name_that_is_not_there_is_an_error_and_never_a_blank(source: str) -> None:
    with pytest.raises(DocumentNotMade, match="reads a value that is not there"):
        Template.compile(template(source)).render(CONTEXT)


def test_loops_stop_at_the_limit_of_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generators.render.MAX_PART_CHARACTERS", 100_000)
    loops = "{% for a in items %}{% for b in items %}{% for c in items %}{{ name }}"
    source = template(f"{loops}{'{% endfor %}' * 3}")
    many = {**CONTEXT, "items": ["x"] * 300}
    with pytest.raises(DocumentNotMade, match="limit of size"):
        Template.compile(source).render(many)
