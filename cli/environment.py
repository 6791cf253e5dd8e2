"""Which stack a command means: the one the environment names, or the embedded one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cli.stack import EmbeddedStack
from core.settings import Settings, wants_embedded_stack

DEFAULT_PORT = 8000
_CHOSEN = ("MINUTIER_MAIL_URL", "MINUTIER_MAIL_FROM", "MINUTIER_LINK_SECRET")


def embedded_stack(environ: Mapping[str, str]) -> EmbeddedStack | None:
    """The embedded stack, not started, if the environment names no part of another."""
    if not wants_embedded_stack(environ):
        return None
    return EmbeddedStack(Path(environ.get("MINUTIER_DATA") or ".data"))


def full_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment with every address in it, those of a running embedded stack if meant.

    Raises:
        StackUnusable: the embedded stack is meant and does not run.
    """
    stack = embedded_stack(environ)
    if stack is None:
        return dict(environ)
    stack.connect()
    return with_stack(environ, stack)


def with_stack(environ: Mapping[str, str], stack: EmbeddedStack) -> dict[str, str]:
    """The environment with the addresses of a stack; how mail is sent is the user's choice."""
    chosen = {name: environ[name] for name in _CHOSEN if environ.get(name)}
    return {**environ, **stack.environ(), **chosen}


def database_url(environ: Mapping[str, str]) -> str:
    """Where the database is; the embedded one needs no running stack.

    Raises:
        SettingsInvalid: another stack is meant, and a setting of it is missing.
    """
    stack = embedded_stack(environ)
    if stack is None:
        return Settings.from_env(environ).database_url
    stack.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return stack.database_url
