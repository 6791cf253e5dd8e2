"""Canonical JSON and its hash: what is hashed can be recomputed by anyone, in any language."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """JSON in the one form of RFC 8785 (JCS): sorted keys, no spaces, UTF-8.

    Raises:
        ValueError: the value is not JSON (a bug in the caller).
    """
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """SHA-256 in lowercase hexadecimal."""
    return hashlib.sha256(data).hexdigest()
