"""The summons to pay."""

from __future__ import annotations

from templates.builder.summons import summons


def document() -> bytes:
    """The Word master."""
    return summons("Assignation en paiement")
