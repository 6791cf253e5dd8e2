"""Of what all schemas are made: a field that reads facts strictly, an object that makes records."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    missing,
    post_load,
    validates_schema,
)

from generators.faults import UNKNOWN_KEY, Contradiction, Message, message_tree

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """An object of a request, half read: what its rules look at.

    Attributes:
        data: What could be read. A key that could not is absent: its fault is told already.
        given: The object as the client sent it.
    """

    data: Mapping[str, Any]
    given: Mapping[str, Any]

    def get(self, *names: str) -> Any:
        """A fact that could be read, or several of them; None for each that could not."""
        found = tuple(self.data.get(name) for name in names)
        return found if len(names) > 1 else found[0]

    def needed(self, *keys: str, why: str) -> Iterator[Contradiction]:
        """A fault for each key that another makes necessary."""
        for key in keys:
            if self.given.get(key) is None:
                yield (key,), Message("missing", f"This key is required {why}.")

    def not_applicable(self, *keys: str, why: str) -> Iterator[Contradiction]:
        """A fault for each key that has no sense beside another."""
        for key in keys:
            if self.given.get(key) is not None:
                yield (key,), Message("not-applicable", f"This key has no sense {why}.")


class Fact(fields.Field[T], Generic[T]):
    """A field that reads one JSON value and writes it back in one canonical form.

    A key that is not required may be left out or null, which is the same. What a field is in
    JSON Schema stands in its metadata, where apispec looks for it.

    Args:
        description: For the API's reference, in English.
        example: A value as a client sends it.
        required: Whether the key must be there.
        attribute: Name in the loaded facts, if it is not the key's.
    """

    messages: ClassVar[Mapping[str, Message]] = {
        "required": Message("missing", "This key is required."),
        "null": Message("missing", "This key is required; it may not be null."),
    }
    json: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def __init__(
        self,
        description: str = "",
        *,
        example: Any = None,
        required: bool = False,
        attribute: str | None = None,
        data_key: str | None = None,
        **json: Any,
    ) -> None:
        super().__init__(
            required=required,
            allow_none=not required,
            attribute=attribute,
            data_key=data_key,
            error_messages=_messages(type(self)),
            metadata=_metadata({**self.json, **json}, description, example),
        )

    @abstractmethod
    def read(self, value: Any) -> T:
        """The fact that a JSON value states; raises ``ValidationError``."""

    def write(self, value: T) -> Any:
        """The JSON value that reads as a fact."""
        return value

    def deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        """Read a value; left out and null are the field's own affair, not `read`'s."""
        if value is missing or value is None:
            return _absent(self, value)
        return self.read(value)

    def _serialize(self, value: T | None, *_: Any, **__: Any) -> Any:
        return None if value is None else self.write(value)


class FactsSchema(Schema):
    """An object of a request: unknown keys refused, contradictions found, a record made.

    Subclasses set `makes` and, where keys can contradict each other, `contradictions`.
    """

    class Meta:
        """Nothing is dropped silently."""

        unknown = RAISE

    error_messages: dict[str, str] = {  # noqa: RUF012  # so marshmallow declares it
        "type": Message("wrong-type", "An object is needed."),
        "unknown": Message(UNKNOWN_KEY, "There is no such key here."),
    }
    makes: ClassVar[Callable[..., Any]] = dict

    def contradictions(self, _: Reading) -> Iterator[Contradiction]:
        """What is wrong with keys taken together."""
        return iter(())

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _refuse_contradictions(self, data: Any, given: Any, **_: Any) -> None:
        if not isinstance(given, Mapping):
            return
        if found := message_tree(self.contradictions(Reading(data, given))):
            raise ValidationError(found)

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Any:
        return self.make(data)

    def make(self, data: Mapping[str, Any]) -> Any:
        """The record; a null key leaves the record's own default."""
        return self.makes(**{key: value for key, value in data.items() if value is not None})


class One(fields.Nested):
    """An object within an object."""

    messages: ClassVar[Mapping[str, Message]] = Fact.messages

    def __init__(
        self,
        schema: type[Schema],
        description: str = "",
        *,
        required: bool = False,
        attribute: str | None = None,
        many: bool = False,
        **json: Any,
    ) -> None:
        super().__init__(
            schema,
            many=many,
            required=required,
            allow_none=not required,
            attribute=attribute,
            error_messages=_messages(type(self)),
            metadata=_metadata(json, description, None),
        )

    def deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        """Load the object; left out and null are the same unless it is required."""
        if value is missing or value is None:
            return _absent(self, value)
        return self._load(value)


class Several(One):
    """A list of objects, of which there are at least and at most so many."""

    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A list is needed."),
        "empty-list": Message("empty-list", "At least one is needed."),
        "too-many": Message("too-many", "At most {most}; there are {count}."),
    }

    def __init__(
        self,
        schema: type[Schema],
        description: str = "",
        *,
        most: int,
        least: int = 0,
        required: bool = False,
        attribute: str | None = None,
    ) -> None:
        self.least, self.most = least, most
        limits = {"minItems": least, "maxItems": most} if least else {"maxItems": most}
        super().__init__(
            schema, description, required=required, attribute=attribute, many=True, **limits
        )

    def _load(self, value: Any, partial: Any = None) -> Any:
        if not isinstance(value, list):
            raise self.make_error("type")
        if len(value) < self.least:
            raise self.make_error("empty-list")
        if len(value) > self.most:
            raise self.make_error("too-many", most=self.most, count=len(value))
        return tuple(super()._load(value, partial=partial))


def part(item: Any, name: str) -> Any:
    """A fact of an object within, which is a record when it is right, a mapping when it is not."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _messages(field: type) -> dict[str, str | list[Any] | dict[Any, Any]]:
    """The messages of a class of fields and of those it derives from."""
    found: dict[str, str | list[Any] | dict[Any, Any]] = {}
    for kind in reversed(field.__mro__):
        found.update(vars(kind).get("messages", {}))
    return found


def _absent(field: fields.Field[Any], value: Any) -> Any:
    if field.required:
        raise field.make_error("required" if value is missing else "null")
    return value


def _metadata(json: Mapping[str, Any], description: str, example: Any) -> dict[str, Any]:
    metadata = dict(json)
    if description:
        metadata["description"] = description
    if example is not None:
        metadata["examples"] = [example]
    return metadata
