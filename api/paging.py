"""Lists: `limit`, `cursor`, and `{data, next_cursor}`."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from storage.paging import CursorInvalid, Page

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
_CURSOR_LENGTH = 20


class PageQuery(Schema):
    """What every list takes."""

    limit = fields.Integer(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(min=1, max=MAX_LIMIT),
        metadata={"description": f"How many, from 1 to {MAX_LIMIT}."},
    )
    cursor = fields.String(
        load_default=None,
        allow_none=False,
        validate=validate.Length(min=1, max=500),
        metadata={"description": "`next_cursor` of the page before."},
    )


def page_of(item: type[Schema], name: str) -> type[Schema]:
    """The schema of a page of things, under a name for the description."""
    members: dict[str, Any] = {
        "data": fields.List(fields.Nested(item), required=True),
        "next_cursor": fields.String(
            required=True,
            allow_none=True,
            metadata={"description": "Where the next page begins; null on the last."},
        ),
    }
    return Schema.from_dict(members, name=name)


def page_json(page: Page[Any]) -> dict[str, Any]:
    """A page for its schema."""
    return {"data": page.items, "next_cursor": page.next_cursor}


def seq_of(cursor: str | None) -> int:
    """The number that a cursor made of a number names, 0 for none.

    Raises:
        CursorInvalid: it is not one.
    """
    if cursor is None:
        return 0
    if not (cursor.startswith("seq_") and cursor[4:].isdecimal() and len(cursor) < _CURSOR_LENGTH):
        raise CursorInvalid.of_list()
    return int(cursor[4:])
