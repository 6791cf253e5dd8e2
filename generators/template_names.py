"""Follows the names that a template reads, and says which its kind of act does not give."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from jinja2 import nodes

from generators.package import LintFault
from generators.render import ParsedPart
from generators.sandbox import LOOP_VALUES

Shape = dict[str, Any] | list[Any] | str
"""What a context looks like: names to shapes, a list with the shape of its items, or a value."""
VALUE: Final = "value"
_Scope = dict[str, tuple[Shape, str]]


def shape_of(contexts: Iterable[object]) -> Shape:
    """What several values look like together.

    >>> shape_of([{"a": None}, {"a": {"b": "x"}, "c": [{"d": 1}]}])
    {'a': {'b': 'value'}, 'c': [{'d': 'value'}]}
    """
    shape: Shape = VALUE
    for value in contexts:
        shape = _merged(shape, value)
    return shape


def _merged(shape: Shape, value: object) -> Shape:
    if isinstance(value, Mapping):
        known = dict(shape) if isinstance(shape, dict) else {}
        for name, inner in value.items():
            known[name] = _merged(known.get(name, VALUE), inner)
        return known
    if isinstance(value, list):
        item: Shape = shape[0] if isinstance(shape, list) else VALUE
        for inner in value:
            item = _merged(item, inner)
        return [item]
    return shape


class Names:
    """The names of one part, followed through its loops.

    Attributes:
        faults: Names that the context lacks, and things printed that are not values.
        printed: Paths of the values printed, such as ``claims[].number``.
    """

    def __init__(self, part: ParsedPart, shape: Shape) -> None:
        self._part = part
        self.faults: list[LintFault] = []
        self.printed: set[str] = set()
        if part.tree is not None and isinstance(shape, dict):
            self._visit(part.tree, {name: (inner, name) for name, inner in shape.items()})

    def _visit(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.For):
            self._visit_loop(node, scope)
        elif isinstance(node, nodes.Output):
            child: nodes.Node
            for child in node.nodes:
                self._visit_printed(child, scope)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            self._resolve(node, scope)
        else:
            for child in node.iter_child_nodes():
                self._visit(child, scope)

    def _visit_loop(self, node: nodes.For, scope: _Scope) -> None:
        item: Shape = VALUE
        path = ""
        found = self._resolve(node.iter, scope)
        if found is not None:
            shape, path = found
            if isinstance(shape, list):
                item = shape[0]
            else:
                self._add(node, f"{path} is not a list: it cannot be repeated")
        inner: _Scope = scope | {"loop": (dict.fromkeys(LOOP_VALUES, VALUE), "loop")}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = (item, f"{path}[]")
        for child in node.body:
            self._visit(child, inner)
        if node.test is not None:
            self._visit(node.test, inner)
        for other in node.else_:
            self._visit(other, scope)

    def _visit_printed(self, node: nodes.Node, scope: _Scope) -> None:
        if not isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            for child in node.iter_child_nodes():
                self._visit_printed(child, scope)
            return
        found = self._resolve(node, scope)
        if found is None:
            return
        shape, path = found
        if isinstance(shape, str):
            self.printed.add(path)
        else:
            self._add(node, f"{path} holds several values: name one of them")

    def _resolve(self, node: nodes.Node, scope: _Scope) -> tuple[Shape, str] | None:
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                self._unknown(node, node.name, node.name, scope)
            return scope.get(node.name)
        if not isinstance(node, (nodes.Getattr, nodes.Getitem)):
            self._visit(node, scope)
            return None
        base = self._resolve(node.node, scope)
        if base is None:
            return None
        shape, path = base
        if isinstance(node, nodes.Getitem):
            return (shape[0], f"{path}[]") if isinstance(shape, list) else None
        known = shape if isinstance(shape, dict) else {}
        whole = f"{path}.{node.attr}"
        if node.attr in known:
            return known[node.attr], whole
        self._unknown(node, whole, node.attr, known)
        return None

    def _unknown(self, node: nodes.Node, path: str, name: str, known: Mapping[str, Any]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        there = ", ".join(sorted(known)) or "nothing"
        hint = f"did you mean {near[0]}?" if near else f"there is: {there}"
        self._add(node, f"{path} does not exist; {hint}")

    def _add(self, node: nodes.Node, hint: str) -> None:
        self.faults.append(self._part.fault("unknown-variable", node.lineno, hint))


def shape_read(parts: Iterable[ParsedPart]) -> Shape:
    """What the names that a template reads look like: what its author was promised.

    Of a template of the house, which reads every value that its kind gives on any condition.
    """
    shape: Shape = {}
    for part in parts:
        if part.tree is not None:
            shape = _merged(shape, _read_in(part.tree, {}))
    return shape


def _read_in(node: nodes.Node, bound: Mapping[str, tuple[str, ...]]) -> Shape:
    shape: Shape = {}
    path = _path(node, bound)
    if path is not None:
        return _nested(path)
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        whole = _path(node.iter, bound)
        if whole is not None:
            shape = _nested((*whole, "[]"))
            bound = {**bound, node.target.name: (*whole, "[]"), "loop": ()}
        children: Iterable[nodes.Node] = (*node.body, *node.else_, *filter(None, (node.test,)))
    else:
        children = node.iter_child_nodes()
    for child in children:
        shape = _merged(shape, _read_in(child, bound))
    return shape


def _path(node: nodes.Node, bound: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The steps from the context to what a node reads; none of them for a loop's own values."""
    if isinstance(node, nodes.Name):
        return bound.get(node.name, (node.name,))
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, bound)
        return base if not base else (*base, node.attr)
    if isinstance(node, nodes.Getitem):
        base = _path(node.node, bound)
        return base if not base else (*base, "[]")
    return None


def _nested(path: tuple[str, ...]) -> Shape:
    shape: Shape = VALUE
    for step in reversed(path):
        shape = [shape] if step == "[]" else {step: shape}
    return shape if path else {}


def paths_of(shape: Shape, at: str = "") -> Iterable[str]:
    """The names of a shape as an author writes them: ``sender.name``, ``claims[].number``.

    >>> list(paths_of({"b": [{"c": "value"}], "a": "value"}))
    ['a', 'b[].c']
    """
    if isinstance(shape, dict):
        for name in sorted(shape):
            yield from paths_of(shape[name], f"{at}.{name}" if at else name)
    elif isinstance(shape, list):
        yield from paths_of(shape[0], f"{at}[]")
    else:
        yield at
