"""Finds the kinds of act: each folder of `generators.kinds` is one; nobody registers anything."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from core.errors import NotFound
from generators import kinds
from generators.kind import ActKind


class KindMissing(NotFound):
    """There is no kind of act of this name."""

    slug = "kind-not-found"
    title = "There is no such kind of act"


@cache
def act_kinds() -> Mapping[str, ActKind]:
    """Every kind of act by its slug, in alphabetical order; read once per process.

    Raises:
        TypeError: a folder declares no `ActKind`, or one of another name (a bug of ours, told at
            once rather than when the first client asks for the kind).
    """
    return kinds_of(kinds)


def act_kind(slug: str) -> ActKind:
    """The kind of a name.

    Raises:
        KindMissing: there is none.
    """
    try:
        return act_kinds()[slug]
    except KeyError as error:
        raise KindMissing("No kind of act has this name.") from error


def kinds_of(package: ModuleType) -> Mapping[str, ActKind]:
    """The kinds that the folders of a package declare as ``KIND``."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return MappingProxyType({name: _declared(f"{package.__name__}.{name}") for name in names})


def _declared(module_name: str) -> ActKind:
    kind = getattr(importlib.import_module(module_name), "KIND", None)
    if not isinstance(kind, ActKind):
        raise TypeError(f"{module_name} declares no ActKind as KIND")
    if kind.slug != module_name.rpartition(".")[2]:
        raise TypeError(f"{module_name} declares the kind {kind.slug!r}, which is not its name")
    return kind
