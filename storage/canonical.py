"""Canonical JSON and its hash: what is hashed can be recomputed by anyone, in any language."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """JSON in the one form of RFC 8785 (JCS): sorted keys, no spaces, UTF-8.

    Only text, whole numbers below 2^53, booleans, null, lists and objects: for these, the
    standard library gives the same bytes once keys are sorted by their UTF-16 units, and so the
    verifier in an evidence package needs nothing else. A float has a canonical form of its own,
    and is refused.

    Raises:
        ValueError: the value is not of that kind (a bug in the caller).
    """
    _refuse_floats(value)
    return rfc8785.dumps(value)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("a float has no place in canonical JSON: money is whole cents")  # noqa: TRY004 - a wrong value
    if isinstance(value, dict):
        for member in value.values():
            _refuse_floats(member)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)


def sha256_hex(data: bytes) -> str:
    """SHA-256 in lowercase hexadecimal."""
    return hashlib.sha256(data).hexdigest()
