"""What is wrong in data that a client sent: coded messages, and how they become faults.

marshmallow keeps messages in a tree that follows the data. Each of ours carries its code, so that
the tree becomes a flat list of `Fault` with a JSON pointer each, all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Self

from marshmallow.exceptions import SCHEMA

from core.errors import Fault

Path = tuple[str | int, ...]
Contradiction = tuple[Path, "Message"]
"""A message and the place it is about, from the object whose rule found it."""

MOST_FAULTS: Final = 200
"""Faults told at once; a body of a mebibyte could hold a hundred thousand."""
_MOST_KEY: Final = 100
UNKNOWN_KEY: Final = "unknown-key"


class Message(str):
    """A message with a code: a text for marshmallow, a fault for us.

    >>> Message("too-long", "At most {most} characters.").format(most=5).code
    'too-long'
    """

    __slots__ = ("code",)
    code: str

    def __new__(cls, code: str, text: str) -> Self:
        message = super().__new__(cls, text)
        message.code = code
        return message

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # str's own knows no code
        return self.code, str(self)

    def format(self, *args: object, **kwargs: object) -> Message:
        """The text with its places filled, under the same code."""
        return Message(self.code, super().format(*args, **kwargs))


def message_tree(contradictions: Iterable[Contradiction]) -> dict[Any, Any]:
    """Contradictions as the tree of messages that marshmallow merges with its own."""
    root: dict[Any, Any] = {}
    for path, message in contradictions:
        node = root
        for step in path:
            node = node.setdefault(step, {})
        node.setdefault(SCHEMA, []).append(message)
    return root


def faults_of(messages: Any, pointer: str = "") -> list[Fault]:
    """Faults from the messages of a marshmallow ``ValidationError``, in order of place.

    Args:
        messages: ``error.messages``.
        pointer: JSON pointer of what was loaded, within the request body.

    Returns:
        At most `MOST_FAULTS`, and one more with the code ``more-faults`` when there are others.
    """
    found = sorted(_walk(messages, ()), key=lambda pair: [_order(step) for step in pair[0]])
    faults = [
        Fault(pointer=pointer + json_pointer(path), code=_code(text), detail=str(text))
        for path, text in found[:MOST_FAULTS]
    ]
    if len(found) > MOST_FAULTS:
        detail = f"There are {len(found) - MOST_FAULTS} more faults."
        faults.append(Fault(pointer=pointer, code="more-faults", detail=detail))
    return faults


def json_pointer(path: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901); a key longer than any of ours is cut.

    >>> json_pointer(["case", "claims", 0, "a/b"])
    '/case/claims/0/a~1b'
    """
    return "".join(f"/{_escaped(str(step))}" for step in path)


def _escaped(key: str) -> str:
    key = key if len(key) <= _MOST_KEY else f"{key[:_MOST_KEY]}…"
    return key.replace("~", "~0").replace("/", "~1")


def _order(step: str | int) -> tuple[int, int, str]:
    return (0, step, "") if isinstance(step, int) else (1, 0, step)


def _code(text: str) -> str:
    return text.code if isinstance(text, Message) else "invalid"


def _walk(messages: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(messages, str):
        yield path, messages
    elif isinstance(messages, Mapping):
        for key, inner in messages.items():
            is_of_this_object = key == SCHEMA and not _is_unknown_key(inner)
            yield from _walk(inner, path if is_of_this_object else (*path, key))
    else:
        for inner in messages:
            yield from _walk(inner, path)


def _is_unknown_key(messages: Any) -> bool:
    """Whether a client sent a key that happens to be marshmallow's own."""
    return isinstance(messages, list) and all(
        isinstance(text, Message) and text.code == UNKNOWN_KEY for text in messages
    )
