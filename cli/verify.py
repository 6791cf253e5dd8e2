"""Verification offline, by the very file that every evidence package carries."""

from __future__ import annotations

from storage import package_verifier


def verify(file: str, *, as_json: bool = False) -> int:
    """Print the report on an evidence package; 0 it holds, 1 it does not, 2 it is unreadable."""
    # "./" keeps a name that begins with a dash from being taken for an option.
    path = f"./{file}" if file.startswith("-") else file
    return package_verifier.main([path, *(["--json"] if as_json else [])])
