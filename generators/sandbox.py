"""The language of templates: Jinja, cut down to what laying out a letter needs.

A template is a program that a stranger may write. What it may say is a list of what is allowed,
checked on the parsed tree before anything runs: no call, no arithmetic, no assignment, no macro,
no name beginning with an underscore. Amounts and dates come formatted in the context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

MAX_LOOP_DEPTH: Final = 3
LOOP_VALUES: Final = frozenset({"first", "last", "index", "index0", "length"})
_WORD_BREAK: Final = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_WORD_TAB: Final = Markup('</w:t><w:tab/><w:t xml:space="preserve">')
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
"""Nodes a template may hold; all others are refused, those to come in later Jinjas included."""


class ValueNotPlain(ValueError):
    """A context holds something else than text, whole numbers, lists and dicts: our bug."""


class _Environment(ImmutableSandboxedEnvironment):
    """Reads names only: ``a.items`` is the value of a's key, never the method of a dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of a key, or what a loop tells of itself; anything else does not exist."""
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        is_told = isinstance(obj, LoopContext) and attribute in LOOP_VALUES
        if is_told or isinstance(obj, Undefined):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


def environment() -> Environment:
    """A fresh environment: sandboxed, strict, escaping, with nothing in reach."""
    env = _Environment(
        undefined=StrictUndefined, autoescape=True, finalize=_printable, cache_size=0
    )
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in ("length", "lower", "upper")}
    env.tests = {name: env.tests[name] for name in ("defined", "none")}
    return env


def _printable(value: object) -> object:
    """What ``{{ value }}`` prints: text and whole numbers; newline and tab as Word writes them."""
    if type(value) is str:
        if "\n" not in value and "\t" not in value:
            return value
        return escape(value).replace("\n", _WORD_BREAK).replace("\t", _WORD_TAB)
    if type(value) is int or isinstance(value, (Undefined, Markup)):
        return value
    raise ValueNotPlain(f"a value of type {type(value).__name__} cannot be printed")


def check_plain(value: Any, path: str = "") -> None:
    """Refuse a context that holds anything a template could misuse, or Word could not hold.

    Raises:
        ValueNotPlain: naming the path of the first such value.
    """
    kind = type(value)
    if kind is str:
        if (found := _UNPRINTABLE.search(value)) is not None:
            raise ValueNotPlain(f"{path} holds the character U+{ord(found.group()):04X}")
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or key.startswith("_"):
                raise ValueNotPlain(f"{path} has the key {key!r}")
            check_plain(item, f"{path}.{key}" if path else key)
    elif kind is list:
        for index, item in enumerate(value):
            check_plain(item, f"{path}[{index}]")
    elif kind not in {int, bool} and value is not None:
        raise ValueNotPlain(f"{path} is a {kind.__name__}")


def forbidden(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    """Walk a parsed template: the line, what is forbidden there, and what to do instead."""
    yield from _forbidden_in(tree, loops=0, line=1)


def _forbidden_in(node: nodes.Node, loops: int, line: int) -> Iterator[tuple[int, str, str]]:
    loops += isinstance(node, nodes.For)
    line = node.lineno or line  # Jinja gives some nodes none, such as those of `autoescape`
    why = _why_forbidden(node, loops)
    if why is not None:
        yield line, *why
    for child in node.iter_child_nodes():
        yield from _forbidden_in(child, loops, line)


def _why_forbidden(node: nodes.Node, loops: int) -> tuple[str, str] | None:
    if isinstance(node, nodes.Call):
        return "call", "Templates call nothing: ask for a value that is already computed"
    if not isinstance(node, _ALLOWED):
        name = type(node).__name__.lower()
        return name, "Templates choose and repeat; they do not compute, define or include"
    if isinstance(node, nodes.For):
        return _why_loop_forbidden(node, loops)
    if isinstance(node, (nodes.Filter, nodes.Test)):
        return _why_helper_forbidden(node)
    return _why_name_forbidden(node)


def _why_loop_forbidden(node: nodes.For, loops: int) -> tuple[str, str] | None:
    if node.recursive:
        return "recursive", "Loops do not call themselves"
    if loops > MAX_LOOP_DEPTH:
        return "for", f"Loops are nested {MAX_LOOP_DEPTH} deep at most"
    if not isinstance(node.iter, (nodes.Name, nodes.Getattr)):
        return "for", "Loop over a list of the context"
    return None


def _why_helper_forbidden(node: nodes.Filter | nodes.Test) -> tuple[str, str] | None:
    known = _ENVIRONMENT.filters if isinstance(node, nodes.Filter) else _ENVIRONMENT.tests
    if node.name in known and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs):
        return None
    return node.name, f"Only these exist, without arguments: {', '.join(sorted(known))}"


def _why_name_forbidden(node: nodes.Node) -> tuple[str, str] | None:
    if isinstance(node, nodes.Getitem) and not (
        isinstance(node.arg, nodes.Const) and type(node.arg.value) is int
    ):
        return "[…]", "Only numbers go between brackets; write a.b for a value of a"
    name = getattr(node, "attr", getattr(node, "name", ""))
    if isinstance(node, (nodes.Getattr, nodes.Name)) and name.startswith("_"):
        return name, "Names beginning with an underscore are not read"
    if isinstance(node, nodes.Name) and node.ctx != "load" and name == "loop":
        return name, "This name is taken"
    return None


_ENVIRONMENT: Final = environment()
