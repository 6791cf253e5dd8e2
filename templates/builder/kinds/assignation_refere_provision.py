"""The summons for a provision, in summary proceedings."""

from __future__ import annotations

from templates.builder.summons import summons


def document() -> bytes:
    """The Word master."""
    return summons("Assignation en référé-provision", with_penalty=False)
