"""What keeps a command from being carried out."""

from __future__ import annotations


class CannotRun(Exception):
    """Something outside must be mended first; the message says what."""
